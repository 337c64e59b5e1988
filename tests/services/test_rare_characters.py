"""Characters that no font has are named with the place they stand in, before anything is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.services import overview
from hs_credit_desktop.services.rare_characters import rare_characters
from tests.ledgers import record, round_number

if TYPE_CHECKING:
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
