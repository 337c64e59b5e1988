"""Next year's notice: aligned exactly however it was renumbered, names carried, no data."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hs_credit_desktop.domain.aligning import Fate, Wording, align, rows
from hs_credit_desktop.domain.decisions import Decisions
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    find,
    handover,
    integrity,
    next_year,
    overview,
    returns,
    undo,
)
from hs_credit_desktop.services.notices import (
    bundled_notice,
    create_ledger,
    read_notice,
    read_pasted,
)
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import images, notices
from tests.ledgers import TODAY, clock_at, dump

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

NEW = "推进数据共享互认。探索跨区域评价结果互认。〔责任单位：市数据局、市司法局〕"
_MARK = re.compile(r"^（[一二三四五六七八九十]+）", re.MULTILINE)


def next_paper() -> str:
    """Last year's paper with a measure dropped, one put in, two reworded, all numbered anew."""
    words = bundled_notice().read_text("utf-8")
    marks = list(_MARK.finditer(words))
    starts = [mark.start() for mark in marks]
    words = f"{words[: starts[4]]}{words[starts[5] :]}"  # （五） is gone
    spot = [mark.start() for mark in _MARK.finditer(words)][9]
    words = f"{words[:spot]}（一）{NEW}\n{words[spot:]}"
    words = words.replace("33个领域", "35个领域").replace("1+17+N", "1+18+N")
    words = words.replace("黄信用办〔2024〕1号", "黄信用办〔2025〕3号")
    words = words.replace("2024年7月3日", "2025年7月3日")
    numbers = iter(range(1, 99))
    return _MARK.sub(lambda _: f"（{chinese_number(next(numbers))}）", words)


@pytest.fixture
def last(tmp_path: Path) -> Iterator[Workspace]:
    """The ledger of last year, all leads confirmed."""
    source = replace(read_notice(bundled_notice()), decisions=Decisions(leads_confirmed=True))
    opened = create_ledger(tmp_path / "台账", clock_at(TODAY), source)
    yield opened
    opened.close()


def test_a_renumbered_plan_is_aligned_exactly(last: Workspace) -> None:
    source = read_pasted(next_paper(), next_year.known(last))
    found = next_year.compare(last, source)
    assert [fate.label for fate in Fate] == ["沿用", "有改动", "新增", "不再列入"]
    assert len(found.new) == 24
    old_of = {found.new[new].number: found.old[old].number for new, old in found.pairs.items()}
    same = {number: number for number in range(1, 5)}
    moved = {number: number + 1 for number in range(5, 10)}
    assert old_of == same | moved | {number: number for number in range(11, 25)}
    fates = [row.fate for row in found.rows]
    assert fates.count(Fate.NEW) == 1
    assert fates.count(Fate.GONE) == 1
    assert found.rows[-1].fate is Fate.GONE
    assert fates.count(Fate.KEPT) == 21
    changed = [found.new[row.new or 0].number for row in found.rows if row.fate is Fate.CHANGED]
    assert changed == [9, 15]


def test_the_new_notice_beside_the_last(last: Workspace) -> None:
    first = overview.notice(last)
    source = read_pasted(next_paper(), next_year.known(last))
    found = next_year.compare(last, source)
    led = next_year.with_leads(source, found)
    suggested = [
        measure.number
        for measure in led.decided.measures
        if any(duty.suggested for duty in measure.responsibilities)
    ]
    assert suggested == [10]
    next_year.add(last, led, found)
    newest = overview.notice(last)
    assert newest.doc_number == "黄信用办〔2025〕3号"
    measures = [m for p in notices.tree(last.ledger, newest.id) for m in p.measures]
    titles = {m.id: m.title for p in notices.tree(last.ledger, first.id) for m in p.measures}
    assert sum(titles.get(m.previous_id or "") == m.title for m in measures) == 23
    round_ = overview.round_of(last, newest.id)
    figures = overview.figures(last, round_)
    said = led.decided.counts
    assert (figures.expected, figures.entries_expected) == (said.returns, said.entries)
    assert figures.entries_covered == 0
    assert round_.due_on.year == 2025
    assert len(overview.rounds(last, first.id)) == 2
    assert integrity.check(last) == []
    with pytest.raises(UserError, match="已经在台账里"):
        next_year.add(last, led, found)


def test_both_years_go_to_the_other_pc(last: Workspace, tmp_path: Path) -> None:
    first = handover.handover(last, tmp_path / "一.zip").file
    folder = tmp_path / "另一台"
    other = handover.open_package(folder, first, lambda: open_workspace(folder, clock_at(TODAY)))
    source = read_pasted(next_paper(), next_year.known(last))
    next_year.add(last, source, next_year.compare(last, source))
    second = handover.handover(last, tmp_path / "二.zip").file
    handover.merge_package(other, second)
    assert [item.doc_number for item in notices.notices(other.ledger)] == [
        "黄信用办〔2025〕3号",
        "黄信用办〔2024〕1号",
    ]
    newest = overview.notice(other).id
    linked = [m.previous_id for p in notices.tree(other.ledger, newest) for m in p.measures]
    assert sum(item is not None for item in linked) == 23
    assert integrity.check(other) == []
    other.close()


def test_the_clerk_corrects_a_pair(last: Workspace) -> None:
    source = read_pasted(next_paper(), next_year.known(last))
    found = next_year.compare(last, source, overview.notice(last))
    apart = found.paired(0, None)
    assert 0 not in apart.pairs
    assert [row.fate for row in apart.rows].count(Fate.NEW) == 2
    other = apart.paired(1, 0)
    assert other.pairs[1] == 0
    assert next_year.with_pairs(found, other.pairs).rows == other.rows
    assert next_year.with_leads(source, other).decisions.leads.keys() >= {0, 2} - {0}
    assert sorted(row.old for row in other.rows if row.old is not None) == list(range(24))


def test_leads_are_only_carried_where_the_unit_is_still_named(last: Workspace) -> None:
    words = next_paper()
    source = read_pasted(words, next_year.known(last))
    found = next_year.compare(last, source)
    named = replace(source, decisions=source.decisions.with_leads(0, ("市司法局",)))
    assert next_year.with_leads(named, found).decisions.leads[0] == ("市司法局",)
    unled = replace(
        found,
        old=tuple(
            replace(
                m, responsibilities=tuple(replace(d, suggested=True) for d in m.responsibilities)
            )
            for m in found.old
        ),
    )
    assert next_year.with_leads(source, unled).decisions.leads == {}


WORDS = st.text(
    "完善信用监管制度归集数据平台企业服务共享评价修复承诺公示", min_size=12, max_size=40
)


@cache
def bundled_wordings() -> list[Wording]:
    draft = read_notice(bundled_notice()).draft
    return [Wording(m.title, m.body, ()) for m in draft.measures]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_dropping_adding_and_rewording_is_told(data: st.DataObject) -> None:
    old = bundled_wordings()
    kept = data.draw(st.lists(st.sampled_from(range(24)), unique=True, max_size=24))
    reworded = data.draw(st.sets(st.sampled_from(range(24))))
    new: list[Wording] = []
    expected: dict[int, int] = {}
    for place, at in enumerate(kept):
        body = old[at].body
        cut = len(body) // 4
        word = data.draw(WORDS) if at in reworded else ""
        new.append(replace(old[at], body=word + body[cut:] if at in reworded else body))
        expected[place] = at
    for number in range(data.draw(st.integers(0, 3))):
        new.append(Wording(f"第{number}件全新的事情", f"与旧文无关的内容{number}" * 3, ()))
    pairs = align(old, new)
    assert pairs == expected
    made = rows(old, new, pairs)
    assert sum(row.fate is Fate.GONE for row in made) == 24 - len(kept)
    assert {row.old for row in made if row.fate is Fate.CHANGED} == reworded & set(kept)


def _import(ws: Workspace) -> None:
    source = read_pasted(next_paper(), next_year.known(ws))
    next_year.add(ws, source, next_year.compare(ws, source))


def test_the_whole_import_is_taken_back_and_done_again(last: Workspace) -> None:
    before = dump(last, images.TABLES)
    _import(last)
    after = dump(last, images.TABLES)
    assert undo.next_undo(last) == "导入“黄信用办〔2025〕3号”"
    undo.undo(last)
    assert dump(last, images.TABLES) == before
    assert integrity.check(last) == []
    assert find.find(last, "探索跨区域评价结果互认") == []
    undo.redo(last)
    assert dump(last, images.TABLES) == after
    assert integrity.check(last) == []
    assert find.find(last, "探索跨区域评价结果互认")


def test_an_import_that_was_reported_for_stays(last: Workspace) -> None:
    _import(last)
    entry = overview.entries(last, overview.round_of(last, overview.notice(last).id, 1))[0]
    returns.record(
        last,
        entry_id=entry.id,
        parts=FeedbackParts("已完成。"),
        receipt=returns.Receipt(last.today),
    )
    while undo.next_undo(last) != "导入“黄信用办〔2025〕3号”":
        last.undo_stack.pop()
    before = dump(last, images.TABLES)
    with pytest.raises(UserError, match="之后又有改动"):
        undo.undo(last)
    assert dump(last, images.TABLES) == before


def test_a_hit_is_shown_in_the_round_of_its_notice(last: Workspace) -> None:
    old = overview.notice(last)
    entry = overview.entries(last, overview.round_of(last, old.id, 2))[0]
    returns.record(
        last,
        entry_id=entry.id,
        parts=FeedbackParts("去年建成专窗。"),
        receipt=returns.Receipt(last.today),
    )
    _import(last)
    shown = overview.round_of(last, overview.notice(last).id)
    [hit] = find.find(last, "去年建成专窗")
    assert find.round_of(last, hit, shown) == overview.round_of(last, old.id, 2).id
    measures = [hit for hit in find.find(last, "信用") if hit.kind == "measure"]
    found = {find.round_of(last, hit, shown) for hit in measures}
    assert found == {shown.id, overview.round_of(last, old.id).id}
    unit = next(hit for hit in find.find(last, "市发改委") if hit.kind == "unit")
    assert find.round_of(last, unit, shown) == shown.id
