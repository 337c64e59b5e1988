"""Ledgers of the benchmarks: the practice ledger as it is, and one with many more entries.

A ledger of a million takes the better part of an hour, so it is made by hand
(`python -m hs_credit_desktop demo FOLDER --entries 1000000`) and named in HS_CREDIT_BENCH_LEDGER.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

LEDGER = "HS_CREDIT_BENCH_LEDGER"
ENTRIES = 20_000


@contextmanager
def folders() -> Iterator[tuple[Path, Path]]:
    """(data folder of the practice ledger, of the large one)."""
    with tempfile.TemporaryDirectory() as scratch:
        small = create_practice(Path(scratch) / "small")
        named = os.environ.get(LEDGER)
        large = Path(scratch) / "large"
        yield small, Path(named) if named else create_practice(large, extra_entries=ENTRIES)


@contextmanager
def ledgers() -> Iterator[tuple[Workspace, Workspace]]:
    """The practice ledger and the large one, open for reading."""
    with folders() as both:
        opened = [open_workspace(folder, system_clock(), read_only=True) for folder in both]
        try:
            yield opened[0], opened[1]
        finally:
            for ws in opened:
                ws.close()
