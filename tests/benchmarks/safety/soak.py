"""Soak: a million calls into Qt and ten thousand saves in one process; memory must stay."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.ledgers import make_workspace, record

CALLS, SAVES = 1_000_000, 10_000
WARM = 20  # the first twentieth fills caches and is not counted
MOST = 1.05


@dataclass(frozen=True)
class Soak:
    """Resident memory in KiB after warming up and at the end, and the seconds it took."""

    what: str
    before: int
    after: int
    seconds: float

    @property
    def missed(self) -> bool:
        """Whether memory grew by more than 5 %."""
        return self.after > self.before * MOST

    def line(self) -> str:
        """The figures as one line."""
        grown = (self.after / self.before - 1) * 100
        memory = f"{self.before / 1024:.1f} MiB to {self.after / 1024:.1f} MiB ({grown:+.1f} %)"
        return f"soak, {self.what}: {memory} in {self.seconds:.0f} s"


def resident() -> int:
    """Resident memory of this process in KiB (Linux)."""
    words = Path("/proc/self/status").read_text(encoding="ascii").split()
    return int(words[words.index("VmRSS:") + 1])


def calls(count: int = CALLS) -> Soak:
    """setText and its like, which return nothing: a lost reference to None shows here."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QLabel

    app = QApplication.instance() or QApplication([])
    label = QLabel()
    start, before = time.perf_counter(), 0
    for number in range(count):
        if number == count // WARM:
            before = resident()
        label.setText("已报" if number % 2 else "未报")
    label.deleteLater()
    assert app
    return Soak(f"{count} void calls", before, resident(), time.perf_counter() - start)


def saves(count: int = SAVES) -> Soak:
    """The same entry saved again and again, each a version with its audit line."""
    with tempfile.TemporaryDirectory() as folder:
        ws = make_workspace(Path(folder))
        start, before = time.perf_counter(), 0
        for number in range(count):
            if number == count // WARM:
                before = resident()
            record(ws, "市数据局", 1, f"第{number}次，归集{number}条。")
        after, seconds = resident(), time.perf_counter() - start
        ws.close()
    return Soak(f"{count} saves", before, after, seconds)


if __name__ == "__main__":
    done = [calls(), saves()]
    for item in done:
        sys.stdout.write(f"{item.line()} {'MISSED' if item.missed else 'ok'}\n")
    sys.exit(any(item.missed for item in done))
