"""The whole acceptance script through command line and services: prologue, Friday, Monday.

Every number of the script stands here in the order of its table. The prologue starts from an empty
folder; Friday opens the practice ledger, whose first round is frozen.
"""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from hs_credit_desktop import cli
from hs_credit_desktop.clock import CHINA, Clock
from hs_credit_desktop.domain.chasing import ChaseLevel
from hs_credit_desktop.domain.flags import FlagKind
from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.services import (
    backups,
    chasing,
    composing,
    edited_report,
    freezing,
    inbox,
    office,
    overview,
    papers,
    papers_publish,
    papers_register,
    papers_seal,
    receiving,
    return_notices,
    returns,
    reviewing,
)
from hs_credit_desktop.services.composing_board import board
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.notices import bundled_notice
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.practice_files import files_folder
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit
from hs_credit_desktop.store.staging import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.domain.composing import Draft
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

ISSUED, DUE = date(2024, 7, 3), date(2024, 11, 30)
FRIDAY, MONDAY = date(2024, 11, 29), date(2024, 12, 2)
GROUP = "各县（市、区）人民政府"
REGULATOR = "国家金融监督管理总局黄石监管分局"  # in full, as the notice never prints it


@dataclass
class Desk:
    """The clerk's desk: the command line, the data folder, and the time on the wall."""

    root: Path
    out: Path
    capsys: pytest.CaptureFixture[str]
    at: datetime = datetime(2024, 7, 3, 9, tzinfo=CHINA)

    def run(self, *arguments: str | Path) -> Any:
        """The JSON of a command on this ledger on this day; it must end with status 0."""
        return self.on(self.root, *arguments)

    def on(self, root: Path, *arguments: str | Path) -> Any:
        """The same on the ledger of another folder."""
        words = ["--data", root, "--today", self.at.date().isoformat(), *arguments, "--json"]
        status = cli.main([str(item) for item in words], lambda *_: pytest.fail("no window"))
        out, err = self.capsys.readouterr()
        assert (status, err) == (cli.Exit.DONE, ""), arguments
        return json.loads(out)

    def clock(self, day: date, hour: int, minute: int) -> None:
        """Put the hands forward."""
        self.at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)

    def open(self) -> tuple[Workspace, Round]:
        """The ledger as the window opens it, at round 2."""
        ws = open_workspace(self.root, Clock(lambda: self.at), today=self.at.date())
        return ws, overview.round_of(ws, overview.notice(ws).id, 2)

    def pile(self, start: str) -> list[Path]:
        """What lies in one of the practice folders."""
        [folder] = [item for item in files_folder(self.root).iterdir() if item.name[0] == start]
        return sorted(folder.iterdir())


def test_the_whole_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(tmp_path / "新台账", tmp_path / "文件", capsys)
    _prologue(desk)
    desk = Desk(create_practice(tmp_path / "练习台账"), tmp_path / "出", capsys)
    _friday_morning(desk)
    _friday_review(desk)
    _friday_chasing(desk)
    _friday_afternoon(desk)
    _monday_mails(desk)
    _monday_desk(desk)
    _monday_papers(desk)
    _monday_end(desk, tmp_path / "二号电脑")


# Prologue, 2024-07-03


def _prologue(desk: Desk) -> None:
    said = desk.run("notice", bundled_notice())
    counts = said["counts"]
    assert (counts["pillars"], counts["measures"]) == (7, 24)
    assert (counts["printed_units"], counts["pairs"]) == (43, 148)
    assert len(said["doubts"]) >= 8
    desk.out.mkdir()
    answers = desk.out / "答案.json"
    answers.write_text(json.dumps(_answers(said["doubts"]), ensure_ascii=False), "utf-8")
    made = desk.run("init", bundled_notice(), "--decisions", answers)
    assert (made["counts"]["returns"], made["counts"]["entries"]) == (44, 267)
    assert made["doubts_open"] == 1
    ws, second = desk.open()
    first = overview.round_of(ws, second.notice_id, 1)
    assert (first.due_on, second.due_on) == (date(2024, 8, 30), DUE)
    _decided(ws)
    assert (
        office.work_calendar(ws).workday_on_or_before(DUE) == FRIDAY
    )  # the reminder, not the due date
    for round_ in (first, second):
        figures = overview.figures(ws, round_)
        assert (figures.expected, figures.entries_expected) == (44, 267)
    ws.close()
    forms = desk.run("forms", "--round", "1", "--out", desk.out / "反馈表")
    assert len(forms["files"]) == len({item["return_code"] for item in forms["files"]}) == 44
    assert sum(item["measures"] for item in forms["files"]) == 267
    assert len(list((desk.out / "反馈表").iterdir())) == 45  # 44 files and the delivery list
    ws, _ = desk.open()
    line = audit.last(ws.ledger)
    assert (line.action, line.subject) == ("制作反馈表", "第一轮")
    assert check(ws) == []
    ws.close()


def _answers(doubts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the clerk decides: one name for three spellings, the rest as proposed."""
    said = {"unit_spelling": REGULATOR}
    answers = [
        {
            "kind": item["kind"],
            "line": item["line"],
            "answer": said.get(item["kind"], item["choices"][0]),
        }
        for item in doubts
    ]
    assert {"vague_group", "similar_units", "weekend", "group_spelling"} <= {
        item["kind"] for item in answers
    }
    return [*answers, {"kind": "leads", "answer": "全部确认"}]


def _decided(ws: Workspace) -> None:
    """What the ledger remembers of the answers."""
    units = {unit.canonical_name: unit for unit in overview.units_of(ws)}
    assert len(units[REGULATOR].aliases) == 3
    assert {"市住建局", "市自然资源和城乡建设局"} <= set(units)
    [open_] = overview.open_doubts(ws, overview.notice(ws).id)
    assert open_.doubt.where == "（十一）责任单位"
    round_ = overview.round_of(ws, overview.notice(ws).id, 1)
    nodes = [node for pillar in overview.tree(ws, round_) for node in pillar.measures]
    [chip] = [node for node in nodes if node.open_doubts]
    assert chip.measure.number == 11
    duties = [duty for node in nodes for duty in node.measure.responsibilities]
    assert not any(duty.suggested for duty in duties)
    assert sum(duty.role is Role.LEAD for duty in duties) == 24
    members = {item.unit_name for item in overview.expected_returns(ws, round_)[-6:]}
    assert members == {"大冶市", "阳新县", "黄石港区", "西塞山区", "下陆区", "开发区·铁山区"}


# Friday, 2024-11-29


def _figures(desk: Desk) -> tuple[int, ...]:
    """应报 已报 未报 通过 退回 待审."""
    said = desk.run("status", "--round", "2")
    names = ("expected", "received", "missing", "accepted", "sent_back", "to_review")
    return tuple(said[name] for name in names)


def _friday_morning(desk: Desk) -> None:
    desk.clock(FRIDAY, 8, 30)
    assert _figures(desk) == (44, 25, 19, 22, 1, 2)
    ws, round_ = desk.open()
    assert overview.round_of(ws, round_.notice_id, 1).state is RoundState.FROZEN
    news = overview.strip(ws, round_)
    assert news is not None
    assert "明日（周六）截止" in news.headline + news.detail
    assert "今天是最后一个工作日" in news.headline + news.detail
    desk.clock(FRIDAY, 8, 32)
    pile = desk.pile("1")
    assert Counter(file.suffix == ".zip" for file in pile) == {False: 12, True: 1}
    batch = receiving.stage(ws, receiving.read_files(pile), round_).id
    shown = {look.item.name: look for look in inbox.tray(ws, round_, batch)}
    assert Counter(look.word for look in shown.values()) == {
        "可接收": 10,
        "待确认": 1,
        "重报": 1,
        "往轮": 1,
        "需拆分": 1,
        "无关": 1,
    }
    assert shown["市农业农村局（补报）.xlsx"].plans[0].changed()  # shows the difference
    desk.clock(FRIDAY, 8, 36)
    free = shown["关于信用工作的情况汇报.docx"]
    assert len(free.plans) == 2  # split over 2 measures
    for name in ("附件1.xlsx", free.item.name):
        inbox.accept(ws, shown[name].item.id)
    assert len(inbox.accept_certain(ws, round_, batch)) == 11  # 10 and the resubmission
    last, other = shown["市医保局8月.xlsx"], shown["会议座次表.xlsx"]
    inbox.refuse(ws, [last.item.id], last.proposed_reason)
    inbox.file_as_other(ws, [other.item.id], other.proposed_reason)
    desk.clock(FRIDAY, 8, 41)
    done = inbox.tray(ws, round_, batch)
    counted = inbox.totals(look.item for look in done)
    versions = Counter(
        reviewing.unit_return(ws, round_, look.expected.unit_id).version
        for look in done
        if look.item.outcome is Outcome.ACCEPTED
    )
    assert (counted.files_in, counted.staged) == (15, 0)
    assert (versions[1], versions[2], counted.refused, counted.other) == (12, 1, 1, 1)
    [kept] = [look for look in done if look.item.outcome is Outcome.REFUSED]
    assert "第二轮" in kept.item.reason  # ready to copy
    ws.close()
    assert _figures(desk) == (44, 37, 7, 22, 0, 15)


def _friday_review(desk: Desk) -> None:
    desk.clock(FRIDAY, 8, 42)
    ws, round_ = desk.open()
    queue = reviewing.queue(ws, round_)
    assert len(queue) == 15
    flagged = [row for row in queue if row.blocked]
    repeats = {
        row.expected.unit_name: [
            f"{flag.similarity:.2f}" for flag in row.flags if flag.kind is FlagKind.REPEATS_LAST
        ]
        for row in flagged
    }
    assert repeats == {
        "市商务局": ["0.97", "0.95"],
        "市市场监管局": [],
        "阳新县": [],
        "下陆区": ["0.91"],
    }
    kinds = {row.expected.unit_name: {flag.kind for flag in row.flags} for row in flagged}
    assert kinds["阳新县"] == {FlagKind.BLANK}
    assert kinds["市市场监管局"] == {FlagKind.TOTAL_FELL}
    [fell] = [row for row in flagged if FlagKind.TOTAL_FELL in kinds[row.expected.unit_name]]
    assert "12.6万条 → 11.9万条" in fell.flags[0].text
    assert len(reviewing.accept_clear(ws, round_)) == 11
    reasons = {row.expected.unit_name: reviewing.ready_reason(row.flags) for row in flagged}
    ws.close()
    for unit, reason in reasons.items():
        back = ("review", unit, "--round", "2", "send-back", "--reason", reason)
        said = desk.run(*back, "--due", MONDAY.isoformat())
        assert (said["state"], said["resubmit_by"]) == ("sent_back", "2024-12-02")
    assert _figures(desk) == (44, 37, 7, 33, 4, 0)


def _friday_chasing(desk: Desk) -> None:
    desk.clock(FRIDAY, 9, 32)
    ws, round_ = desk.open()
    back = chasing.sent_back(ws, round_)
    files = papers_publish.write_kind(ws, round_, PaperKind.RETURN_NOTICE, desk.out / "退回")
    assert Counter(file.path.suffix for file in files) == {".pdf": 4, ".docx": 4}
    texts = [return_notices.return_notice(ws, item.expected_return_id) for item in back]
    assert len({item.mail_text for item in texts}) == 4
    assert all("2024年12月2日前" in item.mail_text for item in texts)
    papers_publish.note(ws, round_, files)
    assert audit.last(ws.ledger).action == "导出文书"
    desk.clock(FRIDAY, 9, 40)
    owing = chasing.missing(ws, round_)
    assert len(owing) == 7
    for item in owing:
        chasing.log_call(
            ws,
            expected_return_id=item.expected_return_id,
            answered_by="演示值班",
            promise="下班前报",
            promised_by=FRIDAY,
        )
    owing = chasing.missing(ws, round_)
    assert [(item.chases[0].answered_by, item.chases[0].promise) for item in owing] == [
        ("演示值班", "下班前报")
    ] * 7
    found = overview.expected_returns(ws, round_, Status.MISSING)
    assert [item.chases for item in found] == [1] * 7
    desk.clock(FRIDAY, 9, 58)
    assert {item.next_level() for item in owing} == {ChaseLevel.LETTER}
    number = papers_register.propose(ws, letter=True)
    letter = papers_publish.write(ws, papers.chase_letter(ws, round_, number=number), desk.out)
    assert {file.path.suffix for file in letter} == {".pdf", ".docx"}
    assert [rule for rule in letter[0].layout_check if not rule.ok] == []
    said = _words(letter[0].path)
    places = [said.index(item.unit_name) for item in owing]
    assert places == sorted(places)
    desk.clock(FRIDAY, 10, 5)
    [printed, _] = papers_publish.write_kind(ws, round_, PaperKind.MISSING_LIST, desk.out)
    assert printed.pages == 1
    assert all(item.unit_name in _words(printed.path) for item in owing)
    [page, _] = papers_publish.write_kind(ws, round_, PaperKind.ONE_PAGE_LIST, desk.out)
    assert page.pages == 1
    assert {"△", "◆"} <= set(_words(page.path))  # lamps are shapes, not colours
    ws.close()
    chased = desk.run("chase", "--round", "2", "--out", desk.out / "催报")
    assert chased["units"] == [item.unit_name for item in owing]


def _words(path: Path) -> str:
    return "".join("".join(page.text.split()) for page in read_pages(path))


def _friday_afternoon(desk: Desk) -> None:
    desk.clock(FRIDAY, 16, 50)
    taken = desk.run("receive", *desk.pile("2"), "--round", "2", "--accept")
    assert (taken["files_in"], taken["accepted"], taken["staged"]) == (5, 5, 0)
    assert Counter(item["version"] for item in taken["items"]) == {1: 3, 2: 2}
    ws, round_ = desk.open()
    assert len(reviewing.accept_clear(ws, round_)) == 5
    ws.close()
    assert _figures(desk) == (44, 40, 4, 38, 2, 0)
    desk.clock(FRIDAY, 17, 20)
    ws, _ = desk.open()
    made = backups.if_changed(ws, backups.Kind.ON_EXIT)  # what the window does when it closes
    assert made is not None
    assert (made.file.is_file(), made.findings) == (True, 0)
    ws.close()


# Monday, 2024-12-02


def _monday_mails(desk: Desk) -> None:
    desk.clock(MONDAY, 8, 35)
    taken = desk.run("receive", *desk.pile("3"), "--round", "2", "--accept")
    assert (taken["files_in"], taken["accepted"]) == (4, 4)
    received = sorted((item["received_on"], item["version"]) for item in taken["items"])
    assert received == [
        ("2024-11-30", 1),
        ("2024-11-30", 1),
        ("2024-12-01", 1),
        ("2024-12-02", 2),
    ]
    ws, round_ = desk.open()
    assert len(reviewing.accept_clear(ws, round_)) == 4
    ws.close()
    assert _figures(desk) == (44, 43, 1, 42, 1, 0)
    desk.clock(MONDAY, 10, 20)
    assert desk.run("receive", *desk.pile("4"), "--round", "2", "--accept")["accepted"] == 1
    [unit] = [item["unit"] for item in _rows(desk) if item["state"] == "to_review"]
    desk.run("review", unit, "--round", "2", "accept")
    assert _figures(desk) == (44, 43, 1, 43, 0, 0)
    [open_] = [item for item in _rows(desk) if item["state"] == "missing"]
    assert open_["entries_expected"] == 1
    desk.clock(MONDAY, 10, 25)
    said = desk.run("status", "--round", "2")
    assert (said["entries_covered"], said["entries_expected"]) == (266, 267)
    assert f"{266 / 267:.1%}" == "99.6%"
    assert (said["expected"], said["received"], said["on_time"]) == (44, 43, 42)
    assert (said["rate"], said["on_time_rate"]) == (0.9773, 0.9545)  # 97.7 %, 95.5 %
    assert (said["late"], said["missing"], said["overdue"]) == (1, 1, 1)
    ws, round_ = desk.open()
    for status in Status:  # every number opens its list
        counted = getattr(overview.figures(ws, round_), status.value)
        assert len(overview.expected_returns(ws, round_, status)) == counted, status
    ws.close()


def _rows(desk: Desk) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.run("status", "--round", "2", "--by", "unit")["rows"]
    assert len(rows) == 44
    return rows


def _monday_desk(desk: Desk) -> None:
    desk.clock(MONDAY, 10, 30)
    ws, round_ = desk.open()
    composing.compose_all(ws, round_)
    shown = board(ws, round_)
    assert (len(shown.composed), len(shown.measures)) == (24, 24)
    for node in shown.measures:
        leads = {source.unit for source in node.sources if source.lead}
        if leads:
            assert node.draft.sentences[0].cited[0].unit in leads
    for node in shown.nodes:
        assert all(sentence.cited for sentence in node.draft.sentences if node in shown.measures)
    desk.clock(MONDAY, 14, 35)
    report, word = papers_publish.write_kind(ws, round_, PaperKind.REPORT, desk.out / "稿")
    edits = [_edit(shown.measures[3].draft, "7"), _edit(shown.measures[16].draft, "8")]
    edited = _edited_in_wps(word.path, edits)
    found = edited_report.compare_report(ws, round_, edited)
    assert found.numbers == 2
    assert [item.finding.numbers for item in found.figures] == [
        ((after, before),) for _, before, after in edits
    ]
    assert all(origin.unit for item in found.figures for origin in item.origins)
    assert report.pages
    ws.close()


def _edit(draft: Draft, digit: str) -> tuple[str, str, str]:
    """(a sentence with one number, that number, the number somebody typed instead)."""
    from hs_credit_desktop.domain.figures import figures

    sentence = next(
        one.text
        for one in draft.sentences
        if len(figures(one.text)) == 1 and "\n" not in one.text and "<" not in one.text
    )
    number = figures(sentence)[0].printed
    return sentence, number, digit + number


def _edited_in_wps(path: Path, edits: list[tuple[str, str, str]]) -> Path:
    """The report typed into and saved again: a run of its own a typed word, the package rewritten.

    WPS stores the parts in another order and compresses them its own way.
    """
    with zipfile.ZipFile(path) as old:
        parts = {item.filename: old.read(item) for item in reversed(old.infolist())}
    body = parts["word/document.xml"].decode()
    for sentence, before, after in edits:
        assert body.count(sentence) == 1
        body = body.replace(sentence, _typed(body, sentence, before, after))
    parts["word/document.xml"] = body.encode()
    edited = path.with_name("领导改过.docx")
    with zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return edited


def _typed(body: str, sentence: str, before: str, after: str) -> str:
    """The sentence with the number in a run of its own, as whoever types leaves it."""
    start = body.rindex("<w:r>", 0, body.index(sentence))
    opening = body[start : body.index("<w:t", start)]
    text = '<w:t xml:space="preserve">'
    number = f"</w:t></w:r>{opening}{text}{after}</w:t></w:r>{opening}{text}"
    return sentence.replace(before, number)


def _monday_papers(desk: Desk) -> None:
    desk.clock(MONDAY, 15, 30)
    made = desk.run("export", "--round", "2", "--out", desk.out / "报送")["files"]
    assert [(item["kind"], item["path"].rpartition(".")[2]) for item in made] == [
        ("report", "pdf"),
        ("report", "docx"),
        ("ledger", "xlsx"),
        ("summary", "pdf"),
    ]
    assert all(rule["ok"] for item in made for rule in item["layout_check"])
    assert made[3]["pages"] == 1
    for item in (made[0], made[3]):
        rules = {rule["rule"]: rule["measured"] for rule in item["layout_check"]}
        assert float(rules["印章上沿距正文"].partition(" ")[0]) <= 1  # within one line of the text
        assert int(rules["盖章页有正文"].partition(" ")[0]) >= 1  # body text on the same page
    sheets = load_workbook(made[2]["path"], read_only=True).sheetnames
    assert {"按措施", "按单位", "报送情况"} <= set(sheets), sheets
    desk.clock(MONDAY, 15, 40)
    ws, round_ = desk.open()
    for item, kind in ((made[0], PaperKind.REPORT), (made[3], PaperKind.SUMMARY)):
        papers_seal.log(
            ws,
            kind=kind.value,
            title=item["path"].rpartition("/")[2],
            copies=2,
            sealed_by="演示甲",
            sealed_on=ws.today,
            purpose="报送领导小组",
            sha256=item["sha256"],
            round_id=round_.id,
        )
    assert [line.copies for line in papers_seal.lines(ws, round_.id)] == [2, 2]
    desk.clock(MONDAY, 15, 55)
    line = papers_seal.lines(ws, round_.id)[0]
    scan = desk.out / "扫描件.pdf"
    scan.write_bytes((desk.out / "报送").joinpath(line.title).read_bytes())
    papers_seal.add_scan(ws, line.id, scan)
    [kept] = papers_seal.lines(ws, round_.id)[0].scans
    assert returns.attachment_path(ws, kept.sha256).read_bytes() == scan.read_bytes()
    ws.close()


def _monday_end(desk: Desk, second: Path) -> None:
    frozen = desk.run("freeze", "--round", "2")
    assert frozen["state"] == "frozen"
    assert len(frozen["sha256"]) == 64
    ws, round_ = desk.open()
    assert freezing.shut(ws, round_)
    assert freezing.snapshots_of(ws, round_)[-1].sha256 == frozen["sha256"]
    ws.close()
    desk.clock(MONDAY, 16, 0)
    package = desk.out / "交接包.hspack"
    desk.run("handover", package)
    desk.on(second, "merge", package)  # PC 2 has no ledger: the package becomes one
    seen = desk.on(second, "merge", package, "--dry-run")
    assert (seen["new"], seen["changed"], seen["conflicts"]) == (0, 0, [])
    for number in ("1", "2"):
        for by in ("unit", "measure", "pillar"):
            asked = ("status", "--round", number, "--by", by)
            assert desk.on(second, *asked) == desk.run(*asked)
    desk.clock(MONDAY, 16, 5)
    for root in (desk.root, second):
        hits = desk.on(root, "search", "两书同达")["hits"]
        assert {hit["round"] for hit in hits if hit["kind"] == "feedback"} == {1, 2}
        [hit] = desk.on(root, "search", "fgw")["hits"]
        assert (hit["kind"], hit["unit"]) == ("unit", "市发改委")
        assert desk.on(root, "check") == {"ok": True, "findings": []}
