"""历年对照 on paper: a measure or a unit over rounds, as a table, its totals, and its texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.reports.content import (
    Block,
    Column,
    Document,
    Heading,
    Table,
    paragraph,
)

NOTHING = "—"


@dataclass(frozen=True)
class UnitTexts:
    """A unit's texts: (round, text) pairs, the oldest first."""

    name: str
    texts: tuple[tuple[str, str], ...]


def measure_paper(
    *,
    title: str,
    bound: Sequence[str],
    rounds: Sequence[str],
    states: Sequence[tuple[str, ...]],
    totals: Sequence[tuple[str, ...]],
    texts: Sequence[UnitTexts],
    notice: str = "",
) -> Document:
    """A measure over the years. bound: a sentence for each notice that has it.

    states: unit, then a text a round. totals: unit, what is counted, a text a round, the change.
    """
    sections: list[tuple[str, Sequence[Block]]] = [
        ("措施在各年通知里", [paragraph(f"{words}。") for words in bound]),
        ("各轮情况", [_table(("单位",), rounds, (), states)]),
    ]
    if totals:
        sections.append(("累计数字", [_table(("单位", "累计"), rounds, ("变化",), totals)]))
    if texts:
        sections.append(("各单位文字", tuple(_texts(texts))))
    return Document(title=title, blocks=numbered(sections), notice=notice, subject=title)


def numbered(sections: Sequence[tuple[str, Sequence[Block]]]) -> tuple[Block, ...]:
    """Sections under headings 一、 二、 in their order."""
    return tuple(
        block
        for number, (words, inside) in enumerate(sections, 1)
        for block in (Heading(1, f"{chinese_number(number)}、{words}"), *inside)
    )


def _table(
    before: Sequence[str],
    rounds: Sequence[str],
    after: Sequence[str],
    rows: Sequence[tuple[str, ...]],
) -> Table:
    columns = (
        *(Column(words, 7.0) for words in before),
        *(Column(words, 5.0, "center") for words in (*rounds, *after)),
    )
    return Table(columns, tuple(rows), small=True)


def _texts(texts: Sequence[UnitTexts]) -> list[Block]:
    found: list[Block] = []
    for number, one in enumerate(texts, 1):
        found.append(Heading(2, f"（{chinese_number(number)}）{one.name}"))
        found += [paragraph(text, f"{name}：") for name, text in one.texts]
    return found


_UNIT_COLUMNS = (
    Column("轮次", 9.0),
    Column("截止日期", 6.0, "center"),
    Column("报送", 5.0, "center"),
    Column("首次收到", 6.0, "center"),
    Column("审核", 5.0, "center"),
    Column("覆盖条数", 5.0, "center"),
    Column("退回", 3.0, "center"),
    Column("催报", 3.0, "center"),
)


def unit_paper(
    *, title: str, summary: str, rows: Sequence[tuple[str, ...]], notice: str = ""
) -> Document:
    """A unit over the years; rows: texts under the columns of the table."""
    blocks = (paragraph(summary), Table(_UNIT_COLUMNS, tuple(rows), small=True))
    return Document(title=title, blocks=blocks, notice=notice, subject=title)
