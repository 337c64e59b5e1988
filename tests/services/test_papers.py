"""Papers from the ledger: what stands on them, what is written, numbered, sealed and filed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.papers import DocumentNumber, PaperKind
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports.content import texts
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.services import (
    chasing,
    freezing,
    handover,
    office,
    papers,
    papers_publish,
    papers_register,
    papers_seal,
    returns,
)
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.store import codes
from hs_credit_desktop.store import papers as store
from tests.benchmarks.safety.apart import second_pc
from tests.ledgers import TODAY, expected, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.papers import Paper
    from hs_credit_desktop.services.workspace import Workspace

BACK_BY = date(2024, 9, 2)
LONG = "已完善数据归集机制，归集数据12.6万条，较上年增长一成。"


@pytest.fixture
def busy(ws: Workspace) -> Workspace:
    """市商务局 sent back, 市数据局 accepted; the others are missing; the office has a contact."""
    office.set_office(ws, {"office_contact": "甲某", "office_phone": "000-0000000"})
    record(ws, "市商务局", 1)
    record(ws, "市数据局", 1)
    returns.review(
        ws, expected_return_id=expected(ws, "市数据局").id, decision=ReturnState.ACCEPTED
    )
    returns.review(
        ws,
        expected_return_id=expected(ws, "市商务局").id,
        decision=ReturnState.SENT_BACK,
        reason="（一）没有数据。\n（九）不在其中。\n全文过短。",
        resubmit_by=BACK_BY,
    )
    return ws


def said(paper: Paper) -> str:
    return "\n".join(texts(paper.document))


def test_the_chase_letter_names_the_missing_in_official_order(busy: Workspace) -> None:
    paper = papers.chase_letter(busy, round_number(busy), number="测信办函〔2024〕1号")
    assert paper.name == "催报函_第一轮_20240820"
    assert "市文旅局、市信用中心、东区、西区：" in said(paper)
    assert "测信办函〔2024〕1号" in said(paper)
    assert "联系人：甲某，电话000-0000000。" in said(paper)
    assert "请于2024年9月2日前" in said(paper)  # the due date is a Friday


def test_a_letter_to_one_unit_bears_its_name(busy: Workspace) -> None:
    one = chasing.missing(busy, round_number(busy))[1:2]
    paper = papers.chase_letter(
        busy, round_number(busy), owing=one, reply_by=TODAY + timedelta(days=1)
    )
    assert paper.name == "催报函_第一轮_市信用中心_20240820"
    assert "请于2024年8月21日前" in said(paper)
    with pytest.raises(UserError, match="在今天"):
        papers.chase_letter(busy, round_number(busy), reply_by=TODAY - timedelta(days=1))
    with pytest.raises(UserError, match="没有未报的单位"):
        papers.chase_letter(busy, round_number(busy), owing=())


def test_the_lists_say_what_was_answered(busy: Workspace) -> None:
    round_ = round_number(busy)
    chasing.log_call(busy, expected_return_id=expected(busy, "市文旅局").id, promise="周五前报")
    chasing.log_call(busy, expected_return_id=expected(busy, "东区").id)
    words = said(papers.missing_list(busy, round_))
    assert words.count("2024-08-20") == 2
    assert "周五前报" in words
    one_page = said(papers.one_page_list(busy, round_))
    assert "未报4家，退回后尚未补报1家" in one_page


def test_the_circular_counts_the_rounds_so_far(busy: Workspace) -> None:
    first = papers.circular(busy, round_number(busy), number="测信办〔2024〕2号")
    assert "关于第一轮任务执行情况报送情况的通报" in said(first)
    assert "测信办〔2024〕2号" in said(first)
    both = papers.circular(busy, round_number(busy, 2))
    assert "第一轮、第二轮" in said(both)


def test_the_return_notice_goes_measure_by_measure(busy: Workspace) -> None:
    paper = papers.return_notice(busy, expected(busy, "市商务局").id, number="")
    assert paper.name == "退回补报通知_第一轮_市商务局_20240820"
    assert "（一）完善信用制度\n没有数据。" in said(paper)
    assert "整份反馈\n（九）不在其中。" in said(paper)
    assert "请于2024年9月2日前" in said(paper)


def test_the_receipt_says_what_is_blank(busy: Workspace) -> None:
    unit = expected(busy, "市数据局")
    with busy.change("试", "试", {}):
        codes.code_of(busy.ledger, unit.id, year=2024, round_number=1, at=busy.clock.now())
    paper = papers.receipt(busy, unit.id, original="反馈表.xlsx")
    assert "应反馈2条，已反馈1条，空缺1条" in said(paper)
    assert "（三）推进信用监管" in said(paper)
    assert "反馈表.xlsx" in said(paper)
    with pytest.raises(UserError, match="没有回执"):
        papers.receipt(busy, expected(busy, "东区").id)


@pytest.mark.parametrize("kind", papers_publish.OF_ROUND)
def test_every_paper_is_written_and_noted(busy: Workspace, tmp_path: Path, kind: PaperKind) -> None:
    round_ = round_number(busy)
    told: list[str] = []
    files = papers_publish.write_kind(
        busy,
        round_,
        kind,
        tmp_path,
        number="测信办〔2024〕9号",
        progress=lambda _done, _all, words: told.append(words),
    )
    endings = sorted(file.path.suffix for file in files)
    assert endings == ([".xlsx"] if kind is PaperKind.LEDGER else [".docx", ".pdf"])
    assert all(file.path.name.startswith(kind.label) for file in files)
    assert {file.kind for file in files} == {kind.value}
    assert [rule for file in files for rule in file.layout_check if not rule.ok] == []
    assert told
    papers_publish.note(busy, round_, files, number="测信办〔2024〕9号")
    state = next(item for item in papers_publish.states(busy, round_) if item.kind is kind)
    assert state.last is not None
    assert state.last.name == files[0].path.name
    assert state.last.number == ("测信办〔2024〕9号" if kind in papers_publish.NUMBERED else "")
    if kind in papers_publish.NUMBERED:
        pdf = next(file.path for file in files if file.path.suffix == ".pdf")
        assert "测信办〔2024〕9号" in "".join(page.text for page in read_pages(pdf))
    assert check(busy) == []


def test_nothing_to_write_about_is_said(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有退回补报"):
        papers_publish.write_kind(ws, round_number(ws), PaperKind.RETURN_NOTICE, tmp_path)
    for unit in ("市数据局", "市商务局", "市文旅局", "市信用中心", "东区", "西区"):
        record(ws, unit, 3 if unit != "市商务局" else 1)
    assert papers_publish.chase_papers(ws, round_number(ws), tmp_path) == ()


def test_chase_papers_are_letter_and_list(busy: Workspace, tmp_path: Path) -> None:
    files = papers_publish.chase_papers(busy, round_number(busy), tmp_path)
    assert [file.path.name.split("_")[0] for file in files] == ["催报函"] * 2 + ["未报清单"] * 2


def test_repeats_are_counted_for_the_statistics(ws: Workspace) -> None:
    record(ws, "市信用中心", 3, LONG)
    record(ws, "市信用中心", 3, LONG, number=2)
    rounds = [round_number(ws, 1), round_number(ws, 2)]
    counted = chasing.with_repeats(ws, chasing.records(ws), rounds)
    repeated = {item.unit_name: item.repeated for item in counted}
    assert repeated["市信用中心"] == 1
    assert sum(repeated.values()) == 1
    [only] = {item.expected for item in chasing.records(ws, [rounds[0].id])}
    assert only == 1


# The register of document numbers


def test_the_next_number_comes_after_the_notice_itself(ws: Workspace) -> None:
    assert papers_register.words(ws) == {False: "测信办", True: "测信办函"}
    assert papers_register.propose(ws, letter=False) == "测信办〔2024〕2号"
    assert papers_register.propose(ws, letter=True) == "测信办函〔2024〕1号"
    papers_register.take(ws, "测信办[2024]4号", kind="report", title=" 报告 ")
    shown = papers_register.register(ws)
    [line] = shown.lines
    assert (str(line.number), line.title, line.taken_on) == ("测信办〔2024〕4号", "报告", TODAY)
    assert [item.number for item in shown.gaps] == [2, 3]
    assert papers_register.propose(ws, letter=False) == "测信办〔2024〕5号"
    assert check(ws) == []


def test_a_number_is_given_once_and_void_stays_spent(ws: Workspace) -> None:
    round_ = round_number(ws)
    papers_register.take(ws, "测信办〔2024〕2号", kind="circular", title="通报", round_id=round_.id)
    assert papers_register.number_of(ws, round_, PaperKind.CIRCULAR) == "测信办〔2024〕2号"
    for typed, why in (
        ("测信办〔2024〕1号", "任务分解通知的文号"),
        ("测信办〔2024〕2号", "已经给了《通报》"),
        ("二号", "没有读懂"),
    ):
        with pytest.raises(UserError, match=why):
            papers_register.take(ws, typed, kind="", title="题")
    with pytest.raises(UserError, match="没有写文件标题"):
        papers_register.take(ws, "测信办〔2024〕3号", kind="", title=" ")
    [line] = papers_register.register(ws).lines
    with pytest.raises(UserError, match="没有写作废原因"):
        papers_register.void(ws, line.id, " ")
    papers_register.void(ws, line.id, "没有发出")
    with pytest.raises(UserError, match="早已作废"):
        papers_register.void(ws, line.id, "再来")
    with pytest.raises(UserError, match="已作废，不再使用"):
        papers_register.take(ws, "测信办〔2024〕2号", kind="", title="题")
    [line] = papers_register.register(ws).lines
    assert (line.valid, line.void_reason) == (False, "没有发出")
    assert papers_register.number_of(ws, round_, PaperKind.CIRCULAR) == ""


def test_two_pcs_may_take_one_number_and_the_register_says_so(ws: Workspace) -> None:
    papers_register.take(ws, "测信办〔2024〕2号", kind="", title="甲")
    [line] = papers_register.register(ws).lines
    with ws.change("试", "试", {}):
        store.add_number(ws.ledger, replace(line, id="other", title="乙"))
    assert papers_register.register(ws).doubles == {DocumentNumber("测信办", 2024, 2)}


def test_the_office_sets_its_words(ws: Workspace) -> None:
    papers_register.set_words(ws, plain="新办", letters="新办函发")
    assert papers_register.propose(ws, letter=True) == "新办函发〔2024〕1号"
    for bad in ("新办〔2024〕", "很" * 21):
        with pytest.raises(UserError, match="机关代字"):
            papers_register.set_words(ws, plain=bad, letters="")
    papers_register.set_words(ws, plain="", letters="")
    assert papers_register.words(ws)[True] == "测信办函"
    with ws.change("试", "试", {}):
        ws.ledger.execute("UPDATE notices SET doc_number = NULL")
    assert papers_register.propose(ws, letter=True) == ""


# The seal log


def sealed(ws: Workspace, **other: object) -> str:
    """Log a seal; the id of its line."""
    usual: dict[str, object] = {
        "kind": "report",
        "title": "执行情况报告",
        "copies": 2,
        "sealed_by": "甲某",
        "sealed_on": TODAY,
        "purpose": "报送",
        "sha256": "ab",
        "round_id": round_number(ws).id,
    }
    papers_seal.log(ws, **(usual | other))  # type: ignore[arg-type]
    return papers_seal.lines(ws)[0].id


def test_a_seal_is_logged_with_its_paper_and_seen_on_it(ws: Workspace) -> None:
    assert papers_seal.last_used(ws) == ("", papers_seal.USUAL_PURPOSE)
    sealed(ws)
    [line] = papers_seal.lines(ws, round_number(ws).id)
    assert (line.copies, line.sealed_by, line.sha256, line.image) == (2, "甲某", "ab", False)
    assert papers_seal.lines(ws, "another round") == ()
    assert papers_seal.last_used(ws) == ("甲某", "报送")
    [state] = [item for item in papers_publish.states(ws, round_number(ws)) if item.seals]
    assert (state.kind, state.copies, state.scans) == (PaperKind.REPORT, 2, 0)
    assert check(ws) == []


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": " "}, "哪份文件"),
        ({"sealed_by": ""}, "谁用的印"),
        ({"purpose": ""}, "用印事由"),
        ({"copies": 0}, "用印份数不能是 0"),
        ({"copies": 1000}, "用印份数"),
        ({"sealed_on": TODAY + timedelta(days=1)}, "在今天"),
    ],
)
def test_what_is_missing_is_asked_for(ws: Workspace, wrong: dict[str, object], why: str) -> None:
    with pytest.raises(UserError, match=why):
        sealed(ws, **wrong)
    assert papers_seal.lines(ws) == ()


def test_a_line_entered_by_mistake_is_struck_out(ws: Workspace) -> None:
    line_id = sealed(ws)
    with pytest.raises(UserError, match="没有写作废原因"):
        papers_seal.void(ws, line_id, "")
    papers_seal.void(ws, line_id, "重复")
    [line] = papers_seal.lines(ws)
    assert line.void_reason == "重复"
    assert not any(item.seals for item in papers_publish.states(ws, round_number(ws)))


def test_the_scan_is_kept_with_its_line(ws: Workspace, tmp_path: Path) -> None:
    line_id = sealed(ws)
    scan = tmp_path / "盖章报告.PDF"
    scan.write_bytes(b"%PDF scan")
    papers_seal.add_scan(ws, line_id, scan)
    [kept] = papers_seal.lines(ws)[0].scans
    assert returns.attachment_path(ws, kept.sha256).read_bytes() == b"%PDF scan"
    assert kept.name == "盖章报告.PDF"
    assert check(ws) == []
    with pytest.raises(UserError, match="已经存过"):
        papers_seal.add_scan(ws, line_id, scan)
    papers_seal.take_scan_off(ws, line_id, kept.id)
    assert papers_seal.lines(ws)[0].scans == ()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [("a.exe", b"x", "不是扫描件"), ("a.pdf", b"", "是空文件"), ("none.pdf", None, "打不开")],
)
def test_what_is_no_scan_is_refused(
    ws: Workspace, tmp_path: Path, name: str, data: bytes | None, why: str
) -> None:
    line_id = sealed(ws)
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=why):
        papers_seal.add_scan(ws, line_id, tmp_path / name)


def test_a_huge_scan_is_refused(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers_seal, "LARGEST_SCAN", 3)
    (tmp_path / "a.pdf").write_bytes(b"1234")
    with pytest.raises(UserError, match="超过"):
        papers_seal.add_scan(ws, sealed(ws), tmp_path / "a.pdf")


# After a freeze, and on two PCs


def test_a_frozen_round_is_printed_sealed_and_filed(busy: Workspace, tmp_path: Path) -> None:
    round_ = round_number(busy)
    freezing.freeze(busy, round_)
    files = papers_publish.write_kind(busy, round_number(busy), PaperKind.SUMMARY, tmp_path)
    papers_publish.note(busy, round_, files)
    papers_register.take(busy, "测信办〔2024〕2号", kind="", title="题", round_id=round_.id)
    papers_seal.add_scan(busy, sealed(busy), files[0].path)
    assert check(busy) == []  # the frozen contents are as they were


def test_two_pcs_bring_their_registers_and_scans_together(ws: Workspace, tmp_path: Path) -> None:
    with closing(second_pc(ws, tmp_path)) as other:
        for pc, title in ((ws, "甲的文件"), (other, "乙的文件")):
            papers_register.take(pc, "测信办〔2024〕2号", kind="", title=title)
        scan = tmp_path / "扫描.pdf"
        scan.write_bytes(b"%PDF scan")
        papers_seal.add_scan(other, sealed(other), scan)
        made = handover.handover(other, tmp_path / "包.hspack")
        seen = handover.merge_package(ws, made.file)
        assert seen.conflicts == ()
    shown = papers_register.register(ws)
    assert {line.title for line in shown.lines} == {"甲的文件", "乙的文件"}
    assert shown.doubles == {DocumentNumber("测信办", 2024, 2)}
    [kept] = papers_seal.lines(ws)[0].scans
    assert returns.attachment_path(ws, kept.sha256).read_bytes() == b"%PDF scan"
    assert check(ws) == []
