"""Doubts answered after the ledger was made: the plan follows, rounds where agreed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.decisions import Answer
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import editing, editing_doubts, integrity, memory, overview, undo
from hs_credit_desktop.services.notices import (
    bundled_notice,
    create_ledger,
    read_notice,
    read_pasted,
)
from hs_credit_desktop.store import images, notices, snapshots
from tests.conftest import ROOT
from tests.ledgers import TODAY, clock_at, dump, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.editing_doubts import SavedNotice
    from hs_credit_desktop.services.workspace import Workspace

FULL = "国家金融监督管理总局黄石监管分局"
PAPERS = ROOT / "tests" / "data" / "notices"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Workspace]:
    """The ledger of the bundled notice, no doubt answered."""
    opened = create_ledger(tmp_path / "台账", clock_at(TODAY), read_notice(bundled_notice()))
    yield opened
    opened.close()


def book(ws: Workspace) -> SavedNotice:
    return editing_doubts.saved(ws, overview.notice(ws))


def place(ws: Workspace, kind: DoubtKind) -> int:
    return next(n for n, each in enumerate(book(ws).source.draft.doubts) if each.kind is kind)


def open_kinds(ws: Workspace) -> list[DoubtKind]:
    return [item.doubt.kind for item in overview.open_doubts(ws, overview.notice(ws).id)]


def answer(ws: Workspace, kind: DoubtKind, choice: str | int, *members: str) -> list[str]:
    """Answer for good, all rounds follow; what was asked before."""
    at = place(ws, kind)
    said = choice if isinstance(choice, str) else book(ws).doubts[at].doubt.choices[choice]
    edit = editing_doubts.answer(book(ws), at, Answer(said, members))
    asked = editing.preview(ws, edit)
    editing.apply(ws, edit, [impact.round.id for impact in asked])
    assert integrity.check(ws) == []
    return [impact.words for impact in asked]


def counts(ws: Workspace, number: int = 2) -> tuple[int, int]:
    found = overview.figures(ws, round_number(ws, number))
    return found.expected, found.entries_expected


def test_the_saved_notice_is_the_decided_draft(real: Workspace) -> None:
    fresh = read_notice(bundled_notice())
    again = book(real).source
    assert again.draft.counts == fresh.draft.counts
    assert again.draft.pillars == fresh.draft.pillars
    assert again.draft.doubts == fresh.draft.doubts
    assert again.draft.groups == fresh.draft.groups
    assert {unit.name: set(unit.aliases) for unit in again.draft.units} == {
        unit.name: set(unit.aliases) for unit in fresh.draft.units
    }
    assert again.decided.doubts == fresh.decided.doubts
    assert again.text == fresh.text
    assert again.draft.left_out == fresh.draft.left_out


def test_members_of_a_vague_group(real: Workspace) -> None:
    before = dump(real, images.TABLES)
    asked = answer(real, DoubtKind.VAGUE_GROUP, 1, "市公安局", "市残联")
    assert asked[0].startswith("第一轮：+")
    assert counts(real) == (45, 267 + int(asked[0].split("+")[1].split(" ")[0]))
    assert DoubtKind.VAGUE_GROUP not in open_kinds(real)
    undo.undo(real)
    assert dump(real, images.TABLES) == before
    assert integrity.check(real) == []
    undo.redo(real)
    assert counts(real)[0] == 45


def test_three_spellings_under_a_name_typed_in_full(real: Workspace) -> None:
    old = book(real).source.draft.doubts[place(real, DoubtKind.UNIT_SPELLING)].choices[0]
    assert answer(real, DoubtKind.UNIT_SPELLING, FULL) == [
        f"第一轮：“{old}”改称“{FULL}”",
        f"第二轮：“{old}”改称“{FULL}”",
    ]
    names = [item.unit_name for item in overview.expected_returns(real, round_number(real))]
    assert FULL in names
    assert old not in names
    undo.undo(real)
    names = [item.unit_name for item in overview.expected_returns(real, round_number(real))]
    assert old in names


def test_spellings_and_look_alikes_decided_otherwise(real: Workspace) -> None:
    answer(real, DoubtKind.UNIT_SPELLING, -1)
    assert counts(real) == (46, 267)
    later, earlier = book(real).source.draft.doubts[place(real, DoubtKind.SIMILAR_UNITS)].names
    answer(real, DoubtKind.SIMILAR_UNITS, 1)
    names = [item.unit_name for item in overview.expected_returns(real, round_number(real))]
    assert later in names
    assert earlier not in names
    assert counts(real)[0] == 45


def test_two_kept_apart_are_remembered(real: Workspace) -> None:
    doubt = book(real).source.draft.doubts[place(real, DoubtKind.SIMILAR_UNITS)]
    assert answer(real, DoubtKind.SIMILAR_UNITS, 0) == []
    assert memory.seed_of(real).are_apart(*doubt.names)


def test_a_group_of_its_own(real: Workspace) -> None:
    doubt = book(real).source.draft.doubts[place(real, DoubtKind.GROUP_SPELLING)]
    answer(real, DoubtKind.GROUP_SPELLING, 1, "大冶市")
    assert len(book(real).source.draft.groups) == 3
    assert counts(real) == (44, 262)
    assert book(real).doubts[place(real, DoubtKind.GROUP_SPELLING)].answer == doubt.choices[1]


def test_members_corrected_with_an_answer(real: Workspace) -> None:
    at = place(real, DoubtKind.GROUP_SPELLING)
    group = book(real).source.draft.doubts[at].names[-1]
    said = Answer(book(real).source.draft.doubts[at].choices[0])
    edit = editing_doubts.answer(book(real), at, said, {group: ("大冶市", "阳新县")})
    editing.apply(real, edit, [item.round.id for item in editing.preview(real, edit)])
    assert counts(real) == (40, 267 - 4 * 24)
    assert book(real).source.decisions.answers[at].members == ("大冶市", "阳新县")


def test_dates(real: Workspace) -> None:
    assert answer(real, DoubtKind.WEEKEND, "2024-11-29") == [
        "第二轮：截止日期由 2024-11-30 改为 2024-11-29"
    ]
    answer(real, DoubtKind.YEAR, 0)
    assert round_number(real, 2).due_on == date(2024, 11, 29)


def test_another_year_makes_the_weekend_pointless(real: Workspace) -> None:
    with real.change("封存", "第一轮", {}), real.ledger.thawed():
        snapshots.set_state(real.ledger, round_number(real).id, RoundState.FROZEN)
    at = place(real, DoubtKind.YEAR)
    editing.apply(real, editing_doubts.answer(book(real), at, Answer("2026年")))
    assert round_number(real, 1).due_on == date(2024, 8, 30)
    assert round_number(real, 2).due_on == date(2026, 11, 30)
    closed = {item.doubt.kind: item.answer for item in book(real).doubts}
    assert closed[DoubtKind.WEEKEND] == "不再适用"
    undo.undo(real)
    assert DoubtKind.WEEKEND in open_kinds(real)


def test_a_date_changed_by_hand_is_left_alone(real: Workspace) -> None:
    with real.change("改", "第二轮", {}):
        real.ledger.execute("UPDATE rounds SET due_on = '2024-12-05' WHERE number = 2")
    assert answer(real, DoubtKind.WEEKEND, 1) == []
    assert round_number(real, 2).due_on == date(2024, 12, 5)


def test_what_is_still_to_do_stays_open(real: Workspace) -> None:
    answer(real, DoubtKind.BRACKET, 1)
    assert DoubtKind.BRACKET in open_kinds(real)
    with pytest.raises(UserError, match="不能用"):
        answer(real, DoubtKind.BRACKET, "随便")


def test_an_answer_is_given_once(real: Workspace) -> None:
    at = place(real, DoubtKind.YEAR)
    answer(real, DoubtKind.YEAR, 0)
    with pytest.raises(UserError, match="已经核对过"):
        editing_doubts.answer(book(real), at, Answer("2025年"))


def test_a_measure_that_stands_twice(tmp_path: Path) -> None:
    source = read_notice(PAPERS / "broken.txt")
    ws = create_ledger(tmp_path / "台账", clock_at(TODAY), source)
    before = counts(ws, 1)[1]
    doubts = book(ws).source.draft.doubts
    at = next(n for n, each in enumerate(doubts) if "只保留第一条" in each.choices)
    edit = editing_doubts.answer(book(ws), at, Answer("只保留第一条"))
    [asked] = editing.preview(ws, edit)
    editing.apply(ws, edit, [asked.round.id])
    assert counts(ws, 1)[1] == before - len(asked.removed) < before
    ws.close()


def test_a_unit_that_joins_every_later_measure(tmp_path: Path) -> None:
    words = (PAPERS / "same-below.txt").read_text("utf-8")
    words = words.replace("，各区县人民政府，下同）", "，市司法局（下同））")
    ws = create_ledger(tmp_path / "台账", clock_at(TODAY), read_pasted(words))
    at = place(ws, DoubtKind.REFERENCE)
    doubt = book(ws).doubts[at].doubt
    edit = editing_doubts.answer(book(ws), at, Answer(doubt.choices[1]))
    editing.apply(ws, edit)
    duties = [len(m.responsibilities) for m in book(ws).source.draft.measures]
    assert duties == [2, 1, 2]  # the second names it already
    assert integrity.check(ws) == []
    ws.close()


def test_ledgers_of_the_first_release_kept_no_names(real: Workspace) -> None:
    fresh = book(real).source.draft.doubts
    with real.change("旧版", "", {}):
        real.ledger.execute("UPDATE doubts SET names = NULL")
    assert book(real).source.draft.doubts == fresh
    with real.change("旧版", "", {}):
        real.ledger.execute("UPDATE notices SET source_text = '没有措施'")
    assert all(not doubt.names for doubt in book(real).source.draft.doubts)
    assert notices.doubts(real.ledger, overview.notice(real).id)
