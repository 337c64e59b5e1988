"""What is broken off in the safety campaigns: each operation on a ledger, and how to tell a result.

An operation changes the ledger, or makes a file, or nothing; never a part of either.
"""

from __future__ import annotations

import lzma
import random
import shutil
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.figure_ledger import MarkState
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.paths import LEDGER_NAME
from hs_credit_desktop.services import (
    backups,
    composing,
    editing,
    editing_plan,
    export,
    figure_ledger,
    folders,
    freezing,
    handover,
    inbox,
    next_year,
    notices,
    overview,
    papers_publish,
    papers_register,
    papers_seal,
    receiving,
    register_merge,
    register_names,
    relocation,
)
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import schema
from hs_credit_desktop.store.merge import Choice
from tests.benchmarks.safety.editor import contents
from tests.ledgers import ROOT, TODAY, clock_at, expected, make_workspace, record, round_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

    Contents = dict[str, set[tuple[object, ...]]]

LEDGER, OUT, MOVED = "台账", "导出", "搬到"
FIRST_RELEASE = ROOT / "tests" / "data" / "ledgers" / "schema-1.hscredit.xz"
LOST = "保存的原件不见了"  # the first release's ledger is kept without its originals


@dataclass(frozen=True)
class Operation:
    """prepare makes the place (a folder with 台账/ and 导出/) once; the thing is done in copies.

    inside: does it in an open workspace; None for what happens while the ledger is opened.
    closed: does it while no ledger is open, in place of inside. newer: with the program of
    `newer_program`.
    """

    name: str
    prepare: Callable[[Path], object]
    inside: Callable[[Workspace, Path], object] | None = None
    closed: Callable[[Path], object] | None = None
    newer: bool = False

    def act(self, place: Path) -> None:
        """Open the ledger of a place, do the thing, close it."""
        if self.closed:
            self.closed(place)
            return
        ws = opened(place)
        try:
            if self.inside:
                self.inside(ws, place)
        finally:
            ws.close()


def prepared(operation: Operation, base: Path, place: Path) -> None:
    """Prepare a place, and keep a copy in `base` to begin from again.

    Where it was made it is known: a ledger found at another place begins a new site when it opens.
    """
    place.mkdir()
    operation.prepare(place)
    shutil.copytree(place, base)


def opened(place: Path) -> Workspace:
    """The ledger of a place, open for writing."""
    return open_workspace(place / LEDGER, clock_at(TODAY))


def _small(place: Path) -> None:
    ws = make_workspace(place)
    record(ws, "市数据局", 1, "从前的")
    ws.close()
    (place / OUT).mkdir()


def _moved(place: Path) -> None:
    """A ledger that was made somewhere else."""
    _small(place / "别处")
    for name in (LEDGER, OUT):
        (place / "别处" / name).rename(place / name)


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


def _reopen(ws: Workspace, _place: Path) -> None:
    unit = expected(ws, "市数据局")
    freezing.reopen(ws, round_number(ws), reason="更正一个数", unit=unit)


def _frozen(place: Path) -> None:
    _small(place)
    ws = opened(place)
    _freeze(ws, place)
    ws.close()


def _told(place: Path) -> None:
    """A ledger with figures in it and a draft of every measure."""
    _small(place)
    ws = opened(place)
    record(ws, "市商务局", 1, "归集数据3万条，办结40件。")
    record(ws, "市文旅局", 2, "开展培训6场。")
    composing.compose_all(ws, round_number(ws))
    record(ws, "市商务局", 2, "办结50件。")
    (place / "扫描.pdf").write_bytes(b"%PDF-1.4 scan" * 999)
    _seal(ws, place)
    ws.close()


def _seal(ws: Workspace, _place: Path) -> None:
    papers_seal.log(
        ws,
        kind=PaperKind.REPORT.value,
        title="执行情况报告",
        copies=3,
        sealed_by="甲",
        sealed_on=TODAY,
        purpose="报送",
    )


def _compose(ws: Workspace, _place: Path) -> None:
    composing.compose_all(ws, round_number(ws), again=True)


def _number(ws: Workspace, _place: Path) -> None:
    kind = PaperKind.CHASE_LETTER.value
    papers_register.take(ws, "测信办〔2024〕9号", kind=kind, title="催报函")


def _papers(ws: Workspace, place: Path) -> None:
    round_ = round_number(ws)
    made = papers_publish.write_kind(ws, round_, PaperKind.MISSING_LIST, place / OUT)
    papers_publish.note(ws, round_, made)


def _scan(ws: Workspace, place: Path) -> None:
    papers_seal.add_scan(ws, papers_seal.lines(ws)[0].id, place / "扫描.pdf")


def _mark(ws: Workspace, _place: Path) -> None:
    round_ = round_number(ws)
    found = figure_ledger.figure_lines(ws, round_)
    figure_ledger.mark(ws, round_, found, MarkState.DOUBTED, "口径不同")


def _rename(ws: Workspace, _place: Path) -> None:
    unit = expected(ws, "市商务局", 2).unit_id
    follow = [round_number(ws, 2).id]
    register_names.rename(ws, unit, name="市商务和口岸局", on=TODAY, follow=follow)


def _unite(ws: Workspace, _place: Path) -> None:
    gone, stays = (expected(ws, name, 2).unit_id for name in ("市文旅局", "市商务局"))
    register_merge.merge(ws, gone, stays, on=TODAY, follow=[round_number(ws, 2).id])


def _edit(ws: Workspace, _place: Path) -> None:
    notice = overview.notice(ws)
    pillar = editing_plan.tree(ws, notice.id)[0]
    form = editing_plan.form_of(pillar.measures[0])
    new = editing_plan.MeasureForm(4, "增加的措施", "新的。", None, form.duties[:2])
    edit = editing_plan.add_measure(notice.id, pillar.id, new)
    editing.apply(ws, edit, [item.round.id for item in editing.preview(ws, edit)])


def _next_year(ws: Workspace, _place: Path) -> None:
    words = notices.bundled_notice().read_text("utf-8")
    words = words.replace("〔2024〕1号", "〔2025〕1号").replace("2024年7月3日", "2025年7月3日")
    read = notices.read_pasted(words, next_year.known(ws))
    next_year.add(ws, read, next_year.compare(ws, read))


def _relocate(place: Path) -> None:
    parent = place / MOVED
    parent.mkdir(exist_ok=True)
    relocation.move(relocation.plan(place / LEDGER, parent), clock_at(TODAY))


def _first_release(place: Path) -> None:
    (place / LEDGER).mkdir()
    (place / OUT).mkdir()
    (place / LEDGER / LEDGER_NAME).write_bytes(lzma.decompress(FIRST_RELEASE.read_bytes()))


def same_ids() -> None:
    """Every run makes the same ids, so that two results can be held against each other."""
    dice = random.Random(7)
    uuid.uuid4 = lambda: uuid.UUID(int=dice.getrandbits(128), version=4)


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
    Operation("migrate", _small, newer=True),
    Operation("first-release", _first_release),
    Operation("moved", _moved),
    Operation("reopen", _frozen, _reopen),
    Operation("compose", _told, _compose),
    Operation("number", _small, _number),
    Operation("papers", _small, _papers),
    Operation("seal", _told, _seal),
    Operation("scan", _told, _scan),
    Operation("figures", _told, _mark),
    Operation("rename", _small, _rename),
    Operation("unite", _small, _unite),
    Operation("edit", _small, _edit),
    Operation("next-year", _small, _next_year),
    Operation("relocate", _small, closed=_relocate),
)


@dataclass(frozen=True)
class State:
    """What an operation may change: the ledger's contents, and files by folder and size."""

    contents: Contents
    out: frozenset[str]
    moved: Contents | None = None

    @classmethod
    def of(cls, place: Path) -> State:
        """Read a place; AssertionError when the ledger does not pass its check."""
        target = place / MOVED / relocation.FOLDER
        # A folder that is marked as not finished is no ledger to anybody.
        whole = (target / LEDGER_NAME).exists() and not (target / relocation.UNFINISHED).exists()
        return cls(_read(place / LEDGER), _names(place / OUT), _read(target) if whole else None)

    def between(self, old: State, new: State) -> bool:
        """Whether the ledger is the old or the new one and every file is one of the two's."""
        whole = self.contents in (old.contents, new.contents)
        whole = whole and self.moved in (old.moved, new.moved)
        return whole and self.out <= old.out | new.out


def _read(folder: Path) -> Contents:
    """A ledger's contents. Which PC wrote last is no content."""
    (folder / folders.NOTE).unlink(missing_ok=True)  # the old place opens for looking only
    ws = open_workspace(folder, clock_at(TODAY))
    try:
        assert [item for item in check(ws) if item.text != LOST] == []
        return contents(ws)
    finally:
        ws.close()


def _names(folder: Path) -> frozenset[str]:
    """Names and kinds of the files of a folder; drafts that could not be removed are none."""
    return frozenset(
        path.name for path in folder.rglob("*") if path.is_file() and ".new" not in path.suffixes
    )
