"""Goal 5: one durable save with seals, search index and audit line ≤ 3× a raw 24 KiB fdatasync.

The floor appends 24 KiB to a file of its own in the same folder and waits for the disk.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.returns import Channel, FeedbackParts
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview, returns
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store.lists import EntryQuery
from tests.benchmarks.pairs import Result, pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

GOAL = 3.0
RAW = 24 * 1024


def run() -> Iterator[Result]:
    """One figure: logging a feedback against the raw write."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = create_practice(Path(scratch) / "practice")
        ws = open_workspace(folder, system_clock())
        raw = os.open(folder / "raw.bin", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            round_ = overview.round_of(ws, overview.notice(ws).id)
            unit = overview.expected_returns(ws, round_, Status.TO_REVIEW)[0]
            entry = overview.entries(ws, round_, EntryQuery(round_.id, expected_return_id=unit.id))[
                0
            ]
            receipt = Receipt(ws.today, Channel.MAIL)
            numbers = itertools.count(1)

            def save() -> None:
                parts = FeedbackParts(f"第{next(numbers)}次：召开协调会3次，录入信用信息12条。")
                returns.record(ws, entry_id=entry.id, parts=parts, receipt=receipt)

            def write() -> None:
                os.write(raw, bytes(RAW))
                getattr(os, "fdatasync", os.fsync)(raw)

            yield pairs(write, save, 101, name="one durable save", goal=GOAL)
        finally:
            os.close(raw)
            ws.close()
