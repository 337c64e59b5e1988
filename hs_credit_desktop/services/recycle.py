"""The recycle view: nothing with history is deleted, so everything taken out can come back."""

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import register_units
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import recycle
from hs_credit_desktop.store.recycle import Deactivated

KINDS = {
    "units": "单位",
    "pillars": "大类",
    "measures": "措施",
    "responsibilities": "责任单位",
    "attachments": "佐证材料",
    "unit_contacts": "联系人",
    "seal_scans": "用印扫描件",
}


def recycled(ws: Workspace) -> tuple[Deactivated, ...]:
    """Everything that was deactivated, the newest first."""
    return recycle.deactivated(ws.ledger)


def kind_of(item: Deactivated) -> str:
    """The word for what it is."""
    return KINDS[item.table]


def bring_back(ws: Workspace, item: Deactivated) -> Changes:
    """Put it back into use; UserError when it is in use already or its round is frozen.

    A unit comes back as 单位名册 brings it back: of a merged one the names are its own again.
    """
    if item.table == "units":
        return register_units.reactivate(ws, item.id) | Changes(papers=True)
    with ws.change("恢复", item.name, {"kind": kind_of(item), "id": item.id}):
        if not recycle.bring_back(ws.ledger, item):
            raise UserError(f"{kind_of(item)}“{item.name}”已经在用，没有改动", "请刷新列表。")
    return Changes(notice=True, returns=True, units=True, papers=True)
