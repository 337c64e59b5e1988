"""历年对照: a measure or a unit over all rounds of all notices of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hs_credit_desktop.domain.aligning import Wording, align, likeness
from hs_credit_desktop.domain.chasing import UnitRecord
from hs_credit_desktop.domain.notice import Measure, Notice
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.domain.years import Link, TotalLine, chain, total_lines
from hs_credit_desktop.services import chasing, overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import notices
from hs_credit_desktop.store.lists import EntryQuery


@dataclass(frozen=True)
class Stop:
    """A round on the way through the years; name: 2024年第一轮, told apart from its like."""

    notice: Notice
    round: Round
    name: str


@dataclass(frozen=True)
class YearMeasure:
    """A measure as one notice has it; link: how it is known to go on with an earlier one."""

    notice: Notice
    measure: Measure
    link: Link | None

    @property
    def label(self) -> str:
        """（三）推进…"""
        return f"（{chinese_number(self.measure.number)}）{self.measure.title}"

    @property
    def words(self) -> str:
        """Number of the notice, the measure, and how it is bound to the one before."""
        paper = self.notice.doc_number or self.notice.title
        return f"{paper}：{self.label}" + (f"（{self.link.words}）" if self.link else "")


@dataclass(frozen=True)
class UnitLine:
    """A unit of a measure: its entry in each round (None: not expected), totals beside each."""

    unit_id: str
    name: str
    entries: tuple[Entry | None, ...]
    totals: tuple[TotalLine, ...]

    @property
    def id(self) -> str:
        """The unit's id."""
        return self.unit_id


@dataclass(frozen=True)
class MeasureYears:
    """A measure over the years: as each notice has it, the rounds, and a line for each unit."""

    measures: tuple[YearMeasure, ...]
    stops: tuple[Stop, ...]
    lines: tuple[UnitLine, ...]

    @property
    def label(self) -> str:
        """The measure as the newest notice prints it."""
        return self.measures[-1].label


@dataclass(frozen=True)
class UnitStop:
    """A unit in a round; expected None: not on its list. record: its counts (None when exempt)."""

    stop: Stop
    expected: ExpectedReturn | None
    record: UnitRecord | None

    @property
    def id(self) -> str:
        """The round's id."""
        return self.stop.round.id

    @property
    def timing(self) -> str:
        """按时, 逾期报送, 逾期未报, 未报, 免报; '' when not expected."""
        if self.expected is None:
            return ""
        if self.expected.exempt or self.record is None:
            return Status.EXEMPT.label
        if self.record.on_time or self.record.late:
            return Status.ON_TIME.label if self.record.on_time else Status.LATE.label
        return Status.OVERDUE.label if self.record.missing else Status.MISSING.label


def stops(ws: Workspace) -> tuple[Stop, ...]:
    """Every round of every notice, the oldest notice first."""
    every = [
        (notice, one)
        for notice, rounds in reversed(overview.rounds_by_notice(ws))
        for one in rounds
    ]
    names = [f"{one.due_on.year}年{one.name}" for _, one in every]
    return tuple(
        Stop(notice, one, name if names.count(name) == 1 else f"{name}（{_paper(notice)}）")
        for (notice, one), name in zip(every, names, strict=True)
    )


def _paper(notice: Notice) -> str:
    return notice.doc_number or notice.title


def links(ws: Workspace) -> tuple[Link, ...]:
    """How measures go on over the notices: as recorded, else guessed from the words.

    Where a notice was read beside an earlier one (any measure says what it goes on with), what is
    not bound is new; only where nothing was recorded the words decide.
    """
    plans = [_measures(ws, notice) for notice in reversed(notices.notices(ws.ledger))]
    found: list[Link] = []
    for former, now in pairwise(plans):
        told = [Link(m.previous_id, m.id, recorded=True) for m in now if m.previous_id]
        found += told or _guessed(former, now)
    return tuple(found)


def _measures(ws: Workspace, notice: Notice) -> tuple[Measure, ...]:
    return tuple(m for pillar in notices.everything(ws.ledger, notice.id) for m in pillar.measures)


def _guessed(former: Sequence[Measure], now: Sequence[Measure]) -> list[Link]:
    old, new = (tuple(Wording(m.title, m.body, ()) for m in plan) for plan in (former, now))
    return [
        Link(
            former[at].id,
            now[place].id,
            recorded=False,
            likeness=likeness(old[at], new[place]),
        )
        for place, at in align(old, new).items()
    ]


def measures(ws: Workspace) -> tuple[YearMeasure, ...]:
    """Every measure to choose from, each once: the newest notice's, then those that ended."""
    bound = links(ws)
    gone_on = {one.old for one in bound}
    link_of = {one.new: one for one in bound}
    return tuple(
        YearMeasure(notice, one, link_of.get(one.id))
        for notice in notices.notices(ws.ledger)
        for one in _measures(ws, notice)
        if one.id not in gone_on
    )


def measure_years(ws: Workspace, measure_id: str) -> MeasureYears:
    """The measure over all rounds of all notices that have it."""
    bound = links(ws)
    mine = chain(measure_id, bound)
    link_of = {one.new: one for one in bound}
    listed = tuple(
        YearMeasure(notice, one, link_of.get(one.id))
        for notice in reversed(notices.notices(ws.ledger))
        for one in _measures(ws, notice)
        if one.id in mine
    )
    having = {item.notice.id for item in listed}
    way = tuple(stop for stop in stops(ws) if stop.notice.id in having)
    said = [_entries(ws, stop, listed) for stop in way]
    return MeasureYears(listed, way, _lines(said))


def _entries(ws: Workspace, stop: Stop, listed: Sequence[YearMeasure]) -> dict[str, Entry]:
    """Unit id → its entry in that round; of several measures that became one, the first."""
    found: dict[str, Entry] = {}
    for item in listed:
        if item.notice.id == stop.notice.id:
            query = EntryQuery(stop.round.id, measure_id=item.measure.id)
            for entry in overview.entries(ws, stop.round, query):
                found.setdefault(entry.unit_id, entry)
    return found


def _lines(said: Sequence[dict[str, Entry]]) -> tuple[UnitLine, ...]:
    """A line for each unit, those of the newest round first in its order."""
    names: dict[str, str] = {}
    for of_round in reversed(said):
        for unit_id, entry in of_round.items():
            names.setdefault(unit_id, entry.unit_name)
    return tuple(
        UnitLine(unit_id, name, row, total_lines([e.parts.texts if e else () for e in row]))
        for unit_id, name in names.items()
        for row in [tuple(of_round.get(unit_id) for of_round in said)]
    )


def unit_years(ws: Workspace, unit_id: str) -> tuple[UnitStop, ...]:
    """A unit over all rounds of all notices, the oldest first."""
    return tuple(_unit_stop(ws, stop, unit_id) for stop in stops(ws))


def _unit_stop(ws: Workspace, stop: Stop, unit_id: str) -> UnitStop:
    every = (
        *overview.expected_returns(ws, stop.round),
        *overview.expected_returns(ws, stop.round, Status.EXEMPT),
    )
    expected = next((item for item in every if item.unit_id == unit_id), None)
    counted = chasing.records(ws, [stop.round.id])
    record = next((item for item in counted if item.unit_id == unit_id), None)
    return UnitStop(stop, expected, record)


def summed(rows: Sequence[UnitStop]) -> UnitRecord | None:
    """The counts of all rounds together, None when the unit was expected in none."""
    records = [row.record for row in rows if row.record]
    if not records:
        return None
    counts = ("expected", "on_time", "late", "missing", "sent_back", "chased")
    return replace(
        records[-1], **{name: sum(getattr(one, name) for one in records) for name in counts}
    )
