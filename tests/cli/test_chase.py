"""chase: the missing list and the chase letter, in official order, with the layout measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop import cli
from hs_credit_desktop.services import papers_publish
from tests.ledgers import make_workspace, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hs_credit_desktop.services.workspace import Workspace

NO_WINDOW = "opens no window"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = make_workspace(tmp_path)
    yield opened
    opened.close()


def chase(ws: Workspace, out: Path, *more: str) -> int:
    arguments = ("--data", str(ws.folder.root), "--today", "2024-08-20", "chase", "--round", "1")
    return cli.main([*arguments, "--out", str(out), *more], lambda *_: pytest.fail(NO_WINDOW))


def test_the_missing_in_official_order_and_the_files(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(ws, "市商务局", 1)
    assert chase(ws, tmp_path / "催报", "--json") == cli.Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"units", "files"}
    assert said["units"] == ["市数据局", "市文旅局", "市信用中心", "东区", "西区"]
    kinds = [(file["kind"], Path(file["path"]).suffix) for file in said["files"]]
    assert kinds == [
        ("chase_letter", ".pdf"),
        ("chase_letter", ".docx"),
        ("missing_list", ".pdf"),
        ("missing_list", ".docx"),
    ]
    for file in said["files"]:
        assert set(file) == {"path", "kind", "pages", "sha256", "layout_check"}
        assert Path(file["path"]).is_file()
        assert file["pages"] == (1 if file["path"].endswith(".pdf") else None)
    assert chase(ws, tmp_path / "催报") == cli.Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["第一轮未报 5 家：", "　市数据局　应反馈 2 条"]
    assert lines[-1].startswith("已写出 ")


def test_nobody_to_chase_writes_nothing(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for unit in ("市数据局", "市商务局", "市文旅局", "市信用中心", "东区", "西区"):
        record(ws, unit, 3 if unit != "市商务局" else 1)
    assert chase(ws, tmp_path / "催报") == cli.Exit.DONE
    assert capsys.readouterr().out == "第一轮未报 0 家，不用催报\n"
    assert not (tmp_path / "催报").exists()


def test_a_layout_rule_that_is_broken_is_a_finding(
    ws: Workspace,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from hs_credit_desktop.reports.layout_check import LayoutFinding
    from hs_credit_desktop.services.export import ExportedFile

    rule = LayoutFinding(rule="天头", measured="20 mm", limit="37±1 mm", ok=False)
    made = ExportedFile(tmp_path / "函.pdf", "chase_letter", 1, "0", (rule,))
    monkeypatch.setattr(papers_publish, "chase_papers", lambda *_: (made,))
    assert chase(ws, tmp_path) == cli.Exit.FINDINGS
    assert "版式自检：天头 实测 20 mm，应为 37±1 mm" in capsys.readouterr().out
