"""What a unit sends: returns with versions, feedback in four parts, and their few states."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum


class Completion(StrEnum):
    """完成情况 of a measure as a unit reports it, in order of progress."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    NEARLY_DONE = "nearly_done"
    DONE = "done"
    ONGOING = "ongoing"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _COMPLETION_LABELS[self]


_COMPLETION_LABELS = {
    Completion.NOT_STARTED: "未启动",
    Completion.IN_PROGRESS: "推进中",
    Completion.NEARLY_DONE: "基本完成",
    Completion.DONE: "已完成",
    Completion.ONGOING: "长期坚持",
}


class ReturnState(StrEnum):
    """State of one unit's return in one round; late, overdue and exempt are derived, not states."""

    MISSING = "missing"
    TO_REVIEW = "to_review"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    ON_HOLD = "on_hold"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    ReturnState.MISSING: "未报",
    ReturnState.TO_REVIEW: "待审",
    ReturnState.ACCEPTED: "通过",
    ReturnState.SENT_BACK: "退回补报",
    ReturnState.ON_HOLD: "存疑",
}


class Channel(StrEnum):
    """How a return came in."""

    MAIL = "mail"
    CHAT = "chat"
    PAPER = "paper"
    USB = "usb"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _CHANNEL_LABELS[self]


_CHANNEL_LABELS = {
    Channel.MAIL: "电子邮件",
    Channel.CHAT: "微信",
    Channel.PAPER: "纸质",
    Channel.USB: "U盘",
    Channel.PHONE: "电话",
}


@dataclass(frozen=True)
class FeedbackParts:
    """The four parts of a feedback, plain text, and 完成情况 (None: not said)."""

    progress: str = ""
    results: str = ""
    problems: str = ""
    next_steps: str = ""
    completion: Completion | None = None

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """The four texts in the order of the form."""
        return self.progress, self.results, self.problems, self.next_steps

    @property
    def blank(self) -> bool:
        """True when no part says anything; a blank entry is not covered (counting rule)."""
        return not any(text.strip() for text in self.texts)

    @property
    def row_hash(self) -> str:
        """SHA-256 over the four texts and the completion; a row edited outside shows by it."""
        from hashlib import sha256  # not for a start: it loads OpenSSL

        digest = sha256()
        for text in (*self.texts, self.completion or ""):
            digest.update(len(text).to_bytes(4, "big") + text.encode())
        return digest.hexdigest()


PART_LABELS = {
    "progress": "进展情况",
    "results": "主要成效",
    "problems": "存在问题",
    "next_steps": "下一步打算",
}
TEXTS = tuple(PART_LABELS)


def labelled(parts: FeedbackParts) -> Iterator[tuple[str, str]]:
    """(标题, text) of the parts that say something, in the order of the form."""
    for name, label in PART_LABELS.items():
        if text := getattr(parts, name):
            yield label, text


@dataclass(frozen=True)
class ExpectedReturn:
    """One unit's place in a round's expected list, with what is known of its return.

    first_received_on: day of the first valid receipt (on time is judged on it, corrections do not
    count); extended_to / resubmit_by move the lamp, never the statistics.
    """

    id: str
    round_id: str
    unit_id: str
    unit_name: str
    ordinal: int
    state: ReturnState
    entries: int
    covered: int
    first_received_on: date | None = None
    extended_to: date | None = None
    resubmit_by: date | None = None
    exempt_reason: str | None = None
    return_id: str | None = None
    version: int = 0
    chases: int = 0

    @property
    def exempt(self) -> bool:
        """免报: leaves the denominator, with a reason."""
        return self.exempt_reason is not None


@dataclass(frozen=True)
class Entry:
    """One unit × measure of a round: the row of every list, with its current feedback if any."""

    id: str
    round_id: str
    expected_return_id: str
    unit_id: str
    unit_name: str
    measure_id: str
    measure_number: int
    measure_title: str
    pillar_id: str
    role: str
    suggested: bool
    state: ReturnState
    covered: bool
    exempt: bool
    first_received_on: date | None
    extended_to: date | None
    resubmit_by: date | None
    received_on: date | None = None
    feedback_id: str | None = None
    parts: FeedbackParts = field(default_factory=FeedbackParts)

    @property
    def lamp_state(self) -> ReturnState:
        """The state its lamp shows: a blank entry waits, even when its return has come."""
        return self.state if self.covered else ReturnState.MISSING


@dataclass(frozen=True)
class Return:
    """One version of a unit's whole answer for one round."""

    id: str
    expected_return_id: str
    version: int
    received_on: date
    channel: Channel
    recorded_at: str
    on_behalf: bool = False


@dataclass(frozen=True)
class Attachment:
    """Evidence or an original kept unmodified under its SHA-256."""

    id: str
    name: str
    sha256: str
    size: int


def changed_parts(old: FeedbackParts, new: FeedbackParts) -> tuple[str, ...]:
    """Names of the fields that differ, in the order of the form."""
    return tuple(
        item.name
        for item in fields(FeedbackParts)
        if getattr(old, item.name) != getattr(new, item.name)
    )
