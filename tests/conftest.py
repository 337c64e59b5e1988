"""What every test shares: no screen, no user's data folder, repeatable random input."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.display import missing_for_display, virtual_screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.display import Screen

ROOT = Path(__file__).resolve().parent.parent
NOTICE = ROOT.parent / "shared" / "notice" / "huangshi-2024-1.txt"

# Before anything imports Qt. Tests of real windows start programs of their own with another value.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with the reason, what this machine cannot do (dev.py installs it on Debian)."""
    if item.get_closest_marker("display"):
        if sys.platform == "win32":
            pytest.skip("real-window tests run on the virtual screen of Linux")
        if missing := missing_for_display():
            pytest.skip(f"no virtual screen: {', '.join(missing)} not installed")
    if item.get_closest_marker("office") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")


@pytest.fixture(autouse=True)
def _no_real_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch) -> None:
    """Keep every test away from the ledger of whoever runs the tests."""
    monkeypatch.setenv("HS_CREDIT_DATA", str(tmp_path_factory.getbasetemp() / "user-data"))


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def real_notice() -> Path:
    """The real notice of 2024 as text, which lies beside the project and not in it."""
    if not NOTICE.is_file():
        pytest.fail(
            f"The real notice is missing: put huangshi-2024-1.txt into {NOTICE.parent}", False
        )
    return NOTICE


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """A virtual screen of 1366 × 768 with a window manager; mark its tests `display`."""
    with virtual_screen() as shown:
        yield shown
