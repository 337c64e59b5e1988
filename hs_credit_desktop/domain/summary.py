"""The facts of a round as a report needs them, and the sentences that follow from its figures."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from hs_credit_desktop.domain.notice import Measure, Notice, OpenDoubt, Pillar, Role
from hs_credit_desktop.domain.returns import Completion, Entry, ExpectedReturn, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Figures, Status, Tally, holds

_ENDS = "。！？；…”）》"


@dataclass(frozen=True)
class UnitEntry:
    """One unit's entry of a measure; group: the printed group it is a member of (各县…), if any."""

    entry: Entry
    group: str | None = None

    @property
    def label(self) -> str:
        """市发改委（牵头单位，推进中，待审）: role, completion, state until it is accepted."""
        words = [_ROLE_WORDS.get((self.entry.role, self.entry.suggested), "")]
        words.append(self.entry.parts.completion.label if self.entry.parts.completion else "")
        settled = self.entry.state in (ReturnState.ACCEPTED, ReturnState.MISSING)
        words.append("" if settled else self.entry.state.label)
        said = "，".join(word for word in words if word)
        return self.entry.unit_name + (f"（{said}）" if said else "")


_ROLE_WORDS = {
    (Role.LEAD.value, False): "牵头单位",
    (Role.LEAD.value, True): "牵头单位（推定）",
}


def lead_label(*, suggested: bool) -> str:
    """牵头单位, or 牵头单位（推定） while the clerk has not confirmed it."""
    return _ROLE_WORDS[Role.LEAD.value, suggested]


@dataclass(frozen=True)
class MeasureFacts:
    """A measure with its expected entries: lead first, official order, members of groups last."""

    measure: Measure
    entries: tuple[UnitEntry, ...]

    @property
    def covered(self) -> tuple[UnitEntry, ...]:
        """The entries that say something."""
        return tuple(item for item in self.entries if item.entry.covered)

    @property
    def blank(self) -> tuple[UnitEntry, ...]:
        """The entries nobody has filled yet."""
        return tuple(item for item in self.entries if not item.entry.covered)

    @property
    def lead_label(self) -> str:
        """牵头单位, or 牵头单位（推定） while the clerk has not confirmed a first-listed lead."""
        suggested = any(_leads(item) and item.entry.suggested for item in self.entries)
        return lead_label(suggested=suggested)

    @property
    def leads(self) -> tuple[str, ...]:
        """Names of the leading units; several are possible."""
        return tuple(item.entry.unit_name for item in self.entries if _leads(item))


@dataclass(frozen=True)
class PillarFacts:
    """A pillar with its measures in printed order."""

    pillar: Pillar
    measures: tuple[MeasureFacts, ...]


@dataclass(frozen=True)
class RoundFacts:
    """Everything a report on a round says; nothing else may be looked up while it is written.

    returns: all expected returns in official order, exempt ones included. practice: the texts are
    invented and every page says so. composed: the drafts of the composing desk, measure id or key
    of composing.CHAPTERS → text with a line a paragraph. number: the document number registered for
    the report, "" for none. levels: completion → entries, where they were counted without reading
    the entries.
    """

    notice: Notice
    round: Round
    today: date
    figures: Figures
    pillars: tuple[PillarFacts, ...]
    returns: tuple[ExpectedReturn, ...]
    issuer: str = ""
    open_doubts: tuple[OpenDoubt, ...] = ()
    practice: bool = False
    composed: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    levels: Mapping[Completion, int] | None = None

    @property
    def measures(self) -> tuple[MeasureFacts, ...]:
        """All measures in printed order."""
        return tuple(item for pillar in self.pillars for item in pillar.measures)

    @property
    def entries(self) -> tuple[UnitEntry, ...]:
        """All expected entries in printed order of measures."""
        return tuple(item for measure in self.measures for item in measure.entries)

    def units(self, status: Status) -> tuple[ExpectedReturn, ...]:
        """The returns that a figure counts, in official order."""
        return tuple(item for item in self.returns if self._counts(status, item))

    def _counts(self, status: Status, item: ExpectedReturn) -> bool:
        tally = Tally(item.state, item.exempt, item.first_received_on, 1, 0, 0)
        return holds(status, tally, due_on=self.round.due_on, today=self.today)


@dataclass(frozen=True)
class Gathered:
    """What the units said in one part (problems, next steps) about one measure."""

    measure: Measure
    texts: tuple[tuple[UnitEntry, str], ...]


def _leads(item: UnitEntry) -> bool:
    return item.entry.role == Role.LEAD.value


def ordered(entries: Sequence[UnitEntry]) -> tuple[UnitEntry, ...]:
    """Lead first, then the given (official) order, members of groups last; stable."""
    return tuple(sorted(entries, key=lambda item: (item.group is not None, not _leads(item))))


def by_group(entries: Sequence[UnitEntry]) -> Iterator[tuple[str | None, tuple[UnitEntry, ...]]]:
    """Ordered entries cut where the group changes: (None, named units), (各县…, its members)."""
    for group, items in groupby(entries, key=lambda item: item.group):
        yield group, tuple(items)


def gathered(facts: RoundFacts, part: str) -> tuple[tuple[PillarFacts, tuple[Gathered, ...]], ...]:
    """One part of all feedback ("problems", "next_steps") by pillar and measure.

    Measures and pillars about which nobody said anything are left out.
    """
    found = []
    for pillar in facts.pillars:
        inner = tuple(Gathered(item.measure, _said(item, part)) for item in pillar.measures)
        spoken = tuple(item for item in inner if item.texts)
        if spoken:
            found.append((pillar, spoken))
    return tuple(found)


def _said(measure: MeasureFacts, part: str) -> tuple[tuple[UnitEntry, str], ...]:
    texts = ((item, str(getattr(item.entry.parts, part)).strip()) for item in measure.covered)
    return tuple((item, text) for item, text in texts if text)


def joined(*texts: str) -> str:
    """Texts of one unit one after the other, with a full stop between where one is missing."""
    kept = [text.strip() for text in texts if text.strip()]
    closed = [text if text[-1] in _ENDS else text + "。" for text in kept[:-1]]
    return "".join(closed + kept[-1:])


def percent(share: float) -> str:
    """A share as a percentage with one decimal: 0.9773 → 97.7%."""
    return f"{share * 100:.1f}%"


def chinese_date(day: date) -> str:
    """A date as official documents write it, without leading zeros: 2024年12月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def subject(title: str) -> str:
    """What a notice is about: 关于印发《甲》任务分解的通知 → 《甲》任务分解."""
    core = title.removeprefix("关于").removeprefix("印发").removesuffix("通知").removesuffix("的")
    return core or title


def cited(notice: Notice) -> str:
    """The notice as another paper cites it: 《关于印发〈甲〉任务分解的通知》（乙办〔2024〕1号）."""
    inner = notice.title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》" + (f"（{notice.doc_number}）" if notice.doc_number else "")


def overview(facts: RoundFacts) -> tuple[str, ...]:
    """The paragraphs of 总体情况: only figures of the ledger, each by the counting rules."""
    paragraphs = (
        _request(facts) + _receipts(facts.figures),
        _coverage(facts) + _reviewed(facts.figures) + _completed(facts),
        _named(facts),
    )
    return tuple(text for text in paragraphs if text)


def _request(facts: RoundFacts) -> str:
    return (
        f"根据{cited(facts.notice)}要求，{facts.round.name}执行情况应于"
        f"{chinese_date(facts.round.due_on)}前报送。截至{chinese_date(facts.today)}，"
    )


def _receipts(figures: Figures) -> str:
    exempt = f"（另有免报{figures.exempt}家）" if figures.exempt else ""
    return (
        f"应报{figures.expected}家{exempt}，已报{figures.received}家，"
        f"报送率{percent(figures.rate)}；按时报送{figures.on_time}家，"
        f"按时率{percent(figures.on_time_rate)}；"
        f"逾期报送{figures.late}家，未报{figures.missing}家。"
    )


def _coverage(facts: RoundFacts) -> str:
    figures = facts.figures
    share = figures.entries_covered / figures.entries_expected if figures.entries_expected else 0.0
    return (
        f"本轮共{len(facts.pillars)}个大类、{len(facts.measures)}项措施，"
        f"应反馈{figures.entries_expected}条，已反馈{figures.entries_covered}条，"
        f"占{percent(share)}。"
    )


def _reviewed(figures: Figures) -> str:
    counts = (
        ("审核通过", figures.accepted),
        ("待审", figures.to_review),
        ("退回补报", figures.sent_back),
        ("存疑", figures.on_hold),
    )
    said = "，".join(f"{word}{count}家" for word, count in counts if count)
    return f"已报的{figures.received}家中，{said}。" if said else ""


def _levels(facts: RoundFacts) -> Mapping[Completion, int]:
    covered = (item.entry.parts.completion for item in facts.entries if item.entry.covered)
    return Counter(level for level in covered if level)


def _completed(facts: RoundFacts) -> str:
    counts = facts.levels if facts.levels is not None else _levels(facts)
    said = "、".join(f"{level.label}{counts[level]}条" for level in Completion if counts.get(level))
    return f"从各单位填报的完成情况看，{said}。" if said else ""


def _named(facts: RoundFacts) -> str:
    lists = (
        ("逾期报送的单位", Status.LATE),
        (
            "逾期未报的单位" if facts.today > facts.round.due_on else "尚未报送的单位",
            Status.MISSING,
        ),
        ("免报的单位", Status.EXEMPT),
    )
    found = ((words, [item.unit_name for item in facts.units(status)]) for words, status in lists)
    return "".join(f"{words}：{'、'.join(names)}。" for words, names in found if names)
