"""What the windows that change the plan share: asking about open rounds, undo, redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import editing, undo
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.workbox import WorkBox
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.tick import TickBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.services.editing import Edit, Line, RoundImpact
    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.ui.models.roles import Index
    from hs_credit_desktop.ui.window import Window

NAMED = 6


class RowDelegate(QStyledItemDelegate):
    """Rows as high as in every other list."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.px(theme.ROW))


class AskBar(QFrame):
    """Says which open rounds a change affects, and asks before it is made.

    agreed: ids of the rounds whose expected lists follow; declined: the change is not made.
    """

    agreed = Signal(list)
    declined = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAccessibleName("这项修改影响进行中的轮次")
        self.ticks: list[tuple[str, TickBox]] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(theme.PADDING, theme.GAP, theme.PADDING, theme.GAP)
        self._rows.setSpacing(2)
        self.what = label("", bold=True)
        self._rows.addWidget(self.what)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._rows.addLayout(self._list)
        foot = QHBoxLayout()
        foot.addWidget(
            label(
                "不勾选的轮次，应报清单保持原样；已封存的轮次不会改动", theme.CAPTION, ink="text2"
            ),
            1,
        )
        self.no = Button("不改了", self.declined.emit)
        self.yes = Button("确定修改", self._agree, key="Ctrl+Enter", primary=True)
        self.yes.setShortcut("Ctrl+Return")
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        self._rows.addLayout(foot)
        self.hide()

    def show_impacts(self, edit: Edit, impacts: Sequence[RoundImpact]) -> None:
        """One line for each round; lists follow where it is ticked, which it is at first."""
        self._clear()
        affects = "影响进行中的轮次：" if impacts else ""
        self.what.setText(f"{edit.action}“{edit.subject}”{affects}")
        if edit.note:
            note = label(edit.note, ink="warn")
            note.setWordWrap(True)
            self._list.addWidget(note)
        for impact in impacts:
            words = label(_named(impact), theme.CAPTION, ink="text2")
            words.setWordWrap(True)
            if impact.lists:
                tick = TickBox(f"同时改应报清单　{impact.words}")
                tick.setChecked(True)
                self.ticks.append((impact.round.id, tick))
                self._list.addWidget(tick)
            else:
                self._list.addWidget(label(impact.words))
            if words.text():
                self._list.addWidget(words)
        self.show()
        self.yes.setFocus()

    def _clear(self) -> None:
        self.ticks = []
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _agree(self) -> None:
        self.agreed.emit([round_id for round_id, tick in self.ticks if tick.isChecked()])


def _named(impact: RoundImpact) -> str:
    """The entries in question, the first of them by name."""
    said = []
    kinds = (("增加", impact.added), ("去掉", impact.removed), ("保留", impact.kept))
    for word, lines in kinds:
        if lines:
            said.append(f"{word} {_entries(lines)}")
    return "；".join(said)


def _entries(lines: Sequence[Line]) -> str:
    names = "、".join(f"{line.unit}（{line.measure}）" for line in lines[:NAMED])
    return names + (f" 等 {len(lines)} 条" if len(lines) > NAMED else "")


class PlanBox(WorkBox):
    """A window that changes the plan: every change is previewed, asked about, made, undoable."""

    SIZE = (1240, 640)

    def __init__(self, window: Window, title: str) -> None:
        super().__init__(window, title)
        assert window.round is not None
        self.notice_id = window.round.notice_id
        self.ask = AskBar()
        self.ask.agreed.connect(self._agreed)
        self.ask.declined.connect(self._declined)
        self._waiting: Edit | None = None
        self._came_from: QWidget | None = None
        self.undo_button = Button(
            "撤销", self.undo, key="Ctrl+Z", icon="arrow_undo", bind_key=False
        )
        self.redo_button = Button(
            "重做", self.redo, key="Ctrl+Y", icon="arrow_redo", bind_key=False
        )
        for key, act in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo)):
            QShortcut(QKeySequence(key), self, act)
        self.run.changed.connect(self._changed)

    def make(self, edit_of: Callable[[], Edit]) -> None:
        """Make a change; when it affects an open round, ask first."""
        self.error.show_error("")
        if not self.may_write():
            return
        try:
            edit = edit_of()
            impacts = editing.preview(self.ws, edit)
        except UserError as error:
            self.show_refusal(error)
            return
        self._waiting, self._came_from = edit, self.focusWidget()
        if impacts or edit.note:
            self.ask.show_impacts(edit, impacts)
        else:
            self._agreed([])

    @property
    def asking(self) -> bool:
        """Whether a change waits for the clerk's word."""
        return self._waiting is not None

    def _agreed(self, round_ids: list[str]) -> None:
        edit, self._waiting = self._waiting, None
        self._hide_question()
        if edit is not None and self.command(editing.apply, self.ws, edit, round_ids):
            self.said.say(f"{edit.action}“{edit.subject}”已保存")

    def _hide_question(self) -> None:
        """The keyboard goes back to where it was before the question."""
        self.ask.hide()
        if self._came_from is not None:
            self._came_from.setFocus()

    def _declined(self) -> None:
        self._waiting = None
        self._hide_question()
        self.said.say("没有修改")
        self.reload()

    def undo(self) -> None:
        """Take the last step of the session back."""
        if self.command(undo.undo, self.ws):
            self.said.say("已撤销")

    def redo(self) -> None:
        """Make it again."""
        if self.command(undo.redo, self.ws):
            self.said.say("已重做")

    def reject(self) -> None:
        """Esc takes back the question first, then closes."""
        if self.asking:
            self._declined()
        else:
            super().reject()

    def _changed(self, changes: Changes) -> None:
        self.undo_button.setEnabled(bool(self.ws.undo_stack))
        self.redo_button.setEnabled(bool(self.ws.redo_stack))
        if changes.notice or changes.units:
            self.reload()

    def reload(self) -> None:
        """Read again what the window shows."""
        raise NotImplementedError
