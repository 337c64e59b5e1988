"""Characters that no font has are named with the place they stand in, before anything is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.services import overview
from hs_credit_desktop.services import rare_characters as rare_module
from hs_credit_desktop.services.rare_characters import rare_characters, rare_in_round
from tests.ledgers import record, round_number

if TYPE_CHECKING:
    import pytest

    from hs_credit_desktop.services.workspace import Workspace


def test_each_is_named_with_its_place(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "印发方案。")
    round_ = round_number(ws)
    assert rare_characters(overview.entries(ws, round_)) == ()
    record(ws, "市商务局", 1, "联系\U00030ede店，\U0001f600。")
    found = rare_characters(overview.entries(ws, round_))
    assert [(item.character, item.code) for item in found] == [
        ("\U00030ede", "U+30EDE"),
        ("\U0001f600", "U+1F600"),
    ]
    assert found[0].where == "市商务局（一）进展情况"


def test_those_of_a_round_are_read_a_few_at_a_time(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rare_module, "AT_ONCE", 1)
    record(ws, "市数据局", 1, "印发方案。")
    record(ws, "市商务局", 1, "联系\U00030ede店，\U0001f600。")
    record(ws, "东区", 1, "设立\U00030ede专窗2个。")
    round_ = round_number(ws)
    everything = rare_characters(overview.entries(ws, round_))
    assert rare_in_round(ws, round_, lambda: False) == everything
    assert len(everything) == 3
    asked = iter([False, False, True])
    assert rare_in_round(ws, round_, lambda: next(asked)) == everything[:2]
    monkeypatch.setattr(rare_module, "MOST", 1)
    assert rare_in_round(ws, round_, lambda: False) == everything[:1]
