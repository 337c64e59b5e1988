"""The diagnostics hold what finds a fault, and no word of anybody."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.log import LOGGER, close_log, open_log
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import diagnostics, integrity
from hs_credit_desktop.services.integrity import Action, Finding
from tests.ledgers import TODAY, clock_at, record

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

CLOCK = clock_at(TODAY)
WORDS, NUMBER = "绝不外传的反馈", "13912345678"


def facts_of(packed: Path) -> dict:
    with zipfile.ZipFile(packed) as opened:
        return json.loads(opened.read("facts.json"))


def everything_in(packed: Path) -> str:
    with zipfile.ZipFile(packed) as opened:
        return "".join(opened.read(name).decode("utf-8") for name in opened.namelist())


def test_no_text_of_a_return_and_no_number_leaves_the_office(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市商务局", 1, f"{WORDS}，电话 {NUMBER}")
    log = open_log(ws.folder.logs)
    LOGGER.error("ValueError: %s %s at line 12", WORDS, NUMBER)
    close_log(log)
    packed = diagnostics.write(ws.folder, ws, tmp_path / "诊断信息.zip", CLOCK)
    said = everything_in(packed)
    assert NUMBER not in said
    assert not {word for word in ("绝不", "外传", "商务", "数据局") if word in said}
    assert "ValueError: □□□□□□□ □ at line 12" in said


def test_facts_count_rows_and_name_versions(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市商务局", 1, "一段话")
    facts = facts_of(diagnostics.write(ws.folder, ws, tmp_path / "诊断.zip", CLOCK))
    assert facts["rows"]["units"] == 6
    assert facts["rows"]["feedback"] == 1
    assert facts["schema"] >= 1
    assert facts["sqlite"].startswith("3.")
    assert facts["findings"] == {}
    assert facts["ledger_bytes"] > 0
    assert (facts["danger"], facts["read_only"], facts["practice"]) == (None, False, False)


def test_findings_are_counted_by_kind(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Finding(f"{WORDS}{place}", "不一致", "恢复", Action.RESTORE) for place in range(2)]
    monkeypatch.setattr(integrity, "check", lambda ws: found)
    packed = diagnostics.write(ws.folder, ws, tmp_path / "诊断.zip", CLOCK)
    assert facts_of(packed)["findings"] == {"restore": 2}
    assert WORDS not in everything_in(packed)


def test_without_a_ledger_there_is_still_the_program(tmp_path: Path) -> None:
    synced = DataFolder(tmp_path / "OneDrive" / "台账")
    facts = facts_of(diagnostics.write(synced, None, tmp_path / "诊断.zip", CLOCK))
    assert "rows" not in facts
    assert facts["ledger_bytes"] is None
    assert facts["danger"] == "synchronised"


def test_a_place_that_cannot_be_written_is_said(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "是文件").touch()
    with pytest.raises(UserError, match="诊断信息没有写成"):
        diagnostics.write(ws.folder, ws, tmp_path / "是文件" / "诊断.zip", CLOCK)
