"""Edits of the pillars of a plan by hand."""

from hs_credit_desktop.domain.notice import Pillar
from hs_credit_desktop.services.editing import Edit
from hs_credit_desktop.services.editing_plan import title_of, tree
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import editing, ledger


def add_pillar(ws: Workspace, notice_id: str, title: str) -> Edit:
    """A pillar more, at the end, with the next number."""
    title = title_of(title, "大类")
    there = tree(ws, notice_id)
    number = max((item.number for item in there if item.active), default=0) + 1
    pillar_id = ledger.new_id()

    def write(ws: Workspace) -> None:
        editing.add_pillar(
            ws.ledger,
            notice_id,
            pillar_id=pillar_id,
            number=number,
            title=title,
            ordinal=len(there),
        )

    return Edit(notice_id, "增加大类", title, write)


def change_pillar(notice_id: str, pillar: Pillar, *, number: int, title: str) -> Edit:
    """Another number or title of a pillar; UserError for a blank title."""
    title = title_of(title, "大类")

    def write(ws: Workspace) -> None:
        editing.set_fields(ws.ledger, "pillars", pillar.id, number=number, title=title)

    return Edit(notice_id, "修改大类", title, write)


def deactivate_pillar(notice_id: str, pillar: Pillar) -> Edit:
    """Take a pillar with its measures out of use; what was reported stays."""

    def write(ws: Workspace) -> None:
        editing.deactivate(ws.ledger, "pillars", pillar.id, at=ws.clock.now())
        for measure in pillar.measures:
            if measure.active:
                editing.deactivate(ws.ledger, "measures", measure.id, at=ws.clock.now())

    return Edit(notice_id, "停用大类", pillar.title, write)


def activate_pillar(notice_id: str, pillar: Pillar) -> Edit:
    """Take a pillar with all its measures back into use."""

    def write(ws: Workspace) -> None:
        editing.deactivate(ws.ledger, "pillars", pillar.id, at=None)
        for measure in pillar.measures:
            editing.deactivate(ws.ledger, "measures", measure.id, at=None)

    return Edit(notice_id, "恢复大类", pillar.title, write)
