"""Review: the queue, what to look at in each return, bulk accept, notices of return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.flags import (
    Flag,
    FlagLimits,
    Peer,
    Subject,
    chips,
    flags_of,
    reasons,
    whole_text,
)
from hs_credit_desktop.domain.notice import Measure
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn, FeedbackParts, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office, overview, returns
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import files, lists, notices, settings, staging, versions
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.versions import ReviewLine, Version

_LIMIT_KEYS = {"last": "flag_last", "other": "flag_other", "notice": "flag_notice"}


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


def limits(ws: Workspace) -> FlagLimits:
    """From which similarity texts are flagged."""
    said = {
        name: float(settings.get(ws.ledger, key, str(getattr(FlagLimits, name))))
        for name, key in _LIMIT_KEYS.items()
    }
    return FlagLimits(**said)


def set_limits(ws: Workspace, chosen: FlagLimits) -> Changes:
    """Set the thresholds; UserError outside 0.5–1."""
    said = vars(chosen)
    if not all(0.5 <= value <= 1 for value in said.values()):
        raise UserError("雷同阈值没有保存", "请填 0.50 到 1.00 之间的数。")
    with ws.change("修改设置", "设置", {"new": said, "old": vars(limits(ws))}):
        for name, key in _LIMIT_KEYS.items():
            settings.put(ws.ledger, key, str(said[name]))
    return Changes(settings=True)


@dataclass(frozen=True)
class RoundTexts:
    """Everything a round's answers are compared with; made once for many returns."""

    round: Round
    entries: Mapping[str, tuple[Entry, ...]]
    last: Mapping[tuple[str, str], FeedbackParts]
    last_name: str
    measures: Mapping[str, Measure]
    own_place: str


def round_texts(ws: Workspace, round_: Round) -> RoundTexts:
    """Load the round, the round before and the notice's own words."""
    by_return: dict[str, list[Entry]] = {}
    for entry in overview.entries(ws, round_):
        by_return.setdefault(entry.expected_return_id, []).append(entry)
    earlier = [
        item for item in overview.rounds(ws, round_.notice_id) if item.number < round_.number
    ]
    last = {
        (entry.unit_id, entry.measure_id): entry.parts
        for item in earlier[-1:]
        for entry in overview.entries(ws, item)
        if entry.covered
    }
    notice = next(item for item in notices.notices(ws.ledger) if item.id == round_.notice_id)
    return RoundTexts(
        round_,
        {key: tuple(rows) for key, rows in by_return.items()},
        last,
        earlier[-1].name if earlier else "",
        {
            measure.id: measure
            for pillar in notices.tree(ws.ledger, round_.notice_id, round_.id)
            for measure in pillar.measures
        },
        f"{notice.issuer or ''}{office.office(ws)['office_name']}",
    )


def flags(
    ws: Workspace, expected_return_id: str, texts: RoundTexts | None = None
) -> tuple[Flag, ...]:
    """What to look at in a return, measure by measure."""
    expected = lists.expected_return(ws.ledger, expected_return_id)
    known = texts or round_texts(ws, round_of_return(ws, expected))
    chosen = limits(ws)
    return tuple(
        flag
        for entry in known.entries[expected.id]
        for flag in flags_of(_subject(ws, entry, known), chosen)
    )


def round_of_return(ws: Workspace, expected: ExpectedReturn) -> Round:
    """The round that a place in the expected list belongs to."""
    return next(
        round_
        for notice in notices.notices(ws.ledger)
        for round_ in overview.rounds(ws, notice.id)
        if round_.id == expected.round_id
    )


def _subject(ws: Workspace, entry: Entry, texts: RoundTexts) -> Subject:
    measure = texts.measures[entry.measure_id]
    peers = tuple(
        Peer(other.unit_name, whole_text(other.parts))
        for rows in texts.entries.values()
        for other in rows
        if other.measure_id == entry.measure_id and other.id != entry.id and other.covered
    )
    return Subject(
        entry.measure_number,
        entry.parts,
        texts.last.get((entry.unit_id, entry.measure_id)),
        texts.last_name,
        f"{measure.title}。{measure.body}",
        peers,
        texts.round.due_on,
        len(files.attachments_of(ws.ledger, entry.id)),
        texts.own_place,
    )


def queue(ws: Workspace, round_: Round) -> tuple[QueueRow, ...]:
    """Returns that wait for review, first received first, each with its flags."""
    texts = round_texts(ws, round_)
    waiting = overview.expected_returns(ws, round_, Status.TO_REVIEW)
    came = {
        item.id: [
            (line.received_on, line.version) for line in versions.versions(ws.ledger, item.id)
        ]
        for item in waiting
    }
    ordered = sorted(waiting, key=lambda item: (came[item.id][-1][0], item.ordinal))
    return tuple(QueueRow(item, flags(ws, item.id, texts)) for item in ordered)


def sent_back(ws: Workspace, round_: Round) -> tuple[QueueRow, ...]:
    """Returns that were sent back and have not come again, in official order."""
    texts = round_texts(ws, round_)
    return tuple(
        QueueRow(item, flags(ws, item.id, texts))
        for item in overview.expected_returns(ws, round_, Status.SENT_BACK)
    )


def accept_clear(ws: Workspace, round_: Round) -> tuple[QueueRow, ...]:
    """Accept every waiting return without a blocking flag; the rows accepted."""
    clear = tuple(row for row in queue(ws, round_) if not row.blocked)
    for row in clear:
        returns.review(ws, expected_return_id=row.expected.id, decision=ReturnState.ACCEPTED)
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
        staging.set_paper_copy(ws.ledger, expected_return_id, day)
    return Changes(returns=True)


def paper_copies(ws: Workspace, round_: Round) -> dict[str, date]:
    """Expected return id → day its stamped paper copy came."""
    return staging.paper_copies(ws.ledger, round_.id)
