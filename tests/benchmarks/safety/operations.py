"""What is broken off in the safety campaigns: each operation on a ledger, and how to tell a result.

An operation changes the ledger, or makes a file, or nothing; never a part of either.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hs_credit_desktop.services import backups, export, freezing, handover, inbox, receiving
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import schema
from hs_credit_desktop.store.merge import Choice
from tests.benchmarks.safety.editor import contents
from tests.ledgers import TODAY, clock_at, make_workspace, record, round_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

    Contents = dict[str, set[tuple[object, ...]]]

LEDGER, OUT = "台账", "导出"


@dataclass(frozen=True)
class Operation:
    """prepare makes the place (a folder with 台账/ and 导出/) once; the thing is done in copies.

    inside: does it in an open workspace; None for what happens while the ledger is opened.
    """

    name: str
    prepare: Callable[[Path], object]
    inside: Callable[[Workspace, Path], object] | None

    def act(self, place: Path) -> None:
        """Open the ledger of a place, do the thing, close it."""
        ws = opened(place)
        try:
            if self.inside:
                self.inside(ws, place)
        finally:
            ws.close()


def opened(place: Path) -> Workspace:
    """The ledger of a place, open for writing."""
    return open_workspace(place / LEDGER, clock_at(TODAY))


def _small(place: Path) -> None:
    ws = make_workspace(place)
    record(ws, "市数据局", 1, "从前的")
    ws.close()
    (place / OUT).mkdir()


def _with_backup(place: Path) -> None:
    _small(place)
    ws = opened(place)
    backups.make(ws, out=place / "旧.hscredit")
    record(ws, "市商务局", 1, "后来的")
    ws.close()


def _with_package(place: Path) -> None:
    _small(place)
    ws = opened(place)
    made = handover.handover(ws, place / "去.hspack")
    root = place / "第二台"
    other = handover.open_package(root, made.file, lambda: open_workspace(root, clock_at(TODAY)))
    record(other, "市商务局", 1, "那边的")
    record(other, "市数据局", 1, "那边改的")
    handover.handover(other, place / "回.hspack")
    other.close()
    shutil.rmtree(root)
    record(ws, "市数据局", 1, "这边改的")
    ws.close()


def _with_files(place: Path) -> None:
    create_practice(place / LEDGER)
    (place / OUT).mkdir()
    found = sorted(path for path in place.rglob("*.xlsx"))
    shutil.copy(found[0], place / "报送件.xlsx")


def _save(ws: Workspace, _place: Path) -> None:
    record(ws, "市商务局", 2, "新写的")


def _stage(ws: Workspace, place: Path) -> None:
    inbound = receiving.read_files([place / "报送件.xlsx"])
    receiving.stage(ws, inbound, round_number(ws, 2), received_on=ws.today)


def _staged(place: Path) -> None:
    _with_files(place)
    ws = opened(place)
    _stage(ws, place)
    ws.close()


def _import(ws: Workspace, _place: Path) -> None:
    batch_id = ws.ledger.value("SELECT batch_id FROM staged_items")
    inbox.settle_certain(ws, round_number(ws, 2), str(batch_id))


def _export(ws: Workspace, place: Path) -> None:
    export.export(ws, round_number(ws), place / OUT, {export.LEDGER})


def _backup(ws: Workspace, _place: Path) -> None:
    backups.make(ws)


def _restore(ws: Workspace, place: Path) -> None:
    backups.restore(ws, place / "旧.hscredit")


def _handover(ws: Workspace, place: Path) -> None:
    handover.handover(ws, place / OUT / "包.hspack")


def _merge(ws: Workspace, place: Path) -> None:
    handover.merge_package(ws, place / "回.hspack", otherwise=Choice.THERE)


def _freeze(ws: Workspace, _place: Path) -> None:
    freezing.freeze(ws, round_number(ws))


@contextmanager
def newer_program() -> Iterator[None]:
    """The program with one migration more, which every ledger of now has to go through."""
    usual, migrations = schema.migration_set, schema.migration_set()

    def m9999_next(db: object) -> None:
        db.execute("ALTER TABLE notices ADD COLUMN remark TEXT")  # type: ignore[attr-defined]

    migrations()(m9999_next)
    schema.migration_set, schema.SCHEMA_VERSION = (lambda: migrations), schema.SCHEMA_VERSION + 1
    try:
        yield
    finally:
        schema.migration_set, schema.SCHEMA_VERSION = usual, schema.SCHEMA_VERSION - 1


OPERATIONS = (
    Operation("save", _small, _save),
    Operation("stage", _with_files, _stage),
    Operation("import", _staged, _import),
    Operation("export", _small, _export),
    Operation("backup", _small, _backup),
    Operation("restore", _with_backup, _restore),
    Operation("handover", _small, _handover),
    Operation("merge", _with_package, _merge),
    Operation("freeze", _small, _freeze),
    Operation("migrate", _small, None),
)


@dataclass(frozen=True)
class State:
    """What an operation may change: the ledger's contents, and files by folder and size."""

    contents: Contents
    out: frozenset[str]
    backups: frozenset[str]

    @classmethod
    def of(cls, place: Path) -> State:
        """Read a place; AssertionError when the ledger does not pass its check."""
        ws = opened(place)
        try:
            assert check(ws) == []
            held = contents(ws)
        finally:
            ws.close()
        # Which PC wrote last is no content.
        return cls(held, _names(place / OUT), _names(place / LEDGER / "backups"))

    def between(self, old: State, new: State) -> bool:
        """Whether the ledger is the old or the new one and every file is one of the two's."""
        whole = self.contents in (old.contents, new.contents)
        return whole and self.out <= old.out | new.out


def _names(folder: Path) -> frozenset[str]:
    """Names and kinds of the files of a folder; drafts that could not be removed are none."""
    return frozenset(
        path.name for path in folder.rglob("*") if path.is_file() and ".new" not in path.suffixes
    )
