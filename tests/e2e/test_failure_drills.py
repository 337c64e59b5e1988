"""The failure drills of the acceptance script, each on the practice ledger of its Friday.

Elsewhere: forms saved by LibreOffice with rows sorted and a column inserted, a whole round of them
(tests/services/test_whole_round_damaged.py); the date that is off in the window and on the command
line (tests/ui/test_pc_date.py, tests/cli/test_pc_date.py).
"""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from hs_credit_desktop import paths
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.recognition import How
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    backups,
    export,
    inbox,
    overview,
    pc_date,
    receiving,
    register_units,
)
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.practice_files import files_folder
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store.lock import LOCK_NAME, LedgerInUseError
from hs_credit_desktop.store.staging import Outcome
from tests.ledgers import ROOT, clock_at, dump, folder_state, python, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

FRIDAY, MONDAY = date(2024, 11, 29), date(2024, 12, 2)
TABLES = ("staged_items", "returns", "feedback", "expected_entries", "attachments", "audit")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_practice(tmp_path_factory.mktemp("practice") / "练习台账")


@pytest.fixture
def root(practice: Path, tmp_path: Path) -> Path:
    """A practice ledger of the test's own."""
    return Path(shutil.copytree(practice, tmp_path / "台账"))


@pytest.fixture
def ws(root: Path) -> Iterator[Workspace]:
    """It, open on Friday."""
    opened = open_workspace(root, system_clock())
    yield opened
    opened.close()


def _pile(root: Path) -> list[Path]:
    return sorted((files_folder(root) / "1_周五上午").iterdir())


# 08:41, the program is killed while the files are taken in.

TAKE_IN = """
import sys
from pathlib import Path
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.services import inbox
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit
from tests.ledgers import round_number
ws = open_workspace(Path(sys.argv[1]), system_clock())
def stop(*_, **__):
    ws.ledger.connection.execute("PRAGMA cache_spill = 1")
    print("half", flush=True)
    sys.stdin.read()
audit.append = stop
inbox.accept_certain(ws, round_number(ws, 2))
"""


def test_killed_during_the_import(root: Path) -> None:
    ws = open_workspace(root, system_clock())
    receiving.stage(ws, receiving.read_files(_pile(root)), round_number(ws, 2))
    before = dump(ws, TABLES)
    ws.close()
    with subprocess.Popen(
        [sys.executable, "-c", TAKE_IN, str(root)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as program:
        assert program.stdout.readline() == "half\n"
        program.kill()
    ws = open_workspace(root, system_clock())
    try:
        assert dump(ws, TABLES) == before  # nothing half imported
        shown = inbox.tray(ws, round_number(ws, 2))
        assert len(shown) == 15  # staging intact
        assert {look.item.outcome for look in shown} == {Outcome.STAGED}
        assert check(ws) == []
        assert len(inbox.accept_certain(ws, round_number(ws, 2))) == 11  # and on it goes
    finally:
        ws.close()


# The disk is full during an export.


@pytest.mark.parametrize("kind", export.KINDS)
def test_the_disk_is_full_during_an_export(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    out = tmp_path / "出"
    out.mkdir()
    (out / "别的.txt").write_text("从前的", "utf-8")

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(UserError, match="磁盘空间不足") as said:
            export.export(ws, round_number(ws, 2), out, [kind])
    assert "腾出空间" in said.value.advice
    assert [item.name for item in out.iterdir()] == ["别的.txt"]


# PC 2 opens the same data while PC 1 has it.


def test_the_same_data_on_another_pc(ws: Workspace, root: Path) -> None:
    (root / LOCK_NAME).write_text(
        json.dumps({"computer": "XY-PC1", "user": "演示甲", "since": "2024-11-29 08:30"}), "utf-8"
    )
    with pytest.raises(LedgerInUseError) as said:
        open_workspace(root, system_clock())
    assert said.value.what == "台账正在被使用（XY-PC1 上的 演示甲，自 2024-11-29 08:30）"
    reading = open_workspace(root, system_clock(), read_only=True)
    assert overview.figures(reading, round_number(reading, 2)) == overview.figures(
        ws, round_number(ws, 2)
    )
    with pytest.raises(UserError):
        receiving.stage(reading, receiving.read_pasted("市数据局：无"), round_number(reading, 2))
    reading.close()


# A unit with history is deleted.


def test_a_unit_with_history_is_not_deleted(ws: Workspace) -> None:
    [unit] = [item for item in overview.units_of(ws) if item.canonical_name == "市医保局"]
    with pytest.raises(UserError) as said:
        register_units.delete(ws, unit.id)
    assert str(said.value) == (
        "市医保局有历史记录，不能删除：它在第一轮报送过 1 条反馈。可以改为“停用”。"
    )
    register_units.deactivate(ws, unit.id)
    assert unit.id in {item.id for item in overview.units_of(ws)}
    assert overview.figures(ws, round_number(ws, 2)).expected == 44


# Friday's backup is restored on Monday.


def test_fridays_backup_on_monday(ws: Workspace, root: Path) -> None:
    made = backups.make(ws, backups.Kind.ON_EXIT)
    friday = overview.figures(ws, round_number(ws, 2))
    ws.close()
    monday = open_workspace(root, system_clock(), today=MONDAY)
    round_ = round_number(monday, 2)
    receiving.stage(monday, receiving.read_files(_pile(root)), round_)
    inbox.accept_certain(monday, round_)
    now = overview.figures(monday, round_)
    assert (friday.received, now.received) == (25, 35)
    seen = backups.preview(monday, made.file)
    assert len(seen.returns) == 11  # 10 that would be gone, 1 that goes back to what it was
    assert sum(item.fresh for item in seen.returns) == 10
    assert [line.action for line in seen.would_lose][-1] == "登记收件"
    backups.restore(monday, made.file)
    assert overview.figures(monday, round_) == replace_day(friday, monday, round_)
    saved = backups.listed(monday)[0]
    assert saved.kind == backups.Kind.BEFORE_RESTORE  # the present was saved first
    backups.undo_restore(monday)
    assert overview.figures(monday, round_) == now
    monday.close()


def replace_day(friday: object, monday: Workspace, round_: Round) -> object:
    """Friday's figures as Monday counts them: who is missing is overdue by now."""
    now = overview.figures(monday, round_)
    assert now.overdue == now.missing == 19
    return type(friday)(**(vars(friday) | {"overdue": 19}))


# A form comes back from another office program, its rows sorted, a column put in.


def test_a_form_with_rows_sorted_and_a_column_inserted(ws: Workspace, root: Path) -> None:
    source = next(path for path in _pile(root) if path.name == "市商务局反馈表.xlsx")
    book = load_workbook(source)
    sheet = book["反馈表"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    head = next(row for row in range(1, 30) if sheet.cell(row, 1).value == "序号")
    last = head
    while sheet.cell(last + 1, 1).value:
        last += 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(head + 1, last)]
    assert len(rows) == 8
    for at, values in enumerate(sorted(rows, key=lambda row: -int(row[0])), head + 1):
        for column, value in enumerate(values, 1):
            sheet.cell(at, column).value = value
    sheet.insert_cols(4)
    sheet.cell(head, 4).value = "经办科室"
    changed = root / "排过序的.xlsx"
    book.save(changed)
    round_ = round_number(ws, 2)
    receiving.stage(ws, receiving.read_files([source]), round_)
    receiving.stage(ws, receiving.read_files([changed]), round_)
    before, after = inbox.tray(ws, round_)
    assert after.expected.unit_name == "市商务局"
    assert after.item.how is How.CODE
    answers = {plan.entry.measure_number: plan.new for plan in before.plans}
    assert {plan.entry.measure_number: plan.new for plan in after.plans} == answers
    assert len(answers) == 8


# The PC's date is a year off.


@pytest.mark.parametrize("year", [2023, 2025])
def test_the_date_is_a_year_off(root: Path, year: int) -> None:
    ws = open_workspace(root, clock_at(FRIDAY), today=FRIDAY.replace(year=year))
    found = pc_date.doubt(ws, round_number(ws, 2))
    assert found is not None
    assert f"电脑日期是{year}年11月29日" in found.what
    assert "请核对电脑的日期" in found.advice
    ws.close()


# A font is missing.

WITHOUT_A_FONT = """
import sys
from pathlib import Path
from hs_credit_desktop import paths
paths.resources = lambda: Path(sys.argv[1])
from hs_credit_desktop.cli import main
sys.exit(main(sys.argv[2:], None))
"""


def test_a_font_is_missing(root: Path, tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    shutil.copytree(
        paths.resources(), resources, ignore=shutil.ignore_patterns("GWKai.ttf", "source", "*.md")
    )
    asked = ("--data", str(root), "export", "--round", "2", "--summary", "--out", str(tmp_path))
    done = python(WITHOUT_A_FONT, str(resources), *asked, "--json")
    assert (done.status, done.err) == (1, "")  # written, with a finding
    [made] = json.loads(done.out)["files"]
    assert Path(made["path"]).read_bytes().startswith(b"%PDF")
    [failed] = [rule for rule in made["layout_check"] if not rule["ok"]]
    assert failed["rule"] == "字体嵌入"
    assert "GWKai.ttf 缺失或已损坏，楷体以仿宋代替，请重装程序" in failed["measured"]


# What came back is a zip bomb, carries macros, or is no workbook.


def _with_part(source: Path, name: str, data: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            new.writestr(item.filename, old.read(item))
        new.writestr(name, data)
    return target.getvalue()


def test_hostile_files_are_refused_and_the_others_go_on(ws: Workspace, root: Path) -> None:
    folder = root / "收到的"
    folder.mkdir()
    good = next(path for path in _pile(root) if path.name == "统计局.xlsx")
    (folder / "炸弹.xlsx").write_bytes(_with_part(good, "xl/media/a", b"\0" * 300_000_000))
    (folder / "带宏.xlsx").write_bytes(_with_part(good, "xl/vbaProject.bin", b"x"))
    (folder / "不是表格.xlsx").write_bytes("这只是一段文字".encode())
    (folder / "税务局.docx").write_bytes(
        next(path for path in _pile(root) if path.name == "税务局反馈.docx").read_bytes()
    )
    shutil.copy(good, folder)
    before = folder_state(folder)
    round_ = round_number(ws, 2)
    batch = receiving.stage(ws, receiving.read_files([folder]), round_)
    inbox.settle_certain(ws, round_, batch.id)
    shown = {look.item.name: look.item for look in inbox.tray(ws, round_, batch.id)}
    outcomes = {name: item.outcome for name, item in shown.items()}
    assert outcomes == {
        "炸弹.xlsx": Outcome.REFUSED,
        "带宏.xlsx": Outcome.REFUSED,
        "不是表格.xlsx": Outcome.REFUSED,
        "税务局.docx": Outcome.ACCEPTED,
        "统计局.xlsx": Outcome.ACCEPTED,
    }
    for name in ("炸弹.xlsx", "带宏.xlsx", "不是表格.xlsx"):
        assert shown[name].reason, name
    assert "宏" in shown["带宏.xlsx"].reason
    assert "内容却不是表格或文档" in shown["不是表格.xlsx"].reason
    assert folder_state(folder) == before
