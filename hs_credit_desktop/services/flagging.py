"""What to look at in returns, measure by measure: each text of a round is read once for them all.

All of it but `grounds` and `others` reads and compares every answer to a measure: for a worker.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import chain, islice

from hs_credit_desktop.domain.flags import Flag, FlagLimits, Peer, Subject, flags_of, whole_text
from hs_credit_desktop.domain.nearest import Nearest
from hs_credit_desktop.domain.notice import Measure
from hs_credit_desktop.domain.returns import Entry, FeedbackParts
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.similarity import overlap, shingles, similarity
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office, overview
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import answers, lists, notices, settings
from hs_credit_desktop.store.lists import EntryQuery

_LIMIT_KEYS = {"last": "flag_last", "other": "flag_other", "notice": "flag_notice"}
SAMPLE = 200  # answers that tell which words of a measure are usual

Found = Mapping[str, tuple[Flag, ...]]


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
class Grounds:
    """What the answers of a round are held against, besides one another. last: the round before."""

    round: Round
    last: Round | None
    measures: Mapping[str, Measure]
    own_place: str
    limits: FlagLimits

    @property
    def last_name(self) -> str:
        """The name of the round before, '' for the first."""
        return self.last.name if self.last else ""

    def notice_text(self, measure_id: str) -> str:
        """The notice's own words for a measure."""
        measure = self.measures[measure_id]
        return f"{measure.title}。{measure.body}"


def grounds(ws: Workspace, round_: Round) -> Grounds:
    """The round before, the notice's own words and the thresholds."""
    rounds = notices.rounds(ws.ledger, round_.notice_id)
    earlier = [item for item in rounds if item.number < round_.number]
    notice = overview.notice_of(ws, round_)
    measures = {
        measure.id: measure
        for pillar in notices.tree(ws.ledger, round_.notice_id, round_.id)
        for measure in pillar.measures
    }
    own_place = f"{notice.issuer or ''}{office.office(ws)['office_name']}"
    return Grounds(round_, earlier[-1] if earlier else None, measures, own_place, limits(ws))


@dataclass(frozen=True)
class Other:
    """Another unit's answer to the same measure: its entry, whose it is, how alike (0–1)."""

    id: str
    unit_name: str
    alike: float


def last_parts(ws: Workspace, known: Grounds, unit_id: str) -> Mapping[str, FeedbackParts]:
    """Measure id → what the unit answered in the round before."""
    return answers.of_unit(ws.ledger, known.last.id, unit_id) if known.last else {}


def by_measure(
    ws: Workspace,
    known: Grounds,
    returns: Iterable[str],
    *,
    done: Collection[str] = (),
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Found]:
    """Entry id → its flags, for the entries of returns, one measure after the other.

    The measures of the first return come first. done: entries to leave out. Ends early when
    stopped, which is asked after every few texts.
    """
    waiting: dict[str, dict[str, Subject]] = {}
    for expected_return_id in returns:
        for entry, subject in _subjects(ws, known, expected_return_id):
            if entry.id not in done:
                waiting.setdefault(entry.measure_id, {})[entry.id] = subject
    for measure_id, subjects in waiting.items():
        peers = _peers(ws, known, measure_id, subjects, stopped)
        if peers is None:
            return
        yield {
            key: flags_of(replace(subject, peers=peers.get(key, ())), known.limits)
            for key, subject in subjects.items()
        }


def _subjects(
    ws: Workspace, known: Grounds, expected_return_id: str
) -> Iterator[tuple[Entry, Subject]]:
    """The entries of a return with all they are held against but the other units' answers."""
    entries = lists.entries(
        ws.ledger, EntryQuery(known.round.id, expected_return_id=expected_return_id)
    )
    evidence = answers.evidence(ws.ledger, expected_return_id)
    last = last_parts(ws, known, entries[0].unit_id) if entries else {}
    for entry in entries:
        yield (
            entry,
            Subject(
                entry.measure_number,
                entry.parts,
                last.get(entry.measure_id),
                known.last_name,
                known.notice_text(entry.measure_id),
                (),
                known.round.due_on,
                evidence.get(entry.id, 0),
                known.own_place,
            ),
        )


def _peers(
    ws: Workspace,
    known: Grounds,
    measure_id: str,
    subjects: Mapping[str, Subject],
    stopped: Callable[[], bool],
) -> Mapping[str, tuple[Peer]] | None:
    """Entry id → the answer of another unit most like it, where one is alike enough to be flagged.

    None when stopped.
    """
    texts = {
        key: whole_text(subject.parts)
        for key, subject in subjects.items()
        if not subject.parts.blank
    }
    if not texts:
        return {}
    every = answers.of_measure(ws.ledger, known.round.id, measure_id)
    sample = list(islice(every, SAMPLE))
    nearest = Nearest(texts, known.limits.other, [text for _, _, text in sample])
    seen: dict[str, tuple[Peer]] = {}
    for key, unit_name, text in chain(sample, every):
        if stopped():
            return None
        for name in nearest.look_at(key, text):
            seen[name] = (Peer(unit_name, text),)
    return seen


def of_returns(
    ws: Workspace,
    known: Grounds,
    returns: Sequence[str],
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, tuple[Flag, ...]]:
    """Return id → its flags, entry by entry as printed; only some when stopped."""
    found: dict[str, tuple[Flag, ...]] = {}
    for part in by_measure(ws, known, returns, stopped=stopped):
        found.update(part)
    return whole(ws, returns, found)


def whole(ws: Workspace, returns: Iterable[str], found: Found) -> dict[str, tuple[Flag, ...]]:
    """Return id → its flags, entry by entry as printed, where those of every entry are found."""
    listed = {key: answers.entry_ids(ws.ledger, key) for key in returns}
    return {
        key: tuple(flag for entry_id in ids for flag in found[entry_id])
        for key, ids in listed.items()
        if all(entry_id in found for entry_id in ids)
    }


def other_answers(ws: Workspace, round_: Round, entry: Entry) -> int:
    """How many other units answered the same measure."""
    return answers.count(ws.ledger, round_.id, entry.measure_id) - entry.covered


def others(
    ws: Workspace,
    round_: Round,
    entry: Entry,
    most: int,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Other, ...]:
    """Other units' answers to the same measure, the most alike first, at most `most`.

    It compares every answer to the measure. Nothing when stopped.
    """
    own = shingles(whole_text(entry.parts))
    scored = []
    for key, unit_name, text in answers.of_measure(ws.ledger, round_.id, entry.measure_id):
        if stopped():
            return ()
        if key != entry.id:
            scored.append(Other(key, unit_name, overlap(own, shingles(text))))
    return tuple(nlargest(most, scored, key=lambda item: item.alike))


def repeating(ws: Workspace, round_: Round) -> Counter[str]:
    """Unit id → how many of its entries repeat its own answer of the round before."""
    known, times = grounds(ws, round_), Counter[str]()
    if known.last is None:
        return times
    for measure_id in known.measures:
        for pair in answers.pairs(ws.ledger, round_.id, known.last.id, measure_id):
            times[pair.unit_id] += similarity(pair.text, pair.before) >= known.limits.last
    return times
