"""The Word form: answers in content controls, identity in five places; free paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.reading import FileKind, FindingKind
from hs_credit_desktop.domain.return_code import find
from hs_credit_desktop.files.form_docx import write_form_docx
from hs_credit_desktop.files.plain_docx import write_paragraphs
from hs_credit_desktop.files.read_return import read_return, read_text
from tests.files.samples import ANSWERS, CODE, TITLES, form, rezip

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = {
    "正文": "word/document.xml",
    "文件属性": "docProps/custom.xml",
    "页眉": "word/header1.xml",
    "页脚": "word/footer1.xml",
    "隐藏数据": "customXml/item1.xml",
}


def test_reads_back_equal() -> None:
    reading = read_return("x.docx", write_form_docx(form()))
    assert [row.number for row in reading.rows] == list(TITLES)
    assert reading.rows[0].parts == ANSWERS[2]
    assert {place for place, _ in reading.codes} == set(PARTS)
    assert (reading.kind, reading.unit_words) == (FileKind.DOCUMENT, "市财政局")
    assert (reading.filled_by, reading.phone, reading.checked_by) == ("乙某", "0000-1111111", "")


def test_an_untouched_form_is_blank() -> None:
    reading = read_return("x.docx", write_form_docx(form(answers={}, contact="")))
    assert [row.parts.blank for row in reading.rows] == [True] * 3
    assert [row.parts.completion for row in reading.rows] == [None] * 3


@pytest.mark.parametrize("kept", PARTS)
def test_each_place_alone_is_enough(kept: str) -> None:
    def strip(name: str, body: bytes) -> bytes:
        return body if name == PARTS[kept] else body.replace(CODE.encode(), b"")

    reading = read_return("x.docx", rezip(write_form_docx(form()), strip))
    assert {place for place, words in reading.codes if find(words).valid} == {kept}


def test_a_free_report_gives_its_paragraphs() -> None:
    reading = read_return("x.docx", write_paragraphs(["情况汇报", "一、做法\n第一", "市财政局"]))
    assert reading.rows == ()
    assert reading.paragraphs == ("情况汇报", "一、做法", "第一", "市财政局")
    assert "市财政局" in reading.opening


def _damage(part: str, body: bytes | None) -> Callable[[str, bytes], bytes | None]:
    return lambda name, old: body if name == part else old


def test_damaged_parts_are_refused_with_a_sentence() -> None:
    good = write_form_docx(form())
    for body in (b"<w:document", None, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'):
        reading = read_return("坏.docx", rezip(good, _damage("docProps/custom.xml", body)))
        if body is None:
            assert reading.kind is FileKind.DOCUMENT
        else:
            assert reading.kind is FileKind.UNREADABLE
            assert reading.findings[0].kind is FindingKind.UNREADABLE
            assert "坏.docx" in reading.findings[0].text


def test_plain_text_with_a_table_or_labels() -> None:
    table = read_text("序号\t措施\t进展情况\t主要成效\n2\t开展诚信监测评价\t已归集\t好\n")
    assert table.rows[0].parts.texts == ("已归集", "好", "", "")
    labels = read_text(
        "（二）开展诚信监测评价\n进展情况\t已归集\n下一步打算\t继续\n填报人\t乙某\n闲话\n"
    )
    assert labels.rows[0].number == 2
    assert labels.rows[0].parts.texts == ("已归集", "", "", "继续")
    assert labels.filled_by == "乙某"
    loose = read_text("进展情况\t没有写措施")
    assert (loose.rows[0].number, loose.rows[0].title) == (None, "")


def test_a_very_long_text_is_cut_and_said() -> None:
    reading = read_text("\n".join(f"第{at}段" for at in range(2100)))
    assert len(reading.paragraphs) == 2000
    assert reading.findings[0].kind is FindingKind.CUT
