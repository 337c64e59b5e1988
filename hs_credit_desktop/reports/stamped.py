"""The one-page stamped summary (盖章汇总表): figures of a round by pillar, with signature."""

from collections import Counter

from hs_credit_desktop.domain.returns import Completion
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.domain.summary import PillarFacts, RoundFacts, chinese_date, percent
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.reports.content import (
    Column,
    Document,
    Paragraph,
    Signature,
    Table,
    paragraph,
)
from hs_credit_desktop.reports.execution import PRACTICE_NOTICE

_FIGURES = (
    *(Status.EXPECTED, Status.RECEIVED, Status.ON_TIME, Status.LATE),
    *(Status.MISSING, Status.EXEMPT),
)


def _level_column(level: Completion) -> Column:
    """Four characters stand in two lines, so that the table keeps to the page."""
    word = level.label
    broken = len(word) > 3
    return Column(f"{word[:2]}\n{word[2:]}" if broken else word, 2.9 if broken else 3.8, "center")


_PILLAR_COLUMNS = (
    Column("大类", 13.6),
    Column("措施", 2.8, "center"),
    Column("应反馈", 3.8, "center"),
    Column("已反馈", 3.8, "center"),
    *(_level_column(level) for level in Completion),
)


def stamped_summary(facts: RoundFacts) -> Document:
    """Figures, a table by pillar, who is missing or late, and the place of the seal."""
    return Document(
        title=f"{facts.round.due_on.year}年{facts.round.name}执行情况汇总表",
        blocks=(
            _figures(facts),
            Table(_PILLAR_COLUMNS, (*map(_pillar, facts.pillars), _total(facts)), small=True),
            *_named(facts),
        ),
        signature=Signature(facts.issuer, chinese_date(facts.today)),
        notice=PRACTICE_NOTICE if facts.practice else "",
        subject=facts.notice.title,
        keywords=(facts.notice.doc_number or "", facts.round.name, "盖章汇总表"),
    )


def _figures(facts: RoundFacts) -> Table:
    figures = facts.figures
    columns = [*(status.label for status in _FIGURES), "报送率", "按时率"]
    values = [str(getattr(figures, status.value)) for status in _FIGURES]
    rates = [percent(figures.rate), percent(figures.on_time_rate)]
    return Table(
        tuple(Column(name, 1, "center") for name in columns), (tuple(values + rates),), small=True
    )


def _pillar(pillar: PillarFacts) -> tuple[str, ...]:
    title = f"{chinese_number(pillar.pillar.number)}、{pillar.pillar.title}"
    return title, *map(str, pillar_counts((pillar,)))


def _total(facts: RoundFacts) -> tuple[str, ...]:
    return "合计", *map(str, pillar_counts(facts.pillars))


def pillar_counts(pillars: tuple[PillarFacts, ...]) -> tuple[int, ...]:
    """Measures, entries expected and covered, and entries by completion."""
    measures = [measure for pillar in pillars for measure in pillar.measures]
    entries = [item.entry for measure in measures for item in measure.entries]
    levels = Counter(entry.parts.completion for entry in entries if entry.covered)
    covered = sum(entry.covered for entry in entries)
    return (len(measures), len(entries), covered, *(levels[level] for level in Completion))


def _named(facts: RoundFacts) -> tuple[Paragraph, ...]:
    """Who is missing and who was late, 无 where nobody: two lines always stand above the seal."""
    overdue = facts.today > facts.round.due_on
    lists = (
        ("逾期未报单位" if overdue else "未报单位", Status.MISSING),
        ("逾期报送单位", Status.LATE),
    )
    found = []
    for words, status in lists:
        names = [item.unit_name for item in facts.units(status)]
        count = f"（{len(names)}家）" if names else ""
        found.append(paragraph(f"{words}{count}：{'、'.join(names) or '无'}。"))
    return tuple(found)
