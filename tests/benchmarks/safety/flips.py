"""One bit flipped at random places of a ledger and its files: found, or harmless by proof.

Harmless is proved by reading: every row of every table, the schema, and every kept file are what
they were. (That the search index says the same is part of `check`.)
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services.integrity import check_ledger
from hs_credit_desktop.store import ledger

if TYPE_CHECKING:
    from pathlib import Path

# Derived contents of the index, held against the texts token by token by `check`.
NOT_READ = ("search_index_data", "search_index_idx", "search_index_docsize")


@dataclass
class Flips:
    """How many flips were found by check, were harmless, and (must be none) went unseen."""

    found: int = 0
    harmless: int = 0
    unseen: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures as one line."""
        seen = f"{self.found} found, {self.harmless} harmless by proof"
        return f"flipped bits: {seen}, {len(self.unseen)} unseen"


def contents(folder: DataFolder) -> str:
    """SHA-256 over everything that can be read from the ledger, and over its kept files."""
    digest = hashlib.sha256()
    uri = f"{folder.ledger.as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as opened:
        tables = opened.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
        ).fetchall()
        digest.update(repr(tables).encode())
        for kind, name, _, sql in tables:
            if kind == "table" and name not in NOT_READ and "VIRTUAL" not in (sql or ""):
                for row in opened.execute(f"SELECT * FROM {name}"):
                    digest.update(repr(row).encode())
    for file in sorted(folder.files.rglob("*")):
        if file.is_file():
            digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def campaign(source: Path, work: Path, count: int, seed: int) -> Flips:
    """Flip `count` bits, one at a time, in copies of the data folder `source`."""
    dice = random.Random(seed)
    shutil.copytree(source, work)
    folder = DataFolder(work)
    before = contents(folder)
    targets = [folder.ledger, *(file for file in sorted(folder.files.rglob("*")) if file.is_file())]
    sizes = [file.stat().st_size for file in targets]
    result = Flips()
    for _ in range(count):
        [file] = dice.choices(targets, sizes)
        place, bit = dice.randrange(file.stat().st_size), 1 << dice.randrange(8)
        with _flipped(file, place, bit):
            if _noticed(folder):
                result.found += 1
            elif _same(folder, before):
                result.harmless += 1
            else:
                result.unseen.append(f"{file.name} byte {place} bit {bit}")
    return result


class _flipped:  # noqa: N801
    """The file with one bit flipped, put back afterwards byte for byte."""

    def __init__(self, file: Path, place: int, bit: int) -> None:
        self.file, self.place, self.bit = file, place, bit

    def _turn(self) -> None:
        with self.file.open("rb+") as opened:
            opened.seek(self.place)
            value = opened.read(1)[0]
            opened.seek(self.place)
            opened.write(bytes([value ^ self.bit]))

    def __enter__(self) -> None:
        self._turn()

    def __exit__(self, *_: object) -> None:
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        self._turn()


def _noticed(folder: DataFolder) -> bool:
    try:
        opened = ledger.open_reading(folder)
    except UserError:
        return True
    try:
        return bool(check_ledger(opened))
    finally:
        opened.close()


def _same(folder: DataFolder, before: str) -> bool:
    try:
        return contents(folder) == before
    except (sqlite3.Error, UnicodeError):
        return False
