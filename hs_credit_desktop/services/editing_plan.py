"""Edits of the plan by hand: measures with their units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hs_credit_desktop.domain.notice import (
    NOWHERE,
    Deadline,
    Measure,
    Pillar,
    Place,
    Responsibility,
    Role,
)
from hs_credit_desktop.domain.text import clean
from hs_credit_desktop.domain.units import kind_of
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import register, register_matching
from hs_credit_desktop.services.editing import Edit
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import editing, ledger, notices, units
from hs_credit_desktop.store.notices import NoticeSource

LEAST_TITLE = 2
MOST_ALIKE = 3


@dataclass(frozen=True)
class Duty:
    """A unit or group of a measure as the form has it; id: of the responsibility it was, if any."""

    name: str
    role: Role
    id: str | None = None


@dataclass(frozen=True)
class MeasureForm:
    """What can be written about a measure by hand; duties in printed order."""

    number: int
    title: str
    body: str
    deadline: Deadline | None
    duties: tuple[Duty, ...]


def form_of(measure: Measure) -> MeasureForm:
    """A measure as the form shows it."""
    duties = tuple(Duty(item.printed, item.role, item.id) for item in measure.responsibilities)
    return MeasureForm(measure.number, measure.title, measure.body, measure.deadline, duties)


def tree(ws: Workspace, notice_id: str) -> tuple[Pillar, ...]:
    """The whole plan in printed order, what is 停用 too."""
    return notices.everything(ws.ledger, notice_id)


def paper(ws: Workspace, notice_id: str) -> NoticeSource:
    """The paper a notice was read from: file name, SHA-256 of the file, its text."""
    return notices.source_of(ws.ledger, notice_id)


def measure_of(ws: Workspace, notice_id: str, measure_id: str) -> Measure:
    """A measure of the plan, 停用 or not."""
    return next(m for p in tree(ws, notice_id) for m in p.measures if m.id == measure_id)


def add_measure(notice_id: str, pillar_id: str, form: MeasureForm) -> Edit:
    """A measure more, the last of its pillar; UserError for a blank title or no unit."""
    made = _new_measure(pillar_id, _checked(form), NOWHERE)
    duties = _checked(form).duties

    def write(ws: Workspace) -> None:
        _insert(ws, notice_id, made, _last_of(ws, notice_id, pillar_id))
        _write_duties(ws, made, duties)

    return Edit(notice_id, "增加措施", made.title, write)


def change_measure(notice_id: str, measure: Measure, form: MeasureForm) -> Edit:
    """Write a measure's form: its words, due date, units and their roles."""
    form = _checked(form)

    def write(ws: Workspace) -> None:
        _write_words(ws, measure.id, form)
        _write_duties(ws, measure, form.duties)

    return Edit(notice_id, "修改措施", form.title, write)


def split_measure(notice_id: str, measure: Measure, first: MeasureForm, rest: MeasureForm) -> Edit:
    """Two measures of one, side by side; what was reported stays with the first."""
    first, rest = _checked(first), _checked(rest)
    made = _new_measure(measure.pillar_id, rest, measure.place)
    # Responsibilities stay with the first; the second gets its own.
    duties = tuple(replace(duty, id=None) for duty in rest.duties)

    def write(ws: Workspace) -> None:
        _write_words(ws, measure.id, first)
        _write_duties(ws, measure, first.duties)
        _insert(ws, notice_id, made, measure.id)
        _write_duties(ws, made, duties)

    return Edit(notice_id, "拆分措施", measure.title, write)


def move_measure(notice_id: str, measure: Measure, *, pillar_id: str, after: str | None) -> Edit:
    """Put a measure behind another (after: its id) of a pillar, or first in it (None)."""

    def write(ws: Workspace) -> None:
        editing.set_fields(ws.ledger, "measures", measure.id, pillar_id=pillar_id)
        _put_behind(ws, notice_id, measure.id, after, pillar_id)

    return Edit(notice_id, "移动措施", measure.title, write)


def deactivate_measure(notice_id: str, measure: Measure) -> Edit:
    """Take a measure out of use; what was reported about it stays."""

    def write(ws: Workspace) -> None:
        editing.deactivate(ws.ledger, "measures", measure.id, at=ws.clock.now())

    return Edit(notice_id, "停用措施", measure.title, write)


def activate_measure(notice_id: str, measure: Measure) -> Edit:
    """Take a measure back into use, and its pillar with it."""

    def write(ws: Workspace) -> None:
        editing.deactivate(ws.ledger, "measures", measure.id, at=None)
        editing.deactivate(ws.ledger, "pillars", measure.pillar_id, at=None)

    return Edit(notice_id, "恢复措施", measure.title, write)


def title_of(title: str, what: str) -> str:
    """A title without stray blanks; UserError for one too short."""
    title = clean(title)
    if len(title) < LEAST_TITLE:
        raise UserError(f"{what}没有标题，没有保存", "请写出标题，至少两个字。")
    return title


def _checked(form: MeasureForm) -> MeasureForm:
    if form.number < 1:
        raise UserError("措施的序号不对，没有保存", "请写从 1 起的数。")
    duties = tuple(replace(duty, name=clean(duty.name)) for duty in form.duties)
    duties = tuple(duty for duty in duties if duty.name)
    names = [duty.name for duty in duties]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UserError(f"“{twice}”写了两次，没有保存", "请去掉一处。")
    return replace(form, title=title_of(form.title, "措施"), body=clean(form.body), duties=duties)


def _new_measure(pillar_id: str, form: MeasureForm, place: Place) -> Measure:
    return Measure(
        ledger.new_id(),
        pillar_id,
        form.number,
        form.title,
        None,
        form.body,
        form.deadline,
        place,
    )


def _write_words(ws: Workspace, measure_id: str, form: MeasureForm) -> None:
    due = form.deadline.due_on if form.deadline else None
    editing.set_fields(
        ws.ledger,
        "measures",
        measure_id,
        number=form.number,
        title=form.title,
        body=form.body,
        deadline_printed=form.deadline.printed if form.deadline else None,
        deadline_due_on=due.isoformat() if due else None,
    )


def _write_duties(ws: Workspace, measure: Measure, duties: Sequence[Duty]) -> None:
    """Units taken off are 停用, new ones are added; a role written by hand is confirmed."""
    known = {item.id: item for item in measure.responsibilities}
    for gone in known.keys() - {duty.id for duty in duties}:
        editing.deactivate(ws.ledger, "responsibilities", gone, at=ws.clock.now())
    for place, duty in enumerate(duties):
        was = known.get(duty.id or "")
        if was is None:
            notices.add_responsibilities(ws.ledger, [_responsibility(ws, measure, duty, place)])
            continue
        said = {"ordinal": place, "role": duty.role.value}
        if duty.role is not was.role:
            said["suggested"] = 0
        editing.set_fields(ws.ledger, "responsibilities", was.id, **said)


def _responsibility(ws: Workspace, measure: Measure, duty: Duty, place: int) -> Responsibility:
    unit_id, group_id = resolved(ws, duty.name) or (_new_unit(ws, duty.name), None)
    return Responsibility(
        ledger.new_id(), measure.id, unit_id, group_id, duty.name, duty.role, False, place
    )


def _new_unit(ws: Workspace, name: str) -> str:
    return register.put_unit(ws, name, kind_of(name), ())


def strangers(ws: Workspace, form: MeasureForm) -> str:
    """Which names of a form the register does not know, each with the likeliest that it does."""
    said = []
    for name in filter(None, (clean(duty.name) for duty in form.duties if duty.id is None)):
        if resolved(ws, name) is None:
            alike = register_matching.candidates(ws, name, ws.today)[:MOST_ALIKE]
            words = "、".join(f"{item.unit.canonical_name}（{item.words}）" for item in alike)
            known = f"相近的有 {words}；要用它，请改成它的名称" if words else "没有相近的"
            said.append(f"“{name}”不在单位名册里，将作为新单位登记，{known}。")
    return "".join(said)


def resolved(ws: Workspace, name: str) -> tuple[str | None, str | None] | None:
    """(unit id, group id) of a name of the register, exactly one set; None for an unknown name."""
    active = [unit for unit in units.units(ws.ledger) if unit.active]
    for unit in active:
        if name == unit.canonical_name:
            return unit.id, None
    for group in units.groups(ws.ledger):
        if name in (group.name, *units.group_aliases(ws.ledger).get(group.id, ())):
            return None, group.id
    for unit in active:
        if name in (unit.short_name, *unit.aliases):
            return unit.id, None
    return None


def _insert(ws: Workspace, notice_id: str, made: Measure, after: str | None) -> None:
    count = sum(len(pillar.measures) for pillar in tree(ws, notice_id))
    notices.add_measure(ws.ledger, notice_id, made, count)
    _put_behind(ws, notice_id, made.id, after, made.pillar_id)


def _put_behind(
    ws: Workspace, notice_id: str, measure_id: str, after: str | None, pillar_id: str
) -> None:
    """Number all measures anew with this one behind `after`, or first in its pillar."""
    order: list[str] = []
    for pillar in tree(ws, notice_id):
        if pillar.id == pillar_id and after is None:
            order.append(measure_id)
        for item in pillar.measures:
            order += [item.id] if item.id != measure_id else []
            order += [measure_id] if item.id == after else []
    editing.put_in_order(ws.ledger, "measures", order)


def _last_of(ws: Workspace, notice_id: str, pillar_id: str) -> str | None:
    pillar = next(item for item in tree(ws, notice_id) if item.id == pillar_id)
    return pillar.measures[-1].id if pillar.measures else None
