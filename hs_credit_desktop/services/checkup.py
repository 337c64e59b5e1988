"""发文前体检: what a reader of the draft notice would stumble over, as PDF and Word to print."""

from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.decisions import settles
from hs_credit_desktop.services.export import ExportedFile, Progress, publish
from hs_credit_desktop.services.notices import ReadNotice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hs_credit_desktop.reports.content import Block, Document

NAME = "发文前体检报告"


def report(source: ReadNotice) -> "Document":
    """The report as a document: figures, every doubt with line and proposal, what was left out."""
    from hs_credit_desktop.reports.content import Document

    return Document(
        title=NAME, blocks=tuple(_blocks(source)), subject=source.draft.title, keywords=(NAME,)
    )


def _blocks(source: ReadNotice) -> "Iterator[Block]":
    # The reports engine is loaded when a report is made: it has no part in the first window.
    from hs_credit_desktop.reports.content import Heading, paragraph

    draft = source.draft
    yield paragraph(f"{draft.title}（{draft.doc_number or '没有读到文号'}）", lead="文件：")
    yield paragraph(source.name, lead="文件名：")
    yield Heading(1, "一、读出的内容")
    yield paragraph(_figures(source))
    for item in source.decided.rounds:
        day = item.due_on
        yield paragraph(f"{day.year}年{day.month}月{day.day}日前报送。", lead=f"{item.name}：")
    yield Heading(1, f"二、需要核对的地方（{len(draft.doubts)} 处）")
    if draft.doubts:
        yield _doubts(source)
    else:
        yield paragraph("没有发现需要核对的地方。")
    yield Heading(1, f"三、没有作为任务采用的文字（{len(draft.left_out)} 处）")
    if draft.left_out:
        yield _left_out(source)
    else:
        yield paragraph("全部文字都已采用。")


def _figures(source: ReadNotice) -> str:
    count = source.decided.counts
    return (
        f"大类 {count.pillars} 个，措施 {count.measures} 条，"
        f"责任单位 {count.printed_units} 种写法、{count.pairs} 对；"
        f"归并为 {count.units} 家单位和 {count.groups} 个群组，"
        f"每轮应报 {count.returns} 家 {count.entries} 条。"
    )


def _doubts(source: ReadNotice) -> "Block":
    from hs_credit_desktop.reports.content import Column, Table

    columns = (
        Column("序号", 6, "center"),
        Column("行", 6, "center"),
        Column("位置和种类", 22),
        Column("为什么提出", 44),
        Column("建议", 30),
    )
    rows = tuple(
        (
            str(number),
            str(doubt.line),
            f"{doubt.where}\n{doubt.kind.label}",
            doubt.text,
            _proposal(source, number - 1),
        )
        for number, doubt in enumerate(source.draft.doubts, 1)
    )
    return Table(columns, rows, small=True)


def _proposal(source: ReadNotice, place: int) -> str:
    """What is proposed, and what was decided about it so far."""
    doubt, answer = source.draft.doubts[place], source.decisions.answers.get(place)
    if answer is None:
        return f"未决定，先按默认：{doubt.choices[0]}"
    return f"{'已决定' if settles(doubt, answer) else '待处理'}：{answer.choice}"


def _left_out(source: ReadNotice) -> "Block":
    from hs_credit_desktop.reports.content import Column, Table

    columns = (Column("行", 8, "center"), Column("文字", 92))
    rows = tuple((str(line), words) for line, words in source.draft.left_out)
    return Table(columns, rows, small=True)


def save(
    source: ReadNotice, folder: Path, name: str = NAME, progress: Progress | None = None
) -> tuple[ExportedFile, ...]:
    """Write the report as PDF and Word into a folder.

    UserError when it cannot be; an older file of that name stays as it was then.
    """
    return publish(report(source), folder, name, sealed=False, progress=progress)
