"""From the tree of 任务 to the plan: a click on an amber chip, and the tree's context menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu

from hs_credit_desktop.ui import icons, lamps
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.widgets.cells import PAD, count_width
from hs_credit_desktop.ui.widgets.chips import chip_width

if TYPE_CHECKING:
    from hs_credit_desktop.ui.models.roles import Index
    from hs_credit_desktop.ui.pages.tasks_view import TasksView
    from hs_credit_desktop.ui.window import Window


class PlanDoors(QObject):
    """Opens 核对疑点 and 编辑任务 at the node the clerk points at."""

    def __init__(self, page: TasksView) -> None:
        super().__init__(page)
        self._page, self._tree = page, page.tree.tree
        self._tree.viewport().installEventFilter(self)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tree.customContextMenuRequested.connect(self._show_menu)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A click on a chip is for its doubts; the row is selected all the same."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            spot = event.position().toPoint()
            index = self._tree.indexAt(spot)
            if event.button() == Qt.MouseButton.LeftButton and self._on_chip(index, spot):
                self.doubts(index.data(Role.ID))
        return False

    def _on_chip(self, index: Index, spot: QPoint) -> bool:
        chip = index.data(Role.CHIP) if index.isValid() else None
        if not chip:
            return False
        done = index.data(Role.PROGRESS)
        taken = count_width(f"{done.covered}/{done.expected}") + lamps.GLYPH + 4
        right = self._tree.visualRect(index).right() - PAD - taken
        return right - chip_width(chip.text, icon=chip.icon) <= spot.x() <= right

    def _show_menu(self, spot: QPoint) -> None:
        index = self._tree.indexAt(spot)
        if index.isValid():
            self.menu(index).popup(self._tree.viewport().mapToGlobal(spot))

    def menu(self, index: Index) -> QMenu:
        """What can be done with a node."""
        made = QMenu(self._tree)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        node_id = index.data(Role.ID)
        if index.data(Role.CHIP):
            act = made.addAction(icons.icon("question_circle"), "核对这里的疑点…")
            act.triggered.connect(lambda: self.doubts(node_id))
        act = made.addAction(icons.icon("edit"), "编辑任务…")
        act.triggered.connect(lambda: self.edit(node_id))
        if index.parent().isValid():
            act = made.addAction(icons.icon("notebook"), "查看原文")
            act.triggered.connect(lambda: self._page.show_text(node_id))
        return made

    def doubts(self, measure_id: str) -> None:
        """The doubts desk at the first open doubt of a measure."""
        from hs_credit_desktop.ui.commands import notice

        notice.doubts(self._window, measure_id)

    def edit(self, node_id: str) -> None:
        """编辑任务 at a node."""
        from hs_credit_desktop.ui.commands import notice

        notice.edit(self._window, node_id)

    @property
    def _window(self) -> Window:
        from hs_credit_desktop.ui.window import Window

        window = self._page.window()
        assert isinstance(window, Window)
        return window
