"""编辑任务: left the plan as a tree, right the form of what is selected; every change undoable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import editing_pillars, editing_plan, editing_rounds, overview
from hs_credit_desktop.ui.dialogs.source_text import open_measure
from hs_credit_desktop.ui.pages.editing_box import PlanBox, RowDelegate
from hs_credit_desktop.ui.pages.editing_forms import (
    MeasurePane,
    PillarForm,
    RoundForm,
    round_proposal,
)
from hs_credit_desktop.ui.widgets.basics import Button, Pane
from hs_credit_desktop.ui.widgets.splitter import box_panes
from hs_credit_desktop.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from datetime import date

    from hs_credit_desktop.domain.notice import Measure, Pillar
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.editing import Edit
    from hs_credit_desktop.services.editing_plan import MeasureForm
    from hs_credit_desktop.ui.window import Window

_ID = Qt.ItemDataRole.UserRole
NEW_MEASURE, NEW_ROUND = "new measure", "new round"


class EditingBox(PlanBox):
    """Adds, edits, moves, splits and deactivates; open rounds are asked about, frozen ones stay."""

    def __init__(self, window: Window, node_id: str = "") -> None:
        super().__init__(window, "编辑任务")
        self.tree = QTreeWidget()
        self.pillar_form, self.measure_form = PillarForm(), MeasurePane()
        self.round_form = RoundForm(self.ws.today)
        self.forms = QStackedWidget()
        self._new = ""
        self._build()
        self._at = node_id
        self.reload()
        self.tree.setFocus()

    def _build(self) -> None:
        self.tree.setHeaderHidden(True)
        self.tree.setItemDelegate(RowDelegate(self.tree))
        self.tree.setAccessibleName("大类、措施和轮次")
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.currentItemChanged.connect(lambda *_: self._chosen())
        left, self.pane = Pane("任务分解"), Pane("内容")
        left.body.addWidget(self.tree, 1)
        nothing = EmptyState("document_text", "没有选中内容", "在左边选一个大类、措施或轮次")
        for form in (nothing, self.pillar_form, self.measure_form, self.round_form):
            self.forms.addWidget(form)
        self.pane.body.addWidget(self.forms, 1)
        self.body.addWidget(box_panes("更改任务分解", (left, self.pane), (460, 760)), 1)
        self._add_buttons(left)
        self.body.addWidget(self.ask)
        self.save_button = Button("保存", self.save, key="Ctrl+S", icon="save", primary=True)
        self.add_foot(self.undo_button, self.redo_button, self.save_button)
        self.measure_form.moved.connect(self._move_to)

    def _add_buttons(self, left: Pane) -> None:
        self.add_pillar_button = Button("大类", self.add_pillar, key="Alt+P", icon="add")
        self.add_measure_button = Button("措施", self.new_measure, key="Ctrl+N", icon="add")
        self.add_round_button = Button("轮次", self.new_round, key="Alt+R", icon="add")
        row = left.add_foot()
        for button in (self.add_pillar_button, self.add_measure_button, self.add_round_button):
            row.addWidget(button)
        row.addStretch(1)
        self.off_button = Button("停用", self.switch_off, key="Alt+X")
        self.split_button = Button("在光标处拆分", self.split, key="Alt+S", icon="split_horizontal")
        self.text_button = Button("对照原文", self.show_text, key="F4", icon="notebook")
        tools = QHBoxLayout()
        for widget in (self.off_button, self.split_button, self.text_button):
            tools.addWidget(widget)
        self.pane.tools.addLayout(tools)
        for key, way in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(key), self, lambda way=way: self.step_measure(way))

    # What is shown

    def reload(self) -> None:
        """Read the plan again; what was selected stays so."""
        self._pillars = editing_plan.tree(self.ws, self.notice_id)
        self._rounds = overview.rounds(self.ws, self.notice_id)
        keep = self._current_id() or self._at
        self.tree.blockSignals(True)
        self.tree.clear()
        for pillar in self._pillars:
            top = self._row(None, pillar.id, f"{chinese_number(pillar.number)}、{pillar.title}")
            self._grey(top, off=not pillar.active)
            for measure in pillar.measures:
                words = f"（{chinese_number(measure.number)}）{measure.title}"
                self._grey(self._row(top, measure.id, words), off=not measure.active)
            top.setExpanded(True)
        top = self._row(None, "", "轮次")
        for item in self._rounds:
            words = f"{item.name}　{item.due_on} 前　{item.state.label}"
            self._row(top, item.id, words)
        top.setExpanded(True)
        self.tree.blockSignals(False)
        self._new = ""
        self.select(keep)

    def _row(self, above: QTreeWidgetItem | None, row_id: str, words: str) -> QTreeWidgetItem:
        made = QTreeWidgetItem(above or self.tree.invisibleRootItem(), [words])
        made.setData(0, _ID, row_id)
        made.setToolTip(0, words)
        return made

    def _grey(self, row: QTreeWidgetItem, *, off: bool) -> None:
        if off:
            row.setText(0, f"{row.text(0)}（已停用）")
            row.setForeground(0, self.palette().placeholderText())

    def select(self, node_id: str) -> None:
        """Select a pillar, measure or round; the first pillar when it is not there."""
        rows = self.tree.findItems("", _EVERY)
        found = next((row for row in rows if row.data(0, _ID) == node_id and node_id), rows[0])
        self.tree.setCurrentItem(found)
        self._chosen()

    def _current_id(self) -> str:
        row = self.tree.currentItem()
        return str(row.data(0, _ID)) if row is not None else ""

    @property
    def pillar(self) -> Pillar | None:
        """The pillar that is selected."""
        return next((item for item in self._pillars if item.id == self._current_id()), None)

    @property
    def measure(self) -> Measure | None:
        """The measure that is selected."""
        every = (item for pillar in self._pillars for item in pillar.measures)
        return next((item for item in every if item.id == self._current_id()), None)

    @property
    def round_(self) -> Round | None:
        """The round that is selected."""
        return next((item for item in self._rounds if item.id == self._current_id()), None)

    def _chosen(self) -> None:
        self._new = ""
        pillar, measure, round_ = self.pillar, self.measure, self.round_
        shown: QWidget = self.forms.widget(0)
        if pillar:
            self.pillar_form.show_pillar(pillar)
            shown = self.pillar_form
        elif measure:
            self.measure_form.show_measure(measure, self._pillars)
            shown = self.measure_form
        elif round_:
            self.round_form.show_round(round_.name, round_.due_on)
            shown = self.round_form
        self._show(shown)

    def _show(self, form: QWidget) -> None:
        self.forms.setCurrentWidget(form)
        node = self.pillar or self.measure
        self.off_button.set_text("停用" if node is None or node.active else "恢复使用")
        self.off_button.setEnabled(node is not None and not self._new)
        self.split_button.setEnabled(self.measure is not None and not self._new)
        self.text_button.setEnabled(self.measure is not None)
        self.save_button.setEnabled(form is not self.forms.widget(0))

    # What is done

    def save(self) -> None:
        """Save the form that is shown."""
        if self.forms.currentWidget() is not self.forms.widget(0) and not self.asking:
            self.make(self._edit)

    def _edit(self) -> Edit:
        pillar, measure, round_ = self.pillar, self.measure, self.round_
        if self._new == NEW_MEASURE:
            home = self.measure_form.pillar.currentData()
            form = self.measure_form.said()
            return self._noted(editing_plan.add_measure(self.notice_id, home, form), form)
        if self._new == NEW_ROUND:
            name, due = self._round_said()
            return editing_rounds.add_round(self.ws, self.notice_id, name=name, due_on=due)
        if pillar:
            number, title = self.pillar_form.said()
            return editing_pillars.change_pillar(self.notice_id, pillar, number=number, title=title)
        if measure:
            form = self.measure_form.said()
            return self._noted(editing_plan.change_measure(self.notice_id, measure, form), form)
        assert round_ is not None
        name, due = self._round_said()
        return editing_rounds.change_round(self.ws, round_, name=name, due_on=due)

    def _noted(self, edit: Edit, form: MeasureForm) -> Edit:
        """Units that nobody knows are said before they are registered."""
        return replace(edit, note=editing_plan.strangers(self.ws, form))

    def _round_said(self) -> tuple[str, date]:
        day = self.round_form.due.date()
        if not self.round_form.due.check() or day is None:
            raise UserError("没有截止日期，没有保存", "请填写日期，例如 2024-12-02。")
        return self.round_form.name.text(), day

    def add_pillar(self) -> None:
        """A pillar at the end, to be given its title then."""
        self.make(lambda: editing_pillars.add_pillar(self.ws, self.notice_id, "新的大类"))
        self.select(self._pillars[-1].id)
        self.pillar_form.title.setFocus()
        self.pillar_form.title.selectAll()

    def new_measure(self) -> None:
        """An empty form for a measure of the pillar that is selected; saved by 保存."""
        measure = self.measure
        home = self.pillar or next(
            (item for item in self._pillars if measure and item.id == measure.pillar_id),
            self._pillars[-1],
        )
        self._new = NEW_MEASURE
        self._show(self.measure_form)
        self.measure_form.show_new(self._next_number(), home)

    def _next_number(self) -> int:
        return max((m.number for p in self._pillars for m in p.measures), default=0) + 1

    def new_round(self) -> None:
        """A form for one more round."""
        self._new = NEW_ROUND
        self._show(self.round_form)
        self.round_form.show_round(round_proposal(self._rounds), None)
        self.round_form.due.setFocus()

    def switch_off(self) -> None:
        """Take what is selected out of use, or back into it."""
        pillar, measure = self.pillar, self.measure
        if pillar:
            turn = (
                editing_pillars.deactivate_pillar
                if pillar.active
                else editing_pillars.activate_pillar
            )
            self.make(lambda: turn(self.notice_id, pillar))
        elif measure:
            act = editing_plan.activate_measure
            act = editing_plan.deactivate_measure if measure.active else act
            self.make(lambda: act(self.notice_id, measure))

    def split(self) -> None:
        """Two measures of one, cut where the cursor stands in the body."""
        measure = self.measure
        halves = self.measure_form.halves(self._next_number())
        if measure is None or halves is None:
            self.error.show_error("请先把光标放到正文中要拆开的地方。")
            return
        first, rest = halves
        self.make(lambda: editing_plan.split_measure(self.notice_id, measure, first, rest))

    def step_measure(self, way: int) -> None:
        """The measure goes up (-1) or down (1) within its pillar."""
        measure = self.measure
        if measure is None:
            return
        pillar = next(item for item in self._pillars if item.id == measure.pillar_id)
        order = [item.id for item in pillar.measures]
        at = order.index(measure.id) + way
        if 0 <= at < len(order):
            order.remove(measure.id)
            after = order[at - 1] if at else None
            self.make(
                lambda: editing_plan.move_measure(
                    self.notice_id, measure, pillar_id=pillar.id, after=after
                )
            )

    def _move_to(self, pillar_id: str) -> None:
        measure = self.measure
        if measure is None or measure.pillar_id == pillar_id:
            return
        pillar = next(item for item in self._pillars if item.id == pillar_id)
        after = pillar.measures[-1].id if pillar.measures else None
        self.make(
            lambda: editing_plan.move_measure(
                self.notice_id, measure, pillar_id=pillar_id, after=after
            )
        )

    def show_text(self) -> None:
        """The measure in the paper."""
        if measure := self.measure:
            open_measure(self, self.ws, self.notice_id, measure)


_EVERY = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
