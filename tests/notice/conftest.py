"""The shipped seed and the real notice, for all tests of the importer."""

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


@pytest.fixture(scope="session")
def paper(real_notice: Path) -> str:
    """The words of the real notice."""
    return real_notice.read_text("utf-8")
