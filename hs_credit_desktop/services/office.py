"""The office's own settings: thresholds of the lamps, working calendar, contact, theme."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hs_credit_desktop.domain.deadlines import Thresholds, WorkCalendar
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import settings

DUE_SOON_DAYS = "due_soon_days"
OFFICE_KEYS = {
    "office_name": "单位名称",
    "office_contact": "联系人",
    "office_phone": "电话",
    "office_mailbox": "邮箱",
}


def thresholds(ws: Workspace) -> Thresholds:
    """From how many days before the due date a row is 临期."""
    return Thresholds(int(settings.get(ws.ledger, DUE_SOON_DAYS, str(Thresholds.due_soon_days))))


def set_due_soon_days(ws: Workspace, days: int) -> Changes:
    """Set the threshold; UserError outside 0–60 days."""
    if not 0 <= days <= 60:
        raise UserError(f"临期天数不能是 {days}", "请填 0 到 60 之间的天数。")
    return _put(ws, {DUE_SOON_DAYS: str(days)})


def office(ws: Workspace) -> dict[str, str]:
    """Name, contact, phone and mailbox of the office; they go into forms and letters."""
    return {key: settings.get(ws.ledger, key) for key in OFFICE_KEYS}


def set_office(ws: Workspace, fields: Mapping[str, str]) -> Changes:
    """Set fields of the office; only keys of OFFICE_KEYS."""
    return _put(ws, {key: fields[key].strip() for key in OFFICE_KEYS if key in fields})


def preference(ws: Workspace, key: str, default: str = "") -> str:
    """A preference of the window, such as its theme."""
    return settings.get(ws.ledger, f"ui_{key}", default)


def set_preference(ws: Workspace, key: str, value: str) -> Changes:
    """Keep a preference of the window."""
    return _put(ws, {f"ui_{key}": value})


def _put(ws: Workspace, values: Mapping[str, str]) -> Changes:
    old = {key: settings.get(ws.ledger, key) for key in values}
    with ws.change("修改设置", "设置", {"old": old, "new": dict(values)}):
        for key, value in values.items():
            settings.put(ws.ledger, key, value)
    return Changes(settings=True)


def work_calendar(ws: Workspace) -> WorkCalendar:
    """Working days: announced holidays and make-up days, corrected by the office's own table."""
    own = settings.holidays(ws.ledger)
    announced, years = _announced()
    return WorkCalendar(
        days=announced | {day: workday for day, (workday, _) in own.items()},
        known_years=years | {day.year for day in own},
    )


def shipped_calendar() -> WorkCalendar:
    """Working days as announced, before there is a ledger with the office's own table."""
    days, years = _announced()
    return WorkCalendar(days=days, known_years=years)


_cache: dict[str, tuple[dict[date, bool], frozenset[int]]] = {}


def _announced() -> tuple[dict[date, bool], frozenset[int]]:
    """The State Council's yearly announcements as shipped by chinesecalendar (loaded once)."""
    if not _cache:
        from chinese_calendar import constants

        days = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
        _cache["days"] = (days, frozenset(day.year for day in constants.holidays))
    return _cache["days"]


@dataclass(frozen=True)
class HolidayTable:
    """A pasted holiday table: its days, and the lines that were not understood with why."""

    days: Mapping[date, tuple[bool, str]]
    problems: tuple[str, ...]


# 2025-10-01 as we write it, 2025/10/1 as a spreadsheet pastes it, 2025年10月1日 as people do.
_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_HOLIDAY_LINE = re.compile(rf"({_DAY})(?:[\s,，至]+({_DAY}))?[\s,，]+(休|班)[\s,，]*(.*)")
LONGEST_HOLIDAY = 31


def parse_holidays(text: str) -> HolidayTable:
    """Read a pasted table, one line each, such as `2025-10-01 休 国庆节` and `2025-09-28 班`.

    A span is `2025-10-01 至 2025-10-08 休 国庆节`, a month at most. Columns may be separated by
    blanks, tabs or commas, days also 2025/10/1 or 2025年10月1日; a heading row is passed over.
    Bad lines are named, never dropped.
    """
    days: dict[date, tuple[bool, str]] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            days |= _holiday_line(line.strip()) if any(map(str.isdigit, line)) else _heading(line)
        except ValueError as error:
            problems.append(f"第 {number} 行“{line.strip()}”{error}。")
    return HolidayTable(days, tuple(problems))


_UNREAD = "没有读懂，请写成“2025-10-01 休 国庆节”"


def _heading(line: str) -> dict[date, tuple[bool, str]]:
    """Nothing for an empty line or the heading row of a pasted table (日期 类型 名称)."""
    if line.strip() and "日期" not in line:
        raise ValueError(_UNREAD)
    return {}


def _holiday_line(line: str) -> dict[date, tuple[bool, str]]:
    match = _HOLIDAY_LINE.fullmatch(line)
    if not match:
        raise ValueError(_UNREAD)
    begin, end, kind, name = match.groups()
    first = _day(begin)
    count = (_day(end or begin) - first).days + 1
    if not 0 < count <= LONGEST_HOLIDAY:
        raise ValueError(f"的起止日期不对，一段假期最多 {LONGEST_HOLIDAY} 天，先写起、后写止")
    return {first + timedelta(days=step): (kind == "班", name) for step in range(count)}


def _day(printed: str) -> date:
    year, month, day = map(int, re.findall(r"\d+", printed))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"里没有 {year}年{month}月{day}日 这一天") from None


def holiday_lines(ws: Workspace) -> str:
    """The office's own table in the form that parse_holidays reads."""
    own = settings.holidays(ws.ledger)
    return "\n".join(
        f"{day.isoformat()} {'班' if workday else '休'} {name}".rstrip()
        for day, (workday, name) in own.items()
    )


def set_holidays(ws: Workspace, table: HolidayTable) -> Changes:
    """Replace the office's own table; UserError while lines are not understood."""
    if table.problems:
        raise UserError("节假日表没有保存", "".join(table.problems))
    said = {day.isoformat(): list(kind) for day, kind in table.days.items()}
    with ws.change("修改节假日", "设置", {"new": said, "old": holiday_lines(ws)}):
        settings.replace_holidays(ws.ledger, table.days)
    return Changes(settings=True)
