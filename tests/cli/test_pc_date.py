"""`status` says when the PC's date cannot well be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop import cli
from hs_credit_desktop.cli import answer
from tests.ledgers import TODAY, clock_at, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_figures_begin_with_the_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = make_workspace(tmp_path)
    ws.close()
    data, no_window = str(ws.folder.root), lambda *_: 2
    for day, said in (
        (TODAY, "第一轮"),
        (TODAY.replace(year=2025), "电脑日期是2025年8月20日，台账上次保存是2024年8月20日"),
    ):
        monkeypatch.setattr(answer, "system_clock", lambda day=day: clock_at(day))
        assert cli.main(["--data", data, "status", "--round", "1"], no_window) == cli.Exit.DONE
        assert capsys.readouterr().out.startswith(said)
    chosen = ["--data", data, "--today", "2025-08-20", "status", "--round", "1"]
    assert cli.main(chosen, no_window) == cli.Exit.DONE  # somebody wants that day
    assert capsys.readouterr().out.startswith("第一轮")
