"""The tabs 联系人, 所在群组 and 经手任务 of a unit in 单位名册."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from hs_credit_desktop.domain.chasing import Contact
from hs_credit_desktop.domain.units import Unit
from hs_credit_desktop.services import register_contacts, register_preview, register_units
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.register_form import Tab
from hs_credit_desktop.ui.dialogs.register_pieces import labelled, table_of
from hs_credit_desktop.ui.models.register import (
    CONTACT_COLUMNS,
    DUTY_COLUMNS,
    MEMBER_COLUMNS,
    PLACE_COLUMNS,
    DutyRow,
    MemberRow,
    PlaceRow,
)
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.fields import ComboBox, DateField


class ContactsTab(Tab):
    """Who is called; a change of phone is a new line, the old one stays in the history."""

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__(ws, run)
        self.table, self.model = table_of("联系人", CONTACT_COLUMNS)
        self.fields = {key: QLineEdit() for key in ("name", "phone", "mailbox", "note")}
        for field, words in zip(
            self.fields.values(), ("联系人", "电话", "邮箱", "备注"), strict=True
        ):
            field.setAccessibleName(words)
            field.setPlaceholderText(words)
            field.returnPressed.connect(self.add)
        self.change_button = Button("代替选中的", self.change, key="Ctrl+R")
        self.end_button = Button("停用选中的", self.end, key="Ctrl+T")
        self.table.moved.connect(self._chosen)
        self.column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for field in self.fields.values():
            row.addWidget(field, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addStretch(1)
        foot.addWidget(self.end_button)
        foot.addWidget(self.change_button)
        foot.addWidget(Button("添加", self.add, key="Enter", bind_key=False))
        self.column.addLayout(foot)

    def read(self, unit: Unit) -> None:
        self.model.show_rows(register_contacts.contacts_of(self.ws, unit.id))
        self._chosen()

    @property
    def current(self) -> Contact | None:
        """The selected contact, when still in use."""
        row_id = self.table.current_id()
        return next((row for row in self.model.rows if row.id == row_id and row.active), None)

    def _chosen(self, _row_id: str = "") -> None:
        contact = self.current
        for key, field in self.fields.items():
            field.setText(getattr(contact, key) if contact else "")
        for button in (self.change_button, self.end_button):
            button.setEnabled(contact is not None)
            button.setToolTip("" if contact else "请先在表里选一位在用的联系人")

    def add(self) -> None:
        """One contact more from what is typed."""
        self._put(None)

    def change(self) -> None:
        """What is typed takes the place of the selected contact."""
        self._put(self.current)

    def _put(self, instead_of: Contact | None) -> None:
        if self.unit is not None:
            who, said = self.unit.id, {key: field.text() for key, field in self.fields.items()}
            self.do(
                lambda: register_contacts.put(self.ws, who, instead_of=instead_of, **said),
                self.fields["name"],
            )

    def end(self) -> None:
        """The selected contact left."""
        if contact := self.current:
            self.do(lambda: register_contacts.end(self.ws, contact))


class GroupsTab(Tab):
    """The groups a unit is and was in; joining and leaving from a day on."""

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__(ws, run)
        self.table, self.model = table_of("所在群组", MEMBER_COLUMNS)
        self.group = ComboBox("群组")
        self.on = DateField("从哪天起", ws.today)
        self.on.setFixedWidth(112)
        self.on.set_date(ws.today)
        self.join_button = Button("加入", self.join, key="Ctrl+R")
        self.leave_button = Button("退出", self.leave, key="Ctrl+T")
        self.members = label("", theme.CAPTION, ink="text2")
        self.members.setWordWrap(True)
        self.fresh = QLineEdit()
        self.fresh.setAccessibleName("新群组的名称")
        self.fresh.setPlaceholderText("例如 各园区管委会")
        self.fresh.returnPressed.connect(self.make)
        self.group.currentIndexChanged.connect(self._chosen)
        self.column.addWidget(self.table, 1)
        row = labelled("群组", self.group, label("从", ink="text2"), self.on)
        row.addWidget(label("起", ink="text2"))
        row.addWidget(self.join_button)
        row.addWidget(self.leave_button)
        self.column.addLayout(row)
        self.column.addWidget(self.members)
        made = Button("新建群组", self.make, key="Enter", bind_key=False)
        self.column.addLayout(labelled("新的群组", self.fresh, made))
        self.column.addWidget(self.error)

    def read(self, unit: Unit) -> None:
        found = register_units.memberships(self.ws, unit.id)
        self.model.show_rows([MemberRow(name, item) for name, item in found])
        kept = self.group.currentData()
        self.group.blockSignals(True)
        self.group.clear()
        for group in register_units.groups(self.ws):
            self.group.addItem(group.name, group.id)
        self.group.setCurrentIndex(max(self.group.findData(kept), 0))
        self.group.blockSignals(False)
        self._chosen()

    def _chosen(self, *_: object) -> None:
        group = next(
            (one for one in register_units.groups(self.ws) if one.id == self.group.currentData()),
            None,
        )
        ids = group.member_ids if group else ()
        names = {row.id: row.unit.canonical_name for row in register_units.rows(self.ws)}
        said = "、".join(names[each] for each in ids) or "还没有指定"
        self.members.setText(f"现有成员 {len(ids)} 家：{said}。已经开始的轮次不受影响。")
        inside = self.unit is not None and self.unit.id in ids
        self.join_button.setEnabled(group is not None and not inside)
        self.leave_button.setEnabled(inside)
        self._ids = ids

    def make(self) -> None:
        """A group more, without members yet; it is the one chosen then."""
        name = self.fresh.text()
        if self.do(lambda: register_units.add_group(self.ws, name), self.fresh):
            self.fresh.clear()
            self.group.setCurrentIndex(self.group.count() - 1)

    def join(self) -> None:
        """The unit becomes the last member of the group chosen."""
        if self.unit is not None:
            self._set((*self._ids, self.unit.id))

    def leave(self) -> None:
        """The unit is a member no more."""
        who = self.unit.id if self.unit else ""
        self._set(tuple(each for each in self._ids if each != who))

    def _set(self, ids: tuple[str, ...]) -> None:
        day = self.on.date()
        if self.on.check() and day is not None:
            group_id = str(self.group.currentData())
            self.do(lambda: register_units.set_members(self.ws, group_id, ids, on=day), self.on)


class DutiesTab(Tab):
    """Every measure and every round of the unit; each row is a door.

    measure_asked: id of a measure; round_asked: id of a round, to show the unit in it.
    """

    measure_asked = Signal(str)
    round_asked = Signal(str)

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__(ws, run)
        self.table, self.model = table_of("经手的措施", DUTY_COLUMNS)
        self.rounds, self.round_model = table_of("应报的轮次", PLACE_COLUMNS)
        self.rounds.setFixedHeight(5 * theme.ROW + 2)
        self.head = label("", theme.CAPTION, ink="text2")
        self.round_head = label("", theme.CAPTION, ink="text2")
        self.table.opened.connect(self._open_measure)
        self.rounds.opened.connect(self._open_round)
        for widget in (self.head, self.table, self.round_head, self.rounds):
            self.column.addWidget(widget, 1 if widget is self.table else 0)

    def read(self, unit: Unit) -> None:
        duties = register_preview.duties_of(self.ws, (unit.id,))
        self.model.show_rows([DutyRow(item, register_preview.duty_words(item)) for item in duties])
        places = register_units.places(self.ws, unit.id)
        self.round_model.show_rows([PlaceRow(item) for item in places])
        self.head.setText(f"负责的措施 {len(duties)} 条，回车打开")
        self.round_head.setText(f"应报的轮次 {len(places)} 轮，回车打开这家单位在那一轮的反馈")

    def _open_measure(self, row_id: str) -> None:
        self.measure_asked.emit(self.model.rows[self.model.row_of(row_id)].duty.measure_id)

    def _open_round(self, row_id: str) -> None:
        place = self.round_model.rows[self.round_model.row_of(row_id)].place
        self.round_asked.emit(place.round.id)
