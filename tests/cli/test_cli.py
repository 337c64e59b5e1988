"""The command line as scripts and people meet it: keys, status, streams, plain sentences."""

from __future__ import annotations

import gc
import io
import json
import os
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hs_credit_desktop import PRODUCT, __main__, __version__, cli
from hs_credit_desktop.domain.returns import Completion, FeedbackParts, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.log import LOGGER
from hs_credit_desktop.services import export as publishing
from hs_credit_desktop.services import practice, returns, selftest
from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.notices import bundled_notice
from hs_credit_desktop.services.returns import Receipt
from tests.ledgers import (
    ROOT,
    TODAY,
    draft_notice,
    entry,
    expected,
    folder_state,
    make_workspace,
    record,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hs_credit_desktop.services.workspace import Workspace

NOTICE_KEYS = {
    *("title", "doc_number", "issued_on", "issuer", "contact", "rounds", "pillars", "units"),
    *("groups", "doubts", "counts"),
}
COUNTS = {
    *("pillars", "measures", "pairs", "printed_units", "units", "groups", "returns", "entries"),
}
STATUS_KEYS = {
    *("expected", "received", "on_time", "late", "overdue", "missing", "exempt", "accepted"),
    *("sent_back", "to_review", "on_hold", "entries_expected", "entries_covered", "rate"),
    *("on_time_rate", "rows", "missing_units"),
}


class Shell:
    """Runs commands in this process and keeps what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str | Path) -> int:
        status = cli.main([str(item) for item in arguments], _no_window)
        self.out, self.err = self.capsys.readouterr()
        return status

    def json(self, *arguments: str | Path) -> Any:
        """The one document of a command that does its work."""
        status = self(*arguments, "--json")
        assert (status, self.err) == (cli.Exit.DONE, "")
        return json.loads(self.out)

    def refuses(self, *arguments: str | Path) -> str:
        """The one sentence of a command that refuses."""
        status = self(*arguments)
        assert (status, self.out) == (cli.Exit.WRONG, "")
        assert self.err.endswith("。\n")
        assert len(self.err.splitlines()) == 1
        assert "Traceback" not in self.err
        return self.err


def _no_window(data: Path | None, today: date | None) -> int:
    raise AssertionError("a command opens no window")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line."""
    return Shell(capsys)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """The small ledger of the commands, open for writing beside them."""
    opened = make_workspace(tmp_path)
    yield opened
    opened.close()


# --- notice, init -----------------------------------------------------------------------------


def test_notice_gives_exactly_these_keys(run: Shell, real_notice: Path) -> None:
    said = run.json("notice", real_notice)
    assert set(said) == NOTICE_KEYS
    assert set(said["contact"]) == {"name", "phone", "mailbox"}
    assert [round_["due_on"] for round_ in said["rounds"]] == ["2024-08-30", "2024-11-30"]
    assert {key for item in said["rounds"] for key in item} == {"name", "due_on"}
    assert {key for item in said["pillars"] for key in item} == {"number", "title", "measures"}
    measures = [item for pillar in said["pillars"] for item in pillar["measures"]]
    assert {key for item in measures for key in item} == {
        *("number", "title", "heading", "body", "deadline", "responsibilities"),
    }
    pairs = [pair for item in measures for pair in item["responsibilities"]]
    assert {key for pair in pairs for key in pair} == {
        *("printed", "unit", "role", "suggested", "group"),
    }
    assert {key for item in said["units"] for key in item} == {"name", "kind", "aliases"}
    assert {key for item in said["groups"] for key in item} == {"name", "members"}
    assert {key for item in said["doubts"] for key in item} == {
        *("kind", "where", "line", "text", "choices"),
    }
    assert said["counts"] == {
        "pillars": 7,
        "measures": 24,
        "pairs": 148,
        "printed_units": 43,
        "units": 38,
        "groups": 2,
        "returns": 44,
        "entries": 267,
    }
    assert (said["doc_number"], said["issued_on"]) == ("黄信用办〔2024〕1号", "2024-07-03")
    assert measures[0]["heading"] is None


def test_notice_in_words(run: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from hs_credit_desktop.services import notices
    from tests.ledgers import source

    monkeypatch.setattr(notices, "read_notice", lambda file: source(draft_notice()))
    assert run("notice", tmp_path / "通知.txt") == cli.Exit.DONE
    lines = run.out.splitlines()
    assert lines[:2] == [
        "关于印发信用工作任务分解的通知",
        "测信办〔2024〕1号　测试市信用办　2024-07-03",
    ]
    assert "每轮应报 6 家 11 条" in lines[2]
    assert "需要您核对的疑点 2 处：" in lines
    assert lines[-1] == "  第 9 行　没有采用：—1—"
    said = run.json("notice", tmp_path / "通知.txt")
    deadline = said["pillars"][0]["measures"][0]["deadline"]
    assert deadline == {"printed": "8月底前", "due_on": "2024-08-31"}
    assert said["pillars"][0]["measures"][1]["deadline"] is None


def test_init_then_status(run: Shell, tmp_path: Path) -> None:
    data = tmp_path / "新台账"
    said = run.json("--data", data, "--today", "2024-07-05", "init", bundled_notice())
    assert set(said) == {"counts", "doubts_open"}
    assert set(said["counts"]) == COUNTS
    assert said["doubts_open"] > 0
    for day, overdue in (("2024-11-29", 0), ("2024-11-30", 0), ("2024-12-01", 44)):
        figures = run.json("--data", data, "--today", day, "status", "--round", "2")
        assert (figures["expected"], figures["received"], figures["missing"]) == (44, 0, 44)
        assert figures["overdue"] == overdue
    before = folder_state(data)
    assert "已有台账，没有改动" in run.refuses("--data", data, "init", bundled_notice())
    assert folder_state(data) == before


def test_init_in_words(run: Shell, tmp_path: Path) -> None:
    assert run("--data", tmp_path / "新", "init", bundled_notice()) == cli.Exit.DONE
    assert run.out.startswith(f"台账已建立：{tmp_path / '新' / 'ledger.hscredit'}")
    assert "请在窗口里核对" in run.out


NO_NOTICES = {"空": b"", "二进制": b"\x00\x01\x02" * 99, "无措施": "今天天气很好。\n".encode() * 9}


@pytest.mark.parametrize("content", NO_NOTICES.values(), ids=NO_NOTICES)
@pytest.mark.parametrize("command", ["notice", "init"])
def test_what_is_no_notice(run: Shell, tmp_path: Path, content: bytes, command: str) -> None:
    paper = tmp_path / "不是通知.txt"
    paper.write_bytes(content)
    run.refuses("--data", tmp_path / "新", command, paper)
    assert list(folder_state(tmp_path)) == ["不是通知.txt"]


def test_a_notice_that_is_not_there(run: Shell, tmp_path: Path) -> None:
    assert "没有.docx" in run.refuses("notice", tmp_path / "没有.docx")


# --- status -----------------------------------------------------------------------------------


def test_status_gives_exactly_these_keys(run: Shell, ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    said = run.json("--data", ws.folder.root, "--today", "2024-08-31", "status", "--round", "1")
    assert set(said) == STATUS_KEYS
    assert (said["expected"], said["received"], said["overdue"]) == (6, 1, 5)
    assert (said["rate"], said["on_time_rate"]) == (0.1667, 0.1667)
    assert said["missing_units"][0] == "市商务局"
    assert said["rows"][1]["received_on"] is None
    for by, name in (("measure", "measure"), ("pillar", "pillar")):
        rows = run.json("--data", ws.folder.root, "status", "--by", by)["rows"]
        assert {name, "number", "entries_expected", "entries_covered"} < set(rows[0])


def test_status_in_words(run: Shell, ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    assert run("--data", ws.folder.root, "--today", "2024-08-20", "status") == cli.Exit.DONE
    lines = run.out.splitlines()
    assert lines[0] == "第一轮（2024-08-30 前报送）　截至 2024-08-20"
    assert lines[1].startswith("应报 6 · 已报 1（16.7%） · 按时 1（16.7%） · 逾期报送 0")
    assert lines[2] == "通过 0 · 退回补报 0 · 待审 1 · 存疑 0；反馈 1/11 条"
    assert lines[3].startswith("未报单位：市商务局、")


def test_status_without_missing_units(run: Shell, ws: Workspace) -> None:
    for unit, measure in (
        ("市数据局", 1),
        ("市商务局", 1),
        ("市文旅局", 2),
        ("市信用中心", 3),
        ("东区", 1),
        ("西区", 1),
    ):
        record(ws, unit, measure)
    asked = ("--today", "2024-08-20", "status", "--round", "1")
    assert run("--data", ws.folder.root, *asked) == cli.Exit.DONE
    assert "未报单位" not in run.out
    assert len(run.out.splitlines()) == 3


def test_round_and_notice_that_are_not_there(run: Shell, ws: Workspace) -> None:
    data = ws.folder.root
    assert "没有第 5 轮" in run.refuses("--data", data, "status", "--round", "5")
    assert "没有文号为 X 的通知" in run.refuses("--data", data, "status", "--notice", "X")
    named = run.json("--data", data, "status", "--notice", "测信办〔2024〕1号")
    assert named["expected"] == 6


# --- search, check ----------------------------------------------------------------------------


def test_search_gives_exactly_these_keys(run: Shell, ws: Workspace) -> None:
    record(ws, "市数据局", 1, "会同税务部门核查")
    said = run.json("--data", ws.folder.root, "search", "税务")
    assert said == {
        "hits": [
            {
                "kind": "feedback",
                "round": 1,
                "unit": "市数据局",
                "measure": "完善信用制度",
                "excerpt": "会同税务部门核查",
            }
        ]
    }
    units = run.json("--data", ws.folder.root, "search", "ssjj")["hits"]
    assert [(hit["unit"], hit["measure"], hit["round"]) for hit in units] == [
        ("市数据局", None, None)
    ]


def test_search_in_words(run: Shell, ws: Workspace) -> None:
    record(ws, "市数据局", 1, "会同税务部门核查")
    run("--data", ws.folder.root, "search", "税务")
    assert run.out == "反馈　第1轮　市数据局　完善信用制度　会同税务部门核查\n"
    run("--data", ws.folder.root, "search", "信用监管")
    assert run.out.startswith("措施　推进信用监管　推进信用监管")
    run("--data", ws.folder.root, "search", "没有这个")
    assert run.out == "没有找到“没有这个”。换个说法，或只写其中两三个字再试。\n"


def test_check_of_a_whole_and_of_a_harmed_ledger(run: Shell, ws: Workspace) -> None:
    data = ws.folder.root
    assert run.json("--data", data, "check") == {"ok": True, "findings": []}
    assert run("--data", data, "check") == cli.Exit.DONE
    assert run.out == "台账完好，没有发现问题。\n"
    [original] = [path for path in ws.folder.files.rglob("*") if path.is_file()]
    original.write_bytes(b"harmed")
    assert run("--data", data, "check", "--json") == cli.Exit.FINDINGS
    said = json.loads(run.out)
    assert said["ok"] is False
    assert [{"where", "text", "advice"} <= set(item) for item in said["findings"]] == [True]
    assert run("--data", data, "check") == cli.Exit.FINDINGS
    assert "保存的原件被改动过。" in run.out


# --- export, demo, self-test ------------------------------------------------------------------


def test_export_gives_exactly_these_keys(run: Shell, ws: Workspace, tmp_path: Path) -> None:
    mine = entry(ws, "市数据局", 1)
    parts = FeedbackParts("办法已印发", "归集 3 万条", completion=Completion.DONE)
    returns.record(ws, entry_id=mine.id, parts=parts, receipt=Receipt(TODAY))
    out = tmp_path / "导出"
    said = run.json("--data", ws.folder.root, "export", "--round", "1", "--out", out)
    assert set(said) == {"files"}
    assert [item["kind"] for item in said["files"]] == [*("report", "report", "ledger", "summary")]
    for item in said["files"]:
        assert set(item) == {"path", "kind", "pages", "sha256", "layout_check"}
        assert Path(item["path"]).is_file()
        for rule in item["layout_check"]:
            assert set(rule) == {"rule", "measured", "limit", "ok"}


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ([], {"report", "word", "ledger", "summary"}),
        (["--pdf"], {"report"}),
        (["--docx"], {"word"}),
        (["--summary"], {"summary"}),
        (["--xlsx"], {"ledger"}),
        (["--pdf", "--xlsx"], {"report", "ledger"}),
    ],
)
def test_export_of_what_is_named_or_all(
    run: Shell,
    ws: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    kinds: set[str],
) -> None:
    asked: list[tuple[int, Path, set[str]]] = []

    def write(_: Workspace, round_: Any, out: Path, kinds: set[str]) -> list[ExportedFile]:
        asked.append((round_.number, out, kinds))
        return [ExportedFile(out / "报告.pdf", "report", 12, "0" * 64)]

    monkeypatch.setattr(publishing, "export", write)
    arguments = ("--data", ws.folder.root, "export", "--round", "2", "--out", tmp_path, *options)
    assert run(*arguments) == cli.Exit.DONE
    assert asked == [(2, tmp_path, kinds)]
    assert run.out == f"已导出 {tmp_path / '报告.pdf'}（12 页）\n"


def test_export_that_breaks_a_layout_rule(
    run: Shell, ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hs_credit_desktop.reports.layout_check import LayoutFinding

    rules = (
        LayoutFinding(rule="每页行数", measured="21", limit="22", ok=False),
        LayoutFinding(rule="每行字数", measured="28", limit="28", ok=True),
    )
    made = ExportedFile(tmp_path / "台账.xlsx", "ledger", None, "0" * 64, rules)
    monkeypatch.setattr(publishing, "export", lambda *_: [made])
    status = run("--data", ws.folder.root, "export", "--round", "1", "--out", tmp_path)
    assert status == cli.Exit.FINDINGS
    assert run.out.splitlines() == [
        f"已导出 {tmp_path / '台账.xlsx'}",
        "版式自检：每页行数 实测 21，应为 22",
    ]


def test_demo_names_the_folder_to_open(
    run: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, int]] = []

    def create(root: Path, *, extra_entries: int) -> Path:
        asked.append((root, extra_entries))
        return root

    monkeypatch.setattr(practice, "create_practice", create)
    said = run.json("demo", tmp_path / "练习", "--entries", "700")
    assert set(said) == {"data", "files"}
    assert said["data"] == str(tmp_path / "练习")
    assert run("demo", tmp_path / "练习") == cli.Exit.DONE
    assert f"打开：hs-credit --data {tmp_path / '练习'}" in run.out
    assert asked == [(tmp_path / "练习", 700), (tmp_path / "练习", 0)]


@pytest.mark.parametrize(("passed", "status"), [(True, cli.Exit.DONE), (False, cli.Exit.FINDINGS)])
def test_self_test_says_each_step(
    run: Shell, monkeypatch: pytest.MonkeyPatch, passed: bool, status: cli.Exit
) -> None:
    def steps(clock: Any, say: Any) -> bool:
        say(f"通过　{clock.today().year > 2000}")
        return passed

    monkeypatch.setattr(selftest, "run", steps)
    assert run("--self-test") == status
    assert run.out == "通过　True\n"


# --- wrong use, and faults of ours ------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("飞",), "命令 不能是 飞，可选 notice, init"),
        (("status", "--round", "一"), "--round 要写整数，不能写 一：请看 hs-credit status --help"),
        (("status", "--round"), "--round 后面要写内容"),
        (("status", "--by", "x"), "--by 不能是 x，可选 unit, measure, pillar"),
        (("status", "--json=1"), "--json 后面不能写 1"),
        (("status", "--rou", "1"), "不认识 --rou 1"),
        (("export", "--round", "1"), "少了 --out"),
        (("search",), "少了 文字"),
        (("notice",), "少了 通知文件"),
        (("--today", "2024-13-40", "status"), "日期“2024-13-40”不对：请按“2024-12-02”的格式填写"),
        (("--today", "明天", "status"), "日期“明天”不对"),
    ],
)
def test_wrong_use_is_one_chinese_sentence(
    run: Shell, arguments: tuple[str, ...], words: str
) -> None:
    said = run.refuses(*arguments)
    assert words in said
    for english in ("argument", "invalid", "required", "expected", "unrecognized", "choose"):
        assert english not in said


def test_a_complaint_nobody_foresaw(run: Shell) -> None:
    parser = cli.parser()
    with pytest.raises(UserError, match="命令写得不对，写法有误：请看 hs-credit --help"):
        parser.error("something new in argparse")


@pytest.mark.parametrize("command", [(), ("status",), ("export",), ("notice",), ("demo",)])
def test_help_is_chinese(capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*command, "--help"], _no_window)
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith("用法：hs-credit")
    for english in ("usage", "options", "positional", "show this", "optional"):
        assert english not in said


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"], _no_window)
    assert (left.value.code, capsys.readouterr().out) == (0, f"{PRODUCT} {__version__}\n")


@pytest.mark.parametrize("command", ["status", "check", "search x", "export --round 1 --out o"])
def test_ledgers_that_cannot_be_opened(run: Shell, tmp_path: Path, command: str) -> None:
    nothing, foreign, blocked = tmp_path / "无", tmp_path / "别的", tmp_path / "文件"
    foreign.mkdir()
    (foreign / "ledger.hscredit").write_bytes(b"not ours" * 99)
    blocked.write_bytes(b"")
    before = folder_state(tmp_path)
    words = command.split()
    assert "没有可以打开的台账" in run.refuses("--data", nothing, *words)
    assert "不是本程序的台账" in run.refuses("--data", foreign, *words)
    assert "没有可以打开的台账" in run.refuses("--data", blocked / "数据", *words)
    assert folder_state(tmp_path) == before


def test_init_where_nothing_can_be_written(run: Shell, tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    said = run.refuses("--data", tmp_path / "文件" / "数据", "init", bundled_notice())
    assert "不能写入：没有改动任何文件" in said
    assert list(folder_state(tmp_path)) == ["文件"]


def test_reading_commands_work_beside_the_open_window(run: Shell, ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    assert run.json("--data", ws.folder.root, "status", "--round", "1")["received"] == 1
    returns.review(
        ws, expected_return_id=expected(ws, "市数据局").id, decision=ReturnState.ACCEPTED
    )
    assert run.json("--data", ws.folder.root, "status", "--round", "1")["accepted"] == 1


def _broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("机密文字")


def test_a_fault_of_ours_goes_to_the_log(
    run: Shell, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hs_credit_desktop.services import integrity

    monkeypatch.setattr(integrity, "check", _broken)
    said = run.refuses("--data", ws.folder.root, "check")
    logs = ws.folder.logs
    assert said == (
        "程序内部出错（ZeroDivisionError），没有做完：已保存的内容不受影响。"
        f"请把 {logs} 里的日志交给维护人员。\n"
    )
    assert "ZeroDivisionError" in (logs / "hs-credit.log").read_text(encoding="utf-8")
    assert LOGGER.handlers == []


def test_a_fault_where_no_log_can_be_written(
    run: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "文件").write_bytes(b"")
    monkeypatch.setattr(selftest, "run", _broken)
    said = run.refuses("--data", tmp_path / "文件" / "数据", "--self-test")
    assert said.endswith("请把这句话告诉维护人员（机密文字）。\n")


def test_interrupted(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(selftest, "run", stop)
    assert run.refuses("--self-test") == "命令已中断，没有做完：已保存的内容不受影响。\n"


def test_a_reader_that_goes_away(monkeypatch: pytest.MonkeyPatch, ws: Workspace) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Gone())
    assert cli.main(["--data", str(ws.folder.root), "status"], _no_window) == cli.Exit.WRONG
    assert sys.stdout is None


def test_what_is_no_json_is_our_fault() -> None:
    assert cli._plain(date(2024, 8, 30)) == "2024-08-30"
    with pytest.raises(TypeError, match="no JSON for set"):
        cli._plain(set())


# --- the entrance -----------------------------------------------------------------------------


def test_no_command_opens_the_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[tuple[Path | None, date | None]] = []

    def window(data: Path | None, today: date | None) -> int:
        opened.append((data, today))
        return 7

    assert cli.main([], window) == 7
    assert cli.main(["--data", str(tmp_path), "--today", "2024-11-29"], window) == 7
    assert opened == [(None, None), (tmp_path, date(2024, 11, 29))]


def test_main_takes_the_arguments_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["hs-credit", "飞"])
    assert __main__.main() == cli.Exit.WRONG
    assert "命令 不能是 飞" in capsys.readouterr().err


def test_main_opens_the_real_window(monkeypatch: pytest.MonkeyPatch) -> None:
    from hs_credit_desktop import app

    opened: list[tuple[Path | None, date | None]] = []
    monkeypatch.setattr(app, "run", lambda data, today, _: opened.append((data, today)) or 0)
    try:
        assert __main__.main([]) == 0
        assert not gc.isenabled()  # the window turns it on again after the first paint
    finally:
        gc.enable()
    assert opened == [(None, None)]


def test_the_package_runs_as_a_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["hs-credit", "飞"])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(ROOT / "hs_credit_desktop" / "__main__.py"), run_name="__main__")
    assert left.value.code == cli.Exit.WRONG
    assert "命令 不能是 飞" in capsys.readouterr().err


def _process(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "hs_credit_desktop", *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "env",
    [{"PYTHONIOENCODING": "gbk"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["gbk", "C"],
)
def test_utf8_whatever_the_console(ws: Workspace, env: dict[str, str]) -> None:
    done = _process("--data", str(ws.folder.root), "search", "ssjj", "--json", **env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())["hits"][0]["unit"] == "市数据局"
    assert "市数据局".encode() in done.stdout
    wrong = _process("fly", **env)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert wrong.stderr.decode().startswith("命令写得不对，命令 不能是 fly")


def test_what_no_console_can_show_is_escaped(ws: Workspace) -> None:
    done = _process("--data", str(ws.folder.root), "search", "\udcff")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("没有找到“\\udcff”")


HEADLESS = """
import sys
from hs_credit_desktop.__main__ import main
for command in (["status"], ["search", "信用"], ["check"], ["notice", sys.argv[2]]):
    assert main(["--data", sys.argv[1], *command]) == 0, command
print([name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6")])
"""


def test_commands_import_no_qt(ws: Workspace) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEADLESS, str(ws.folder.root), str(bundled_notice())],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "[]"


def test_init_with_the_answers_of_the_script(run: Shell, tmp_path: Path) -> None:
    """The prologue of the year: 44 returns, 267 entries; 市有关部门 stays open."""
    answers = tmp_path / "答案.json"
    said = run.json("notice", bundled_notice())["doubts"]
    later = "暂不指定"
    items = [
        {"kind": each["kind"], "line": each["line"], "answer": each["choices"][0]} for each in said
    ]
    items[0]["answer"] = 1
    answers.write_text(json.dumps([*items, {"kind": "leads", "answer": "全部确认"}]), "utf-8")
    made = run.json("--data", tmp_path / "新", "init", bundled_notice(), "--decisions", answers)
    assert (made["counts"]["returns"], made["counts"]["entries"]) == (44, 267)
    assert (made["counts"]["units"], made["counts"]["groups"]) == (38, 2)
    assert [each["choices"][0] for each in said].count(later) == made["doubts_open"] == 1
    figures = run.json("--data", tmp_path / "新", "--today", "2024-07-05", "status")
    assert (figures["expected"], figures["entries_expected"]) == (44, 267)
    items = [each for each in items if each["kind"] != "vague_group"]
    answers.write_text(
        json.dumps(
            [
                *items,
                {"kind": "vague_group", "line": 57, "answer": 2, "members": ["市公安局"]},
            ]
        ),
        "utf-8",
    )
    assert run("--data", tmp_path / "二", "init", bundled_notice(), "--decisions", answers) == 0
    assert "疑点都已核对。" in run.out
    answers.write_text("[3]", "utf-8")
    assert "第 1 项" in run.refuses(
        "--data", tmp_path / "三", "init", bundled_notice(), "--decisions", answers
    )
    assert not (tmp_path / "三").exists()
