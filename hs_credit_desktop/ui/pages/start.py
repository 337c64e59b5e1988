"""开始: a ledger from a notice (dropped, chosen, pasted, bundled), or one that is there."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.clock import Clock, clock_on
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import LEDGER_NAME, PRACTICE_FOLDER
from hs_credit_desktop.services.notices import SUFFIXES
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.pages import start_parts
from hs_credit_desktop.ui.pages.base import Beginning
from hs_credit_desktop.ui.pages.start_other import OtherWays
from hs_credit_desktop.ui.pages.start_parts import ledger_folder as ledger_folder
from hs_credit_desktop.ui.pages.start_refused import RefusedPane
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label
from hs_credit_desktop.ui.widgets.drop import DropZone
from hs_credit_desktop.ui.widgets.rows import RowButton
from hs_credit_desktop.ui.widgets.states import Glyph, InlineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hs_credit_desktop.services.memory import Carried
    from hs_credit_desktop.services.notices import ReadNotice
    from hs_credit_desktop.ui.pages.confirm import ConfirmPane

KINDS = f"任务分解通知 ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"


class StartPage(Beginning):
    """What a clerk sees without a ledger; `opened` hands over the one made or opened.

    shown: the folder of a ledger that is open already; choosing it again emits `resumed`.
    """

    def __init__(
        self,
        root: Path,
        clock: Clock,
        run: Run,
        preferences: Preferences,
        today: date | None = None,
        shown: Path | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._shown = shown
        self._root, self._clock, self._today = root, clock, today
        self._run, self._preferences = run, preferences
        self.stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.stack.addWidget(self._choices())
        self.confirm: ConfirmPane | None = None
        for key, act in (("Ctrl+O", self.choose_file), ("Ctrl+V", self.paste)):
            # Outside text fields only: a field takes its own Ctrl+V before a shortcut sees it.
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WindowShortcut)

    def _choices(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(28, 20, 28, 20)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.addLayout(start_parts.head(), 0, 0, 1, 2)
        grid.setRowMinimumHeight(1, 14)
        self.refused = RefusedPane(self._run, self._clock, self._today)
        self.refused.opened.connect(self.opened)
        self.refused.failed.connect(self._run.show_error)
        above = QVBoxLayout()
        above.setContentsMargins(0, 10, 0, 10)
        above.addWidget(self.refused)
        grid.addLayout(above, 1, 0, 1, 2)
        self.zone = self._drop_zone()
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self.zone, 1)
        if not (self._root / LEDGER_NAME).exists():
            left.addWidget(self._other_ways())
        grid.addLayout(left, 2, 0)
        grid.addWidget(self._recent(), 2, 1)
        grid.setRowMinimumHeight(3, 16)
        grid.addWidget(start_parts.steps(), 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(2, 1)
        return page

    def _other_ways(self) -> OtherWays:
        self.other = OtherWays(self._root, self._clock, self._run, self._today)
        self.other.opened.connect(self.opened)
        self.other.failed.connect(self._refused)
        return self.other

    def _drop_zone(self) -> DropZone:
        zone = DropZone(SUFFIXES)
        zone.setAccessibleName("把任务分解通知拖到这里")
        self._invite = label("把任务分解通知拖到这里", theme.PAGE_TITLE, bold=True)
        self._hint = label(start_parts.HINT, theme.CAPTION, ink="text2")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.error = InlineError()
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(zone)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(Glyph("document_add", "accent", 48), 0, middle)
        for widget, gap in ((self._invite, 8), (self._hint, 6), (self.error, 4)):
            column.addSpacing(gap)
            column.addWidget(widget, 0, middle)
        column.addSpacing(14)
        column.addLayout(self._buttons())
        column.addSpacing(26)
        column.addLayout(start_parts.reads())
        column.addSpacing(6)
        doubts = label(start_parts.DOUBTS, theme.CAPTION, ink="text2")
        column.addWidget(doubts, 0, middle)
        column.addStretch(1)
        zone.dropped.connect(self.read_file)
        zone.hovered.connect(self._hovered)
        return zone

    def _buttons(self) -> QHBoxLayout:
        self.choose_button = Button(
            "选择文件…",
            self.choose_file,
            key="Ctrl+O",
            icon="folder_open",
            primary=True,
            bind_key=False,
        )
        self.paste_button = Button(
            "粘贴正文", self.paste, key="Ctrl+V", icon="clipboard_paste", bind_key=False
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self.choose_button)
        row.addWidget(self.paste_button)
        row.addStretch(1)
        return row

    def _recent(self) -> Pane:
        links = (
            ("打开已有台账…", self.choose_ledger, "folder_open"),
            ("使用内置的2024年通知", self.read_bundled, "document"),
            ("新建练习台账（演示数据）", self.practice, "notebook"),
        )
        return start_parts.recent(self._preferences.recent(), self.open_ledger, links)

    def _hovered(self, over: str) -> None:
        self._hint.setText(
            {"fits": "松开即可读取", "refused": "不支持这种文件"}.get(over, start_parts.HINT)
        )

    def panes(self) -> list[QWidget]:
        """For F6: what can be chosen."""
        if self.confirm is not None and self.stack.currentWidget() is self.confirm:
            return self.confirm.panes()
        return [self.choose_button, *self.findChildren(RowButton)[:1]]

    def take_focus(self) -> None:
        """The keyboard is where a notice is chosen."""
        self.choose_button.setFocus()

    def refuse(self, root: Path, error: UserError) -> None:
        """Say why the ledger of a folder was not opened for writing, and the ways out."""
        self.refused.refuse(root, error)

    def refusal(self) -> str:
        """What is said about a ledger that was not opened; empty when nothing is."""
        return self.refused.what.text() if self.refused.isVisible() else ""

    def confirming(self) -> bool:
        """Whether the draft of a notice is being looked at."""
        return self.confirm is not None

    def choose_file(self) -> None:
        """Ask for a notice and read it."""
        if self.confirm is not None:  # decisions about another one are under way
            return
        if path := messages.open_file(self, "选择任务分解通知", Path.home(), KINDS):
            self.read_file(path)

    def paste(self) -> None:
        """Read the text on the clipboard as a notice."""
        if self.confirm is not None:
            return
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.error.show_error(
                "剪贴板里没有文字。请先在文件里全选、复制通知正文，再回到这里粘贴。"
            )
            return

        def read() -> "ReadNotice":
            from hs_credit_desktop.services.notices import read_pasted

            return read_pasted(text, self._known())

        self._read(read)

    def read_bundled(self) -> None:
        """Read the notice that comes with the program."""

        def read() -> "ReadNotice":
            from hs_credit_desktop.services.notices import bundled_notice, read_notice

            return read_notice(bundled_notice(), self._known())

        self._read(read)

    def read_file(self, path: Path) -> None:
        """Read a notice from a file on a worker; nothing is written."""

        def read() -> "ReadNotice":
            from hs_credit_desktop.services.notices import read_notice

            return read_notice(path, self._known())

        self._read(read)

    def _known(self) -> "Carried | None":
        """What the ledger opened last knows of units; read on the worker that reads the paper."""
        from hs_credit_desktop.services import memory

        folders = (folder for folder, _, _ in self._preferences.recent())
        return memory.latest(folders, self._clock)

    def _read(self, read: "Callable[[], ReadNotice]") -> None:
        # The importer is loaded by the worker, when it is used: it has no part in the first window.
        self.error.show_error("")
        self._set_busy("正在读取通知…")
        self._run.background(lambda _: read(), self._show_draft, on_error=self._refused)

    def _set_busy(self, words: str) -> None:
        self._invite.setText(words or "把任务分解通知拖到这里")
        for button in (self.choose_button, self.paste_button):
            button.setEnabled(not words)

    def _refused(self, error: UserError) -> None:
        self._set_busy("")
        self.error.show_error(f"{error.what}。{error.advice}")

    def _show_draft(self, notice: "ReadNotice") -> None:
        from hs_credit_desktop.ui.pages.confirm import ConfirmPane

        self._set_busy("")
        self.back()
        folder = ledger_folder(self._root, notice.draft.issued_on)
        self.confirm = ConfirmPane(notice, folder, self._clock.today(), self._run)
        self.confirm.returned.connect(self.back)
        self.confirm.agreed.connect(self._create)
        self.stack.addWidget(self.confirm)
        self.stack.setCurrentWidget(self.confirm)
        self.confirm.setFocus()

    def back(self) -> None:
        """Leave the draft; nothing was written."""
        if self.confirm is not None:
            self.stack.removeWidget(self.confirm)
            self.confirm.deleteLater()
            self.confirm = None

    def _create(self, notice: "ReadNotice", folder: Path) -> None:
        def create() -> Workspace:
            from hs_credit_desktop.services.notices import create_ledger

            clock = clock_on(self._today, self._clock) if self._today else self._clock
            return create_ledger(folder, clock, notice)

        assert self.confirm is not None
        self.confirm.set_busy("正在建立台账…")
        self._run.background(lambda _: create(), self.opened.emit, on_error=self._not_created)

    def _not_created(self, error: UserError) -> None:
        assert self.confirm is not None
        self.confirm.set_busy("")
        self.confirm.error.show_error(f"{error.what}。{error.advice}")

    def choose_ledger(self) -> None:
        """Ask for a ledger file and open it."""
        kinds = f"信用任务台账 ({LEDGER_NAME})"
        if path := messages.open_file(self, "打开已有台账", self._root, kinds):
            self.open_ledger(path.parent)

    def open_ledger(self, folder: Path) -> None:
        """Open the ledger of a data folder."""
        if self._shown is not None and folder.resolve() == self._shown.resolve():
            self.resumed.emit()
            return
        self.refused.open(folder)

    def practice(self) -> None:
        """Make the practice ledger, or open the one that was made before."""
        folder = self._root / PRACTICE_FOLDER
        if (folder / LEDGER_NAME).exists():
            self.open_ledger(folder)
            return

        def make() -> None:
            from hs_credit_desktop.services.practice import create_practice

            create_practice(folder)

        self.error.show_error("")
        self._set_busy("正在准备练习台账…")
        self._run.background(
            lambda _: make(), lambda _: self._practice_made(folder), on_error=self._refused
        )

    def _practice_made(self, folder: Path) -> None:
        self._set_busy("")
        self.open_ledger(folder)
