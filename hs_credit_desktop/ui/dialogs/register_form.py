"""The tabs 基本 and 别名与曾用名 of a unit in 单位名册."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.units import AliasKind, Unit, UnitKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import forms, register_names, register_units
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.register_pieces import labelled, small_list, table_of
from hs_credit_desktop.ui.models.register import ALIAS_COLUMNS, AliasRow
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.fields import ComboBox, DateField
from hs_credit_desktop.ui.widgets.states import InlineError

AUTOMATIC = ""
FORM_FORMATS = (
    ("按条数自动", AUTOMATIC),
    ("Excel", "xlsx"),
    ("Word", "docx"),
    ("纸质 PDF", "pdf"),
)


class Tab(QWidget):
    """A tab: it shows a unit, and says below its fields what could not be saved."""

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__()
        self.ws, self.run, self.unit = ws, run, None
        self.error = InlineError()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.PADDING, 10, theme.PADDING, theme.PADDING)
        self.column.setSpacing(theme.GAP)

    unit: Unit | None

    def show_unit(self, unit: Unit) -> None:
        """Show another unit, or the same one after a change."""
        if self.unit is None or self.unit.id != unit.id:
            self.error.show_error("")
        self.unit = unit
        self.read(unit)

    def read(self, unit: Unit) -> None:
        """Fill the fields."""

    def do(self, fn: Callable[[], Changes], field: QWidget | None = None) -> bool:
        """Run a command; what is wrong stands below, and the keyboard goes to the field."""

        def refused(error: UserError) -> None:
            self.error.show_error(f"{error.what}。{error.advice}")
            if field is not None:
                field.setFocus()

        self.error.show_error("")
        return self.run.command(fn, on_error=refused)


class BasicTab(Tab):
    """Short name, kind, initials and place; the canonical name changes by 改名."""

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__(ws, run)
        self.name, self.short, self.initials = label("", bold=True), QLineEdit(), QLineEdit()
        self.short.setAccessibleName("简称")
        self.initials.setAccessibleName("拼音首字母")
        self.initials.setToolTip("用来查找和跳转；空着就按规范名称重新生成")
        self.kind = ComboBox("类别")
        for kind in UnitKind:
            self.kind.addItem(kind.label, kind.value)
        self.format = ComboBox("反馈表格式")
        for words, fmt in FORM_FORMATS:
            self.format.addItem(words, fmt)
        self.format.setToolTip("制作反馈表时按这里的格式；自动：只有一条措施用 Word，其余用 Excel")
        self.place = QLineEdit()
        self.place.setAccessibleName("正式排序里的位置")
        self.place.setFixedWidth(64)
        self.place.returnPressed.connect(self.put_in_place)
        self.up = Button("上移", lambda: self._move(-1), key="Ctrl+Up")
        self.down = Button("下移", lambda: self._move(1), key="Ctrl+Down")
        self.note = label("", theme.CAPTION, ink="text2")
        self.note.setWordWrap(True)
        self.save_button = Button("保存", self.save, key="Ctrl+S")
        for words, field in (
            ("规范名称", self.name),
            ("简称", self.short),
            ("类别", self.kind),
            ("拼音首字母", self.initials),
            ("反馈表格式", self.format),
        ):
            self.column.addLayout(labelled(words, field))
        self.follow_button = Button("进行中的轮次也照此排序", self.follow)
        order = labelled("正式排序", self.place, self.up, self.down, self.follow_button, stretch=0)
        order.addStretch(1)
        self.column.addLayout(order)
        self.column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        self.column.addLayout(foot)
        self.column.addWidget(self.note)
        self.column.addStretch(1)

    def read(self, unit: Unit) -> None:
        self.name.setText(unit.canonical_name)
        self.short.setText(unit.short_name)
        self.initials.setText(unit.initials)
        self.kind.setCurrentIndex(self.kind.findData(unit.kind.value))
        wish = forms.preferred(self.ws).get(unit.id, AUTOMATIC)
        self.format.setCurrentIndex(self.format.findData(wish))
        row = next(row for row in register_units.rows(self.ws) if row.id == unit.id)
        self.place.setText(str(row.place))
        order = "排序只管以后的名单；已经开始的轮次，点了按钮才照此排序，已封存的不变。"
        self.note.setText(f"{row.became}。{order}" if row.became else order)

    def save(self) -> None:
        """Save the fields; the format only when it was changed, as a line of its own in the log."""
        if self.unit is None:
            return
        unit, kind = self.unit, UnitKind(self.kind.currentData())
        said = {"short_name": self.short.text(), "initials": self.initials.text()}
        wish, before = self.format.currentData(), forms.preferred(self.ws).get(unit.id, AUTOMATIC)
        edit = partial(register_names.edit, self.ws, unit.id, kind=kind, **said)
        if self.do(edit, self.initials) and wish != before:
            self.do(lambda: forms.set_preferred(self.ws, unit, wish or None))

    def put_in_place(self) -> None:
        """Move the unit to the number typed."""
        if self.unit is not None and self.place.text().strip().isdecimal():
            who, place = self.unit.id, int(self.place.text())
            self.do(lambda: register_names.move_to(self.ws, who, place))

    def follow(self) -> None:
        """The lists of open rounds take the order of the register."""
        self.do(lambda: register_names.follow_order(self.ws))

    def _move(self, step: int) -> None:
        if self.unit is not None:
            who = self.unit.id
            self.do(lambda: register_names.move(self.ws, who, step))


class NamesTab(Tab):
    """Other names with their days, and the units it is kept apart from."""

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__(ws, run)
        self.table, self.model = table_of("别名与曾用名", ALIAS_COLUMNS)
        self.name = QLineEdit()
        self.name.setAccessibleName("另一个名称")
        self.name.setPlaceholderText("另一种写法")
        self.since = DateField("从哪天起用", ws.today, optional=True)
        self.until = DateField("用到哪天", ws.today, optional=True)
        for field in (self.since, self.until):
            field.setFixedWidth(100)
            field.edit.setPlaceholderText("不限")
        self.name.returnPressed.connect(self.add)
        self.remove_button = Button("移除选中的名称", self.remove)
        self.apart = small_list("保持分开的单位")
        self.apart.setFixedHeight(3 * theme.ROW)
        self.again = Button("不再分开", self.no_longer)
        self.column.addWidget(self.table, 1)
        row = labelled("登记名称", self.name, label("从", ink="text2"), self.since)
        row.addWidget(label("到", ink="text2"))
        row.addWidget(self.until)
        row.addWidget(Button("登记", self.add, key="Enter", bind_key=False))
        self.column.addLayout(row)
        self.column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.remove_button)
        self.column.addLayout(foot)
        self.column.addLayout(labelled("与这些分开", self.apart, self.again))

    def read(self, unit: Unit) -> None:
        self.model.show_rows([AliasRow(item) for item in register_names.aliases(self.ws, unit.id)])
        self.remove_button.setEnabled(bool(self.model.rows))
        self.pairs = [
            pair for pair in register_names.apart_pairs(self.ws) if unit.canonical_name in pair
        ]
        self.apart.clear()
        for one, other in self.pairs:
            self.apart.addItem(other if one == unit.canonical_name else one)
        self.again.setEnabled(bool(self.pairs))

    def add(self) -> None:
        """Note the name typed; one that is there takes the days typed."""
        if self.unit is None or not (self.since.check() and self.until.check()):
            return
        who, name = self.unit.id, self.name.text().strip()
        known = next((row.alias.kind for row in self.model.rows if row.alias.name == name), None)
        kind = known or AliasKind.ALIAS
        days = {"from_on": self.since.date(), "to_on": self.until.date()}
        if self.do(
            lambda: register_names.put_alias(self.ws, who, name=name, kind=kind, **days), self.name
        ):
            self.name.clear()

    def remove(self) -> None:
        """Take the selected name off the unit."""
        for row in self.model.rows:
            if row.id == (self.table.current_id() or self.model.rows[0].id):
                self.do(partial(register_names.remove_alias, self.ws, row.alias))
                return

    def no_longer(self) -> None:
        """Forget the selected pair."""
        pair = self.pairs[max(self.apart.currentRow(), 0)]
        self.do(lambda: register_names.no_longer_apart(self.ws, pair))
