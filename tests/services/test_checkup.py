"""The report before a notice is issued: every doubt with its line, nothing left half written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.decisions import Answer, Decisions
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.notice_source import read
from hs_credit_desktop.reports.content import Table, texts
from hs_credit_desktop.services import checkup
from hs_credit_desktop.services.notices import bundled_notice, read_notice

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.notices import ReadNotice


@pytest.fixture
def source() -> ReadNotice:
    """The bundled notice with two doubts answered, one of them for later."""
    source = read_notice(bundled_notice())
    bracket = next(n for n, each in enumerate(source.draft.doubts) if each.kind == "bracket")
    decisions = (
        Decisions()
        .with_answer(0, Answer(source.draft.doubts[0].choices[0]))
        .with_answer(bracket, Answer(source.draft.doubts[bracket].choices[1]))
    )
    return replace(source, decisions=decisions)


def test_every_doubt_stands_in_the_report(source: ReadNotice) -> None:
    document = checkup.report(source)
    words = "\n".join(texts(document))
    assert "每轮应报 44 家 267 条。" in words
    assert "第二轮：2024年11月30日前报送。" in words
    doubts, left_out = (block for block in document.blocks if isinstance(block, Table))
    assert len(doubts.rows) == len(source.draft.doubts)
    for number, (row, doubt) in enumerate(zip(doubts.rows, source.draft.doubts, strict=True), 1):
        assert row[:2] == (str(number), str(doubt.line))
        assert row[3] == doubt.text
    said = {row[4] for row in doubts.rows}
    assert said >= {
        "已决定：2024年",
        "待处理：名单有缺漏，需核对原件",
        "未决定，先按默认：暂不指定",
    }
    assert [int(row[0]) for row in left_out.rows] == [line for line, _ in source.draft.left_out]


def test_a_paper_without_doubts(source: ReadNotice) -> None:
    clean = replace(source.draft, doubts=(), left_out=(), doc_number=None)
    words = "\n".join(texts(checkup.report(replace(source, draft=clean, decisions=Decisions()))))
    assert "没有发现需要核对的地方。" in words
    assert "全部文字都已采用。" in words
    assert "没有读到文号" in words


def test_pdf_and_word_say_the_same(source: ReadNotice, tmp_path: Path) -> None:
    made = checkup.save(source, tmp_path)
    assert [item.path.name for item in made] == ["发文前体检报告.pdf", "发文前体检报告.docx"]
    for item in made:
        words = "".join(read(item.path).text.split())
        for doubt in source.draft.doubts:
            assert doubt.kind.label in words
        assert "已决定：2024年" in words


def test_a_report_that_cannot_be_written(source: ReadNotice, tmp_path: Path) -> None:
    (tmp_path / "发文前体检报告.pdf").mkdir()
    with pytest.raises(UserError):
        checkup.save(source, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["发文前体检报告.pdf"]
