"""The left pane of 任务: the tree of measures or the list of units, with a filter."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.notice import OpenDoubt
from hs_credit_desktop.services.overview import MeasureNode, PillarNode
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.chip import doubt_chips
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.tree import TreeModel
from hs_credit_desktop.ui.pages.tasks_nodes import NodeTree, filtered
from hs_credit_desktop.ui.widgets.basics import IconButton, Pane
from hs_credit_desktop.ui.widgets.cells import BARS_FROM
from hs_credit_desktop.ui.widgets.find_places import step_row
from hs_credit_desktop.ui.widgets.segments import Segments
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.unit_view import ReadUnits, UnitView

MEASURES, UNITS = 0, 1


class TreePane(Pane):
    """Tree and unit list in one place; node_chosen and unit_chosen say what the table shall show.

    entered: the clerk pressed Enter, the keyboard shall go to the table.
    """

    node_chosen = Signal(str)
    unit_chosen = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__("任务")
        self.model = TreeModel(self)
        self.tree, self.units = NodeTree(), UnitView()
        self._tree_filter = filtered(self.model)
        self.tree.setModel(self._tree_filter)
        self.segments = Segments((("措施", "按大类和措施"), ("单位", "按单位看整份报送件")))
        self.field = QLineEdit()
        self._counts = ["", ""]
        self._read_units: ReadUnits | None = None
        self._unread = False
        self._build()
        self._listen()

    def _build(self) -> None:
        self.filter_button = IconButton("filter", "筛选  Ctrl+F；下一行  F3", self.ask_filter)
        self.fold_button = IconButton("arrow_collapse_all", "全部收起或展开", self.fold)
        for widget in (self.segments, self.filter_button, self.fold_button):
            self.tools.addWidget(widget)
        self.field.setFont(theme.font())
        self.field.setClearButtonEnabled(False)
        self.field.setAccessibleName("筛选措施或单位")
        self._nothing = EmptyState(
            "search", "", "换个说法，或只写其中两三个字再试", "清除条件", self.clear_filter
        )
        self._stack = QStackedWidget()
        for page in (self.tree, self.units, self._nothing):
            self._stack.addWidget(page)
        self._field_row = QWidget()
        room = QVBoxLayout(self._field_row)
        room.setContentsMargins(theme.MARGIN, 6, theme.MARGIN, 4)
        room.addWidget(self.field)
        self._field_row.hide()
        self.body.addWidget(self._field_row)
        self.body.addWidget(self._stack, 1)
        self.body.setContentsMargins(1, 1, 1, 4)

    def _listen(self) -> None:
        self.tree.selectionModel().currentChanged.connect(self._tree_moved)
        self.units.chosen.connect(self.unit_chosen)
        self.units.typed.connect(self._typed)
        self.tree.clicked.connect(self._tree_moved)
        self.tree.entered.connect(self.entered)
        self.units.entered.connect(self.entered)
        self.segments.chosen.connect(self._switched)
        self.field.textChanged.connect(self._filtered)
        self.field.returnPressed.connect(self._filter_entered)

    def show_tree(
        self,
        pillars: tuple[PillarNode, ...],
        doubts: tuple[OpenDoubt, ...],
        lamps: dict[str, Lamp],
    ) -> None:
        """Show the tree; its selection, folds and scroll stay."""
        fresh = self.model.rowCount() == 0
        self.model.show_tree(pillars, doubt_chips(doubts), lamps)
        measures = sum(len(node.measures) for node in pillars)
        self._counts[MEASURES] = f"{len(pillars)} 大类 {measures} 条"
        self._say_count()
        if fresh and pillars:
            self.tree.expand(self._tree_filter.index(0, 0))

    def show_units(self, read: ReadUnits, count: int) -> None:
        """Show the units of the round, read when they are looked at; count: how many there are."""
        self._read_units, self._unread = read, True
        self._counts[UNITS] = f"{count} 家"
        self._say_count()
        if self.view() is self.units:
            self._fill_units()

    def _fill_units(self) -> None:
        """Read the units that fit what stands in the filter."""
        if self._read_units is not None:
            self._unread = False
            self.units.show_units(self._read_units(self.field.text(), None))

    def _say_count(self) -> None:
        self.subtitle.setText(self._counts[self.segments.group.checkedId()])

    def select_node(self, node_id: str) -> None:
        """Choose a pillar or measure, its pillar unfolded."""
        self._show(MEASURES)
        index = self._tree_filter.mapFromSource(self.model.index_of(node_id))
        if not index.isValid():
            self.clear_filter()
            index = self._tree_filter.mapFromSource(self.model.index_of(node_id))
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index)

    def select_unit(self, expected_return_id: str) -> None:
        """Choose a unit of the round, the filter cleared when it hides it."""
        self._show(UNITS)
        if not self.units.select(expected_return_id) and self.field.text():
            self.clear_filter()
            self.units.select(expected_return_id)

    def deselect(self) -> None:
        """No node is shown (the table shows a list of the header)."""
        self.tree.selectionModel().clear()
        self.units.deselect()

    def node(self, node_id: str) -> PillarNode | MeasureNode | None:
        """The node with that id as it is shown now."""
        return self.model.node(self.model.index_of(node_id))

    def view(self) -> QAbstractItemView:
        """The view that is shown, for the keyboard."""
        return self.units if self.segments.group.checkedId() == UNITS else self.tree

    def ask_filter(self) -> None:
        """Show the filter field and put the keyboard into it."""
        self._field_row.show()
        self.field.setPlaceholderText(self._hint())
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def step_found(self, way: int) -> None:
        """The next (1) or previous (-1) row of the list as it is filtered."""
        step_row(self.view(), way, self.field.text().strip())

    def _hint(self) -> str:
        units = self.segments.group.checkedId() == UNITS
        return "筛选：名称、拼音首字母、序号" if units else "筛选：大类和措施的标题"

    def clear_filter(self) -> None:
        """Show all again and put the filter field away."""
        self.field.clear()
        self._field_row.hide()
        self.view().setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.subtitle.setVisible(self.width() >= theme.px(BARS_FROM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.field.isVisible():
            self.clear_filter()
            return
        super().keyPressEvent(event)

    def fold(self) -> None:
        """Fold all pillars, or unfold them when all are folded."""
        rows = range(self._tree_filter.rowCount())
        if any(self.tree.isExpanded(self._tree_filter.index(row, 0)) for row in rows):
            self.tree.collapseAll()
        else:
            self.tree.expandAll()

    def _show(self, which: int) -> None:
        self.segments.choose(which)
        if which == UNITS and self._unread:
            self._fill_units()
        self._say_count()
        self._stack.setCurrentIndex(which)
        self.fold_button.setVisible(which == MEASURES)
        self.field.setPlaceholderText(self._hint())

    def _switched(self, which: int) -> None:
        self._show(which)
        self._filtered(self.field.text())
        current = self.view().currentIndex()
        if not current.isValid():
            current = self.view().model().index(0, 0)
            self.view().setCurrentIndex(current)
        elif which == UNITS:
            self.unit_chosen.emit(self.units.current_id())
        else:
            self._tree_moved(current)

    def _filtered(self, words: str) -> None:
        which, words = self.segments.group.checkedId(), words.strip()
        if which == UNITS:
            self._fill_units()
        else:
            self._tree_filter.setFilterFixedString(words)
            if words:
                self.tree.expandAll()
        found = self.view().model().rowCount() > 0 or not words
        self._nothing.show_words(f"没有找到“{words}”", "换个说法，或只写其中两三个字再试")
        self._stack.setCurrentIndex(which if found else 2)

    def _typed(self, text: str) -> None:
        """A letter typed in the list of units looks for them."""
        self.ask_filter()
        self.field.setText(text)

    def _filter_entered(self) -> None:
        """Enter in the filter opens the first hit: a measure rather than the pillar above it."""
        view = self.view()
        index = view.model().index(0, 0)
        if view is self.tree and (inner := view.model().index(0, 0, index)).isValid():
            index = inner
        if index.isValid():
            view.setCurrentIndex(index)
            view.setFocus()

    def _tree_moved(self, index: QModelIndex, *_old: object) -> None:
        if index.isValid():
            self.node_chosen.emit(index.data(Role.ID))
