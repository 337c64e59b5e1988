"""What happens by itself: the check at start, backups by the clock and on exit, and their door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.log import LOGGER
from hs_credit_desktop.ui import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hs_credit_desktop.services.backups import Kind, Made
    from hs_credit_desktop.services.integrity import Finding
    from hs_credit_desktop.services.workspace import Changes, Workspace
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window

HALF_HOUR_MS = 30 * 60 * 1000
STATE_AFTER_MS = 150  # what lists backups is loaded after the first paint
CHECK_AFTER_MS = 2500  # the first pages are painted and read by then


class Hooks(QObject):
    """Watches over the open ledger of a window; made once by the composition root."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._making = self._may_go = self._closing = False
        self._checking: Job | None = None
        self.findings: tuple[Finding, ...] = ()
        self.trouble = ""
        self.timer = QTimer(self)
        self.timer.setInterval(HALF_HOUR_MS)
        self.timer.timeout.connect(self.back_up_by_clock)
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(CHECK_AFTER_MS)
        self.later.timeout.connect(self.check)
        window.ledger_opened.connect(self._opened)
        window.ledger_closing.connect(self._closed)
        window.ledger_checked.connect(self.show_findings)
        window.task_run.changed.connect(self._changed)
        window.status.backup_opened.connect(self.open_backups)
        window.status.check_opened.connect(self.open_check)
        window.may_close = self.may_close

    # What the window shows

    def _opened(self) -> None:
        self.timer.start()
        self.later.start()
        QTimer.singleShot(STATE_AFTER_MS, self, self.show_state)

    def _closed(self) -> None:
        """The ledger goes, and every box that speaks of it."""
        from hs_credit_desktop.ui.dialogs.workbox import close_all

        close_all(self._window)
        self.timer.stop()
        self.later.stop()
        self.findings, self.trouble = (), ""
        self._window.status.show_backup("")
        self._window.status.show_check("")

    def _changed(self, _changes: Changes) -> None:
        if self._window.ws is not None:
            self.show_state()

    def show_state(self) -> None:
        """Say in the status line when the newest backup was made, and what the check found."""
        from hs_credit_desktop.services import backup_list

        ws = self._window.ws
        if ws is None:
            return
        words = backup_list.last_words(ws)
        self._window.status.show_backup(self.trouble or words, trouble=bool(self.trouble))
        count = len(self.findings)
        self._window.status.show_check(f"完整性检查发现 {count} 个问题" if count else "")

    def open_backups(self) -> None:
        """The list of backups."""
        from hs_credit_desktop.ui.dialogs.backups import BackupsBox
        from hs_credit_desktop.ui.dialogs.workbox import present

        present(self._window, BackupsBox)

    def open_check(self) -> None:
        """What the check found, with the ways out."""
        from hs_credit_desktop.ui.dialogs.check import CheckBox
        from hs_credit_desktop.ui.dialogs.workbox import present

        present(self._window, CheckBox)

    # Check

    def check(self) -> None:
        """Check the ledger on a worker; quiet when it is whole."""
        from hs_credit_desktop.services import integrity

        ws = self._window.ws
        if ws is None or self._checking is not None:
            return
        self._checking = self._window.task_run.background(
            lambda job: (ws, tuple(integrity.check(ws, stopped=lambda: job.stopped))),
            lambda said: self._checked(*said),
            on_error=self._not_checked,
        )
        if not self._window.task_run.working:
            self._checking = None

    def _checked(self, ws: object, found: Sequence[Finding]) -> None:
        self._checking = None
        if ws is self._window.ws:
            self.show_findings(found)
            if found:
                self._window.tell(
                    f"完整性检查发现 {len(found)} 个问题",
                    f"{found[0].where}：{found[0].text}。处理之前请不要对外报送。",
                    "bad",
                    ("查看和处理", self.open_check),
                )

    def _not_checked(self, error: UserError) -> None:
        self._checking = None
        self._window.task_run.failed.emit(error.what, error.advice)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """What a check found last stays in the status line until a check finds nothing."""
        self.findings = tuple(found)
        self.show_state()

    # Backups

    def back_up_by_clock(self) -> None:
        """Back up on a worker when something was saved since the newest backup."""
        from hs_credit_desktop.services.backups import Kind

        self._back_up(Kind.TIMED)

    def _back_up(self, kind: Kind) -> None:
        from hs_credit_desktop.services import backups

        ws = self._window.ws
        if ws is None or ws.read_only or self._making:
            return
        self._making = True
        self._window.task_run.background(
            lambda _job: backups.if_changed(ws, kind),
            self.made,
            on_error=self._not_made,
            words="正在备份…",
        )

    def made(self, made: Made | None) -> None:
        """A backup was made; what could not be done with it is said."""
        self._making, self.trouble = False, ""
        if made is not None and made.trouble:
            self.trouble = "备份盘没有接上" if "没有写成" in made.trouble else made.trouble
            LOGGER.warning("second place of backups cannot be written")
        if made is not None and made.findings:
            self.check()
        self.show_state()

    def _not_made(self, error: UserError) -> None:
        self._making, self.trouble = False, "没有备份成功"
        self.show_state()
        self._window.task_run.failed.emit(error.what, error.advice)

    # Closing

    def may_close(self) -> bool:
        """Back up before the window closes; False while that is under way, it closes by itself.

        It never keeps the clerk: what cannot be backed up is said, and closing goes on if wanted.
        """
        ws = self._window.ws
        if self._checking is not None:
            self._checking.stop()
        if self._may_go or ws is None or ws.read_only:
            return True
        if self._closing or self._at_work():
            return False
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.isSavingSession():
            return _backed_up_at_once(ws)
        self._closing = True
        self._lock(locked=True)
        self._back_up_and_go(ws)
        return self._may_go

    def _at_work(self) -> bool:
        """Whether a box writes to the ledger right now; it is said why the window stays."""
        from hs_credit_desktop.ui.dialogs.workbox import writing

        box = writing(self._window)
        if box is not None:
            self._window.tell(f"“{box.windowTitle()}”还没有做完", "做完以后再关闭窗口。", "warn")
        return box is not None

    def _back_up_and_go(self, ws: Workspace) -> None:
        from hs_credit_desktop.services import backups
        from hs_credit_desktop.services.backups import Kind

        inside = True

        def gone(_made: object) -> None:
            self._may_go = True
            if not inside:  # the first try to close was refused
                self._window.close()

        def refused(error: UserError) -> None:
            self._closing = False
            self._lock(locked=False)
            advice = f"{error.advice}台账已经保存，只是这次没有备份。"
            if messages.ask(self._window, error.what, advice, "仍然关闭"):
                gone(None)

        self._window.task_run.background(
            lambda _job: backups.if_changed(ws, Kind.ON_EXIT),
            gone,
            on_error=refused,
            words="正在备份，完成后自动关闭…",
        )
        inside = False

    def _lock(self, *, locked: bool) -> None:
        self._window.pages.setEnabled(not locked)
        self._window.header.setEnabled(not locked)
        self._window.rail.setEnabled(not locked)


def _backed_up_at_once(ws: Workspace) -> bool:
    """The PC shuts down and waits for nobody: back up here and now; always True."""
    from hs_credit_desktop.services import backups

    try:
        backups.if_changed(ws, backups.Kind.ON_EXIT)
    except UserError:
        LOGGER.warning("no backup was made while the PC shut down")
    return True
