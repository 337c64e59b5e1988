"""The shipped seed, for tests that read a notice from a file to the end."""

from pathlib import Path

import pytest

from hs_credit_desktop.notice import Seed, seed_from_json


@pytest.fixture(scope="session")
def seed(repo_root: Path) -> Seed:
    """What the program ships."""
    folder = repo_root / "db" / "seed"
    return seed_from_json(
        group_members=(folder / "group_members.json").read_text("utf-8"),
        abbreviations=(folder / "abbreviations.json").read_text("utf-8"),
    )
