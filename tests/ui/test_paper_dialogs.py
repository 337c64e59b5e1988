"""Dialogs about papers: chase letter, notices of return, numbers, seals, records, seal picture."""

import io
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.chasing import ChaseKind, ChaseLevel
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.services import (
    chasing,
    overview,
    papers_publish,
    papers_register,
    papers_seal,
    return_notices,
    seal_image,
)
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.commands import all_commands, named
from hs_credit_desktop.ui.dialogs.chase_papers import ChasePapers
from hs_credit_desktop.ui.dialogs.doc_number import NumberRegister
from hs_credit_desktop.ui.dialogs.paper_writer import FOLDER_KEY
from hs_credit_desktop.ui.dialogs.print_paper import PaperToPrint
from hs_credit_desktop.ui.dialogs.return_notices import ReturnNotices
from hs_credit_desktop.ui.dialogs.seal_log import Proposal, SealLog
from hs_credit_desktop.ui.dialogs.seal_picture import SealPicture
from hs_credit_desktop.ui.dialogs.unit_records import UnitRecords
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run

AnyDialog = TypeVar("AnyDialog", bound=QDialog)


class Desk:
    """A practice ledger with a folder for papers, and dialogs that go with the test."""

    def __init__(self, qtbot: QtBot, ws: Workspace, folder: Path) -> None:
        self._qtbot, self.ws, self.run = qtbot, ws, Run(at_once=True)
        self.folder = folder
        self.preferences = Preferences(folder / "prefs")
        self.preferences.put(FOLDER_KEY, str(folder / "导出"))
        self.round = overview.round_of(ws, overview.notice(ws).id, 2)

    def opened(self, dialog: AnyDialog) -> AnyDialog:
        self._qtbot.addWidget(dialog)
        with self._qtbot.waitActive(dialog):
            dialog.show()
        return dialog

    @property
    def names(self) -> list[str]:
        return sorted(file.name for file in (self.folder / "导出").iterdir())


@pytest.fixture
def desk(qtbot: QtBot, practice_ws: Workspace, tmp_path: Path) -> Desk:
    return Desk(qtbot, practice_ws, tmp_path)


def _chase(desk: Desk, only: str | None = None) -> ChasePapers:
    return desk.opened(ChasePapers(None, desk.ws, desk.run, desk.preferences, desk.round, only))


def test_the_letter_goes_to_those_ticked_is_numbered_and_logged_once(desk: Desk) -> None:
    box = _chase(desk)
    assert box.counted.text() == "未报 19 家，发给 19 家"
    box._tick(every=False)
    assert not box.make.isEnabled()
    for place in (2, 0):
        list(box.ticks.values())[place].setChecked(True)
    box.start()
    assert desk.names == ["催报函_第二轮_20241129.docx", "催报函_第二轮_20241129.pdf"]
    words = "".join(page.text for page in read_pages(desk.folder / "导出" / desk.names[1]))
    assert "市商务局、市政府国资委：" in words
    assert "黄信用办函〔2024〕1号" in words
    [line] = papers_register.register(desk.ws).lines
    assert (line.kind, line.round_id) == ("chase_letter", desk.round.id)
    first, second, third = chasing.missing(desk.ws, desk.round)[:3]
    assert [len(item.chases) for item in (first, second, third)] == [1, 0, 1]
    [chase] = first.chases
    assert (chase.kind, chase.level) == (ChaseKind.LETTER, ChaseLevel.LETTER)
    box.start()  # written again, it is the same letter
    assert len(papers_register.register(desk.ws).lines) == 1
    assert len(chasing.missing(desk.ws, desk.round)[0].chases) == 1


def test_a_spent_number_and_a_wrong_day_are_said_before_anything_is_written(desk: Desk) -> None:
    box = _chase(desk, chasing.missing(desk.ws, desk.round)[3].expected_return_id)
    assert box.counted.text() == "未报 19 家，发给 1 家"
    box.number.setText("黄信用办〔2024〕1号")
    box.start()
    assert "任务分解通知的文号" in box.writer.error.text
    box.number.clear()
    box.until.edit.setText("13月")
    box.start()
    assert box.until.error.text
    box.until.edit.setText("2024-11-01")
    box.start()
    assert "在今天" in box.writer.error.text
    assert not (desk.folder / "导出").exists()
    box.until.edit.setText("2024-12-03")
    box.start()
    assert desk.names[0] == "催报函_第二轮_市市场监管局_20241129.docx"
    assert papers_register.register(desk.ws).lines == ()
    box.copy_text()
    assert "尚未报送 19 家" in QGuiApplication.clipboard().text()


def test_stopping_a_letter_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Job.report

    def stop_at_once(job: Job, words: str) -> None:
        job.stop()
        real(job, words)

    monkeypatch.setattr(Job, "report", stop_at_once)
    box = _chase(desk)
    box.start()
    assert box.writer.said.text().startswith("已停止")
    assert desk.names == []
    assert papers_register.register(desk.ws).lines == ()


def test_return_notices_are_written_for_each_unit(desk: Desk) -> None:
    back = chasing.sent_back(desk.ws, desk.round)
    made = [return_notices.return_notice(desk.ws, item.expected_return_id) for item in back]
    box = desk.opened(ReturnNotices(None, desk.ws, desk.run, desk.preferences, desk.round, made))
    assert box.make.accessibleName() == f"生成通知 {len(back)} 份"
    box.copy_text()
    assert QGuiApplication.clipboard().text() == made[0].mail_text
    box.start()
    assert len(desk.names) == 2 * len(back)
    states = papers_publish.states(desk.ws, desk.round)
    last = next(item.last for item in states if item.kind is PaperKind.RETURN_NOTICE)
    assert last is not None
    assert back[0].unit_name in last.name


def test_the_register_proposes_flags_and_voids(desk: Desk) -> None:
    box = desk.opened(NumberRegister(None, desk.ws, desk.run, desk.round, PaperKind.CIRCULAR))
    assert (box.number.text(), box.title.text()) == ("黄信用办〔2024〕2号", "第二轮通报")
    assert "没有缺号" in box.findings.text()
    box.number.setText("黄信用办〔2024〕4号")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert box.said.text() == "已登记 黄信用办〔2024〕4号"
    assert "缺号：黄信用办〔2024〕2号、黄信用办〔2024〕3号" in box.findings.text()
    box.kind.setCurrentIndex(box.kind.findData("chase_letter"))
    box._propose()
    assert box.number.text() == "黄信用办函〔2024〕1号"
    box.number.setText("黄信用办〔2024〕4号")
    box.take.click()
    assert "已经给了《第二轮通报》" in box.error.text
    box.void.agree.click()
    assert "没有写作废原因" in box.error.text
    box.void.reason.setText("没有发出")
    box.void.agree.click()
    assert box.model.rows[0].void_reason == "没有发出"
    assert not box.void.agree.isEnabled()
    box.letters.setText("黄信用办便函")
    box.save.click()
    assert papers_register.propose(desk.ws, letter=True) == "黄信用办便函〔2024〕1号"


@pytest.fixture
def log(desk: Desk) -> SealLog:
    proposal = Proposal("report", "执行情况报告_第二轮", "", "ab12", 2, desk.round.id)
    return desk.opened(SealLog(None, desk.ws, desk.run, proposal))


def _drop(box: SealLog, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    box.dropEvent(event)


def test_a_seal_is_logged_and_the_scan_dropped_on_it(
    log: SealLog, desk: Desk, tmp_path: Path
) -> None:
    scan = tmp_path / "盖章报告.pdf"
    scan.write_bytes(b"%PDF scanned")
    _drop(log, scan)
    assert "请先登记" in log.error.text
    log.log.click()
    assert "没有写谁用的印" in log.error.text
    log.person.setText("演示甲")
    log.log.click()
    [row] = log.model.rows
    assert (row.kind, row.copies, row.sha256, row.round_id) == (
        "report",
        2,
        "ab12",
        desk.round.id,
    )
    assert "ab12" in log.detail.text()
    _drop(log, tmp_path / "没有.pdf")
    assert "打不开" in log.error.text
    _drop(log, scan)
    assert log.said.text() == "已存入 1 件扫描件，原样保存"
    assert log.model.rows[0].scans[0].name == "盖章报告.pdf"
    assert log.show_scan.isEnabled()


def test_another_title_is_another_paper_and_a_mistake_is_struck_out(log: SealLog) -> None:
    log.title.setText("另一份文件")
    log.person.setText("演示甲")
    log.log.click()
    [row] = log.model.rows
    assert (row.kind, row.sha256) == ("", "")
    assert "没有文件摘要" in log.detail.text()
    log.void.reason.setText("重复")
    log.void.agree.click()
    assert log.detail.text() == "已作废：重复"
    assert not log.add.isEnabled()


def test_records_make_a_circular_and_name_the_levels(desk: Desk) -> None:
    papers_register.take(
        desk.ws,
        "黄信用办〔2024〕2号",
        kind="circular",
        title="通报",
        round_id=desk.round.id,
    )
    box = desk.opened(UnitRecords(None, desk.ws, desk.run, desk.preferences, desk.round))
    assert len(box.model.rows) == 44
    assert box.counted.text() == "44 家，第一轮、第二轮"
    assert {row.record.expected for row in box.model.rows} == {2}
    box.start()
    pdf = next((desk.folder / "导出").glob("*.pdf"))
    assert "黄信用办〔2024〕2号" in "".join(page.text for page in read_pages(pdf))
    box.copy()
    assert "市发改委：应报 2 次" in QGuiApplication.clipboard().text()
    box.levels[ChaseLevel.CIRCULAR].setText("约谈")
    box.levels[ChaseLevel.LETTER].setText("")
    box.save.click()
    assert chasing.level_names(desk.ws)[ChaseLevel.CIRCULAR] == "约谈"
    assert box.levels[ChaseLevel.LETTER].text() == "催报函"


def _png(folder: Path) -> Path:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (200, 0, 0, 255)).save(out, "PNG")
    (folder / "章.png").write_bytes(out.getvalue())
    return folder / "章.png"


def test_the_seal_picture_is_kept_used_and_removed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = papers_publish.write_kind(desk.ws, desk.round, PaperKind.CHASE_LETTER, tmp_path / "出")
    paper = PaperToPrint(files[0].path, PaperKind.CHASE_LETTER, desk.round)
    box = desk.opened(SealPicture(None, desk.ws, desk.run, paper))
    box.keep.click()
    assert "还没有选图片" in box.error.text
    monkeypatch.setattr(messages, "open_file", lambda *_what: _png(tmp_path))
    box._choose()
    box.first.setText("演示口令一二三四")
    box.again.setText("演示口令")
    box.keep.click()
    assert "两次口令不一样" in box.error.text
    box.again.setText("演示口令一二三四")
    box.width_mm.setText("四十")
    box.keep.click()
    assert "宽度" in box.error.text
    box.width_mm.setText("42")
    box.keep.click()
    assert seal_image.kept(desk.ws) == ("章.png", 42.0)
    box.person.setText("演示甲")
    box.passphrase.setText("不对的口令")
    box.use.click()
    assert "口令不对" in box.error.text
    assert papers_seal.lines(desk.ws) == ()
    box.passphrase.setText("演示口令一二三四")
    box.use.click()
    assert box.made is not None
    assert box.made.is_file()
    assert box.passphrase.text() == ""
    [line] = papers_seal.lines(desk.ws)
    assert line.image
    monkeypatch.setattr(messages, "ask", lambda *_what: True)
    box.remove.click()
    assert seal_image.kept(desk.ws) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("发文登记…", NumberRegister),
        ("用印登记…", SealLog),
        ("单位报送记录和通报…", UnitRecords),
        ("催报函…", ChasePapers),
    ],
)
def test_commands_open_their_dialogs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, kind: type[QDialog]
) -> None:
    from PySide6.QtWidgets import QWidget

    class Window(QWidget):
        ws, task_run, preferences, round = desk.ws, desk.run, desk.preferences, desk.round

    opened: list[QDialog] = []
    monkeypatch.setattr(kind, "show", lambda dialog: opened.append(dialog))
    window = Window()
    named(name).run(window)  # type: ignore[arg-type]
    assert [type(dialog) for dialog in opened] == [kind]
    letters = [command.letter for command in all_commands()]
    assert len(letters) == len(set(letters))
