"""The self-test passes on a whole program, names each thing that does not work, leaves no trace."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports import pages as finished_pages
from hs_credit_desktop.reports.layout_check import LayoutFinding
from hs_credit_desktop.reports.pages import PageImage
from hs_credit_desktop.services import (
    backups,
    export,
    find,
    handover,
    inbox,
    integrity,
    notices,
    selftest,
)
from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.integrity import Finding
from hs_credit_desktop.services.merge_lists import MergeRow
from hs_credit_desktop.services.selftest import StepError, Trial
from tests.ledgers import TODAY, clock_at, round_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

CLOCK = clock_at(TODAY)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder for temporary files; it must be empty afterwards."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def trial(ws: Workspace, tmp_path: Path) -> Trial:
    """The small ledger as the steps get it."""
    return Trial(ws, round_number(ws), tmp_path)


def test_a_whole_program_passes_and_leaves_no_trace(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "PRINTER_DOTS", 72)
    monkeypatch.setattr(selftest, "A4_WIDTH", 595)
    monkeypatch.setattr(selftest, "A4_HEIGHT", 842)
    lines: list[str] = []
    assert selftest.run(CLOCK, lines.append)
    assert lines[-1] == "自检全部通过。"
    named = [line.split("：")[0] for line in lines[:-1]]
    assert named == ["通过　建立台账", *(f"通过　{name}" for name, _ in selftest.STEPS)]
    assert list(temporary.iterdir()) == []


def test_one_failed_step_does_not_stop_the_others(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(trial: Trial) -> str:
        return str(1 / 0)

    def refuses(trial: Trial) -> str:
        raise UserError("磁盘已满", "请清理后再试。")

    steps = (("甲", breaks), ("乙", refuses), ("丙", lambda trial: "好"))
    monkeypatch.setattr(selftest, "STEPS", steps)
    lines: list[str] = []
    assert not selftest.run(CLOCK, lines.append)
    assert lines[1:] == [
        "失败　甲：程序内部错误（ZeroDivisionError：division by zero）",
        "失败　乙：磁盘已满：请清理后再试。",
        "通过　丙：好",
        selftest.FAILED,
    ]
    assert list(temporary.iterdir()) == []


def test_without_its_notice_nothing_else_is_tried(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "bundled_notice", lambda: temporary / "没有.txt")
    lines: list[str] = []
    assert not selftest.run(CLOCK, lines.append)
    assert len(lines) == 2
    assert lines[0].startswith("失败　建立台账：")


@pytest.mark.usefixtures("temporary")
def test_a_notice_read_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "NOTICE_COUNTS", (7, 24, 44, 268))
    lines: list[str] = []
    assert not selftest.run(CLOCK, lines.append)
    assert lines[0] == "失败　建立台账：结果不对（7 类 24 条，应报 44 家 267 条）"


def _exports(files: dict[str, ExportedFile]) -> Callable[..., tuple[ExportedFile, ...]]:
    return lambda ws, round_, out, kinds: tuple(files[kind] for kind in kinds)


def _file(path: Path, content: bytes) -> ExportedFile:
    path.write_bytes(content)
    return ExportedFile(path, "report", 1, "")


@pytest.mark.usefixtures("ws")
def test_words_that_are_not_found_fail(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    assert selftest._log(trial) == "市数据局，已报 1 家"
    assert "1 处" in selftest._search(trial)
    monkeypatch.setattr(find, "find", lambda ws, text: [])
    with pytest.raises(StepError, match="找到 0 处"):
        selftest._search(trial)


def test_a_report_that_breaks_a_layout_rule_fails(
    trial: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _file(tmp_path / "报告.pdf", b"%PDF")
    broken = replace(made, layout_check=(LayoutFinding("天头", "20", "37", False),))
    monkeypatch.setattr(export, "export", _exports({"report": broken}))
    with pytest.raises(StepError, match="版式自检未过：天头"):
        selftest._report(trial)


def test_a_report_that_is_no_pdf_fails(
    trial: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _file(tmp_path / "报告.pdf", b"hello")
    monkeypatch.setattr(export, "export", _exports({"report": made}))
    with pytest.raises(StepError, match="不是 PDF"):
        selftest._report(trial)


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([], "没有一页"),
        ([PageImage(4961, 7016, 14883, b"\xff\xff")], "第 1 页是空白"),
        (
            [PageImage(4961, 7016, 14883, b"\x00"), PageImage(7016, 4961, 21048, b"\x00")],
            "第 2 页不是 A4",
        ),
    ],
)
def test_printing_nothing_or_on_other_paper_fails(
    trial: Trial,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pages: list[PageImage],
    words: str,
) -> None:
    (tmp_path / "报告.pdf").touch()
    monkeypatch.setattr(finished_pages, "page_images", lambda pdf, dots: iter(pages))
    with pytest.raises(StepError, match=words):
        selftest._print(trial)


def test_a_workbook_that_is_cut_short_fails(
    trial: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "台账.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "")
    made = ExportedFile(path, "ledger", None, "")
    monkeypatch.setattr(export, "export", _exports({"ledger": made}))
    with pytest.raises(StepError, match="文件不完整"):
        selftest._workbook(trial)


def test_findings_of_the_check_fail(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding("数据库", "结构有问题", "请从备份还原。")]
    monkeypatch.setattr(integrity, "check", lambda ws: found)
    with pytest.raises(StepError, match="数据库：结构有问题"):
        selftest._check(trial)


def test_forms_that_come_back_unrecognised_fail(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "凭回执码认出" in selftest._forms(trial)
    monkeypatch.setattr(inbox, "tray", lambda *asked: [])
    with pytest.raises(StepError, match="2 份反馈表认出 0 份"):
        selftest._forms(trial)


def test_a_restore_that_changes_nothing_fails(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    selftest._log(trial)
    monkeypatch.setattr(backups, "restore", lambda ws, file: None)
    with pytest.raises(StepError, match="还原后已报 2 家"):
        selftest._backup(trial)


def test_a_package_that_differs_fails(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "行一致" in selftest._handover(trial)
    row = MergeRow("1", "单位", "市税务局", "简称")
    other = handover.MergePreview("甲", "今天", (row,), (row, row), 3, ())
    monkeypatch.setattr(handover, "preview", lambda ws, file, passphrase: other)
    with pytest.raises(StepError, match="3 处不同"):
        selftest._handover(trial)


def test_a_move_that_leaves_no_note_fails(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    from hs_credit_desktop.services import relocation

    monkeypatch.setattr(relocation, "_leave_note", lambda *_: None)
    with pytest.raises(StepError, match="旧文件夹没有指向新位置"):
        selftest._move(trial)
