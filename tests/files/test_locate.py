"""Where a sentence stands in an original: cell, paragraph, line; nothing where it is not."""

from __future__ import annotations

import pytest

from hs_credit_desktop.files.form_docx import write_form_docx
from hs_credit_desktop.files.locate import locate
from hs_credit_desktop.files.plain_docx import write_paragraphs
from tests.files.paper import paper
from tests.files.samples import form, workbook

LONG = "全市建立信用承诺、信用公示、信用修复三本台账，逐条明确责任科室和时限，覆盖12家单位。"


@pytest.mark.parametrize(
    ("data", "sentence", "place"),
    [
        (workbook(), "归集1.2万条。", "工作表“反馈表”单元格 E5"),
        (workbook(), "建立台账", "工作表“反馈表”单元格 E6"),
        (write_paragraphs(["题目", "二、正文", "归集 1.2 万条。完。"]), "归集1.2万条。", "第 3 段"),
        ("题目\n归集1.2万条。\n".encode(), "归集1.2万条。", "第 2 行"),
        (paper(["题目", LONG, "完。"]), LONG, "第 2 行"),
        (workbook(), "没有这一句", ""),
        (workbook(), " 。", ""),
        (b"\x89PNG", "归集1.2万条。", ""),
        (b"%PDF-1.7", "归集1.2万条。", ""),
        (write_paragraphs(["题目"]), "没有这一句", ""),
        (paper(["题目"]), "没有这一句", ""),
        (b"\xe9\xa2\x98", "没有这一句", ""),
    ],
)
def test_where_a_sentence_stands(data: bytes, sentence: str, place: str) -> None:
    assert locate("原件", data, sentence) == place


def test_in_a_word_form_it_is_a_paragraph() -> None:
    blank = write_form_docx(form(answers={}))
    assert locate("表.docx", write_form_docx(form()), "准确率96%").startswith("第 ")
    assert locate("表.docx", blank, "准确率96%") == ""  # last round's answer is no source
