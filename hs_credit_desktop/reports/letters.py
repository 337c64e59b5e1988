"""Papers to units in letter form (函): chase letter, notice of return; the list of the missing."""

from collections.abc import Sequence
from datetime import date

from hs_credit_desktop.domain.summary import chinese_date
from hs_credit_desktop.reports.content import (
    Block,
    Colophon,
    Column,
    Document,
    Head,
    Signature,
    Table,
    paragraph,
)


def letter(
    *,
    title: str,
    addressee: str,
    paragraphs: Sequence[str],
    issuer: str,
    day: date,
    number: str = "",
    notice: str = "",
    copies_to: Sequence[str] = (),
    table: Table | None = None,
) -> Document:
    """A letter of the office in letter form: red mark, double rules, no number on page one.

    number: the document number, if it has one. notice: what practice papers say on every page.
    table: stands before the last paragraph. copies_to: 抄送 at the foot of the last page.
    """
    blocks: list[Block] = [paragraph(text) for text in paragraphs]
    if table:
        blocks.insert(len(blocks) - 1, table)
    return Document(
        title=title,
        blocks=tuple(blocks),
        signature=Signature(issuer, chinese_date(day)),
        addressee=addressee,
        head=Head(issuer, number, letter=True),
        notice=notice,
        subject=title,
        colophon=Colophon(tuple(copies_to)) if copies_to else None,
    )


def chase_letter(
    *,
    round_name: str,
    cited: str,
    due_on: date,
    units: Sequence[str],
    reply_by: date,
    issuer: str,
    day: date,
    contact: str = "",
    number: str = "",
    notice: str = "",
) -> Document:
    """A letter to the units that have not reported, in official order (催报函).

    cited: the notice as papers cite it. contact: name and phone of the office, or nothing.
    """
    state = f"截至{chinese_date(day)}，我办尚未收到贵单位的反馈。"
    asked = f"请于{chinese_date(reply_by)}前，用原反馈表将执行情况报送我办。"
    return letter(
        title=f"关于催报{round_name}任务执行情况的函",
        addressee="、".join(units),
        paragraphs=(
            f"根据{cited}要求，{round_name}任务执行情况应于{chinese_date(due_on)}前报送。{state}",
            f"{asked}已经报送的，请与我办核对。" + (f"联系人：{contact}。" if contact else ""),
            "特此函告。",
        ),
        issuer=issuer,
        day=day,
        number=number,
        notice=notice,
    )


_FAULT_COLUMNS = (
    Column("序号", 2.8, "center"),
    Column("措施", 11.0),
    Column("需要补充或核实的内容", 22.0),
)


def return_notice(
    *,
    unit: str,
    round_name: str,
    faults: Sequence[tuple[str, str]],
    resubmit_by: date,
    issuer: str,
    day: date,
    received_on: date | None = None,
    contact: str = "",
    number: str = "",
    notice: str = "",
) -> Document:
    """A notice of return (退回补报通知): what is wrong measure by measure, and the new date.

    faults: measure as the notice prints it (nothing: the return as a whole) and what is wrong.
    received_on: when the return came, if that is to be said.
    """
    came = f"已于{chinese_date(received_on)}收到" if received_on else "已收到"
    opening = f"贵单位报送的{round_name}任务执行情况反馈{came}。"
    found = f"经审核，以下{len(faults)}处内容需要补充或核实："
    asked = f"请于{chinese_date(resubmit_by)}前用原反馈表补报，不需要改动的内容照原样保留。"
    timing = "是否按时仍以首次报送为准。" + (f"联系人：{contact}。" if contact else "")
    rows = tuple(
        (str(at), measure or "整份反馈", wrong) for at, (measure, wrong) in enumerate(faults, 1)
    )
    return letter(
        title=f"关于补报{round_name}任务执行情况的通知",
        addressee=unit,
        paragraphs=(opening + found, asked + timing),
        issuer=issuer,
        day=day,
        number=number,
        notice=notice,
        table=Table(_FAULT_COLUMNS, rows),
    )


_MISSING_COLUMNS = (
    Column("序号", 2.8, "center"),
    Column("单位", 11.0),
    Column("应反馈", 3.8, "center"),
    Column("催报次数", 4.8, "center"),
    Column("最近催报", 6.2, "center"),
    Column("答复", 8.2),
)


def missing_list(
    *,
    round_name: str,
    rows: Sequence[tuple[str, int, int, date | None, str]],
    issuer: str,
    day: date,
    notice: str = "",
) -> Document:
    """The list for the deputy director: who is missing, how often chased, what was answered.

    rows: unit, entries expected, times chased, last chased on, answer; in official order.
    """
    shown = tuple(
        (
            str(at),
            unit,
            str(entries),
            str(times),
            last.isoformat() if last else "—",
            answer or "—",
        )
        for at, (unit, entries, times, last, answer) in enumerate(rows, 1)
    )
    return Document(
        title=f"{round_name}未报单位名单",
        blocks=(
            paragraph(f"截至{chinese_date(day)}，未报{len(rows)}家。"),
            Table(_MISSING_COLUMNS, shown),
        ),
        signature=Signature(issuer, chinese_date(day), sealed=False),
        notice=notice,
        subject=f"{round_name}未报单位名单",
    )
