"""A file stands under its name when it is whole, or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hs_credit_desktop.errors import UserError


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A draft beside the target that takes its name when whole and on disk; else it goes.

    UserError names what could not be written; the old file under that name stays.
    """
    draft = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        _remove(draft)


def _remove(draft: Path) -> None:
    """Take a draft away; where even that is refused it stays hidden under its dotted name."""
    try:
        draft.unlink(missing_ok=True)
    except OSError:
        return


def _not_written(target: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        advice = "磁盘空间不足。台账和旧文件没有改动。请腾出空间，或换一个文件夹再导出。"
    elif isinstance(error, PermissionError) and target.exists():
        advice = "文件可能正被 WPS 或 Word 打开。台账和旧文件没有改动。请关闭它，再导出一次。"
    elif isinstance(error, PermissionError):
        advice = "文件夹不允许写入。台账没有改动。请换一个文件夹再导出。"
    else:
        advice = "台账和旧文件没有改动。请检查磁盘和文件夹，再导出一次。"
    return UserError(f"“{target}”没有写成", advice)
