"""Logging returns, reviewing them, evidence, and taking the last save back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import Channel, Completion, FeedbackParts, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import find, office, overview, returns
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.store import audit, files, whole_files
from tests.ledgers import (
    FIRST_DUE,
    TODAY,
    clock_at,
    dump,
    entry,
    exempt,
    expected,
    folder_state,
    record,
    round_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

LATER = date(2024, 9, 5)


def send_back(ws: Workspace, unit: str = "市数据局") -> None:
    returns.review(
        ws,
        expected_return_id=expected(ws, unit).id,
        decision=ReturnState.SENT_BACK,
        reason="没有数字",
        resubmit_by=LATER,
    )


def accept(ws: Workspace, unit: str = "市数据局") -> None:
    returns.review(ws, expected_return_id=expected(ws, unit).id, decision=ReturnState.ACCEPTED)


def test_first_entry_makes_the_return(ws: Workspace) -> None:
    mine = entry(ws, "市数据局", 1)
    changed = returns.record(
        ws,
        entry_id=mine.id,
        parts=FeedbackParts("已印发\r\n方案", completion=Completion.DONE),
        receipt=Receipt(TODAY, Channel.PAPER, on_behalf=True),
    )
    assert changed == Changes(returns=True)
    place = expected(ws, "市数据局")
    assert (place.state, place.version, place.covered) == (ReturnState.TO_REVIEW, 1, 1)
    assert place.first_received_on == TODAY
    detail = overview.entry_detail(ws, mine.id)
    assert detail.entry.parts == FeedbackParts("已印发\n方案", completion=Completion.DONE)
    assert (detail.current.received_on, detail.current.channel, detail.current.on_behalf) == (
        TODAY,
        Channel.PAPER,
        True,
    )
    assert detail.current.recorded_at == "2024-08-20T09:30:00+08:00"
    assert detail.expected == place
    assert overview.figures(ws, round_number(ws)).received == 1


def test_second_entry_joins_the_same_version(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    record(ws, "市数据局", 3)
    assert (expected(ws, "市数据局").version, expected(ws, "市数据局").covered) == (1, 2)


def test_text_is_cleaned_before_it_is_kept(ws: Workspace) -> None:
    broken = "已\x00建成\u200b 三\ud83d 个"
    assert record(ws, "市数据局", 1, broken).parts.progress == "已建成 三 个"
    assert check(ws) == []


def test_blank_first_entry_is_refused_and_a_later_one_uncovers(ws: Workspace) -> None:
    before = dump(ws, ("audit",))
    with pytest.raises(UserError, match="四个部分都是空的，没有保存：请至少填写“进展情况”。"):
        record(ws, "市数据局", 1, " \u3000\n")
    assert dump(ws, ("audit",)) == before
    record(ws, "市数据局", 1)
    emptied = record(ws, "市数据局", 1, "")
    assert (emptied.covered, emptied.lamp_state) == (False, ReturnState.MISSING)
    assert overview.figures(ws, round_number(ws)).entries_covered == 0


def test_exempt_unit_and_a_date_in_the_future_are_refused(ws: Workspace) -> None:
    exempt(ws, "东区")
    with pytest.raises(UserError, match="东区 本轮免报，没有保存：如确需登记，请先取消免报。"):
        record(ws, "东区", 1)
    with pytest.raises(UserError, match="收到日期 2024-08-21 在今天（2024-08-20）之后"):
        record(ws, "市数据局", 1, on=TODAY + timedelta(days=1))
    assert ws.undo_stack == []


def test_correcting_the_receipt_of_the_first_version_moves_the_first_receipt(ws: Workspace) -> None:
    ws.clock = clock_at(LATER)
    record(ws, "市数据局", 1, on=LATER)
    assert overview.figures(ws, round_number(ws)).late == 1
    record(ws, "市数据局", 1, on=FIRST_DUE)
    assert overview.figures(ws, round_number(ws)).on_time == 1
    assert expected(ws, "市数据局").version == 1


def test_resubmission_makes_the_next_version_and_stays_on_time(ws: Workspace) -> None:
    first = record(ws, "市数据局", 1, "初稿")
    record(ws, "市数据局", 3, "另一条")
    send_back(ws)
    ws.clock = clock_at(LATER)
    second = record(ws, "市数据局", 1, "补报稿", on=LATER)
    place = expected(ws, "市数据局")
    assert (place.version, place.state, place.resubmit_by) == (2, ReturnState.TO_REVIEW, None)
    assert (place.first_received_on, place.covered) == (TODAY, 2)
    assert (second.received_on, second.first_received_on) == (LATER, TODAY)
    assert second.feedback_id != first.feedback_id
    assert (
        ws.ledger.value("SELECT progress FROM feedback WHERE id = ?", first.feedback_id) == "初稿"
    )
    assert entry(ws, "市数据局", 3).parts.progress == "另一条"
    figures = overview.figures(ws, round_number(ws))
    assert (figures.on_time, figures.late) == (1, 0)
    record(ws, "市数据局", 1, "补报稿", on=FIRST_DUE)
    assert expected(ws, "市数据局").first_received_on == TODAY


def test_sent_back_is_lit_by_its_new_date(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    send_back(ws)
    limits = office.thresholds(ws)

    def lamps(day: date) -> tuple[Lamp, Lamp]:
        ws.clock = clock_at(day)
        return (
            overview.lamp_of_return(ws, expected(ws, "市数据局"), FIRST_DUE, limits),
            overview.lamp_of_entry(ws, entry(ws, "市数据局", 1), FIRST_DUE, limits),
        )

    assert lamps(LATER) == (Lamp.SENT_BACK, Lamp.SENT_BACK)
    assert lamps(LATER + timedelta(days=1)) == (Lamp.OVERDUE, Lamp.OVERDUE)
    assert overview.lamp_of_entry(ws, entry(ws, "市数据局", 3), FIRST_DUE, limits) is Lamp.OVERDUE


def _whole(ws: Workspace, unit: str = "东区", **texts: str) -> Changes:
    return returns.record_return(
        ws,
        expected_return_id=expected(ws, unit).id,
        feedback={
            entry(ws, unit, number).id: FeedbackParts(texts.get(f"m{number}", ""))
            for number in (1, 3)
        },
        receipt=Receipt(TODAY, Channel.USB),
    )


def test_whole_return_is_one_version_and_one_line(ws: Workspace) -> None:
    lines = len(audit.lines(ws.ledger))
    assert _whole(ws, m1="第一条", m3="第三条") == Changes(returns=True)
    place = expected(ws, "东区")
    assert (place.version, place.covered, place.state) == (1, 2, ReturnState.TO_REVIEW)
    assert len(audit.lines(ws.ledger)) == lines + 1
    _whole(ws, m1="第一条改")
    place = expected(ws, "东区")
    assert (place.version, place.covered) == (2, 1)
    assert entry(ws, "东区", 1).parts.progress == "第一条改"


def test_whole_return_refusals(ws: Workspace) -> None:
    with pytest.raises(UserError, match="东区 的报送件是空的，没有保存"):
        _whole(ws)
    exempt(ws, "东区")
    with pytest.raises(UserError, match="本轮免报"):
        _whole(ws, m1="甲")
    before = dump(ws, ("audit",))
    with pytest.raises(AssertionError, match="another return"):
        returns.record_return(
            ws,
            expected_return_id=expected(ws, "西区").id,
            feedback={entry(ws, "市数据局", 1).id: FeedbackParts("甲")},
            receipt=Receipt(TODAY),
        )
    assert dump(ws, ("audit",)) == before


# --- taking back ------------------------------------------------------------------------------


def _first(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "甲")


def _another_entry(ws: Workspace) -> None:
    record(ws, "市数据局", 3, "乙")


def _new_text(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "甲之二", results="成效", problems="问题", next_steps="打算")


def _blank(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "")


def _new_receipt(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "甲", on=TODAY - timedelta(days=9))


SAVES = (_first, _another_entry, _new_text, _blank, _new_receipt)


def _hits(ws: Workspace) -> list[list[find.Hit]]:
    return [find.find(ws, text) for text in ("甲", "乙", "成效", "原", "信用")]


def _taken_back(ws: Workspace, save: Callable[[Workspace], None]) -> None:
    """A save and its undo an hour later leave every row as it was."""
    rows, hits, seen = dump(ws), _hits(ws), overview.figures(ws, round_number(ws))
    save(ws)
    assert dump(ws) != rows
    ws.clock = clock_at(TODAY, 10)
    assert returns.undo(ws) == Changes(returns=True)
    assert dump(ws) == rows
    assert _hits(ws) == hits
    assert overview.figures(ws, round_number(ws)) == seen
    assert check(ws) == []
    ws.clock = clock_at(TODAY)


@pytest.mark.parametrize("save", [_first, _another_entry])
def test_undo_of_a_first_save(ws: Workspace, save: Callable[[Workspace], None]) -> None:
    _taken_back(ws, save)
    _taken_back(ws, save)


@pytest.mark.parametrize("save", SAVES[1:])
@pytest.mark.parametrize("state", [None, "accepted", "sent_back", "on_hold"])
def test_undo_restores_exactly(
    ws: Workspace, save: Callable[[Workspace], None], state: str | None
) -> None:
    record(ws, "市数据局", 1, "甲", results="原有成效")
    if state == "sent_back":
        send_back(ws)
    elif state:
        returns.review(
            ws, expected_return_id=expected(ws, "市数据局").id, decision=ReturnState(state)
        )
    ws.clock = clock_at(TODAY, 11)
    _taken_back(ws, save)
    assert json.loads(audit.lines(ws.ledger)[-1].detail)["entry"]


def test_undo_goes_back_step_by_step(ws: Workspace) -> None:
    stages = [dump(ws)]
    for save in SAVES:
        save(ws)
        stages.append(dump(ws))
    for stage in reversed(stages[:-1]):
        returns.undo(ws)
        assert dump(ws) == stage
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        returns.undo(ws)


def test_undo_inside_a_resubmission(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "甲")
    record(ws, "市数据局", 3, "乙")
    send_back(ws)
    record(ws, "市数据局", 1, "补报甲")
    _taken_back(ws, _another_entry_again)
    _taken_back(ws, _new_text)


def _another_entry_again(ws: Workspace) -> None:
    record(ws, "市数据局", 3, "补报乙", on=TODAY - timedelta(days=1))


def _review_there_and_back(ws: Workspace) -> None:
    for decision in (ReturnState.ON_HOLD, ReturnState.TO_REVIEW):
        returns.review(ws, expected_return_id=expected(ws, "市数据局").id, decision=decision)


def _whole_return(ws: Workspace) -> None:
    returns.record_return(
        ws,
        expected_return_id=expected(ws, "市数据局").id,
        feedback={entry(ws, "市数据局", 1).id: FeedbackParts("甲")},
        receipt=Receipt(TODAY),
    )


def _another_save_elsewhere(ws: Workspace) -> None:
    record(ws, "市数据局", 3)
    ws.undo_stack.pop()


def _same_entry_elsewhere(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "改了")
    ws.undo_stack.pop()


@pytest.mark.parametrize(
    "after",
    [
        accept,
        send_back,
        _review_there_and_back,
        _whole_return,
        _another_save_elsewhere,
        _same_entry_elsewhere,
    ],
)
def test_undo_refuses_when_something_followed(
    ws: Workspace, after: Callable[[Workspace], None]
) -> None:
    record(ws, "市数据局", 1, "甲")
    after(ws)
    rows = dump(ws, ("audit", "returns", "feedback"))
    with pytest.raises(UserError, match="市数据局·完善信用制度的登记之后又有改动，没有撤销"):
        returns.undo(ws)
    assert dump(ws, ("audit", "returns", "feedback")) == rows
    assert len(ws.undo_stack) == 1


def test_undo_of_an_edit_after_a_decision_keeps_the_decision(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "甲")
    accept(ws)
    record(ws, "市数据局", 1, "甲改")
    returns.undo(ws)
    assert expected(ws, "市数据局").state is ReturnState.ACCEPTED
    assert entry(ws, "市数据局", 1).parts.progress == "甲"


# --- reviewing --------------------------------------------------------------------------------


def test_review_keeps_who_and_when_and_never_who_reported(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    send_back(ws)
    accept(ws)
    place = expected(ws, "市数据局")
    assert (place.state, place.resubmit_by, place.covered) == (ReturnState.ACCEPTED, None, 1)
    rows = ws.ledger.query("SELECT * FROM reviews ORDER BY rowid")
    assert [(row["decision"], row["reason"], row["due_on"]) for row in rows] == [
        ("sent_back", "没有数字", "2024-09-05"),
        ("accepted", "", None),
    ]
    assert {row["reviewer"] for row in rows} == {ws.actor}
    assert {row["reviewed_at"] for row in rows} == {"2024-08-20T09:30:00+08:00"}
    assert overview.figures(ws, round_number(ws)).received == 1


def test_review_refusals(ws: Workspace) -> None:
    with pytest.raises(UserError, match="市数据局 还没有报送，不能审核"):
        accept(ws)
    record(ws, "市数据局", 1)
    place = expected(ws, "市数据局")
    for reason, again in (("", LATER), (" ", LATER), ("没有数字", None)):
        with pytest.raises(UserError, match="没有退回：请写明退回原因和补报日期"):
            returns.review(
                ws,
                expected_return_id=place.id,
                decision=ReturnState.SENT_BACK,
                reason=reason,
                resubmit_by=again,
            )
    with pytest.raises(AssertionError):
        returns.review(ws, expected_return_id=place.id, decision=ReturnState.MISSING)
    assert expected(ws, "市数据局") == place


# --- evidence ---------------------------------------------------------------------------------


def test_evidence_is_kept_unmodified_under_its_sha256(ws: Workspace, tmp_path: Path) -> None:
    mine = entry(ws, "市数据局", 1)
    (tmp_path / "方案 #1.pdf").write_bytes(b"%PDF evidence")
    (tmp_path / "空.txt").write_bytes(b"")
    paths = [tmp_path / "方案 #1.pdf", tmp_path / "空.txt", tmp_path / "方案 #1.pdf"]
    assert returns.attach(ws, entry_id=mine.id, paths=paths) == Changes(returns=True)
    kept = overview.entry_detail(ws, mine.id).attachments
    assert [(item.name, item.size) for item in kept] == [
        ("方案 #1.pdf", 13),
        ("空.txt", 0),
        ("方案 #1.pdf", 13),
    ]
    assert returns.attachment_path(ws, kept[0].sha256).read_bytes() == b"%PDF evidence"
    assert check(ws) == []
    returns.detach(ws, entry_id=mine.id, attachment_id=kept[0].id, name=kept[0].name)
    left = overview.entry_detail(ws, mine.id).attachments
    assert left == kept[1:]
    assert returns.attachment_path(ws, kept[0].sha256).exists()
    with ws.ledger.transaction():
        files.restore(ws.ledger, kept[0].id)
    assert overview.entry_detail(ws, mine.id).attachments == kept


def test_evidence_all_or_none(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = entry(ws, "市数据局", 1)
    good = tmp_path / "好.txt"
    good.write_bytes(b"good")
    before = folder_state(ws.folder.root / "files")
    for bad in (tmp_path / "没有.txt", tmp_path):
        with pytest.raises(UserError, match=f"{bad.name} 读不出来，没有添加：请确认文件还在"):
            returns.attach(ws, entry_id=mine.id, paths=[good, bad])
    monkeypatch.setattr(returns, "MAX_ATTACHMENT_BYTES", 3)
    with pytest.raises(UserError, match=r"好\.txt 超过 100 MB，没有添加"):
        returns.attach(ws, entry_id=mine.id, paths=[good])
    assert overview.entry_detail(ws, mine.id).attachments == ()
    assert folder_state(ws.folder.root / "files") == before


def test_evidence_that_cannot_be_stored_changes_nothing(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "证据.txt").write_bytes(b"evidence")
    before = dump(ws, ("audit", "files")), folder_state(ws.folder.files)

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_files.os, "fsync", fail)
    with pytest.raises(
        UserError, match=r"文件没有存入 .*：磁盘空间不足。台账和原有文件没有改动。请腾出空间"
    ):
        returns.attach(ws, entry_id=entry(ws, "市数据局", 1).id, paths=[tmp_path / "证据.txt"])
    kept = {name: sha for name, sha in folder_state(ws.folder.files).items() if sha}
    assert kept == {name: sha for name, sha in before[1].items() if sha}
    assert dump(ws, ("audit", "files")) == before[0]


def test_lead_is_the_first_listed(ws: Workspace) -> None:
    assert returns.is_lead(entry(ws, "市数据局", 1))
    assert not returns.is_lead(entry(ws, "市商务局", 1))
