"""The real notice damaged in one place: a question at the right line, and nothing else changes."""

import re
from contextlib import suppress
from random import Random

import pytest

from hs_credit_desktop.domain.draft import DraftNotice
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice import Seed, read


@pytest.fixture(scope="module")
def draft(paper: str, seed: Seed) -> DraftNotice:
    return read(paper, seed=seed)


def _changed(draft: DraftNotice, other: DraftNotice) -> set[int]:
    """Numbers of the measures whose words or units differ."""

    def measures(each: DraftNotice) -> dict[int, object]:
        return {m.number: (m.title, m.body, m.responsibilities) for m in each.measures}

    before, after = measures(draft), measures(other)
    return {number for number in before | after if before.get(number) != after.get(number)}


def _new(draft: DraftNotice, other: DraftNotice) -> set[tuple[DoubtKind, int]]:
    old = {(doubt.kind, doubt.line) for doubt in draft.doubts}
    return {(doubt.kind, doubt.line) for doubt in other.doubts} - old


def _line(paper: str, at: int) -> int:
    return paper.count("\n", 0, at) + 1


def _list(paper: str, words: str) -> re.Match[str]:
    """The unit list of the measure that holds these words."""
    found = re.compile("〔责任单位：[^〕]*〕").search(paper, paper.index(words))
    assert found
    return found


def test_opening_bracket_lost(paper: str, seed: Seed, draft: DraftNotice) -> None:
    found = _list(paper, "（七）优化")
    other = read(paper[: found.start()] + paper[found.start() + 1 :], seed=seed)
    assert _new(draft, other) == {(DoubtKind.BRACKET, 45)}
    assert _changed(draft, other) == set()


def test_closing_bracket_lost(paper: str, seed: Seed, draft: DraftNotice) -> None:
    for words, line in (("（七）优化", 45), ("（十七）创新", 75), ("（二十四）推动", 95)):
        found = _list(paper, words)
        other = read(paper[: found.end() - 1] + paper[found.end() :], seed=seed)
        assert _new(draft, other) == {(DoubtKind.BRACKET, line)}
        assert _changed(draft, other) == set()


@pytest.mark.parametrize("lost", ["（", "）"])
def test_bracket_of_a_number_lost(paper: str, seed: Seed, draft: DraftNotice, lost: str) -> None:
    damaged = "（九）".replace(lost, "")
    other = read(paper.replace("（九）", damaged), seed=seed)
    assert _new(draft, other) == {(DoubtKind.BRACKET, 51)}
    assert _changed(draft, other) == set()


@pytest.mark.parametrize("lost", ["（", "）"])
def test_bracket_of_a_group_lost(paper: str, seed: Seed, draft: DraftNotice, lost: str) -> None:
    damaged = "各县（市、区）人民政府".replace(lost, "")
    at = paper.rindex("各县（市、区）人民政府")
    other = read(paper[:at] + damaged + paper[at + 11 :], seed=seed)
    assert (DoubtKind.GROUP_SPELLING, 95) in _new(draft, other)
    assert other.counts.entries == draft.counts.entries


@pytest.mark.parametrize("lost", ["（", "）"])
def test_bracket_in_running_words_lost(
    paper: str, seed: Seed, draft: DraftNotice, lost: str
) -> None:
    other = read(paper.replace("（“鄂融通”）", "（“鄂融通”）".replace(lost, "")), seed=seed)
    assert _new(draft, other) == {(DoubtKind.BRACKET, 73)}


@pytest.mark.parametrize(
    "slip", ["责任单伩：", "责仼单位：", "责任位：", "责任单单位：", "任责单位：", "责任单位"]
)
def test_label_misspelt(paper: str, seed: Seed, draft: DraftNotice, slip: str) -> None:
    found = _list(paper, "（七）优化")
    at = found.start() + 1
    other = read(paper[:at] + slip + paper[at + 5 :], seed=seed)
    assert _new(draft, other) == {(DoubtKind.LABEL, 45)}
    assert _changed(draft, other) == set()


def test_number_skipped(paper: str, seed: Seed, draft: DraftNotice) -> None:
    lines = paper.split("\n")
    other = read("\n".join([*lines[:44], "", *lines[45:]]), seed=seed)
    assert _new(draft, other) == {(DoubtKind.NUMBERING, 49)}
    assert _changed(draft, other) == {7}


def test_pillar_lost(paper: str, seed: Seed, draft: DraftNotice) -> None:
    lines = paper.split("\n")
    other = read("\n".join([*lines[:46], "", *lines[47:]]), seed=seed)
    assert _new(draft, other) == {(DoubtKind.NUMBERING, 59)}
    assert _changed(draft, other) == set()


def test_measure_twice(paper: str, seed: Seed, draft: DraftNotice) -> None:
    lines = paper.split("\n")
    other = read("\n".join([*lines[:45], lines[44], *lines[46:]]), seed=seed)
    assert _new(draft, other) == {(DoubtKind.DUPLICATE, 46)}
    assert other.counts.measures == 25


def test_unit_list_lost(paper: str, seed: Seed, draft: DraftNotice) -> None:
    found = _list(paper, "（七）优化")
    other = read(paper[: found.start()] + paper[found.end() :], seed=seed)
    assert _new(draft, other) == {(DoubtKind.NO_UNITS, 45)}
    assert _changed(draft, other) == {7}


def test_stray_words_are_asked_about(paper: str, seed: Seed, draft: DraftNotice) -> None:
    found = _list(paper, "（七）优化")
    other = read(f"{paper[: found.end()]}\n\n内部资料{paper[found.end() :]}", seed=seed)
    assert (DoubtKind.UNREAD, 47) in _new(draft, other)
    assert _changed(draft, other) == set()


def test_no_damage_ends_in_anything_but_a_reading_or_a_clear_refusal(
    paper: str, seed: Seed
) -> None:
    random = Random(20240703)
    for _ in range(30):
        letters = list(paper)
        for _ in range(random.randint(1, 60)):
            at = random.randrange(len(letters))
            letters[at] = random.choice(
                ["", letters[at] * 2, random.choice("一（〔）、。\n\t：1"), "责"]
            )
        _read_or_refuse("".join(letters), seed)


def _read_or_refuse(words: str, seed: Seed) -> None:
    """Any other error than a plain refusal fails the test."""
    with suppress(UserError):
        assert read(words, seed=seed).measures
