"""Changes of a unit with their preview in place: 改名, 合并, 分设, 保持分开, 停用, 新增."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from hs_credit_desktop.domain.units import UnitKind, kind_of
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    register_merge,
    register_names,
    register_preview,
    register_units,
)
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.register_pieces import (
    ID,
    PreviewView,
    UnitFinder,
    labelled,
    small_list,
)
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.fields import ComboBox, DateField
from hs_credit_desktop.ui.widgets.states import InlineError
from hs_credit_desktop.ui.widgets.tick_rows import TickRows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hs_credit_desktop.domain.units import Unit
    from hs_credit_desktop.services.register_preview import Preview
    from hs_credit_desktop.services.workspace import Changes, Workspace
    from hs_credit_desktop.ui.run import Run


@dataclass(frozen=True)
class _Look:
    """What a change asks for: its title, its verb, and which fields it shows."""

    title: str
    verb: str
    fields: frozenset[str]


class Change(Enum):
    """The changes that show what they touch before they are made."""

    RENAME = _Look("改名", "改名", frozenset({"name", "on"}))
    MERGE = _Look("并入另一家单位", "合并", frozenset({"other", "on"}))
    SPLIT = _Look("分设出一家单位", "分设", frozenset({"name", "kind", "on", "measures"}))
    APART = _Look("与另一家单位保持分开", "保持分开", frozenset({"other"}))
    DEACTIVATE = _Look("停用", "停用", frozenset())
    ADD = _Look("新增单位", "新增", frozenset({"name", "kind"}))


class ChangePanel(QWidget):
    """Fields, then what they would do; `finished` when it was done or left."""

    finished = Signal()

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__()
        self._ws, self._run = ws, run
        self.change, self.unit = Change.RENAME, None
        self.title = label("", theme.PANE_TITLE, bold=True)
        self.name, self.other = QLineEdit(), UnitFinder(ws, "另一家单位")
        self.name.setAccessibleName("新的规范名称")
        self.kind = ComboBox("类别")
        for kind in UnitKind:
            self.kind.addItem(kind.label, kind)
        self.on = DateField("从哪天起", ws.today)
        self.measures = small_list("转过去的措施")
        self.measures.setFixedHeight(4 * theme.ROW + 6)
        self.measures.setItemDelegate(TickRows(self.measures))
        self.error, self.preview = InlineError(), PreviewView()
        self.sure = Button("", self.do, key="Ctrl+Enter", primary=True, bind_key=False)
        self.back = Button("取消", self.finished.emit, key="Esc", bind_key=False)
        self._build()
        self.name.textChanged.connect(self._typed)
        self.on.edit.textChanged.connect(self.look)
        self.other.chosen.connect(self.look)
        self.measures.itemChanged.connect(self.look)

    unit: Unit | None

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, 10, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(self.title)
        self._rows: dict[str, QWidget] = {}
        for key, words, field in (
            ("name", "新的名称", self.name),
            ("kind", "类别", self.kind),
            ("other", "另一家单位", self.other),
            ("measures", "转过去的措施", self.measures),
            ("on", "从哪天起", self.on),
        ):
            self._rows[key] = QWidget()
            row = labelled(words, field)
            row.setContentsMargins(0, 0, 0, 0)
            self._rows[key].setLayout(row)
            column.addWidget(self._rows[key])
        column.addWidget(self.error)
        column.addWidget(self.preview, 1)
        column.addStretch(0)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.sure)
        column.addLayout(foot)

    def start(self, change: Change, unit: Unit | None) -> None:
        """Ask for a change of this unit (None for a new one)."""
        self.change, self.unit = change, unit
        look = change.value
        named = f"{unit.canonical_name}：" if unit else ""
        self.title.setText(f"{named}{look.title}")
        self.sure.set_text(look.verb)
        for key, row in self._rows.items():
            row.setVisible(key in look.fields)
        self.preview.show_preview(None)
        self.name.setText(unit.canonical_name if unit and change is Change.RENAME else "")
        self.on.set_date(self._ws.today)
        self.other.start(unit.id if unit else "")
        self._show_measures()
        self.look()
        first = "other" if "other" in look.fields else "name"
        target = {"other": self.other.edit, "name": self.name}[first]
        (target if first in look.fields else self.sure).setFocus()
        self.name.selectAll()

    def _show_measures(self) -> None:
        self.measures.blockSignals(True)
        self.measures.clear()
        duties = register_preview.duties_of(self._ws, (self.unit.id,)) if self.unit else ()
        for duty in duties:
            if not duty.group:
                item = QListWidgetItem(register_preview.duty_words(duty))
                item.setData(ID, duty.measure_id)
                item.setCheckState(Qt.CheckState.Unchecked)
                self.measures.addItem(item)
        self.measures.blockSignals(False)

    def _typed(self, name: str) -> None:
        if self.change in (Change.ADD, Change.SPLIT):
            self.kind.setCurrentIndex(self.kind.findData(kind_of(name.strip())))
        self.look()

    @property
    def _day(self) -> date:
        return self.on.date() or self._ws.today

    @property
    def _chosen(self) -> list[str]:
        items = (self.measures.item(row) for row in range(self.measures.count()))
        return [str(item.data(ID)) for item in items if item.checkState() is Qt.CheckState.Checked]

    def look(self, *_: object) -> None:
        """Show what would happen; 确认 is greyed with the reason below the fields until it can."""
        preview, problem, can_be = None, "", False
        try:
            preview = self._preview()
            can_be = preview is not None or self.unit is None
        except UserError as error:
            problem = f"{error.what}。{error.advice}" if self._begun else ""
        self.preview.show_preview(preview)
        self.error.show_error(problem)
        self.sure.setEnabled(can_be)
        self.sure.setToolTip("" if self.sure.isEnabled() else problem or "请先填好上面的内容")

    @property
    def _begun(self) -> bool:
        """Whether there is anything to complain of: an empty or untouched field is none yet."""
        if self.change is Change.RENAME and self.unit:
            return self.name.text().strip() != self.unit.canonical_name
        if "other" in self.change.value.fields:
            return bool(self.other.unit_id)
        return bool(self.name.text().strip())

    def _preview(self) -> Preview | None:
        if self.unit is None:
            register_preview.refuse_taken(self._ws, self.name.text().strip())
            return None
        ws, who = self._ws, self.unit.id
        match self.change:
            case Change.RENAME:
                return register_preview.preview_rename(ws, who, self.name.text(), self._day)
            case Change.MERGE if self.other.unit_id:
                return register_merge.preview_merge(ws, who, self.other.unit_id, self._day)
            case Change.APART if self.other.unit_id:
                return register_preview.preview_apart(ws, who, self.other.unit_id)
            case Change.SPLIT:
                return register_merge.preview_split(
                    ws, who, self.name.text(), self._day, self._chosen
                )
            case Change.DEACTIVATE:
                return register_units.preview_deactivate(ws, who)
        return None

    def do(self) -> None:
        """Make the change; what is wrong is said below the fields."""
        if not self.sure.isEnabled() or ("on" in self.change.value.fields and not self.on.check()):
            return
        if self._run.command(self._act(), on_error=self._refused):
            self.finished.emit()

    def _refused(self, error: UserError) -> None:
        self.error.show_error(f"{error.what}。{error.advice}")

    def _act(self) -> Callable[[], Changes]:
        ws, follow = self._ws, self.preview.follow
        name, kind = self.name.text(), UnitKind(self.kind.currentData())
        if self.unit is None:
            return lambda: register_names.add(ws, name=name, kind=kind)
        who, other, day, chosen = self.unit.id, self.other.unit_id, self._day, self._chosen
        return {
            Change.RENAME: lambda: register_names.rename(ws, who, name=name, on=day, follow=follow),
            Change.MERGE: lambda: register_merge.merge(ws, who, other, on=day, follow=follow),
            Change.SPLIT: lambda: register_merge.split(
                ws, who, name=name, kind=kind, on=day, measure_ids=chosen, follow=follow
            ),
            Change.APART: lambda: register_names.keep_apart(ws, who, other),
            Change.DEACTIVATE: lambda: register_units.deactivate(ws, who),
        }[self.change]
