"""Notices of return (退回补报通知): what must be mended, by when, as a paper and as a mail."""

import re
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import inbox, office, reviewing
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import lists, versions
from hs_credit_desktop.store.staging import Outcome


@dataclass(frozen=True)
class ReturnNotice:
    """A notice of return (退回补报通知): its paper in paragraphs, and the same as a mail.

    faults: the measure as the notice prints it ('' for the return as a whole) and what is wrong.
    """

    unit_name: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    issuer: str
    day: date
    mail_subject: str
    mail_text: str
    expected_return_id: str
    round_id: str
    round_name: str
    faults: tuple[tuple[str, str], ...]
    resubmit_by: date
    received_on: date | None
    contact: str


def return_notice(ws: Workspace, expected_return_id: str) -> ReturnNotice:
    """The notice for a return that was sent back; UserError when it was not."""
    expected = lists.expected_return(ws.ledger, expected_return_id)
    sent = [
        line
        for line in versions.reviews(ws.ledger, expected_return_id)
        if line.decision is ReturnState.SENT_BACK
    ]
    if expected.state is not ReturnState.SENT_BACK or not sent:
        raise UserError(f"{expected.unit_name} 没有被退回", "只有退回补报的单位才有退回通知。")
    round_, said = reviewing.round_of_return(ws, expected), office.office(ws)
    due = expected.resubmit_by or round_.due_on
    contact = "　".join(filter(None, (said["office_contact"], said["office_phone"])))
    opening = f"贵单位报送的{round_.name}任务执行情况反馈（{expected.covered} 条）已收到。"
    paragraphs = (
        f"{opening}经审核，以下内容需要补充或核实：",
        *_numbered(sent[-1].reason),
        f"请于{due.year}年{due.month}月{due.day}日前用原反馈表补报。"
        + (f"如有疑问，请联系{contact}。" if contact else ""),
    )
    title = f"关于补报{round_.name}任务执行情况的通知"
    body = "\n".join([f"{expected.unit_name}：", *paragraphs, said["office_name"]])
    return ReturnNotice(
        expected.unit_name,
        title,
        expected.unit_name,
        paragraphs,
        said["office_name"],
        ws.today,
        title,
        body.strip(),
        expected_return_id,
        round_.id,
        round_.name,
        _faults(ws, round_, expected_return_id, sent[-1].reason),
        due,
        expected.first_received_on,
        contact,
    )


_OF_MEASURE = re.compile(r"(（[一二三四五六七八九十百]+）)[：:、\s]*(.+)")


def _faults(
    ws: Workspace, round_: Round, expected_return_id: str, reason: str
) -> tuple[tuple[str, str], ...]:
    """The lines of a reason, each with the measure whose number it begins with."""
    printed = {
        f"（{chinese_number(item.measure_number)}）": item.measure_title
        for item in reviewing.entries_of(ws, round_, expected_return_id)
    }
    found = []
    for line in filter(None, map(str.strip, reason.splitlines())):
        match = _OF_MEASURE.fullmatch(line)
        if match and match[1] in printed:
            found.append((match[1] + printed[match[1]], match[2]))
        else:
            found.append(("", line))
    return tuple(found)


def _numbered(reason: str) -> tuple[str, ...]:
    """The reasons as 一、二、三、 when there are several."""
    lines = [line.strip() for line in reason.splitlines() if line.strip()]
    if len(lines) == 1:
        return tuple(lines)
    return tuple(f"{chinese_number(at)}、{line}" for at, line in enumerate(lines[:99], 1))


def receipt_slip(ws: Workspace, item_id: str) -> str:
    """The words of a receipt (回执) for a file that was taken in; UserError when it was not."""
    shown = inbox.preview(ws, item_id)
    if shown.item.outcome is not Outcome.ACCEPTED or shown.expected is None:
        raise UserError(f"“{shown.item.name}”还没有登记，没有回执", "请先登记。")
    day = _day_words(shown.item.received_on or ws.today)
    counted = f"共 {shown.expected.covered} 条，应报 {shown.expected.entries} 条"
    lines = (
        f"{shown.expected.unit_name}：",
        f"贵单位{shown.round.name}的反馈（“{shown.item.name}”）已于{day}收到，{counted}。",
        office.office(ws)["office_name"],
    )
    return "\n".join(filter(None, lines))


def refusal_reply(ws: Workspace, item_id: str) -> str:
    """The reason a file was refused, or would be, as a reply to its sender."""
    shown = inbox.preview(ws, item_id)
    reason = shown.item.reason or shown.proposed_reason
    unit = shown.expected.unit_name if shown.expected else "您好"
    lines = (f"{unit}：", f"您发来的“{shown.item.name}”没有登记。{reason}")
    return "\n".join((*lines, office.office(ws)["office_name"])).strip()


def _day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
