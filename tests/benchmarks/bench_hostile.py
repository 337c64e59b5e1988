"""Goal of the inbox: each hostile file is read or refused within 3× a normal one's time and memory.

The normal file is a form of 24 measures, each part as long as a unit writes it.
"""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.form import FormRow
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.files.form_xlsx import write_form
from hs_credit_desktop.files.read_return import read_return
from tests.benchmarks.pairs import Result, pairs
from tests.files.samples import form
from tests.files.test_hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

GOAL, WORST = 3.0, 5
TEXT = "召开部门协调会3次，组织12家单位录入信用信息，完成历史数据补录，建立按月通报制度。" * 12


def run() -> Iterator[Result]:
    """Pairs for the slowest kinds, and the memory of the greediest one."""
    normal = _normal()
    slowest = sorted(HOSTILE, key=lambda name: _seconds(HOSTILE[name]), reverse=True)
    for name in slowest[:WORST]:
        job = partial(_once, HOSTILE[name])
        yield pairs(partial(_once, normal), job, 25, name=f"hostile: {name}", goal=GOAL)
    yield _memory(normal)


def _normal() -> bytes:
    answer = FeedbackParts(TEXT, TEXT, TEXT, TEXT)
    rows = tuple(FormRow(at, f"措施{at}", "任务原文。" * 40, "配合", answer) for at in range(1, 25))
    answers = dict.fromkeys(range(1, 25), answer)
    return write_form(replace(form(), rows=rows, answers=answers))


def _once(data: bytes) -> None:
    read_return("来件", data)


def _seconds(data: bytes) -> float:
    _once(data)
    start = time.process_time()
    _once(data)
    return time.process_time() - start


def _peak(data: bytes) -> float:
    """GB held at most by Python while the file is read."""
    tracemalloc.start()
    try:
        _once(data)
        return tracemalloc.get_traced_memory()[1] / 1e9
    finally:
        tracemalloc.stop()


def _memory(normal: bytes) -> Result:
    of_normal, again = _peak(normal), _peak(normal)
    worst, name = max((_peak(data), name) for name, data in HOSTILE.items())
    return Result(
        f"memory: {name}", 1, of_normal, worst, worst / of_normal, again / of_normal, GOAL, "MB"
    )
