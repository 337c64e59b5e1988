"""The steps to take back are remembered, but not without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.services import undo
from tests.ledgers import entry, record

if TYPE_CHECKING:
    import pytest

    from hs_credit_desktop.services.workspace import Workspace


def test_the_oldest_steps_are_forgotten(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "MOST_STEPS", 3)
    for number in range(5):
        record(ws, "市数据局", 1, f"第{number}稿")
    assert len(ws.undo_stack) == 3
    for _ in range(3):
        undo.undo(ws)
    assert entry(ws, "市数据局", 1).parts.progress == "第1稿"
    for _ in range(3):
        undo.redo(ws)
    assert entry(ws, "市数据局", 1).parts.progress == "第4稿"
    assert len(ws.undo_stack) == 3
