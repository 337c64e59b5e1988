"""The search index against the texts it was made from, and making it anew."""

from collections.abc import Iterator

from hs_credit_desktop.store import search, units
from hs_credit_desktop.store.ledger import Ledger

# Counting every character of more texts than these takes minutes; then only the lists are compared.
MOST_DOCUMENTS = 20_000
_FEEDBACK = (
    "SELECT e.id, f.progress, f.results, f.problems, f.next_steps FROM expected_entries e"
    " LEFT JOIN feedback f ON f.id = e.feedback_id"
)

_DOCUMENTS = "SELECT doc, kind, ref FROM search_documents"
_WORDS = (
    "CREATE VIRTUAL TABLE temp.search_words USING fts5vocab ('main', 'search_index', 'instance')"
)


def texts(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """(kind, ref, text) of everything that can be found: units, measures, current feedback."""
    for unit in units.units(ledger):
        yield "unit", unit.id, unit.search_text
    for row in ledger.each("SELECT id, title, body FROM measures"):
        yield "measure", row["id"], f"{row['title']}\n{row['body']}"
    for row in ledger.each(_FEEDBACK):
        yield "feedback", row["id"], "\n".join(text for text in tuple(row)[1:] if text)


def agrees(ledger: Ledger) -> bool:
    """Whether the index holds every text, character by character, and nothing else."""
    documents = {row["ref"]: (row["doc"], row["kind"]) for row in ledger.each(_DOCUMENTS)}
    counted = len(documents) <= MOST_DOCUMENTS
    held = _held(ledger) if counted else {}
    for kind, ref, text in texts(ledger):
        doc, known = documents.get(ref, (None, kind))
        if known != kind or (doc is None and text):
            return False
        if counted and doc is not None and held.pop(doc, 0) != _sum(text):
            return False
    return not any(held.values())


def _sum(text: str) -> int:
    return sum(hash(pair) for pair in enumerate(search.tokens(text)))


def _held(ledger: Ledger) -> dict[int, int]:
    """Document → the sum over its tokens and their places, as the index holds them."""
    found: dict[int, int] = {}
    ledger.connection.execute("PRAGMA query_only = OFF")  # the view below is a temporary table
    try:
        ledger.connection.execute(_WORDS)
        for row in ledger.each("SELECT doc, offset, term FROM temp.search_words"):
            found[row["doc"]] = found.get(row["doc"], 0) + hash((row["offset"], row["term"]))
        ledger.connection.execute("DROP TABLE temp.search_words")
    finally:
        ledger.connection.execute("PRAGMA query_only = ON")
    return found


def rebuild(ledger: Ledger) -> None:
    """Make the index anew inside the open transaction."""
    ledger.execute("DELETE FROM search_documents")
    ledger.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    for kind, ref, text in texts(ledger):
        search.put(ledger, kind, ref, old="", new=text)
