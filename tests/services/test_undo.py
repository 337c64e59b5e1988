"""Undo and redo: several levels, over all services, and never over what somebody did since."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import deadlines, returns, undo
from hs_credit_desktop.services.workspace import Changes, Workspace
from tests.ledgers import FIRST_DUE, dump, entry, expected, record

UNTIL = FIRST_DUE + timedelta(days=5)


def _texts(ws: Workspace) -> list[str]:
    return [entry(ws, "市数据局", number).parts.progress for number in (1, 3)]


def test_several_levels_there_and_back(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "甲")
    record(ws, "市数据局", 3, "乙")
    record(ws, "市数据局", 1, "甲改")
    for left in (["甲", "乙"], ["甲", ""], ["", ""]):
        undo.undo(ws)
        assert _texts(ws) == left
    for brought in (["甲", ""], ["甲", "乙"], ["甲改", "乙"]):
        assert undo.redo(ws) == Changes(returns=True)
        assert _texts(ws) == brought
    for left in (["甲", "乙"], ["甲", ""], ["", ""]):
        undo.undo(ws)
        assert _texts(ws) == left
    assert expected(ws, "市数据局").state is ReturnState.MISSING


def test_it_says_what_comes_next(ws: Workspace) -> None:
    assert (undo.next_undo(ws), undo.next_redo(ws)) == ("", "")
    record(ws, "市数据局", 1, "甲")
    assert undo.next_undo(ws) == "市数据局·完善信用制度的登记"
    undo.undo(ws)
    assert (undo.next_undo(ws), undo.next_redo(ws)) == ("", "市数据局·完善信用制度的登记")
    undo.redo(ws)
    record(ws, "市数据局", 3, "乙")
    undo.undo(ws)
    record(ws, "市商务局", 1, "丙")
    assert undo.next_redo(ws) == ""
    undo.forget(ws)
    assert (ws.undo_stack, ws.redo_stack) == ([], [])


def test_nothing_to_take_back_or_to_do_again(ws: Workspace) -> None:
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        undo.undo(ws)
    with pytest.raises(UserError, match="没有可以重做的操作"):
        undo.redo(ws)


def test_redo_refuses_what_was_written_since(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "甲")
    undo.undo(ws)
    kept = list(ws.redo_stack)
    record(ws, "市数据局", 1, "别人写的")
    ws.redo_stack[:] = kept
    with pytest.raises(UserError, match="市数据局·完善信用制度的登记撤销之后又有改动，没有重做"):
        undo.redo(ws)
    assert _texts(ws)[0] == "别人写的"
    assert ws.redo_stack == kept


def test_a_step_that_fails_stays_where_it_was(ws: Workspace) -> None:
    def fail(_ws: Workspace) -> Changes:
        record(_ws, "市商务局", 1, "半截")
        raise UserError("磁盘满了", "请清理磁盘。")

    undo.push(ws, "一步", fail, fail)
    with pytest.raises(UserError, match="磁盘满了"):
        undo.undo(ws)
    assert undo.next_undo(ws) == "一步"
    assert len(ws.undo_stack) == 1


def test_a_step_that_pushes_nothing_is_kept_for_the_next_time(ws: Workspace) -> None:
    said: list[str] = []

    def say(_ws: Workspace, word: str) -> Changes:
        said.append(word)
        return Changes()

    undo.push(ws, "一步", partial(say, word="撤"), partial(say, word="做"))
    for _ in range(2):
        undo.undo(ws)
        undo.redo(ws)
    assert said == ["撤", "做", "撤", "做"]


def _extended(ws: Workspace, until: date, reason: str) -> None:
    place = expected(ws, "东区").id
    deadlines.extend(ws, expected_return_id=place, until=until, reason=reason)


def test_deadlines_and_leave_go_back_to_what_stood_before(ws: Workspace) -> None:
    place = expected(ws, "东区").id
    stages = [dump(ws)]
    _extended(ws, UNTIL, "出差")
    stages.append(dump(ws))
    _extended(ws, UNTIL + timedelta(days=1), "又出差")
    stages.append(dump(ws))
    deadlines.unextend(ws, expected_return_id=place)
    stages.append(dump(ws))
    deadlines.exempt(ws, expected_return_id=place, reason="撤并")
    stages.append(dump(ws))
    deadlines.unexempt(ws, expected_return_id=place)
    assert undo.next_undo(ws) == "取消东区的免报"
    for stage in reversed(stages):
        undo.undo(ws)
        assert dump(ws) == stage
    for stage in stages[1:]:
        undo.redo(ws)
        assert dump(ws) == stage
    undo.redo(ws)
    assert not expected(ws, "东区").exempt


def test_an_extension_is_not_taken_back_after_the_unit_reported(ws: Workspace) -> None:
    _extended(ws, UNTIL, "出差")
    kept = list(ws.undo_stack)
    record(ws, "东区", 1, "甲")
    ws.undo_stack[:] = kept
    with pytest.raises(UserError, match="东区的延期之后又有改动，没有撤销"):
        undo.undo(ws)


def test_evidence_comes_and_goes(ws: Workspace, tmp_path: Path) -> None:
    from hs_credit_desktop.store import files

    proof = tmp_path / "名单.xlsx"
    proof.write_bytes(b"x")
    place = entry(ws, "市数据局", 1)

    def names() -> list[str]:
        return [item.name for item in files.attachments_of(ws.ledger, place.id)]

    returns.attach(ws, entry_id=place.id, paths=[proof])
    [kept] = files.attachments_of(ws.ledger, place.id)
    returns.detach(ws, entry_id=place.id, attachment_id=kept.id, name=kept.name)
    seen = []
    for act in (undo.undo, undo.undo, undo.redo, undo.redo):
        act(ws)
        seen.append(names())
    assert seen == [["名单.xlsx"], [], ["名单.xlsx"], []]
    assert undo.next_undo(ws) == "市数据局·完善信用制度移除的佐证材料 名单.xlsx"
