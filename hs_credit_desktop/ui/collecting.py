"""While a worker is at work, old objects are not looked through for garbage: all threads wait."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NEVER = 1_000_000_000
_LOCK = threading.Lock()
_USUAL: list[tuple[int, int, int]] = []  # once for each worker: what the first one found


@contextmanager
def old_left_alone() -> Iterator[None]:
    """Until the last of those who asked is done the collector sees to young objects only.

    A worker that reads a whole ledger makes millions of objects that live as long as its work; a
    full collection goes through all of them and holds the window for up to five seconds.
    """
    with _LOCK:
        young, middle, old = _USUAL[0] if _USUAL else gc.get_threshold()
        _USUAL.append((young, middle, old))
        gc.set_threshold(young, middle, NEVER)
    try:
        yield
    finally:
        with _LOCK:
            _USUAL.pop()
            if not _USUAL:
                gc.set_threshold(young, middle, old)
