"""More invented units and entries, to try the program with up to a million of them."""

from collections.abc import Iterator
from itertools import islice

from hs_credit_desktop.domain.notice import Measure, Role
from hs_credit_desktop.domain.returns import FeedbackParts, ReturnState
from hs_credit_desktop.domain.units import Unit, UnitKind
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.practice_subject import PracticeMeasure
from hs_credit_desktop.services.practice_texts import PracticeWriter, refigured
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import bulk, units
from hs_credit_desktop.store.ledger import new_id
from hs_credit_desktop.store.rounds import Share

UNITS_A_TRANSACTION = 500
POOL = 8


def add_scale(ws: Workspace, entries: int) -> None:
    """Add `entries` feedback entries of invented units to the last round, all accepted."""
    notice = overview.notice(ws)
    round_ = overview.rounds(ws, notice.id)[-1]
    measures = [node.measure for pillar in overview.tree(ws, round_) for node in pillar.measures]
    shares = _shares(measures, entries, units.unit_count(ws.ledger))
    while batch := list(islice(shares, UNITS_A_TRANSACTION)):
        detail = {"units": len(batch), "round": round_.number}
        with ws.change("扩充练习台账", "演示", detail):
            bulk.add_returns(
                ws.ledger,
                round_.id,
                batch,
                received_on=round_.due_on,
                state=ReturnState.ACCEPTED,
                at=ws.clock.now(),
            )


def _shares(
    measures: list[Measure], entries: int, first: int
) -> Iterator[list[tuple[Share, FeedbackParts]]]:
    """One invented unit after another with its share of all measures, until `entries` are made.

    The words of a few written entries a measure recur with other figures.
    """
    writer = PracticeWriter()
    pools = [
        [writer.write(_subject(measure), f"演示单位{turn}", turn) for turn in range(1, POOL + 1)]
        for measure in measures
    ]
    for number in range(first, first + -(-entries // len(measures))):
        name = f"演示单位{number:05d}"
        unit = Unit(new_id(), name, name, UnitKind.GOVERNMENT, f"ysdw{number:05d}", number)
        left = entries - (number - first) * len(measures)
        yield [
            (Share(unit, measure, Role.CO, False), refigured(pool[number % POOL], number))
            for measure, pool in zip(measures[:left], pools[:left], strict=True)
        ]


def _subject(measure: Measure) -> PracticeMeasure:
    return PracticeMeasure(measure.number, measure.title, measure.body)
