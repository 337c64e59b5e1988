"""The report before a notice is issued: every doubt with its line, nothing left half written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.decisions import Answer, Decisions
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.notice_source import read
from hs_credit_desktop.services import checkup
from hs_credit_desktop.services.notices import bundled_notice, read_notice

if TYPE_CHECKING:
    from pathlib import Path


def test_every_doubt_stands_in_the_report(tmp_path: Path) -> None:
    source = read_notice(bundled_notice())
    bracket = next(n for n, each in enumerate(source.draft.doubts) if each.kind == "bracket")
    decisions = (
        Decisions()
        .with_answer(0, Answer(source.draft.doubts[0].choices[0]))
        .with_answer(bracket, Answer(source.draft.doubts[bracket].choices[1]))
    )
    file = checkup.save(replace(source, decisions=decisions), tmp_path / "体检.docx")
    words = read(file).text.split("\n")
    assert words[0] == "发文前体检报告"
    assert "每轮应报 44 家 267 条。" in words[3]
    assert "第二轮：2024-11-30 前报送" in words
    for number, doubt in enumerate(source.draft.doubts, 1):
        [line] = [each for each in words if each.startswith(f"{number}. 第 {doubt.line} 行")]
        assert doubt.text in line
    assert "　　已决定：2024年" in words
    assert "　　待处理：名单有缺漏，需核对原件" in words
    assert "　　未决定，先按默认：暂不指定" in words
    assert sum(each.startswith("第 ") for each in words) == len(source.draft.left_out)
    assert [each.name for each in tmp_path.iterdir()] == ["体检.docx"]


def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").mkdir()
    with pytest.raises(UserError, match="没有存成“报告"):
        checkup.save(read_notice(bundled_notice()), tmp_path / "报告.docx")
    assert [each.name for each in tmp_path.iterdir()] == ["报告.docx"]
