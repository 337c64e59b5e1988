"""More invented units and entries, to try the program with up to a million of them."""

from collections.abc import Iterator
from itertools import islice

from hs_credit_desktop.domain.notice import Measure, Role
from hs_credit_desktop.domain.returns import FeedbackParts, ReturnState
from hs_credit_desktop.domain.units import Unit, UnitKind
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.practice_texts import PRACTICE_MARK
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import bulk, units
from hs_credit_desktop.store.ledger import new_id
from hs_credit_desktop.store.rounds import Share

UNITS_A_TRANSACTION = 500


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
    """One invented unit after another with its share of all measures, until `entries` are made."""
    made = 0
    while made < entries:
        number = first + made // len(measures)
        name = f"演示单位{number:05d}"
        unit = Unit(new_id(), name, name, UnitKind.GOVERNMENT, f"ysdw{number:05d}", number)
        mine = measures[: entries - made]
        made += len(mine)
        yield [(Share(unit, measure, Role.CO, False), _parts(measure, number)) for measure in mine]


def _parts(measure: Measure, number: int) -> FeedbackParts:
    """A short text that differs by unit and measure."""
    done = 3 + (number * 7 + measure.number * 13) % 997
    return FeedbackParts(
        f"围绕{measure.title}，第{number}批任务已办结{done}件，归集信息{done * 11}条{PRACTICE_MARK}",
        f"抽查{done // 3}家，问题整改率{80 + done % 20}%{PRACTICE_MARK}",
    )
