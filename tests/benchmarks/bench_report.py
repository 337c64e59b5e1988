"""The report against ReportLab's raw canvas, 1000 pages against 100, Excel against openpyxl."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.content import Document, Signature, paragraph
from hs_credit_desktop.reports.page import STANDARD
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.setting import document_flow
from hs_credit_desktop.reports.sheets import Sheet, SheetColumn
from hs_credit_desktop.reports.xlsx import render_xlsx
from tests.benchmarks.pairs import Result, pairs

if TYPE_CHECKING:
    from hs_credit_desktop.reports.ink import Row

WORDS = (
    *"信用建设责任单位社会体系数据共享推进落实归集信息开展自查自纠部门联合奖惩，。、；：",
    *("（试行）", "《方案》", "“双公示”", "2024年", "12.6万条", "98.5%", "3000余家", "——"),
)


def document(paragraphs: int) -> Document:
    """Text of about 11 lines a paragraph."""
    rng = random.Random(paragraphs)
    texts = ("信" + "".join(rng.choices(WORDS, k=240)) + "。" for _ in range(paragraphs))
    return Document("报告", tuple(map(paragraph, texts)), Signature("市信用办", "2024年12月12日"))


def raw(rows: list[Row], target: Path) -> None:
    """Draw the same pages, runs and numbers at their places, with ReportLab's own text objects."""
    canvas = Canvas(str(target), initialFontName="GWFang", invariant=1, pageCompression=1)
    for at, row in enumerate(rows):
        text = canvas.beginText(80 + row.x, 720 - 29 * (at % 22))
        font = ""
        for run in row.runs:
            if run.font != font:
                font = run.font
                text.setFont(font, row.size)
            text.setCharSpace(run.spacing)
            text.textOut(run.text)
        canvas.drawText(text)
        if at % 22 == 21:
            canvas.setFont("GWSong", 14)
            canvas.drawString(480, 75, f"— {at // 22 + 1} —")
            canvas.showPage()
    canvas.save()


def run() -> list[Result]:
    """All figures; each goal is that of the project's list of speeds."""
    fonts.register()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a"
        small, large = document(200), document(2000)
        [rows] = document_flow(small, STANDARD)
        return [
            pairs(
                lambda: raw(rows, file),
                lambda: _pdf(small, file),
                name="report of 100 pages / ReportLab's raw canvas",
                goal=1.2,
            ),
            pairs(
                lambda: [_pdf(small, file) for _ in range(10)] and None,
                lambda: _pdf(large, file),
                n=3,
                name="1000 pages / ten times 100 pages",
                goal=1.0,
            ),
            _excel(file),
        ]


def _pdf(made: Document, file: Path) -> None:
    render_pdf(made, file)


def _excel(file: Path) -> Result:
    columns = tuple(SheetColumn(f"列{at}", 20) for at in range(12))
    cells = [tuple(f"信用建设{at}" for at in range(12)) for _ in range(700)]

    def plain() -> None:
        book = Workbook()
        sheet = book.active
        for row in cells:
            sheet.append(row)
        book.save(file)

    return pairs(
        plain,
        lambda: render_xlsx([Sheet("表", "题", columns, tuple(cells))], file, "题"),
        name="ledger of 700 x 12 / openpyxl alone",
        goal=1.5,
    )
