"""The filter of 任务: a menu of conditions, a chip for each that holds, and those saved by name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import Completion, ReturnState
from hs_credit_desktop.services import entry_lists
from hs_credit_desktop.store.entry_filters import NO_FILTER, EntryFilter
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.text_box import TextBox
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, LinkButton, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from hs_credit_desktop.errors import UserError
    from hs_credit_desktop.services.workspace import Workspace
    from hs_credit_desktop.ui.run import Run

LATE = "逾期报送"
_GROUPS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "states": (
        "状态",
        tuple((item.value, item.label) for item in ReturnState),
    ),
    "roles": ("责任", tuple((item.value, item.label) for item in Role)),
    "levels": ("完成情况", tuple((item.value, item.label) for item in Completion)),
}


def toggled(kept: EntryFilter, field: str, value: str) -> EntryFilter:
    """The filter with a condition more, or without it when it held."""
    if field == "late":
        return replace(kept, late=not kept.late)
    now = [str(item) for item in getattr(kept, field)]
    wanted = [item for item in now if item != value] if value in now else [*now, value]
    order = [known for known, _ in _GROUPS[field][1]]
    made = sorted(wanted, key=order.index)
    if field == "states":
        return replace(kept, states=tuple(map(ReturnState, made)))
    if field == "levels":
        return replace(kept, levels=tuple(map(Completion, made)))
    return replace(kept, roles=tuple(made))


def conditions(kept: EntryFilter) -> list[tuple[str, str, str]]:
    """(field, value, words) of every condition, as its chip says it."""
    found = []
    for field, (_, choices) in _GROUPS.items():
        held = {str(item) for item in getattr(kept, field)}
        found += [(field, value, words) for value, words in choices if value in held]
    return [*found, ("late", "", LATE)] if kept.late else found


class FilterBar(QWidget):
    """The chips of the filter in force, how many rows it keeps, and the way back to all.

    changed: the filter is another one. The row is hidden while there is no condition.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kept = NO_FILTER
        self.ws: Workspace | None = None
        self.run: Run | None = None
        self.button = IconButton("filter", "按条件筛选  F4", self.open_menu)
        self.button.setShortcut(QKeySequence("F4"))
        self.count = label("", theme.CAPTION, ink="text2")
        self.chips: list[Button] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(theme.PADDING, 4, theme.PADDING, 4)
        whole.setSpacing(theme.GAP)
        whole.addLayout(self._row)
        whole.addWidget(self.count)
        whole.addStretch(1)
        self.keep = LinkButton("存为…", self.ask_name)
        self.keep.setToolTip("给这组条件起个名，下次直接选用")
        self.clear = LinkButton("清除条件", lambda: self.show_filter(NO_FILTER))
        whole.addWidget(self.keep)
        whole.addWidget(self.clear)
        self.hide()

    def show_filter(self, kept: EntryFilter) -> None:
        """Put a filter in force."""
        if kept == self.kept:
            return
        self.kept = kept
        had_focus = any(chip.hasFocus() for chip in self.chips) or self.clear.hasFocus()
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for field, value, words in conditions(kept):
            chip = Button(words, partial(self._toggle, field, value), icon="dismiss")
            chip.setAccessibleName(f"去掉条件 {words}")
            chip.setToolTip("按一下去掉这项条件")
            self._row.addWidget(chip)
            self.chips.append(chip)
        self.setVisible(bool(self.chips))
        if had_focus:
            (self.chips[0] if self.chips else self.button).setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def show_count(self, shown: int) -> None:
        """Say how many rows the filter keeps."""
        self.count.setText(f"符合条件 {shown} 条")

    def _toggle(self, field: str, value: str) -> None:
        self.show_filter(toggled(self.kept, field, value))

    # The menu

    def menu(self) -> QMenu:
        """The conditions, those saved by name, and the way back to all."""
        menu = QMenu(self.button)
        menu.setAccessibleName("按条件筛选")
        for field, (title, choices) in _GROUPS.items():
            menu.addSection(title)
            held = {str(item) for item in getattr(self.kept, field)}
            for value, words in choices:
                said = "未报或空白" if value == ReturnState.MISSING else words
                self._check(menu, said, partial(self._toggle, field, value), on=value in held)
        menu.addSection("时间")
        self._check(menu, LATE, partial(self._toggle, "late", ""), on=self.kept.late)
        self._add_saved(menu)
        return menu

    def _check(self, menu: QMenu, words: str, act: Callable[[], None], *, on: bool) -> None:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda _on: act())

    def _add_saved(self, menu: QMenu) -> None:
        saved = entry_lists.saved_filters(self.ws) if self.ws is not None else {}
        menu.addSection("存下的条件")
        for name, kept in saved.items():
            menu.addAction(name).triggered.connect(partial(self._take, kept))
        keep = menu.addAction("把现在的条件存为…")
        keep.triggered.connect(lambda _on: self.ask_name())
        keep.setEnabled(self.kept != NO_FILTER and self._writable)
        if saved and self._writable:
            forget = menu.addMenu("删除存下的条件")
            for name in saved:
                forget.addAction(name).triggered.connect(partial(self._forget, name))
        everything = menu.addAction("清除条件")
        everything.triggered.connect(lambda _on: self.show_filter(NO_FILTER))
        everything.setEnabled(self.kept != NO_FILTER)

    @property
    def _writable(self) -> bool:
        return self.ws is not None and not self.ws.read_only

    def _take(self, kept: EntryFilter, _on: bool = False) -> None:
        self.show_filter(kept)

    def _forget(self, name: str, _on: bool = False) -> None:
        if self.run is not None and self.ws is not None:
            self.run.command(entry_lists.forget_filter, self.ws, name)

    def open_menu(self) -> None:
        """Open the menu under the button."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def ask_name(self) -> None:
        """Ask for a name and save the filter in force by it."""
        if self.run is None or self.ws is None:
            return
        words = "、".join(words for _, _, words in conditions(self.kept))
        box = TextBox(
            self.window(),
            "把这组条件存下来",
            words,
            "存下",
            name="条件的名称",
            missing="请写一个名称。",
        )
        box.exec()
        if box.text:
            self.save(box.text)

    def save(self, name: str) -> None:
        """Save the filter in force by name."""
        assert self.run is not None
        assert self.ws is not None

        def refused(error: UserError) -> None:
            assert self.run is not None
            self.run.failed.emit(error.what, error.advice)

        one_line = " ".join(name.split())
        done = self.run.command(
            entry_lists.save_filter, self.ws, one_line, self.kept, on_error=refused
        )
        if done:
            self.run.told.emit(f"条件已存为“{one_line}”", "在“按条件筛选”里可以直接选用。")
