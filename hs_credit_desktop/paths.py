"""Where things lie: the program's own resources and the clerk's data folder."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP_FOLDER = "hs_credit_desktop"
LEDGER_NAME = "ledger.hscredit"
# A file of this name beside the packaged program keeps the data beside it too (USB stick).
PORTABLE_MARKER = "便携版.txt"
PORTABLE_DATA = "数据"


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

    Local means never-roaming application data (%LOCALAPPDATA% on Windows).
    """
    if chosen := environ.get("HS_CREDIT_DATA"):
        return Path(chosen)
    program = program_folder()
    if program and (program / PORTABLE_MARKER).exists():
        return program / PORTABLE_DATA
    if platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local) / APP_FOLDER
    share = environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / APP_FOLDER
