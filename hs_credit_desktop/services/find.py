"""Finding: any substring in all texts, units by name or pinyin initials."""

import threading
from dataclasses import dataclass, replace

from hs_credit_desktop.domain.rounds import Round, current_round
from hs_credit_desktop.domain.text import excerpt
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import lists, notices, search, search_hits, units
from hs_credit_desktop.store.ledger import open_reading

EXCERPT_LENGTH = 48
BEFORE_HIT = 12


@dataclass(frozen=True)
class Hit:
    """One hit: kind is unit, measure or feedback; entry_id is set for feedback."""

    kind: str
    ref: str
    round: int | None
    unit: str | None
    measure: str | None
    excerpt: str


def find(ws: Workspace, text: str, *, limit: int = 50) -> list[Hit]:
    """Hits for `text`: units (pinyin initials too), then measures, then feedback of all rounds."""
    wanted = text.strip()
    if not wanted:
        return []
    return [
        *_units(ws, wanted, limit),
        *_measures(ws, wanted, limit),
        *_feedback(ws, wanted, limit),
    ]


class Finder:
    """Finds on a worker, over a connection of its own; opened by the first question.

    One question at a time; `give_up` comes from another thread, `close` when nothing is asked.
    """

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._own: Workspace | None = None
        self._opening = threading.Lock()  # a file that is being closed cannot be interrupted

    def find(self, text: str, *, limit: int) -> list[Hit]:
        """Like `find`. GivenUp when the question was given up; UserError as for reading."""
        if self._own is None:
            own = replace(self._ws, ledger=open_reading(self._ws.folder))
            with self._opening:
                self._own = own
        with search.may_be_given_up():
            return find(self._own, text, limit=limit)

    def give_up(self) -> None:
        """Stop the question under way, if there is one."""
        with self._opening:
            if self._own is not None:
                self._own.ledger.connection.interrupt()

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        with self._opening:
            if self._own is not None:
                self._own.close()
            self._own = None


def _units(ws: Workspace, text: str, limit: int) -> list[Hit]:
    found = search.find(ws.ledger, text, kind="unit", limit=limit)
    names = units.names_of(ws.ledger, [hit.ref for hit in found])
    return [Hit("unit", hit.ref, None, names[hit.ref], None, names[hit.ref]) for hit in found]


def _measures(ws: Workspace, text: str, limit: int) -> list[Hit]:
    refs = [hit.ref for hit in search.find(ws.ledger, text, kind="measure", limit=limit)]
    return [
        Hit("measure", ref, None, None, title, around(body, text))
        for ref, title, body in search_hits.measures(ws.ledger, refs)
    ]


def _feedback(ws: Workspace, text: str, limit: int) -> list[Hit]:
    refs = [hit.ref for hit in search.find(ws.ledger, text, kind="feedback", limit=limit)]
    return [
        Hit(
            "feedback",
            found.entry_id,
            found.round,
            found.unit_name,
            found.measure_title,
            around(found.text, text),
        )
        for found in search_hits.feedback(ws.ledger, refs)
    ]


def round_of(ws: Workspace, hit: Hit, shown: Round) -> str:
    """The id of the round in which a hit is shown.

    That of a feedback; for a measure the current round of its notice, unless `shown` is of that
    notice; else `shown`.
    """
    if hit.kind == "feedback":
        return lists.entry(ws.ledger, hit.ref).round_id
    if hit.kind == "measure":
        for notice in notices.notices(ws.ledger):
            found = notices.everything(ws.ledger, notice.id)
            if any(item.id == hit.ref for pillar in found for item in pillar.measures):
                rounds = notices.rounds(ws.ledger, notice.id)
                if notice.id != shown.notice_id and rounds:
                    return current_round(rounds, ws.today).id
    return shown.id


def around(body: str, text: str) -> str:
    """The words around the first place of `text` in `body`, on one line."""
    place = max(body.lower().find(text.lower()) - BEFORE_HIT, 0)
    return ("…" if place else "") + excerpt(body[place:], EXCERPT_LENGTH)
