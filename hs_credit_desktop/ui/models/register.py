"""Rows of 单位名册: units, other names, contacts, groups, tasks, rounds and pasted contacts."""

from dataclasses import dataclass

from hs_credit_desktop.domain.chasing import Contact
from hs_credit_desktop.domain.units import Membership, UnitAlias
from hs_credit_desktop.services.register_contacts import LineState, PlannedLine
from hs_credit_desktop.services.register_units import UnitRow
from hs_credit_desktop.store.duties import Duty
from hs_credit_desktop.store.register_rounds import ExpectedPlace
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.models.rows import LAST, NOTHING, Cell, Column

_INKS = {
    LineState.NEW: "ok",
    LineState.CHANGED: "accent",
    LineState.SAME: "text3",
    LineState.ASK: "warn",
    LineState.WRONG: "bad",
}


def _unit(row: UnitRow) -> Cell:
    chip = None if row.unit.active else ChipSign("停用", "text2")
    ink = "text" if row.unit.active else "text3"
    return Cell(row.unit.canonical_name, row.unit.initials, ink=ink, chip=chip)


def _contact(row: UnitRow) -> Cell:
    if row.contact is None:
        return Cell("未登记", LAST, ink="text3")
    return Cell(row.contact.name, row.contact.name)


UNIT_COLUMNS: tuple[Column[UnitRow], ...] = (
    Column("顺序", lambda row: Cell(str(row.place), row.place, right=True), 46, "正式排序"),
    Column("单位", _unit, 178, "按拼音首字母排序"),
    Column("类别", lambda row: Cell(row.unit.kind.label, row.unit.kind.label), 52),
    Column("联系人", _contact, 0),
)


@dataclass(frozen=True)
class AliasRow:
    """Another name of the unit shown."""

    alias: UnitAlias

    @property
    def id(self) -> str:
        """The alias's id."""
        return self.alias.id


ALIAS_COLUMNS: tuple[Column[AliasRow], ...] = (
    Column("名称", lambda row: Cell(row.alias.name, row.alias.name), 260),
    Column("种类", lambda row: Cell(row.alias.kind.label, row.alias.kind.label), 120),
    Column("使用时间", lambda row: Cell(row.alias.period or NOTHING, row.alias.period), 0),
)


def _gone(contact: Contact) -> Cell:
    words = f"{contact.since} 起"
    return Cell(words, words, chip=None if contact.active else ChipSign("停用", "text2"))


def _said(text: str, *, active: bool = True) -> Cell:
    ink = "text" if active and text else "text3"
    return Cell(text or NOTHING, text or LAST, ink=ink)


CONTACT_COLUMNS: tuple[Column[Contact], ...] = (
    Column("联系人", lambda row: _said(row.name, active=row.active), 90),
    Column("电话", lambda row: _said(row.phone, active=row.active), 140),
    Column("邮箱", lambda row: _said(row.mailbox, active=row.active), 190),
    Column("备注", lambda row: _said(row.note, active=row.active), 110),
    Column("登记", _gone, 0),
)


@dataclass(frozen=True)
class MemberRow:
    """A group the unit is or was in."""

    group: str
    membership: Membership

    @property
    def id(self) -> str:
        """The group's id."""
        return self.membership.group_id

    @property
    def period(self) -> str:
        """Since when and until when, as far as it is known."""
        since = f"{self.membership.from_on} 起" if self.membership.from_on else "一直是成员"
        return f"{self.membership.to_on} 退出" if self.membership.to_on else since


MEMBER_COLUMNS: tuple[Column[MemberRow], ...] = (
    Column("群组", lambda row: Cell(row.group, row.group), 320),
    Column("时间", lambda row: Cell(row.period, row.period), 0),
)


@dataclass(frozen=True)
class DutyRow:
    """A measure the unit is responsible for, in words."""

    duty: Duty
    words: str

    @property
    def id(self) -> str:
        """The responsibility's id."""
        return self.duty.id


DUTY_COLUMNS: tuple[Column[DutyRow], ...] = (
    Column("措施", lambda row: Cell(row.words.split("　")[0], row.duty.number), 400),
    Column("分工", lambda row: Cell(row.words.split("　")[1], row.duty.role.value), 0),
)


@dataclass(frozen=True)
class PlaceRow:
    """A round in which the unit is expected."""

    place: ExpectedPlace

    @property
    def id(self) -> str:
        """The expected return's id."""
        return self.place.id


def _answered(row: PlaceRow) -> Cell:
    place = row.place
    words = "免报" if place.exempt else f"{place.covered}／{place.entries} 条"
    return Cell(words, place.covered, right=True)


PLACE_COLUMNS: tuple[Column[PlaceRow], ...] = (
    Column("轮次", lambda row: Cell(row.place.round.name, row.place.round.number), 120),
    Column("截止", lambda row: Cell(str(row.place.round.due_on), str(row.place.round.due_on)), 110),
    Column("名单里的名称", lambda row: Cell(row.place.unit_name, row.place.unit_name), 200),
    Column("已反馈", _answered, 80, right=True),
    Column("轮次状态", lambda row: Cell(row.place.round.state.label, row.place.round.number), 0),
)

PLAN_COLUMNS: tuple[Column[PlannedLine], ...] = (
    Column("行", lambda row: Cell(str(row.line.number), row.line.number, right=True), 40),
    Column("表里的单位", lambda row: _said(row.line.unit), 140),
    Column("名册里的单位", lambda row: _said(row.unit_name), 140),
    Column("联系人", lambda row: _said(row.line.name), 80),
    Column("会怎样", lambda row: Cell(chip=ChipSign(row.state.label, _INKS[row.state])), 72),
    Column("说明", lambda row: Cell(row.words, row.words, ink="text2"), 0),
)
