"""Shipped knowledge for reading notices: default group members and general abbreviations."""

import json

from hs_credit_desktop import paths
from hs_credit_desktop.notice import Seed


def load_seed() -> Seed:
    """The seed data under db/seed: no unit or alias of any particular notice stands in it."""
    folder = paths.database_sources() / "seed"
    members = json.loads((folder / "group_members.json").read_text(encoding="utf-8"))
    abbreviations = json.loads((folder / "abbreviations.json").read_text(encoding="utf-8"))
    return Seed(
        group_members={name: tuple(units) for name, units in members.items()},
        abbreviations=abbreviations,
    )
