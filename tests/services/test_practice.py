"""The practice ledger stands exactly where the acceptance script begins."""

from datetime import date
from itertools import combinations

import pytest

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.similarity import overlap, shingles
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import integrity, overview
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.practice_texts import PRACTICE_MARK, whole_text
from hs_credit_desktop.services.workspace import open_workspace


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return create_practice(tmp_path_factory.mktemp("练习") / "台账")


@pytest.fixture
def ws(root):
    opened = open_workspace(root, system_clock(), read_only=True)
    yield opened
    opened.close()


def test_its_own_day_is_the_practice_date(ws):
    assert ws.today == date(2024, 11, 29)
    assert ws.practice


def test_round_one_is_complete(ws):
    round_ = overview.round_of(ws, overview.notice(ws).id, 1)
    figures = overview.figures(ws, round_)
    assert (figures.expected, figures.received, figures.accepted) == (44, 44, 44)
    assert (figures.on_time, figures.late) == (42, 2)
    assert (figures.entries_covered, figures.entries_expected) == (267, 267)


def test_round_two_stands_as_on_friday_morning(ws):
    round_ = overview.round_of(ws, overview.notice(ws).id)
    figures = overview.figures(ws, round_)
    assert round_.number == 2
    assert (figures.expected, figures.received, figures.missing) == (44, 25, 19)
    assert (figures.accepted, figures.sent_back, figures.to_review) == (22, 1, 2)
    [back] = overview.expected_returns(ws, round_, Status.SENT_BACK)
    assert back.resubmit_by == date(2024, 11, 29)
    assert back.state is ReturnState.SENT_BACK


def test_every_text_is_marked_and_none_is_like_another(ws):
    notice = overview.notice(ws)
    entries = [
        entry
        for round_ in overview.rounds(ws, notice.id)
        for entry in overview.entries(ws, round_)
        if entry.covered
    ]
    assert len(entries) == 267 + 155
    for entry in entries:
        assert all(text.endswith(PRACTICE_MARK) for text in entry.parts.texts if text)
    sets = [shingles(whole_text(entry.parts)) for entry in entries]
    assert max(overlap(one, other) for one, other in combinations(sets, 2)) < 0.6


def test_it_is_whole(ws):
    assert integrity.check(ws) == []


def test_the_same_every_time(root, tmp_path):
    other = create_practice(tmp_path / "again")
    texts = []
    for folder in (root, other):
        ws = open_workspace(folder, system_clock(), read_only=True)
        round_ = overview.round_of(ws, overview.notice(ws).id, 2)
        texts.append(
            [(e.unit_name, e.measure_title, e.parts) for e in overview.entries(ws, round_)]
        )
        ws.close()
    assert texts[0] == texts[1]


def test_a_ledger_that_is_there_is_left_alone(root):
    with pytest.raises(UserError, match="已有台账"):
        create_practice(root)


def test_more_entries_for_scale_keep_the_books_whole(tmp_path):
    folder = create_practice(tmp_path, extra_entries=100)
    ws = open_workspace(folder, system_clock(), read_only=True)
    round_ = overview.round_of(ws, overview.notice(ws).id)
    figures = overview.figures(ws, round_)
    assert figures.entries_expected == 267 + 100
    assert figures.expected == 44 + 5  # 4 units with all 24 measures, one with the rest
    assert len(overview.entries(ws, round_)) == 367
    assert integrity.check(ws) == []
    ws.close()
