"""The packaged program: data beside a portable one, files opened by double-click, no console."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop import __main__, cli, paths
from hs_credit_desktop.ui import messages

if TYPE_CHECKING:
    from pathlib import Path

LOCAL = {"LOCALAPPDATA": "C:/本机"}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packaged program's folder with a name of Chinese and a space."""
    folder = tmp_path / "U 盘"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "hs-credit.exe"))
    return folder


def test_from_source_there_is_no_program_folder() -> None:
    assert paths.program_folder() is None


def test_installed_program_keeps_data_with_the_user(program: Path) -> None:
    assert program not in paths.default_data_root(LOCAL, "win32").parents


def test_marker_keeps_data_beside_the_program(program: Path) -> None:
    (program / paths.PORTABLE_MARKER).touch()
    assert paths.default_data_root(LOCAL, "win32") == program / "数据"


def test_a_chosen_folder_comes_before_the_marker(program: Path) -> None:
    (program / paths.PORTABLE_MARKER).touch()
    chosen = paths.default_data_root({**LOCAL, "HS_CREDIT_DATA": "D:/台账"}, "win32")
    assert chosen.as_posix() == "D:/台账"


def test_a_double_clicked_ledger_opens_its_folder(tmp_path: Path) -> None:
    ledger = tmp_path / "台账 2024" / "ledger.hscredit"
    ledger.parent.mkdir()
    ledger.touch()
    opened = []
    status = cli.main(
        ["--open", str(ledger)], lambda data, today: opened.append((data, today)) or 0
    )
    assert (status, opened) == (0, [(ledger.parent, None)])


def test_a_double_clicked_package_goes_to_the_window(tmp_path: Path) -> None:
    package = tmp_path / "交接包.hspack"
    package.touch()
    opened = []
    status = cli.main(["--open", str(package)], lambda *said: opened.append(said) or 0)
    assert (status, opened) == (0, [(None, None, package)])


@pytest.mark.parametrize("name", ["ledger.hscredit", "升级前_v1.hscredit"])
def test_any_other_file_is_not_opened(tmp_path: Path, name: str, capsys) -> None:
    if name != "ledger.hscredit":
        (tmp_path / name).touch()
    status = cli.main(["--open", str(tmp_path / name)], lambda data, today: pytest.fail("opened"))
    assert status == cli.Exit.WRONG
    assert name in capsys.readouterr().err


def test_without_a_console_the_sentence_stands_in_a_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp
) -> None:
    shown = []
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(messages, "tell", lambda parent, what, advice: shown.append((what, advice)))
    (tmp_path / "别的.hscredit").touch()
    assert __main__.main(["--open", str(tmp_path / "别的.hscredit")]) == cli.Exit.WRONG
    ((what, advice),) = shown
    assert "别的.hscredit" in what
    assert advice.startswith("备份文件")


def test_without_a_console_what_went_well_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(messages, "tell", lambda *said: pytest.fail("a box"))
    monkeypatch.setattr(__main__, "_open_window", lambda data, today: 0)
    assert __main__.main([]) == 0
