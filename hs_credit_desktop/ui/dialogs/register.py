"""单位名册: the units on the left, one of them on the right; a window that does not block."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.services import (
    overview,
    register_contacts,
    register_units,
    undo,
)
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.register_change import Change, ChangePanel
from hs_credit_desktop.ui.dialogs.register_form import BasicTab, NamesTab
from hs_credit_desktop.ui.dialogs.register_list import RegisterList
from hs_credit_desktop.ui.dialogs.register_paste import PastePanel
from hs_credit_desktop.ui.dialogs.register_tabs import ContactsTab, DutiesTab, GroupsTab
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, Pane, label, line
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.elided import Hint
from hs_credit_desktop.ui.widgets.segments import Segments
from hs_credit_desktop.ui.widgets.states import InlineError

if TYPE_CHECKING:
    from hs_credit_desktop.domain.units import Unit
    from hs_credit_desktop.errors import UserError
    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.ui.window import Window

TABS = (
    ("基本", "简称、类别、拼音首字母、正式排序  Alt+Q"),
    ("别名与曾用名", "别的写法、以前的名称和保持分开的单位  Alt+W"),
    ("联系人", "在用的和以前的联系人  Alt+E"),
    ("所在群组", "现在和以前所在的群组  Alt+R"),
    ("经手任务", "负责的措施和应报的轮次  Alt+T"),
)
TAB_KEYS = "QWERT"
FORM, CHANGE, PASTE = range(3)
CONTACTS = 2  # the place of 联系人 among the tabs
SIZE = (1180, 620)


class RegisterWindow(QDialog):
    """The register of the ledger that is open; it closes with it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        assert window.ws is not None
        self.main, self.ws, self.run = window, window.ws, window.task_run
        self.unit: Unit | None = None
        self.resize(*SIZE)
        self.setWindowTitle("单位名册")
        self.setAccessibleName("单位名册")
        self.list = RegisterList()
        self.name, self.chip = label("", theme.PAGE_TITLE, bold=True), Chip("")
        self.change, self.paste = ChangePanel(self.ws, self.run), PastePanel(self.ws, self.run)
        self.tabs = (
            BasicTab(self.ws, self.run),
            NamesTab(self.ws, self.run),
            ContactsTab(self.ws, self.run),
            GroupsTab(self.ws, self.run),
            DutiesTab(self.ws, self.run),
        )
        self.segments, self.stack, self.right = Segments(TABS), QStackedWidget(), QStackedWidget()
        self.said, self.error = Hint(), InlineError()
        self._build()
        self._connect()
        self.reload()
        self.list.filter.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    # Building

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        row.setSpacing(theme.GAP)
        self.list.tools.addWidget(
            Button("新增…", lambda: self.ask(Change.ADD), key="Ctrl+N", icon="add")
        )
        self.undo_button = IconButton("arrow_undo", "撤销  Ctrl+Z", self.undo)
        self.list.tools.addWidget(self.undo_button)
        foot = self.list.add_foot()
        foot.addWidget(
            Button("粘贴联系人表…", self.start_paste, key="Ctrl+L", icon="clipboard_paste")
        )
        foot.addWidget(Button("复制联系人表", self.copy_contacts, key="Ctrl+U", icon="copy"))
        foot.addStretch(1)
        row.addWidget(self.list)
        self.form = self._form()
        for widget in (self.form, self.change, self.paste):
            self.right.addWidget(widget)
        pane = Pane()
        pane.body.addWidget(self.right, 1)
        row.addWidget(pane, 1)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to the field the keyboard is in

    def _form(self) -> QWidget:
        made = QWidget()
        column, head = QVBoxLayout(made), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head.setContentsMargins(theme.PADDING, 10, theme.PADDING, theme.GAP)
        head.setSpacing(theme.GAP)
        head.addWidget(self.name)
        head.addWidget(self.chip)
        head.addStretch(1)
        column.addLayout(head)
        acts = QHBoxLayout()
        acts.setContentsMargins(theme.PADDING, 0, theme.PADDING, theme.GAP)
        acts.setSpacing(theme.GAP)
        self.buttons = {
            Change.RENAME: Button("改名…", lambda: self.ask(Change.RENAME), key="F2"),
            Change.MERGE: Button("合并…", lambda: self.ask(Change.MERGE), key="Ctrl+M"),
            Change.SPLIT: Button("分设…", lambda: self.ask(Change.SPLIT), key="Ctrl+J"),
            Change.APART: Button("保持分开…", lambda: self.ask(Change.APART), key="Ctrl+B"),
            Change.DEACTIVATE: Button("停用…", self.turn_off, key="Ctrl+D"),
        }
        for button in self.buttons.values():
            acts.addWidget(button)
        self.delete_button = Button("删除", self.delete, key="Ctrl+Del")
        acts.addWidget(self.delete_button)
        acts.addStretch(1)
        column.addLayout(acts)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(theme.PADDING, 0, theme.PADDING, theme.GAP)
        tabs.addWidget(self.segments)
        tabs.addWidget(self.said, 1)
        column.addLayout(tabs)
        refused = QHBoxLayout()
        refused.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        refused.addWidget(self.error)
        column.addLayout(refused)
        column.addWidget(line())
        for tab in self.tabs:
            self.stack.addWidget(tab)
        column.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.PADDING, 0, theme.PADDING, theme.PADDING)
        foot.addStretch(1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        column.addLayout(foot)
        return made

    def _connect(self) -> None:
        self.list.moved.connect(self.show_unit)
        self.list.table.opened.connect(lambda _id: self.stack.currentWidget().setFocus())
        self.segments.chosen.connect(self.show_tab)
        self.change.finished.connect(self._back)
        self.paste.finished.connect(self._back)
        self.tabs[4].measure_asked.connect(self._open_measure)
        self.tabs[4].round_asked.connect(self._open_round)
        self.run.changed.connect(self._changed)
        for key, act in (
            ("Ctrl+F", self.list.filter.setFocus),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Return", self._sure),
            ("Ctrl+Enter", self._sure),
            *((f"Alt+{key}", lambda at=at: self.show_tab(at)) for at, key in enumerate(TAB_KEYS)),
        ):
            QShortcut(QKeySequence(key), self, act)

    # Showing

    def _changed(self, changes: Changes) -> None:
        if self.main.ws is not self.ws:
            self.close()
        elif changes.units or changes.notice or changes.returns:
            self.reload()

    def reload(self) -> None:
        """Read the register again; the same unit stays shown."""
        label_ = undo.next_undo(self.ws)
        self.undo_button.setEnabled(bool(label_))
        self.undo_button.setToolTip(f"撤销 {label_}  Ctrl+Z" if label_ else "没有可以撤销的操作")
        self.list.show_units(register_units.rows(self.ws))

    def show_unit(self, unit_id: str) -> None:
        """Show a unit on the right; what is being typed for another one is kept only by saving."""
        row = self.list.row_of(unit_id)
        if self.unit is None or self.unit.id != unit_id:
            self.error.show_error("")
        self.unit = row.unit
        self.name.setText(row.unit.canonical_name)
        self.chip.show_text(row.became or row.unit.kind.label, "text2")
        for change, button in self.buttons.items():
            if change is not Change.DEACTIVATE:
                button.setEnabled(row.unit.active)
                button.setToolTip("" if row.unit.active else "这家单位已停用，请先恢复使用")
        self.buttons[Change.DEACTIVATE].set_text("停用…" if row.unit.active else "恢复使用")
        for tab in self.tabs:
            tab.show_unit(row.unit)

    def show_tab(self, place: int) -> None:
        """Show a tab of the unit."""
        self.segments.choose(place)
        self.stack.setCurrentIndex(place)

    def _back(self) -> None:
        self.right.setCurrentIndex(FORM)
        self.list.table.setFocus()

    # Doing

    def ask(self, change: Change) -> None:
        """Show a change with its preview in the place of the unit."""
        unit = None if change is Change.ADD else self.unit
        if change is Change.ADD or (unit is not None and unit.active):
            self.right.setCurrentIndex(CHANGE)
            self.change.start(change, unit)

    def _sure(self) -> None:
        if self.right.currentIndex() == CHANGE:
            self.change.do()
        elif self.right.currentIndex() == PASTE:
            self.paste.do()

    def turn_off(self) -> None:
        """Out of use with a preview; back into use at once."""
        if self.unit is not None and self.unit.active:
            self.ask(Change.DEACTIVATE)
        elif self.unit is not None:
            self._do(lambda who=self.unit.id: register_units.reactivate(self.ws, who))

    def delete(self) -> None:
        """Delete a unit without history; one with history says what it has."""
        if self.unit is None:
            return
        unit = self.unit
        if register_units.history(self.ws, unit.id) or messages.ask(
            self,
            f"删除“{unit.canonical_name}”",
            "它没有任何历史记录，名称和联系人一并删去。",
            "删除",
        ):
            self._do(lambda: register_units.delete(self.ws, unit.id))

    def undo(self) -> None:
        """Take the last step back, whichever page it was made on."""
        self._do(lambda: undo.undo(self.ws))

    def _do(self, fn: object) -> None:
        def refused(error: UserError) -> None:
            self.error.show_error(f"{error.what}。{error.advice}")

        self.said.say("")
        self.error.show_error("")
        self.run.command(fn, on_error=refused)  # type: ignore[arg-type]

    def start_paste(self) -> None:
        """Show the panel for a table of contacts."""
        self.right.setCurrentIndex(PASTE)
        self.paste.start()

    def copy_contacts(self) -> None:
        """All contacts onto the clipboard, to be filled in in a spreadsheet and pasted back."""
        QGuiApplication.clipboard().setText(register_contacts.table(self.ws))
        self.said.say("联系人表已复制，可以粘贴到 Excel，填好后再粘贴回来")

    # Doors

    def _open_measure(self, measure_id: str) -> None:
        self.main.open_tasks(lambda page: page.open_measure(measure_id))
        self.main.activateWindow()

    def _open_round(self, round_id: str) -> None:
        assert self.unit is not None
        who, round_ = self.unit.id, self.main.round
        rounds = overview.rounds(self.ws, round_.notice_id) if round_ else ()
        if round_ and round_.id != round_id and any(item.id == round_id for item in rounds):
            self.main.show_round(round_id)
        self.main.open_tasks(lambda page: page.open_unit(who))
        self.main.activateWindow()

    def reject(self) -> None:
        """Esc leaves the change first, then the window."""
        if self.right.currentIndex() != FORM:
            self._back()
        else:
            super().reject()


def show_register(window: Window, unit_id: str = "") -> RegisterWindow:
    """Open the register, or bring the open one forward; unit_id: the unit to show in it."""
    for shown in window.findChildren(RegisterWindow):
        if shown.isVisible() and shown.ws is window.ws:
            made = shown
            break
    else:
        made = RegisterWindow(window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.show()
    if unit_id:
        made.list.select(unit_id)
    made.activateWindow()
    return made


def present(window: QWidget, unit_id: str = "") -> None:
    """Open the register from a page; unit_id: at the contacts of that unit."""
    shown = show_register(cast("Window", window), unit_id)
    if unit_id:
        shown.show_tab(CONTACTS)
