"""Where things lie: the program's own resources and the clerk's data folder."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hs_credit_desktop.errors import UserError

APP_FOLDER = "hs_credit_desktop"
LEDGER_NAME = "ledger.hscredit"
PRACTICE_FOLDER = "练习台账"  # beside the ledger of the data folder
PACKAGE_SUFFIX = ".hspack"  # of a hand-over package
# A file of this name beside the packaged program keeps the data beside it too (USB stick).
PORTABLE_MARKER = "便携版.txt"
PORTABLE_DATA = "数据"
# In the user's own folder, when the data were moved to another disk: the new place, one line.
PLACE_FILE = "数据文件夹位置.txt"


@dataclass(frozen=True)
class DataFolder:
    """One data folder: the ledger, originals by SHA-256, backups and logs."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The one SQLite file."""
        return self.root / LEDGER_NAME

    @property
    def files(self) -> Path:
        """Original files and evidence, stored unmodified under their SHA-256."""
        return self.root / "files"

    @property
    def backups(self) -> Path:
        """Copies made before each migration and on every backup."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """The program's log (no texts of returns in it)."""
        return self.root / "logs"


def program_root() -> Path:
    """The folder that holds resources/ and db/, from source and in the packaged program."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Icons, style sheets, fonts, bundled notices."""
    return program_root() / "resources"


def database_sources() -> Path:
    """Migrations and seed data of the ledger."""
    return program_root() / "db"


def program_folder() -> Path | None:
    """The folder of the packaged program, None from source."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def default_data_root(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Path:
    """The user's own data folder: HS_CREDIT_DATA, else beside a portable program, else local.

    Local means never-roaming application data (%LOCALAPPDATA% on Windows), or the place the clerk
    moved the data to; UserError when that place is not there (a disk that is not connected).
    """
    if fixed := fixed_data_root(environ):
        return fixed
    local = local_data_root(environ, platform)
    place = chosen_place(local)
    if place is None:
        return local
    if not place.is_dir():
        raise UserError(
            f"数据文件夹 {place} 找不到",
            f"请接好那个磁盘再打开。磁盘确实没有了，请删除 {local / PLACE_FILE}，再从备份恢复。",
        )
    return place


def fixed_data_root(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Where the data must lie whatever the clerk chose: HS_CREDIT_DATA, beside a portable program.

    None when the clerk may choose.
    """
    if chosen := environ.get("HS_CREDIT_DATA"):
        return Path(chosen)
    program = program_folder()
    portable = program is not None and (program / PORTABLE_MARKER).exists()
    return program / PORTABLE_DATA if program and portable else None


def local_data_root(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder of this user on this PC, where the data lie unless they were moved."""
    if platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local) / APP_FOLDER
    share = environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / APP_FOLDER


def chosen_place(local: Path) -> Path | None:
    """The place written down in the user's own folder, None when there is none."""
    try:
        said = (local / PLACE_FILE).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeError):
        return None
    return Path(said) if said else None


def choose_place(local: Path, place: Path) -> None:
    """Write down where the data lie from now on, in one step; OSError when it cannot be."""
    local.mkdir(parents=True, exist_ok=True)
    draft = local / f"{PLACE_FILE}.new"
    with draft.open("w", encoding="utf-8") as file:
        file.write(f"{place}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(local / PLACE_FILE)
