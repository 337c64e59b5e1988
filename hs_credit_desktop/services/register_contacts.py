"""Contacts of units: one by one, or a whole table pasted from a spreadsheet with a preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hs_credit_desktop.domain.chasing import Contact
from hs_credit_desktop.domain.contact_table import (
    COLUMNS,
    HEADS,
    ContactLine,
    contact_line,
    read_table,
)
from hs_credit_desktop.domain.unit_matching import Candidate
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import register_matching
from hs_credit_desktop.services.register_preview import unit_of
from hs_credit_desktop.services.register_undo import REGISTER, changing
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import chases, units


class LineState(StrEnum):
    """What becomes of a pasted line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ASK = "ask"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        words = {
            "new": "新增",
            "changed": "更新",
            "same": "不变",
            "ask": "待指定",
            "wrong": "不能用",
        }
        return words[self.value]


@dataclass(frozen=True)
class PlannedLine:
    """A pasted line and its unit. words: what will happen, or why nothing will.

    candidates: the units it may mean, where the name settles none. adds: whether a contact is
    written; replaces: contacts who leave; remembers: the printed name that becomes an alias.
    """

    line: ContactLine
    state: LineState
    words: str
    unit_id: str = ""
    unit_name: str = ""
    candidates: tuple[Candidate, ...] = ()
    adds: bool = False
    remembers: str = ""
    replaces: tuple[Contact, ...] = ()

    @property
    def id(self) -> str:
        """The number of the line."""
        return str(self.line.number)


def contacts_of(ws: Workspace, unit_id: str) -> tuple[Contact, ...]:
    """Every contact a unit has or had, those who left last."""
    return chases.all_contacts(ws.ledger, unit_id)


def put(
    ws: Workspace,
    unit_id: str,
    *,
    name: str,
    phone: str = "",
    mailbox: str = "",
    note: str = "",
    instead_of: Contact | None = None,
) -> Changes:
    """A contact from today on; instead_of: the one it takes the place of, who stays in the history.

    UserError when name, phone or mailbox cannot be used.
    """
    unit = unit_of(ws, unit_id)
    line = contact_line(
        1, unit=unit.canonical_name, name=name, phone=phone, mailbox=mailbox, note=note
    )
    if line.problem:
        raise UserError(f"{unit.canonical_name}：{line.problem}，没有保存", "请改好后再保存。")
    with changing(ws, "登记联系人", unit.canonical_name, {"name": line.name}):
        _put(ws, unit_id, line, (instead_of,) if instead_of else ())
    return REGISTER


def _put(
    ws: Workspace, unit_id: str, line: ContactLine | None, instead_of: Sequence[Contact]
) -> None:
    for contact in instead_of:
        chases.deactivate_contact(ws.ledger, contact.id, at=ws.clock.now())
    if line is not None:
        said = {key: getattr(line, key) for key in ("name", "phone", "mailbox", "note")}
        chases.add_contact(ws.ledger, chases.new_contact(unit_id, **said, since=ws.today))


def end(ws: Workspace, contact: Contact) -> Changes:
    """The contact left; the history keeps the name."""
    unit = unit_of(ws, contact.unit_id)
    with changing(ws, "停用联系人", unit.canonical_name, {"name": contact.name}):
        chases.deactivate_contact(ws.ledger, contact.id, at=ws.clock.now())
    return REGISTER


def plan(
    ws: Workspace,
    text: str,
    *,
    replace_others: bool = False,
    chosen: Mapping[int, str] | None = None,
) -> tuple[PlannedLine, ...]:
    """What pasting this table would do, line by line; nothing is written.

    replace_others: contacts the table does not name leave their units. chosen: line number → unit
    id, where the clerk said which unit is meant.
    """
    people, names = chases.contacts(ws.ledger), register_matching.names(ws)
    known = {unit.id: unit.canonical_name for unit in units.units(ws.ledger)}
    lines = read_table(text)
    made = []
    for line in lines:
        if line.problem:
            made.append(PlannedLine(line, LineState.WRONG, line.problem))
            continue
        found = register_matching.candidates(ws, line.unit, ws.today, names)
        said = (chosen or {}).get(line.number, "")
        certain = found[0].unit.id if found and found[0].certain else ""
        if unit_id := said or certain:
            item = _planned(line, unit_id, known[unit_id], people.get(unit_id, ()))
            made.append(_remembering(item) if said and not certain else item)
        else:
            words = "名册里有相近的单位，请指定" if found else "名册里没有这家单位"
            made.append(PlannedLine(line, LineState.ASK, words, candidates=found))
    return tuple(_others_leave(made, people) if replace_others else made)


def _planned(
    line: ContactLine, unit_id: str, unit_name: str, now: Sequence[Contact]
) -> PlannedLine:
    same = [item for item in now if item.name == line.name]
    if not same:
        return PlannedLine(line, LineState.NEW, f"新增{line.name}", unit_id, unit_name, adds=True)
    old = same[0]
    kept = replace(
        line,
        phone=line.phone or old.phone,
        mailbox=line.mailbox or old.mailbox,
        note=line.note or old.note,
    )
    differ = [
        f"{HEADS[key]} {getattr(old, key) or '空'} → {getattr(kept, key)}"
        for key in ("phone", "mailbox", "note")
        if getattr(old, key) != getattr(kept, key)
    ]
    if not differ:
        return PlannedLine(kept, LineState.SAME, "已经登记，不变", unit_id, unit_name)
    return PlannedLine(
        kept, LineState.CHANGED, "，".join(differ), unit_id, unit_name, adds=True, replaces=(old,)
    )


def _remembering(item: PlannedLine) -> PlannedLine:
    """The line with its printed name kept for the next time, whatever else it does."""
    state = LineState.CHANGED if item.state is LineState.SAME else item.state
    words = f"{item.words}；记住“{item.line.unit}”"
    return replace(item, state=state, words=words, remembers=item.line.unit)


def _others_leave(
    made: Sequence[PlannedLine], people: Mapping[str, tuple[Contact, ...]]
) -> list[PlannedLine]:
    """Contacts whom the table does not name leave, with the first line of their unit."""
    named: dict[str, set[str]] = {}
    for item in made:
        named.setdefault(item.unit_id, set()).add(item.line.name)
    told: set[str] = set()
    found = []
    for item in made:
        gone: tuple[Contact, ...] = ()
        if item.unit_id and item.unit_id not in told:
            told.add(item.unit_id)
            now = people.get(item.unit_id, ())
            gone = tuple(each for each in now if each.name not in named[item.unit_id])
        if gone:
            names = "、".join(each.name for each in gone)
            state = LineState.CHANGED if item.state is LineState.SAME else item.state
            words = f"{item.words}；停用{names}"
            item = replace(item, state=state, words=words, replaces=(*item.replaces, *gone))
        found.append(item)
    return found


def apply(ws: Workspace, lines: Sequence[PlannedLine]) -> Changes:
    """Write the lines that are new or changed, all or none; the others are left out.

    UserError when there is nothing to write.
    """
    writing = [item for item in lines if item.state in (LineState.NEW, LineState.CHANGED)]
    if not writing:
        raise UserError("表里没有要新增或更新的联系人", "请核对表格，或先为“待指定”的行选定单位。")
    with changing(ws, "粘贴联系人", f"{len(writing)} 位联系人", {"lines": len(lines)}):
        for item in writing:
            _put(ws, item.unit_id, item.line if item.adds else None, item.replaces)
            if item.remembers:
                units.add_alias(ws.ledger, item.unit_id, item.remembers)
    return REGISTER


def table(ws: Workspace) -> str:
    """All contacts as a table to paste into a spreadsheet; a unit without one has an empty line."""
    people = chases.contacts(ws.ledger)
    lines = ["\t".join(HEADS[key] for key in COLUMNS)]
    for unit in units.units(ws.ledger):
        if not unit.active:
            continue
        for each in people.get(unit.id, ()) or (_nobody(unit.id, ws.today),):
            said = (unit.canonical_name, each.name, each.phone, each.mailbox, each.note)
            lines.append("\t".join(said))
    return "\n".join(lines) + "\n"


def _nobody(unit_id: str, today: date) -> Contact:
    return Contact("", unit_id, "", "", "", "", today)
