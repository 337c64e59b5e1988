"""The importer: reads any office's notice into a draft with its doubts; pure, no files."""

from hs_credit_desktop.notice.reader import read
from hs_credit_desktop.notice.seed import Seed, seed_from_json

__all__ = ["Seed", "read", "seed_from_json"]
