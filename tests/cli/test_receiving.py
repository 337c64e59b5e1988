"""forms, receive and review on the command line, as scripts see them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from hs_credit_desktop import cli
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.files.form_xlsx import write_form
from hs_credit_desktop.services import forms
from tests.ledgers import expected, make_workspace, round_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DONE = FeedbackParts("召开部门协调会3次，组织12家单位录入信用信息。", "好", "无", "继续")
Run = "Callable[..., tuple[int, Any]]"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    ws = make_workspace(tmp_path)
    place = expected(ws, "市数据局")
    form = forms.form_of(ws, round_number(ws), place, {1: DONE, 3: DONE})
    (tmp_path / "收到").mkdir()
    (tmp_path / "收到" / "表.xlsx").write_bytes(write_form(form))
    ws.close()
    return ws.folder.root


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    def call(*words: object) -> tuple[int, Any]:
        arguments = ["--data", str(root), "--today", "2024-08-20", *map(str, words)]
        status = cli.main(arguments, lambda _data, _today: 0)
        said = capsys.readouterr()
        return status, json.loads(said.out) if "--json" in words else said.out + said.err

    return call


def test_forms(run: Callable[..., tuple[int, Any]], tmp_path: Path) -> None:
    status, said = run("forms", "--round", 1, "--out", tmp_path / "出", "--json")
    assert status == 0
    assert len(said["files"]) == 6
    assert set(said["files"][0]) == {"path", "unit", "return_code", "measures"}
    status, said = run(
        "forms", "--round", 2, "--out", tmp_path / "二", "--unit", "ssjj", "--format", "docx"
    )
    assert status == 0
    assert "共 1 份" in said
    assert [path.suffix for path in (tmp_path / "二").glob("01*")] == [".docx"]


def test_receive_stages_then_accepts(run: Callable[..., tuple[int, Any]], tmp_path: Path) -> None:
    folder = tmp_path / "收到"
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "压.rar").write_bytes(b"Rar!xxxx")
    (folder / "杂.txt").write_text("座次", "utf-8")
    status, said = run("receive", folder, "--round", 1, "--json")
    assert status == 1
    assert [said[key] for key in ("files_in", "accepted", "staged", "refused", "other")] == [
        3,
        0,
        2,
        1,
        0,
    ]
    assert said["ignored"] == ["Thumbs.db"]
    by_name = {item["file"]: item for item in said["items"]}
    assert by_name["表.xlsx"]["how"] == "code"
    assert (by_name["表.xlsx"]["unit"], by_name["表.xlsx"]["version"]) == ("市数据局", 1)
    assert by_name["杂.txt"]["unit"] is None
    assert by_name["压.rar"]["findings"][0]["kind"] == "unreadable"
    status, text = run("receive", folder, "--round", 1)
    assert "已接收 0" in text
    assert "内容完全相同" in text


def test_receive_accept_and_review(run: Callable[..., tuple[int, Any]], tmp_path: Path) -> None:
    folder = tmp_path / "收到"
    status, said = run(
        "receive", folder, "--round", 1, "--accept", "--received-on", "2024-08-19", "--json"
    )
    assert (status, said["accepted"], said["rows_accepted"]) == (0, 1, 2)
    [item] = said["items"]
    assert (item["outcome"], item["received_on"], item["version"]) == ("accepted", "2024-08-19", 1)
    status, text = run("receive", folder, "--round", 1, "--accept")
    assert "其他 1" in text
    status, said = run(
        "review", "市政务数据局", "--round", 1, "send-back", "--reason", "缺数据", "--due",
        "2024-08-25", "--json",
    )  # fmt: skip
    assert (said["state"], said["resubmit_by"], said["reason"]) == (
        "sent_back",
        "2024-08-25",
        "缺数据",
    )
    status, text = run("review", "市数据局", "--round", 1, "accept")
    assert (status, text.strip()) == (0, "市数据局：通过")
    status, text = run("review", "市商务局", "--round", 1, "hold")
    assert status == 2
    assert "还没有报送" in text
