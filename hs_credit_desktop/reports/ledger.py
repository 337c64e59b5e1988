"""The ledger as a paper (台账): the rows of the workbook on landscape pages, for PDF and Word."""

from collections.abc import Sequence
from datetime import date

from hs_credit_desktop.domain.summary import RoundFacts, overview
from hs_credit_desktop.reports.content import Annex, Column, Document, Table, paragraph
from hs_credit_desktop.reports.execution import PRACTICE_NOTICE
from hs_credit_desktop.reports.sheets import Sheet, Value, ledger_sheets, workbook_title

_CHARACTERS = 60.0  # of small type in the width of a landscape page
_WORD = 3.2  # characters of a word in a centred column
SHEETS = ("按措施", "报送情况")


def ledger_document(facts: RoundFacts, names: tuple[str, ...] = SHEETS) -> Document:
    """The figures of a round, then each named sheet of the workbook as an annex, row by row."""
    sheets = {sheet.name: sheet for sheet in ledger_sheets(facts)}
    return Document(
        title=workbook_title(facts),
        blocks=tuple(paragraph(text) for text in overview(facts)),
        annexes=tuple(ledger_annex(sheets[name]) for name in names),
        notice=PRACTICE_NOTICE if facts.practice else "",
        subject=facts.notice.title,
        keywords=(facts.notice.doc_number or "", facts.round.name, "台账"),
    )


def ledger_annex(sheet: Sheet) -> Annex:
    """A sheet as an annex on landscape pages; the same texts in the same rows."""
    rows = tuple(tuple(map(_text, row)) for row in sheet.rows)
    return Annex(sheet.name, (Table(_columns(sheet, rows), rows, small=True),), landscape=True)


def _columns(sheet: Sheet, rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Centred columns as wide as their texts, the others share what is left as in the workbook."""
    texts = zip(*rows, strict=True) if rows else ((),) * len(sheet.columns)
    fixed = [
        max(map(_width, (one.title, *found))) if one.centred else 0.0
        for one, found in zip(sheet.columns, texts, strict=True)
    ]
    shared = sum(one.width for one in sheet.columns if not one.centred)
    left = _CHARACTERS - sum(fixed)
    return tuple(
        Column(one.title, wide, "center") if wide else Column(one.title, left * one.width / shared)
        for one, wide in zip(sheet.columns, fixed, strict=True)
    )


def _width(text: str) -> float:
    """Characters that a text needs in a cell: figures and dates on one line, words on two or three.

    The padding of the cell is counted in.
    """
    if text.isascii():
        return 0.55 * len(text) + 0.9
    return min(len(text), _WORD) + 0.9


def _text(value: Value) -> str:
    """A cell in words; dates as the workbook shows them."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
