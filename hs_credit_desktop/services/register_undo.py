"""Changes of the register as one step each: one transaction, one audit line, one step to undo."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from hs_credit_desktop.services import register, undo
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import row_changes, units
from hs_credit_desktop.store.row_changes import RowChange

REGISTER = Changes(units=True, notice=True, returns=True)
APART = "apart:"


@contextmanager
def changing(
    ws: Workspace,
    action: str,
    subject: str,
    detail: Mapping[str, object],
    *,
    unit_ids: Sequence[str] = (),
) -> Iterator[None]:
    """One change of the register; unit_ids: whose duties and places in open rounds it may touch."""
    parts = row_changes.parts_of_units(unit_ids)
    with ws.change(action, subject, detail):
        before, known = row_changes.capture(ws.ledger, parts), units.units(ws.ledger)
        yield
        register.reindex(ws, known)
        after = row_changes.capture(ws.ledger, parts)
    if changes := row_changes.difference(before, after):
        back = tuple(item.reversed for item in changes)
        undo.push(
            ws,
            f"{subject}的{action}",
            partial(_write, action=f"撤销{action}", subject=subject, changes=back),
            partial(_write, action=action, subject=subject, changes=changes),
            seen=lambda now: row_changes.present(now.ledger, changes),
        )


def _write(ws: Workspace, *, action: str, subject: str, changes: Sequence[RowChange]) -> Changes:
    """Make the changes of rows once more, or take them back."""
    known = units.units(ws.ledger)
    with ws.change(action, subject, {"rows": len(changes)}):
        row_changes.write(ws.ledger, changes)
        register.reindex(ws, known)
    return REGISTER
