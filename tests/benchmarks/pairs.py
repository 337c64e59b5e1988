"""Ratios of medians from interleaved pairs, beside an A/A control of the same build.

Machines are noisy, so no figure is a time: the measured thing runs in turn with a yardstick, and
the yardstick runs against itself. Where that control is off, the run proves nothing.
"""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    # Returns seconds it measured itself, or None to have the whole call timed.
    Job = Callable[[], float | None]

CONTROL = (0.9, 1.1)  # outside of this the run is void


@dataclass(frozen=True)
class Result:
    """One figure: medians in seconds, `ratio` measured/yardstick, `goal` its upper bound if any.

    unit: of the medians times a thousand; MB for what is held in GB.
    """

    name: str
    n: int
    yardstick: float
    measured: float
    ratio: float
    control: float
    goal: float | None = None
    unit: str = "ms"

    @property
    def void(self) -> bool:
        """Say whether the control shows that this run proves nothing."""
        return not CONTROL[0] <= self.control <= CONTROL[1]

    @property
    def missed(self) -> bool:
        """Say whether the goal was not reached."""
        return self.goal is not None and self.ratio > self.goal

    def line(self) -> str:
        """Return the figure as one line for a person."""
        goal = "" if self.goal is None else f" goal <= {self.goal:g}"
        verdict = "VOID: control off" if self.void else "MISSED" if self.missed else "ok"
        return (
            f"{self.name}: ratio {self.ratio:.3f} control {self.control:.3f}{goal} {verdict} "
            f"({self.measured * 1000:.2f} {self.unit}"
            f" / {self.yardstick * 1000:.2f} {self.unit}, n={self.n})"
        )


def pairs(a: Job, b: Job, n: int = 15, *, name: str = "", goal: float | None = None) -> Result:
    """Compare b with the yardstick a over n interleaved rounds of a, b, a; one round warms up.

    The first and the last a of the rounds, swapped every other round, are the A/A control.
    """
    firsts: list[float] = []
    seconds: list[float] = []
    measured: list[float] = []
    for turn in range(-1, n):
        first, time_b, second = _timed(a), _timed(b), _timed(a)
        if turn < 0:
            continue
        if turn % 2:
            first, second = second, first
        firsts.append(first)
        seconds.append(second)
        measured.append(time_b)
    yardstick = statistics.median(firsts + seconds)
    middle = statistics.median(measured)
    control = statistics.median(seconds) / statistics.median(firsts)
    return Result(name, n, yardstick, middle, middle / yardstick, control, goal)


def _timed(job: Job) -> float:
    """Return the seconds of one call, with no collection of garbage in the middle of it."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        own = job()
        return time.perf_counter() - start if own is None else own
    finally:
        gc.enable()
