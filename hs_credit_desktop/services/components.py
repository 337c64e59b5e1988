"""What the program is made of and under which licences, for 关于."""

import json
from dataclasses import dataclass
from pathlib import Path

from hs_credit_desktop import paths


@dataclass(frozen=True)
class Component:
    """Another's work inside the program: version may be ""; text: the file with its licence."""

    name: str
    version: str
    licence: str
    text: Path


def components() -> tuple[Component, ...]:
    """All components, as packaging/licences.py listed them."""
    folder = paths.resources() / "licences"
    listed = json.loads((folder / "components.json").read_text(encoding="utf-8"))
    return tuple(
        Component(item["name"], item["version"], item["licence"], (folder / item["text"]).resolve())
        for item in listed
    )


def licence_text(component: Component) -> str:
    """The whole text of a component's licence."""
    return component.text.read_text(encoding="utf-8")
