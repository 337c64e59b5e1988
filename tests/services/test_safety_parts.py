"""Small parts of keeping the ledger: a light check, stopping, what is unfinished, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import export, freezing, handover, integrity, office, returns
from hs_credit_desktop.services.integrity import Action, Finding
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import files, ledger
from hs_credit_desktop.store import integrity as store_integrity
from tests.ledgers import TODAY, clock_at, exempt, expected, record, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def test_a_paper_does_not_wait_for_the_originals(ws: Workspace) -> None:
    for sha256 in store_integrity.kept_files(ws.ledger):
        files.path_of(ws.ledger, sha256).unlink()
    assert [item.action for item in integrity.check(ws)] == [Action.SET_ASIDE]
    assert integrity.check(ws, light=True) == []
    integrity.refuse_damaged(ws, light=True)
    with pytest.raises(UserError, match="保存的原件不见了"):
        integrity.refuse_damaged(ws)


def test_a_check_that_is_stopped_goes_no_further(ws: Workspace) -> None:
    for sha256 in store_integrity.kept_files(ws.ledger):
        files.path_of(ws.ledger, sha256).unlink()
    asked = iter([False, False, False, True])
    assert integrity.check(ws, stopped=lambda: next(asked)) == []
    assert next(asked, "asked no more") == "asked no more"


def test_a_ledger_that_lost_a_column_is_said_to_be_damaged(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(own: object) -> Iterator[object]:
        return iter(ws.ledger.query("SELECT nothing FROM feedback"))

    monkeypatch.setattr(store_integrity, "wrong_rows", fail)
    own = ledger.open_reading(ws.folder)
    found = integrity.check_ledger(own)
    own.close()
    assert [item.text for item in found] == ["有内容读不懂（OperationalError）"]


def test_what_is_unfinished_is_counted_as_the_lists_count(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    record(ws, "市数据局", 3)
    record(ws, "市商务局", 1)
    exempt(ws, "市信用中心")
    place = expected(ws, "市数据局")
    returns.review(ws, expected_return_id=place.id, decision=ReturnState.ACCEPTED)
    left = freezing.unfinished(ws, round_number(ws))
    assert left.returns == ((Status.MISSING, 3), (Status.TO_REVIEW, 1))
    assert left.blank_entries == 7
    assert not left.nothing


def test_nothing_is_unfinished_when_all_is_accepted(ws: Workspace) -> None:
    for unit in ("市商务局", "市文旅局", "市信用中心", "东区", "西区"):
        exempt(ws, unit)
    record(ws, "市数据局", 1)
    record(ws, "市数据局", 3)
    place = expected(ws, "市数据局")
    returns.review(ws, expected_return_id=place.id, decision=ReturnState.ACCEPTED)
    assert freezing.unfinished(ws, round_number(ws)).nothing


def test_a_conflict_of_the_settings_is_named_as_the_settings_page_does(
    ws: Workspace, tmp_path: Path
) -> None:
    made = handover.handover(ws, tmp_path / "包.hspack")
    other = tmp_path / "另一台"
    two = handover.open_package(other, made.file, lambda: open_workspace(other, clock_at(TODAY)))
    for opened, name in ((ws, "这边"), (two, "那边")):
        office.set_office(opened, {"office_name": name})
    [conflict] = handover.preview(ws, handover.handover(two, tmp_path / "回.hspack").file).conflicts
    two.close()
    assert (conflict.where, conflict.here, conflict.there) == ("设置·单位名称", "这边", "那边")


def test_a_frozen_round_is_shut_but_for_what_was_opened_again(ws: Workspace) -> None:
    one, other = expected(ws, "市数据局"), expected(ws, "市商务局")
    assert not freezing.shut(ws, round_number(ws))
    freezing.freeze(ws, round_number(ws))
    assert freezing.shut(ws, round_number(ws))
    assert freezing.shut(ws, round_number(ws), one.id)
    freezing.reopen(ws, round_number(ws), reason="补交", unit=one)
    assert not freezing.shut(ws, round_number(ws))
    assert not freezing.shut(ws, round_number(ws), one.id)
    assert freezing.shut(ws, round_number(ws), other.id)


def test_a_damaged_ledger_prints_nothing_and_each_job_looks_once(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[Finding] = []
    asked: list[bool] = []

    def look(_ws: Workspace, *, light: bool = False) -> list[Finding]:
        asked.append(light)
        return found

    monkeypatch.setattr(integrity, "check", look)
    reading = open_workspace(ws.folder.root, clock_at(TODAY), read_only=True)
    for _ in range(2):
        export.export(reading, round_number(ws), tmp_path, (export.LEDGER,))
    reading.close()
    assert asked == [True]
    found.append(Finding("计数", "不一致", "请重新计数。", Action.RECOUNT))
    for _ in range(2):  # the ledger that is written to may have changed since
        with pytest.raises(UserError, match="台账检查没有通过（计数：不一致），没有导出"):
            export.export(ws, round_number(ws), tmp_path / "另", (export.SUMMARY,))
    assert not (tmp_path / "另").exists()
