"""What stands around the plan: red head, number, title, addressees, contact, date, signature."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date

from hs_credit_desktop.domain.notice import Contact
from hs_credit_desktop.notice.dates import FULL_DATE, full_date
from hs_credit_desktop.notice.flow import Flow, ends_sentence

_RED_HEAD = re.compile(r"([\u3400-\u9fff（）]{4,40}?)文件")
_NUMBER = re.compile(r"[〔\[［（(【](\d{4})[〕\]］）)】]第?(\d{1,4})号")
_TITLE_WORD = re.compile(
    r"(?:通知|意见|函|通报|决定|公告|方案|计划|任务分解|任务分解表|分工|分工表|清单|要点|措施|安排|任务表|台账)"
    r"(?:[（(][^（()）]{1,12}[）)])?$"
)
_ANNEX = re.compile(r"附件\d*[：:]?")
_NAME = re.compile(r"联\s?系\s?人(?:员)?(?:及(?:联系)?(?:电话|方式))?[：:]([\u3400-\u9fff·]{2,20})")
_NAME_ENDS = re.compile("联系|电话|手机|邮箱|电子|传真|办公|地址|座机")
_PHONE = re.compile(
    r"(?:电话|手机|座机|联系方式)(?:号码)?[：:]([\d（()）\-—－]{5,24})"
    r"|联系人[^：:]{0,6}[：:][\u3400-\u9fff·]{2,8}[，,；;、（(]?(\d[\d\-—－]{6,20})"
)
_MAILBOX = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,6}", re.ASCII
)
_COLOPHON = (
    r"(?:附件\d*[：:].*|抄[送报][：:].*|主送[：:].*|主题词[：:].*|[（(]此件.{2,12}[）)]"
    r"|[（(]?(?:公开|依申请公开|不予公开)(?:属性[：:].*)?[）)]?|共印\d+份|校对[：:].*)"
)
_DATED = rf"{FULL_DATE.pattern}(?:印发)?"
_OFFICE = re.compile(rf"[\u3400-\u9fff（）]{{3,40}}?{_DATED}")


@dataclass(frozen=True)
class Stretch:
    """Words from start to before end."""

    start: int
    end: int


@dataclass(frozen=True)
class Front:
    """The letter around the plan. left_out: furniture; rest: where the plan's own title may stand;
    letter: the words in which reporting dates are looked for."""

    title: str
    doc_number: str | None
    issued_on: date | None
    issuer: str | None
    addressees: str | None
    contact: Contact
    left_out: tuple[Stretch, ...]
    letter: Stretch
    unread: tuple[Stretch, ...]


def front_of(flow: Flow, end: int) -> Front:
    """Reads the letter that stands before `end`."""
    text = flow.text
    left_out: list[Stretch] = []
    head = _red_head(flow, end)
    body = head.end if head else 0
    if head:
        left_out.append(head)
    number = _doc_number(flow, body, end, headed=head is not None)
    title, addressees = _title_and_addressees(flow, number.end if number else body, end)
    if number and body < number.start:
        above = Stretch(body, number.start)
        if _TITLE_WORD.search(text[body : number.start]):
            title, addressees = above, Stretch(title.start, addressees.end)
        else:
            left_out.append(above)
    title = _without_annex(flow, title)
    signed = _signed(flow, addressees.end, end)
    issuer = _issuer(flow, addressees.end, signed, head)
    rest = Stretch(signed.end if signed else _letter_end(flow, addressees.end, end), end)
    others, unread = _others(flow, rest, issuer)
    return Front(
        title=text[title.start : title.end].replace(" ", "").rstrip("。"),
        doc_number=_number_printed(text, number),
        issued_on=full_date(text[signed.start : signed.end]) if signed else None,
        issuer=issuer,
        addressees=text[addressees.start : addressees.end].rstrip("：:") or None,
        contact=_contact(flow, Stretch(addressees.end, end)),
        left_out=(*left_out, *others),
        letter=Stretch(addressees.end, signed.start if signed else rest.start),
        unread=unread,
    )


def _red_head(flow: Flow, end: int) -> Stretch | None:
    found = _RED_HEAD.match(flow.text, 0, end)
    return Stretch(0, found.end()) if found and flow.begins(found.end()) else None


def _doc_number(flow: Flow, start: int, end: int, *, headed: bool) -> Stretch | None:
    """黄信用办〔2024〕1号 on a line of its own, its first characters found by where lines begin.

    headed: a red head ends at `start`, so the number, even when it is wrapped, begins there.
    """
    for found in _NUMBER.finditer(flow.text, start, end):
        floor = max(start, found.start() - 14)
        begins = [at for at in range(floor, found.start()) if at in flow.starts]
        if flow.begins(found.end()) and begins:
            spaced = [at for at in begins if at in flow.gaps and at > 0]
            first = begins[0] if headed and begins[0] == start else begins[-1]
            return Stretch(spaced[-1] if spaced else first, found.end())
    return None


def _number_printed(text: str, number: Stretch | None) -> str | None:
    if number is None:
        return None
    return _NUMBER.sub(r"〔\1〕\2号", text[number.start : number.end]).replace(" ", "")


def _title_and_addressees(flow: Flow, start: int, end: int) -> tuple[Stretch, Stretch]:
    """The title ends with 通知 or the like; the addressees follow up to a colon at a line's end."""
    stop = flow.text.find("。", start, end)
    stop = end if stop < 0 else stop
    colons = [found.end() for found in re.finditer("[：:]", flow.text[start:stop])]
    colon = next((start + at for at in colons if flow.begins(start + at)), 0)
    ends = [*flow.lines_between(start, colon or stop), *([] if colon else [end])]
    titled = [at for at in ends if _TITLE_WORD.search(flow.text, max(0, at - 24), at)]
    if titled:
        last = titled[-1] if colon else titled[0]
        return Stretch(start, last), Stretch(last, colon or last)
    spaced = [at for at in ends if at in flow.gaps]
    last = (spaced or ends or [start])[0]
    return Stretch(start, last), Stretch(last, colon or last)


def _without_annex(flow: Flow, title: Stretch) -> Stretch:
    """The title without 附件 on the line above it."""
    found = _ANNEX.match(flow.text, title.start, title.end)
    begins = found and found.end() < title.end and flow.begins(found.end())
    return Stretch(found.end(), title.end) if found and begins else title


def _signed(flow: Flow, start: int, end: int) -> Stretch | None:
    """The date of the document on a line of its own; the last one counts."""
    alone = [
        Stretch(found.start(), found.end())
        for found in FULL_DATE.finditer(flow.text, start, end)
        if found.start() in flow.starts and flow.begins(found.end())
    ]
    return alone[-1] if alone else None


def _issuer(flow: Flow, start: int, signed: Stretch | None, head: Stretch | None) -> str | None:
    """The signature above the date, else the red head without 文件."""
    named = flow.text[: head.end - 2] if head else None
    if signed is None:
        return named
    if named and flow.text.endswith(named, start, signed.start):
        return named
    for at in [start, *flow.lines_between(start, signed.start)]:
        name = flow.text[at : signed.start]
        fresh = at in flow.gaps or ends_sentence(flow, at) or flow.text[at - 1].isascii()
        if fresh and re.fullmatch(r"[\u3400-\u9fff（）]{4,40}", name):
            return name
    return named


def _letter_end(flow: Flow, start: int, end: int) -> int:
    """Where the sentences of a letter without a date end."""
    stop = flow.text.rfind("。", start, end)
    return max(start, stop + 1)


def _others(
    flow: Flow, rest: Stretch, issuer: str | None
) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """What stands between the letter and the plan: furniture, and what is not understood."""
    furniture: list[Stretch] = []
    unread: list[Stretch] = []
    for each in _paragraphs(flow, rest, issuer):
        words = flow.text[each.start : each.end]
        known = (
            _TITLE_WORD.search(words)
            or re.match("附件|附[：:]|[（(《]", words)
            or words.endswith("。")
            or (issuer or "").endswith(words)
        )
        (furniture if known else unread).append(each)
    return tuple(furniture), tuple(unread)


def _paragraphs(flow: Flow, rest: Stretch, issuer: str | None) -> list[Stretch]:
    parts: list[Stretch] = []
    start = rest.start
    for at in [*flow.lines_between(rest.start, rest.end), rest.end]:
        words = flow.text[start:at]
        whole = _TITLE_WORD.search(words[-24:]) or (issuer or "").endswith(words)
        if words and (at in flow.gaps or at == rest.end or ends_sentence(flow, at) or whole):
            parts.append(Stretch(start, at))
            start = at
    return parts


def _contact(flow: Flow, area: Stretch) -> Contact:
    """Name, phone and mailbox of who takes the answers, each where it is printed."""
    phone = _PHONE.search(flow.text, area.start, area.end)
    mailbox = _MAILBOX.search(flow.text, area.start, area.end)
    number = phone and (phone.group(1) or phone.group(2)).strip("-—－")
    return Contact(
        _contact_name(flow, area),
        number,
        mailbox and mailbox.group(),
    )


def _contact_name(flow: Flow, area: Stretch) -> str | None:
    found = _NAME.search(flow.text, area.start, area.end)
    if not found:
        return None
    name = _NAME_ENDS.split(found.group(1))[0]
    stop = found.start(1) + len(name)
    if flow.text[stop : stop + 1] not in tuple("；;，,。、（( ") and len(name) == len(
        found.group(1)
    ):
        lines = flow.lines_between(found.start(1) + 1, stop)
        name = flow.text[found.start(1) : lines[0]] if lines else name
    return name


def with_tail(front: Front, flow: Flow, tail: int) -> Front:
    """The letter completed with what only the paper's end says: contact, date, office."""
    end = Stretch(tail, len(flow.text))
    dated = FULL_DATE.search(flow.text, tail)
    signed = Stretch(dated.start(), dated.end()) if dated else None
    below = _contact(flow, end)
    return replace(
        front,
        issuer=front.issuer or (_issuer(flow, tail, signed, None) if signed else None),
        issued_on=front.issued_on or full_date(flow.text[tail:]),
        contact=Contact(
            front.contact.name or below.name,
            front.contact.phone or below.phone,
            front.contact.mailbox or below.mailbox,
        ),
    )


def tail_start(flow: Flow, issuer: str | None, floor: int) -> int:
    """Where signature, date and colophon begin at the paper's end; its length when there are none.

    floor: before this place nothing is peeled off.
    """
    plain = [re.compile(form) for form in (re.escape(issuer or "") or "(?!)", _DATED, _COLOPHON)]
    dead: dict[bool, set[int]] = {True: set(), False: set()}
    for at in flow.ordered[bisect_left(flow.ordered, floor) :]:
        clear = at in flow.gaps or ends_sentence(flow, at)
        forms = [*plain, _OFFICE] if clear else plain
        if _all_furniture(flow.text, at, forms, dead[clear]):
            return at
    return len(flow.text)


def _all_furniture(text: str, at: int, forms: list[re.Pattern[str]], dead: set[int]) -> bool:
    """Whether everything from here to the end is signature, date or colophon, piece by piece.

    dead: places from which that is known to fail; each is tried once.
    """
    while at < len(text):
        found = next((found for form in forms if (found := form.match(text, at))), None)
        if found is None or at in dead:
            dead.add(at)
            return False
        dead.add(at)
        at = found.end()
    return True
