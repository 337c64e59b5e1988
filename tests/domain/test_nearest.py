"""The quick search for the most alike text finds what comparing every pair finds."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from hs_credit_desktop.domain import nearest as module
from hs_credit_desktop.domain.nearest import Nearest
from hs_credit_desktop.domain.similarity import overlap, similarity

if TYPE_CHECKING:
    import pytest

SIGNS = "甲乙丙丁戊12"
texts = st.lists(st.text(SIGNS, max_size=14), min_size=1, max_size=9)


@settings(max_examples=150)
@given(texts, texts, st.sampled_from([0.5, 0.6, 0.85, 1.0]), st.integers(0, 9))
def test_it_finds_what_comparing_every_pair_finds(
    few: list[str], many: list[str], least: float, sampled: int
) -> None:
    own = {f"few {place}": text for place, text in enumerate(few)}
    found = Nearest(own, least, many[:sampled])
    for place, text in enumerate(many):
        found.look_at(f"many {place}", text)
    for name, text in own.items():
        scored = [(similarity(text, other), f"many {at}") for at, other in enumerate(many)]
        best = max(scored, key=lambda pair: pair[0])
        assert found.best.get(name) == (best if best[0] >= least else None)


def test_a_text_is_not_compared_with_itself_and_the_first_of_equals_counts() -> None:
    said = "开展培训三期，走访企业十二家。"
    found = Nearest({"a": said, "b": "没有相同的话"}, 0.85)
    assert found.look_at("a", said) == []
    assert found.look_at("c", said) == ["a"]
    assert found.look_at("d", said) == []
    assert found.best == {"a": (1.0, "c")}


def test_most_texts_are_never_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)
    frame = "我局按照通知要求继续推进信用体系建设工作取得明显成效"
    many = [
        frame + "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(40)) for _ in range(60)
    ]
    compared: list[object] = []

    def spied(left: frozenset[str], right: frozenset[str]) -> float:
        compared.append(left)
        return overlap(left, right)

    monkeypatch.setattr(module, "overlap", spied)
    found = Nearest({"0": many[0]}, 0.85, many[:20])
    for place, text in enumerate(many[1:], 1):
        found.look_at(str(place), text)
    assert compared == []
    found.look_at("copy", many[0])
    assert len(compared) == 1
