"""The grammar: words → items → pillars and measures, with what is doubtful and what is left out."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import hs_credit_desktop.notice.doubts as doubts
from hs_credit_desktop.domain.notice import Deadline, Doubt, Place, Role
from hs_credit_desktop.notice.brackets import stray
from hs_credit_desktop.notice.dates import due_dates
from hs_credit_desktop.notice.flow import Flow
from hs_credit_desktop.notice.responsibility import UnitList
from hs_credit_desktop.notice.titles import is_wrapped, split_title
from hs_credit_desktop.notice.tree import Item
from hs_credit_desktop.notice.units import SAME_BELOW, Entry

_CLAUSE = re.compile("[^。；（）()]+")
_SAME = re.compile(SAME_BELOW)
_WHO = re.compile("单位|部门|政府")
_SENTENCE = re.compile(r"[。！？”’）)]$")


@dataclass
class ReadMeasure:
    """A measure before its names are reconciled; roles are settled, printed order kept."""

    number: int
    mark: str
    title: str
    heading: str | None
    body: str
    deadline: Deadline | None
    entries: list[tuple[Entry, Role, bool]]
    place: Place


@dataclass
class ReadPillar:
    """A pillar before its names are reconciled."""

    number: int
    title: str
    measures: list[ReadMeasure] = field(default_factory=list)


@dataclass
class Reading:
    """What has been read so far, with the questions and the words left out (line, words)."""

    flow: Flow
    issued_on: date | None
    issuer: str | None
    pillars: list[ReadPillar] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)

    @cached_property
    def wrapped(self) -> bool:
        """Whether the lines of the paper are wrapped and not paragraphs."""
        return is_wrapped(self.flow)

    def split_title(self, start: int, end: int) -> tuple[int, int]:
        """Where a title ends and the body begins."""
        return split_title(self.flow, start, end, wrapped=self.wrapped)

    def leave_out(self, start: int, end: int) -> None:
        """Notes words that are not taken."""
        words = self.flow.text[start:end]
        if words:
            self.left_out.append((self.flow.line(start), words))


def read_tree(reading: Reading, top: list[Item], notice_title: str) -> None:
    """Adds pillars and measures. Measures in no pillar get one with the notice's title."""
    for item in top:
        if not item.holds_units:
            _part_without_units(reading, item)
        elif item.children:
            title = _heading_title(reading, item)
            pillar = ReadPillar(item.mark.number, title)
            reading.pillars.append(pillar)
            _read_children(reading, item, [], pillar)
        else:
            if not reading.pillars or reading.pillars[-1].number:
                reading.pillars.append(ReadPillar(0, notice_title))
            reading.pillars[-1].measures.append(_measure(reading, item, None))
    for number, pillar in enumerate(reading.pillars, 1):
        pillar.number = pillar.number or number


def _part_without_units(reading: Reading, item: Item) -> None:
    title_end, _ = reading.split_title(item.mark.end, item.own_end)
    title = reading.flow.text[item.mark.end : title_end]
    line = reading.flow.line(item.mark.start)
    reading.doubts.append(doubts.part_without_units(item.mark.printed, line, title))
    reading.leave_out(item.mark.start, item.end)


def _heading_title(reading: Reading, item: Item) -> str:
    """The title of a heading; words between it and its first item are left out and said so."""
    flow = reading.flow
    title_end, body = reading.split_title(item.mark.end, item.own_end)
    reading.leave_out(body, item.own_end)
    if item.has_units:
        reading.doubts.append(doubts.list_not_used(item.mark.printed, flow.line(item.mark.start)))
    return flow.text[item.mark.end : title_end].rstrip("：:；;，")


def _read_children(reading: Reading, item: Item, headings: list[str], pillar: ReadPillar) -> None:
    for child in item.children:
        if child.children:
            title = _heading_title(reading, child)
            _read_children(reading, child, [*headings, title], pillar)
        else:
            pillar.measures.append(_measure(reading, child, " ".join(headings) or None))


def _measure(reading: Reading, item: Item, heading: str | None) -> ReadMeasure:
    flow, mark = reading.flow, item.mark
    first = min((each.start for each in item.lists), default=item.own_end)
    title_end, body_start = reading.split_title(mark.end, first)
    title = flow.text[mark.end : title_end].strip("：:；;，")
    end = _end_of_words(reading, item)
    for each in item.lists:
        reading.doubts += each.doubts
    _references(reading, item, end)
    if not item.has_units:
        reading.doubts.append(doubts.no_units(mark.printed, flow.line(mark.start), title))
    return ReadMeasure(
        number=mark.number,
        mark=mark.printed,
        title=title,
        heading=heading,
        body=_body(reading, item, body_start, end),
        deadline=deadline_of(item.lists, reading.issued_on),
        entries=_entries(reading, item),
        place=flow.place(mark.start, end),
    )


def _end_of_words(reading: Reading, item: Item) -> int:
    """Where a measure ends: stray words after its last unit list are taken off and asked about."""
    flow = reading.flow
    last = max((each.end for each in item.lists), default=item.own_end)
    rest = flow.text[last : item.own_end]
    if not rest or _SENTENCE.search(rest):
        return item.own_end
    reading.leave_out(last, item.own_end)
    if not (reading.issuer or "").endswith(rest):
        reading.doubts.append(
            doubts.unread(item.mark.printed, flow.line(last), rest, "接在责任单位之后，没有读懂")
        )
    return last


def _references(reading: Reading, item: Item, end: int) -> None:
    """Asks about notes in running words that units are not listed again."""
    text, start = reading.flow.text, item.mark.end
    for words, at in _clauses(text, start, min(end, item.own_end)):
        if _SAME.search(words) and _WHO.search(words) and not _in_list(item, at):
            line = reading.flow.line(at)
            reading.doubts.append(doubts.reference(item.mark.printed, line, words))


def _clauses(text: str, start: int, end: int) -> list[tuple[str, int]]:
    return [(each.group(), each.start()) for each in _CLAUSE.finditer(text, start, end)]


def _in_list(item: Item, at: int) -> bool:
    return any(each.start <= at < each.end for each in item.lists)


def _body(reading: Reading, item: Item, start: int, end: int) -> str:
    """The words of a measure without its unit lists and without characters doubled by a page."""
    flow = reading.flow
    kept = [at for first, last in _between_lists(item, start, end) for at in range(first, last)]
    twice = set(flow.doubled(start, end)).intersection(kept)
    for at in sorted(twice):
        meant = flow.text[at - 1]
        reading.doubts.append(doubts.doubled(item.mark.printed, flow.line(at), meant * 2, meant))
    kept = [at for at in kept if at not in twice]
    body = "".join(flow.text[at] for at in kept)
    if (alone := stray(body)) is not None:
        around = body[max(0, alone - 6) : alone + 6]
        line = flow.line(kept[alone])
        reading.doubts.append(doubts.stray_bracket(item.mark.printed, line, around))
    return body


def _between_lists(item: Item, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches from start to end that stand outside the unit lists of an item."""
    parts = []
    for each in sorted(item.lists, key=lambda each: each.start):
        parts.append((start, min(each.start, end)))
        start = max(start, each.end)
    return [*parts, (start, end)]


def deadline_of(lists: list[UnitList], issued_on: date | None) -> Deadline | None:
    """The first time limit printed with a measure."""
    printed = next((each.deadline[0] for each in lists if each.deadline), None)
    if not printed:
        return None
    dues = due_dates(printed, issued_on)
    return Deadline(printed, dues[-1].due_on if dues else None)


def _entries(reading: Reading, item: Item) -> list[tuple[Entry, Role, bool]]:
    """The units of a measure with their roles, a unit listed twice counted once."""
    seen: dict[str, Entry] = {}
    for entry in (each for unit_list in item.lists for each in unit_list.entries):
        if entry.printed in seen:
            line = reading.flow.line(entry.at)
            reading.doubts.append(
                doubts.duplicate_unit(f"{item.mark.printed}责任单位", line, entry.printed)
            )
        seen.setdefault(entry.printed, entry)
    return with_roles(list(seen.values()))


def with_roles(entries: list[Entry]) -> list[tuple[Entry, Role, bool]]:
    """Roles as printed; where the paper says none, the first-listed is the suggested lead.

    When only helpers are named (责任单位：A；配合单位：B), a single responsible unit leads.
    """
    leads = any(entry.role is Role.LEAD for entry in entries)
    silent = [entry for entry in entries if entry.role is None]
    told = leads or (len(silent) == 1 and len(entries) > 1)
    settled = []
    for entry in entries:
        first = not leads and bool(silent) and entry is silent[0]
        role = entry.role or (Role.LEAD if first else Role.CO)
        settled.append((entry, role, first and not told))
    return settled
