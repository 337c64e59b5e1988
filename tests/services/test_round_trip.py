"""Forms out, filled in by LibreOffice, taken back: every entry equal, every unit known by code."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.clock import clock_on, system_clock
from hs_credit_desktop.domain.recognition import How
from hs_credit_desktop.services import forms, inbox, overview, receiving
from hs_credit_desktop.services.notices import bundled_notice, create_ledger, read_notice
from hs_credit_desktop.services.practice_subject import PracticeMeasure
from hs_credit_desktop.services.practice_texts import PracticeWriter
from hs_credit_desktop.store.lists import EntryQuery
from tests.files import office

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.domain.returns import Entry, FeedbackParts
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

pytestmark = pytest.mark.office
_FIELDS = ("progress", "results", "problems", "next_steps")


def _answers(ws: Workspace, round_: Round) -> dict[str, list[tuple[Entry, FeedbackParts]]]:
    """Unit → its entries with what it will answer."""
    writer = PracticeWriter()
    measures = {
        node.measure.id: node.measure
        for pillar in overview.tree(ws, round_)
        for node in pillar.measures
    }
    found: dict[str, list[tuple[Entry, FeedbackParts]]] = {}
    for place in overview.expected_returns(ws, round_):
        query = EntryQuery(round_.id, expected_return_id=place.id)
        for entry in overview.entries(ws, round_, query):
            measure = measures[entry.measure_id]
            subject = PracticeMeasure(measure.number, measure.title, measure.body)
            parts = writer.write(subject, entry.unit_name, 1)
            found.setdefault(entry.unit_name, []).append((entry, parts))
    return found


def _words(parts: FeedbackParts) -> dict[str, str]:
    said = {name: getattr(parts, name) for name in _FIELDS}
    return said | {"completion": parts.completion.label if parts.completion else ""}


@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
def test_every_entry_comes_back_equal(tmp_path: Path, fmt: str) -> None:
    day = clock_on(date(2024, 8, 20), system_clock())
    ws = create_ledger(tmp_path / "台账", day, read_notice(bundled_notice()))
    round_ = overview.round_of(ws, overview.notice(ws).id, 1)
    made = forms.make_forms(ws, round_, tmp_path / "反馈表", fmt=fmt)
    answers = _answers(ws, round_)
    assert (len(made.forms), sum(map(len, answers.values()))) == (44, 267)
    back = tmp_path / "回收"
    back.mkdir()
    jobs = [
        office.Job(
            form.path, back / f"{at}.{fmt}", [_words(parts) for _, parts in answers[form.unit]]
        )
        for at, form in enumerate(made.forms)
    ]
    (tmp_path / "office").mkdir()
    office.run(jobs, tmp_path / "office")
    batch = receiving.stage(ws, receiving.read_files([back]), round_)
    assert {item.how for item in batch.items} == {How.CODE}
    assert len(inbox.accept_certain(ws, round_, batch.id)) == 44
    now = {entry.id: entry.parts for entry in overview.entries(ws, round_)}
    different = [
        entry.id for rows in answers.values() for entry, parts in rows if now[entry.id] != parts
    ]
    assert different == []
    figures = overview.figures(ws, round_)
    assert (figures.received, figures.entries_covered) == (44, 267)
    ws.close()
