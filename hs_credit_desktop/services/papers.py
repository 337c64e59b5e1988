"""Papers (文书) from the ledger: letters, lists, circular, notice of return, receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.chasing import Owing
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.summary import cited
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    chasing,
    deadlines,
    office,
    overview,
    return_notices,
    reviewing,
)
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import codes, lists, returns

if TYPE_CHECKING:
    # The libraries behind these cost a third of a second: they load when a paper is made.
    from hs_credit_desktop.reports.content import Document


@dataclass(frozen=True)
class Paper:
    """A paper to be set: its kind, the name of its files without ending, and its contents."""

    kind: PaperKind
    name: str
    document: "Document"


def file_name(ws: Workspace, kind: PaperKind, round_: Round, *more: str) -> str:
    """The name of its files without ending: 催报函_第二轮_20241129."""
    parts = (kind.label, round_.name, *more, f"{ws.today:%Y%m%d}")
    return "_".join(part.replace("/", "、") for part in parts)


def _issuer(ws: Workspace, round_: Round) -> str:
    return office.office(ws)["office_name"] or overview.notice_of(ws, round_).issuer or ""


def _contact(ws: Workspace) -> str:
    said = office.office(ws)
    return "，电话".join(filter(None, (said["office_contact"], said["office_phone"])))


def _practice(ws: Workspace) -> str:
    from hs_credit_desktop.reports.execution import PRACTICE_NOTICE

    return PRACTICE_NOTICE if ws.practice else ""


def chase_letter(
    ws: Workspace,
    round_: Round,
    *,
    owing: Sequence[Owing] | None = None,
    reply_by: date | None = None,
    number: str = "",
) -> Paper:
    """The letter (催报函) to units that have not reported, in official order.

    owing: of those missing, the ones meant; None for all. reply_by: the next working day if not
    said. UserError when nobody is missing, or the day is past.
    """
    from hs_credit_desktop.reports import letters

    wanted = chasing.missing(ws, round_) if owing is None else tuple(owing)
    if not wanted:
        raise UserError(f"{round_.name}没有未报的单位，不用催报函", "没有生成文件。")
    day = reply_by or deadlines.proposed_day(ws, round_)
    if day < ws.today:
        raise UserError(f"报送期限 {day} 在今天（{ws.today}）之前", "请核对日期。")
    document = letters.chase_letter(
        round_name=round_.name,
        cited=cited(overview.notice_of(ws, round_)),
        due_on=round_.due_on,
        units=[item.unit_name for item in wanted],
        reply_by=day,
        issuer=_issuer(ws, round_),
        day=ws.today,
        contact=_contact(ws),
        number=number,
        notice=_practice(ws),
    )
    named = [wanted[0].unit_name] if len(wanted) == 1 else []
    return Paper(
        PaperKind.CHASE_LETTER, file_name(ws, PaperKind.CHASE_LETTER, round_, *named), document
    )


def missing_list(ws: Workspace, round_: Round) -> Paper:
    """The list of the units that have not reported (未报清单), with what they answered."""
    from hs_credit_desktop.reports import letters

    rows = [
        (
            item.unit_name,
            item.entries,
            len(item.chases),
            item.last.chased_at.date() if item.last else None,
            _answer(item),
        )
        for item in chasing.missing(ws, round_)
    ]
    document = letters.missing_list(
        round_name=round_.name,
        rows=rows,
        issuer=_issuer(ws, round_),
        day=ws.today,
        notice=_practice(ws),
    )
    return Paper(PaperKind.MISSING_LIST, file_name(ws, PaperKind.MISSING_LIST, round_), document)


def _answer(item: Owing) -> str:
    """What was promised last, else how it was asked last."""
    if item.last is None:
        return ""
    return item.last.promise or ""


def one_page_list(ws: Workspace, round_: Round) -> Paper:
    """The one-page list for the deputy director: who is missing, who was sent back."""
    from hs_credit_desktop.reports import papers as set_papers

    document = set_papers.deputy_list(
        round_name=round_.name,
        due_on=round_.due_on,
        day=ws.today,
        missing=chasing.missing(ws, round_),
        sent_back=chasing.sent_back(ws, round_),
        issuer=_issuer(ws, round_),
        thresholds=office.thresholds(ws),
        notice=_practice(ws),
    )
    return Paper(PaperKind.ONE_PAGE_LIST, file_name(ws, PaperKind.ONE_PAGE_LIST, round_), document)


def circular(ws: Workspace, round_: Round, *, number: str = "") -> Paper:
    """The neutral circular (通报): figures of every round up to this one, and of every unit."""
    from hs_credit_desktop.reports import papers as set_papers

    notice = overview.notice_of(ws, round_)
    until = [one for one in overview.rounds(ws, notice.id) if one.number <= round_.number]
    document = set_papers.circular(
        rounds=[
            set_papers.RoundLine(one.name, one.due_on, overview.figures(ws, one)) for one in until
        ],
        records=chasing.records(ws, [one.id for one in until]),
        issuer=_issuer(ws, round_),
        day=ws.today,
        cited=cited(notice),
        number=number,
        notice=_practice(ws),
    )
    return Paper(PaperKind.CIRCULAR, file_name(ws, PaperKind.CIRCULAR, round_), document)


def return_notice(ws: Workspace, expected_return_id: str, *, number: str = "") -> Paper:
    """The notice for a return that was sent back (退回补报通知); UserError when it was not."""
    from hs_credit_desktop.reports import letters

    said = return_notices.return_notice(ws, expected_return_id)
    round_ = reviewing.round_of_return(ws, lists.expected_return(ws.ledger, expected_return_id))
    document = letters.return_notice(
        unit=said.unit_name,
        round_name=said.round_name,
        faults=said.faults,
        resubmit_by=said.resubmit_by,
        issuer=_issuer(ws, round_),
        day=ws.today,
        received_on=said.received_on,
        contact=_contact(ws),
        number=number,
        notice=_practice(ws),
    )
    name = file_name(ws, PaperKind.RETURN_NOTICE, round_, said.unit_name)
    return Paper(PaperKind.RETURN_NOTICE, name, document)


def receipt(ws: Workspace, expected_return_id: str, *, original: str = "") -> Paper:
    """The receipt slip (回执) for a unit's return of a round; UserError before it has come.

    original: the name of the file as it came.
    """
    from hs_credit_desktop.reports import papers as set_papers

    item = lists.expected_return(ws.ledger, expected_return_id)
    round_, current = reviewing.round_of_return(ws, item), returns.current_return(ws.ledger, item)
    if current is None:
        raise UserError(f"{item.unit_name}还没有报送，没有回执", "请先登记。")
    blank = [
        f"（{chinese_number(entry.measure_number)}）{entry.measure_title}"
        for entry in reviewing.entries_of(ws, round_, item.id)
        if not entry.covered
    ]
    document = set_papers.receipt(
        unit=item.unit_name,
        round_name=round_.name,
        received_on=current.received_on,
        covered=item.covered,
        expected=item.entries,
        issuer=_issuer(ws, round_),
        day=ws.today,
        file_name=original,
        channel=current.channel.label,
        return_code=codes.codes(ws.ledger).get(item.id, ""),
        blank=blank,
        contact=_contact(ws),
        notice=_practice(ws),
    )
    return Paper(
        PaperKind.RECEIPT, file_name(ws, PaperKind.RECEIPT, round_, item.unit_name), document
    )
