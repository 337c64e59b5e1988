"""The inbox: what is staged, what would change, and where every file and row ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.form import FormIdentity
from hs_credit_desktop.domain.reading import FindingKind
from hs_credit_desktop.domain.recognition import How
from hs_credit_desktop.domain.returns import Channel, FeedbackParts, ReturnState
from hs_credit_desktop.domain.revision import Mode
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.form_docx import write_form_docx
from hs_credit_desktop.files.form_xlsx import write_form
from hs_credit_desktop.files.incoming import Incoming
from hs_credit_desktop.files.plain_docx import write_paragraphs
from hs_credit_desktop.services import (
    forms,
    inbox,
    overview,
    receiving,
    return_notices,
    returns,
    reviewing,
)
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.receiving import Inbound
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import staging
from hs_credit_desktop.store.staging import ItemQuery, Outcome, Proposal
from tests.files.paper import paper
from tests.ledgers import TODAY, clock_at, entry, exempt, expected, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.domain.form import ReturnForm
    from hs_credit_desktop.services.look import Look
    from hs_credit_desktop.services.workspace import Workspace

DONE = FeedbackParts("已印发方案。", "效果好", "", "继续")


def filled(
    ws: Workspace, unit: str, answers: dict[int, FeedbackParts], number: int = 1
) -> ReturnForm:
    """A unit's form with answers."""
    return forms.form_of(ws, round_number(ws, number), expected(ws, unit, number), answers)


def drop(ws: Workspace, folder: Path, **contents: bytes) -> dict[str, Look]:
    """Write files and drop them on round 1; name → look."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, data in contents.items():
        (folder / name).write_bytes(data)
        paths.append(folder / name)
    batch = receiving.stage(ws, receiving.read_files(paths), round_number(ws))
    return {look.item.name: look for look in inbox.tray(ws, round_number(ws), batch.id)}


def kinds(look: Look) -> set[FindingKind]:
    return {item.kind for item in look.findings}


def test_a_form_is_staged_and_then_taken_in(ws: Workspace, tmp_path: Path) -> None:
    form = replace(filled(ws, "市数据局", {1: DONE, 3: DONE}), filled_by="乙某", phone="123")
    look = drop(ws, tmp_path / "来", 表=write_form(form))["表"]
    assert (look.certain, look.proposal, look.word, look.answered) == (
        True,
        Proposal.ACCEPT,
        "可接收",
        2,
    )
    assert expected(ws, "市数据局").state is ReturnState.MISSING
    assert inbox.totals([look.item]) == inbox.Totals(1, 0, 1, 0, 0, 2, 0, 2, 0, 0)
    inbox.accept(ws, look.item.id, channel=Channel.USB)
    place = expected(ws, "市数据局")
    assert (place.state, place.covered, place.version) == (ReturnState.TO_REVIEW, 2, 1)
    assert entry(ws, "市数据局", 1).parts == DONE
    [version] = reviewing.history(ws, place.id).versions
    assert (version.filled_by, version.phone, version.channel) == ("乙某", "123", "usb")
    assert version.original_sha256
    done = inbox.preview(ws, look.item.id)
    assert (done.item.outcome, done.item.return_id, done.word) == (
        Outcome.ACCEPTED,
        version.id,
        "已接收",
    )
    assert inbox.totals([done.item]).rows_accepted == 2
    with pytest.raises(UserError, match="已是"):
        inbox.accept(ws, look.item.id)
    assert check(ws) == []


def test_receipt_and_reply_are_ready_to_copy(ws: Workspace, tmp_path: Path) -> None:
    good = write_form(filled(ws, "市数据局", {1: DONE, 3: DONE}))
    old = write_form(filled(ws, "市数据局", {1: DONE}, number=2))
    looks = drop(ws, tmp_path / "来", 表=good, 旧=old, 杂="座次".encode())
    with pytest.raises(UserError, match="还没有登记"):
        return_notices.receipt_slip(ws, looks["表"].item.id)
    inbox.accept(ws, looks["表"].item.id)
    slip = return_notices.receipt_slip(ws, looks["表"].item.id)
    assert slip.startswith("市数据局：\n贵单位第一轮的反馈（“表”）已于2024年8月20日收到")
    assert "共 2 条，应报 2 条" in slip
    assert "不是第一轮的" in return_notices.refusal_reply(ws, looks["旧"].item.id)
    inbox.file_as_other(ws, [looks["杂"].item.id], "会议材料。")
    assert return_notices.refusal_reply(ws, looks["杂"].item.id).startswith("您好：")


def test_staging_survives_the_program(ws: Workspace, tmp_path: Path) -> None:
    look = drop(ws, tmp_path / "来", 表=write_form(filled(ws, "市数据局", {1: DONE})))["表"]
    root = ws.folder.root
    ws.close()
    again = open_workspace(root, clock_at(TODAY))
    assert staging.item(again.ledger, look.item.id) == look.item
    again.close()


def test_the_same_file_twice_is_other(ws: Workspace, tmp_path: Path) -> None:
    data = write_form(filled(ws, "市数据局", {1: DONE, 3: DONE}))
    looks = drop(ws, tmp_path / "来", 一=data, 二=data)
    assert [look.item.outcome for look in looks.values()] == [Outcome.STAGED, Outcome.OTHER]
    assert "“一”" in looks["二"].item.reason
    inbox.accept(ws, looks["一"].item.id)
    third = drop(ws, tmp_path / "来", 三=data)["三"]
    assert third.item.outcome is Outcome.OTHER


def test_resubmission_shows_the_difference_and_combines(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1, "旧。", results="旧成效")
    new = FeedbackParts("新。", "", "缺人", "")
    look = drop(ws, tmp_path / "来", 表=write_form(filled(ws, "市数据局", {1: new})))["表"]
    assert FindingKind.UNREQUESTED in kinds(look)
    assert (look.certain, look.word) == (False, "重报")
    [first, blank] = look.plans
    assert first.changed() == ("progress", "results", "problems")
    assert first.changed(Mode.SUPPLEMENT) == ("problems",)
    assert blank.changed() == ()
    inbox.accept(ws, look.item.id, mode=Mode.MERGE)
    now = entry(ws, "市数据局", 1)
    assert now.parts == FeedbackParts("旧。\n新。", "旧成效", "缺人", "")
    assert expected(ws, "市数据局").version == 2
    before = reviewing.before_resubmission(ws, expected(ws, "市数据局").id)
    assert before[now.id].progress == "旧。"


def test_a_requested_resubmission_is_certain(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1, "旧。")
    place = expected(ws, "市数据局")
    returns.review(
        ws,
        expected_return_id=place.id,
        decision=ReturnState.SENT_BACK,
        reason="请补充",
        resubmit_by=TODAY,
    )
    look = drop(ws, tmp_path / "来", 表=write_form(filled(ws, "市数据局", {1: DONE, 3: DONE})))[
        "表"
    ]
    assert (look.certain, look.word) == (True, "重报")
    assert look.remarks[0].kind is FindingKind.RESUBMISSION


def test_two_files_of_one_unit_only_one_is_certain(ws: Workspace, tmp_path: Path) -> None:
    one = write_form(filled(ws, "市数据局", {1: DONE, 3: DONE}))
    two = write_form(filled(ws, "市数据局", {1: FeedbackParts("第二份"), 3: DONE}))
    drop(ws, tmp_path / "来", 一=one, 二=two)
    [taken] = inbox.accept_certain(ws, round_number(ws))
    assert taken.name == "一"
    assert inbox.accept_certain(ws, round_number(ws)) == ()
    [waiting] = staging.items(ws.ledger, ItemQuery(outcome=Outcome.STAGED))
    assert FindingKind.UNREQUESTED in kinds(inbox.preview(ws, waiting.id))


def test_forms_of_another_round_are_to_be_refused(ws: Workspace, tmp_path: Path) -> None:
    data = write_form(filled(ws, "市数据局", {1: DONE, 3: DONE}, number=2))
    look = drop(ws, tmp_path / "来", 表=data)["表"]
    assert (look.word, look.proposal) == ("往轮", Proposal.REFUSE)
    assert "第 2 轮" in look.proposed_reason
    with pytest.raises(UserError, match="不能登记"):
        inbox.accept(ws, look.item.id)
    inbox.settle_certain(ws, round_number(ws), look.item.batch_id)
    kept = inbox.preview(ws, look.item.id)
    assert (kept.item.outcome, kept.proposed_reason) == (Outcome.REFUSED, kept.problems[0].text)
    inbox.put_back(ws, [look.item.id])
    inbox.name_unit(ws, look.item.id, expected(ws, "市数据局").id)
    named = inbox.preview(ws, look.item.id)
    assert (named.item.how, named.problems) == (How.TYPED, ())
    inbox.accept(ws, look.item.id)
    assert expected(ws, "市数据局").covered == 2


def test_unknown_files_go_to_other_and_scans_wait(ws: Workspace, tmp_path: Path) -> None:
    looks = drop(
        ws,
        tmp_path / "来",
        座次=write_paragraphs(["会议座次", "第一排"]),
        噪声=b"\x81\x00\x02" * 50,
        坏=b"PK\x03\x04" + b"x" * 9,
        **{"市数据局扫描.pdf": paper([""]), "空表.xlsx": write_form(filled(ws, "东区", {}))},
    )
    assert {name: look.word for name, look in looks.items()} == {
        "座次": "无关",
        "噪声": "无关",
        "坏": "无关",
        "市数据局扫描.pdf": "需录入",
        "空表.xlsx": "待确认",
    }
    assert "归入其他" in looks["座次"].proposed_reason
    assert looks["噪声"].proposed_reason
    with pytest.raises(UserError, match="扫描件"):
        inbox.accept(ws, looks["市数据局扫描.pdf"].item.id)
    with pytest.raises(UserError, match="空的"):
        inbox.accept(ws, looks["空表.xlsx"].item.id)
    with pytest.raises(UserError, match="指定"):
        inbox.accept(ws, looks["座次"].item.id)
    inbox.settle_certain(ws, round_number(ws), looks["座次"].item.batch_id)
    counted = inbox.totals(look.item for look in inbox.tray(ws, round_number(ws)))
    assert (counted.files_in, counted.staged, counted.other) == (5, 2, 3)


def test_refused_at_the_door(ws: Workspace, tmp_path: Path) -> None:
    look = drop(ws, tmp_path / "来", 压=b"Rar!" + b"x" * 9)["压"]
    assert (look.item.outcome, look.word) == (Outcome.REFUSED, "拒收")
    assert "解压" in look.item.reason
    assert look.item.sha256
    missing = receiving.read_files([tmp_path / "没有.xlsx"])
    batch = receiving.stage(ws, missing, round_number(ws))
    assert (batch.items[0].outcome, batch.items[0].sha256) == (Outcome.REFUSED, None)


def test_a_free_report_is_split_and_can_be_moved(ws: Workspace, tmp_path: Path) -> None:
    paragraphs = [
        "汇报",
        "一、完善信用制度",
        "做了甲。",
        "二、推进信用监管",
        "做了乙。",
        "市数据局",
    ]
    look = drop(ws, tmp_path / "来", 文=write_paragraphs(paragraphs))["文"]
    assert (look.item.how, look.word, look.expected and look.expected.unit_name) == (
        How.NAME,
        "需拆分",
        "市数据局",
    )
    assert look.item.assigned == (None, 1, 1, 3, 3, 3)
    inbox.assign_rows(ws, look.item.id, {3: None, 1: None, 5: None})
    inbox.set_received_on(ws, look.item.id, date(2024, 8, 19))
    inbox.accept(ws, look.item.id)
    assert entry(ws, "市数据局", 3).parts.progress == "做了乙。"
    assert expected(ws, "市数据局").first_received_on == date(2024, 8, 19)
    counted = inbox.totals(item.item for item in inbox.tray(ws, round_number(ws)))
    assert (counted.rows_in, counted.rows_accepted, counted.rows_other) == (6, 2, 4)
    with pytest.raises(UserError, match="已是"):
        inbox.assign_rows(ws, look.item.id, {0: 1})
    with pytest.raises(UserError, match="之后"):
        inbox.set_received_on(ws, look.item.id, date(2024, 8, 21))


def test_half_a_form_another_units_rows_and_doubled_rows(ws: Workspace, tmp_path: Path) -> None:
    form = filled(ws, "市数据局", {1: DONE, 3: DONE})
    half = replace(form, rows=form.rows[:1])
    foreign = replace(form.rows[1], number=2, title="归集信用信息")
    wrong = replace(form, rows=(*form.rows, foreign), answers={**form.answers, 2: DONE})
    twice = replace(form, rows=(*form.rows, form.rows[0]))
    looks = drop(
        ws, tmp_path / "来", 半=write_form(half), 错=write_form(wrong), 重=write_form(twice)
    )
    assert FindingKind.PARTIAL in kinds(looks["半"])
    assert FindingKind.FOREIGN_ROW in kinds(looks["错"])
    assert FindingKind.DUPLICATE_ROW not in kinds(looks["重"])
    item = looks["重"].item
    other = replace(item.reading.rows[2], parts=FeedbackParts("另一段"))
    reading = replace(item.reading, rows=(*item.reading.rows[:2], other))
    with ws.change("试", "试", {}):
        staging.save(ws.ledger, replace(item, reading=reading))
    look = inbox.preview(ws, item.id)
    assert FindingKind.DUPLICATE_ROW in kinds(look)
    assert look.plans[0].new.progress == "已印发方案。\n另一段"
    inbox.assign_rows(ws, item.id, {2: None})
    assert FindingKind.FOREIGN_ROW in kinds(inbox.preview(ws, item.id))
    assert [looks[name].certain for name in ("半", "错")] == [False, False]


def test_many_blank_rows_are_shortened(ws: Workspace, tmp_path: Path) -> None:
    from hs_credit_desktop.services.look import _numbers

    assert _numbers([1, 2]) == "（一）（二）"
    assert _numbers(list(range(1, 12))).endswith("等 11 条")
    look = drop(ws, tmp_path / "来", 表=write_form(filled(ws, "市数据局", {1: DONE})))["表"]
    assert look.certain
    assert {item.where for item in look.remarks} == {"1 行空白"}


def test_state_of_the_round_and_unit_stops(ws: Workspace, tmp_path: Path) -> None:
    data = write_form(filled(ws, "市数据局", {1: DONE, 3: DONE}))
    exempt(ws, "市数据局")
    look = drop(ws, tmp_path / "来", 表=data)["表"]
    assert FindingKind.EXEMPT in kinds(look)
    later = replace(
        look.item, received_on=date(2024, 9, 1), received_at="2024-09-01T08:00:00+08:00"
    )
    with ws.change("试", "试", {}):
        staging.save(ws.ledger, later)
        guard = ws.ledger.guard
        assert guard
        guard.keeps_frozen = False
        ws.ledger.execute("UPDATE rounds SET state = 'frozen' WHERE number = 1")
    shown = inbox.preview(ws, look.item.id)
    assert {FindingKind.LATE_DATE, FindingKind.ROUND_FROZEN} <= kinds(shown)
    with pytest.raises(UserError, match="封存"):
        inbox.accept(ws, look.item.id)


def test_a_unit_that_is_not_to_report(ws: Workspace, tmp_path: Path) -> None:
    data = write_form(filled(ws, "市数据局", {1: DONE}, number=2))
    with ws.change("试", "试", {}):
        place = expected(ws, "市数据局").id
        ws.ledger.execute("DELETE FROM expected_entries WHERE expected_return_id = ?", place)
        ws.ledger.execute("DELETE FROM expected_returns WHERE id = ?", place)
    look = drop(ws, tmp_path / "来", 表=data)["表"]
    assert look.expected is None
    assert {FindingKind.NOT_EXPECTED, FindingKind.NO_UNIT} <= kinds(look)
    with pytest.raises(UserError, match="不在"):
        reviewing.unit_return(ws, round_number(ws), _unit_id(ws, "市数据局"))


def _unit_id(ws: Workspace, name: str) -> str:
    return str(ws.ledger.value("SELECT id FROM units WHERE canonical_name = ?", name))


def test_pasted_words_and_mails_without_attachment(ws: Workspace) -> None:
    text = "市信用中心报送：\n推进信用监管做了甲，成效明显。"
    [item] = receiving.stage(ws, receiving.read_pasted(text), round_number(ws)).items
    assert (item.how, item.sha256 is not None) == (How.NAME, True)
    sent = clock_at(date(2024, 8, 19)).now()
    mail = Incoming(
        "信.eml", b"raw", sender="市信用中心", mail_text="推进监管做了甲。", sent_at=sent
    )
    read = receiving.ReadFile(mail, receiving._read(mail))
    [staged] = receiving.stage(ws, Inbound((read,)), round_number(ws)).items
    assert (staged.received_on, staged.how) == (date(2024, 8, 19), How.NAME)
    inbox.accept(ws, staged.id)
    assert expected(ws, "市信用中心").first_received_on == date(2024, 8, 19)


def test_nothing_dropped_is_nothing_staged(ws: Workspace) -> None:
    assert receiving.stage(ws, Inbound(()), round_number(ws)).items == ()


def test_reasons_are_asked_and_decisions_kept(ws: Workspace, tmp_path: Path) -> None:
    look = drop(ws, tmp_path / "来", 表=write_form(filled(ws, "市数据局", {1: DONE, 3: DONE})))[
        "表"
    ]
    with pytest.raises(UserError, match="没有写拒收的原因"):
        inbox.refuse(ws, [look.item.id], " ")
    inbox.accept(ws, look.item.id)
    for act in (inbox.refuse, inbox.file_as_other):
        with pytest.raises(UserError, match="已经登记"):
            act(ws, [look.item.id], "不要")
    with pytest.raises(UserError, match="不能退回"):
        inbox.put_back(ws, [look.item.id])


def test_a_form_without_code_is_known_by_content_or_name(ws: Workspace, tmp_path: Path) -> None:
    bare = FormIdentity("", 1, "")
    data_office = replace(filled(ws, "市商务局", {1: DONE, 2: DONE}), identity=bare, unit_name="")
    centre = replace(filled(ws, "市信用中心", {3: DONE}), identity=bare)
    looks = drop(ws, tmp_path / "来", 一=write_form(data_office), 二=write_form_docx(centre))
    assert [look.item.how for look in looks.values()] == [How.CONTENT, How.CONTENT]
    assert looks["一"].word == "待确认"
    assert looks["一"].proposal is Proposal.ASK
    assert not looks["一"].proposed_reason


def test_a_scan_is_typed_and_then_taken_in_as_a_free_report(ws: Workspace, tmp_path: Path) -> None:
    name = "市数据局扫描.pdf"
    look = drop(ws, tmp_path / "来", **{name: paper([""])})[name]
    assert look.typed_later
    with pytest.raises(UserError, match="没有录入内容"):
        inbox.type_in(ws, look.item.id, " \n ")
    inbox.type_in(ws, look.item.id, "一、完善信用制度\n做了甲。")
    typed = inbox.preview(ws, look.item.id)
    assert (typed.typed_later, typed.proposal) == (False, Proposal.ASK)
    assert typed.item.reading.paragraphs == ("一、完善信用制度", "做了甲。")
    assert FindingKind.TO_TYPE not in {found.kind for found in typed.findings}
    place = expected(ws, "市数据局")
    inbox.name_unit(ws, look.item.id, place.id)
    own = [item.measure_number for item in overview.entries(ws, round_number(ws))]
    inbox.assign_rows(ws, look.item.id, {0: None, 1: own[0]})
    inbox.accept(ws, look.item.id)
    assert entry(ws, "市数据局", own[0]).parts.progress == "做了甲。"
    with pytest.raises(UserError, match="已接收"):
        inbox.type_in(ws, look.item.id, "再写一次")


def test_only_a_scan_can_be_typed(ws: Workspace, tmp_path: Path) -> None:
    look = drop(ws, tmp_path / "来", 座次=write_paragraphs(["会议座次"]))["座次"]
    with pytest.raises(UserError, match="不是扫描件"):
        inbox.type_in(ws, look.item.id, "文字")
