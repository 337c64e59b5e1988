"""The search index: every character is a token, a query is a phrase, so any substring is found.

Feedback counts up from 1, units and measures down from -1: they are few, and a word that stands in
a million texts is looked for among them without a look at the texts.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hs_credit_desktop.store.ledger import Ledger


class _Tokens(dict[int, str]):
    """Code point → its token: the lower-cased character's code point in hex."""

    def __missing__(self, code: int) -> str:
        token = "".join(f" {ord(char):x}" for char in chr(code).lower())
        self[code] = token
        return token


_TOKENS = _Tokens()


def tokens(text: str) -> list[str]:
    """The tokens the index holds of a text, in order."""
    return text.translate(_TOKENS).split()


@dataclass(frozen=True)
class Found:
    """A document that holds the searched text: kind (feedback, measure, unit) and its id."""

    kind: str
    ref: str


class GivenUp(Exception):  # noqa: N818 - nothing went wrong: nobody waits for the answer any more
    """The question was given up before it was answered."""


@contextmanager
def may_be_given_up() -> Iterator[None]:
    """GivenUp where the connection was interrupted from another thread meanwhile."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise GivenUp from error
        raise


def put(ledger: Ledger, kind: str, ref: str, *, old: str, new: str) -> None:
    """Index `new` as the text of a document; `old` is the text indexed until now ('' for none)."""
    doc = ledger.value("SELECT doc FROM search_documents WHERE ref = ?", ref)
    if doc is None:
        ledger.execute(
            f"INSERT INTO search_documents (doc, kind, ref) VALUES ({_next(kind)}, ?, ?)", kind, ref
        )
        doc = ledger.value("SELECT doc FROM search_documents WHERE ref = ?", ref)
    elif old == new:
        return
    else:
        ledger.execute(
            "INSERT INTO search_index (search_index, rowid, body) VALUES ('delete', ?, ?)",
            doc,
            old.translate(_TOKENS),
        )
    ledger.execute(
        "INSERT INTO search_index (rowid, body) VALUES (?, ?)", doc, new.translate(_TOKENS)
    )


def _next(kind: str) -> str:
    """SQL for the number of the next document."""
    if kind == "feedback":
        return "max(ifnull((SELECT max(doc) FROM search_documents), 0), 0) + 1"
    return "min(ifnull((SELECT min(doc) FROM search_documents), 0), 0) - 1"


_OF_MEASURES = "FROM measures m CROSS JOIN search_documents d ON d.ref = m.id"
# Where the documents of a kind stand, and the order in which they were put there. Measures are
# few: between the first and the last of them a word of every unit is not met in all the units.
_SIDES = {
    "feedback": ("> 0", "ASC"),
    "measure": (
        f"BETWEEN (SELECT min(d.doc) {_OF_MEASURES}) AND (SELECT max(d.doc) {_OF_MEASURES})",
        "DESC",
    ),
}


def find(ledger: Ledger, text: str, *, kind: str, limit: int = 50) -> list[Found]:
    """Documents of `kind` whose text holds `text` (Latin letters in any case), oldest first."""
    if not text:
        return []
    side, order = _SIDES.get(kind, ("< 0", "DESC"))
    rows = ledger.query(
        "SELECT kind, ref FROM search_index JOIN search_documents ON doc = search_index.rowid"
        f" WHERE search_index MATCH ? AND search_index.rowid {side} AND kind = ?"
        f" ORDER BY search_index.rowid {order} LIMIT ?",
        f'"{text.translate(_TOKENS)}"',
        kind,
        limit,
    )
    return [Found(row["kind"], row["ref"]) for row in rows]
