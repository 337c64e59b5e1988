"""A table of contacts as it is pasted from a spreadsheet: columns by their heads or their order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hs_credit_desktop.domain.text import clean, narrow

COLUMNS = ("unit", "name", "phone", "mailbox", "note")
HEADS = {"unit": "单位", "name": "联系人", "phone": "电话", "mailbox": "邮箱", "note": "备注"}
_WORDS = {
    "unit": r"单位|部门",
    "name": r"联系人|联络员|姓名|经办人|填报人",
    "phone": r"电话|手机|号码|联系方式",
    "mailbox": r"邮箱|邮件|e-?mail",
    "note": r"备注|职务|说明",
}
_MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[\d\s\-+()（）转、/,，;；]{5,}")


@dataclass(frozen=True)
class ContactLine:
    """One line of the table, number from 1. problem: why it cannot be used, '' when it can."""

    number: int
    unit: str
    name: str
    phone: str = ""
    mailbox: str = ""
    note: str = ""
    problem: str = ""


def read_table(text: str) -> tuple[ContactLine, ...]:
    """The lines of a pasted table; blank lines and the heads are no lines.

    Cells are parted by tabs, else by commas, else by two blanks or more. Without heads the columns
    are unit, contact, phone, mailbox, note; a phone or mailbox is known by what it looks like.
    """
    rows = [(number, _cells(row)) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    order: Sequence[str] = COLUMNS
    if rows and (heads := _heads(rows[0][1])):
        order, rows = heads, rows[1:]
    return tuple(_line(number, cells, order) for number, cells in rows)


def _cells(row: str) -> list[str]:
    pattern = r"\t" if "\t" in row else (r"[,，]" if re.search("[,，]", row) else r"\s{2,}|\u3000+")
    return [clean(cell).strip(' "') for cell in re.split(pattern, row.strip("\r\n"))]


def _heads(cells: Sequence[str]) -> tuple[str, ...]:
    """The column each cell heads ('' for others); () when this is no line of heads."""
    found = tuple(
        next((key for key, words in _WORDS.items() if re.search(words, cell.lower())), "")
        for cell in cells
    )
    is_head = "unit" in found and "name" in found and not any(map(_MAILBOX.search, cells))
    return found if is_head else ()


def _line(number: int, cells: Sequence[str], order: Sequence[str]) -> ContactLine:
    said = dict.fromkeys(COLUMNS, "")
    for key, cell in zip(order, cells, strict=False):
        if key and not said[key]:
            said[key] = cell
    _sort_out(said)
    return contact_line(number, **said)


def contact_line(
    number: int, *, unit: str, name: str, phone: str = "", mailbox: str = "", note: str = ""
) -> ContactLine:
    """A line from its cells: cleaned, with its problem where it has one."""
    said = {"unit": unit, "name": name, "phone": narrow(phone), "mailbox": mailbox, "note": note}
    said = {key: " ".join(clean(value).split()) for key, value in said.items()}
    return ContactLine(number, **said, problem=_problem(said))


def _sort_out(said: dict[str, str]) -> None:
    """A mailbox in the column of the phone, or the other way round, changes places."""
    phone, mailbox = said["phone"], said["mailbox"]
    if _MAILBOX.fullmatch(phone) and not _MAILBOX.fullmatch(mailbox):
        said["phone"], said["mailbox"] = mailbox, phone


def _problem(said: dict[str, str]) -> str:
    if not said["unit"]:
        return "没有单位名称"
    if not said["name"]:
        return "没有联系人姓名"
    if said["phone"] and not _PHONE.fullmatch(said["phone"]):
        return f"电话“{said['phone']}”看不懂"
    if said["mailbox"] and not _MAILBOX.fullmatch(said["mailbox"]):
        return f"邮箱“{said['mailbox']}”看不懂"
    return ""
