"""The search index against the texts it was made from, and making it anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from hs_credit_desktop.store import search, units
from hs_credit_desktop.store.ledger import Ledger

# Counting every character of more texts than these takes minutes; then only the lists are compared.
MOST_DOCUMENTS = 20_000
_FEEDBACK = (
    "SELECT e.id, f.progress, f.results, f.problems, f.next_steps FROM expected_entries e"
    " LEFT JOIN feedback f ON f.id = e.feedback_id"
)

_DOCUMENTS = "SELECT doc, kind, ref FROM search_documents"
_VOCABULARY = "CREATE VIRTUAL TABLE temp.{0} USING fts5vocab ('main', 'search_index', '{1}')"


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
    return not any(held.values()) and (not counted or _found_again(ledger))


def _sum(text: str) -> int:
    return sum(hash(pair) for pair in enumerate(search.tokens(text)))


def _held(ledger: Ledger) -> dict[int, int]:
    """Document → the sum over its tokens and their places, as the index holds them."""
    found: dict[int, int] = {}
    with _vocabulary(ledger, "instance") as words:
        for row in ledger.each(f"SELECT doc, offset, term FROM {words}"):
            found[row["doc"]] = found.get(row["doc"], 0) + hash((row["offset"], row["term"]))
    return found


def _found_again(ledger: Ledger) -> bool:
    """Whether looking a token up leads to where reading all of them from the first one led.

    Only looking up goes through the directory of the index (fts5.html, section 9.4).
    """
    with _vocabulary(ledger, "row") as words:
        one = f"SELECT * FROM {words} WHERE term = ?"
        every = ledger.query(f"SELECT * FROM {words}")
        return all(ledger.query(one, row["term"]) == [row] for row in every)


@contextmanager
def _vocabulary(ledger: Ledger, kind: str) -> Iterator[str]:
    """The name of a temporary view of the tokens: one line a token, or one an instance."""
    ledger.connection.execute("PRAGMA query_only = OFF")  # making even a temporary table writes
    try:
        ledger.connection.execute(_VOCABULARY.format(f"search_{kind}", kind))
        yield f"temp.search_{kind}"
        ledger.connection.execute(f"DROP TABLE temp.search_{kind}")
    finally:
        ledger.connection.execute("PRAGMA query_only = ON")


def rebuild(ledger: Ledger) -> None:
    """Make the index anew inside the open transaction."""
    ledger.execute("DELETE FROM search_documents")
    ledger.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    for kind, ref, text in texts(ledger):
        search.put(ledger, kind, ref, old="", new=text)
