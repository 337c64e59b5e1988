"""The names inside a unit list: parted, freed of verbs and notes, each with its role."""

import re
from dataclasses import dataclass

import hs_credit_desktop.notice.doubts as doubts
from hs_credit_desktop.domain.notice import Doubt, Role
from hs_credit_desktop.notice.brackets import CLOSERS, OPENERS, split_top
from hs_credit_desktop.notice.flow import Flow

_SEPARATORS = "，、；,;"
_LEAD = re.compile(r"(?:共同|联合)?牵头(?:负责|落实|办理|组织|实施|抓总)*$")
_CO = re.compile(r"(?:等)?(?:共同|积极|协助|协同)*(?:配合|参加|参与|协助|协同|协办)(?:落实|做好)?$")
_PLAIN = re.compile(
    r"(?:等)?(?:按照?(?:各自)?(?:职责|职能|责任)(?:分工)?|各自|分别|共同|具体|分工|依)*(?:负责|落实|实施)+$"
    r"|按(?:各自)?职责分工$"
)
_SHARED = re.compile("按|分工|分别|共同|各自")
_NOTE = re.compile(r"[（(]([^（()）]{2,8})[）)]$")
_WITH = re.compile("会同|会商")
SAME_BELOW = r"下同|不再(?:逐一|一一|单独|重复)*列"
_SAME = re.compile(SAME_BELOW + "|以下(?:各|均|任务|措施)")
_UNIT_END = re.compile(
    r"[委局办部院会心司府队关处社校站所门位室厅署团区县市州联协盟网体学馆厂店台厦镇乡道村集矿港]$|[银分支总人商]行$"
)
_ODD = re.compile(r"[。：:？！“”《》=＝]")
MAX_NAME = 25


@dataclass(frozen=True)
class Entry:
    """A printed name and where it stands in the flow; role None means the paper does not say."""

    printed: str
    role: Role | None
    at: int


def plausible_unit(name: str) -> bool:
    """Whether words could name a unit: not too long and ending as units do."""
    if len(name) > 2 * MAX_NAME or _ODD.search(name):
        return False
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", name)
    return 2 <= len(bare) <= MAX_NAME and _UNIT_END.search(_without_verb(bare)) is not None


def _without_verb(name: str) -> str:
    for verb in (_LEAD, _CO, _PLAIN):
        name = verb.sub("", name)
    return name


def read_units(
    flow: Flow,
    start: int,
    end: int,
    role: Role | None,
    where: str,
    entries: list[Entry],
    found: list[Doubt],
) -> None:
    """Adds the names between start and end to `entries`, questions about them to `found`.

    role: what the label said; None lets verbs (牵头, 配合, 负责) say it, clause by clause.
    """
    words, offsets = _words(flow, start, end, where, found)
    before = len(entries)
    pending: list[Entry] = []
    for first, last in _joined(words, split_top(words, _SEPARATORS)):
        at = offsets[first] if first < len(offsets) else start
        name = words[first:last].strip(" .。")
        if not name:
            continue
        if _SAME.search(name):
            bare = re.sub(r"[（(](?:以)?下同[）)]$", "", name)
            unit = "" if _SAME.search(bare) else bare
            found.append(doubts.reference(where, flow.line(at), name, unit))
            if not unit:
                continue
            name = unit
        pending += _with_partners(name, at, role)
        pending = _apply_verb(pending, entries)
    entries += [Entry(each.printed, each.role, each.at) for each in pending]
    _odd_names(flow, where, entries[before:], found)


def _words(
    flow: Flow, start: int, end: int, where: str, found: list[Doubt]
) -> tuple[str, list[int]]:
    """The words of a list without characters that a page break doubled, and where each stands."""
    twice = set(flow.doubled(start, end))
    for at in twice:
        meant = flow.text[at - 1]
        found.append(doubts.doubled(where, flow.line(at), meant * 2, meant))
    offsets = [at for at in range(start, end) if at not in twice]
    return "".join(flow.text[at] for at in offsets), offsets


def _joined(words: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins 各县市、区）人民政府 again, whose opening bracket is lost."""
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        piece = words[start:end]
        lost = any(c in CLOSERS for c in piece) and not any(c in OPENERS for c in piece)
        if lost and joined and words[joined[-1][0]] == "各":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _with_partners(name: str, at: int, role: Role | None) -> list[Entry]:
    """A会同B: A leads, B joins in."""
    found = _WITH.search(name)
    if not found:
        return [Entry(name.removeprefix("由"), role, at)]
    lead, partner = name[: found.start()].removeprefix("由"), name[found.end() :]
    leads = [Entry(lead, Role.LEAD, at)] if lead else []
    return leads + ([Entry(partner, Role.CO, at + found.end())] if partner else [])


def _apply_verb(pending: list[Entry], entries: list[Entry]) -> list[Entry]:
    """When the last name carries a verb, it says the role of all names since the verb before."""
    last = pending[-1] if pending else None
    if last is None or len(last.printed) > 2 * MAX_NAME:
        return pending
    if note := _NOTE.search(last.printed):
        named = _role_of(note.group(1), 1)
        if named[0]:
            entries += [*pending[:-1], Entry(last.printed[: note.start()], named[1], last.at)]
            return []
    verb, said = _role_of(last.printed, len(pending))
    if not verb:
        return pending
    bare = last.printed[: -len(verb)].removesuffix("等")
    names = [*pending[:-1], *([Entry(bare, last.role, last.at)] if bare else [])]
    entries += [Entry(each.printed, each.role or said, each.at) for each in names]
    return []


def _role_of(words: str, names: int) -> tuple[str, Role | None]:
    """The verb at the end and the role it gives: 负责 alone makes a single unit the lead."""
    for verb, role in ((_LEAD, Role.LEAD), (_CO, Role.CO), (_PLAIN, None)):
        if found := verb.search(words):
            sole = role is None and names == 1 and not _SHARED.search(found.group())
            return found.group(), Role.LEAD if sole else role
    return "", None


def _odd_names(flow: Flow, where: str, entries: list[Entry], found: list[Doubt]) -> None:
    """A question for each name that does not read as one."""
    for each in entries:
        loose = sum(c in OPENERS for c in each.printed) != sum(c in CLOSERS for c in each.printed)
        if (
            len(each.printed) > MAX_NAME
            or _ODD.search(each.printed)
            or (loose and each.printed[0] != "各")
        ):
            found.append(doubts.unread(where, flow.line(each.at), each.printed, "不像单位名称"))
