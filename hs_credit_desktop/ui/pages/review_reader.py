"""What 审核 shows, read from the ledger: lists by the page, a return, what it is compared with."""

from collections.abc import Mapping, Sequence

from hs_credit_desktop.domain.flags import Flag, FlagKind
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn, FeedbackParts
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import flagging, overview, reviewing
from hs_credit_desktop.services.flagging import Grounds
from hs_credit_desktop.services.return_lists import ReturnList
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.models.review import EntryLine, WaitingRow
from hs_credit_desktop.ui.models.rows import PagedRows
from hs_credit_desktop.ui.widgets.compare import Compared

# The four comparisons in the order of their buttons.
LAST_ROUND, LAST_VERSION, OTHER_UNIT, NOTICE = range(4)


class ReviewReader:
    """Everything about the returns of one round.

    flags: return id → its flags, as they are found.
    """

    def __init__(self, ws: Workspace, flags: Mapping[str, tuple[Flag, ...]]) -> None:
        self._ws, self._flags = ws, flags
        self._grounds: Grounds | None = None
        self._list: ReturnList | None = None
        self._last: tuple[str, Mapping[str, FeedbackParts]] = "", {}

    @property
    def grounds(self) -> Grounds:
        """What the answers of the round are held against."""
        assert self._grounds is not None, "read() comes first"
        return self._grounds

    def read(self, round_: Round) -> None:
        """Look at a round, or at what changed in it; its returns are read when asked for."""
        self._grounds = flagging.grounds(self._ws, round_)
        self._last = "", {}

    def rows(self, status: Status) -> PagedRows[WaitingRow]:
        """Returns of a state; those that wait come first received first, others in order."""
        self._list = reviewing.listed(self._ws, self.grounds.round, status)
        return self._paged(self._list)

    def rows_after(self, gone: str) -> PagedRows[WaitingRow]:
        """The list that was read last, after a decision: at most one return has left it.

        gone: its id, or ''. Tens of thousands need not be sorted again for that.
        """
        assert self._list is not None, "rows() comes first"
        at = self._list.place(gone) if gone else -1
        if at >= 0:
            del self._list.order[at]
        return self._paged(self._list)

    def _paged(self, found: ReturnList) -> PagedRows[WaitingRow]:
        def read(start: int, stop: int) -> list[WaitingRow]:
            return [WaitingRow(item, self._flags) for item in found.read(start, stop)]

        # The queue has its one order: there are no heads to press.
        return PagedRows(len(found), read, found.place, lambda _by, _falling: self._paged(found))

    def lines(self, expected_return_id: str) -> list[EntryLine]:
        """The entries of a return, each with its flags as far as they are known."""
        found = self._flags.get(expected_return_id, ())
        entries = reviewing.entries_of(self._ws, self.grounds.round, expected_return_id)
        return [
            EntryLine(
                entry, tuple(flag for flag in found if flag.measure_number == entry.measure_number)
            )
            for entry in entries
        ]

    # What an entry is compared with

    def last(self, entry: Entry) -> FeedbackParts | None:
        """The unit's answer of the round before."""
        if self._last[0] != entry.unit_id:
            parts = flagging.last_parts(self._ws, self.grounds, entry.unit_id)
            self._last = entry.unit_id, parts
        return self._last[1].get(entry.measure_id)

    def before(self, entry: Entry) -> FeedbackParts | None:
        """What stood there before the version that is reviewed now."""
        return reviewing.before_resubmission(self._ws, entry.expected_return_id).get(entry.id)

    def other_answers(self, entry: Entry) -> int:
        """How many other units answered the same measure."""
        return flagging.other_answers(self._ws, self.grounds.round, entry)

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
        own = f"{self.grounds.round.name}（本次）"
        if how == LAST_VERSION:
            return Compared(own, entry.parts, "上一版", self.before(entry))
        if how == NOTICE:
            words = FeedbackParts(progress=self.grounds.notice_text(entry.measure_id))
            return Compared(own, entry.parts, "通知原文", words)
        if how == OTHER_UNIT:
            if not peer_id:
                return Compared(own, entry.parts)
            other = overview.entry_detail(self._ws, peer_id).entry
            return Compared(own, entry.parts, other.unit_name, other.parts)
        return Compared(own, entry.parts, self.grounds.last_name, self.last(entry))
