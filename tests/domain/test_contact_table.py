"""Contacts as they are pasted from a spreadsheet."""

import pytest

from hs_credit_desktop.domain.contact_table import ContactLine, read_table


def test_columns_by_their_order() -> None:
    text = "市财政局\t甲某\t0000-1234567\tjia@example.org\t科长\r\n\r\n市税务局\t乙某\r\n"
    assert read_table(text) == (
        ContactLine(1, "市财政局", "甲某", "0000-1234567", "jia@example.org", "科长"),
        ContactLine(3, "市税务局", "乙某"),
    )


def test_columns_by_their_heads_whatever_stands_between() -> None:
    heads = "序号\t联络员\t单位名称\tE-mail\t手机\n"
    text = heads + "1\t甲某\t市财政局\tjia@example.org\t１３８００００００００"
    assert read_table(text) == (
        ContactLine(2, "市财政局", "甲某", "13800000000", "jia@example.org"),
    )


@pytest.mark.parametrize("row", ["市财政局,甲某,00001234", "市财政局  甲某   00001234"])
def test_parted_by_commas_or_blanks(row: str) -> None:
    assert read_table(row) == (ContactLine(1, "市财政局", "甲某", "00001234"),)


def test_a_mailbox_where_the_phone_should_be() -> None:
    [line] = read_table("市财政局\t甲某\tjia@example.org\t00001234")
    assert (line.phone, line.mailbox) == ("00001234", "jia@example.org")


def test_a_column_twice_takes_the_first_that_says_something() -> None:
    [line] = read_table("单位\t联系人\t电话\t手机\n市财政局\t甲某\t\t00001234")
    assert line.phone == "00001234"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("\t甲某\t1234567", "没有单位名称"),
        ("市财政局\t\t1234567", "没有联系人姓名"),
        ("市财政局\t甲某\t明天再说", "电话“明天再说”看不懂"),
        ("市财政局\t甲某\t1234567\t不详", "邮箱“不详”看不懂"),
    ],
)
def test_what_cannot_be_used_says_why(row: str, problem: str) -> None:
    assert [line.problem for line in read_table(row)] == [problem]


def test_nothing_pasted() -> None:
    assert read_table(" \n\n") == ()
