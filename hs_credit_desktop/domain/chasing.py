"""Chasing (催报): who was called, what was promised, how firmly the office asks; and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hs_credit_desktop.domain.returns import ReturnState


class ChaseKind(StrEnum):
    """How a unit was chased."""

    PHONE = "phone"
    CHAT = "chat"
    MAIL = "mail"
    LETTER = "letter"
    VISIT = "visit"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        words = {"phone": "电话", "chat": "微信", "mail": "邮件", "letter": "发函", "visit": "上门"}
        return words[self.value]


class ChaseLevel(StrEnum):
    """How firmly the office asks; the office names the levels itself."""

    REMINDER = "reminder"
    LETTER = "letter"
    CIRCULAR = "circular"


LEVEL_NAMES = {
    ChaseLevel.REMINDER: "提醒",
    ChaseLevel.LETTER: "催报函",
    ChaseLevel.CIRCULAR: "通报",
}


@dataclass(frozen=True)
class Contact:
    """Whom to call in a unit; since: the day from which on."""

    id: str
    unit_id: str
    name: str
    phone: str
    mailbox: str
    note: str
    since: date
    active: bool = True


@dataclass(frozen=True)
class Chase:
    """One attempt: who answered, what was promised and for which day (None where nothing was)."""

    id: str
    expected_return_id: str
    kind: ChaseKind
    level: ChaseLevel
    caller: str
    chased_at: datetime
    answered_by: str | None = None
    promise: str | None = None
    promised_by: date | None = None


@dataclass(frozen=True)
class Owing:
    """A unit that owes its return, or a better one: state MISSING or SENT_BACK.

    due_on: the day that holds for it now (extension and resubmission counted); blank: its entries
    without any text.
    """

    expected_return_id: str
    unit_id: str
    unit_name: str
    state: ReturnState
    due_on: date
    entries: int
    blank: int
    reason: str
    contacts: tuple[Contact, ...]
    chases: tuple[Chase, ...]

    @property
    def last(self) -> Chase | None:
        """The newest attempt."""
        return self.chases[-1] if self.chases else None

    @property
    def promised_by(self) -> date | None:
        """The day it last promised, or None."""
        days = [chase.promised_by for chase in self.chases if chase.promised_by]
        return days[-1] if days else None

    def next_level(self) -> ChaseLevel:
        """The level that comes after those tried: a reminder, then a letter, then a circular."""
        tried = {chase.level for chase in self.chases}
        levels = list(ChaseLevel)
        highest = max((levels.index(level) for level in tried), default=-1)
        return levels[min(highest + 1, len(levels) - 1)]


def day_words(day: date) -> str:
    """12月2日."""
    return f"{day.month}月{day.day}日"


def mail_text(
    owing: Owing, *, round_name: str, doc_number: str | None, office: str, phone: str
) -> str:
    """A mail to one unit, to be copied; what it owes, until when, whom to ask."""
    paper = f"（{doc_number}）" if doc_number else ""
    contact = f"，联系电话：{phone}" if phone else ""
    return (
        f"{owing.unit_name}：\n"
        f"　　按照任务分解通知{paper}要求，{_owes(owing, round_name)}"
        f"请于{day_words(owing.due_on)}前报送。如已报送，请忽略本邮件。\n"
        f"　　如有疑问，请与我们联系{contact}。\n"
        f"{office}"
    )


def chat_text(owing: Owing, *, round_name: str) -> str:
    """One short message for a chat, to be copied."""
    return f"您好，{_owes(owing, round_name)}麻烦于{day_words(owing.due_on)}前报送，谢谢。"


def _owes(owing: Owing, round_name: str) -> str:
    if owing.state is ReturnState.SENT_BACK:
        why = f"（{owing.reason.rstrip('。')}）" if owing.reason else ""
        return f"贵单位{round_name}的反馈需要补充完善{why}。"
    return f"贵单位{round_name}应反馈 {owing.entries} 条，目前尚未收到。"


def group_text(owing: Sequence[Owing], *, round_name: str) -> str:
    """One message for a chat group: the units that owe, in official order."""
    missing = [item.unit_name for item in owing if item.state is ReturnState.MISSING]
    back = [item.unit_name for item in owing if item.state is ReturnState.SENT_BACK]
    lines = [f"各位好，{round_name}报送情况提醒："]
    if missing:
        lines.append(f"尚未报送 {len(missing)} 家：{'、'.join(missing)}。")
    if back:
        lines.append(f"需要补充完善 {len(back)} 家：{'、'.join(back)}。")
    return "\n".join((*lines, "请尽快报送，谢谢。")) if missing or back else ""


@dataclass(frozen=True)
class UnitRecord:
    """A unit over all rounds: how often expected, on time, late, missing, sent back, chased."""

    unit_id: str
    unit_name: str
    expected: int
    on_time: int
    late: int
    missing: int
    sent_back: int
    chased: int
    repeated: int = 0


def circular_text(records: Sequence[UnitRecord], *, office: str) -> str:
    """A neutral circular: figures of the units, in official order, without any judgement."""
    lines = ["信用工作任务报送情况", ""]
    for item in records:
        said = [
            f"应报 {item.expected} 次",
            f"按时 {item.on_time} 次",
            f"逾期 {item.late} 次",
            f"未报 {item.missing} 次",
            f"退回补报 {item.sent_back} 次",
        ]
        lines.append(f"{item.unit_name}：{'，'.join(said)}。")
    return "\n".join((*lines, "", office))
