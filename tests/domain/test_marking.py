"""The place in the paper of each doubt of the real notice."""

from dataclasses import replace
from pathlib import Path

import pytest

from hs_credit_desktop.domain.draft import DraftNotice
from hs_credit_desktop.domain.marking import (
    line_of,
    line_stretch,
    measure_of,
    occurrences,
    places,
)
from hs_credit_desktop.domain.notice import Doubt, DoubtKind
from hs_credit_desktop.notice import read
from hs_credit_desktop.services.seed import load_seed


@pytest.fixture(scope="module")
def paper(real_notice: Path) -> str:
    return real_notice.read_text("utf-8")


@pytest.fixture(scope="module")
def draft(paper: str) -> DraftNotice:
    return read(paper, seed=load_seed())


def words(paper: str, doubt: Doubt) -> list[str]:
    return ["".join(paper[start:end].split()) for start, end in places(paper, doubt)]


def of(draft: DraftNotice, kind: DoubtKind) -> Doubt:
    return next(doubt for doubt in draft.doubts if doubt.kind is kind)


def test_every_printed_spelling_is_marked(paper: str, draft: DraftNotice) -> None:
    doubt = of(draft, DoubtKind.UNIT_SPELLING)
    found = words(paper, doubt)
    assert set(found) == set(doubt.names)
    assert len(found) == 4
    assert words(paper, of(draft, DoubtKind.GROUP_SPELLING)) == ["各市县（市、区）人民政府"]
    assert set(words(paper, of(draft, DoubtKind.SIMILAR_UNITS))) == {
        "市住建局",
        "市自然资源和城乡建设局",
    }


def test_dates_and_lines(paper: str, draft: DraftNotice) -> None:
    assert words(paper, of(draft, DoubtKind.YEAR)) == ["8月30日", "11月30日"]
    bracket = of(draft, DoubtKind.BRACKET)
    [(start, end)] = places(paper, bracket)
    assert (start, end) == line_stretch(paper, bracket.line)
    assert paper[end - 1] == "]"
    assert len(words(paper, of(draft, DoubtKind.DOUBLED_CHARACTER))) == 1


def test_names_that_are_not_found_fall_back_to_the_line(paper: str, draft: DraftNotice) -> None:
    doubt = replace(of(draft, DoubtKind.VAGUE_GROUP), names=("没有的名称",))
    assert places(paper, doubt) == [line_stretch(paper, doubt.line)]


def test_a_name_inside_a_longer_one_is_not_marked_twice() -> None:
    text = "甲\n〔市水利和湖泊局、市水利〕\n"
    doubt = Doubt(DoubtKind.SIMILAR_UNITS, "", 2, "？", (), ("市水利", "市水利和湖泊局"))
    assert [text[a:b] for a, b in places(text, doubt)] == ["市水利和湖泊局", "市水利"]


def test_lines() -> None:
    assert [line_stretch("一\n二二\n", line) for line in (1, 2, 3, 9)] == [
        (0, 1),
        (2, 4),
        (5, 5),
        (5, 5),
    ]
    assert [line_of("一\n二", offset) for offset in (0, 1, 2)] == [1, 1, 2]
    assert occurrences("市发\n改 委、市发改委", "市 发改委") == [(0, 6), (7, 11)]
    assert occurrences("市", " ") == []


def test_the_measure_of_a_line(paper: str, draft: DraftNotice) -> None:
    bracket = of(draft, DoubtKind.BRACKET)
    measure = measure_of(draft, paper, bracket.line)
    assert measure is not None
    assert measure.number == 15
    assert measure_of(draft, paper, 1) is None
