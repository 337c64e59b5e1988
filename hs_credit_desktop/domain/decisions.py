"""What the clerk decided about a draft's doubts, and which answers are possible and final."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from hs_credit_desktop.domain.draft import DraftNotice, DraftRound
from hs_credit_desktop.domain.notice import Doubt, DoubtKind
from hs_credit_desktop.domain.text import clean
from hs_credit_desktop.errors import UserError

# An answer that ends so names work still to be done by hand: its doubt stays visible.
_TO_DO = ("需核对原件", "需补录", "需要补录", "待补")
_TYPED_NAME = re.compile(r"[\u3400-\u9fffA-Za-z0-9（）()·“”]{2,40}")
_YEAR = re.compile(r"(20\d\d)年?")
NAMED = frozenset({DoubtKind.UNIT_SPELLING, DoubtKind.SIMILAR_UNITS})


@dataclass(frozen=True)
class Answer:
    """The clerk's answer to one doubt.

    choice: one of the doubt's choices; for spellings and look-alikes also a name typed in full, for
    a missing year any year (2026年), for a weekend any date (2024-12-03). members: for a group.
    """

    choice: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decisions:
    """All that was decided about one draft; an empty one leaves every default in force.

    answers: by the doubt's place in the draft. members: of groups the clerk corrected, by name.
    leads: units confirmed as leads, by the measure's place in the notice; leads_confirmed: all
    other suggested leads stand as suggested. rounds: as corrected by hand, None as read.
    """

    answers: Mapping[int, Answer] = field(default_factory=lambda: MappingProxyType({}))
    members: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    leads: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    leads_confirmed: bool = False
    rounds: tuple[DraftRound, ...] | None = None

    def with_answer(self, place: int, answer: Answer) -> "Decisions":
        """The same with one more doubt answered, or answered otherwise."""
        return replace(self, answers=MappingProxyType({**self.answers, place: answer}))

    def without_answer(self, place: int) -> "Decisions":
        """The same with one doubt open again."""
        kept = {number: item for number, item in self.answers.items() if number != place}
        return replace(self, answers=MappingProxyType(kept))

    def with_members(self, group: str, members: tuple[str, ...]) -> "Decisions":
        """The same with a group's members corrected."""
        return replace(self, members=MappingProxyType({**self.members, group: members}))

    def with_leads(self, measure: int, units: tuple[str, ...]) -> "Decisions":
        """The same with the leads of one measure named."""
        return replace(self, leads=MappingProxyType({**self.leads, measure: units}))


def checked(doubt: Doubt, answer: Answer) -> Answer:
    """The answer in the form the doubt takes; UserError when it is none of the possible ones."""
    choice = clean(answer.choice)
    members = tuple(filter(None, (clean(name) for name in answer.members)))
    if choice in doubt.choices or _is_typed(doubt, choice):
        return Answer(choice, members)
    raise UserError(
        f"第 {doubt.line} 行“{doubt.kind.label}”的答案“{choice}”不能用",
        f"可选：{'；'.join(doubt.choices)}。没有写入任何内容。",
    )


def _is_typed(doubt: Doubt, choice: str) -> bool:
    if doubt.kind in NAMED:
        return _TYPED_NAME.fullmatch(choice) is not None
    if doubt.kind is DoubtKind.YEAR:
        return bool(doubt.names) and year_of(choice) is not None
    return doubt.kind is DoubtKind.WEEKEND and day_of(choice) is not None


def year_of(choice: str) -> int | None:
    """The year an answer names, 2024年 or 2024."""
    found = _YEAR.fullmatch(choice)
    return int(found.group(1)) if found else None


def day_of(choice: str) -> date | None:
    """The ISO date an answer names."""
    try:
        return date.fromisoformat(choice)
    except ValueError:
        return None


def settles(doubt: Doubt, answer: Answer) -> bool:
    """Whether an answer closes its doubt; what still has to be done by hand leaves it open."""
    if answer.choice.endswith(_TO_DO):
        return False
    if doubt.kind is DoubtKind.VAGUE_GROUP:
        return bool(answer.members)
    if doubt.kind is DoubtKind.GROUP_SPELLING:
        return answer.choice == doubt.choices[0] or bool(answer.members)
    return True


def alike(
    draft: DraftNotice, decisions: Decisions, place: int, answer: Answer
) -> dict[int, Answer]:
    """What the same answer is for the other unanswered doubts of this kind, by their places.

    The same words; else the first choice (as proposed) for the first, the last for the last; a name
    typed in full for those that ask about one of the same names. Groups and their members, missing
    years and dates typed by hand are answered one by one.
    """
    doubt = draft.doubts[place]
    found = {}
    for other in unanswered(draft, decisions):
        if other != place and draft.doubts[other].kind is doubt.kind:
            said = _same(doubt, draft.doubts[other], answer)
            if said is not None:
                found[other] = said
    return found


def _same(doubt: Doubt, other: Doubt, answer: Answer) -> Answer | None:
    """The answer to one doubt as an answer to another of its kind."""
    if answer.members or doubt.kind in (DoubtKind.YEAR, DoubtKind.VAGUE_GROUP):
        return None
    if answer.choice in other.choices:
        return Answer(answer.choice)
    # To merge two bodies is a decision about these two alone.
    for end in (0,) if doubt.kind is DoubtKind.SIMILAR_UNITS else (0, -1):
        if answer.choice == doubt.choices[end]:
            return Answer(other.choices[end])
    typed = doubt.kind in NAMED and answer.choice not in doubt.choices
    return Answer(answer.choice) if typed and set(doubt.names) & set(other.names) else None


def open_places(draft: DraftNotice, decisions: Decisions) -> tuple[int, ...]:
    """The places of the doubts that nobody has answered for good, in the order of the paper."""
    return tuple(
        place
        for place, doubt in enumerate(draft.doubts)
        if place not in decisions.answers or not settles(doubt, decisions.answers[place])
    )


def unanswered(draft: DraftNotice, decisions: Decisions) -> tuple[int, ...]:
    """The places of the doubts that have no answer yet."""
    return tuple(place for place in range(len(draft.doubts)) if place not in decisions.answers)
