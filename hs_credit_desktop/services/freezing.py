"""Freezing a round: read-only, with a snapshot from which every paper prints again the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.integrity import refuse_damaged
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import backup, files, ledger, snapshots
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.snapshots import Reopening, Snapshot

FROZEN = Changes(notice=True, returns=True)


@dataclass(frozen=True)
class Unfinished:
    """What a round still lacks before it is frozen: returns by figure, and entries left blank."""

    returns: tuple[tuple[Status, int], ...]
    blank_entries: int

    @property
    def nothing(self) -> bool:
        """Whether all is done."""
        return not self.returns and not self.blank_entries


def unfinished(ws: Workspace, round_: Round) -> Unfinished:
    """What is not finished; every number counts the list its status opens."""
    figures = overview.figures(ws, round_)
    open_ = (Status.MISSING, Status.TO_REVIEW, Status.SENT_BACK, Status.ON_HOLD)
    counts = tuple((status, int(getattr(figures, status.value))) for status in open_)
    return Unfinished(
        tuple((status, count) for status, count in counts if count),
        figures.entries_expected - figures.entries_covered,
    )


def freeze(ws: Workspace, round_: Round) -> Changes:
    """Make a round read-only and keep a snapshot of it; units that were reopened are closed again.

    UserError when it is frozen with nothing open, or the ledger does not pass its check.
    """
    if round_.state is RoundState.FROZEN and not open_reopenings(ws, round_):
        raise UserError(f"{round_.name}已经封存", "如需改动，请先解封。")
    refuse_damaged(ws)
    now = ws.clock.now()
    with TemporaryDirectory(prefix="hs-credit-") as folder:
        copied = Path(folder) / "snapshot.hscredit"
        own = ledger.open_reading(ws.folder)
        try:
            backup.copy(own, copied)
        finally:
            own.close()
        with ws.change("封存", round_.name, {"round": round_.number}), ws.ledger.thawed():
            with plain_words(ws.folder.files, "没有封存"):
                sha256 = files.keep_file(ws.ledger, copied, at=now)
            snapshots.set_state(ws.ledger, round_.id, RoundState.FROZEN)
            snapshots.close_reopenings(ws.ledger, round_.id, at=now)
            snapshots.add(ws.ledger, round_.id, sha256=sha256, at=now, actor=ws.actor)
    return FROZEN


def reopen(
    ws: Workspace, round_: Round, *, reason: str, unit: ExpectedReturn | None = None
) -> Changes:
    """Open a frozen round again, or only one unit of it; the snapshot stays.

    UserError when it is not frozen or no reason is given.
    """
    name = unit.unit_name if unit else round_.name
    if round_.state is not RoundState.FROZEN:
        raise UserError(f"{round_.name}没有封存，不用解封", "可以直接修改。")
    if not reason.strip():
        raise UserError(f"{name}没有解封", "请写明解封的原因。")
    detail = {"round": round_.number, "reason": reason, "unit": unit.unit_name if unit else None}
    with ws.change("解封", name, detail), ws.ledger.thawed():
        snapshots.reopen(
            ws.ledger,
            round_.id,
            unit.id if unit else None,
            reason=reason.strip(),
            actor=ws.actor,
            at=ws.clock.now(),
        )
        if unit is None:
            snapshots.set_state(ws.ledger, round_.id, RoundState.OPEN)
    return FROZEN


def snapshots_of(ws: Workspace, round_: Round) -> tuple[Snapshot, ...]:
    """The snapshots of a round, oldest first."""
    return snapshots.of_round(ws.ledger, round_.id)


def open_reopenings(ws: Workspace, round_: Round) -> tuple[Reopening, ...]:
    """What is open again in a frozen round, with its reason."""
    found = snapshots.reopenings(ws.ledger, round_.id)
    return tuple(item for item in found if item.closed_at is None)


def shut(ws: Workspace, round_: Round, expected_return_id: str | None = None) -> bool:
    """Whether nothing of the round may be changed; of one return, when its id is given.

    A frozen round is shut but for the units that were opened again.
    """
    if round_.state is not RoundState.FROZEN:
        return False
    open_ids = {item.expected_return_id for item in open_reopenings(ws, round_)}
    return expected_return_id not in open_ids if expected_return_id else not open_ids


def history(ws: Workspace, round_: Round) -> tuple[Reopening, ...]:
    """Every time the round was opened again, oldest first."""
    return snapshots.reopenings(ws.ledger, round_.id)


@contextmanager
def as_frozen(ws: Workspace, round_: Round, version: int | None = None) -> Iterator[Workspace]:
    """The ledger as it was when the round was frozen, to print from; version: default the newest.

    Read-only, and its clock stands at that moment, so that each paper comes out as it did then.
    UserError when the round was never frozen or its snapshot is lost or changed.
    """
    taken = snapshots.of_round(ws.ledger, round_.id)
    wanted = [item for item in taken if version in (None, item.version)]
    if not wanted:
        raise UserError(f"{round_.name}没有这份封存快照", "请先封存这一轮。")
    snapshot = wanted[-1]
    file = files.path_of(ws.ledger, snapshot.sha256)
    if not files.intact(ws.ledger, snapshot.sha256):
        raise UserError(
            f"{round_.name}的封存快照丢失或损坏，没有重印", "请插上备份盘，在检查里取回原件。"
        )
    clock = Clock(lambda: snapshot.frozen_at)
    with backup.opened_of_any_age(file, ws.folder.root, snapshot.frozen_at) as then:
        yield Workspace(then, clock, snapshot.actor)
