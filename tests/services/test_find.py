"""What a clerk's search shows: units, measures, feedback, each with its place."""

from __future__ import annotations

from sqlite3 import OperationalError
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.services import find
from hs_credit_desktop.services.find import Hit
from hs_credit_desktop.store.search import GivenUp
from tests.ledgers import entry, record

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace


def test_units_then_measures_then_feedback_of_all_rounds(ws: Workspace) -> None:
    first = record(ws, "市商务局", 1, "联合开展信用宣传")
    second = record(ws, "市商务局", 1, "信用承诺已覆盖", number=2)
    hits = find.find(ws, " 信用 ")
    assert [(hit.kind, hit.round, hit.unit) for hit in hits] == [
        ("unit", None, "市信用中心"),
        ("measure", None, None),
        ("measure", None, None),
        ("measure", None, None),
        ("feedback", 1, "市商务局"),
        ("feedback", 2, "市商务局"),
    ]
    assert hits[1].measure == "完善信用制度"
    assert hits[4] == Hit("feedback", first.id, 1, "市商务局", "完善信用制度", "联合开展信用宣传")
    assert hits[5].ref == second.id


@pytest.mark.parametrize("text", ["sxyzx", "SXYZX", "信用中心"])
def test_units_by_initials_or_name(ws: Workspace, text: str) -> None:
    assert [hit.excerpt for hit in find.find(ws, text) if hit.kind == "unit"] == ["市信用中心"]


@pytest.mark.parametrize("text", ["", " ", "\u3000\n"])
def test_nothing_asked_nothing_found(ws: Workspace, text: str) -> None:
    assert find.find(ws, text) == []


def test_limit_is_for_each_kind(ws: Workspace) -> None:
    record(ws, "市商务局", 1, "信用")
    record(ws, "市数据局", 1, "信用")
    assert [hit.kind for hit in find.find(ws, "信用", limit=1)] == ["unit", "measure", "feedback"]


def test_excerpt_shows_the_words_around_the_hit(ws: Workspace) -> None:
    text = "一" * 40 + "归集 ABC 信息" + "二" * 60
    mine = record(ws, "市数据局", 1, "进展", problems=text)
    [hit] = find.find(ws, "abc")
    assert hit.ref == mine.id
    assert hit.excerpt == "…" + "一" * 9 + "归集 ABC 信息" + "二" * 29 + "…"
    assert len(hit.excerpt) == find.EXCERPT_LENGTH + 1


def test_excerpt_of_a_hit_at_the_start_and_over_two_parts(ws: Workspace) -> None:
    assert find.around("甲乙丙", "甲") == "甲乙丙"
    assert find.around("甲乙丙", "丁") == "甲乙丙"
    record(ws, "市数据局", 1, "进展完毕", results="成效")
    [hit] = find.find(ws, "完毕\n成效")
    assert hit.excerpt == "进展完毕 成效"


def test_characters_that_break_search_engines(ws: Workspace) -> None:
    for text in ('"', "*", "a AND b", "NEAR(", "\ud83d", "😀", "''"):
        assert find.find(ws, text) == []
    mine = record(ws, "市数据局", 1, FeedbackParts('说“好”😀 "yes" a AND b').progress)
    for text in ("😀", '"yes"', "a AND b", "“好”😀"):
        assert [hit.ref for hit in find.find(ws, text)] == [mine.id]
    assert entry(ws, "市数据局", 1).parts.progress == '说“好”😀 "yes" a AND b'


def test_a_finder_reads_over_a_connection_of_its_own(ws: Workspace) -> None:
    mine = record(ws, "市数据局", 1, "归集三类信息")
    finder = find.Finder(ws)
    finder.give_up()  # nothing is asked yet
    finder.close()
    with ws.change("试", "试", {}):  # the window is in the middle of a save
        assert [hit.ref for hit in finder.find("三类", limit=5)] == [mine.id]
    finder.close()
    assert [hit.ref for hit in finder.find("三类", limit=5)] == [mine.id]
    finder.close()


def test_a_question_is_given_up(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "归集三类信息")
    finder = find.Finder(ws)
    assert finder.find("三类", limit=5)
    assert finder._own is not None
    connection = finder._own.ledger.connection
    connection.set_progress_handler(lambda: finder.give_up(), 1)
    with pytest.raises(GivenUp):
        finder.find("三类", limit=5)
    connection.set_progress_handler(None, 1)
    assert finder.find("三类", limit=5)
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("CREATE TEMP TABLE search_documents (other)")  # our own mistakes pass
    with pytest.raises(OperationalError):
        finder.find("三类", limit=5)
    finder.close()
