"""The most alike among very many texts for each of a few: exact, though most are never compared.

Two texts are at least t alike (domain/similarity.py) only when they share t / (2 - t) of the
shingles of either. Whatever is that alike to a text must therefore hold one of any n of its
shingles, n being all that may be missing and one more: only texts that do are compared. Taken are
those that a sample of the texts has least.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from hs_credit_desktop.domain.similarity import overlap, shingles


class Nearest:
    """Looks through texts one by one. best: name of a text → (similarity, key of the other)."""

    def __init__(self, texts: Mapping[str, str], least: float, sample: Iterable[str] = ()) -> None:
        """texts: name → text; least: from which similarity (above 0, up to 1) one counts.

        sample: some of the texts that will come; it only makes it quicker.
        """
        self.best: dict[str, tuple[float, str]] = {}
        self._least = least
        self._own = {name: shingles(text) for name, text in texts.items()}
        self._usual = Counter(shingle for text in sample for shingle in shingles(text))
        self._watched: dict[str, list[str]] = {}
        for name, own in self._own.items():
            for shingle in self._telling(own):
                self._watched.setdefault(shingle, []).append(name)
        self._telling_all = frozenset(self._watched)

    def _telling(self, own: frozenset[str]) -> list[str]:
        """As many shingles as no text that counts can lack, the least usual."""
        needed = math.ceil(self._least / (2 - self._least) * len(own) - 1e-9)
        return sorted(own, key=lambda one: (self._usual[one], one))[: len(own) - needed + 1]

    def look_at(self, key: str, text: str) -> list[str]:
        """Compare another text; the names it is now the most alike to.

        Of equally alike ones the first counts; a text is not compared with itself.
        """
        other = shingles(text)
        held = other & self._telling_all
        closer = []
        for name in {name for shingle in held for name in self._watched[shingle]} - {key}:
            alike = overlap(self._own[name], other)
            if alike >= self._least and alike > self.best.get(name, (0.0, ""))[0]:
                self.best[name] = (alike, key)
                closer.append(name)
        return closer
