"""Garbage is collected on the main thread, whichever thread made it; old objects when all rests."""

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui.collecting import Collecting


class Knot:
    """Garbage that only the collector finds; notes on which thread it ended."""

    ended: ClassVar[list[threading.Thread]] = []

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.ended.append(threading.current_thread())


@pytest.fixture
def parent() -> Iterator[QObject]:
    yield QObject()
    gc.unfreeze()
    gc.enable()


def _tie_knots() -> None:
    kept = [Knot() for _ in range(2000)]
    del kept


def test_what_a_worker_leaves_ends_on_the_main_thread(qtbot: QtBot, parent: QObject) -> None:
    Knot.ended.clear()
    collecting = Collecting(parent, lambda: False)
    worker = threading.Thread(target=_tie_knots)
    worker.start()
    worker.join()
    assert not Knot.ended
    collecting.look()
    assert len(Knot.ended) == 2000
    assert set(Knot.ended) == {threading.main_thread()}


@pytest.mark.parametrize(("busy", "oldest"), [(False, 2), (True, 1)])
def test_old_objects_wait_until_workers_rest(
    monkeypatch: pytest.MonkeyPatch, parent: QObject, busy: bool, oldest: int
) -> None:
    collected: list[int] = []
    collecting = Collecting(parent, lambda: busy)
    monkeypatch.setattr(gc, "get_count", lambda: (701, 11, 11))
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr(gc, "collect", collected.append)
    collecting.look()
    assert collected == [oldest]


def test_nothing_is_done_while_nothing_is_due(
    monkeypatch: pytest.MonkeyPatch, parent: QObject
) -> None:
    collected: list[int] = []
    collecting = Collecting(parent, lambda: False)
    monkeypatch.setattr(gc, "get_count", lambda: (10, 2, 3))
    monkeypatch.setattr(gc, "collect", collected.append)
    collecting.look()
    assert not collected
