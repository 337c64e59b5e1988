"""Review: the queue, what to look at in each return, bulk accept, notices of return."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.flags import Flag, chips, reasons
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn, FeedbackParts, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import flagging, overview, returns
from hs_credit_desktop.services.return_lists import ReturnList
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import lists, notices, versions
from hs_credit_desktop.store import paper_copies as copies
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.return_pages import By, ReturnQuery
from hs_credit_desktop.store.versions import ReviewLine, Version

CHUNK = 200  # returns whose texts are looked at together


@dataclass(frozen=True)
class QueueRow:
    """One return waiting: its flags, and whether it is a resubmission."""

    expected: ExpectedReturn
    flags: tuple[Flag, ...]

    @property
    def resubmission(self) -> bool:
        """Whether it has been reported before."""
        return self.expected.version > 1

    @property
    def blocked(self) -> bool:
        """Whether accepting all at once leaves it out."""
        return any(flag.kind.blocks for flag in self.flags)

    @property
    def chips(self) -> tuple[str, ...]:
        """Words for the row: 3 条空白, 与上轮雷同, 数字下降, 重报."""
        words = [
            f"{count} 条空白" if kind.value == "blank" else kind.label
            for kind, count in chips(self.flags).items()
        ]
        return tuple(words + (["重报"] if self.resubmission else []))


def flags(ws: Workspace, expected_return_id: str) -> tuple[Flag, ...]:
    """What to look at in a return, measure by measure; compares every answer to its measures."""
    expected = lists.expected_return(ws.ledger, expected_return_id)
    known = flagging.grounds(ws, round_of_return(ws, expected))
    return flagging.of_returns(ws, known, [expected.id])[expected.id]


def round_of_return(ws: Workspace, expected: ExpectedReturn) -> Round:
    """The round that a place in the expected list belongs to."""
    return next(
        round_
        for notice in notices.notices(ws.ledger)
        for round_ in overview.rounds(ws, notice.id)
        if round_.id == expected.round_id
    )


def listed(ws: Workspace, round_: Round, status: Status) -> ReturnList:
    """The returns of a status: those that wait first received first, others in official order."""
    by = By.CAME if status is Status.TO_REVIEW else None
    return ReturnList(ws, round_, ReturnQuery(round_.id, status), by)


def queue(
    ws: Workspace,
    round_: Round,
    *,
    told: Callable[[int, int], object] = lambda _done, _all: None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[QueueRow, ...]:
    """Returns that wait for review, first received first, each with its flags.

    Compares every text of the round, for a worker where there may be many. told: (looked at, all);
    nothing when stopped.
    """
    known, found = flagging.grounds(ws, round_), listed(ws, round_, Status.TO_REVIEW)
    rows: list[QueueRow] = []
    for start in range(0, len(found), CHUNK):
        told(start, len(found))
        part = found.read(start, start + CHUNK)
        flags = flagging.of_returns(ws, known, [item.id for item in part], stopped=stopped)
        if stopped():
            return ()
        rows += [QueueRow(item, flags[item.id]) for item in part]
    return tuple(rows)


def accept(
    ws: Workspace,
    ids: Sequence[str],
    *,
    told: Callable[[int, int], object] = lambda _done, _all: None,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Accept returns one by one, each with its own line of the log; how many when stopped."""
    for done, expected_return_id in enumerate(ids):
        if stopped():
            return done
        told(done, len(ids))
        returns.review(ws, expected_return_id=expected_return_id, decision=ReturnState.ACCEPTED)
    return len(ids)


def accept_clear(ws: Workspace, round_: Round) -> tuple[QueueRow, ...]:
    """Accept every waiting return without a blocking flag; the rows accepted."""
    clear = tuple(row for row in queue(ws, round_) if not row.blocked)
    accept(ws, [row.expected.id for row in clear])
    return clear


def ready_reason(found: Sequence[Flag]) -> str:
    """The reason line as the flags suggest it; the clerk edits it."""
    return reasons(flag for flag in found if flag.kind.blocks)


@dataclass(frozen=True)
class History:
    """Versions of a return and the decisions about them."""

    versions: tuple[Version, ...]
    reviews: tuple[ReviewLine, ...]


def history(ws: Workspace, expected_return_id: str) -> History:
    """Who reported and who reviewed, and when."""
    return History(
        versions.versions(ws.ledger, expected_return_id),
        versions.reviews(ws.ledger, expected_return_id),
    )


def before_resubmission(ws: Workspace, expected_return_id: str) -> dict[str, FeedbackParts]:
    """Entry id → what stood there before the current version: what a resubmission changed."""
    expected = lists.expected_return(ws.ledger, expected_return_id)
    return versions.earlier_parts(ws.ledger, expected.id, expected.version)


def unit_return(ws: Workspace, round_: Round, unit_id: str) -> ExpectedReturn:
    """A unit's place in a round; UserError when it is not to report."""
    for status in (Status.EXPECTED, Status.EXEMPT):
        for item in overview.expected_returns(ws, round_, status):
            if item.unit_id == unit_id:
                return item
    raise UserError(f"这家单位不在{round_.name}的应报名单里", "请核对单位和轮次。")


def entries_of(ws: Workspace, round_: Round, expected_return_id: str) -> tuple[Entry, ...]:
    """The entries of a return in printed order of measures."""
    return overview.entries(
        ws, round_, EntryQuery(round_.id, expected_return_id=expected_return_id)
    )


def tick_paper_copy(ws: Workspace, expected_return_id: str, day: date | None) -> Changes:
    """Tick 纸质盖章件已收 with its day, or untick it (None); UserError for a day to come."""
    expected = lists.expected_return(ws.ledger, expected_return_id)
    if day and day > ws.today:
        raise UserError(f"收到日期 {day} 在今天（{ws.today}）之后", "请填写实际收到的日期。")
    detail = {"day": day.isoformat() if day else None}
    with ws.change("纸质盖章件", expected.unit_name, detail):
        copies.tick(ws.ledger, expected_return_id, day)
    return Changes(returns=True)


def paper_copies(ws: Workspace, round_: Round) -> dict[str, date]:
    """Expected return id → day its stamped paper copy came."""
    return copies.of_round(ws.ledger, round_.id)
