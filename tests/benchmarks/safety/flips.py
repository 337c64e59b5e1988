"""One bit flipped at random places of a ledger and its files: found, or harmless by proof.

Harmless is proved by reading: every row of every table, the schema, and every kept file are what
they were. (That the search index says the same, read through and looked up, is part of `check`.)
Every second flip falls upon the first page of a table or index chosen at random and there not into
empty space, so that a table of one row is looked at as often as the texts.
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
from tests.ledgers import make_workspace, record

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

PAGE = 4096
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
    roots = _roots(folder)
    assert not _noticed(folder), "the ledger is not whole to begin with"
    for number in range(count):
        [file] = dice.choices(targets, sizes)
        place, bit = dice.randrange(file.stat().st_size), 1 << dice.randrange(8)
        if number % 2:
            file, place = folder.ledger, _in_use(folder.ledger, dice.choice(roots), dice)
        with _flipped(file, place, bit):
            if _noticed(folder):
                result.found += 1
            elif _same(folder, before):
                result.harmless += 1
            else:
                result.unseen.append(_traced(folder, file, place, bit))
    return result


def _roots(folder: DataFolder) -> list[int]:
    """The first page of every table and index."""
    uri = f"{folder.ledger.as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as opened:
        rows = opened.execute("SELECT rootpage FROM sqlite_master WHERE rootpage ORDER BY name")
        return [1, *(root for (root,) in rows)]


def _in_use(file: Path, page: int, dice: random.Random) -> int:
    """A place of a page where something other than zero stands."""
    start = (page - 1) * PAGE
    content = file.read_bytes()[start : start + PAGE]
    return start + dice.choice([at for at, byte in enumerate(content) if byte])


def _traced(folder: DataFolder, file: Path, place: int, bit: int) -> str:
    """Where a flip was that nobody saw, in words that find it again: ids differ in every run."""
    data = file.read_bytes()
    around = data[max(place - 40, 0) : place + 20]
    page = place // PAGE + 1
    with closing(sqlite3.connect(f"{folder.ledger.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        owner = db.execute("SELECT name FROM sqlite_master WHERE rootpage = ?", (page,)).fetchone()
    return f"{file.name} page {page} of {owner} byte {place} bit {bit}: {around!r}"


def damages(source: Path, work: Path, pages: int = 40) -> dict[str, str]:
    """Greater harm in copies of `source`: what → how it was noticed, '' when it was not.

    pages: about how many of its pages are zeroed, one at a time.
    """
    made: dict[str, str] = {}
    whole = DataFolder(source).ledger.read_bytes()
    count = len(whole) // PAGE
    empty = bytes(PAGE)
    harm = {
        f"page {page + 1} zeroed": whole[: page * PAGE] + empty + whole[(page + 1) * PAGE :]
        for page in range(0, count, max(count // pages, 1))
        if any(whole[page * PAGE + 12 : (page + 1) * PAGE])  # an empty table's page holds nothing
    }
    for part in (0, 99, 4096, len(whole) // 2, len(whole) - PAGE, len(whole) - 1):
        harm[f"cut to {part} bytes"] = whole[:part]
    harm["foreign file"] = b"PK\x03\x04" + b"not a ledger" * 999
    harm["another database"] = _another()
    for name, data in harm.items():
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(source, work)
        DataFolder(work).ledger.write_bytes(data)
        made[name] = _how(DataFolder(work))
    return made


def _another() -> bytes:
    """A database of SQLite that is no ledger."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE units (id TEXT PRIMARY KEY)")
        return db.serialize()


def _how(folder: DataFolder) -> str:
    """The words of the refusal, or of the first finding."""
    try:
        opened = ledger.open_reading(folder)
    except UserError as error:
        return error.what
    try:
        found = check_ledger(opened)
    finally:
        opened.close()
    return found[0].text if found else ""


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
    return bool(_how(folder))


def _same(folder: DataFolder, before: str) -> bool:
    try:
        return contents(folder) == before
    except (sqlite3.Error, UnicodeError):
        return False


def foreign_log(work: Path) -> str:
    """How the write-ahead log of another ledger beside a ledger is noticed, '' when it is not.

    An older log of the same ledger makes it what it was then, whole: that no file can tell by
    itself, only a newer backup.
    """
    for name in ("这本", "那本"):
        ws = make_workspace(work / name)
        record(ws, "市数据局", 1, f"{name}的")
        log = _log(ws)
        ws.close()
    folder = DataFolder(work / "这本" / "台账")
    folder.ledger.with_name(f"{folder.ledger.name}-wal").write_bytes(log)
    return _how(folder)


def _log(ws: Workspace) -> bytes:
    return ws.folder.ledger.with_name(f"{ws.folder.ledger.name}-wal").read_bytes()
