"""The page of the leader's package: one HTML file with no script and no link to any network."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import quote

from hs_credit_desktop.domain.returns import ExpectedReturn, labelled
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.domain.summary import (
    MeasureFacts,
    PillarFacts,
    RoundFacts,
    UnitEntry,
    chinese_date,
    overview,
    percent,
)
from hs_credit_desktop.domain.text import chinese_number, clean
from hs_credit_desktop.reports.execution import PRACTICE_NOTICE

_FIGURES = (
    *(Status.EXPECTED, Status.RECEIVED, Status.ON_TIME, Status.LATE),
    *(Status.MISSING, Status.ACCEPTED),
)
_STYLE = """
body{font-family:"Microsoft YaHei UI","Noto Sans CJK SC",sans-serif;color:#18212d;
max-width:60em;margin:2em auto;padding:0 1.5em;line-height:1.6}
h1{font-size:1.5em;margin-bottom:0}h2{font-size:1.2em;margin-top:1.8em}h3{font-size:1em}
.by{color:#475364;margin-top:.3em}.demo{border:1px solid #8a5200;color:#8a5200;padding:.3em .8em}
table{border-collapse:collapse;width:100%;margin:.6em 0}
th,td{border:1px solid #7f8998;padding:.25em .6em;text-align:left;vertical-align:top}
th{background:#f6f8fb;font-weight:normal;color:#475364}td.n{text-align:right}
details{border-bottom:1px solid #dce1e9;padding:.3em 0}summary{cursor:pointer}
.said{margin:.3em 0 .3em 1.2em}.said b{margin-right:.5em}.part{color:#475364}
@media print{body{max-width:none;margin:0;font-size:10.5pt}h2{break-after:avoid}
tr{break-inside:avoid}a{color:inherit;text-decoration:none}}
"""


def leader_page(facts: RoundFacts, links: Sequence[tuple[str, str]]) -> str:
    """The page: figures, the papers beside it (words, file name), pillars, texts, units.

    It prints as it stands; every text of a unit is escaped.
    """
    title = f"{facts.round.due_on.year}年{facts.round.name}执行情况"
    head = (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{_text(title)}'
        f"</title><style>{_STYLE}</style></head><body>"
    )
    return "\n".join((head, *_body(facts, title, links), "</body></html>\n"))


def _text(words: str) -> str:
    return escape(clean(words))


def _body(facts: RoundFacts, title: str, links: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f"<h1>{_text(title)}</h1>"
    said = f"{facts.notice.title}　{facts.issuer}　数据截至 {chinese_date(facts.today)}"
    yield f'<p class="by">{_text(said)}</p>'
    if facts.practice:
        yield f'<p class="demo">{PRACTICE_NOTICE}</p>'
    yield from _figures(facts)
    yield "<h2>材料</h2><ul>"
    for words, name in links:
        ending = name.rpartition(".")[2].upper()
        yield f'<li><a href="{quote(name)}">{_text(words)}</a>（{ending}）</li>'
    yield "</ul><h2>分类进展</h2>"
    yield _table(
        ("大类", "措施", "应反馈", "已反馈"), (_pillar_row(pillar) for pillar in facts.pillars)
    )
    yield "<h2>各项措施</h2>"
    for pillar in facts.pillars:
        yield from _pillar(pillar)
    yield "<h2>各单位报送情况</h2>"
    heads = ("单位", "应反馈", "已反馈", "首次收到", "状态")
    late = {item.id for item in facts.units(Status.LATE)}
    yield _table(heads, (_unit_row(item, late=item.id in late) for item in facts.returns))


def _figures(facts: RoundFacts) -> Iterator[str]:
    figures = facts.figures
    heads = [*(status.label for status in _FIGURES), "报送率", "按时率"]
    values = [str(getattr(figures, status.value)) for status in _FIGURES]
    yield _table(heads, [[*values, percent(figures.rate), percent(figures.on_time_rate)]])
    for paragraph in overview(facts):
        yield f"<p>{_text(paragraph)}</p>"


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells of digits stand at the right."""
    head = "".join(f"<th>{_text(words)}</th>" for words in heads)
    body = "".join(f"<tr>{''.join(_cell(words) for words in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(words: str) -> str:
    kind = ' class="n"' if words.rstrip("%").replace(".", "").isdigit() else ""
    return f"<td{kind}>{_text(words)}</td>"


def _pillar_row(pillar: PillarFacts) -> Sequence[str]:
    name = f"{chinese_number(pillar.pillar.number)}、{pillar.pillar.title}"
    due = sum(len(item.entries) for item in pillar.measures)
    covered = sum(len(item.covered) for item in pillar.measures)
    return name, str(len(pillar.measures)), str(due), str(covered)


def _pillar(pillar: PillarFacts) -> Iterator[str]:
    number = chinese_number(pillar.pillar.number)
    yield f"<h3>{number}、{_text(pillar.pillar.title)}</h3>"
    for item in pillar.measures:
        yield _measure(item)


def _measure(item: MeasureFacts) -> str:
    name = f"（{chinese_number(item.measure.number)}）{item.measure.title}"
    counts = f"已反馈 {len(item.covered)}／{len(item.entries)}"
    leads = f"　{item.lead_label}：{'、'.join(item.leads)}" if item.leads else ""
    texts = "".join(_said(entry) for entry in item.covered)
    blank = "、".join(entry.entry.unit_name for entry in item.blank)
    missing = f'<p class="part">未反馈：{_text(blank)}</p>' if blank else ""
    summary = f"<summary>{_text(name)}　{counts}{_text(leads)}</summary>"
    return f"<details open>{summary}{texts}{missing}</details>"


def _said(item: UnitEntry) -> str:
    parts = "".join(
        f'<div><span class="part">{_text(name)}：</span>{_text(text)}</div>'
        for name, text in labelled(item.entry.parts)
    )
    return f'<div class="said"><b>{_text(item.label)}</b>{parts}</div>'


def _unit_row(item: ExpectedReturn, *, late: bool) -> Sequence[str]:
    received = item.first_received_on.isoformat() if item.first_received_on else "—"
    if item.exempt:
        state = f"免报（{item.exempt_reason}）"
    else:
        state = item.state.label + ("，逾期报送" if late else "")
    return item.unit_name, str(item.entries), str(item.covered), received, state
