"""What every card, tree and list shows: figures, progress and rows of a round."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from hs_credit_desktop.domain import deadlines, statistics
from hs_credit_desktop.domain.deadlines import Lamp, Notification, Thresholds
from hs_credit_desktop.domain.notice import Measure, Notice, OpenDoubt, Pillar
from hs_credit_desktop.domain.returns import Attachment, Entry, ExpectedReturn, Return, ReturnState
from hs_credit_desktop.domain.rounds import Round, current_round
from hs_credit_desktop.domain.statistics import Figures, Progress, Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.office import thresholds, work_calendar
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import lists, notices, row_counts, waiting
from hs_credit_desktop.store.lists import EntryQuery

if TYPE_CHECKING:
    from hs_credit_desktop.domain.units import Unit


def notice(ws: Workspace, doc_number: str | None = None) -> Notice:
    """The newest notice, or the one with that document number; UserError when there is none."""
    found = notices.notices(ws.ledger)
    if doc_number is None and found:
        return found[0]
    for item in found:
        if item.doc_number == doc_number:
            return item
    named = f"文号为 {doc_number} 的通知" if doc_number else "任何通知"
    raise UserError(f"台账里没有{named}", "请核对文号，或先导入通知。")


def notice_of(ws: Workspace, round_: Round) -> Notice:
    """The notice a round belongs to."""
    return next(item for item in notices.notices(ws.ledger) if item.id == round_.notice_id)


def rounds(ws: Workspace, notice_id: str) -> tuple[Round, ...]:
    """The rounds of a notice by number."""
    return notices.rounds(ws.ledger, notice_id)


def rounds_by_notice(ws: Workspace) -> tuple[tuple[Notice, tuple[Round, ...]], ...]:
    """Every notice with its rounds by number, the newest notice first."""
    return tuple((item, notices.rounds(ws.ledger, item.id)) for item in notices.notices(ws.ledger))


def round_of(ws: Workspace, notice_id: str, number: int | None = None) -> Round:
    """Round `number`, else the earliest not past due, else the last; UserError for none such."""
    found = rounds(ws, notice_id)
    if not found:
        raise UserError("这份通知没有报送轮次", "请先设置报送期限。")
    if number is None:
        return current_round(found, ws.today)
    for item in found:
        if item.number == number:
            return item
    raise UserError(
        f"没有第 {number} 轮", f"这份通知共有 {len(found)} 轮，请改用 1 到 {len(found)}。"
    )


def figures(ws: Workspace, round_: Round) -> Figures:
    """All figures of a round by the counting rules."""
    return statistics.reckon(
        lists.tallies(ws.ledger, round_.id), due_on=round_.due_on, today=ws.today
    )


@dataclass(frozen=True)
class MeasureNode:
    """A measure of the tree with its progress and the number of doubts still open on it."""

    measure: Measure
    progress: Progress
    open_doubts: int


@dataclass(frozen=True)
class PillarNode:
    """A pillar of the tree; its progress is the sum of its measures'."""

    pillar: Pillar
    progress: Progress
    measures: tuple[MeasureNode, ...]


def tree(ws: Workspace, round_: Round) -> tuple[PillarNode, ...]:
    """Pillars and measures of the round's notice with their progress."""
    progress = lists.progress_by_measure(ws.ledger, round_.id)
    doubtful = [item.measure_id for item in notices.open_doubts(ws.ledger, round_.notice_id)]
    nodes = []
    for pillar in notices.tree(ws.ledger, round_.notice_id, round_.id):
        inner = tuple(
            MeasureNode(item, progress.get(item.id, Progress()), doubtful.count(item.id))
            for item in pillar.measures
        )
        total = sum((node.progress for node in inner), Progress())
        nodes.append(PillarNode(pillar, total, inner))
    return tuple(nodes)


def open_doubts(ws: Workspace, notice_id: str) -> tuple[OpenDoubt, ...]:
    """The doubts of the notice that still wait for the clerk."""
    return notices.open_doubts(ws.ledger, notice_id)


def source_text(ws: Workspace, notice_id: str) -> str:
    """The notice's own text as it was read, for 查看原文."""
    return notices.source_of(ws.ledger, notice_id).text


def expected_returns(
    ws: Workspace, round_: Round, status: Status = Status.EXPECTED
) -> tuple[ExpectedReturn, ...]:
    """Exactly the returns that the figure `status` counts, in official order."""
    return lists.expected_returns(
        ws.ledger, round_.id, status, due_on=round_.due_on, today=ws.today
    )


def progress_by_return(ws: Workspace, round_: Round) -> dict[str, Progress]:
    """Expected return id → progress of its entries."""
    return lists.progress_by_return(ws.ledger, round_.id)


def expected_return(ws: Workspace, expected_return_id: str) -> ExpectedReturn:
    """One unit's place in a round."""
    return lists.expected_return(ws.ledger, expected_return_id)


def progress_of(item: ExpectedReturn) -> Progress | None:
    """The progress of one return; None when it is exempt and counts nowhere."""
    return None if item.exempt else lists.progress_of(item.state, item.entries, item.covered)


def staged(ws: Workspace, round_: Round) -> int:
    """How many files of the inbox nobody has decided on in the round."""
    return lists.staged(ws.ledger, round_.id)


def composed(ws: Workspace, round_: Round) -> bool:
    """Whether the round has any consolidated draft yet."""
    return row_counts.any_summary(ws.ledger, round_.id)


def units_of(ws: Workspace) -> "tuple[Unit, ...]":
    """The register of units in official order."""
    from hs_credit_desktop.store import units  # not for the first picture

    return units.units(ws.ledger)


def entries(ws: Workspace, round_: Round, query: EntryQuery | None = None) -> tuple[Entry, ...]:
    """Entries of the round, all or those of a pillar, measure, return or status."""
    asked = query or EntryQuery(round_.id)
    return lists.entries(ws.ledger, replace(asked, due_on=round_.due_on, today=ws.today))


@dataclass(frozen=True)
class EntryDetail:
    """One entry with its return and evidence: what the form shows."""

    entry: Entry
    expected: ExpectedReturn
    current: Return | None
    attachments: tuple[Attachment, ...]


def entry_detail(ws: Workspace, entry_id: str) -> EntryDetail:
    """An entry as the form needs it."""
    from hs_credit_desktop.store import files, returns  # not for the first picture

    entry = lists.entry(ws.ledger, entry_id)
    expected = lists.expected_return(ws.ledger, entry.expected_return_id)
    return EntryDetail(
        entry,
        expected,
        returns.current_return(ws.ledger, expected),
        files.attachments_of(ws.ledger, entry_id),
    )


def lamp_of_entry(ws: Workspace, entry: Entry, due_on: date, limits: Thresholds) -> Lamp:
    """The lamp of an entry: a blank one waits like a missing one, whatever its return's state."""
    return deadlines.lamp(
        state=entry.lamp_state,
        due_on=due_on,
        today=ws.today,
        thresholds=limits,
        exempt=entry.exempt,
        extended_to=entry.extended_to,
        resubmit_by=entry.resubmit_by,
    )


def lamp_of_return(
    ws: Workspace, expected: ExpectedReturn, due_on: date, limits: Thresholds
) -> Lamp:
    """The lamp of a unit's return."""
    return deadlines.lamp(
        state=expected.state,
        due_on=due_on,
        today=ws.today,
        thresholds=limits,
        exempt=expected.exempt,
        extended_to=expected.extended_to,
        resubmit_by=expected.resubmit_by,
    )


# What waits at a node, the most pressing first.
_WAITING = (Lamp.OVERDUE, Lamp.DUE_SOON, Lamp.SENT_BACK)


def lamps_of_nodes(ws: Workspace, round_: Round, nodes: tuple[PillarNode, ...]) -> dict[str, Lamp]:
    """Pillar or measure id → the most pressing lamp of its entries; none where nothing waits."""
    limits = thresholds(ws)
    of_measure: dict[str, set[Lamp]] = {}
    for item in waiting.waiting(ws.ledger, round_.id):
        blank = item.state is ReturnState.MISSING
        lamp = deadlines.lamp(
            state=item.state,
            due_on=round_.due_on,
            today=ws.today,
            thresholds=limits,
            extended_to=item.day if blank else None,
            resubmit_by=None if blank else item.day,
        )
        of_measure.setdefault(item.measure_id, set()).add(lamp)
    found: dict[str, Lamp] = {}
    for node in nodes:
        inner = {item.measure.id: of_measure.get(item.measure.id, set()) for item in node.measures}
        for node_id, seen in (inner | {node.pillar.id: set().union(*inner.values())}).items():
            if pressing := next((lamp for lamp in _WAITING if lamp in seen), None):
                found[node_id] = pressing
    return found


def strip(ws: Workspace, round_: Round) -> Notification | None:
    """What the strip on start says about the round, or None."""
    return deadlines.strip(
        due_on=round_.due_on,
        today=ws.today,
        missing=figures(ws, round_).missing,
        calendar=work_calendar(ws),
        thresholds=thresholds(ws),
    )


def countdown(ws: Workspace, round_: Round) -> str:
    """The words of the round's chip."""
    return deadlines.countdown(round_.due_on, ws.today, work_calendar(ws))


class Counted(StrEnum):
    """The three numbers at the head of a node or unit; each opens exactly the entries it counts."""

    EXPECTED = "expected"
    COVERED = "covered"
    BLANK = "blank"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return {"expected": "应反馈", "covered": "已覆盖", "blank": "未报"}[self.value]


def counted(ws: Workspace, round_: Round, query: EntryQuery, which: Counted) -> tuple[Entry, ...]:
    """The entries a number of the node counts; exempt ones are in none of them."""
    wanted = {Counted.COVERED: True, Counted.BLANK: False}.get(which)
    return entries(ws, round_, replace(query, status=Status.EXPECTED, covered=wanted))
