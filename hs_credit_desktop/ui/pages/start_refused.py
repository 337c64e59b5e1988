"""A ledger that was not opened for writing: why, and the ways out (read it, move it, take over)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import closed_restore, folders
from hs_credit_desktop.services.folders import Danger, UnsafeFolderError
from hs_credit_desktop.services.workspace import Workspace, open_workspace
from hs_credit_desktop.store.lock import LedgerInUseError, StaleLockError
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.states import Glyph

IN_USE = "可以先只读打开查看；那边关闭以后，点“再试一次”就能修改。"
STALE = (
    "那台电脑可能断电，或者打开着就拔走了磁盘。已保存的内容都在。"
    "确认那边不再使用后，点“接着使用”，以后由这台电脑写入。"
)
UNSAFE = (
    "本程序没有在那里写入任何内容。可以只读打开；也可以搬到这台电脑的磁盘上使用，原处保留不动。"
    "两个人合用一本台账，请各在本机放一本，用交接包来回合并。"
)
BACKUPS = "程序留有备份，可以先还原最近的一份；更早的备份以后在“更多 › 备份与还原”里选。"
HAND_OVER = (
    "交接包：一方在“更多”里制作一个交接包文件（可设口令），用U盘或内网传给另一方；"
    "另一方双击它，程序先列出两边不同的地方，由您逐项选定，再合并。两边都不会丢内容。"
)


class RefusedPane(QFrame):
    """Opens ledgers; hidden until one cannot be opened for writing.

    opened: a ledger was opened. failed: with a UserError there is no other way out of.
    """

    opened = Signal(Workspace)
    failed = Signal(object)

    def __init__(self, run: Run, clock: Clock, today: date | None) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setProperty("state", "warn")
        self._run, self._clock, self._today = run, clock, today
        self.what, self.words = label("", theme.PANE_TITLE, bold=True), label("")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 10, theme.PADDING, 10)
        row.setSpacing(theme.GAP)
        row.addWidget(Glyph("warning", "warn", 20, "filled"), 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        for widget in (self.what, self.words):
            widget.setWordWrap(True)
            self._column.addWidget(widget)
        row.addLayout(self._column, 1)
        self._ways: QWidget | None = None
        self.hide()

    def open(self, folder: Path, *, read_only: bool = False, take_over: bool = False) -> None:
        """Open the ledger of a folder, or say why not."""
        self.hide()
        try:
            ws = open_workspace(
                folder, self._clock, read_only=read_only, today=self._today, take_over=take_over
            )
        except UserError as error:
            self.refuse(folder, error)
            return
        self.opened.emit(ws)

    def refuse(self, folder: Path, error: UserError) -> None:
        """Show an error with its ways out; `failed` when it has none."""
        if isinstance(error, UnsafeFolderError):
            self._show(error, *self._unsafe(folder, error.warning.danger))
        elif isinstance(error, LedgerInUseError):
            again = ("再试一次", "F5", partial(self.open, folder))
            self._show(error, IN_USE, (self._reading(folder), again))
        elif isinstance(error, StaleLockError):
            take = ("接着使用…", "Ctrl+T", partial(self._take_over, folder, error))
            self._show(error, STALE, (self._reading(folder), take))
        elif kept := closed_restore.ways_back(folder, error):
            words = f"{kept[0].at:%m-%d %H:%M} 的备份（{kept[0].kind}）"
            back = (
                f"用 {words}还原…",
                "Ctrl+B",
                partial(self._restore, folder, kept[0].file, words),
            )
            self._show(error, f"{error.advice}{BACKUPS}", (back,))
        else:
            self.failed.emit(error)

    def _reading(self, folder: Path) -> tuple[str, str, Callable[[], object]]:
        return "只读打开", "Ctrl+R", partial(self.open, folder, read_only=True)

    def _unsafe(
        self, folder: Path, danger: Danger
    ) -> tuple[str, tuple[tuple[str, str, Callable[[], object]], ...]]:
        place = folders.moved_to(folder)
        if danger is Danger.LEFT_BEHIND and place is not None:
            there = ("打开新位置", "Ctrl+M", partial(self.open, place))
            return "", (self._reading(folder), there)
        move = ("搬到这台电脑…", "Ctrl+M", partial(self._move, folder))
        explain = ("交接包是怎么回事", "", lambda: self.words.setText(HAND_OVER))
        return UNSAFE, (explain, self._reading(folder), move)

    def _show(
        self,
        error: UserError,
        words: str,
        ways: tuple[tuple[str, str, Callable[[], object]], ...],
    ) -> None:
        self.what.setText(error.what)
        self.words.setText(words or error.advice)
        self.setAccessibleName(f"{error.what}。{self.words.text()}")
        if self._ways is not None:
            self._ways.hide()
            self._ways.setParent(None)
            self._ways.deleteLater()  # not at once: one of its buttons may have been clicked
        self._ways = QWidget()
        row = QHBoxLayout(self._ways)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(theme.GAP)
        for name, key, act in ways:
            row.addWidget(Button(name, act, key=key, primary=name == ways[-1][0]))
        row.addStretch(1)
        self._column.addWidget(self._ways)
        self.show()

    def _take_over(self, folder: Path, error: UserError) -> None:
        advice = f"台账在 {folder}。如果那台电脑其实还在使用，两边各写各的，以后只能用交接包合并。"
        if messages.ask(self, f"{error.what}，由这台电脑接着使用吗？", advice, "接着使用"):
            self.open(folder, take_over=True)

    def _restore(self, folder: Path, file: Path, words: str) -> None:
        advice = (
            f"台账在 {folder}。打不开的那份移到 set-aside 文件夹里留着，不会删除；"
            "备份以后录入的内容需要重新录入。"
        )
        if not messages.ask(self, f"用 {words}还原这本台账吗？", advice, "还原"):
            return
        open_again = partial(open_workspace, folder, self._clock, today=self._today)
        self.hide()
        try:
            ws = closed_restore.restore(folder, file, self._clock, open_again)
        except UserError as error:
            self.failed.emit(error)
            return
        self.opened.emit(ws)

    def _move(self, folder: Path) -> None:
        from hs_credit_desktop.ui.dialogs import move_data

        move_data.present(self.window(), folder)
