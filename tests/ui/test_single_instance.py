"""A second start finds the first window and brings it forward; a dead one is not waited for."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from hs_credit_desktop.ui import single_instance
from hs_credit_desktop.ui.single_instance import Doorbell, answer_later_starts, call_first

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose ledger a program has open."""
    (tmp_path / single_instance.LOCK_NAME).write_text("{}", encoding="utf-8")
    return tmp_path


def test_the_lock_is_the_ledgers_own() -> None:
    from hs_credit_desktop.store import lock

    assert single_instance.LOCK_NAME == lock.LOCK_NAME


def test_a_second_start_rings(folder: Path, qtbot) -> None:
    bell = Doorbell(folder)
    bell.listen()
    with qtbot.waitSignal(bell.rung, timeout=5000):
        assert call_first(folder)
    bell.close()
    assert not call_first(folder)


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_window_comes_forward(folder: Path, qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bell = answer_later_starts(window, folder)
    qtbot.waitUntil(lambda: call_first(folder), timeout=5000)
    qtbot.waitUntil(lambda: not window.isMinimized(), timeout=5000)
    assert window.isVisible()
    bell.close()


def test_a_name_left_by_a_crash_is_taken_over(folder: Path, qtbot) -> None:
    crashed = Doorbell(folder)
    crashed.listen()
    bell = Doorbell(folder)
    bell.listen()
    with qtbot.waitSignal(bell.rung, timeout=5000):
        assert call_first(folder)
    bell.close()


def test_a_second_start_brings_a_package(folder: Path, qtbot) -> None:
    bell = Doorbell(folder)
    bell.listen()
    package = folder / "交接包 1.hspack"
    with qtbot.waitSignal(bell.package_brought, timeout=5000) as brought:
        assert call_first(folder, package)
    assert brought.args == [package]
    bell.close()


@pytest.mark.parametrize("held", [None, ""])
def test_nobody_is_asked_when_the_ledger_is_not_open(folder: Path, held: str | None, qapp) -> None:
    (folder / single_instance.LOCK_NAME).unlink()
    if held is not None:
        (folder / single_instance.LOCK_NAME).write_text(held)
    bell = Doorbell(folder)
    bell.listen()
    assert not call_first(folder)
    bell.close()


def test_other_folders_have_other_names(tmp_path: Path) -> None:
    names = {single_instance.socket_name(tmp_path / name) for name in ("甲", "乙")}
    assert len(names) == 2


def test_windows_lets_the_first_window_take_the_foreground(
    folder: Path, monkeypatch: pytest.MonkeyPatch, qapp
) -> None:
    allowed: list[int] = []
    user32 = SimpleNamespace(AllowSetForegroundWindow=allowed.append)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    assert not call_first(folder)
    assert allowed == [single_instance.ANY_PROCESS]


def test_closing_before_listening_does_nothing(folder: Path, qapp) -> None:
    Doorbell(folder).close()
    assert not call_first(folder)
