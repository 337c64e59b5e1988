"""The practice ledger (练习台账): the bundled notice with invented returns, the same every time.

Round 1 is complete; round 2 stands as on the morning of the practice date. Which unit stands where
is data: resources/practice/rounds.json.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from hs_credit_desktop import paths
from hs_credit_desktop.clock import CHINA, Clock
from hs_credit_desktop.domain.deadlines import WorkCalendar
from hs_credit_desktop.domain.notice import Measure
from hs_credit_desktop.domain.returns import Channel, ExpectedReturn, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import freezing, office, overview, returns
from hs_credit_desktop.services.notices import bundled_notice, create_ledger, read_notice
from hs_credit_desktop.services.practice_files import write_practice_files
from hs_credit_desktop.services.practice_scale import add_scale
from hs_credit_desktop.services.practice_subject import PracticeMeasure
from hs_credit_desktop.services.practice_texts import PracticeWriter
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.workspace import PRACTICE_DATE, Workspace
from hs_credit_desktop.store import settings
from hs_credit_desktop.store.lists import EntryQuery


@dataclass
class _HandSetClock:
    """A clock that the script of the practice rounds moves forward."""

    at: datetime

    def set(self, day: date, hour: int, minute: int = 0) -> None:
        self.at = datetime.combine(day, time(hour, minute), CHINA)


def create_practice(root: Path, *, extra_entries: int = 0) -> Path:
    """Make the practice ledger in `root`; its data folder. UserError when a ledger is there.

    extra_entries: that many more invented entries of invented units, to try the program at scale.
    """
    script = json.loads(
        (paths.resources() / "practice" / "rounds.json").read_text(encoding="utf-8")
    )
    hand = _HandSetClock(datetime.combine(date.fromisoformat(script["made_on"]), time(9), CHINA))
    ws = create_ledger(root, Clock(lambda: hand.at), read_notice(bundled_notice()))
    try:
        _play(ws, hand, script)
        if extra_entries:
            add_scale(ws, extra_entries)
    finally:
        ws.close()
    return root


def _play(ws: Workspace, hand: _HandSetClock, script: Mapping[str, Any]) -> None:
    with ws.change("建立练习台账", "演示", {"practice_date": script["practice_date"]}):
        settings.put(ws.ledger, PRACTICE_DATE, script["practice_date"])
    notice = overview.notice(ws)
    measures = {
        node.measure.id: node.measure
        for pillar in overview.tree(ws, overview.round_of(ws, notice.id, 1))
        for node in pillar.measures
    }
    writer = PracticeWriter()
    for part in script["rounds"]:
        round_ = overview.round_of(ws, notice.id, part["number"])
        _play_round(ws, hand, part, round_, writer, measures)
    subjects = {measure.number: _subject(measure) for measure in measures.values()}
    write_practice_files(ws, ws.folder.root, subjects)


def _play_round(
    ws: Workspace,
    hand: _HandSetClock,
    part: Mapping[str, Any],
    round_: Round,
    writer: PracticeWriter,
    measures: Mapping[str, Measure],
) -> None:
    expected = overview.expected_returns(ws, round_, Status.EXPECTED)
    reporting = [item for item in expected if item.unit_name not in part["missing"]]
    for day, item in _by_day(part, reporting, office.work_calendar(ws)):
        hand.set(day, 9 + item.ordinal % 8, item.ordinal * 7 % 60)
        entries = overview.entries(ws, round_, EntryQuery(round_.id, expected_return_id=item.id))
        feedback = {
            entry.id: writer.write(
                _subject(measures[entry.measure_id]),
                item.unit_name,
                round_.number,
                part["totals"].get(item.unit_name, {}).get(str(entry.measure_number)),
            )
            for entry in entries
        }
        channel = Channel.CHAT if item.ordinal % 9 == 4 else Channel.MAIL
        returns.record_return(
            ws, expected_return_id=item.id, feedback=feedback, receipt=Receipt(day, channel)
        )
    _review(ws, hand, part, reporting)
    if "frozen_on" in part:
        hand.set(date.fromisoformat(part["frozen_on"]), 16)
        freezing.freeze(ws, round_)


def _subject(measure: Measure) -> PracticeMeasure:
    return PracticeMeasure(measure.number, measure.title, measure.body)


def _by_day(
    part: Mapping[str, Any], reporting: list[ExpectedReturn], calendar: WorkCalendar
) -> Iterable[tuple[date, ExpectedReturn]]:
    """(day of receipt, return) in the order they came: spread over the working days of the span."""
    first, last = date.fromisoformat(part["first_day"]), date.fromisoformat(part["last_day"])
    span = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    days = [day for day in span if calendar.is_workday(day)]
    fixed = dict(part["on_last_day"]) | part["late"]
    found = [
        (
            date.fromisoformat(fixed[item.unit_name])
            if item.unit_name in fixed
            else days[item.ordinal * 5 % len(days)],
            item,
        )
        for item in reporting
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].ordinal))


def _review(
    ws: Workspace,
    hand: _HandSetClock,
    part: Mapping[str, Any],
    reporting: list[ExpectedReturn],
) -> None:
    hand.set(date.fromisoformat(part["reviewed_on"]), 15)
    for item in reporting:
        back = part["sent_back"].get(item.unit_name)
        if item.unit_name in part["to_review"]:
            continue
        if back:
            returns.review(
                ws,
                expected_return_id=item.id,
                decision=ReturnState.SENT_BACK,
                reason=back["reason"],
                resubmit_by=date.fromisoformat(back["resubmit_by"]),
            )
        else:
            returns.review(ws, expected_return_id=item.id, decision=ReturnState.ACCEPTED)
