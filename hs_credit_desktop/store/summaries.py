"""Versions of the consolidated drafts, each with its sentences and what they go back to."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hs_credit_desktop.domain.composing import CHAPTERS, Cited, Draft, Sentence
from hs_credit_desktop.store.ledger import Ledger, new_id

_COLUMNS = "id, round_id, measure_id, chapter, version, text, sources, basis, saved_at"


@dataclass(frozen=True)
class Saved:
    """One version of a draft. node: id of the measure or a key of CHAPTERS; saved_at ISO moment.

    known: keys of the units' sentences that were there when it was saved (known_keys).
    """

    id: str
    node: str
    version: int
    draft: Draft
    known: frozenset[str]
    basis: str
    saved_at: datetime


def newest(ledger: Ledger, round_id: str) -> dict[str, Saved]:
    """Node → its newest version, of every node that has a draft."""
    rows = ledger.query(
        f"SELECT {_COLUMNS} FROM summaries AS s WHERE round_id = ? AND version = ("
        "SELECT max(version) FROM summaries AS n WHERE n.round_id = s.round_id"
        " AND n.measure_id IS s.measure_id AND n.chapter IS s.chapter)",
        round_id,
    )
    return {saved.node: saved for saved in map(_saved, rows)}


def newest_of(ledger: Ledger, round_id: str, node: str) -> Saved | None:
    """The newest version of one node; None when it has no draft."""
    row = ledger.row(
        f"SELECT {_COLUMNS} FROM summaries WHERE round_id = ? AND measure_id IS ?"
        " AND chapter IS ? ORDER BY version DESC LIMIT 1",
        round_id,
        *_place(node),
    )
    return _saved(row) if row else None


def versions(ledger: Ledger, round_id: str, node: str) -> tuple[Saved, ...]:
    """All versions of a node's draft, the newest first."""
    rows = ledger.query(
        f"SELECT {_COLUMNS} FROM summaries WHERE round_id = ? AND measure_id IS ?"
        " AND chapter IS ? ORDER BY version DESC",
        round_id,
        *_place(node),
    )
    return tuple(map(_saved, rows))


def bases(ledger: Ledger, round_id: str) -> dict[str, str]:
    """Node → the basis of its newest version; read without the texts."""
    rows = ledger.query(
        "SELECT ifnull(measure_id, chapter) AS node, basis, max(version) FROM summaries"
        " WHERE round_id = ? GROUP BY measure_id, chapter",
        round_id,
    )
    return {str(row["node"]): row["basis"] or "" for row in rows}


def add(
    ledger: Ledger,
    round_id: str,
    node: str,
    text: str,
    sources: str,
    *,
    basis: str,
    at: datetime,
) -> str:
    """Keep a draft, as `stored` has it, as the next version of its node; the id of the version."""
    measure_id, chapter = _place(node)
    last = ledger.value(
        "SELECT max(version) FROM summaries WHERE round_id = ? AND measure_id IS ?"
        " AND chapter IS ?",
        round_id,
        measure_id,
        chapter,
    )
    made = new_id()
    ledger.insert(
        "summaries",
        id=made,
        round_id=round_id,
        measure_id=measure_id,
        chapter=chapter,
        version=(last or 0) + 1,
        text=text,
        sources=sources,
        basis=basis,
        saved_at=at.isoformat(),
    )
    return made


def remove(ledger: Ledger, version_id: str) -> None:
    """Take a version back that was saved a moment ago."""
    ledger.execute("DELETE FROM summaries WHERE id = ?", version_id)


def row_hashes(ledger: Ledger, round_id: str) -> list[tuple[str, str, str]]:
    """(measure id, entry id, hash of its text) of every covered entry that counts, by entry."""
    rows = ledger.query(
        "SELECT e.measure_id, e.id, f.row_hash FROM expected_entries e"
        " JOIN feedback f ON f.id = e.feedback_id"
        " WHERE e.round_id = ? AND e.covered AND NOT e.exempt ORDER BY e.id",
        round_id,
    )
    return [(row["measure_id"], row["id"], row["row_hash"]) for row in rows]


def _place(node: str) -> tuple[str | None, str | None]:
    """(measure_id, chapter) of a node."""
    return (None, node) if node in CHAPTERS else (node, None)


def _saved(row: Any) -> Saved:
    said = json.loads(row["sources"] or "{}")
    paragraphs = said.get("paragraphs")
    draft = _plain(row["text"]) if paragraphs is None else _draft(paragraphs)
    return Saved(
        row["id"],
        str(row["measure_id"] or row["chapter"]),
        row["version"],
        draft,
        frozenset(said.get("known", ())),
        row["basis"] or "",
        datetime.fromisoformat(row["saved_at"]),
    )


def _plain(text: str) -> Draft:
    """A text without sources, as another program may have written it: a sentence a line."""
    return Draft(tuple((Sentence(line),) for line in text.split("\n") if line.strip()))


def _draft(paragraphs: list[list[dict[str, Any]]]) -> Draft:
    return Draft(
        tuple(
            tuple(
                Sentence(item["text"], tuple(Cited(*one) for one in item["from"])) for item in inner
            )
            for inner in paragraphs
        )
    )


def stored(draft: Draft, known: frozenset[str]) -> tuple[str, str]:
    """Text and sources of a draft as they are kept; it may be made on a worker."""
    # A paragraph at a time: one great dump would hold all other threads.
    paragraphs = ",".join(_dumped(list(map(_sentence, inner))) for inner in draft.paragraphs)
    return draft.text, f'{{"paragraphs":[{paragraphs}],"known":{_dumped(sorted(known))}}}'


def _sentence(item: Sentence) -> dict[str, Any]:
    cited = [[one.entry_id, one.part, one.text, one.unit] for one in item.cited]
    return {"text": item.text, "from": cited}


def _dumped(what: object) -> str:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"))
