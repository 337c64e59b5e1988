"""Which ledger files this process has open, so that nothing else touches them.

On Linux a process loses all its locks on a file as soon as it closes any descriptor of that file
(POSIX, fcntl; sqlite.org/howtocorrupt.html, 2.2). Looking into an open ledger beside SQLite would
let another program, the last user of the file as it seems then, take the write-ahead log away from
under this one: what is saved afterwards would be lost. So whoever must look goes through here.
"""

import sqlite3
import threading
from collections import Counter
from pathlib import Path

MAGIC = b"SQLite format 3\x00"
BUSY_SECONDS = 5.0  # how long a reader or writer waits for another
_TURN = threading.RLock()
_OPEN: Counter[Path] = Counter()


class _Tracked(sqlite3.Connection):
    """A connection that is counted until it is closed."""

    counted: Path | None = None

    def close(self) -> None:
        """Close the connection; closing again does nothing."""
        with _TURN:
            super().close()
            if self.counted is not None:
                _OPEN[self.counted] -= 1
                self.counted = None


def connect(file: Path, uri: str) -> sqlite3.Connection:
    """A connection to `file` by its URI, counted while it is open; any thread may use it."""
    with _TURN:
        made = sqlite3.connect(
            uri,
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            factory=_Tracked,
        )
        assert isinstance(made, _Tracked)
        made.counted = file.resolve()
        _OPEN[made.counted] += 1
        return made


def marks_of(file: Path) -> tuple[int, int]:
    """(application id, user version) of an SQLite file; (0, 0) of any other. OSError: unreadable.

    From the first 100 bytes (sqlite.org/fileformat2.html, 1.3), so that nothing is touched; of a
    file that this process has open they come from SQLite: as they were last saved.
    """
    with _TURN:
        if not _OPEN[file.resolve()]:
            return _from_head(file)
    connection = connect(file, f"{file.absolute().as_uri()}?mode=rw")
    try:
        marks = ("application_id", "user_version")
        application, version = (
            connection.execute(f"PRAGMA {mark}").fetchone()[0] for mark in marks
        )
        return application, version
    except sqlite3.DatabaseError:  # harmed while it was open
        return 0, 0
    finally:
        connection.close()


def _from_head(file: Path) -> tuple[int, int]:
    with file.open("rb") as opened:
        head = opened.read(100)
    if not head.startswith(MAGIC):
        return 0, 0
    version, application = (int.from_bytes(head[at : at + 4], "big") for at in (60, 68))
    return application, version
