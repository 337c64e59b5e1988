"""The end of the script on the practice ledger: 17:20, Monday's restore, 15:55 and 16:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.returns import Channel, FeedbackParts, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    archive,
    backups,
    export,
    freezing,
    handover,
    integrity,
    overview,
    returns,
    reviewing,
)
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.workspace import open_workspace
from tests.ledgers import clock_at, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

FRIDAY, MONDAY = date(2024, 11, 29), date(2024, 12, 2)


@pytest.fixture
def friday(tmp_path: Path) -> Iterator[Workspace]:
    """The practice ledger on Friday."""
    root = create_practice(tmp_path / "台账")
    ws = open_workspace(root, clock_at(FRIDAY, 17), today=FRIDAY)
    yield ws
    ws.close()


def _take_in(ws: Workspace, count: int) -> list[str]:
    """The first missing units report by paper; their names."""
    round_ = round_number(ws, 2)
    units = [
        item for item in overview.expected_returns(ws, round_) if item.state is ReturnState.MISSING
    ][:count]
    for place in units:
        said = {
            item.id: FeedbackParts(f"演示：{place.unit_name}补报。")
            for item in reviewing.entries_of(ws, round_, place.id)
        }
        receipt = Receipt(ws.today, Channel.PAPER)
        returns.record_return(ws, expected_return_id=place.id, feedback=said, receipt=receipt)
    return [item.unit_name for item in units]


def test_fridays_backup_restored_on_monday(friday: Workspace) -> None:
    made = backups.if_changed(friday, backups.Kind.ON_EXIT)
    assert made is not None
    assert made.findings == 0
    then = overview.figures(friday, round_number(friday, 2))
    assert (then.received, then.missing) == (25, 19)
    monday = replace(friday, clock=clock_at(MONDAY))
    names = _take_in(monday, 3)
    seen = backups.preview(monday, made.file)
    assert [item.unit_name for item in seen.returns] == names
    assert all(item.fresh for item in seen.returns)
    assert len(seen.entries) == seen.present.entries - seen.contents.entries
    assert len(seen.would_lose) == 3
    now = overview.figures(monday, round_number(monday, 2))
    backups.restore(monday, made.file)
    assert overview.figures(friday, round_number(friday, 2)) == then
    backups.undo_restore(monday)
    assert overview.figures(monday, round_number(monday, 2)) == now
    assert integrity.check(monday) == []


def test_frozen_papers_print_again_byte_by_byte(friday: Workspace, tmp_path: Path) -> None:
    monday = replace(friday, clock=clock_at(MONDAY, 15))
    round_ = round_number(monday, 2)
    kinds = export.KINDS
    made = export.export(monday, round_, tmp_path / "当天", kinds)
    assert freezing.unfinished(monday, round_).returns
    freezing.freeze(monday, round_)
    with pytest.raises(UserError, match="已封存"):
        _take_in(monday, 1)
    year_later = replace(monday, clock=clock_at(date(2025, 12, 2)))
    with freezing.as_frozen(year_later, round_number(monday, 2)) as then:
        again = export.export(then, round_, tmp_path / "一年后", kinds)
    assert [item.sha256 for item in again] == [item.sha256 for item in made]
    packed = archive.archive(year_later, round_number(monday, 2), tmp_path / "归档.zip")
    assert archive.wrong_in(packed.file) == []


def test_the_package_opened_on_the_other_pc(friday: Workspace, tmp_path: Path) -> None:
    package = handover.handover(friday, tmp_path / "交接包.hspack")
    place = tmp_path / "另一台"
    other = handover.open_package(
        place, package.file, lambda: open_workspace(place, clock_at(MONDAY), today=MONDAY)
    )
    same = replace(friday, clock=clock_at(MONDAY))
    for number in (1, 2):
        here, there = round_number(same, number), round_number(other, number)
        assert overview.figures(other, there) == overview.figures(same, here)
        assert overview.tree(other, there) == overview.tree(same, here)
    seen = handover.preview(other, package.file)
    assert (seen.new, seen.changed, seen.conflicts) == (0, 0, ())
    names = _take_in(other, 2)
    back = handover.handover(other, tmp_path / "回.hspack", changes_only=True)
    seen = handover.merge_package(friday, back.file)
    assert seen.conflicts == ()
    reported = overview.expected_returns(friday, round_number(friday, 2))
    assert {item.unit_name for item in reported if item.unit_name in names and item.version} == set(
        names
    )
    assert integrity.check(other) == integrity.check(friday) == []
    other.close()
