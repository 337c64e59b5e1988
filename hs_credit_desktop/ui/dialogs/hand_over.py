"""交接: make a package for the other PC; open one that was brought."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit

from hs_credit_desktop.paths import PACKAGE_SUFFIX
from hs_credit_desktop.services import handover
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.hand_over_merge import MergeBox
from hs_credit_desktop.ui.dialogs.hand_over_passphrase import ask_passphrase, needs_passphrase
from hs_credit_desktop.ui.dialogs.workbox import WorkBox, present
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.fields import RadioButton

if TYPE_CHECKING:
    from hs_credit_desktop.errors import UserError
    from hs_credit_desktop.services.handover import HandedOver
    from hs_credit_desktop.ui.window import Window

KINDS = f"交接包 (*{PACKAGE_SUFFIX})"
FOLDER_KEY = "handover_folder"


class HandOverBox(WorkBox):
    """What goes along, a passphrase if wanted, and where it goes."""

    SIZE = (640, 320)

    def __init__(self, window: Window) -> None:
        super().__init__(window, "制作交接包")
        self.full = RadioButton("全部：对方电脑上还没有这本台账，或不确定时选这个")
        self.changes = RadioButton("只含改动：只放对方没有的，文件小")
        self.full.setChecked(True)
        self.first, self.second = QLineEdit(), QLineEdit()
        for field, name in ((self.first, "口令"), (self.second, "再输一次口令")):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
        self.first.setPlaceholderText("可以不设；忘记了谁也打不开")
        self.folder_words = ElidedLabel(1, theme.BODY)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.PADDING)
        grid.setVerticalSpacing(theme.GAP)
        rows = (
            ("内容", self.full),
            ("", self.changes),
            ("口令", self.first),
            ("再输一次", self.second),
            ("放到", self.folder_words),
        )
        for row, (words, widget) in enumerate(rows):
            grid.addWidget(label(words, ink="text2"), row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(Button("换文件夹…", self.choose), 4, 2)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.outcome = label("", ink="ok")
        self.outcome.setWordWrap(True)
        self.open_button = Button("打开文件夹", lambda: open_path(self.folder), icon="folder_open")
        self.open_button.hide()
        self.body.addWidget(self.outcome)
        self.body.addStretch(1)
        self.go = Button("制作交接包", self.make, key="Ctrl+Enter", primary=True, bind_key=False)
        self.bind_primary(self.go)
        self.add_foot(self.open_button, self.go)
        self.folder_words.setText(str(self.folder))
        if self.ws.read_only:
            self.go.setEnabled(False)
            self.go.setToolTip("台账是只读打开的，不能制作交接包")

    @property
    def folder(self) -> Path:
        """Where the package goes: the folder chosen last."""
        return Path(self.main.preferences.text(FOLDER_KEY) or Path.home())

    def choose(self) -> None:
        """Choose the folder, such as that of a USB stick."""
        if chosen := messages.choose_folder(self, "交接包放到哪里", self.folder):
            self.main.preferences.put(FOLDER_KEY, str(chosen))
            self.folder_words.setText(str(chosen))

    def make(self) -> None:
        """Write the package."""
        if self.first.text() != self.second.text():
            self.error.show_error("两次输入的口令不一样，请重新输入。")
            self.second.setFocus()
            return
        if not self.may_write():
            return
        name = f"交接包_{self.ws.clock.now():%Y%m%d_%H%M}{PACKAGE_SUFFIX}"
        out, said = self.folder / name, self.first.text() or None
        only = self.changes.isChecked()
        self.work(
            lambda _job: handover.handover(self.ws, out, passphrase=said, changes_only=only),
            self._made,
            "正在制作交接包…",
            locking=True,
        )

    def _made(self, made: HandedOver) -> None:
        what = "只含改动" if made.changes_only else "全部内容"
        self.outcome.setText(
            f"已制作 {made.file.name}（{what}，{made.rows} 条记录，{made.kept} 个原件）。"
            f"请把它带到另一台电脑，双击打开。校验 {made.sha256[:16]}…"
        )
        self.open_button.show()


def open_package(window: Window, path: Path) -> None:
    """Open a package: look at it and merge, or begin with it where there is no ledger yet.

    Called from the menu and when a package was double-clicked.
    """
    if window.ws is not None:
        present(window, MergeBox, path)
        return
    _begin_with(window, path, None)


def choose_package(window: Window) -> None:
    """Let the clerk choose the package to open."""
    folder = Path(window.preferences.text(FOLDER_KEY) or Path.home())
    if path := messages.open_file(window, "打开交接包", folder, f"{KINDS};;所有文件 (*)"):
        open_package(window, path)


def _begin_with(window: Window, path: Path, passphrase: str | None) -> None:
    """A PC without a ledger: the package becomes it."""

    def refused(error: UserError) -> None:
        if needs_passphrase(error) and (said := ask_passphrase(window, error)):
            _begin_with(window, path, said)
        else:
            window.tell(error.what, error.advice)

    window.task_run.background(
        lambda _job: handover.open_package(
            window.root,
            path,
            window.open_root,
            passphrase=passphrase,
        ),
        window.open,
        on_error=refused,
        words="正在打开交接包…",
    )
