"""Places where a flipped bit once went unseen, or stopped the check itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import receiving
from hs_credit_desktop.services.integrity import Action, check, rebuild_search
from hs_credit_desktop.services.workspace import open_workspace
from tests.ledgers import TODAY, clock_at, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.integrity import Finding
    from hs_credit_desktop.services.workspace import Workspace


@pytest.fixture
def closed(ws: Workspace) -> Path:
    """The folder of a ledger with a return, and with one waiting in the tray."""
    record(ws, "市数据局", 1, "归集数据三万条")
    receiving.stage(ws, receiving.read_pasted("市商务局：已印发办法"), round_number(ws))
    assert check(ws) == []
    ws.close()
    return ws.folder.root


def _flip(folder: Path, before: bytes, at: int, bit: int) -> None:
    """Flip a bit of the first place where the file says `before`, `at` bytes into it."""
    file = folder / "ledger.hscredit"
    content = bytearray(file.read_bytes())
    content[content.index(before) + at] ^= bit
    file.write_bytes(content)


def _change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "ledger.hscredit")) as other, other:
        assert other.execute(statement).rowcount


def _found(folder: Path) -> list[Finding]:
    ws = open_workspace(folder, clock_at(TODAY), read_only=True)
    try:
        return check(ws)
    finally:
        ws.close()


def test_in_the_tray(closed: Path) -> None:
    _flip(closed, "已印发办法".encode(), 0, 2)
    found = _found(closed)
    assert {item.action for item in found} == {Action.RESTORE}
    assert "粘贴的文字" in found[0].where
    assert found[0].text == "这条记录与保存时不一致"


def test_in_the_table_that_an_index_of_sqlite_belongs_to(closed: Path) -> None:
    _flip(closed, b"sqlite_autoindex_feedback_2feedback", -4, 2)
    assert [item.text for item in _found(closed)] == [
        "数据库结构检查发现问题：表的结构与程序建立时不一致"
    ]


@pytest.mark.parametrize("read_only", [True, False])
def test_bytes_that_are_no_text_in_the_schema(closed: Path, *, read_only: bool) -> None:
    _flip(closed, b"exempt = old.exempt AND covered = old.covered", 7, 128)
    with pytest.raises(UserError, match="已损坏，没有打开"):
        open_workspace(closed, clock_at(TODAY), read_only=read_only)


def test_a_search_index_that_cannot_be_opened(closed: Path) -> None:
    with closing(sqlite3.connect(closed / "ledger.hscredit")) as other:
        [root] = other.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'search_index_config'"
        ).fetchone()
    page = (closed / "ledger.hscredit").read_bytes()[(root - 1) * 4096 : root * 4096]
    _flip(closed, page, 0, 2)
    assert [item.where for item in _found(closed)] == ["数据库", "数据库"]


def test_in_the_directory_of_the_search_index(closed: Path) -> None:
    _change(closed, "UPDATE search_index_idx SET pgno = pgno + 2")
    assert [(item.where, item.action) for item in _found(closed)] == [
        ("查找", Action.REBUILD_SEARCH)
    ]
    ws = open_workspace(closed, clock_at(TODAY))
    rebuild_search(ws)
    assert check(ws) == []
    ws.close()
