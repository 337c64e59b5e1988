"""Moving the data folder to another disk: copied whole, checked, switched; the old one stays."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hs_credit_desktop import paths
from hs_credit_desktop.clock import Clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import LEDGER_NAME
from hs_credit_desktop.services import folders
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import lock, relocation, whole_files
from hs_credit_desktop.store.lock import LOCK_NAME, WriterLock

FOLDER = "信用任务台账数据"  # made in the folder the clerk chooses
UNFINISHED = "搬迁未完成.txt"  # lies in the new folder until everything is there and checked
LEAST_ROOM = 64 << 20  # bytes that must stay free on the new disk
_LEFT = {LOCK_NAME, paths.PLACE_FILE, folders.NOTE, UNFINISHED}
_BESIDE = {LEDGER_NAME + suffix for suffix in relocation.BESIDE}


@dataclass(frozen=True)
class Move:
    """A move as the clerk sees it before it begins. size, room: bytes; room: free at the target.

    remembered: the next start opens the new place by itself.
    """

    source: Path
    target: Path
    files: int
    size: int
    room: int
    remembered: bool


def plan(source: Path, parent: Path, *, name: str = FOLDER) -> Move:
    """What moving `source` into a folder of that name in `parent` means; nothing is written.

    UserError when the new place is on a network, synchronised, too small, not writable, part of
    the old one, or holds something already.
    """
    target = parent.absolute() / name
    _refuse_bound(source)
    if source.absolute() in (target, *target.parents) or target in source.absolute().parents:
        raise UserError(
            f"{target} 和现在的数据文件夹套在一起", "请另选一个文件夹，最好在另一个磁盘。"
        )
    if warned := folders.here(target):
        raise UserError(f"{target} 不能放台账：{warned.what}", warned.advice)
    _refuse_occupied(target)
    room = _room(parent)
    files = _contents(source)
    size = sum(file.stat().st_size for file in files)
    if size + LEAST_ROOM > room:
        raise UserError(
            f"{parent} 空间不够：需要 {megabytes(size + LEAST_ROOM)}，只有 {megabytes(room)}",
            "请另选一个磁盘，或先腾出空间。",
        )
    return Move(source, target, len(files), size, room, _is_own(source))


def megabytes(size: int) -> str:
    """A number of bytes as a clerk reads it."""
    return f"{size / (1 << 20):.1f} MB" if size < 1 << 30 else f"{size / (1 << 30):.1f} GB"


def move(
    chosen: Move,
    clock: Clock,
    report: Callable[[str], object] = lambda _words: None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Copy everything, check it, and let the new place be the ledger from now on.

    No ledger of the source may be open. Until the last step the old folder is the ledger: stopped,
    failed or killed, nothing changed. UserError says so.
    """
    try:
        with _nobody_else(chosen.source, clock):
            _copy(chosen, report, stopped)
            report("正在切换…")
            _note_moves(chosen, clock)
            _switch(chosen)
    except OSError as error:
        _clear(chosen.target)
        raise UserError(
            f"没有搬到 {chosen.target}（{error.strerror or '读写出错'}）",
            f"台账还在 {chosen.source}，没有改动。请检查磁盘，再试一次。",
        ) from error
    except BaseException:
        _clear(chosen.target)
        raise
    _leave_note(chosen, clock)


def _refuse_bound(source: Path) -> None:
    """A portable program's data go with the program."""
    program = paths.program_folder()
    if program and paths.fixed_data_root({}) == source:
        raise UserError(
            "便携版的数据跟着程序走，不能单独换位置",
            f"要换磁盘，请关闭程序后把整个文件夹 {program} 拷过去。",
        )


def _refuse_occupied(target: Path) -> None:
    if (target / LEDGER_NAME).exists():
        raise UserError(
            f"{target} 里已有一本台账", "没有改动。请另选一个文件夹，或直接打开那一本。"
        )
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / UNFINISHED).is_file():
        raise UserError(f"{target} 里已有别的内容", "没有改动。请另选一个文件夹。")


def _room(parent: Path) -> int:
    """Free bytes; UserError when the folder is none or cannot be written."""
    try:
        with tempfile.TemporaryFile(dir=parent):
            return shutil.disk_usage(parent).free
    except OSError as error:
        raise UserError(f"{parent} 不能写入", "没有改动。请另选一个文件夹，或检查权限。") from error


def _is_own(source: Path) -> bool:
    """Whether the program opens this folder by itself, and may be told another."""
    if paths.fixed_data_root():
        return False
    local = paths.local_data_root()
    return source.absolute() == (paths.chosen_place(local) or local).absolute()


def _contents(source: Path) -> list[Path]:
    """Everything to be copied, ledgers last: what stands in them is there before they are."""
    found = [
        path
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.name not in _LEFT | _BESIDE and path.suffix != ".new"
    ]
    return sorted(found, key=lambda path: path.name == LEDGER_NAME)


@contextmanager
def _nobody_else(source: Path, clock: Clock) -> Iterator[None]:
    """Hold every ledger of the folder; where nothing may be written, only ask who holds it."""
    with ExitStack() as held:
        for file in source.rglob(LEDGER_NAME):
            if not _untouchable(source):
                taken = WriterLock.acquire(file.parent, at=clock.now())
                held.callback(taken.release)
            elif holder := lock.holder_of(file.parent):
                raise UserError(
                    f"台账正在被使用（{holder}）", "没有改动。请先关闭那里的程序，再搬。"
                )
        yield


def _untouchable(source: Path) -> bool:
    return folders.here(source) is not None


def _copy(chosen: Move, report: Callable[[str], object], stopped: Callable[[], bool]) -> None:
    chosen.target.mkdir(parents=True, exist_ok=True)
    words = f"正从 {chosen.source} 搬来，还没有搬完。台账仍在那里，这个文件夹请不要使用。\n"
    (chosen.target / UNFINISHED).write_text(words, encoding="utf-8")
    files = _contents(chosen.source)
    for number, file in enumerate(files, 1):
        if stopped():
            raise UserError("已停止，没有搬", f"台账还在 {chosen.source}，没有改动。")
        report(f"正在复制 {number}/{len(files)}…")
        _copy_file(file, chosen.target / file.relative_to(chosen.source), chosen.source)


def _switch(chosen: Move) -> None:
    """From here on the new folder is the ledger; OSError when it is not."""
    mark = chosen.target / UNFINISHED
    if not chosen.remembered:
        mark.unlink(missing_ok=True)
        return
    paths.choose_place(paths.local_data_root(), chosen.target)
    with suppress(OSError):  # the next start goes to the new place, whatever a note there says
        mark.unlink(missing_ok=True)


def _copy_file(file: Path, target: Path, source: Path) -> None:
    if file.name == LEDGER_NAME:
        relocation.copy_whole(file, target, untouched=_untouchable(source))
    elif whole_files.copy(file, target) != whole_files.sha256_of(target):
        raise UserError(
            f"{target} 写进去的和原来的不一样", f"台账还在 {source}，没有改动。请换一个磁盘。"
        )


def _note_moves(chosen: Move, clock: Clock) -> None:
    """The audit line of the move, in every ledger that was copied."""
    for file in sorted(chosen.target.rglob(LEDGER_NAME)):
        ws = open_workspace(file.parent, clock)
        try:
            detail = {"from": str(chosen.source), "to": str(chosen.target)}
            with ws.change("搬到新位置", str(file.parent), detail):
                pass
        finally:
            ws.close()


def _clear(target: Path) -> None:
    """Take away what a move that failed has copied; never anything of somebody else's."""
    if (target / UNFINISHED).is_file():
        shutil.rmtree(target, ignore_errors=True)


def _leave_note(chosen: Move, clock: Clock) -> None:
    """Say in the old folder where everything went; it stays as it is."""
    words = (
        f"{clock.today().isoformat()} 已把这里的台账搬到：\n{chosen.target}\n"
        "这个文件夹是搬走时的样子，没有删除。确认新位置一切正常以后，可以自行删除。\n"
    )
    # A folder that cannot be written stays without a note; half a note would name another place.
    with suppress(OSError), whole_files.whole(chosen.source / folders.NOTE) as draft:
        draft.write_text(words, encoding="utf-8")
