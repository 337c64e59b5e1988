"""Moving the data folder: where from and to, how much, whether there is room; then the copying."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hs_credit_desktop import paths
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import folders, relocation
from hs_credit_desktop.services.relocation import Move, megabytes
from hs_credit_desktop.ui import messages, single_instance, theme
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.elided import Hint
from hs_credit_desktop.ui.widgets.states import InlineError

if TYPE_CHECKING:
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window

KEPT = "原来的文件夹不会删除，会留下一份“已搬到新位置”的说明。搬的时候台账暂时关闭，搬完自动打开。"
ELSEWHERE = "这不是程序默认打开的文件夹：以后请从“最近打开”里打开新位置。"


def present(window: QWidget, source: Path | None = None) -> "MoveBox":
    """Open the box on a data folder; without one, on what the window has open.

    The program's own folder moves whole, with the ledgers of other years in it.
    """
    main = cast("Window", window)
    if source is None:
        assert main.ws is not None
        source = main.ws.folder.root
    if source.is_relative_to(main.root):
        source = main.root
    box = MoveBox(main, source)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setModal(True)  # the ledger is closed while it moves: nothing else can be done meanwhile
    box.show()
    return box


class MoveBox(QDialog):
    """It keeps the window from the ledger until the move is done, stopped or given up."""

    def __init__(self, window: "Window", source: Path) -> None:
        super().__init__(window)
        self._main, self._source = window, source
        self._chosen: Move | None = None
        self._job: Job | None = None
        self.setWindowTitle("换数据位置")
        self.setAccessibleName("换数据位置")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(label("把数据文件夹搬到其他位置", theme.PANE_TITLE, bold=True))
        column.addLayout(self._rows())
        kept = label(KEPT, theme.CAPTION, ink="text2")
        kept.setWordWrap(True)
        column.addWidget(kept)
        self.error, self.said = InlineError(), Hint()
        column.addWidget(self.error)
        column.addStretch(1)
        column.addLayout(self._foot())
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.go_button.click)
        if folders.here(source):  # a folder of this PC is what is wanted
            self._propose(paths.local_data_root().parent)

    def sizeHint(self) -> QSize:
        return QSize(640, 300)

    def _rows(self) -> QFormLayout:
        self.rows: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(theme.PADDING)
        form.setVerticalSpacing(theme.GAP)
        for name, words in (
            ("从", str(self._source)),
            ("到", "还没有选"),
            ("内容", ""),
            ("空间", ""),
        ):
            self.rows[name] = label(words)
            self.rows[name].setWordWrap(True)
            self.rows[name].setAccessibleName(name)
            form.addRow(label(name, ink="text2"), self.rows[name])
        return form

    def _foot(self) -> QHBoxLayout:
        self.choose_button = Button("选择位置…", self.choose, key="Ctrl+O", icon="folder_open")
        self.stop_button = Button("停止", self.stop)
        self.close_button = Button("取消", self.reject, key="Esc", bind_key=False)
        self.go_button = Button("开始搬", self.go, key="Ctrl+Enter", primary=True, bind_key=False)
        self.go_button.setEnabled(False)
        self.stop_button.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.said, 1)
        buttons = (self.choose_button, self.stop_button, self.close_button, self.go_button)
        for button in buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def choose(self) -> None:
        """Ask for the folder that shall hold the new data folder."""
        if folder := messages.choose_folder(self, "搬到哪里", Path.home()):
            self._propose(folder)

    def _propose(self, parent: Path) -> None:
        """Look at a place and show what moving there means; nothing is written."""
        self._chosen = None
        self.error.show_error("")
        try:
            self._chosen = relocation.plan(self._source, parent)
        except UserError as error:
            self._say(error)
        self._show_plan()

    def _show_plan(self) -> None:
        chosen = self._chosen
        self.go_button.setEnabled(chosen is not None)
        if chosen is None:
            return
        self.rows["到"].setText(str(chosen.target))
        self.rows["内容"].setText(f"{chosen.files} 个文件，{megabytes(chosen.size)}")
        self.rows["空间"].setText(f"那里还有 {megabytes(chosen.room)}，足够")
        self.said.say("" if chosen.remembered or folders.here(self._source) else ELSEWHERE)

    def _say(self, error: UserError) -> None:
        self.error.show_error(f"{error.what}。{error.advice}")

    def go(self) -> None:
        """Close the ledger and move; it is opened again at the new place, or at the old one."""
        chosen, ws = self._chosen, self._main.ws
        if chosen is None or self._job is not None:
            return
        opened = ws.folder.root if ws is not None else None
        if not self._main.put_away():
            return
        self._busy(working=True)
        run = self._main.task_run
        job = run.background(
            lambda job: relocation.move(chosen, system_clock(), job.report, lambda: job.stopped),
            lambda _: self._moved(chosen, opened),
            on_error=lambda error: self._not_moved(error, opened),
            on_progress=self.said.say,
            words="正在搬数据文件夹…",
        )
        self._job = job if run.working else None

    def _busy(self, *, working: bool) -> None:
        for button in (self.choose_button, self.go_button, self.close_button):
            button.setEnabled(not working)
        self.stop_button.setVisible(working)
        self.error.show_error("")

    def _moved(self, chosen: Move, opened: Path | None) -> None:
        self._job = None
        inside = Path() if opened is None else opened.relative_to(chosen.source)
        if chosen.source == self._main.root:
            self._main.root = chosen.target
            self._main.preferences.follow(chosen.source, chosen.target)
            single_instance.answer_later_starts(self._main, chosen.target)
        self.accept()
        self._open(chosen.target / inside)

    def _not_moved(self, error: UserError, opened: Path | None) -> None:
        self._job = None
        self._busy(working=False)
        self.said.say("")
        self._say(error)
        if opened is not None:
            self._open(opened)

    def _open(self, folder: Path) -> None:
        assert self._main.start is not None, "the ledger was put away"
        self._main.start.open_ledger(folder)

    def stop(self) -> None:
        """Ask the move to stop; what was copied is taken away again."""
        if self._job is not None:
            self._job.stop()
            self.said.say("正在停止…")

    def reject(self) -> None:
        """Esc and 取消; a move that is under way is stopped first."""
        if self._job is not None:
            self.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self.stop()
            event.ignore()
        else:
            event.accept()
