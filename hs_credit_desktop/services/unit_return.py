"""单位: all that is known of one unit's return of a round, and what the unit said last time."""

from collections.abc import Mapping
from dataclasses import dataclass

from hs_credit_desktop.domain.chasing import Chase, Contact
from hs_credit_desktop.domain.flags import new_characters, whole_text
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn, FeedbackParts
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.similarity import similarity
from hs_credit_desktop.domain.units import Unit
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.flagging import limits
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import chases, files, lists, return_pages, units, versions
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.versions import Version


@dataclass(frozen=True)
class LastAnswers:
    """What the unit reported in the round before. by_measure: measure id → its parts."""

    round_name: str = ""
    by_measure: Mapping[str, FeedbackParts] | None = None

    def of(self, measure_id: str) -> FeedbackParts | None:
        """The answer to a measure, None when there was none."""
        return self.by_measure.get(measure_id) if self.by_measure else None


@dataclass(frozen=True)
class UnitReturn:
    """One unit's return of one round on one page. evidence: how many files stand by its entries."""

    unit: Unit
    expected: ExpectedReturn
    entries: tuple[Entry, ...]
    last: LastAnswers
    versions: tuple[Version, ...]
    contacts: tuple[Contact, ...]
    chases: tuple[Chase, ...]
    evidence: int

    @property
    def blank(self) -> int:
        """Entries that say nothing yet."""
        return sum(not entry.covered for entry in self.entries)


def unit_return(ws: Workspace, round_: Round, expected_return_id: str) -> UnitReturn:
    """Everything about a unit's return of the round."""
    expected = lists.expected_return(ws.ledger, expected_return_id)
    query = EntryQuery(round_.id, expected_return_id=expected.id)
    known = chases.all_contacts(ws.ledger, expected.unit_id)
    return UnitReturn(
        units.unit(ws.ledger, expected.unit_id),
        expected,
        overview.entries(ws, round_, query),
        last_answers(ws, round_, expected.unit_id),
        versions.versions(ws.ledger, expected.id),
        tuple(contact for contact in known if contact.active),
        chases.of_return(ws.ledger, expected.id),
        files.evidence_count(ws.ledger, expected.id),
    )


def last_answers(ws: Workspace, round_: Round, unit_id: str) -> LastAnswers:
    """What the unit reported in the round before this one; empty for the first round."""
    earlier = [
        item for item in overview.rounds(ws, round_.notice_id) if item.number < round_.number
    ]
    if not earlier:
        return LastAnswers()
    before = earlier[-1]
    item = return_pages.of_unit(ws.ledger, before.id, unit_id)
    if item is None or item.exempt:
        return LastAnswers(before.name, {})
    query = EntryQuery(before.id, expected_return_id=item.id)
    said = {
        entry.measure_id: entry.parts
        for entry in overview.entries(ws, before, query)
        if entry.covered
    }
    return LastAnswers(before.name, said)


@dataclass(frozen=True)
class Novelty:
    """How much is new since the last round: 0.0–1.0 alike, and characters that were not there."""

    alike: float
    new: int
    repeats: bool

    @property
    def words(self) -> str:
        """有新进展，实际新增 56 字 or 无新进展：与上轮相似度 0.97，实际新增 3 字."""
        if self.repeats:
            return f"无新进展：与上轮相似度 {self.alike:.2f}，实际新增 {self.new} 字"
        return f"有新进展，实际新增 {self.new} 字"


def novelty(ws: Workspace, last: FeedbackParts, now: FeedbackParts) -> Novelty | None:
    """有无新进展 by the office's own limit of 与上轮雷同; None while nothing is said."""
    if now.blank:
        return None
    before, text = whole_text(last), whole_text(now)
    alike = similarity(before, text)
    return Novelty(alike, new_characters(before, text), alike >= limits(ws).last)
