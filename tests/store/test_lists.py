"""Lists and tallies of a real ledger: every figure opens the list it counts, and nothing scans."""

from __future__ import annotations

import re
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hs_credit_desktop.domain.returns import Completion, FeedbackParts, ReturnState
from hs_credit_desktop.domain.statistics import Figures, Progress, Status, reckon
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview, returns
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.store import integrity, lists, search
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.rounds import add_expected
from tests.ledgers import (
    FIRST_DUE,
    SECOND_DUE,
    TODAY,
    entry,
    exempt,
    expected,
    extend,
    make_workspace,
    record,
    rolled_back,
    round_number,
)

if TYPE_CHECKING:
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

DAYS = st.integers(-3, 3).map(lambda shift: FIRST_DUE + timedelta(days=shift))
REVIEWED = [state for state in ReturnState if state is not ReturnState.MISSING]
RETURN = st.tuples(
    st.sampled_from([None, *REVIEWED]),
    DAYS,
    st.booleans(),
    st.none() | DAYS,
    st.integers(0, 2),
)


def _set_up(ws: Workspace, round_: Round, drawn: list) -> None:
    """Write the drawn states as the program would leave them, triggers at work."""
    places = ws.ledger.query(
        "SELECT id, entries FROM expected_returns WHERE round_id = ? ORDER BY ordinal", round_.id
    )
    for place, (state, received_on, is_exempt, extended_to, covered) in zip(
        places, drawn, strict=True
    ):
        came = state is not None
        ws.ledger.execute(
            "UPDATE expected_returns SET state = ?, first_received_on = ?, exempt_reason = ?,"
            " extended_to = ?, covered = ? WHERE id = ?",
            state.value if came else "missing",
            received_on.isoformat() if came else None,
            "撤并" if is_exempt else None,
            extended_to.isoformat() if extended_to else None,
            min(covered, place["entries"]) if came else 0,
            place["id"],
        )


def _naive(ws: Workspace, round_: Round, today: date) -> Figures:
    """Count the returns one by one, with the rules of the office written out anew."""
    count = dict.fromkeys((*(status.value for status in Status),), 0)
    entries = covered = 0
    for row in ws.ledger.query("SELECT * FROM expected_returns WHERE round_id = ?", round_.id):
        if row["exempt_reason"] is not None:
            count["exempt"] += 1
            continue
        count["expected"] += 1
        entries, covered = entries + row["entries"], covered + row["covered"]
        if row["state"] == "missing":
            count["missing"] += 1
            count["overdue"] += today.isoformat() > round_.due_on.isoformat()
        else:
            count["received"] += 1
            count[row["state"]] += 1
            late = row["first_received_on"] > round_.due_on.isoformat()
            count["late" if late else "on_time"] += 1
    return Figures(**count, entries_expected=entries, entries_covered=covered)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RETURN, min_size=6, max_size=6), DAYS)
def test_every_figure_is_the_length_of_its_list(ws: Workspace, drawn: list, today: date) -> None:
    round_ = round_number(ws)
    with rolled_back(ws):
        _set_up(ws, round_, drawn)
        figures = reckon(lists.tallies(ws.ledger, round_.id), due_on=round_.due_on, today=today)
        assert figures == _naive(ws, round_, today)
        for status in Status:
            found = lists.expected_returns(
                ws.ledger, round_.id, status, due_on=round_.due_on, today=today
            )
            assert len(found) == getattr(figures, status.value), status
            assert [item.ordinal for item in found] == sorted(item.ordinal for item in found)
        assert figures.expected == figures.received + figures.missing
        assert figures.received == figures.on_time + figures.late
        assert figures.received == (
            figures.accepted + figures.sent_back + figures.to_review + figures.on_hold
        )


UNITS = {"市数据局": (1, 3), "市商务局": (1, 2), "东区": (1, 3)}
STEPS = st.one_of(
    st.tuples(
        st.just("record"),
        st.sampled_from([(unit, number) for unit, mine in UNITS.items() for number in mine]),
        st.sampled_from(["", "甲", "乙"]),
    ),
    st.tuples(st.just("review"), st.sampled_from(list(UNITS)), st.sampled_from(REVIEWED)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("exempt"), st.sampled_from(list(UNITS))),
)


def _step(ws: Workspace, step: tuple) -> None:
    match step:
        case ("record", (unit, number), text):
            record(ws, unit, number, text, on=TODAY - timedelta(days=len(text)))
        case ("review", unit, decision):
            returns.review(
                ws,
                expected_return_id=expected(ws, unit).id,
                decision=decision,
                reason="理由",
                resubmit_by=FIRST_DUE if decision is ReturnState.SENT_BACK else None,
            )
        case ("undo",):
            returns.undo(ws)
        case ("exempt", unit):
            exempt(ws, unit)


@settings(max_examples=15)
@given(steps=st.lists(STEPS, max_size=12))
def test_whatever_the_clerk_does_the_kept_counts_equal_a_recount(steps: list[tuple]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ws = make_workspace(Path(folder))
        try:
            for step in steps:
                with suppress(UserError):
                    _step(ws, step)
                assert integrity.tallies_agree(ws.ledger)
            _agrees(ws)
            assert check(ws) == []
        finally:
            ws.close()


def _agrees(ws: Workspace) -> None:
    """Figures, rows and search hits tell the same story."""
    round_ = round_number(ws)
    figures = overview.figures(ws, round_)
    assert figures == _naive(ws, round_, ws.today)
    shown = overview.entries(ws, round_)
    assert figures.entries_expected == sum(not item.exempt for item in shown)
    assert figures.entries_covered == sum(item.covered and not item.exempt for item in shown)
    assert all(item.covered is not item.parts.blank for item in shown)
    hits = {hit.ref for hit in search.find(ws.ledger, "甲", kind="feedback")}
    assert hits == {item.id for item in shown if "甲" in item.parts.progress}


def test_rows_of_a_status_are_the_entries_of_its_returns(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    record(ws, "东区", 3)
    exempt(ws, "西区")
    round_ = round_number(ws)
    for status in Status:
        units = {item.unit_name for item in overview.expected_returns(ws, round_, status)}
        rows = overview.entries(ws, round_, EntryQuery(round_.id, status=status))
        assert {item.unit_name for item in rows} == units, status
    assert {item.unit_name for item in overview.expected_returns(ws, round_, Status.EXEMPT)} == {
        "西区"
    }


def test_entries_in_printed_order_lead_first_groups_last(ws: Workspace) -> None:
    round_ = round_number(ws)
    rows = [(item.measure_number, item.unit_name) for item in overview.entries(ws, round_)]
    assert rows == [
        (1, "市数据局"),
        (1, "市商务局"),
        (1, "东区"),
        (1, "西区"),
        (2, "市商务局"),
        (2, "市文旅局"),
        (3, "市数据局"),
        (3, "市文旅局"),
        (3, "市信用中心"),
        (3, "东区"),
        (3, "西区"),
    ]
    shown = entry(ws, "市商务局", 2)
    by_measure = EntryQuery(round_.id, measure_id=shown.measure_id)
    assert [item.unit_name for item in overview.entries(ws, round_, by_measure)] == [
        "市商务局",
        "市文旅局",
    ]
    by_pillar = EntryQuery(round_.id, pillar_id=entry(ws, "市数据局", 3).pillar_id)
    assert {item.measure_number for item in overview.entries(ws, round_, by_pillar)} == {3}


def test_one_entry_with_its_feedback(ws: Workspace) -> None:
    blank = entry(ws, "市数据局", 1)
    assert (blank.role, blank.suggested, blank.covered) == ("lead", True, False)
    assert (blank.feedback_id, blank.received_on, blank.parts) == (None, None, FeedbackParts())
    parts = FeedbackParts("一", "二", "三", "四", Completion.NEARLY_DONE)
    returns.record(ws, entry_id=blank.id, parts=parts, receipt=returns.Receipt(TODAY))
    assert entry(ws, "市数据局", 1) == replace(
        blank,
        state=ReturnState.TO_REVIEW,
        covered=True,
        first_received_on=TODAY,
        received_on=TODAY,
        feedback_id=entry(ws, "市数据局", 1).feedback_id,
        parts=parts,
    )


def test_rounds_do_not_mix(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    second = overview.figures(ws, round_number(ws, 2))
    assert second == Figures(expected=6, missing=6, entries_expected=11)
    record(ws, "市数据局", 1, number=2)
    assert overview.figures(ws, round_number(ws, 1)).received == 1


def test_progress_of_measures_and_returns(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    record(ws, "市商务局", 1)
    returns.review(ws, expected_return_id=expected(ws, "市商务局").id, decision=ReturnState.ON_HOLD)
    exempt(ws, "西区")
    round_ = round_number(ws)
    first = entry(ws, "市数据局", 1)
    by_measure = lists.progress_by_measure(ws.ledger, round_.id)
    assert by_measure[first.measure_id] == Progress(3, 2, to_review=1, on_hold=1)
    assert by_measure[entry(ws, "市信用中心", 3).measure_id] == Progress(4)
    by_return = lists.progress_by_return(ws.ledger, round_.id)
    assert by_return[first.expected_return_id] == Progress(2, 1, to_review=1)
    assert by_return[expected(ws, "市商务局").id] == Progress(2, 1, on_hold=1)
    assert expected(ws, "西区").id not in by_return


def test_extension_moves_the_lamp_and_not_the_statistics(ws: Workspace) -> None:
    extend(ws, "东区", date(2024, 9, 20))
    round_ = round_number(ws)
    late = record(ws, "东区", 1, on=TODAY)
    assert late.extended_to == date(2024, 9, 20)
    with ws.change("改期", "东区", {}):
        ws.ledger.execute(
            "UPDATE expected_returns SET first_received_on = '2024-09-10' WHERE id = ?",
            late.expected_return_id,
        )
    assert (overview.figures(ws, round_).late, overview.figures(ws, round_).on_time) == (1, 0)


LARGE = ("expected_entries", "expected_returns", "feedback", "returns", "search_documents", "audit")


def _plan(ws: Workspace, act) -> list[str]:
    """The query plans of everything `act` asks the ledger."""
    asked: list[tuple[str, object]] = []
    ledger = ws.ledger
    with pytest.MonkeyPatch.context() as patch:
        for name in ("query", "named"):
            patch.setattr(ledger, name, _spy(asked, getattr(ledger, name)), raising=False)
        act()
    assert asked
    return [
        row["detail"]
        for sql, values in asked
        for row in ledger.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
    ]


def _spy(asked: list, ask):
    def spied(sql: str, *values: object):
        asked.append((sql, values[0] if values and isinstance(values[0], dict) else values))
        return ask(sql, *values)

    return spied


def _scans(plan: list[str]) -> list[str]:
    """Steps that go through a whole large table (by its name or the alias in lists.py)."""
    names = {*LARGE, "e", "r", "f", "v"}
    return [
        step
        for step in plan
        if (match := re.match(r"SCAN (\w+)", step)) and match.group(1) in names
    ]


def test_no_list_scans_a_large_table(ws: Workspace) -> None:
    ledger, round_ = ws.ledger, round_number(ws)
    first = entry(ws, "市数据局", 1)
    queries = [
        EntryQuery(round_.id),
        EntryQuery(round_.id, pillar_id=first.pillar_id),
        EntryQuery(round_.id, measure_id=first.measure_id),
        EntryQuery(round_.id, expected_return_id=first.expected_return_id),
        *(EntryQuery(round_.id, status=status) for status in Status),
    ]
    reads = [
        lambda: lists.tallies(ledger, round_.id),
        lambda: lists.progress_by_measure(ledger, round_.id),
        lambda: lists.progress_by_return(ledger, round_.id),
        lambda: lists.entry(ledger, first.id),
        lambda: lists.expected_return(ledger, first.expected_return_id),
        *(
            lambda status=status: lists.expected_returns(
                ledger, round_.id, status, due_on=FIRST_DUE, today=SECOND_DUE
            )
            for status in Status
        ),
        *(lambda query=query: lists.entries(ledger, query) for query in queries),
    ]
    for read in reads:
        plan = _plan(ws, read)
        assert _scans(plan) == [], plan


def test_no_list_of_entries_is_sorted_anew(ws: Workspace) -> None:
    round_, first = round_number(ws), entry(ws, "市数据局", 1)
    for query in (
        EntryQuery(round_.id),
        EntryQuery(round_.id, pillar_id=first.pillar_id),
        EntryQuery(round_.id, measure_id=first.measure_id),
    ):
        plan = _plan(ws, lambda query=query: lists.entries(ws.ledger, query))
        assert not [step for step in plan if "TEMP B-TREE" in step], plan


def test_the_entries_of_a_return_are_found_by_the_return(ws: Workspace) -> None:
    first = entry(ws, "市数据局", 1)
    query = EntryQuery(first.round_id, expected_return_id=first.expected_return_id)
    plan = _plan(ws, lambda: lists.entries(ws.ledger, query))
    assert any("expected_entries_by_return" in step for step in plan), plan


@pytest.mark.parametrize(("kind", "side"), [("feedback", ">"), ("unit", "<"), ("measure", "><")])
def test_search_reads_one_side_of_the_index_and_not_the_texts(
    ws: Workspace, kind: str, side: str
) -> None:
    plan = _plan(ws, lambda: search.find(ws.ledger, "信用", kind=kind))
    [scan] = [step for step in plan if step.startswith("SCAN")]
    assert re.fullmatch(rf"SCAN search_index VIRTUAL TABLE INDEX \d+:M1{side}", scan)
    assert _scans(plan) == []


def test_the_plan_test_sees_a_scan(ws: Workspace) -> None:
    plan = _plan(ws, lambda: ws.ledger.query("SELECT * FROM feedback WHERE progress = ?", "甲"))
    assert _scans(plan)


def test_units_may_join_a_round_later(ws: Workspace) -> None:
    round_ = round_number(ws)
    with ws.ledger.transaction():
        assert add_expected(ws.ledger, round_.id, []) == {}
    assert overview.figures(ws, round_).expected == 6
