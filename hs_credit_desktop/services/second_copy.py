"""The second place for backups (a USB disk, another drive), and fetching kept files from it."""

from pathlib import Path

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import files, integrity, settings, whole_files
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.ledger import Ledger

TARGET = "local_second_backup"
FOLDER = "信用任务台账备份"


def folder_of(ledger: Ledger) -> Path | None:
    """Where the second copies go, or None when no place is set."""
    said = settings.get(ledger, TARGET)
    return Path(said) / FOLDER if said else None


def set_second_place(ws: Workspace, place: Path | None) -> Changes:
    """Set the second place, or none; UserError when it is no folder or lies in the data folder."""
    if place is not None:
        if not place.is_dir():
            raise UserError(f"{place} 不是可用的文件夹", "请插好备份盘，再选一次。")
        if ws.folder.root.absolute() in (place.absolute(), *place.absolute().parents):
            raise UserError(f"{place} 就在数据文件夹里", "请另选一个磁盘，否则一起丢失。")
    said = str(place.absolute()) if place else ""
    with ws.change(
        "设置第二备份位置", "设置", {"old": settings.get(ws.ledger, TARGET), "new": said}
    ):
        settings.put(ws.ledger, TARGET, said)
    return Changes(settings=True)


def copy_out(kept: Path, target: Path, *, also: tuple[Path, Path] | None = None) -> Path | None:
    """Copy kept files that `target` does not hold yet, by SHA-256; then `also` (file, its folder).

    The copy of that file, or None. UserError when the place is not there or full; what was there
    stays.
    """
    try:
        if also and not also[1].parent.is_dir():
            raise OSError
        for file in sorted(kept.glob(f"??/{'?' * 64}")):
            there = target / file.parent.name / file.name
            if not (there.is_file() and there.stat().st_size == file.stat().st_size):
                whole_files.copy(file, there)
        if also is None:
            return None
        second = also[1] / also[0].name
        if whole_files.copy(also[0], second) != whole_files.sha256_of(second):
            raise OSError
    except OSError as error:
        raise UserError(
            f"第二备份位置 {target} 没有写成",
            "第一份备份已经做好。请插好备份盘，看看空间是否足够。",
        ) from error
    return second


def _holds(file: Path, sha256: str) -> bool:
    """Whether the file is there and is what its name says."""
    return file.is_file() and whole_files.sha256_of(file) == sha256


def fetch_files(ledger: Ledger, backup: Path | None = None) -> int:
    """Fetch kept files that are missing or damaged here; how many came back.

    Looked for beside `backup`, in its folder and in the second place. A damaged one is moved to
    set-aside/ and not thrown away. UserError when the disk refuses; what came back by then stays.
    """
    places = [backup.with_suffix(".files"), backup.parent / "files"] if backup else []
    if second := folder_of(ledger):
        places.append(second / "files")
    fetched = 0
    with plain_words(ledger.folder.files, "原件没有取回"):
        for sha256 in integrity.kept_files(ledger):
            mine = files.path_of(ledger, sha256)
            if not files.intact(ledger, sha256):
                _set_aside(ledger, mine)
                fetched += _fetch(sha256, mine, places)
    return fetched


def _set_aside(ledger: Ledger, file: Path) -> None:
    if file.exists():
        place = ledger.folder.root / "set-aside"
        place.mkdir(exist_ok=True)
        file.replace(place / file.name)


def _fetch(sha256: str, mine: Path, places: list[Path]) -> bool:
    for place in places:
        there = place / sha256[:2] / sha256
        if _holds(there, sha256):
            whole_files.copy(there, mine)
            return True
    return False
