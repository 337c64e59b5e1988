"""The office's red head and page on its papers; the report's number; files of earlier sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.reports.content import Head, texts
from hs_credit_desktop.reports.docx import render_docx
from hs_credit_desktop.reports.execution import execution_report
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.page import PRESETS
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.services import (
    chasing,
    office,
    overview,
    papers,
    papers_publish,
    papers_register,
)
from hs_credit_desktop.services.export import REPORT, WORD, export, gather
from hs_credit_desktop.services.paper_setup import PAGE, HeadForm, PaperSetup, set_setup, setup
from hs_credit_desktop.store import settings
from tests.ledgers import TODAY, clock_at

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

NUMBER = "测信办〔2024〕7号"
OFFICE = "测试市社会信用体系建设领导小组办公室"


@pytest.fixture
def round_(ws: Workspace) -> Round:
    office.set_office(ws, {"office_name": OFFICE})
    return overview.round_of(ws, overview.notice(ws).id, 1)


@pytest.fixture
def numbered(ws: Workspace, round_: Round) -> Round:
    papers_register.take(
        ws, NUMBER, kind=PaperKind.REPORT.value, title="执行情况报告", round_id=round_.id
    )
    return round_


def first_lines(file: Path, count: int = 2) -> list[str]:
    return [line.text for line in read_pages(file)[0].lines][:count]


def test_a_report_without_number_has_no_head(ws: Workspace, round_: Round) -> None:
    assert execution_report(gather(ws, round_)).head is None


def test_the_report_prints_the_number_it_was_given(
    ws: Workspace, numbered: Round, tmp_path: Path
) -> None:
    assert next(iter(texts(execution_report(gather(ws, numbered))))) == NUMBER
    report, _ = export(ws, numbered, tmp_path, {REPORT, WORD})
    assert first_lines(report.path) == [OFFICE + "文件", NUMBER]
    assert [one.rule for one in report.layout_check if not one.ok] == []
    made = papers_publish.note(ws, numbered, [replace(report, kind="report")], number=NUMBER)
    assert made.papers
    [state] = [one for one in papers_publish.states(ws, numbered) if one.kind is PaperKind.REPORT]
    assert (state.number, state.last and state.last.number) == (NUMBER, NUMBER)


@pytest.mark.parametrize(
    ("form", "lines"),
    [(HeadForm.PREPRINTED, [NUMBER]), (HeadForm.NONE, [NUMBER])],
)
def test_the_number_stays_whatever_becomes_of_the_head(
    ws: Workspace, numbered: Round, tmp_path: Path, form: HeadForm, lines: list[str]
) -> None:
    set_setup(ws, PaperSetup(form))
    assert setup(ws).head is form
    report = export(ws, numbered, tmp_path, {REPORT})[0]
    assert first_lines(report.path, 1) == lines
    assert [one.rule for one in report.layout_check if not one.ok] == []
    depth = read_pages(report.path)[0].lines[0].y
    drawn = export_with(ws, numbered, tmp_path, HeadForm.DRAWN)
    same = [line.y for line in read_pages(drawn)[0].lines if line.text == NUMBER]
    assert (same == [pytest.approx(depth)]) is (form is HeadForm.PREPRINTED)


def export_with(ws: Workspace, round_: Round, folder: Path, form: HeadForm) -> Path:
    set_setup(ws, PaperSetup(form))
    return export(ws, round_, folder, {REPORT})[0].path


@pytest.mark.parametrize("letter", [True, False])
def test_a_number_without_a_mark_stands_alone(tmp_path: Path, letter: bool, ws, round_) -> None:
    plain = PaperSetup(HeadForm.NONE)
    paper = replace(execution_report(gather(ws, round_)), head=Head(OFFICE, NUMBER, letter=letter))
    render_pdf(plain.on(paper), tmp_path / "a.pdf")
    render_docx(plain.on(paper), tmp_path / "a.docx")
    [number, *_] = read_pages(tmp_path / "a.pdf")[0].lines
    assert number.text == NUMBER
    assert number.x < 250  # centred: without its head a letter is plain material
    assert [one.rule for one in check_layout(tmp_path / "a.pdf") if not one.ok] == []
    render_pdf(PaperSetup(HeadForm.PREPRINTED).on(paper), tmp_path / "b.pdf")
    assert [one.rule for one in check_layout(tmp_path / "b.pdf") if not one.ok] == []
    unnumbered = replace(paper, head=Head(OFFICE, letter=letter))
    assert plain.on(unnumbered).head is None
    assert plain.on(replace(paper, head=None)).head is None


def test_another_page_is_measured_by_its_own_grid(
    ws: Workspace, numbered: Round, tmp_path: Path
) -> None:
    for page, layout in enumerate(PRESETS):
        set_setup(ws, PaperSetup(page=page))
        assert setup(ws).layout == layout
        letter = papers_publish.write(
            ws, papers.chase_letter(ws, numbered, owing=chasing.missing(ws, numbered)), tmp_path
        )[0]
        report = export(ws, numbered, tmp_path, {REPORT})[0]
        for file in (letter, report):
            assert [one.rule for one in file.layout_check if not one.ok] == []
        set_setup(ws, PaperSetup(HeadForm.PREPRINTED, page))
        assert setup(ws).head is HeadForm.PREPRINTED


def test_what_is_kept_and_not_known_is_the_usual(ws: Workspace) -> None:
    with ws.change("修改设置", "文书版式", {}):
        settings.put(ws.ledger, PAGE, "不认识的版面")
    assert setup(ws) == PaperSetup()
    assert len({form.label for form in HeadForm}) == len(HeadForm)


# Files of earlier sessions


def test_files_of_an_earlier_session(ws: Workspace, round_: Round, tmp_path: Path) -> None:
    assert papers_publish.former(ws, round_, tmp_path) == ()
    made = papers_publish.write_kind(ws, round_, PaperKind.REPORT, tmp_path)
    papers_publish.note(ws, round_, made)
    found = papers_publish.former(ws, round_, tmp_path)
    assert [item.path.suffix for item in found] == [".pdf", ".docx"]
    assert [item.words for item in found] == ["", ""]
    assert found[0].file == replace(made[0], layout_check=(), remark="")
    made[0].path.write_bytes(b"%PDF other")
    made[1].path.unlink()
    words = [item.words for item in papers_publish.former(ws, round_, tmp_path)]
    assert words[0].startswith("导出后文件被改过")
    assert words[1].startswith("文件不在这个文件夹里")


def test_whether_the_ledger_has_changed_since(ws: Workspace, round_: Round, tmp_path: Path) -> None:
    made = papers_publish.write_kind(ws, round_, PaperKind.SUMMARY, tmp_path)
    papers_publish.note(ws, round_, made)
    [published] = [
        item.published
        for item in papers_publish.former(ws, round_, tmp_path)
        if item.path.suffix == ".pdf"
    ]
    assert not papers_publish.changed_since(ws, published)
    ws.clock = clock_at(TODAY + timedelta(days=1))
    papers_publish.note(ws, round_, made)
    assert not papers_publish.changed_since(ws, published)
    office.set_office(ws, {"office_name": "别的办公室"})
    assert papers_publish.changed_since(ws, published)
