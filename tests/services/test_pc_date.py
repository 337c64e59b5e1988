"""A PC whose date is off: said when the ledger is opened and in the figures of the command line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.services import freezing, pc_date
from hs_credit_desktop.services.workspace import open_workspace
from tests.ledgers import TODAY, clock_at, make_workspace, record, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A ledger that was worked on last on TODAY."""
    ws = make_workspace(tmp_path)
    record(ws, "市数据局", 1)
    ws.close()
    return ws.folder.root


@pytest.fixture
def opened(root: Path, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """The ledger on a PC that shows the day asked for."""
    ws = open_workspace(root, clock_at(request.param))
    yield ws
    ws.close()


@pytest.mark.parametrize(
    ("opened", "says"),
    [
        (TODAY.replace(year=2023), "电脑日期是2023年8月20日，比台账上次保存的2024年8月20日还早"),
        (TODAY - timedelta(days=1), "电脑日期是2024年8月19日，比台账上次保存的2024年8月20日还早"),
        (
            TODAY.replace(year=2025),
            "电脑日期是2025年8月20日，台账上次保存是2024年8月20日，中间隔了 365 天",
        ),
    ],
    indirect=["opened"],
)
def test_a_date_that_is_off_is_doubted(opened: Workspace, says: str) -> None:
    found = pc_date.doubt(opened, round_number(opened))
    assert found is not None
    assert found.what == says
    assert "请核对电脑的日期" in found.advice


@pytest.mark.parametrize(
    "opened", [TODAY, TODAY + timedelta(days=1), TODAY + pc_date.LONG_AGO], indirect=True
)
def test_a_date_that_may_be_right_is_not(opened: Workspace) -> None:
    assert pc_date.doubt(opened, round_number(opened)) is None


@pytest.mark.parametrize("opened", [TODAY], indirect=True)
def test_a_frozen_round_may_lie_for_years(opened: Workspace, root: Path) -> None:
    freezing.freeze(opened, round_number(opened))
    opened.close()
    later = open_workspace(root, clock_at(TODAY.replace(year=2027)))
    assert pc_date.doubt(later, round_number(later)) is None
    later.close()


def test_a_ledger_made_before_its_notice_is_doubted(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path, date(2023, 7, 10))
    found = pc_date.doubt(ws, round_number(ws))
    assert found is not None
    assert found.what == "电脑日期是2023年7月10日，比通知的成文日期2024年7月3日还早"
    ws.close()
