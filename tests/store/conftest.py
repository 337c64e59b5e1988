"""The small ledger, open for writing and closed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ledgers import make_workspace

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
