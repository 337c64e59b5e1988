"""What 审核 shows, read from the ledger; flags are kept while no text changed."""

from collections.abc import Sequence

from hs_credit_desktop.domain.flags import Flag, FlagKind, whole_text
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn, FeedbackParts
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.similarity import similarity
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview, reviewing
from hs_credit_desktop.services.reviewing import QueueRow, RoundTexts
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.models.review import EntryLine
from hs_credit_desktop.ui.widgets.compare import Compared

# The four comparisons in the order of their buttons.
LAST_ROUND, LAST_VERSION, OTHER_UNIT, NOTICE = range(4)


class ReviewReader:
    """Everything about the returns of one round."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._round: Round | None = None
        self._texts: RoundTexts | None = None
        self._flags: dict[str, tuple[Flag, ...]] = {}

    @property
    def texts(self) -> RoundTexts:
        """The texts of the round that was read last."""
        assert self._texts is not None, "read() comes first"
        return self._texts

    def read(self, round_: Round, *, keep_flags: bool = False) -> None:
        """Read the round again; keep_flags: no text changed since, so known flags still hold."""
        self._round, self._texts = round_, reviewing.round_texts(self._ws, round_)
        if not keep_flags:
            self._flags.clear()

    def rows(self, status: Status) -> tuple[QueueRow, ...]:
        """Returns of a state; those that wait come first received first, others in order."""
        assert self._round is not None, "read() comes first"
        found = overview.expected_returns(self._ws, self._round, status)
        if status is Status.TO_REVIEW:
            found = tuple(sorted(found, key=lambda item: (self._came(item), item.ordinal)))
        return tuple(QueueRow(item, self.flags(item.id)) for item in found)

    def _came(self, expected: ExpectedReturn) -> str:
        return reviewing.history(self._ws, expected.id).versions[-1].received_on.isoformat()

    def flags(self, expected_return_id: str) -> tuple[Flag, ...]:
        """The flags of a return."""
        if expected_return_id not in self._flags:
            self._flags[expected_return_id] = reviewing.flags(
                self._ws, expected_return_id, self.texts
            )
        return self._flags[expected_return_id]

    def lines(self, expected_return_id: str) -> list[EntryLine]:
        """The entries of a return, each with its flags."""
        found = self.flags(expected_return_id)
        return [
            EntryLine(
                entry, tuple(flag for flag in found if flag.measure_number == entry.measure_number)
            )
            for entry in self.texts.entries.get(expected_return_id, ())
        ]

    # What an entry is compared with

    def last(self, entry: Entry) -> FeedbackParts | None:
        """The unit's answer of the round before."""
        return self.texts.last.get((entry.unit_id, entry.measure_id))

    def before(self, entry: Entry) -> FeedbackParts | None:
        """What stood there before the version that is reviewed now."""
        return reviewing.before_resubmission(self._ws, entry.expected_return_id).get(entry.id)

    def peers(self, entry: Entry) -> list[tuple[float, Entry]]:
        """Other units' answers to the same measure, the most alike first."""
        own = whole_text(entry.parts)
        scored = [
            (similarity(own, whole_text(other.parts)), other)
            for rows in self.texts.entries.values()
            for other in rows
            if other.measure_id == entry.measure_id and other.id != entry.id and other.covered
        ]
        return sorted(scored, key=lambda pair: -pair[0])

    def notice_text(self, entry: Entry) -> str:
        """The notice's own words for the measure."""
        measure = self.texts.measures[entry.measure_id]
        return f"{measure.title}。{measure.body}"

    def best(self, line: EntryLine, expected: ExpectedReturn) -> int:
        """The comparison that says most about an entry."""
        kinds = {flag.kind for flag in line.flags}
        if FlagKind.REPEATS_OTHER in kinds:
            return OTHER_UNIT
        if FlagKind.REPEATS_NOTICE in kinds:
            return NOTICE
        if kinds & {FlagKind.REPEATS_LAST, FlagKind.TOTAL_FELL}:
            return LAST_ROUND
        return LAST_VERSION if expected.version > 1 else LAST_ROUND

    def start(self, lines: Sequence[EntryLine], expected: ExpectedReturn) -> str:
        """The entry to begin with: the first with a flag, else the first a resubmission changed."""
        earlier = (
            reviewing.before_resubmission(self._ws, expected.id) if expected.version > 1 else {}
        )
        changed = [
            line
            for line in lines
            if expected.version > 1 and earlier.get(line.id, FeedbackParts()) != line.entry.parts
        ]
        flagged = [line for line in lines if line.flags]
        return next((line.id for line in (*flagged, *changed, *lines)), "")

    def compared(self, entry: Entry, how: int, peer_id: str = "") -> Compared:
        """Two texts for the view; old is None where there is nothing to compare with."""
        own = f"{self.texts.round.name}（本次）"
        if how == LAST_VERSION:
            return Compared(own, entry.parts, "上一版", self.before(entry))
        if how == NOTICE:
            words = FeedbackParts(progress=self.notice_text(entry))
            return Compared(own, entry.parts, "通知原文", words)
        if how == OTHER_UNIT:
            found = {other.id: other for _, other in self.peers(entry)}
            other = found.get(peer_id) or next(iter(found.values()), None)
            if other is None:
                return Compared(own, entry.parts)
            return Compared(own, entry.parts, other.unit_name, other.parts)
        return Compared(own, entry.parts, self.texts.last_name, self.last(entry))
