"""The execution report (执行情况报告): only what figures and units say becomes a document."""

from collections.abc import Iterator, Sequence

from hs_credit_desktop.domain.composing import NEXT_STEPS, OVERVIEW, PROBLEMS
from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.domain.summary import (
    MeasureFacts,
    PillarFacts,
    RoundFacts,
    UnitEntry,
    by_group,
    chinese_date,
    gathered,
    joined,
    overview,
    subject,
)
from hs_credit_desktop.domain.text import chinese_number, clean
from hs_credit_desktop.reports.content import (
    Annex,
    Block,
    Column,
    Document,
    Head,
    Heading,
    Paragraph,
    Run,
    Signature,
    Table,
    paragraph,
)

PRACTICE_NOTICE = "演示材料，内容均为虚构"
# Weights are characters of the widest text plus the padding of a cell.
_STATUS_COLUMNS = (
    Column("序号", 2.8, "center"),
    Column("单位", 10.5),
    Column("应反馈", 3.8, "center"),
    Column("已反馈", 3.8, "center"),
    Column("收到日期", 6.2, "center"),
    Column("报送", 4.8, "center"),
    Column("审核", 4.8, "center"),
)
_UNIT_COLUMNS = (
    Column("序号", 2.8, "center"),
    Column("单位", 12.0),
    Column("情况", 4.8, "center"),
    Column("收到日期", 6.2, "center"),
    Column("备注", 11.0, "center"),
)


def execution_report(facts: RoundFacts) -> Document:
    """The report on a round: figures, what each unit reported, problems, next steps."""
    return Document(
        title=report_title(facts),
        blocks=tuple(_chapters(facts)),
        signature=Signature(facts.issuer, chinese_date(facts.today)),
        annexes=tuple(_annexes(facts)),
        notice=PRACTICE_NOTICE if facts.practice else "",
        subject=facts.notice.title,
        keywords=(facts.notice.doc_number or "", facts.round.name, "执行情况报告"),
        head=Head(f"{facts.issuer}文件", facts.number) if facts.number else None,
    )


def report_title(facts: RoundFacts) -> str:
    """关于《甲》任务分解2024年第二轮执行情况的报告."""
    head = "关于" + subject(facts.notice.title)
    return f"{head}{facts.round.due_on.year}年{facts.round.name}执行情况的报告"


def _chapters(facts: RoundFacts) -> Iterator[Block]:
    """Numbered chapters; one without anything to say is left out, and the next takes its number."""
    chapters: tuple[tuple[str, tuple[Block, ...]], ...] = (
        ("总体情况", _composed(facts, OVERVIEW) or tuple(map(paragraph, overview(facts)))),
        ("各项任务执行情况", tuple(_progress(facts))),
        ("存在问题", _composed(facts, PROBLEMS) or tuple(_gathered(facts, PROBLEMS))),
        ("下一步打算", _composed(facts, NEXT_STEPS) or tuple(_gathered(facts, NEXT_STEPS))),
    )
    spoken = (item for item in chapters if item[1])
    for number, (title, blocks) in enumerate(spoken, 1):
        yield Heading(1, f"{chinese_number(number)}、{title}")
        yield from blocks


def _composed(facts: RoundFacts, node: str) -> tuple[Block, ...]:
    """The draft of the composing desk (汇总稿), () where there is none."""
    return tuple(paragraph(clean(line)) for line in facts.composed.get(node, "").splitlines())


def _progress(facts: RoundFacts) -> Iterator[Block]:
    for number, pillar in enumerate(facts.pillars, 1):
        yield _pillar_heading(number, pillar)
        for measure in pillar.measures:
            yield Heading(3, _measure_heading(measure))
            composed = _composed(facts, measure.measure.id)
            yield from composed or _feedback(measure)
            yield from _silent(measure)


def _pillar_heading(number: int, pillar: PillarFacts) -> Heading:
    return Heading(2, f"（{chinese_number(number)}）{pillar.pillar.title}")


def _measure_heading(measure: MeasureFacts) -> str:
    """3. 强化违约失信治理（牵头单位：市发改委）: numbered as the notice counts its measures."""
    leads = "、".join(measure.leads)
    return f"{measure.measure.number}. {measure.measure.title}" + (
        f"（{measure.lead_label}：{leads}）" if leads else ""
    )


def _feedback(measure: MeasureFacts) -> Iterator[Block]:
    """Who said what: units one by one, members under their group."""
    for group, items in by_group(measure.covered):
        if group:
            yield Paragraph((Run(f"{group}：", strong=True),))
        for item in items:
            yield _said(item, joined(item.entry.parts.progress, item.entry.parts.results))


def _silent(measure: MeasureFacts) -> Iterator[Block]:
    """Who has not answered, whether or not the measure is composed."""
    if measure.blank:
        names = "、".join(item.entry.unit_name for item in measure.blank)
        yield paragraph(f"{names}。", lead="尚未反馈：")


def _said(item: UnitEntry, text: str) -> Paragraph:
    """市发改委（牵头单位，推进中）：… exactly as the unit wrote it."""
    return paragraph(clean(text) or "（进展情况未填写）", lead=f"{item.label}：")


def _gathered(facts: RoundFacts, part: str) -> Iterator[Block]:
    """One part by pillar and measure, each text led in by its unit."""
    for number, (pillar, measures) in enumerate(gathered(facts, part), 1):
        yield _pillar_heading(number, pillar)
        for item in measures:
            yield Heading(3, f"{item.measure.number}. {item.measure.title}")
            for unit, text in item.texts:
                yield paragraph(clean(text), lead=f"{unit.entry.unit_name}：")


def _annexes(facts: RoundFacts) -> Iterator[Annex]:
    standing = punctuality(facts)
    rows = [
        _status_row(number, item, standing[item.id]) for number, item in enumerate(facts.returns, 1)
    ]
    yield Annex("报送情况表", (Table(_STATUS_COLUMNS, tuple(rows)),))
    listed = _missing_and_late(facts)
    if listed:
        yield Annex("未报和逾期报送单位名单", (Table(_UNIT_COLUMNS, tuple(listed)),))


def _status_row(number: int, item: ExpectedReturn, standing: str) -> tuple[str, ...]:
    return (
        str(number),
        item.unit_name,
        str(item.entries),
        str(item.covered),
        _day(item),
        standing,
        "—" if item.exempt or item.return_id is None else item.state.label,
    )


def _day(item: ExpectedReturn) -> str:
    received = item.first_received_on
    return f"{received.year}-{received.month:02}-{received.day:02}" if received else "—"


def punctuality(facts: RoundFacts) -> dict[str, str]:
    """Expected return id → 按时, 逾期报送, 逾期未报, 未报 or 免报, by the counting rules."""
    found: dict[str, str] = {}
    for status in (Status.EXEMPT, Status.ON_TIME, Status.LATE, Status.OVERDUE, Status.MISSING):
        for item in facts.units(status):
            found.setdefault(item.id, status.label)
    return found


def _missing_and_late(facts: RoundFacts) -> Sequence[tuple[str, ...]]:
    items = [*facts.units(Status.MISSING), *facts.units(Status.LATE)]
    standing = punctuality(facts)
    return [
        (str(number), item.unit_name, standing[item.id], _day(item), _remark(item))
        for number, item in enumerate(items, 1)
    ]


def _remark(item: ExpectedReturn) -> str:
    """What the office has done about it, from the ledger."""
    words = (
        f"已催报{item.chases}次" if item.chases else "",
        f"延期至{chinese_date(item.extended_to)}" if item.extended_to else "",
    )
    return "，".join(word for word in words if word) or "—"
