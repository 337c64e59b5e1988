"""Goal 7: the first 50 hits in ≤ 1/100 of the time of reading every text for the words.

The floor is SQLite's own instr() over all texts; measured is what the search box does for a word:
units, measures and feedback with what stands behind each hit. 通报制度 stands nowhere although each
of its characters stands everywhere: the dearest kind. Recall and precision are a test of the suite.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hs_credit_desktop.services.find import find
from tests.benchmarks.pairs import Result, pairs
from tests.benchmarks.scale import ledgers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hs_credit_desktop.services.workspace import Workspace

GOAL = 0.01
WORDS = ("的", "1", "信用", "税务", "信用信息", "通报制度")
SCAN = (
    "SELECT id FROM feedback WHERE instr(progress, ?1) OR instr(results, ?1)"
    " OR instr(problems, ?1) OR instr(next_steps, ?1)"
)


def run() -> Iterator[Result]:
    """One figure for each word."""
    with ledgers() as (_small, large):
        for word in WORDS:
            scan, found = partial(_scan, large, word), partial(_find, large, word)
            yield pairs(scan, found, name=f"search {word}", goal=GOAL)


def _scan(ws: Workspace, word: str) -> None:
    ws.ledger.query(SCAN, word)


def _find(ws: Workspace, word: str) -> None:
    find(ws, word)
