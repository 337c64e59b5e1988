"""Monday 10:30 and 14:35 of the acceptance script: the desk composes, the edited report returns."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.composing import Kind
from hs_credit_desktop.domain.composing_names import printed_group
from hs_credit_desktop.domain.edited_report import Difference
from hs_credit_desktop.domain.similarity import core
from hs_credit_desktop.services import composing, undo
from hs_credit_desktop.services.composing_board import board, stale_count
from hs_credit_desktop.services.edited_report import Comparison, compare_report, take_over
from hs_credit_desktop.services.export import REPORT, WORD, export, gather
from hs_credit_desktop.services.practice import create_practice
from tests.services.test_acceptance_receiving import MONDAY, _open
from tests.services.test_acceptance_receiving import test_friday_and_monday as play_the_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.domain.composing import Draft
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

Monday = tuple["Workspace", "Round"]


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monday]:
    """Monday 10:25: 43 of 44 returns are in, 266 of 267 entries; everything is composed."""
    root = create_practice(tmp_path_factory.mktemp("monday") / "练习台账")
    play_the_days(root)
    ws, round_ = _open(root, MONDAY)
    composing.compose_all(ws, round_)
    yield ws, round_
    ws.close()


def test_24_of_24_measures_are_composed_lead_first(monday: Monday) -> None:
    ws, round_ = monday
    shown = board(ws, round_)
    assert (len(shown.composed), len(shown.measures)) == (24, 24)
    assert stale_count(ws, round_) == 0
    for node in shown.measures:
        told = [source.unit for source in node.sources if source.part in node.parts]
        first = node.draft.sentences[0].cited[0].unit
        assert first == told[0]
        leads = [source.unit for source in node.sources if source.lead]
        if leads:  # 市统计局 has not reported the one measure it has
            assert first in leads
    assert sum(len({s.entry_id for s in node.sources}) for node in shown.measures) == 266
    assert "应报44家，已报43家" in shown.node("overview").draft.text


def test_no_sentence_is_without_a_source(monday: Monday) -> None:
    ws, round_ = monday
    shown = board(ws, round_)
    names = {source.unit for node in shown.nodes for source in node.sources if source.unit}
    groups = {printed_group(s.group) for node in shown.nodes for s in node.sources if s.group}
    checked = 0
    for node in shown.nodes:
        texts = {source.cited for source in node.sources}
        for sentence in node.draft.sentences:
            assert sentence.kind is not Kind.OFFICE
            assert set(sentence.cited) <= texts
            assert _letters(sentence.text, names | groups) <= {
                letter for one in sentence.cited for letter in core(one.text)
            }
            checked += 1
    assert checked > 1000


def _letters(text: str, names: set[str]) -> set[str]:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return set(core(text))


def test_every_text_of_every_unit_is_in_a_draft(monday: Monday) -> None:
    ws, round_ = monday
    shown = board(ws, round_)
    for node in shown.nodes:
        left = [s for s in node.sources if s.part in node.parts and not node.draft.takes(s)]
        assert left == []


def _export_and_edit(monday: Monday, folder: Path, edits: list[tuple[str, str]]) -> Path:
    """The exported report with words replaced in its XML, as an editor would save it."""
    ws, round_ = monday
    [word] = export(ws, round_, folder, (WORD,))
    edited = folder / "领导改过.docx"
    with zipfile.ZipFile(word.path) as old, zipfile.ZipFile(edited, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/document.xml":
                text = data.decode()
                for before, after in edits:
                    assert before in text
                    text = text.replace(before, after, 1)
                data = text.encode()
            new.writestr(item, data)
    return edited


def _figure_of(draft: Draft) -> tuple[str, str]:
    """A sentence with one number, and that number."""
    from hs_credit_desktop.domain.figures import figures

    sentence = next(
        one.text
        for one in draft.sentences
        if len(figures(one.text)) == 1 and one.text.count("\n") == 0 and "<" not in one.text
    )
    return sentence, figures(sentence)[0].printed


def test_the_report_as_exported_differs_in_nothing(monday: Monday, tmp_path: Path) -> None:
    ws, round_ = monday
    [word] = export(ws, round_, tmp_path, (WORD,))
    found = compare_report(ws, round_, word.path)
    assert found == Comparison(word.path.name, ())
    assert word.remark == ""


def test_the_two_figures_that_no_longer_match_are_pointed_out(
    monday: Monday, tmp_path: Path
) -> None:
    ws, round_ = monday
    shown = board(ws, round_)
    first, number = _figure_of(shown.measures[3].draft)
    second, other = _figure_of(shown.measures[16].draft)
    edited = _export_and_edit(
        monday,
        tmp_path,
        [
            (first, first.replace(number, "7" + number)),
            (second, second.replace(other, "8" + other)),
            (shown.measures[8].draft.sentences[-1].text, "全市信用环境持续向好。"),
        ],
    )
    found = compare_report(ws, round_, edited)
    assert found.numbers == 2
    assert {item.finding.numbers for item in found.figures} == {
        (("7" + number, number),),
        (("8" + other, other),),
    }
    assert {item.finding.node for item in found.figures} == {
        shown.measures[3].id,
        shown.measures[16].id,
    }
    for item in found.figures:
        assert item.can_take
        assert any(number in one.text or other in one.text for one in item.origins)
        assert all(one.unit and one.entry_id for one in item.origins)
    kinds = [item.finding.kind for item in found.items]
    assert kinds == [Difference.FIGURE] * 2 + [Difference.NEW, Difference.GONE]
    assert gather(ws, round_).composed == {
        node.id: node.draft.text for node in shown.nodes if node.saved
    }  # nothing was changed by itself
    take_over(ws, round_, found.figures[0].finding)
    again = compare_report(ws, round_, edited)
    assert again.numbers == 1
    undo.undo(ws)
    assert compare_report(ws, round_, edited).numbers == 2


def test_the_report_is_printed_from_the_drafts(monday: Monday, tmp_path: Path) -> None:
    ws, round_ = monday
    [pdf] = export(ws, round_, tmp_path, (REPORT,))
    assert pdf.pages
    assert all(finding.ok for finding in pdf.layout_check), [
        finding for finding in pdf.layout_check if not finding.ok
    ]
