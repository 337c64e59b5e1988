"""Rows of 未报单位, 退回单位 and 免报单位 on 今日."""

from dataclasses import dataclass

from hs_credit_desktop.domain.chasing import Owing
from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.store.return_pages import By
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.models.rows import (
    LAST,
    NOTHING,
    Cell,
    Column,
    lamp_cell,
    short_day,
)


@dataclass(frozen=True)
class MissingRow:
    """A unit that has not reported, with its chase log; owing: None for an exempt one."""

    expected: ExpectedReturn
    lamp: Lamp
    owing: Owing | None = None

    @property
    def id(self) -> str:
        """The expected return's id."""
        return self.expected.id


def contact_words(owing: Owing | None) -> str:
    """11-27 承诺周五前报送, 11-27 电话, or '' before the first contact."""
    last = owing.last if owing else None
    if last is None:
        return ""
    said = last.promise or last.kind.label
    by = f"（{short_day(last.promised_by)}）" if last.promised_by else ""
    return f"{short_day(last.chased_at.date())} {said}{by}"


def people_words(owing: Owing | None) -> str:
    """Whom to call: 张某 000-0000000、李某, or '' while nobody is known."""
    known = owing.contacts if owing else ()
    return "、".join(f"{item.name} {item.phone}".strip() for item in known)


def _back_by(row: MissingRow) -> Cell:
    day = row.expected.resubmit_by
    return Cell(short_day(day), day.isoformat() if day else LAST)


def _why(row: MissingRow) -> Cell:
    """The last answer, else what was wrong."""
    said = contact_words(row.owing) or (row.owing.reason if row.owing else "")
    first = said.splitlines()[0] if said else NOTHING
    return Cell(first, first, ink="text2")


def _unit(row: MissingRow) -> Cell:
    return Cell(row.expected.unit_name, row.expected.ordinal)


def _entries(row: MissingRow) -> Cell:
    return Cell(str(row.expected.entries), row.expected.entries, right=True)


def _chased(row: MissingRow) -> Cell:
    count = row.expected.chases
    return Cell(f"{count} 次" if count else "未催", count, ink="text" if count else "text3")


def _contact(row: MissingRow) -> Cell:
    said, until = contact_words(row.owing), row.expected.extended_to
    chip = ChipSign(f"延期至 {short_day(until)}", "accent") if until else None
    if not said:
        return Cell("" if chip else NOTHING, LAST, chip=chip, ink="text3")
    return Cell(said, said, chip=chip)


def _reason(row: MissingRow) -> Cell:
    reason = row.expected.exempt_reason or NOTHING
    return Cell(reason, reason, ink="text2")


MISSING_COLUMNS: tuple[Column[MissingRow], ...] = (
    Column("单位", _unit, 190),
    Column("应反馈", _entries, 62, "本轮应当反馈的条数", right=True, by=By.ENTRIES),
    Column("状态", lambda row: lamp_cell(row.lamp), 96, by=By.STATE),
    Column("催报", _chased, 60, "已经催报的次数", by=By.CHASES),
    Column("最近联系", _contact, 0, "最近一次催报的日期和对方的答复", by=By.CONTACT),
)
BACK_COLUMNS: tuple[Column[MissingRow], ...] = (
    Column("单位", _unit, 190),
    Column("补报期限", _back_by, 74, "退回时要求补报的日期", by=By.RESUBMIT),
    Column("状态", lambda row: lamp_cell(row.lamp), 96, by=By.STATE),
    Column("催报", _chased, 60, "已经催报的次数", by=By.CHASES),
    Column(
        "最近联系或退回原因",
        _why,
        0,
        "最近一次催报的答复；没有催过的，退回时写的原因",
        by=By.CONTACT,
    ),
)
EXEMPT_COLUMNS: tuple[Column[MissingRow], ...] = (
    Column("单位", _unit, 190),
    Column("条数", _entries, 62, "免报前应当反馈的条数，不算在应反馈里", right=True, by=By.ENTRIES),
    Column("免报原因", _reason, 0, by=By.REASON),
)
