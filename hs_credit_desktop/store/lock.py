"""One writer: a lock file that names who holds the ledger and falls with its process."""

import getpass
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from hs_credit_desktop.errors import UserError

LOCK_NAME = "ledger.lock"
LOCKED_BYTE = 1 << 30  # far behind the text, so that others may read who holds the lock
UNKNOWN_USER = "未知用户"

if sys.platform == "win32":
    import msvcrt
    import socket

    def _computer() -> str:
        return socket.gethostname()

    def _seize(file: IO[str]) -> None:
        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _computer() -> str:
        return os.uname().nodename  # what socket says, without a fiftieth of the start

    def _seize(file: IO[str]) -> None:
        # Not lockf: its locks do not hold against a second opening by the same process.
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True)
class Holder:
    """Who has the ledger open for writing."""

    computer: str
    user: str
    since: str

    def __str__(self) -> str:
        return f"{self.computer} 上的 {self.user}，自 {self.since}"


class LedgerInUseError(UserError):
    """Another program has the ledger open; it may still be opened for reading."""


class StaleLockError(UserError):
    """The ledger was left open on another PC; it may be taken over once the clerk says so."""


@dataclass
class WriterLock:
    """The operating system's own lock on a byte of ledger.lock: it ends when the process ends."""

    path: Path
    file: IO[str]

    @classmethod
    def acquire(cls, folder: Path, *, at: datetime, take_over: bool = False) -> "WriterLock":
        """Take the lock; UserError names the holder, or the folder that cannot be written.

        A lock whose program died on this PC is taken silently. One left behind by another PC (a
        disk pulled out while the ledger was open) only with take_over.
        """
        path = folder / LOCK_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise UserError(
                f"数据文件夹 {folder} 不能写入", "没有改动任何文件。请换一个文件夹，或检查权限。"
            ) from error
        try:
            _seize(file)
        except OSError as error:
            file.close()
            raise LedgerInUseError(
                f"台账正在被使用（{_read_holder(path)}）",
                "没有改动。请先关闭那里的程序，再试一次。",
            ) from error
        if not take_over and (left := _left_elsewhere(path)):
            file.close()
            raise StaleLockError(
                f"台账上次没有正常关闭（{left}）",
                "没有改动。请确认那台电脑已不再使用这本台账，再在窗口里接着使用。",
            )
        try:
            _say_holder(file, at)
        except OSError as error:
            with suppress(OSError):
                file.close()
            raise UserError(
                f"数据文件夹 {folder} 不能写入", "没有改动任何文件。请检查磁盘空间和文件夹权限。"
            ) from error
        return cls(path, file)

    def release(self) -> None:
        """Let the next program in; a second time does nothing.

        The empty file stays: whoever removed it could pull it from under a program that has just
        opened it, and then two programs would write.
        """
        with suppress(OSError, ValueError), self.file:  # ValueError: closed already
            self.file.truncate(0)


def _say_holder(file: IO[str], at: datetime) -> None:
    computer, user = whoami()
    holder = {
        "computer": computer,
        "user": user,
        "since": f"{at:%Y-%m-%d %H:%M}",
        "pid": os.getpid(),
    }
    file.truncate(0)
    file.write(json.dumps(holder, ensure_ascii=False))
    file.flush()


def _read_holder(path: Path) -> Holder | str:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Holder(said["computer"], said["user"], said["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个程序"


def _left_elsewhere(path: Path) -> Holder | None:
    """Who left the lock behind, when that was on another PC."""
    holder = _read_holder(path)
    return holder if isinstance(holder, Holder) and holder.computer != whoami()[0] else None


def holder_of(folder: Path) -> Holder | str | None:
    """Who says to have the ledger of a folder open, without touching the lock; None for nobody."""
    path = folder / LOCK_NAME
    try:
        return _read_holder(path) if path.stat().st_size else None
    except OSError:
        return None


def whoami() -> tuple[str, str]:
    """(PC, user) as the lock and the audit log name them."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user on this PC (bare containers)
        user = UNKNOWN_USER
    return _computer(), user
