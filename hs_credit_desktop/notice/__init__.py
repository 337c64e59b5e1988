"""The importer: reads any office's notice into a draft with its doubts; pure, no files."""

from typing import TYPE_CHECKING

from hs_credit_desktop.notice.seed import Seed, seed_from_json

if TYPE_CHECKING:
    from hs_credit_desktop.domain.draft import DraftNotice

__all__ = ["Seed", "read", "seed_from_json"]


def read(text: str, *, seed: Seed) -> "DraftNotice":
    """Reads a notice; see reader.read. The grammar loads when the first paper comes."""
    import hs_credit_desktop.notice.reader as reader

    return reader.read(text, seed=seed)
