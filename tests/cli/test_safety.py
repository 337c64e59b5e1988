"""backup, restore, freeze, reopen, handover, merge on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from hs_credit_desktop import cli
from hs_credit_desktop.services import second_copy
from hs_credit_desktop.services.workspace import open_workspace
from tests.ledgers import TODAY, clock_at, make_workspace, record

if TYPE_CHECKING:
    from pathlib import Path


class Shell:
    """Runs commands on one data folder and keeps what they said."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str | Path) -> int:
        options = ("--data", str(self.root), "--today", TODAY.isoformat())
        status = cli.main([*options, *(str(item) for item in arguments)], _no_window)
        self.out, self.err = self.capsys.readouterr()
        return status

    def json(self, *arguments: str | Path) -> Any:
        """The one document of a command that does its work."""
        assert (self(*arguments, "--json"), self.err) == (cli.Exit.DONE, "")
        return json.loads(self.out)


def _no_window(*_: object) -> int:
    raise AssertionError("a command opens no window")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line on a small ledger with one entry logged."""
    ws = make_workspace(tmp_path)
    record(ws, "市数据局", 1)
    ws.close()
    return Shell(ws.folder.root, capsys)


def _record(run: Shell, unit: str, measure: int) -> None:
    ws = open_workspace(run.root, clock_at(TODAY))
    record(ws, unit, measure)
    ws.close()


def test_backup_and_restore(run: Shell, tmp_path: Path) -> None:
    made = run.json("backup")
    assert set(made) == {"file", "sha256", "returns", "entries", "would_lose"}
    assert (made["returns"], made["entries"], made["would_lose"]) == (1, 1, [])
    _record(run, "市商务局", 2)
    shown = run.json("restore", made["file"], "--dry-run")
    assert set(shown) == {"file", "sha256", "returns", "entries", "would_lose"}
    assert shown["sha256"] == made["sha256"]
    assert [(line["action"], line["subject"]) for line in shown["would_lose"]] == [
        ("登记反馈", "市商务局·归集信用信息")
    ]
    assert run.json("backup")["returns"] == 2
    assert run("restore", made["file"]) == cli.Exit.DONE
    assert run.out.splitlines()[0] == "已还原，失去 1 项操作（备份里有报送件 1 份，现在有 2 份）"
    assert run.json("backup", "--out", tmp_path / "带走.hscredit")["returns"] == 1
    assert (tmp_path / "带走.files").is_dir()
    assert run("restore", tmp_path / "没有.hscredit", "--dry-run") == cli.Exit.WRONG


def test_restore_where_the_ledger_does_not_open(run: Shell, tmp_path: Path) -> None:
    made = run.json("backup")
    ledger = run.root / "ledger.hscredit"
    ledger.write_bytes(b"gone")
    assert run("status", "--round", "1") == cli.Exit.WRONG
    shown = run.json("restore", made["file"], "--dry-run")
    assert shown == {**made, "would_lose": None}
    assert ledger.read_bytes() == b"gone"
    assert run("restore", made["file"]) == cli.Exit.DONE
    assert run.out.splitlines() == [
        "已还原，现在的台账读不出来，列不出会失去什么（备份里有报送件 1 份）",
        "原来的台账打不开，留在 set-aside 文件夹。",
    ]
    assert (run.root / "set-aside" / "01_ledger.hscredit").read_bytes() == b"gone"
    assert run.json("status", "--round", "1")["received"] == 1
    ws = open_workspace(run.root, clock_at(TODAY))
    assert run("restore", made["file"]) == cli.Exit.WRONG
    assert run.err.startswith("台账正在被使用")
    ws.close()


def test_backup_says_what_is_not_well(run: Shell, tmp_path: Path) -> None:
    ws = open_workspace(run.root, clock_at(TODAY))
    second_copy.set_second_place(ws, tmp_path)
    ws.close()
    assert run("backup") == cli.Exit.DONE
    assert "第二份 " in run.out
    ws = open_workspace(run.root, clock_at(TODAY))
    with ws.change("改第二位置", "", {}):
        ws.ledger.execute(
            "UPDATE settings SET value = ? WHERE key = ?",
            str(tmp_path / "没有"),
            second_copy.TARGET,
        )
    ws.close()
    assert run("backup") == cli.Exit.DONE
    assert "请插好备份盘" in run.out
    content = bytearray((run.root / "ledger.hscredit").read_bytes())
    content[content.index("已印发方案".encode()) + 1] ^= 1
    (run.root / "ledger.hscredit").write_bytes(content)
    assert run("backup") == cli.Exit.FINDINGS
    assert "请用 check 查看" in run.out


def test_freeze_and_reopen(run: Shell) -> None:
    said = run.json("freeze", "--round", "1")
    assert set(said) == {
        *("number", "name", "due_on", "state", "sha256", "contents", "frozen_at", "reopened")
    }
    assert (said["number"], said["state"], said["reopened"]) == (1, "frozen", [])
    assert run("freeze", "--round", "1") == cli.Exit.WRONG
    assert run.err == "第一轮已经封存：如需改动，请先解封。\n"
    one = run.json("reopen", "--round", "1", "--unit", "市商务局", "--reason", "漏报")
    assert (one["state"], one["reopened"]) == ("frozen", ["漏报"])
    assert run("reopen", "--round", "1", "--reason", "全部重审") == cli.Exit.DONE
    assert run.out.splitlines()[0] == "第一轮已解封，现在是进行中"
    assert run("reopen", "--round", "2", "--reason", "试") == cli.Exit.WRONG


def test_two_pcs(run: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "口令.txt"
    key.write_text("天干地支\n", encoding="utf-8")
    first = run.json("handover", tmp_path / "一.hspack", "--passphrase-file", key)
    assert set(first) == {"file", "sha256", "rows", "files"}
    other = Shell(tmp_path / "第二台", capsys)
    assert other("merge", tmp_path / "一.hspack") == cli.Exit.WRONG
    assert other.err == "一.hspack 设了口令，没有打开：请向制作人问清口令。\n"
    made = other.json("merge", tmp_path / "一.hspack", "--passphrase-file", key)
    assert made == {"new": None, "changed": None, "same": None, "conflicts": []}
    _record(run, "市商务局", 2)
    _record(other, "市商务局", 2)
    _record(other, "市文旅局", 2)
    other.json("handover", tmp_path / "二.hspack")
    shown = json.loads(_said(run, "merge", tmp_path / "二.hspack", "--dry-run"))
    assert set(shown) == {"new", "changed", "same", "conflicts"}
    assert [(item["where"], item["field"]) for item in shown["conflicts"]] == [
        ("市商务局", "报送件和审核")
    ]
    assert run("merge", tmp_path / "二.hspack") == cli.Exit.FINDINGS
    assert run.out.startswith("没有合并：")
    assert run("merge", tmp_path / "二.hspack", "--keep", "here") == cli.Exit.DONE
    assert run.out.startswith("已合并：")
    run.json("handover", tmp_path / "三.hspack", "--changes-only")
    assert other.json("merge", tmp_path / "三.hspack")["conflicts"] == []
    figures = [shell.json("status", "--round", "1") for shell in (run, other)]
    assert figures[0] == figures[1]
    assert figures[0]["received"] == 3


def _said(run: Shell, *arguments: str | Path) -> str:
    assert run(*arguments, "--json") == cli.Exit.FINDINGS
    return run.out


def test_passphrase_file_without_a_passphrase(run: Shell, tmp_path: Path) -> None:
    (tmp_path / "空").write_bytes(b"\xff\xfe")
    for name in ("空", "没有"):
        options = ("handover", tmp_path / "包.hspack", "--passphrase-file", tmp_path / name)
        assert run(*options) == cli.Exit.WRONG
        assert "读不出口令" in run.err
    assert not (tmp_path / "包.hspack").exists()
