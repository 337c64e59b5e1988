"""The notice (任务分解) as the ledger has it, and what the importer asked about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """How a unit is responsible for a measure."""

    LEAD = "lead"
    CO = "co"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return "牵头" if self is Role.LEAD else "配合"


class DoubtKind(StrEnum):
    """Why the importer asks; each has one Chinese word in `label`."""

    UNIT_SPELLING = "unit_spelling"
    GROUP_SPELLING = "group_spelling"
    VAGUE_GROUP = "vague_group"
    SIMILAR_UNITS = "similar_units"
    BRACKET = "bracket"
    DOUBLED_CHARACTER = "doubled_character"
    YEAR = "year"
    WEEKEND = "weekend"
    NUMBERING = "numbering"
    NO_UNITS = "no_units"
    DUPLICATE = "duplicate"
    REFERENCE = "reference"
    LABEL = "label"
    UNREAD = "unread"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _DOUBT_LABELS[self]


_DOUBT_LABELS = {
    DoubtKind.UNIT_SPELLING: "单位写法不一",
    DoubtKind.GROUP_SPELLING: "群组写法不一",
    DoubtKind.VAGUE_GROUP: "单位未指明",
    DoubtKind.SIMILAR_UNITS: "可能是同一单位",
    DoubtKind.BRACKET: "括号不配对",
    DoubtKind.DOUBLED_CHARACTER: "文字重复",
    DoubtKind.YEAR: "日期没有年份",
    DoubtKind.WEEKEND: "截止日是休息日",
    DoubtKind.NUMBERING: "序号不连续",
    DoubtKind.NO_UNITS: "没有责任单位",
    DoubtKind.DUPLICATE: "措施重复",
    DoubtKind.REFERENCE: "下同说明",
    DoubtKind.LABEL: "名单字样有误",
    DoubtKind.UNREAD: "没有读懂",
}


@dataclass(frozen=True)
class Place:
    """Where something stands in the paper: line from 1, character offsets, SHA-256 of the words.

    Line 0: it stands nowhere, the clerk added it by hand.
    """

    line: int
    start: int
    end: int
    sha256: str


NOWHERE = Place(0, 0, 0, "")


@dataclass(frozen=True)
class Contact:
    """Who takes the answers at the office; absent parts are None."""

    name: str | None = None
    phone: str | None = None
    mailbox: str | None = None


@dataclass(frozen=True)
class Deadline:
    """A due date as printed, and as a date where it can be told."""

    printed: str
    due_on: date | None = None


@dataclass(frozen=True)
class Doubt:
    """A question only the clerk can answer; the first choice is the default in force until then.

    where: the place in words (（十五）责任单位); line: from 1; text: why it is asked; names: what
    it is about, for the answer to act on (the spellings, the group, the two units, ISO dates).
    """

    kind: DoubtKind
    where: str
    line: int
    text: str
    choices: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """An issued plan as it stands in the ledger."""

    id: str
    title: str
    doc_number: str | None
    issued_on: date | None
    issuer: str | None
    addressees: str | None
    contact: Contact


@dataclass(frozen=True)
class Responsibility:
    """Unit or group × measure as printed; exactly one of unit_id and group_id is set."""

    id: str
    measure_id: str
    unit_id: str | None
    group_id: str | None
    printed: str
    role: Role
    suggested: bool
    ordinal: int

    @property
    def label(self) -> str:
        """牵头, 牵头（推定） or 配合."""
        return self.role.label + ("（推定）" if self.suggested else "")


@dataclass(frozen=True)
class Measure:
    """A measure in the ledger, with its place in the paper; ordinal: its place in the notice.

    active: False when it is 停用. previous_id: the measure of an earlier notice it goes on with.
    """

    id: str
    pillar_id: str
    number: int
    title: str
    heading: str | None
    body: str
    deadline: Deadline | None
    place: Place
    responsibilities: tuple[Responsibility, ...] = ()
    ordinal: int = 0
    active: bool = True
    previous_id: str | None = None

    @property
    def search_text(self) -> str:
        """The words under which the measure is found."""
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True)
class Pillar:
    """A pillar in the ledger with its measures in printed order; active: False when 停用."""

    id: str
    number: int
    title: str
    measures: tuple[Measure, ...] = ()
    active: bool = True


@dataclass(frozen=True)
class OpenDoubt:
    """A doubt kept in the ledger until it is answered; measure_id says whose chip it is."""

    id: str
    doubt: Doubt
    measure_id: str | None
    answer: str | None = None
