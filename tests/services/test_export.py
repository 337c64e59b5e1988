from __future__ import annotations

import errno
import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hs_credit_desktop.domain.returns import FeedbackParts, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports.letters import letter
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.services import overview, returns
from hs_credit_desktop.services.export import KINDS, export, gather, publish
from hs_credit_desktop.services.export import LEDGER as LEDGER_KIND
from hs_credit_desktop.services.export import REPORT as REPORT_KIND
from hs_credit_desktop.services.workspace import PRACTICE_DATE
from hs_credit_desktop.store import settings, whole_files
from tests.ledgers import GROUP, MEMBERS

DAY = date(2024, 12, 12)
REPORT = "执行情况报告_第一轮_20240820.pdf"
LEDGER = "信用任务台账_第一轮_20240820.xlsx"


@pytest.fixture
def round_(ws):
    return overview.round_of(ws, overview.notice(ws).id, 1)


@pytest.fixture
def logged(ws, round_) -> str:
    """A text logged for the first entry."""
    text = "修订《信用管理办法》，归集率达到95.6%，覆盖12.6万户。"
    entry = overview.entries(ws, round_)[0]
    returns.record(
        ws, entry_id=entry.id, parts=FeedbackParts(text), receipt=returns.Receipt(ws.today)
    )
    return text


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_both_files_are_written_whole_under_their_names(ws, round_, logged, tmp_path):
    out = tmp_path / "导出 一"
    report, ledger = export(ws, round_, out, {"report", "ledger"})
    assert left(out) == [LEDGER, REPORT]
    assert (report.path, report.kind) == (out / REPORT, "report")
    assert (ledger.path, ledger.kind, ledger.pages) == (out / LEDGER, "ledger", None)
    assert report.pages == len(read_pages(report.path))
    for file in (report, ledger):
        assert file.sha256 == hashlib.sha256(file.path.read_bytes()).hexdigest()
    assert [one.rule for one in report.layout_check if not one.ok] == []
    assert len(report.layout_check) > 10
    words = "".join(line.text for page in read_pages(report.path) for line in page.lines)
    assert logged in words
    sheet = load_workbook(ledger.path)["按措施"]
    assert logged in [row[5].value for row in sheet.iter_rows()]
    assert sheet.max_row - 2 == overview.figures(ws, round_).entries_expected == 11


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_is_asked_for_is_written(ws, round_, tmp_path, kind):
    [file] = export(ws, round_, tmp_path / "out", [kind])
    assert file.kind == kind
    assert len(left(tmp_path / "out")) == 1


def test_the_same_report_has_the_same_bytes(ws, round_, logged, tmp_path):
    [first] = export(ws, round_, tmp_path / "a", ["report"])
    [second] = export(ws, round_, tmp_path / "b", ["report"])
    assert first.sha256 == second.sha256


def test_members_of_a_group_are_known_and_units_named_themselves_are_not(ws, round_):
    facts = gather(ws, round_)
    found = {(item.entry.unit_name, item.group) for item in facts.entries}
    assert {(name, GROUP) for name in MEMBERS} <= found
    assert ("市数据局", None) in found
    assert all(group is None or name in MEMBERS for name, group in found)
    assert [item.entry.unit_name for item in facts.measures[0].entries][-2:] == list(MEMBERS)


def test_exempt_units_stay_in_the_list_of_returns_and_leave_the_entries(ws, round_):
    member = overview.expected_returns(ws, round_)[0]
    with ws.change("免报", member.unit_name, {}):
        ws.ledger.execute(
            "UPDATE expected_returns SET exempt_reason = '撤并' WHERE id = ?", member.id
        )
    facts = gather(ws, round_)
    assert facts.returns[0].exempt
    assert member.unit_name not in {item.entry.unit_name for item in facts.entries}


def test_issuer_is_the_office_else_the_notices_and_practice_is_marked(ws, round_):
    with ws.change("设置", "设置", {}):
        settings.put(ws.ledger, "office_name", "市信用办")
        settings.put(ws.ledger, PRACTICE_DATE, "2024-08-20")
    facts = gather(ws, round_)
    assert (facts.issuer, facts.practice) == ("市信用办", True)
    with ws.change("设置", "设置", {}):
        settings.put(ws.ledger, "office_name", "")
    assert gather(ws, round_).issuer == (facts.notice.issuer or "")


def test_progress_is_told(ws, round_, tmp_path):
    told = []
    export(ws, round_, tmp_path, [REPORT_KIND, LEDGER_KIND], lambda *said: told.append(said))
    assert told[0] == (0, 0, "正在排版执行情况报告")
    assert (1, 0, "执行情况报告第 1 页") in told
    assert told[-1] == (5, 5, "信用任务台账：统计")


@pytest.mark.parametrize("stop", ["排版", "第 2 页", "检查", "按单位"])
def test_cancelling_leaves_no_file_and_the_old_one_stays(ws, round_, tmp_path, stop):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / REPORT).write_bytes(b"old")
    (tmp_path / "out" / LEDGER).write_bytes(b"old")

    def cancel(_done, _total, label):
        if stop in label:
            raise KeyboardInterrupt

    kinds = ["ledger"] if stop == "按单位" else ["report"]
    with pytest.raises(KeyboardInterrupt):
        export(ws, round_, tmp_path / "out", kinds, cancel)
    assert left(tmp_path / "out") == [LEDGER, REPORT]
    assert (tmp_path / "out" / REPORT).read_bytes() == b"old"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘空间不足.*没有改动.*腾出空间"),
        (PermissionError(errno.EACCES, "open"), "WPS.*关闭它"),
        (OSError(errno.EIO, "bad"), "检查磁盘"),
    ],
)
def test_a_file_that_cannot_take_its_name_is_said_and_the_old_one_stays(
    ws, round_, tmp_path, monkeypatch, error, words
):
    (tmp_path / REPORT).write_bytes(b"old")
    before = left(tmp_path)

    def refuse(*_):
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match=words) as caught:
        export(ws, round_, tmp_path, ["report"])
    assert REPORT in caught.value.what
    assert left(tmp_path) == before
    assert (tmp_path / REPORT).read_bytes() == b"old"


def test_a_full_disk_at_the_sync_leaves_nothing(ws, round_, tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(whole_files.os, "fsync", full)
    with pytest.raises(UserError, match="磁盘空间不足"):
        export(ws, round_, tmp_path / "out", ["report"])
    assert left(tmp_path / "out") == []


def test_a_folder_that_allows_no_file_is_said(ws, round_, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(UserError, match="文件夹不允许写入"):
        export(ws, round_, tmp_path / "out", ["report"])


def test_a_draft_that_cannot_be_removed_does_not_hide_the_reason(ws, round_, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(UserError, match="没有写成"):
        export(ws, round_, tmp_path, ["report"])


def test_rare_and_hostile_characters_neither_break_nor_vanish(ws, round_, tmp_path):
    entry = overview.entries(ws, round_)[0]
    text = "=1+1 <b>&amp;</b> 李祎\N{GRINNING FACE}"
    returns.record(
        ws, entry_id=entry.id, parts=FeedbackParts(text), receipt=returns.Receipt(ws.today)
    )
    report, ledger = export(ws, round_, tmp_path, [REPORT_KIND, LEDGER_KIND])
    words = "".join(line.text for page in read_pages(report.path) for line in page.lines)
    assert "=1+1<b>&amp;</b>李祎〓" in words.replace(" ", "")
    [missing] = [one for one in report.layout_check if not one.ok]
    assert (missing.rule, missing.measured[:3]) == ("缺字", "1 个")
    assert text in [row[5].value for row in load_workbook(ledger.path)["按措施"].iter_rows()]


def test_loading_the_service_loads_no_report_library():
    code = (
        "import sys, hs_credit_desktop.services.export as e;"
        "bad = {'reportlab', 'openpyxl', 'pypdfium2'} & set(sys.modules);"
        "sys.exit(str(bad) if bad else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_review_shows_in_the_report(ws, round_, logged, tmp_path):
    [first] = [item for item in overview.expected_returns(ws, round_) if item.covered]
    returns.review(ws, expected_return_id=first.id, decision=ReturnState.ON_HOLD)
    [file] = export(ws, round_, tmp_path, ["report"])
    assert "存疑" in "".join(page.text for page in read_pages(file.path))


def test_any_paper_is_published_as_pdf_and_word(tmp_path):
    told = []
    paper = letter(
        title="关于甲的函",
        addressee="市甲局",
        paragraphs=("一段。" * 20,),
        issuer="市信用办",
        day=DAY,
    )
    pdf, word = publish(paper, tmp_path, "催报函", progress=lambda *said: told.append(said))
    assert left(tmp_path) == ["催报函.docx", "催报函.pdf"]
    assert (pdf.pages, word.pages) == (1, None)
    assert [one for one in pdf.layout_check if not one.ok] == []
    for file in (pdf, word):
        assert file.sha256 == hashlib.sha256(file.path.read_bytes()).hexdigest()
    assert told[-1] == (12, 12, "催报函（Word）")
    unsealed = publish(paper, tmp_path, "催报函", sealed=False)[0]
    assert "盖章页有正文" not in {one.rule for one in unsealed.layout_check}
