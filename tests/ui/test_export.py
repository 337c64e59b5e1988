"""导出: what is ticked is written in the background, shown page by page and printed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview, preview
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages, printing
from hs_credit_desktop.ui.pages import export as export_module
from hs_credit_desktop.ui.pages.export import FOLDER_KEY, ExportPage
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
    assert options.export.accessibleName() == "导出 4 项"
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
    assert names == [".docx", ".pdf", ".pdf", ".xlsx"]
    assert any("执行情况报告第" in words for words in said)
    assert page.options.progress.text() == "已导出到上面的文件夹。"
    assert page.preview.subtitle.text().startswith("第 1 页，共 ")
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.preview.number == 2
    qtbot.waitUntil(lambda: page.preview.sheet.minimumWidth() > 0, timeout=10_000)
    assert page.checks.model.rowCount() >= 10
    assert page.checks.words.text()
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

    def refuse(*_what: object) -> None:
        raise UserError("没有写成", "磁盘空间不足。")

    monkeypatch.setattr(export_module, "export", refuse)
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


def test_printing_exports_first_and_hands_every_page_on(
    open_page: Callable[[bool], ExportPage],
    tmp_path: Path,
    two_pages: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from hs_credit_desktop.services.export import REPORT, ExportedFile

    page = open_page(True)
    asked: list[str] = []
    paper = tmp_path / "paper.pdf"

    def fake(*what: object) -> tuple[ExportedFile, ...]:
        asked.append(str(what[3]))
        return (ExportedFile(two_pages, REPORT, 2, ""),)

    def choose(_parent: object, printer: QPrinter) -> bool:
        printer.setOutputFileName(str(paper))
        printer.setResolution(72)
        return True

    monkeypatch.setattr(export_module, "export", fake)
    monkeypatch.setattr(messages, "choose_printer", choose)
    page.print()
    assert asked == ["('report',)"]
    assert preview.page_count(paper) == 2
    assert page.options.progress.text() == "已把 2 页交给打印机。"
    image = preview.page_image(paper, 2, 20)
    middle = (image.height // 2) * image.stride + (image.width // 2) * 3
    assert image.rgb[middle : middle + 3] == b"\0\0\0"


def test_only_the_chosen_pages_are_printed(two_pages: Path, tmp_path: Path) -> None:
    printer = printing.make_printer()
    printer.setOutputFileName(str(tmp_path / "one.pdf"))
    printer.setResolution(72)
    printer.setFromTo(2, 2)
    said: list[str] = []
    assert printing.print_file(two_pages, printer, Job(said.append)) == 1
    assert said == ["正在打印 1/1…"]
    assert preview.page_count(tmp_path / "one.pdf") == 1
