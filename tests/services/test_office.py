"""The office's settings, its calendar and its own table of holidays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.deadlines import Thresholds
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.store import settings

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

OFF, WORK = False, True


def test_threshold_of_the_lamps(ws: Workspace) -> None:
    assert office.thresholds(ws) == Thresholds(7)
    assert office.set_due_soon_days(ws, 0) == Changes(settings=True)
    assert office.thresholds(ws) == Thresholds(0)
    office.set_due_soon_days(ws, 60)
    for days in (-1, 61):
        with pytest.raises(UserError, match=f"临期天数不能是 {days}：请填 0 到 60 之间的天数。"):
            office.set_due_soon_days(ws, days)
    assert office.thresholds(ws) == Thresholds(60)


def test_office_takes_only_its_own_fields(ws: Workspace) -> None:
    office.set_office(ws, {"office_name": " 某办 ", "due_soon_days": "99"})
    assert office.office(ws)["office_name"] == "某办"
    assert office.office(ws)["office_contact"] == "甲某"
    assert office.thresholds(ws) == Thresholds(7)
    assert list(office.office(ws)) == list(office.OFFICE_KEYS)


def test_preferences_of_the_window(ws: Workspace) -> None:
    assert office.preference(ws, "theme", "light") == "light"
    office.set_preference(ws, "theme", "dark")
    assert office.preference(ws, "theme", "light") == "dark"
    assert settings.get(ws.ledger, "theme") == ""


def test_calendar_knows_the_announced_days(ws: Workspace) -> None:
    calendar = office.work_calendar(ws)
    assert not calendar.is_workday(date(2024, 10, 1))
    assert calendar.is_workday(date(2024, 10, 12))  # a Saturday made up for the holiday
    assert not calendar.is_workday(date(2024, 11, 30))
    assert calendar.knows(date(2024, 11, 30))
    assert not calendar.knows(date(2031, 5, 1))


def test_own_table_corrects_the_announced_one_and_teaches_a_year(ws: Workspace) -> None:
    table = office.parse_holidays("2031-05-01 至 2031-05-03 休 劳动节\n2024-10-12 休")
    assert office.set_holidays(ws, table) == Changes(settings=True)
    calendar = office.work_calendar(ws)
    assert not calendar.is_workday(date(2024, 10, 12))
    assert not calendar.is_workday(date(2031, 5, 2))
    assert calendar.knows(date(2031, 1, 1))
    office.set_holidays(ws, office.parse_holidays(""))
    assert office.work_calendar(ws).is_workday(date(2024, 10, 12))


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2025-10-01 休 国庆节", {date(2025, 10, 1): (OFF, "国庆节")}),
        ("2025-09-28 班", {date(2025, 9, 28): (WORK, "")}),
        ("2025-12-21 休 冬至", {date(2025, 12, 21): (OFF, "冬至")}),
        ("2025-10-01,休,国庆节 中秋节", {date(2025, 10, 1): (OFF, "国庆节 中秋节")}),
        ("2025-10-01\t休\t国庆节", {date(2025, 10, 1): (OFF, "国庆节")}),
        ("  2025-10-01，休，国庆节  ", {date(2025, 10, 1): (OFF, "国庆节")}),
        (
            "2025-05-01 至 2025-05-02 休 劳动节",
            {date(2025, 5, 1): (OFF, "劳动节"), date(2025, 5, 2): (OFF, "劳动节")},
        ),
        (
            "2025-05-01至2025-05-02 班",
            {date(2025, 5, 1): (WORK, ""), date(2025, 5, 2): (WORK, "")},
        ),
        ("2025-05-01 2025-05-01 班", {date(2025, 5, 1): (WORK, "")}),
        ("2027/1/2\t休\t元旦", {date(2027, 1, 2): (OFF, "元旦")}),
        ("2027年2月6日\t班", {date(2027, 2, 6): (WORK, "")}),
        ("日期\t类型\t名称", {}),
        ("", {}),
        (" \t", {}),
    ],
)
def test_holiday_lines_that_are_read(line: str, days: dict[date, tuple[bool, str]]) -> None:
    assert office.parse_holidays(line) == office.HolidayTable(days, ())


UNREAD = "没有读懂，请写成“2025-10-01 休 国庆节”"
SPAN = "的起止日期不对，一段假期最多 31 天，先写起、后写止"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("胡写", UNREAD),
        ("2025-10-01", UNREAD),
        ("2025-10-01 放假", UNREAD),
        ("2025-13-01 休", "里没有 2025年13月1日 这一天"),
        ("2025-02-30 休", "里没有 2025年2月30日 这一天"),
        ("2025-10-08 至 2025-10-01 休", SPAN),
        ("2025-10-01 至 2025-12-01 休", SPAN),
        ("2025-10-01 至 2025-10-32 休", "里没有 2025年10月32日 这一天"),
    ],
)
def test_holiday_lines_that_are_not_are_named(line: str, why: str) -> None:
    table = office.parse_holidays(f"2025-01-01 休 元旦\n\n{line}")
    assert table.days == {date(2025, 1, 1): (OFF, "元旦")}
    assert table.problems == (f"第 3 行“{line}”{why}。",)


def test_table_with_a_bad_line_is_not_saved(ws: Workspace) -> None:
    office.set_holidays(ws, office.parse_holidays("2025-01-01 休 元旦"))
    with pytest.raises(UserError, match="节假日表没有保存：第 1 行“胡写”没有读懂"):
        office.set_holidays(ws, office.parse_holidays("胡写"))
    assert office.holiday_lines(ws) == "2025-01-01 休 元旦"


def test_table_is_shown_as_it_is_read(ws: Workspace) -> None:
    text = "2025-01-01 休 元旦\n2025-01-26 班\n2025-12-21 休 冬至"
    office.set_holidays(ws, office.parse_holidays(text))
    assert office.holiday_lines(ws) == text
    assert office.parse_holidays(office.holiday_lines(ws)) == office.parse_holidays(text)


def test_the_calendar_before_there_is_a_ledger() -> None:
    calendar = office.shipped_calendar()
    assert calendar.knows(date(2024, 11, 30))
    assert not calendar.is_workday(date(2024, 10, 1))
    assert calendar.workday_on_or_before(date(2024, 11, 30)) == date(2024, 11, 29)
