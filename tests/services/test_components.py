"""Every component has a licence with its text, and the listed versions are the lock's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hs_credit_desktop.services.components import components, licence_text

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_component_has_a_name_a_licence_and_its_text() -> None:
    found = components()
    assert len({part.name for part in found}) == len(found) > 20
    for part in found:
        assert part.licence, part
        assert len(licence_text(part)) > 100, part


def test_the_list_is_that_of_the_lock(repo_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(repo_root / "packaging"))
    for name in ("licences", "locked", "common"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import licences

    listed = {part.name: part.version for part in components()}
    shipped = {
        licences.NAMES.get(item.name, item.name): item.version for item in licences.shipped()
    }
    assert {name: listed.get(name) for name in shipped} == shipped
    for name in ("licences", "locked", "common"):
        monkeypatch.delitem(sys.modules, name, raising=False)
