"""The tables of the middle: entries of a node or unit, and returns of a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.notice import Role as Duty
from hs_credit_desktop.domain.returns import Completion, Entry, ExpectedReturn
from hs_credit_desktop.domain.text import chinese_number, excerpt
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.models.roles import ROOT, Index, Role

SUMMARY_LENGTH = 80
NOTHING = "—"
LAST = "\uffff"  # sorts after every Chinese character: what is unknown stands last
_LAMP_ORDER = {lamp: place for place, lamp in enumerate(Lamp)}
_COMPLETION_ORDER = {level: place for place, level in enumerate(Completion)}


@dataclass(frozen=True)
class EntryRow:
    """An entry with its lamp; draft: there is text for it that was not saved."""

    entry: Entry
    lamp: Lamp
    draft: bool = False

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


@dataclass(frozen=True)
class ReturnRow:
    """A unit's return with its lamp; initials: pinyin initials of the unit for jumping."""

    expected: ExpectedReturn
    lamp: Lamp
    initials: str = ""

    @property
    def id(self) -> str:
        """The expected return's id."""
        return self.expected.id


class HasId(Protocol):
    """A row that can be told from the others."""

    @property
    def id(self) -> str:
        """What makes it this row."""


AnyRow = TypeVar("AnyRow", bound=HasId)


@dataclass(frozen=True)
class Cell:
    """What one cell shows and sorts by."""

    text: str = ""
    sort: int | str = ""
    lamp: Lamp | None = None
    chip: ChipSign | None = None
    ink: str = "text"
    right: bool = False
    icon: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Column(Generic[AnyRow]):
    """A column: its head, how a row becomes a cell, and its width (0: takes what is left)."""

    head: str
    cell: Callable[[AnyRow], Cell]
    width: int
    tip: str = ""
    right: bool = False


class RowsModel(QAbstractTableModel, Generic[AnyRow]):
    """Rows under columns; new rows with the same ids change in place."""

    def __init__(self, columns: Sequence[Column[AnyRow]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[AnyRow], ...] = tuple(columns)
        self._rows: tuple[AnyRow, ...] = ()

    @property
    def rows(self) -> tuple[AnyRow, ...]:
        """The rows as they were given."""
        return self._rows

    def show_rows(self, rows: Sequence[AnyRow]) -> None:
        """Show these rows; where only contents changed, selection and scroll stay."""
        fresh = tuple(rows)
        if [row.id for row in fresh] == [row.id for row in self._rows]:
            self._rows = fresh
            if fresh:
                end = self.index(len(fresh) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), end)
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row_of(self, row_id: str) -> int:
        """The row with that id, -1 when it is not there."""
        return next((at for at, row in enumerate(self._rows) if row.id == row_id), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if way is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or "点按表头排序，再点一次反向，第三次恢复正式排序"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return column.head if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Role.ID:
            return row.id
        cell = self.columns[index.column()].cell(row)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell.text or (cell.lamp.word if cell.lamp else "")
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return cell.text if len(cell.text) > 8 else None
            case Role.SORT:
                return cell.sort
            case Role.LAMP:
                return cell.lamp
            case Role.CHIP:
                return cell.chip
            case Role.ICON:
                return cell.icon
            case Role.INK:
                return cell.ink
            case _:
                return None


def short_day(day: date | None) -> str:
    """11-29 as dates stand in tables, — when there is none."""
    return day.strftime("%m-%d") if day else NOTHING


def duty_words(entry: Entry) -> str:
    """牵头, 牵头（推定） or 配合."""
    duty = Duty(entry.role)
    return duty.label + ("（推定）" if entry.suggested and duty is Duty.LEAD else "")


def _unit(row: EntryRow) -> Cell:
    lead = row.entry.role == Duty.LEAD.value
    chip = ChipSign(duty_words(row.entry)) if lead else None
    return Cell(row.entry.unit_name, row.entry.unit_name, chip=chip)


def _measure(row: EntryRow) -> Cell:
    entry = row.entry
    lead = entry.role == Duty.LEAD.value
    return Cell(
        f"（{chinese_number(entry.measure_number)}）{entry.measure_title}",
        entry.measure_number,
        chip=ChipSign(duty_words(entry)) if lead else None,
    )


def _measure_number(row: EntryRow) -> Cell:
    number = row.entry.measure_number
    return Cell(f"（{chinese_number(number)}）", number, ink="text2")


def _lamp(row: EntryRow | ReturnRow) -> Cell:
    return Cell(sort=_LAMP_ORDER[row.lamp], lamp=row.lamp)


def _completion(row: EntryRow) -> Cell:
    level = row.entry.parts.completion
    if level is None:
        return Cell(NOTHING, len(_COMPLETION_ORDER), ink="text3")
    return Cell(level.label, _COMPLETION_ORDER[level])


def _received(row: EntryRow) -> Cell:
    day = row.entry.received_on
    return Cell(short_day(day), day.isoformat() if day else LAST, ink="text2" if day else "text3")


def _summary(row: EntryRow) -> Cell:
    draft = ChipSign("草稿", "warn") if row.draft else None
    entry = row.entry
    if entry.covered:
        words = next(text for text in entry.parts.texts if text.strip())
        return Cell(excerpt(words, SUMMARY_LENGTH), words[:SUMMARY_LENGTH], chip=draft)
    if entry.feedback_id or entry.first_received_on:
        blank = ChipSign("进展情况未填写", "warn", "warning")
        return Cell("", LAST, chip=draft or blank)
    return Cell("尚未收到反馈", LAST, chip=draft, ink="text3")


def entry_columns(*, unit: bool, measure: bool) -> tuple[Column[EntryRow], ...]:
    """Columns of a measure (unit), a unit (measure) or a pillar (both, the measure by number)."""
    heads: list[Column[EntryRow]] = []
    if measure:
        made = Column("措施", _measure_number, 78) if unit else Column("措施", _measure, 296)
        heads.append(made)
    if unit:
        heads.append(Column("责任单位", _unit, 190))
    return (
        *heads,
        Column("状态", _lamp, 88),
        Column("完成情况", _completion, 76),
        Column("收到", _received, 60),
        Column("进展摘要", _summary, 0),
    )


def _return_unit(row: ReturnRow) -> Cell:
    return Cell(row.expected.unit_name, row.expected.ordinal)


def _return_expected(row: ReturnRow) -> Cell:
    return Cell(str(row.expected.entries), row.expected.entries, right=True)


def _return_covered(row: ReturnRow) -> Cell:
    covered = row.expected.covered
    return Cell(str(covered), covered, right=True, ink="text" if covered else "text3")


def _return_received(row: ReturnRow) -> Cell:
    day = row.expected.first_received_on
    return Cell(short_day(day), day.isoformat() if day else LAST, ink="text2" if day else "text3")


def _return_note(row: ReturnRow) -> Cell:
    expected = row.expected
    if expected.exempt_reason is not None:
        return Cell(f"免报：{expected.exempt_reason}", "免报", ink="text2")
    if expected.extended_to:
        return Cell(f"延期至 {short_day(expected.extended_to)}", "延期", ink="text2")
    if expected.resubmit_by:
        return Cell(f"补报期限 {short_day(expected.resubmit_by)}", "补报", ink="text2")
    if expected.chases:
        return Cell(f"已催 {expected.chases} 次", f"催{expected.chases:03}", ink="text2")
    return Cell(NOTHING, LAST, ink="text3")


RETURN_COLUMNS: tuple[Column[ReturnRow], ...] = (
    Column("单位", _return_unit, 210),
    Column("应反馈", _return_expected, 76, right=True),
    Column("已反馈", _return_covered, 76, right=True),
    Column("状态", _lamp, 104),
    Column("收到", _return_received, 64, "第一次有效报送的日期，按时与否以它为准"),
    Column("备注", _return_note, 0),
)


def _listed_unit(row: ReturnRow) -> Cell:
    return Cell(row.expected.unit_name, row.expected.ordinal, lamp=row.lamp)


class UnitsModel(RowsModel[ReturnRow]):
    """The units of the round in one column; the filter also finds pinyin initials."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((Column("单位", _listed_unit, 0),), parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Role.PROGRESS:
                return (row.expected.covered, row.expected.entries)
            case Role.NEEDLE:
                return f"{row.expected.unit_name}\n{row.initials}"
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                counts = f"应反馈 {row.expected.entries} 条，已覆盖 {row.expected.covered} 条"
                return f"{row.expected.unit_name}，{row.lamp.word}，{counts}"
            case _:
                return super().data(index, role)
