"""The figure ledger: sentences, totals of the round before, sums of a measure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from hs_credit_desktop.domain.figure_ledger import (
    FigureKey,
    Mark,
    MarkState,
    lines,
    sentence_around,
    sums,
)
from hs_credit_desktop.domain.returns import Entry, FeedbackParts, ReturnState


def entry(unit: str, role: str = "support", **parts: str) -> Entry:
    """An entry of measure 3 in a round, by the unit's letter."""
    return Entry(
        id=f"e-{unit}",
        round_id="r",
        expected_return_id=f"x-{unit}",
        unit_id=f"u-{unit}",
        unit_name=f"{unit}局",
        measure_id="m",
        measure_number=3,
        measure_title="归集信息",
        pillar_id="p",
        role=role,
        suggested=False,
        state=ReturnState.TO_REVIEW,
        covered=True,
        exempt=False,
        first_received_on=None,
        extended_to=None,
        resubmit_by=None,
        parts=FeedbackParts(**parts),
    )


@pytest.mark.parametrize(
    ("text", "printed", "said"),
    [
        ("开会。归集12万条信息，办案3件。完。", "12万条", "归集12万条信息，办案3件。"),
        ("归集12万条", "12万条", "归集12万条"),
        ("一\n  归集12万条；二", "12万条", "归集12万条；"),
    ],
)
def test_the_sentence_around_a_figure(text: str, printed: str, said: str) -> None:
    start = text.index(printed)
    sentence, begin = sentence_around(text, start, start + len(printed))
    assert sentence == said
    assert text[begin:].startswith(said)


def test_every_figure_has_a_key_of_its_own() -> None:
    found = list(
        lines([entry("甲", progress="办3件、3件。办3件、3件。", results="办3件。")], {}, {})
    )
    assert [line.figure.printed for line in found] == ["3件"] * 5
    assert [line.key.place for line in found] == [0, 1, 0, 1, 0]
    assert found[0].part_label == "进展情况"
    assert found[4].key == FigureKey("e-甲", "results", "办3件。", 0)


def test_a_mark_holds_as_long_as_the_sentence_stands() -> None:
    key = FigureKey("e-甲", "progress", "办3件。", 0)
    marks = {key: Mark(MarkState.CONFIRMED)}
    [same] = lines([entry("甲", progress="开会。办3件。")], {}, marks)
    [other] = lines([entry("甲", progress="开会。共办3件。")], {}, marks)
    assert (same.mark.state.label, other.mark.state.label) == ("已核对", "待核对")


def test_a_total_is_laid_beside_that_of_the_round_before() -> None:
    before = {("u-甲", "m"): entry("甲", results="累计归集信息12.6万条。")}
    now = entry("甲", progress="累计归集信息11.9万条，本轮归集2万条。")
    total, fresh = lines([now], before, {})
    assert total.before is not None
    assert total.change is not None
    assert (total.fell, round(total.change, 1)) == (True, Decimal("-5.6"))
    assert (fresh.before, fresh.change, fresh.fell) == (None, None, False)
    [grown] = lines([entry("甲", progress="累计归集信息13万条。")], before, {})
    assert not grown.fell
    zero = {("u-甲", "m"): entry("甲", results="累计归集信息0条。")}
    [from_nothing] = lines([entry("甲", progress="累计归集信息5条。")], zero, {})
    assert from_nothing.change is None


def _line(unit: str, total: str, role: str = "support") -> Entry:
    return entry(unit, role, progress=f"累计归集信息{total}。")


def test_the_lead_s_total_stands_beside_the_sum_of_the_others() -> None:
    found = tuple(
        lines([_line("甲", "9条", "lead"), _line("乙", "4条"), _line("丙", "6条")], {}, {})
    )
    [check] = sums(found)
    assert (check.total, check.agrees) == (10, False)
    assert [line.entry.unit_name for line in check.others] == ["乙局", "丙局"]
    more = [_line("甲", "10条", "lead"), _line("乙", "4条"), _line("丙", "6条")]
    assert sums(tuple(lines(more, {}, {})))[0].agrees


def test_what_is_not_added_up() -> None:
    def checks(*entries: Entry) -> int:
        return len(sums(tuple(lines(entries, {}, {}))))

    lead = _line("甲", "9条", "lead")
    assert checks(lead, _line("乙", "4条")) == 0
    assert checks(lead, _line("乙", "4条"), _line("丙", "5件")) == 0
    shares = [_line(unit, "9%", "lead" if unit == "甲" else "support") for unit in "甲乙丙"]
    assert checks(*shares) == 0
    elsewhere = replace(_line("丙", "6条"), measure_id="other")
    assert checks(lead, _line("乙", "4条"), elsewhere) == 0
    twice = entry("乙", progress="累计归集信息4条。", results="累计归集信息4条。")
    assert checks(lead, twice) == 0
    rows = tuple(lines([lead, _line("乙", "4条"), _line("丙", "6条")], {}, {}))
    marked = tuple(
        replace(row, mark=Mark(MarkState.NO_RESULT)) if row.entry.unit_id == "u-丙" else row
        for row in rows
    )
    assert sums(marked) == ()
