"""The small ledger, open for writing and closed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ledgers import make_workspace, record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on 2024-08-20, ten days before the first due date."""
    opened = make_workspace(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def told(ws: Workspace) -> Workspace:
    """Two units and a member of the group have reported on measure 1, one of them on 3."""
    record(ws, "市数据局", 1, "我局印发方案。归集信息1200条。", problems="人手不足。")
    record(ws, "市商务局", 1, "开展培训3期。", next_steps="继续开展培训。")
    record(ws, "东区", 1, "我区设立专窗2个。", problems="人手不足。")
    record(ws, "东区", 3, "检查企业86家。")
    return ws
