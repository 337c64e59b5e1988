"""The texts an answer is compared with come piece by piece, and no large table is walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.flags import whole_text
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import returns
from hs_credit_desktop.store import answers, return_pages
from hs_credit_desktop.store.return_pages import By, ReturnQuery
from tests.ledgers import TODAY, entry, exempt, record, round_number
from tests.store.test_lists import _plan as plan_of
from tests.store.test_lists import _scans as scans

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

LISTS = (Status.TO_REVIEW, Status.SENT_BACK, Status.ON_HOLD, Status.ACCEPTED)


def _measure(ws: Workspace) -> str:
    return entry(ws, "市数据局", 3).measure_id


def _round(ws: Workspace, number: int = 1) -> str:
    return round_number(ws, number).id


@pytest.mark.parametrize("chunk", [1, 2, 500])
def test_answers_of_a_measure_come_lead_first(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(answers, "CHUNK", chunk)
    record(ws, "市信用中心", 3, "三")
    parts = FeedbackParts("一", "二", "三", "四")
    lead = entry(ws, "市数据局", 3)
    returns.record(ws, entry_id=lead.id, parts=parts, receipt=returns.Receipt(TODAY))
    record(ws, "市文旅局", 2, "别的措施")
    found = list(answers.of_measure(ws.ledger, _round(ws), _measure(ws)))
    assert found == [
        (lead.id, "市数据局", whole_text(parts)),
        (
            entry(ws, "市信用中心", 3).id,
            "市信用中心",
            whole_text(entry(ws, "市信用中心", 3).parts),
        ),
    ]
    assert list(answers.of_measure(ws.ledger, _round(ws, 2), _measure(ws))) == []


def test_what_a_unit_answered_and_its_evidence(ws: Workspace, tmp_path: Path) -> None:
    said = record(ws, "市数据局", 1, "一")
    assert answers.of_unit(ws.ledger, _round(ws), said.unit_id) == {
        said.measure_id: entry(ws, "市数据局", 1).parts
    }
    assert answers.of_unit(ws.ledger, _round(ws, 2), said.unit_id) == {}
    assert answers.entry_ids(ws.ledger, said.expected_return_id) == [
        entry(ws, "市数据局", 1).id,
        entry(ws, "市数据局", 3).id,
    ]
    assert answers.evidence(ws.ledger, said.expected_return_id) == {}
    file = tmp_path / "佐证.txt"
    file.write_text("证明", encoding="utf-8")
    returns.attach(ws, entry_id=said.id, paths=[file])
    assert answers.evidence(ws.ledger, said.expected_return_id) == {said.id: 1}


def test_how_many_answered_a_measure(ws: Workspace) -> None:
    assert answers.count(ws.ledger, _round(ws), _measure(ws)) == 0
    for unit in ("市数据局", "市信用中心"):
        record(ws, unit, 3, "三")
    assert answers.count(ws.ledger, _round(ws), _measure(ws)) == 2


def test_pairs_are_of_units_that_answered_twice(ws: Workspace) -> None:
    for number, unit in (
        (1, "市信用中心"),
        (2, "市信用中心"),
        (1, "市数据局"),
        (1, "东区"),
        (2, "东区"),
    ):
        record(ws, unit, 3, f"第{number}轮", number=number)
    exempt(ws, "东区", number=2)
    [pair] = answers.pairs(ws.ledger, _round(ws, 2), _round(ws, 1), _measure(ws))
    assert pair.unit_id == entry(ws, "市信用中心", 3).unit_id
    assert (pair.text.split()[0], pair.before.split()[0]) == ("第2轮", "第1轮")


def test_what_review_reads_walks_through_no_large_table(ws: Workspace) -> None:
    said, measure_id, round_id = record(ws, "市数据局", 1), _measure(ws), _round(ws)
    record(ws, "市数据局", 3)
    reads = [
        lambda: list(answers.of_measure(ws.ledger, round_id, measure_id)),
        lambda: answers.of_unit(ws.ledger, round_id, said.unit_id),
        lambda: answers.entry_ids(ws.ledger, said.expected_return_id),
        lambda: answers.evidence(ws.ledger, said.expected_return_id),
        lambda: answers.pairs(ws.ledger, _round(ws, 2), round_id, measure_id),
        *(lambda status=status: _page(ws, status) for status in LISTS),
    ]
    for read in reads:
        assert not scans(plan_of(ws, read))


@pytest.mark.parametrize("status", LISTS[1:])
def test_the_order_of_a_state_stands_in_its_index(ws: Workspace, status: Status) -> None:
    query = ReturnQuery(_round(ws), status)
    plan = plan_of(ws, lambda: return_pages.order(ws.ledger, query))
    index = "USING COVERING INDEX expected_returns_by_state (round_id=? AND state=?)"
    assert any(step.endswith(index) for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


def _page(ws: Workspace, status: Status) -> object:
    by = By.CAME if status is Status.TO_REVIEW else None
    rows = return_pages.order(ws.ledger, ReturnQuery(_round(ws), status), by)
    return return_pages.page(ws.ledger, rows), return_pages.row_number(ws.ledger, "nobody")
