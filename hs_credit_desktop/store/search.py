"""The search index: every character is a token, a query is a phrase, so any substring is found."""

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


def put(ledger: Ledger, kind: str, ref: str, *, old: str, new: str) -> None:
    """Index `new` as the text of a document; `old` is the text indexed until now ('' for none)."""
    doc = ledger.value("SELECT doc FROM search_documents WHERE ref = ?", ref)
    if doc is None:
        ledger.execute("INSERT INTO search_documents (kind, ref) VALUES (?, ?)", kind, ref)
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


def find(ledger: Ledger, text: str, *, kind: str, limit: int = 50) -> list[Found]:
    """Documents of `kind` whose text holds `text` (Latin letters in any case), oldest first."""
    if not text:
        return []
    rows = ledger.query(
        "SELECT kind, ref FROM search_index JOIN search_documents ON doc = search_index.rowid"
        " WHERE search_index MATCH ? AND kind = ? ORDER BY search_index.rowid LIMIT ?",
        f'"{text.translate(_TOKENS)}"',
        kind,
        limit,
    )
    return [Found(row["kind"], row["ref"]) for row in rows]
