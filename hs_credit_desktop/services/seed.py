"""Shipped knowledge for reading notices: default group members and general abbreviations."""

from hs_credit_desktop import paths
from hs_credit_desktop.notice import Seed, seed_from_json


def load_seed() -> Seed:
    """The seed data under db/seed: no unit or alias of any particular notice stands in it."""
    folder = paths.database_sources() / "seed"
    return seed_from_json(
        group_members=(folder / "group_members.json").read_text(encoding="utf-8"),
        abbreviations=(folder / "abbreviations.json").read_text(encoding="utf-8"),
    )
