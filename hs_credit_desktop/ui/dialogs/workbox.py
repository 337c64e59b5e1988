"""A window beside the main one for long work: what is under way, 停止, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from hs_credit_desktop.services import overview
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.beside import OUTLIVES, boxes
from hs_credit_desktop.ui.widgets.basics import Button
from hs_credit_desktop.ui.widgets.elided import Hint
from hs_credit_desktop.ui.widgets.states import InlineError
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.errors import UserError
    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window

Result = TypeVar("Result")


class WorkBox(QDialog):
    """A body over a foot with 关闭 and the buttons of the box; it does not block the window.

    The ledger it speaks of is the one that was open when it was made.
    """

    SIZE = (860, 520)

    def __init__(self, window: Window, title: str) -> None:
        super().__init__(window)
        assert window.ws is not None
        self.main, self.ws = window, window.ws
        self.run = window.task_run
        self._job: Job | None = None
        self.writing = False
        self.resize(*self.SIZE)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        self.body.setSpacing(theme.GAP)
        self.error, self.said = InlineError(), Hint()
        self.stop_button = Button("停止", self.stop)
        self.stop_button.hide()
        self._buttons: list[Button] = []

    def add_foot(self, *buttons: Button) -> None:
        """The last row: what is said, then 关闭 and the buttons, the primary one last."""
        self.body.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.stop_button)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        for button in buttons:
            foot.addWidget(button)
            self._buttons.append(button)
        self.body.addLayout(foot)
        for table in self.findChildren(RowsTable):
            table.escaped.connect(self.close)

    def bind_primary(self, button: Button) -> None:
        """Ctrl+Enter, on either Enter key, presses the button while it can be seen."""

        def press() -> None:
            if button.isVisible():
                button.click()

        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, press)

    def sizeHint(self) -> QSize:
        return QSize(*self.SIZE)

    @property
    def working(self) -> bool:
        """Whether work of this box is under way."""
        return self._job is not None

    def work(
        self,
        fn: Callable[[Job], Result],
        done: Callable[[Result], object],
        words: str,
        *,
        locking: bool = False,
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Run work on a worker; one at a time. What goes wrong stands above the foot.

        locking: the work writes to the ledger, so the window waits until it is done.
        """
        if self.working:
            return
        self.error.show_error("")
        self._busy(words, locking=locking)

        def finished(result: Result) -> None:
            self._idle(locking=locking)
            done(result)

        def refused(error: UserError) -> None:
            self._idle(locking=locking)
            if failed:
                failed(error)
            else:
                self.show_refusal(error)

        job = self.run.background(
            fn, finished, on_error=refused, on_progress=self.said.say, words=words
        )
        self._job = job if self.run.working else None

    def show_refusal(self, error: UserError) -> None:
        """Say above the foot what was not done, and what to do."""
        self.error.show_error(f"{error.what}。{error.advice}")

    def command(self, fn: Callable[..., Changes], *args: object, **kwargs: object) -> bool:
        """Run a short command; what goes wrong stands above the foot."""
        self.error.show_error("")
        return self.run.command(fn, *args, on_error=self.show_refusal, **kwargs)

    def stop(self) -> None:
        """Ask the work to stop."""
        if self._job is not None:
            self._job.stop()
            self.said.say("正在停止…")

    def _busy(self, words: str, *, locking: bool) -> None:
        self.said.say(words)
        self._before = [button.isEnabled() for button in self._buttons]
        for button in self._buttons:
            button.setEnabled(False)
        self.stop_button.setVisible(not locking)
        self.writing = locking
        if locking:
            self._lock(locked=True)

    def _idle(self, *, locking: bool) -> None:
        self._job, self.writing = None, False
        self.said.say("")
        self.stop_button.hide()
        for button, enabled in zip(self._buttons, self._before, strict=True):
            button.setEnabled(enabled)
        if locking:
            self._lock(locked=False)

    def _lock(self, *, locked: bool) -> None:
        """Nothing else may be typed or saved while this box writes to the ledger."""
        others = [box for box in of_ledger(self.main) if box is not self]
        for widget in (self.main.centralWidget(), *others):
            widget.setEnabled(not locked)

    def may_write(self) -> bool:
        """Whether what is being typed in the window was saved, so that the ledger may change."""
        may = self.main.page is None or self.main.page.may_leave()
        if not may:
            self.error.show_error("窗口里还有没保存好的内容，请先处理，再回到这里。")
        return may

    def announce(self, changes: Changes) -> None:
        """Everything may be otherwise, even the rounds: show one that is still there."""
        window = self.main
        rounds = overview.rounds(self.ws, window.round.notice_id) if window.round else ()
        if window.round is not None and window.round.id not in {item.id for item in rounds}:
            window.round = overview.round_of(self.ws, overview.notice(self.ws).id)
            window.show_round(window.round.id)
        self.run.changed.emit(changes)

    def showEvent(self, event: QShowEvent) -> None:
        """Enter is for lists and fields: no button takes it by default."""
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
            button.setDefault(False)
        super().showEvent(event)

    def reject(self) -> None:
        """Esc closes it like the button."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.working:
            self.stop()
            event.ignore()
        else:
            event.accept()


Box = TypeVar("Box", bound=WorkBox)


def present(window: Window, kind: type[Box], *args: object) -> Box:
    """Open a box; an older one of its kind goes, unless it is at work: then that one comes up."""
    for old in window.findChildren(kind):
        if old.working:
            old.show()
            old.activateWindow()
            return old
        _let_go(old)
    made = cast("Callable[..., Box]", kind)(window, *args)
    made.show()
    return made


def writing(window: Window) -> WorkBox | None:
    """The box that writes to the ledger right now, if there is one."""
    return next((box for box in window.findChildren(WorkBox) if box.writing), None)


def of_ledger(window: Window) -> list[QDialog]:
    """The boxes that speak of the open ledger: all but those that said they do not.

    A modal box is left to whoever waits for its answer; a plain one that was put away, to itself.
    """
    beside = boxes(window)
    return [
        box
        for box in window.findChildren(QDialog)
        if isinstance(box, WorkBox)
        or box in beside
        or not (box.isHidden() or box.isModal() or box.property(OUTLIVES))
    ]


def close_all(window: Window) -> None:
    """Every box goes: another ledger was opened."""
    for box in of_ledger(window):
        _let_go(box)


def _let_go(box: QWidget) -> None:
    box.hide()
    box.setParent(None)
    box.deleteLater()
