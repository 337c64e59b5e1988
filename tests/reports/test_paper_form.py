"""The return form on paper: room for every answer, the code on every page, text at the stamp."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2

from hs_credit_desktop.reports.content import Table, texts
from hs_credit_desktop.reports.paper_form import paper_form
from hs_credit_desktop.reports.pdf import render_pdf
from tests.files.samples import CODE, TITLES, form

if TYPE_CHECKING:
    from pathlib import Path


def test_every_measure_has_its_heading_text_and_room() -> None:
    made = paper_form(form())
    words = list(texts(made))
    for title in TITLES.values():
        assert any(title in text for text in words)
        assert f"（配合）{title}的任务原文。" in words
    tables = [block for block in made.blocks if isinstance(block, Table)]
    assert len(tables) == len(TITLES) + 1
    assert all(row[1].count("\n") == 3 for row in tables[0].rows[:4])
    assert sum("上轮反馈" in text for text in words) == 1
    assert "联系：" not in "".join(texts(paper_form(replace(form(), contact=""))))


def test_the_code_stands_on_every_page_and_the_stamp_beside_text(tmp_path: Path) -> None:
    target = tmp_path / "form.pdf"
    pages = render_pdf(paper_form(form()), target)
    with pypdfium2.PdfDocument(target) as document:
        assert len(document) == pages
        said = []
        for page in document:
            text = page.get_textpage()
            said.append(text.get_text_range())
            text.close()
            page.close()
    assert all(CODE in text for text in said)
    assert "情况属实" in said[-1]
    assert "（盖章）" in said[-1]
