"""Flags are found measure by measure, in pieces, and given up when that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.flags import FlagKind
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import flagging, overview, reviewing
from tests.ledgers import entry, exempt, expected, record, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

LONG = "召开部门协调会3次，组织12家单位录入信用信息，完成历史数据补录，建立按月通报制度。"
NEARLY = LONG.replace("12家", "13家")
OTHER = "开展企业信用承诺活动，签订承诺书560份，公示红黑名单18家，培训业务骨干95人次。"


@pytest.fixture
def answered(ws: Workspace) -> Workspace:
    """东区 repeats 市商务局 in measure 1 and says nothing in 3; 西区 nearly repeats it too."""
    record(ws, "市商务局", 1, LONG)
    record(ws, "市商务局", 2, OTHER)
    record(ws, "东区", 1, LONG)
    record(ws, "西区", 1, NEARLY)
    record(ws, "西区", 3, OTHER)
    return ws


def _ids(ws: Workspace, *units: str) -> list[str]:
    return [expected(ws, unit).id for unit in units]


def test_a_measure_is_read_once_for_all_returns(
    answered: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    of_measure = flagging.answers.of_measure

    def spied(ledger: object, round_id: str, measure_id: str) -> object:
        read.append(measure_id)
        return of_measure(ledger, round_id, measure_id)  # type: ignore[arg-type]

    monkeypatch.setattr(flagging.answers, "of_measure", spied)
    known = flagging.grounds(answered, round_number(answered))
    parts = list(flagging.by_measure(answered, known, _ids(answered, "东区", "西区", "市商务局")))
    measures = {number: entry(answered, "市数据局", number).measure_id for number in (1, 3)}
    assert read == [measures[1], measures[3], entry(answered, "市商务局", 2).measure_id]
    assert set(parts[0]) == {entry(answered, unit, 1).id for unit in ("东区", "西区", "市商务局")}
    [flag] = parts[0][entry(answered, "东区", 1).id]
    assert (flag.kind, flag.against_name) == (FlagKind.REPEATS_OTHER, "市商务局")


def test_a_measure_nobody_answered_is_not_read(
    answered: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flagging.answers, "of_measure", lambda *_: pytest.fail("nothing to read"))
    known = flagging.grounds(answered, round_number(answered))
    done = {entry(answered, "东区", 1).id}
    [part] = flagging.by_measure(answered, known, _ids(answered, "东区"), done=done)
    [flag] = part[entry(answered, "东区", 3).id]
    assert flag.kind is FlagKind.BLANK


def test_looking_is_given_up_in_the_middle_of_a_measure(answered: Workspace) -> None:
    known, asked = flagging.grounds(answered, round_number(answered)), []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 3  # measure 1 has three answers

    ids = _ids(answered, "西区")
    [part] = flagging.by_measure(answered, known, ids, stopped=stopped)
    assert set(part) == {entry(answered, "西区", 1).id}
    assert flagging.whole(answered, ids, part) == {}
    asked.clear()
    assert flagging.of_returns(answered, known, ids, stopped=stopped) == {}


def test_other_units_come_the_most_alike_first(answered: Workspace) -> None:
    round_, own = round_number(answered), entry(answered, "东区", 1)
    assert flagging.other_answers(answered, round_, own) == 2
    found = flagging.others(answered, round_, own, 10)
    assert [(item.unit_name, round(item.alike, 2)) for item in found] == [
        ("市商务局", 1.0),
        ("西区", found[1].alike.__round__(2)),
    ]
    assert 0.8 < found[1].alike < 1
    assert flagging.others(answered, round_, own, 1) == found[:1]
    assert flagging.others(answered, round_, own, 10, stopped=lambda: True) == ()
    blank = entry(answered, "东区", 3)
    assert flagging.other_answers(answered, round_, blank) == 1


def test_answers_that_repeat_the_last_round_are_counted_by_unit(ws: Workspace) -> None:
    for unit, second in (("市信用中心", LONG), ("东区", OTHER), ("西区", LONG)):
        record(ws, unit, 3, LONG)
        record(ws, unit, 3, second, number=2)
    exempt(ws, "西区", number=2)
    assert flagging.repeating(ws, round_number(ws, 1)) == {}
    found = flagging.repeating(ws, round_number(ws, 2))
    assert {key: times for key, times in found.items() if times} == {
        entry(ws, "市信用中心", 3).unit_id: 1
    }


def test_the_queue_tells_how_far_it_is_and_stops(
    answered: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_, told = round_number(answered), []
    monkeypatch.setattr(reviewing, "CHUNK", 2)
    rows = reviewing.queue(answered, round_, told=lambda *far: told.append(far))
    assert told == [(0, 3), (2, 3)]
    assert [row.expected for row in rows] == list(
        reviewing.listed(answered, round_, Status.TO_REVIEW).read(0, 3)
    )
    assert reviewing.queue(answered, round_, stopped=lambda: True) == ()


def test_accepting_many_stops_between_two(answered: Workspace) -> None:
    told: list[tuple[int, int]] = []
    ids = _ids(answered, "市商务局", "东区", "西区")
    done = reviewing.accept(
        answered, ids, told=lambda *far: told.append(far), stopped=lambda: len(told) == 2
    )
    assert (done, told) == (2, [(0, 3), (1, 3)])
    states = [item.state for item in overview.expected_returns(answered, round_number(answered))]
    assert states.count(ReturnState.ACCEPTED) == 2
    assert expected(answered, "西区").state is ReturnState.TO_REVIEW
    lines = answered.ledger.query("SELECT subject FROM audit WHERE action = '审核'")
    assert [row["subject"] for row in lines] == ["市商务局", "东区"]
    assert reviewing.accept(answered, ids[2:]) == 1
