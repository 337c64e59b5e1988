"""Two PCs: a package of the ledger or of its changes, and merging one field by field."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import backups, merge_lists, undo
from hs_credit_desktop.services.backups import EVERYTHING, Kind
from hs_credit_desktop.services.conflicts import ConflictShown, shown, shown_clash
from hs_credit_desktop.services.integrity import Action, check_ledger, refuse_damaged
from hs_credit_desktop.services.merge_lists import MergeRow
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import (
    backup,
    files,
    guards,
    integrity,
    ledger,
    merge,
    merge_plan,
    package,
    parts,
    settings,
    snapshots,
    vectors,
    whole_files,
)
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.merge import Choice as Choice
from hs_credit_desktop.store.merge_plan import Plan


@dataclass(frozen=True)
class HandedOver:
    """A finished package: rows and kept files in it, and whether it holds changes only."""

    file: Path
    sha256: str
    rows: int
    kept: int
    changes_only: bool


def handover(
    ws: Workspace, out: Path, *, passphrase: str | None = None, changes_only: bool = False
) -> HandedOver:
    """Write a package for the other PC; the ledger goes on.

    changes_only: leave out what the PC whose package was merged here last is known to have;
    UserError when there is none such, the ledger is damaged or the file cannot be written.
    """
    refuse_damaged(ws)
    known = vectors.partner(ws.ledger)
    if changes_only and known is None:
        raise UserError("还没有和另一台电脑合并过，不知道对方有什么", "第一次请制作完整的交接包。")
    detail = {"changes_only": changes_only, "passphrase": bool(passphrase)}
    with ws.change("制作交接包", out.name, detail):
        pass
    with TemporaryDirectory(prefix="hs-credit-") as folder:
        copied = Path(folder) / package.LEDGER
        own = ledger.open_reading(ws.folder)
        try:
            backup.copy(own, copied)
        finally:
            own.close()
        parts.make_portable(copied, known if changes_only else None)
        with backup.opened(copied) as portable:
            kept = [files.path_of(ws.ledger, one) for one in integrity.kept_files(portable)]
            rows = parts.count(portable)
        said: dict[str, object] = {
            "ledger_id": settings.get(ws.ledger, guards.LEDGER_ID),
            "made_by": ws.actor,
            "made_at": ws.clock.now().isoformat(),
            "changes_only": changes_only,
        }
        package.write(out, copied, kept, said, passphrase)
    return HandedOver(out, whole_files.sha256_of(out), rows, len(kept), changes_only)


@dataclass(frozen=True)
class MergePreview:
    """What merging a package would do: rows new here, changed here, the same, and in conflict.

    added, updated: the rows that `new` and `changed` count.
    """

    made_by: str
    made_at: str
    added: tuple[MergeRow, ...]
    updated: tuple[MergeRow, ...]
    same: int
    conflicts: tuple[ConflictShown, ...]

    @property
    def new(self) -> int:
        """How many rows are new here."""
        return len(self.added)

    @property
    def changed(self) -> int:
        """How many rows here change or go."""
        return len(self.updated)


@contextmanager
def _compared(
    ws: Workspace, file: Path, passphrase: str | None
) -> Iterator[tuple[package.Package, Ledger, Plan]]:
    with package.opened(file, passphrase) as unpacked:
        if unpacked.manifest["ledger_id"] != settings.get(ws.ledger, guards.LEDGER_ID):
            raise UserError(
                f"{file.name} 来自另一本台账，不能合并", "交接包只能合并到同一本台账的副本里。"
            )
        with backup.opened(unpacked.ledger) as remote:
            theirs = vectors.vector(remote)
            if vectors.forked(ws.ledger, theirs):
                raise UserError(
                    f"{file.name} 里有本台账没有的同号操作，没有合并",
                    "可能有人把旧的数据文件夹拷贝了回来。请改用那份较新的台账，再合并。",
                )
            yield unpacked, remote, merge_plan.plan(ws.ledger, remote)


def preview(ws: Workspace, file: Path, *, passphrase: str | None = None) -> MergePreview:
    """Dry run: what merging would do, with every conflict; nothing is written.

    UserError when the package is damaged, of another ledger, or the passphrase is wrong.
    """
    with _compared(ws, file, passphrase) as (unpacked, remote, plan):
        return _preview(ws, unpacked, remote, plan)


def _preview(ws: Workspace, unpacked: package.Package, remote: Ledger, plan: Plan) -> MergePreview:
    return MergePreview(
        str(unpacked.manifest["made_by"]),
        str(unpacked.manifest["made_at"]),
        merge_lists.added(ws.ledger, remote, plan),
        merge_lists.updated(ws.ledger, remote, plan),
        plan.same,
        (
            *(shown_clash(ws.ledger, remote, item) for item in plan.clashes),
            *(shown(ws.ledger, remote, item) for item in plan.conflicts),
        ),
    )


def merge_package(
    ws: Workspace,
    file: Path,
    *,
    passphrase: str | None = None,
    choices: Mapping[str, Choice] | None = None,
    otherwise: Choice | None = None,
) -> MergePreview:
    """Merge a package in one transaction, after a backup; what was done, with its conflicts.

    choices: conflict id → which side stands; otherwise: for those not named. UserError when a
    conflict has no choice, a frozen round would change, or anything fails: nothing changed then.
    The values that gave way are kept in the audit log.
    """
    if ws.read_only:
        raise UserError("台账是只读打开的，没有合并", "请先关闭占用台账的程序，再重新打开。")
    with _compared(ws, file, passphrase) as (unpacked, remote, plan):
        seen = _preview(ws, unpacked, remote, plan)
        decided = dict(choices or {})
        for item in seen.conflicts:
            if otherwise and item.id not in decided:
                decided[item.id] = otherwise
        left = [item for item in seen.conflicts if item.id not in decided]
        if left:
            raise UserError(
                f"有 {len(left)} 处两边都改过（{left[0].where}·{left[0].field}），没有合并",
                "请逐处选定用哪一边的。",
            )
        backups.make(ws, Kind.BEFORE_MERGE)
        _keep_files(ws, unpacked)
        with ws.change("合并交接包", file.name, _told(seen, decided)), ws.ledger.thawed():
            merge.apply(ws.ledger, remote, plan, decided)
            vectors.remember_partner(ws.ledger, plan.theirs)
            _refuse_broken(ws)
    undo.forget(ws)
    return seen


def _told(seen: MergePreview, decided: Mapping[str, Choice]) -> dict[str, object]:
    return {
        "made_by": seen.made_by,
        "made_at": seen.made_at,
        "new": seen.new,
        "changed": seen.changed,
        "conflicts": [
            {
                "where": item.where,
                "field": item.field,
                "here": item.here,
                "there": item.there,
                "stands": decided[item.id].value,
            }
            for item in seen.conflicts
        ],
    }


def _keep_files(ws: Workspace, unpacked: package.Package) -> None:
    """Their kept files lie whole in our folder before a row names them."""
    for file in unpacked.files.glob("*"):
        if not files.intact(ws.ledger, file.name):
            whole_files.copy(file, files.path_of(ws.ledger, file.name))


def _refuse_broken(ws: Workspace) -> None:
    """Before the commit: nothing hangs in the air, and no frozen round was touched."""
    if broken := integrity.broken_references(ws.ledger):
        raise UserError(
            f"合并后表 {broken[0]} 的引用不完整，没有合并", "台账保持原样，请联系技术人员。"
        )
    changed = snapshots.changed_since_frozen(ws.ledger)
    if changed:
        raise UserError(
            f"{changed[0]}已封存，而交接包里有它的改动，没有合并",
            "请先解封这一轮，合并之后再封存。",
        )


def open_package(
    root: Path,
    file: Path,
    open_again: Callable[[], Workspace],
    *,
    passphrase: str | None = None,
) -> Workspace:
    """On a PC without a ledger: make one from a full package; open_again opens that workspace.

    UserError when the package holds changes only or is damaged, or a ledger is there already.
    """
    folder = DataFolder(root)
    if folder.ledger.exists():
        raise UserError(f"{folder.ledger} 已有台账，没有改动", "请打开它，再合并交接包。")
    with package.opened(file, passphrase) as unpacked:
        if unpacked.manifest["changes_only"]:
            raise UserError(
                f"{file.name} 只有改动，不能单独打开", "请在那台电脑上制作完整的交接包。"
            )
        with backup.opened(unpacked.ledger) as remote:
            theirs = vectors.vector(remote)
            found = [item for item in check_ledger(remote) if item.action is Action.RESTORE]
        if found:
            raise UserError(f"{file.name} 没有通过检查，没有打开", "请在那台电脑上重新制作一份。")
        for kept in unpacked.files.glob("*"):
            whole_files.copy(kept, folder.files / kept.name[:2] / kept.name)
        whole_files.copy(unpacked.ledger, folder.ledger)
    ws = open_again()
    with ws.change("打开交接包", file.name, {"made_by": unpacked.manifest["made_by"]}):
        vectors.remember_partner(ws.ledger, theirs)
    return ws


MERGED = EVERYTHING
