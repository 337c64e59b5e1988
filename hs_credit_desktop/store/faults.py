"""What the disk or a damaged file does to SQLite, in the clerk's words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hs_credit_desktop.errors import UserError

# Primary result codes (sqlite.org/rescode); the extended ones keep them in their low byte.
_DISK = {
    sqlite3.SQLITE_FULL: "磁盘空间不足",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_READONLY: "文件或文件夹不能写入",
    sqlite3.SQLITE_CANTOPEN: "文件打不开",
    sqlite3.SQLITE_PERM: "没有权限",
    sqlite3.SQLITE_BUSY: "台账被别的程序占用",
    sqlite3.SQLITE_LOCKED: "台账被别的程序占用",
}
_AGAIN = "台账保持原样。请检查磁盘空间和文件夹权限，再试一次。"
_IN_USE = "台账保持原样。请先关闭占用台账的程序，再试一次。"
FROZEN = "round is frozen"  # what store.guards raises
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def plain_words(file: Path, failed: str) -> Iterator[None]:
    """Turn an error of the disk or of a damaged file into a UserError; our own mistakes pass.

    The state before stands: transactions are rolled back and drafts are not renamed.

    failed: what did not happen, such as 没有保存成功.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite quotes the damaged bytes in what it says
        raise _damaged(file, failed) from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGED:
            raise _damaged(file, failed) from error
        if code in _DISK:
            raise UserError(
                f"{file} {failed}（{_DISK[code]}）",
                _IN_USE if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else _AGAIN,
            ) from error
        if str(error) == FROZEN:
            raise UserError("这一轮已封存，没有保存", "如确需改动，请先写明理由解封。") from error
        raise
    except OSError as error:
        raise UserError(f"{file} {failed}（{_DISK[sqlite3.SQLITE_IOERR]}）", _AGAIN) from error


def _damaged(file: Path, failed: str) -> UserError:
    return UserError(f"{file} 已损坏，{failed}", "请保留这个文件备查，再从备份还原，或换一个文件。")
