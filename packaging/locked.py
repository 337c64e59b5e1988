"""Picks out of requirements.lock what the packaged program is made from, for one system.

The lock serves development on every system. A build takes only the program's own libraries and
PyInstaller, each with its hashes, and nothing that the tests need.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from pathlib import Path

BUILD_TOOLS = ("pyinstaller",)
# What sqlite-utils asks for but never imports in the ways we use it.
NOT_NEEDED = ("pip",)
SYSTEMS: dict[str, dict[str, str]] = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "win32": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}


@dataclass(frozen=True)
class Locked:
    """One entry of the lock: exact version, marker or "", hashes, and who asks for it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]

    def line(self) -> str:
        """Return the entry as pip reads it, without the marker, which was judged already."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash={h}" for h in self.hashes)])


def read_lock(text: str) -> list[Locked]:
    """Return the entries of a lock that uv wrote."""
    entries = []
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        head = re.match(r"([\w.-]+)==(\S+)(?: ; (.*?))? \\", block)
        if head is None:
            continue
        hashes = tuple(re.findall(r"--hash=(sha256:[0-9a-f]{64})", block))
        asked_by = tuple(re.findall(r"^    #   (?:via )?(\S+)|^    # via (\S+)", block, re.M))
        names = tuple(a or b for a, b in asked_by)
        entries.append(Locked(canonicalize_name(head[1]), head[2], head[3] or "", hashes, names))
    return entries


def program_libraries(pyproject: Path) -> set[str]:
    """Return the names of the libraries that the program itself asks for."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    return {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}


def chosen(root: Path, system: str) -> list[Locked]:
    """Return what a build for a system (linux, win32) installs, with what that asks for."""
    environment = {**SYSTEMS[system], "platform_python_implementation": "CPython"}
    entries = read_lock((root / "requirements.lock").read_text(encoding="utf-8"))
    wanted = program_libraries(root / "pyproject.toml") | set(BUILD_TOOLS)
    while True:
        more = {item.name for item in entries if wanted.intersection(item.asked_by)} - wanted
        if not more:
            break
        wanted |= more
    return [
        item
        for item in entries
        if item.name in wanted
        and item.name not in NOT_NEEDED
        and (not item.marker or Marker(item.marker).evaluate(environment))
    ]
