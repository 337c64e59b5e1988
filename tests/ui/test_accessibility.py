"""Without a mouse and without eyes: Tab reaches every control in order, and each has a name."""

from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from hs_credit_desktop.ui.commands import all_commands
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.names import NAMES
from hs_credit_desktop.ui.rail import RailItem
from hs_credit_desktop.ui.widgets.segments import Segment

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QAbstractSpinBox, QComboBox, QAbstractScrollArea)
SAME_LINE = 40  # controls whose middles are nearer stand in one line


def name_of(widget: QWidget) -> str:
    """What a screen reader says."""
    said = QAccessible.queryAccessibleInterface(widget)
    return widget.accessibleName() or (said.text(QAccessible.Text.Name) if said else "")


def controls(top: QWidget) -> list[QWidget]:
    """What a clerk can use now; not the parts that belong to another control."""
    return [
        widget
        for widget in top.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.window() is top
        and widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget, QHeaderView)
        and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QLineEdit)
        and not (
            isinstance(widget, QAbstractScrollArea)
            and widget.focusPolicy() is Qt.FocusPolicy.NoFocus
        )
    ]


def walk(first: QWidget) -> list[QWidget]:
    """The controls Tab goes through, once around."""
    first.setFocus()
    seen: list[QWidget] = []
    for _ in range(400):
        focus = QApplication.focusWidget()
        if focus is None or focus in seen:
            assert focus is None or focus is seen[0], f"Tab goes in circles at {name_of(focus)}"
            break
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return seen


def left_out(top: QWidget, seen: list[QWidget]) -> list[str]:
    """Names of controls that Tab does not reach, nor the arrows from one it reaches."""
    return [
        f"{type(widget).__name__} {name_of(widget)}"
        for widget in controls(top)
        if widget not in seen and not _by_arrows(widget, seen) and not _read_in_area(widget, seen)
    ]


def _by_arrows(widget: QWidget, seen: list[QWidget]) -> bool:
    """One of a row of choices of which Tab reaches the chosen one, the arrows the others."""
    alike = [other for other in seen if type(other) is type(widget)]
    if isinstance(widget, QAbstractButton) and isinstance(widget.group(), QButtonGroup):
        return any(other.group() is widget.group() for other in alike)  # type: ignore[attr-defined]
    alone = isinstance(widget, QAbstractButton) and widget.autoExclusive()
    return (alone or isinstance(widget, RailItem | Segment)) and any(
        other.parentWidget() is widget.parentWidget() for other in alike
    )


def _read_in_area(widget: QWidget, seen: list[QWidget]) -> bool:
    """A text that is only read, inside an area that Tab reaches and the arrows scroll."""
    if not isinstance(widget, QTextEdit) or not widget.isReadOnly():
        return False
    return any(isinstance(area, QAbstractScrollArea) and area.isAncestorOf(widget) for area in seen)


def jumps(seen: list[QWidget], top: QWidget) -> list[str]:
    """Neighbours in the order of Tab with one parent that go back up, but once."""
    found = []
    for before, after in pairwise(seen):
        if before.parentWidget() is not after.parentWidget():
            continue
        one, two = (w.mapTo(top, QPoint(0, w.height() // 2)) for w in (before, after))
        if two.y() < one.y() - SAME_LINE and two.x() <= one.x():
            found.append(f"{name_of(before)} → {name_of(after)}")
    return found[1:]  # one is the way back to the top: the walk begins where the keyboard was


def judge(top: QWidget, first: QWidget) -> None:
    """The three promises, for a window or box as it stands."""
    seen = walk(first)
    assert [type(widget).__name__ for widget in seen if not name_of(widget).strip()] == []
    assert [type(item).__name__ for item in controls(top) if not name_of(item).strip()] == []
    assert left_out(top, seen) == []
    assert jumps(seen, top) == []


@pytest.mark.parametrize("page", NAMES)
def test_tab_reaches_every_named_control_of_a_page_in_order(window: MainWindow, page: str) -> None:
    window.show_page(page)
    for _ in range(3):
        QApplication.processEvents()
    first = QApplication.focusWidget()
    assert first is not None
    judge(window, first)


def test_tab_reaches_every_named_control_of_the_start_page(window: MainWindow) -> None:
    window.show_start()
    QApplication.processEvents()
    assert window.start is not None
    judge(window, window.start.choose_button)


@pytest.mark.parametrize("command", [one.name for one in all_commands()])
def test_tab_reaches_every_named_control_of_a_box(window: MainWindow, command: str) -> None:
    boxes: list[QDialog] = []

    def show(box: QDialog) -> int:
        boxes.append(box)
        box.show()
        return 0

    chosen = next(one for one in all_commands() if one.name == command)
    with _no_files(), patch.object(QDialog, "exec", show):
        chosen.run(window)
        QApplication.processEvents()
        boxes += [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and _is_box(widget, window, boxes)
        ]
        for box in boxes:
            box.activateWindow()
            QApplication.processEvents()
            judge(box, box.focusWidget() or controls(box)[0])
            box.reject()


def _is_box(widget: QDialog, window: MainWindow, known: list[QDialog]) -> bool:
    return widget.isVisible() and widget not in known and widget.parentWidget() is window


def _no_files() -> Any:
    from hs_credit_desktop.ui import messages

    return patch.multiple(
        messages,
        open_file=lambda *_: None,
        open_files=lambda *_: [],
        choose_folder=lambda *_: None,
        save_file=lambda *_: None,
    )
