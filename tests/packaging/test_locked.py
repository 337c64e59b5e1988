"""A build takes the program's libraries from the lock, with hashes, and nothing of the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LOCK = """\
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:{0}
    # via pytest
lxml==6.1.3 \\
    --hash=sha256:{0} \\
    --hash=sha256:{1}
    # via hs-credit-desktop (pyproject.toml)
pluggy==1.7.0 \\
    --hash=sha256:{0}
    # via
    #   pytest
    #   sqlite-utils
""".format("a" * 64, "b" * 64)


def test_entries_are_read_with_marker_hashes_and_askers(script) -> None:
    colorama, lxml, pluggy = script("locked").read_lock(LOCK)
    assert (colorama.name, colorama.marker) == ("colorama", "sys_platform == 'win32'")
    assert lxml.line() == f"lxml==6.1.3 --hash=sha256:{'a' * 64} --hash=sha256:{'b' * 64}"
    assert pluggy.asked_by == ("pytest", "sqlite-utils")


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_a_build_takes_what_the_program_needs(script, repo_root: Path, system: str) -> None:
    chosen = {item.name: item for item in script("locked").chosen(repo_root, system)}
    assert {"pyside6-essentials", "shiboken6", "pillow", "pluggy", "pyinstaller"} <= chosen.keys()
    assert not {"pytest", "mypy", "hypothesis", "ruff", "pip", "macholib"} & chosen.keys()
    assert ("pefile" in chosen) == (system == "win32")
    assert all(item.hashes for item in chosen.values())


def test_every_shipped_package_has_a_licence(script) -> None:
    licences = script("licences")
    assert {item.name for item in licences.shipped()} == licences.LICENCES.keys()
