"""Every modal box of the program: questions before what cannot be undone, files, the crash box."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.log import LOGGER
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.states import Glyph

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Box(QDialog):
    """Line 1 what happened; line 2 what it means and what to do; verbs as buttons.

    The last button of `verbs` is the primary one; `answer` is the verb pressed, "" for Esc.
    """

    def __init__(
        self,
        parent: QWidget | None,
        what: str,
        advice: str,
        verbs: tuple[str, ...],
        *,
        glyph: tuple[str, str] = ("warning", "warn"),
    ) -> None:
        super().__init__(parent)
        self.what, self.advice, self.answer = what, advice, ""
        self.setWindowTitle("信用任务台账")
        self.setMinimumWidth(400)
        self.setMaximumWidth(560)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 12)
        row.setSpacing(theme.PADDING)
        style = "filled" if glyph[0] == "warning" else "regular"
        row.addWidget(Glyph(*glyph, 20, style), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        row.addLayout(column, 1)
        column.addWidget(_wrapped(label(what, theme.PANE_TITLE, bold=True)))
        column.addWidget(_wrapped(label(advice)))
        column.addLayout(self._buttons(verbs))

    def _buttons(self, verbs: tuple[str, ...]) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, theme.GAP, 0, 0)
        buttons.setSpacing(theme.GAP)
        buttons.addStretch(1)
        for verb in verbs:
            button = Button(verb, partial(self._answered, verb), primary=verb == verbs[-1])
            button.setDefault(verb == verbs[-1])
            button.setAutoDefault(verb == verbs[-1])
            buttons.addWidget(button)
        return buttons

    def _answered(self, verb: str) -> None:
        self.answer = verb
        self.accept()


def _wrapped(text: QWidget) -> QWidget:
    text.setWordWrap(True)  # type: ignore[attr-defined]
    return text


def ask(parent: QWidget | None, what: str, advice: str, verb: str, cancel: str = "取消") -> bool:
    """Ask before something that cannot be undone; True when the clerk pressed `verb`."""
    box = Box(parent, what, advice, (cancel, verb))
    box.exec()
    return box.answer == verb


def choose(parent: QWidget | None, what: str, advice: str, verbs: tuple[str, ...]) -> str:
    """Ask with several verbs, the last one primary; "" for Esc."""
    box = Box(parent, what, advice, verbs)
    box.exec()
    return box.answer


def tell(parent: QWidget | None, what: str, advice: str) -> None:
    """Say something the clerk must have seen before the work goes on."""
    Box(parent, what, advice, ("知道了",), glyph=("info", "accent")).exec()


def open_file(parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
    """Let the clerk choose one file to read; kinds is a Qt filter such as 通知 (*.docx *.txt)."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(chosen) if chosen else None


def open_files(parent: QWidget | None, title: str, folder: Path, kinds: str) -> list[Path]:
    """Let the clerk choose several files to read."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
    return [Path(item) for item in chosen]


def choose_folder(parent: QWidget | None, title: str, folder: Path) -> Path | None:
    """Let the clerk choose a folder."""
    from PySide6.QtWidgets import QFileDialog

    chosen = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(chosen) if chosen else None


def save_file(parent: QWidget | None, title: str, proposal: Path, kinds: str) -> Path | None:
    """Let the clerk choose where to write; the system asks before a file is replaced."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(proposal), kinds)
    return Path(chosen) if chosen else None


def choose_printer(parent: QWidget | None, printer: "QPrinter") -> bool:
    """Let the clerk choose printer, pages and copies; True when it shall be printed."""
    from PySide6.QtPrintSupport import QPrintDialog

    return QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted


def crash(parent: QWidget | None, data_root: Path) -> None:
    """The one box for errors of ours: where the data is, that it is safe, what to do."""
    Box(
        parent,
        "程序遇到没有料到的问题，刚才这一步没有做完",
        f"已保存的内容不受影响，都在 {data_root}。请关闭程序再打开；如果又出现，"
        f"请把 {data_root / 'logs'} 里的日志交给维护人员。",
        ("知道了",),
        glyph=("warning", "bad"),
    ).exec()


def install_crash_hook(data_root: Callable[[], Path]) -> None:
    """Log what nobody caught and show the crash box, one at a time."""
    showing = False

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        import traceback  # 3 ms that a start without a crash need not pay

        nonlocal showing
        LOGGER.critical("".join(traceback.format_exception(kind, error, trace)))
        if showing or issubclass(kind, KeyboardInterrupt):
            return
        showing = True
        try:
            crash(None, data_root())
        finally:
            showing = False

    sys.excepthook = hook
