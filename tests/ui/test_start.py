"""From a notice to a ledger by the start page: nothing is written before the clerk says so."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.paths import LEDGER_NAME, PRACTICE_FOLDER
from hs_credit_desktop.services import backups, overview
from hs_credit_desktop.services.notices import SUFFIXES, bundled_notice, read_notice
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.dialogs import hand_over
from hs_credit_desktop.ui.pages import start_parts
from hs_credit_desktop.ui.pages.confirm import counts_words, head_rows
from hs_credit_desktop.ui.pages.start import KINDS, StartPage, ledger_folder
from hs_credit_desktop.ui.pages.start_other import OtherWays
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from tests.ledgers import make_workspace

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> StartPage:
    made = StartPage(tmp_path, system_clock(), Run(at_once=True), Preferences(tmp_path))
    qtbot.addWidget(made)
    made.resize(1294, 672)
    made.show()
    return made


def test_the_bundled_notice_becomes_a_ledger(qtbot: QtBot, page: StartPage, tmp_path: Path) -> None:
    page.read_bundled()
    assert page.confirm is not None
    assert list(tmp_path.iterdir()) == []
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(page.confirm.agree_button, LEFT)
    ws: Workspace = opened.args[0]
    notice = overview.notice(ws)
    figures = overview.figures(ws, overview.round_of(ws, notice.id, 1))
    assert (notice.doc_number, figures.expected) == ("黄信用办〔2024〕1号", 44)
    ws.close()


def test_going_back_leaves_nothing_behind(qtbot: QtBot, page: StartPage, tmp_path: Path) -> None:
    page.read_bundled()
    assert page.confirm is not None
    qtbot.mouseClick(page.confirm.back_button, LEFT)
    assert page.confirm is None
    assert list(tmp_path.iterdir()) == []


def test_what_was_read_is_said_in_words() -> None:
    draft = read_notice(bundled_notice()).draft
    assert "识别到 7 类 24 条，责任单位 43 种写法，148 对" in counts_words(draft)
    assert "38 家单位和 2 个群组，每轮应报 44 家、267 条反馈" in counts_words(draft)
    rows = dict(head_rows(draft))
    assert rows["成文日期"] == "2024年7月3日"
    assert rows["第二轮"] == "2024-11-30（周六）前报送"


def test_a_pasted_text_is_read(page: StartPage) -> None:
    QGuiApplication.clipboard().setText(bundled_notice().read_text(encoding="utf-8"))
    page.paste()
    assert page.confirm is not None


def test_an_empty_clipboard_says_what_to_do(page: StartPage) -> None:
    QGuiApplication.clipboard().clear()
    page.paste()
    assert "剪贴板里没有文字" in page.error.text


def test_a_file_that_is_no_notice_is_refused_in_place(page: StartPage, tmp_path: Path) -> None:
    file = tmp_path / "空.txt"
    file.write_text("", encoding="utf-8")
    page.read_file(file)
    assert page.confirm is None
    assert page.error.text
    assert page.choose_button.isEnabled()


def test_a_chosen_file_is_read(page: StartPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "open_file", lambda *_: bundled_notice())
    page.choose_button.click()
    assert page.confirm is not None


def test_a_folder_that_has_a_ledger_is_not_overwritten(
    qtbot: QtBot, page: StartPage, tmp_path: Path
) -> None:
    page.read_bundled()
    (tmp_path / "ledger.hscredit").write_bytes(b"another")
    assert page.confirm is not None
    qtbot.mouseClick(page.confirm.agree_button, LEFT)
    assert "已有台账" in page.confirm.error.text
    assert (tmp_path / "ledger.hscredit").read_bytes() == b"another"
    assert page.confirm.agree_button.isEnabled()


def test_a_second_notice_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    assert ledger_folder(tmp_path, date(2025, 7, 1)) == tmp_path
    (tmp_path / "ledger.hscredit").touch()
    assert ledger_folder(tmp_path, date(2025, 7, 1)) == tmp_path / "2025年台账"
    (tmp_path / "2025年台账").mkdir()
    (tmp_path / "2025年台账" / "ledger.hscredit").touch()
    assert ledger_folder(tmp_path, date(2025, 7, 1)) == tmp_path / "2025年台账2"
    assert ledger_folder(tmp_path, None) == tmp_path / "新台账"


def test_the_practice_ledger_is_made_once(qtbot: QtBot, page: StartPage, tmp_path: Path) -> None:
    for _ in range(2):
        with qtbot.waitSignal(page.opened) as opened:
            page.practice()
        ws: Workspace = opened.args[0]
        assert ws.practice
        assert ws.folder.root == tmp_path / PRACTICE_FOLDER
        ws.close()


def test_a_ledger_that_is_not_ours_is_refused(
    qtbot: QtBot, page: StartPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ledger.hscredit"
    file.write_bytes(b"no ledger at all" * 100)
    monkeypatch.setattr(messages, "open_file", lambda *_: file)
    with qtbot.waitSignal(page._run.failed) as failed:
        page.choose_ledger()
    assert str(file) in failed.args[0]


def _drag(page: StartPage, *files: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(file) for file in files])
    event = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    page.zone.dragEnterEvent(event)
    return mime


def test_what_the_page_names_is_what_is_read_or_explained(page: StartPage, tmp_path: Path) -> None:
    assert set(re.findall(r"\.\w+", start_parts.HINT)) == set(SUFFIXES)
    assert set(re.findall(r"\*(\.\w+)", KINDS)) == set(SUFFIXES)
    for suffix in SUFFIXES:
        file = tmp_path / f"坏{suffix}"
        file.write_bytes(b"\x00\x01\x02")
        page.read_file(file)
        assert file.name in page.error.text


def test_the_drop_zone_says_what_it_takes(page: StartPage) -> None:
    _drag(page, "/somewhere/通知.docx")
    assert (page.zone.over, page._hint.text()) == ("fits", "松开即可读取")
    page.zone.dragLeaveEvent(QDragLeaveEvent())
    _drag(page, "/somewhere/照片.jpg")
    assert (page.zone.over, page._hint.text()) == ("refused", "不支持这种文件")
    page.zone.dragLeaveEvent(QDragLeaveEvent())
    assert page.zone.over == ""


def test_a_dropped_notice_is_read(page: StartPage) -> None:
    mime = _drag(page, str(bundled_notice()))
    event = QDropEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    page.zone.dropEvent(event)
    assert page.confirm is not None


def test_recent_ledgers_open_by_a_click(
    qtbot: QtBot, practice_folder: Path, tmp_path: Path
) -> None:
    preferences = Preferences(tmp_path / "prefs")
    preferences.opened(practice_folder, "练习台账（演示）", "2024-11-29")
    page = StartPage(tmp_path, system_clock(), Run(at_once=True), preferences)
    qtbot.addWidget(page)
    row = page.panes()[1]
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(row, LEFT)
    assert opened.args[0].practice
    opened.args[0].close()


def test_the_ledger_opened_last_lends_its_answers(
    qtbot: QtBot, page: StartPage, tmp_path: Path
) -> None:
    with qtbot.waitSignal(page.opened) as opened:
        page.read_bundled()
        assert page.confirm is not None
        place = page.confirm.notice.draft.doubts[-1]
        assert place.choices[0] == "分别保留"
        page.confirm.desk.list.setCurrentRow(len(page.confirm.notice.draft.doubts) - 1)
        page.confirm.desk.card.confirm()
        page.confirm.agree_button.click()
    ws: Workspace = opened.args[0]
    ws.close()
    page._preferences.opened(tmp_path, "去年", "2024-07-03")
    page.read_bundled()
    assert page.confirm is not None
    assert place.kind not in {doubt.kind for doubt in page.confirm.notice.draft.doubts}
    assert page.confirm.folder == tmp_path / "2024年台账"
    with qtbot.waitSignal(page.opened) as opened:
        page.confirm.agree_button.click()
    opened.args[0].close()


def test_a_ledger_made_on_another_day_is_reckoned_with_it(qtbot: QtBot, tmp_path: Path) -> None:
    page = StartPage(
        tmp_path, system_clock(), Run(at_once=True), Preferences(tmp_path), date(2024, 7, 3)
    )
    qtbot.addWidget(page)
    page.read_bundled()
    assert page.confirm is not None
    with qtbot.waitSignal(page.opened) as opened:
        page.confirm.agree_button.click()
    assert opened.args[0].today == date(2024, 7, 3)
    opened.args[0].close()


def test_a_backup_becomes_the_ledger_where_there_is_none(
    qtbot: QtBot, page: StartPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = make_workspace(tmp_path / "另一台")
    made = backups.make(ws)
    ws.close()
    monkeypatch.setattr(messages, "open_file", lambda *_: None)
    qtbot.mouseClick(page.other.restore_link, LEFT)
    assert not (tmp_path / LEDGER_NAME).exists()
    monkeypatch.setattr(messages, "open_file", lambda *_: made.file)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(page.other.restore_link, LEFT)
    restored: Workspace = opened.args[0]
    assert restored.folder.root == tmp_path
    assert overview.notice(restored).doc_number
    restored.close()
    beside = StartPage(tmp_path, system_clock(), Run(at_once=True), Preferences(tmp_path))
    qtbot.addWidget(beside)
    assert not beside.findChildren(OtherWays)


def test_a_file_that_is_no_backup_is_refused(
    qtbot: QtBot, page: StartPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "坏的.hscredit"
    broken.write_bytes(b"broken")
    monkeypatch.setattr(messages, "open_file", lambda *_: broken)
    qtbot.mouseClick(page.other.restore_link, LEFT)
    assert page.error.text
    assert not (tmp_path / LEDGER_NAME).exists()


def test_a_package_is_asked_for_from_the_start_page(
    qtbot: QtBot, page: StartPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(hand_over, "choose_package", asked.append)
    qtbot.mouseClick(page.other.package_link, LEFT)
    assert asked == [page]
