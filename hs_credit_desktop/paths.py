"""Where things lie: the program's own resources and the clerk's data folder."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP_FOLDER = "hs_credit_desktop"
LEDGER_NAME = "ledger.hscredit"


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


def default_data_root(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Path:
    """The user's own data folder: HS_CREDIT_DATA, else never-roaming local application data."""
    if chosen := environ.get("HS_CREDIT_DATA"):
        return Path(chosen)
    if platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local) / APP_FOLDER
    share = environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / APP_FOLDER
