"""导出: what is ticked is written in the background, shown page by page and printed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.returns import Channel
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.services import (
    freezing,
    overview,
    papers_publish,
    papers_register,
    preview,
    returns,
)
from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.paper_setup import HeadForm, PaperSetup, setup
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages, printing
from hs_credit_desktop.ui.dialogs.paper_writer import FOLDER_KEY
from hs_credit_desktop.ui.dialogs.print_paper import PaperToPrint, PrintPaper
from hs_credit_desktop.ui.dialogs.seal_log import SealLog
from hs_credit_desktop.ui.pages import export_work
from hs_credit_desktop.ui.pages.export import ExportPage
from hs_credit_desktop.ui.pages.export_rows import LostRow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run


@pytest.fixture
def open_page(qtbot: QtBot, practice_ws: Workspace, tmp_path: Path) -> Callable[[bool], ExportPage]:
    def make(at_once: bool) -> ExportPage:
        preferences = Preferences(practice_ws.folder.root)
        preferences.put(FOLDER_KEY, str(tmp_path / "导出"))
        page = ExportPage(practice_ws, Run(at_once=at_once), preferences)
        qtbot.addWidget(page)
        page.resize(1290, 640)
        page.show()
        qtbot.waitExposed(page)
        page.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, 2))
        return page

    return make


@pytest.fixture(scope="module")
def two_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path_factory.mktemp("pdf") / "两页.pdf"
    canvas = Canvas(str(file), pagesize=(595.3, 841.9))
    for _ in range(2):
        canvas.rect(0, 0, 595.3, 841.9, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file


def test_the_button_counts_what_is_ticked(open_page: Callable[[bool], ExportPage]) -> None:
    options = open_page(True).options
    assert options.export.accessibleName() == "导出 3 项"
    for tick in options.ticks.values():
        tick.setChecked(False)
    assert not options.export.isEnabled()
    assert options.export.toolTip() == "先勾选要导出的内容"


def test_all_papers_are_written_listed_shown_and_checked(
    qtbot: QtBot, open_page: Callable[[bool], ExportPage], tmp_path: Path
) -> None:
    page = open_page(False)
    assert page.preview.subtitle.text() == ""
    said: list[str] = []
    page.run.busy.connect(said.append)
    qtbot.mouseClick(page.options.export, Qt.MouseButton.LeftButton)
    assert not page.options.stop.isHidden()
    assert not page.options.export.isEnabled()
    qtbot.waitUntil(lambda: page.options.stop.isHidden(), timeout=60_000)
    names = sorted(file.suffix for file in (tmp_path / "导出").iterdir())
    assert names == [".docx", ".docx", ".pdf", ".pdf", ".xlsx"]
    assert any("执行情况报告第" in words for words in said)
    row = page.options.rows[PaperKind.REPORT]
    assert row.state.text.startswith("PDF、Word · 11-29 ")
    assert page.options.progress.text() == "已导出到上面的文件夹。"
    assert page.preview.subtitle.text().startswith("第 1 页，共 ")
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.preview.number == 2
    qtbot.waitUntil(lambda: page.preview.sheet.minimumWidth() > 0, timeout=10_000)
    assert page.checks.model.rowCount() >= 10
    assert page.checks.words.text()
    bar = page.options.area.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())  # the files are in view
    page.reload(Changes(returns=True))
    assert page.options.stale.isVisible()
    page.run.wait()


def test_stopping_leaves_no_half_file(
    open_page: Callable[[bool], ExportPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(True)
    real = Job.report

    def stop_at_once(job: Job, words: str) -> None:
        job.stop()
        real(job, words)

    monkeypatch.setattr(Job, "report", stop_at_once)
    page.options.start()
    assert list((tmp_path / "导出").iterdir()) == []
    assert page.options.stop.isHidden()
    assert page.options.export.isEnabled()


def test_a_folder_that_refuses_is_said_and_nothing_is_lost(
    qtbot: QtBot, open_page: Callable[[bool], ExportPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(True)

    def refuse(*_what: object, **_named: object) -> None:
        raise UserError("没有写成", "磁盘空间不足。")

    monkeypatch.setattr(export_work, "write_kind", refuse)
    with qtbot.waitSignal(page.run.failed) as failed:
        page.options.start()
    assert failed.args == ["没有写成", "磁盘空间不足。"]
    assert page.options.progress.text() == "没有导出成功。"
    assert page.options.export.isEnabled()


def test_another_folder_is_remembered(
    open_page: Callable[[bool], ExportPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(True)
    monkeypatch.setattr(messages, "choose_folder", lambda *_what: tmp_path / "别处")
    page.options.folder_asked.emit()
    assert page.folder == tmp_path / "别处"
    assert page.options.folder.text.endswith("别处")


def _to_file(monkeypatch: pytest.MonkeyPatch, paper: Path) -> list[QPrinter]:
    """The system's dialog answers with a PDF printer; the printers it was shown."""
    seen: list[QPrinter] = []

    def choose(_parent: object, printer: QPrinter) -> bool:
        seen.append(printer)
        printer.setOutputFileName(str(paper))
        printer.setResolution(72)
        return True

    monkeypatch.setattr(messages, "choose_printer", choose)
    return seen


def _dialogs(monkeypatch: pytest.MonkeyPatch, kind: type[QDialog]) -> list[QDialog]:
    """The dialogs of a kind that were opened, which stay open for the test."""
    opened: list[QDialog] = []
    monkeypatch.setattr(kind, "show", lambda dialog: opened.append(dialog))
    return opened


def test_printing_exports_first_and_hands_every_page_on(
    open_page: Callable[[bool], ExportPage],
    tmp_path: Path,
    two_pages: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page(True)
    asked: list[object] = []
    paper = tmp_path / "paper.pdf"

    def fake(*what: object, **_named: object) -> tuple[ExportedFile, ...]:
        asked.append(what[2])
        return (ExportedFile(two_pages, "report", 2, "abc"),)

    monkeypatch.setattr(export_work, "write_kind", fake)
    printers = _to_file(monkeypatch, paper)
    dialogs = _dialogs(monkeypatch, PrintPaper)
    page.print()
    assert asked == [PaperKind.REPORT]
    [dialog] = dialogs
    assert isinstance(dialog, PrintPaper)
    dialog.copies.setText("2")
    dialog.print.click()
    assert [printer.copyCount() for printer in printers] == [2]
    assert preview.page_count(paper) in (2, 4)  # a printer without copies gets the pages twice
    assert dialog.said.text().startswith("已把 ")
    assert "登记用印" in dialog.said.text()
    image = preview.page_image(paper, 2, 20)
    middle = (image.height // 2) * image.stride + (image.width // 2) * 3
    assert image.rgb[middle : middle + 3] == b"\0\0\0"
    logs = _dialogs(monkeypatch, SealLog)
    dialog.log_seal()
    [log] = logs
    assert isinstance(log, SealLog)
    log.person.setText("甲某")
    log.log.click()
    page.reload(Changes(papers=True))
    [row] = log.model.rows
    assert (row.title, row.copies, row.sha256) == ("两页", 2, "abc")
    assert page.options.rows[PaperKind.REPORT].state.text.endswith("已用印 2 份，未存扫描件")


def test_offset_pages_and_grey_reach_the_printer_and_are_remembered(
    qtbot: QtBot,
    practice_ws: Workspace,
    two_pages: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    preferences = Preferences(practice_ws.folder.root)
    round_ = overview.round_of(practice_ws, overview.notice(practice_ws).id, 2)
    paper = PaperToPrint(two_pages, PaperKind.MISSING_LIST, round_)
    dialog = PrintPaper(None, practice_ws, Run(at_once=True), preferences, paper)
    qtbot.addWidget(dialog)
    printers = _to_file(monkeypatch, tmp_path / "moved.pdf")
    for wrong, field in (("3-9", dialog.range), ("很多", dialog.right)):
        kept = field.text()
        field.setText(wrong)
        dialog.print.click()
        assert dialog.error.text.startswith(("页码", "校准"))
        field.setText(kept)
    assert printers == []
    dialog.range.setText("2")
    dialog.right.setText("10")
    dialog.down.setText("-5")
    dialog.grey.setChecked(True)
    dialog.sides.setCurrentIndex(1)
    sides: list[object] = []  # where there is no printer the printer does not keep it
    monkeypatch.setattr(QPrinter, "setDuplex", lambda _printer, side: sides.append(side))
    dialog.print.click()
    [printer] = printers
    assert (printer.fromPage(), printer.toPage()) == (2, 2)
    assert sides == [QPrinter.DuplexMode.DuplexLongSide]
    image = preview.page_image(tmp_path / "moved.pdf", 1, 25.4)  # a dot is a millimetre

    def black(x: int, y: int) -> bool:
        return image.rgb[y * image.stride + 3 * x] < 128

    assert not black(8, 100)
    assert black(12, 100)
    assert black(100, 2)
    assert not black(100, 294)
    again = PrintPaper(None, practice_ws, Run(at_once=True), preferences, paper)
    qtbot.addWidget(again)
    assert (again.right.text(), again.down.text(), again.grey.isChecked()) == ("10", "-5", True)
    assert again.log.isHidden()


def test_the_calibration_sheet_has_its_cross_at_50_millimetres(
    qtbot: QtBot, practice_ws: Workspace, two_pages: Path, tmp_path: Path, monkeypatch
) -> None:
    round_ = overview.round_of(practice_ws, overview.notice(practice_ws).id, 2)
    dialog = PrintPaper(
        None,
        practice_ws,
        Run(at_once=True),
        Preferences(practice_ws.folder.root),
        PaperToPrint(two_pages, PaperKind.REPORT, round_),
    )
    qtbot.addWidget(dialog)
    dialog.right.setText("3")
    _to_file(monkeypatch, tmp_path / "rulers.pdf")
    dialog.print_rulers()
    assert dialog.said.text() == "校准页已交给打印机"
    image = preview.page_image(tmp_path / "rulers.pdf", 1, 254)  # ten dots a millimetre
    row = image.rgb[460 * image.stride : 461 * image.stride : 3]
    dark = [at / 10 for at in range(300, 700) if row[at] < 128]
    assert dark
    assert all(abs(at - 53) < 0.5 for at in dark)


def test_every_paper_has_its_row_and_its_state(open_page: Callable[[bool], ExportPage]) -> None:
    page = open_page(True)
    rows = page.options.rows
    assert [kind.label for kind in rows] == [
        "执行情况报告",
        "盖章汇总表",
        "信用任务台账",
        "催报函",
        "未报清单",
        "一页清单",
        "通报",
        "退回补报通知",
    ]
    for row in rows.values():
        row.tick.setChecked(row.kind in (PaperKind.CIRCULAR, PaperKind.RETURN_NOTICE))
    page.run.command(
        papers_register.take,
        page.ws,
        "黄信用办〔2024〕2号",
        kind="circular",
        title="第二轮通报",
        round_id=page.round.id,
    )
    page.reload(Changes(papers=True))
    assert "黄信用办〔2024〕2号" in rows[PaperKind.CIRCULAR].state.text
    page.options.start()
    names = sorted(file.name.split("_")[0] for file in page.folder.iterdir())
    assert names == ["退回补报通知"] * 2 + ["通报"] * 2
    circular = next(page.folder.glob("通报*.pdf"))
    assert "黄信用办〔2024〕2号" in "".join(item.text for item in read_pages(circular))
    assert page.preview.subtitle.text().startswith("第 1 页，共 ")
    page.options.shown.emit(page._made[page.round.id][next(page.folder.glob("退回*.pdf"))])
    assert page._report().kind == "return_notice"


def test_only_the_chosen_pages_are_printed(two_pages: Path, tmp_path: Path) -> None:
    printer = printing.make_printer()
    printer.setOutputFileName(str(tmp_path / "one.pdf"))
    printer.setResolution(72)
    printer.setFromTo(2, 2)
    said: list[str] = []
    assert printing.print_file(two_pages, printer, Job(said.append)) == 1
    assert said == ["正在打印 1/1…"]
    assert preview.page_count(tmp_path / "one.pdf") == 1


def test_characters_without_a_font_are_named_before_the_export(
    open_page: Callable[[bool], ExportPage],
) -> None:
    page = open_page(True)
    assert page.checks.rare.isHidden()
    assert page.round is not None
    entry = overview.entries(page.ws, page.round)[0]
    said = replace(entry.parts, progress="联系\U00030ede店。")
    receipt = Receipt(page.ws.today, Channel.MAIL)
    returns.record(page.ws, entry_id=entry.id, parts=said, receipt=receipt)
    page.reload(Changes(returns=True))
    assert page.checks.rare.isVisible()
    assert "1 个字没有字体" in page.checks.rare_words.text()
    [row] = page.checks.rare_model.rows
    asked: list[tuple[str, str]] = []
    page.checks.entry_opened.connect(lambda *said: asked.append(said))
    page.checks.rare.opened.emit(row.id)
    assert asked == [(entry.id, "\U00030ede")]


def test_files_of_the_last_session_are_shown_again(
    qtbot: QtBot, open_page: Callable[[bool], ExportPage], tmp_path: Path
) -> None:
    first = open_page(True)
    first.start([PaperKind.SUMMARY, PaperKind.MISSING_LIST])
    again = open_page(True)
    assert again.preview.subtitle.text().startswith("第 1 页，共 ")
    assert again.options.results.count() == 5  # four files and their folder
    assert not again.options.stale.isVisible()
    for file in (tmp_path / "导出").glob("盖章汇总表*.pdf"):
        file.write_bytes(b"%PDF-1.4 other")
    third = open_page(True)
    [lost] = third.options.findChildren(LostRow)
    qtbot.waitUntil(lost.isVisible)
    assert third._report() is not None
    assert "未报清单" in third._report().path.name  # type: ignore[union-attr]


def test_head_and_page_are_chosen_and_remembered(
    qtbot: QtBot, open_page: Callable[[bool], ExportPage]
) -> None:
    page = open_page(True)
    head = page.options.setup.head
    head.setCurrentIndex(1)
    head.activated.emit(1)
    assert setup(page.ws) == PaperSetup(HeadForm.PREPRINTED)
    assert open_page(True).options.setup.head.currentText() == HeadForm.PREPRINTED.label
    assert page.options.rows[PaperKind.REPORT].number.isVisibleTo(page)


def test_freezing_leaves_what_was_exported_the_newest(
    open_page: Callable[[bool], ExportPage],
) -> None:
    page = open_page(True)
    assert page.round is not None
    page.start([PaperKind.SUMMARY])
    page.reload(freezing.freeze(page.ws, page.round))
    assert page.round.id not in page._stale
    [made] = [item for item in papers_publish.states(page.ws, page.round) if item.last]
    assert made.last is not None
    assert not papers_publish.changed_since(page.ws, made.last)
