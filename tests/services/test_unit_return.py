"""The page of one unit: its return with versions, people and calls, and what it said last time."""

from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.services import chasing, unit_return
from hs_credit_desktop.services.workspace import Workspace
from tests.ledgers import SECOND_DUE, clock_at, entry, exempt, expected, record, round_number


def test_a_unit_that_has_said_nothing(ws: Workspace) -> None:
    found = unit_return.unit_return(ws, round_number(ws), expected(ws, "市数据局").id)
    assert found.unit.aliases == ("市政务数据局",)
    assert [item.measure_number for item in found.entries] == [1, 3]
    assert (found.blank, found.evidence, found.versions) == (2, 0, ())
    assert found.last.of(found.entries[0].measure_id) is None


def test_versions_calls_and_people(ws: Workspace) -> None:
    place = expected(ws, "市数据局")
    chasing.log_call(ws, expected_return_id=place.id, answered_by="乙某")
    record(ws, "市数据局", 1)
    found = unit_return.unit_return(ws, round_number(ws), place.id)
    assert [item.version for item in found.versions] == [1]
    assert [item.answered_by for item in found.chases] == ["乙某"]
    assert (found.blank, found.contacts) == (1, ())


def test_the_last_round_stands_beside_this_one(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "上一轮的话")
    ws.clock = clock_at(SECOND_DUE)
    place = expected(ws, "市数据局", 2)
    found = unit_return.unit_return(ws, round_number(ws, 2), place.id)
    assert found.last.round_name == "第一轮"
    assert found.last.of(entry(ws, "市数据局", 1).measure_id) == FeedbackParts("上一轮的话")
    assert found.last.of(entry(ws, "市数据局", 3).measure_id) is None
    other = expected(ws, "市商务局", 2)
    assert not unit_return.last_answers(ws, round_number(ws, 2), other.unit_id).by_measure
    exempt(ws, "市数据局")
    assert not unit_return.last_answers(ws, round_number(ws, 2), place.unit_id).by_measure
    assert not unit_return.last_answers(ws, round_number(ws, 2), "nobody").by_measure


def test_what_is_new(ws: Workspace) -> None:
    last = FeedbackParts("建立信用档案 12 份，开展培训 3 期，覆盖企业 120 家。")
    assert unit_return.novelty(ws, last, FeedbackParts(" ")) is None
    same = unit_return.novelty(ws, last, last)
    assert same is not None
    assert same.words == "无新进展：与上轮相似度 1.00，实际新增 0 字"
    fresh = unit_return.novelty(ws, last, FeedbackParts("核查投诉线索九条。"))
    assert fresh is not None
    assert not fresh.repeats
    assert fresh.words == "有新进展，实际新增 8 字"
