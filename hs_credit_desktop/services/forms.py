"""Making the return forms of a round: one pre-filled file per unit and the delivery list."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hs_credit_desktop.domain.form import FormIdentity, FormRow, ReturnForm
from hs_credit_desktop.domain.notice import Measure, Notice
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn, FeedbackParts
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.units import Unit
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office, overview
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import codes, notices, settings
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.whole_files import write_whole

DELIVERY_NAME = "交付清单.xlsx"
FORMATS = ("xlsx", "docx", "pdf")
_PREFERRED = "form_format:"  # and the id of the unit
Progress = Callable[[int, int, str], None]
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class MadeForm:
    """One form written: where, for whom, with which code, for how many measures."""

    path: Path
    unit: str
    return_code: str
    measures: int


@dataclass(frozen=True)
class MadeForms:
    """All forms of one call, and the delivery list."""

    forms: tuple[MadeForm, ...]
    delivery: Path


def make_forms(
    ws: Workspace,
    round_: Round,
    out: Path,
    *,
    fmt: str | None = None,
    unit_ids: Collection[str] | None = None,
    progress: Progress = lambda _done, _total, _label: None,
) -> MadeForms:
    """Write the forms of a round into the folder `out`; the same call again writes the same codes.

    fmt: one of FORMATS for all (pdf: to be filled in by hand); None: what the unit prefers, else
    docx for units with one measure. unit_ids: only these units.
    progress(done, total, label) may raise to stop: then nothing new is under a final name.
    UserError when nobody is to report or the folder cannot be written.
    """
    return write_forms(plan_forms(ws, round_, fmt=fmt, unit_ids=unit_ids), out, progress)


@dataclass(frozen=True)
class FormPlan:
    """Forms that are ready to be written: everything the ledger has to say is in them."""

    title: str
    drafts: tuple["_Draft", ...]


def plan_forms(
    ws: Workspace,
    round_: Round,
    *,
    fmt: str | None = None,
    unit_ids: Collection[str] | None = None,
) -> FormPlan:
    """What `make_forms` will write, codes given out; writing it needs the ledger no more."""
    expected = [
        item
        for item in overview.expected_returns(ws, round_)
        if unit_ids is None or item.unit_id in unit_ids
    ]
    if not expected:
        raise UserError(f"{round_.name}没有要发反馈表的单位", "请核对轮次和所选单位。")
    printed, wishes = _codes(ws, round_, expected), preferred(ws)
    drafts = tuple(
        _Draft(item, printed[item.id], form, fmt or wishes.get(item.unit_id) or _usual(form))
        for item in expected
        for form in [_form(ws, round_, item, printed[item.id])]
    )
    day = ws.today.isoformat()
    title = f"{round_.name}反馈表交付清单（{day} 制作，共 {len(drafts)} 份）"
    return FormPlan(title, drafts)


@dataclass(frozen=True)
class _Draft:
    expected: ExpectedReturn
    code: str
    form: ReturnForm
    suffix: str

    @property
    def file_name(self) -> str:
        """07_市财政局_反馈表（第二轮）.xlsx."""
        unit = _FORBIDDEN.sub("", self.expected.unit_name)
        turn = _FORBIDDEN.sub("", self.form.round_name)
        return f"{self.expected.ordinal + 1:02d}_{unit}_反馈表（{turn}）.{self.suffix}"


def _usual(form: ReturnForm) -> str:
    return "docx" if len(form.rows) == 1 else "xlsx"


def preferred(ws: Workspace) -> dict[str, str]:
    """Unit id → the format it wants its forms in; units without a wish are left out."""
    wishes = settings.starting_with(ws.ledger, _PREFERRED)
    return {key.removeprefix(_PREFERRED): value for key, value in wishes}


def set_preferred(ws: Workspace, unit: Unit, fmt: str | None) -> Changes:
    """Note in which format a unit wants its forms (one of FORMATS); None: the usual one."""
    with ws.change("反馈表格式", unit.canonical_name, {"format": fmt}):
        if fmt:
            settings.put(ws.ledger, _PREFERRED + unit.id, fmt)
        else:
            settings.remove(ws.ledger, _PREFERRED + unit.id)
    return Changes(settings=True)


def _codes(ws: Workspace, round_: Round, expected: Sequence[ExpectedReturn]) -> dict[str, str]:
    """Expected return id → code; new codes are written in one transaction with the log line."""
    year = _year(_notice(ws, round_), round_)
    with ws.change("制作反馈表", round_.name, {"round": round_.number, "units": len(expected)}):
        return {
            item.id: codes.code_of(
                ws.ledger, item.id, year=year, round_number=round_.number, at=ws.clock.now()
            )
            for item in expected
        }


def _notice(ws: Workspace, round_: Round) -> Notice:
    return next(item for item in notices.notices(ws.ledger) if item.id == round_.notice_id)


def _year(notice: Notice, round_: Round) -> int:
    return (notice.issued_on or round_.due_on).year


def form_of(
    ws: Workspace, round_: Round, expected: ExpectedReturn, answers: Mapping[int, FeedbackParts]
) -> ReturnForm:
    """One unit's form as data, filled in with `answers` (measure number → parts)."""
    code = _codes(ws, round_, [expected])[expected.id]
    made = _form(ws, round_, expected, code)
    return ReturnForm(**(vars(made) | {"answers": dict(answers)}))


def _form(ws: Workspace, round_: Round, expected: ExpectedReturn, code: str) -> ReturnForm:
    notice = _notice(ws, round_)
    measures = {
        measure.id: measure
        for pillar in notices.tree(ws.ledger, notice.id, round_.id)
        for measure in pillar.measures
    }
    query = EntryQuery(round_.id, expected_return_id=expected.id)
    last = _last_answers(ws, round_, expected.unit_id)
    said = office.office(ws)
    contact = (said["office_contact"], said["office_phone"], said["office_mailbox"])
    return ReturnForm(
        identity=FormIdentity(code, round_.number, expected.unit_id),
        unit_name=expected.unit_name,
        notice_title=notice.title,
        doc_number=notice.doc_number,
        round_name=round_.name,
        due_on=round_.due_on,
        rows=tuple(
            _row(entry, measures[entry.measure_id], last)
            for entry in overview.entries(ws, round_, query)
        ),
        office=said["office_name"],
        contact="　".join(filter(None, contact)),
    )


def _row(entry: Entry, measure: Measure, last: Mapping[str, FeedbackParts]) -> FormRow:
    role = "牵头" if entry.role == "lead" else "配合"
    body = measure.body if not measure.heading else f"{measure.heading}\n{measure.body}"
    return FormRow(measure.number, measure.title, body, role, last.get(measure.id))


def _last_answers(ws: Workspace, round_: Round, unit_id: str) -> dict[str, FeedbackParts]:
    """Measure id → what the unit said in the round before; empty for the first round."""
    earlier = [
        item for item in overview.rounds(ws, round_.notice_id) if item.number < round_.number
    ]
    if not earlier:
        return {}
    before = earlier[-1]
    found = [item for item in overview.expected_returns(ws, before) if item.unit_id == unit_id]
    return {
        entry.measure_id: entry.parts
        for item in found
        for entry in overview.entries(ws, before, EntryQuery(before.id, expected_return_id=item.id))
        if entry.covered
    }


def write_forms(
    plan: FormPlan, out: Path, progress: Progress = lambda _done, _total, _label: None
) -> MadeForms:
    """Write planned forms into `out`; no ledger is touched, so it may run on a worker."""
    from hs_credit_desktop.files.delivery_xlsx import DeliveryLine, write_delivery
    from hs_credit_desktop.files.form_docx import write_form_docx
    from hs_credit_desktop.files.form_xlsx import write_form

    writers = {"xlsx": write_form, "docx": write_form_docx, "pdf": _write_paper}
    drafts, contents = plan.drafts, dict[str, bytes]()
    for done, draft in enumerate(drafts, 1):
        contents[draft.file_name] = writers[draft.suffix](draft.form)
        progress(done, len(drafts), draft.expected.unit_name)
    lines = [
        DeliveryLine(
            draft.expected.ordinal + 1,
            draft.expected.unit_name,
            draft.file_name,
            draft.code,
            len(draft.form.rows),
            "有" if any(row.last for row in draft.form.rows) else "无",
        )
        for draft in drafts
    ]
    contents[DELIVERY_NAME] = write_delivery(plan.title, lines)
    paths = {name: write_whole(out / name, data) for name, data in contents.items()}
    made = tuple(
        MadeForm(paths[draft.file_name], draft.expected.unit_name, draft.code, len(draft.form.rows))
        for draft in drafts
    )
    return MadeForms(made, paths[DELIVERY_NAME])


def _write_paper(form: ReturnForm) -> bytes:
    from hs_credit_desktop.reports.paper_form import paper_form
    from hs_credit_desktop.reports.pdf import render_pdf

    with TemporaryDirectory() as folder:
        target = Path(folder) / "form.pdf"
        render_pdf(paper_form(form), target)
        return target.read_bytes()


def units_named(ws: Workspace, words: Sequence[str]) -> tuple[Unit, ...]:
    """Units by canonical or short name, alias or initials; UserError when none or several."""
    return tuple(_unit_named(overview.units_of(ws), word) for word in words)


def _unit_named(units: Sequence[Unit], word: str) -> Unit:
    wanted = word.strip()
    exact = [
        unit for unit in units if wanted in (unit.canonical_name, unit.short_name, *unit.aliases)
    ]
    found = exact or [unit for unit in units if unit.initials == wanted.lower()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"没有叫“{wanted}”的单位", "请写规范名称、简称、别名或拼音首字母。")
    named = "、".join(unit.canonical_name for unit in found)
    raise UserError(f"“{wanted}”可以是 {named}", "请写出其中一家的规范名称。")
