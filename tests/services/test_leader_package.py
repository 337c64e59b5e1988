"""The package for a leader: one page that needs nothing, the papers, nothing from a damaged one."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import freezing, leader_package
from hs_credit_desktop.services.leader_package import PAGE
from hs_credit_desktop.services.workspace import open_workspace
from tests.ledgers import FIRST_DUE, clock_at, exempt, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


class _Page(HTMLParser):
    """Tags, links and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def _page(file: Path) -> _Page:
    with zipfile.ZipFile(file) as package:
        return _Page(package.read(PAGE).decode("utf-8"))


def test_the_page_says_what_the_papers_say(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1, "<script>alert(1)</script> 与 \x07 & 印发", problems="人手不足")
    late = replace(ws, clock=clock_at(date(2024, 9, 2)))
    record(late, "市商务局", 2, "迟到的话", on=date(2024, 9, 1))
    exempt(ws, "市文旅局")
    made = leader_package.make(late, round_number(ws), tmp_path / "材料.zip")
    assert made.sha256 == hashlib.sha256(made.file.read_bytes()).hexdigest()
    with zipfile.ZipFile(made.file) as package:
        assert tuple(package.namelist()) == made.names
    page = _page(made.file)
    assert "script" not in page.tags
    assert "<script>alert(1)</script> 与 & 印发" in page.words
    assert not [link for link in page.links if ":" in link]
    assert len(page.links) == len(made.names) - 1 == 3
    assert "免报（机构已撤并）" in page.words
    assert "待审，逾期报送" in page.words
    assert "未反馈：" in page.words
    assert "存在问题：人手不足" in page.words
    assert "牵头单位（推定）：市数据局" in page.words


def test_links_lead_to_the_papers(ws: Workspace, tmp_path: Path) -> None:
    made = leader_package.make(ws, round_number(ws), tmp_path / "材料.zip")
    assert [unquote(link) for link in _page(made.file).links] == list(made.names[1:])


def test_a_frozen_round_comes_from_its_snapshot(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1)
    freezing.freeze(ws, round_number(ws))
    later = replace(ws, clock=clock_at(FIRST_DUE))
    first = leader_package.make(ws, round_number(ws), tmp_path / "一.zip")
    second = leader_package.make(later, round_number(ws), tmp_path / "二.zip")
    with zipfile.ZipFile(first.file) as one, zipfile.ZipFile(second.file) as two:
        assert one.read(PAGE) == two.read(PAGE)
        assert one.namelist() == two.namelist()
    freezing.reopen(ws, round_number(ws), reason="补交")
    third = leader_package.make(later, round_number(ws), tmp_path / "三.zip")
    assert third.names != first.names  # dated by the day it was made


def test_practice_is_said_on_the_page(ws: Workspace, tmp_path: Path) -> None:
    real = leader_package.make(ws, round_number(ws), tmp_path / "a")
    assert "演示材料" not in _page(real.file).words
    with ws.change("试", "", {}):
        ws.ledger.insert("settings", key="practice_date", value="2024-08-20")
    made = leader_package.make(ws, round_number(ws), tmp_path / "b")
    assert "演示材料，内容均为虚构" in _page(made.file).words


def test_nothing_comes_from_a_damaged_ledger(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1)
    file = ws.folder.ledger
    ws.close()
    content = bytearray(file.read_bytes())
    place = content.index("已印发方案".encode())
    content[place + 1] ^= 1
    file.write_bytes(content)
    again = open_workspace(ws.folder.root, clock_at(FIRST_DUE), read_only=True)
    with pytest.raises(UserError, match="台账检查没有通过"):
        leader_package.make(again, round_number(again), tmp_path / "材料.zip")
    again.close()
    assert not list(tmp_path.glob("材料*"))
