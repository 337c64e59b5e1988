"""The house rules that a machine can hold: who imports whom, and a lock that fits the project."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from importlinter.cli import lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from hs_credit_desktop.log import LOGGER

if TYPE_CHECKING:
    from pathlib import Path


def test_imports_point_one_way(repo_root: Path, capsys, monkeypatch) -> None:
    # import-linter turns all loggers off that are there; ours is put back for the tests after it.
    monkeypatch.setattr(LOGGER, "disabled", False)
    config = str(repo_root / "pyproject.toml")
    broken = lint_imports(config_filename=config, no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_layers_hold_every_module(repo_root: Path) -> None:
    contracts = _project(repo_root)["tool"]["importlinter"]["contracts"]
    layered = {name.strip() for line in contracts[0]["layers"] for name in re.split("[|:]", line)}
    package = repo_root / "hs_credit_desktop"
    found = {path.stem for path in package.glob("*.py")} - {"__init__"}
    found |= {path.parent.name for path in package.glob("*/__init__.py")}
    assert found == layered


def test_every_folder_of_the_package_is_a_package(repo_root: Path) -> None:
    package = repo_root / "hs_credit_desktop"
    folders = {path.parent for path in package.rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_lock_fits_the_ranges_and_has_hashes(repo_root: Path) -> None:
    lock = (repo_root / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.findall(r"^(\S+)==(\S+)(.*(?:\n .*)*)", lock, re.MULTILINE)
    versions = {canonicalize_name(name): version for name, version, _ in blocks}
    assert [name for name, _, rest in blocks if "--hash=sha256:" not in rest] == []
    project = _project(repo_root)["project"]
    for text in project["dependencies"] + project["optional-dependencies"]["dev"]:
        wanted = Requirement(text)
        assert versions[canonicalize_name(wanted.name)] in wanted.specifier, text


def _project(repo_root: Path) -> dict:
    return tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))
