"""The status of a round in figures and rows: by unit, by measure or by pillar."""

from dataclasses import asdict, dataclass
from datetime import date

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Figures, Progress, Status
from hs_credit_desktop.services import office, overview
from hs_credit_desktop.services.workspace import Workspace

Row = dict[str, str | int | bool | None]


@dataclass(frozen=True)
class RoundStatus:
    """Figures of a round on a day; rows as asked; missing units in official order."""

    round: Round
    today: date
    figures: Figures
    rows: list[Row]
    missing_units: list[str]


def status(
    ws: Workspace, *, number: int | None = None, doc_number: str | None = None, by: str = "unit"
) -> RoundStatus:
    """The status of a round; `by` is unit, measure or pillar."""
    notice = overview.notice(ws, doc_number)
    round_ = overview.round_of(ws, notice.id, number)
    rows = {"unit": _by_unit, "measure": _by_measure, "pillar": _by_pillar}[by]
    missing = overview.expected_returns(ws, round_, Status.MISSING)
    return RoundStatus(
        round_,
        ws.today,
        overview.figures(ws, round_),
        rows(ws, round_),
        [item.unit_name for item in missing],
    )


def _by_unit(ws: Workspace, round_: Round) -> list[Row]:
    limits = office.thresholds(ws)
    everyone = (
        *overview.expected_returns(ws, round_, Status.EXPECTED),
        *overview.expected_returns(ws, round_, Status.EXEMPT),
    )
    return [
        {
            "unit": item.unit_name,
            "state": item.state.value,
            "lamp": overview.lamp_of_return(ws, item, round_.due_on, limits).word,
            "entries_expected": item.entries,
            "entries_covered": item.covered,
            "received_on": item.first_received_on.isoformat() if item.first_received_on else None,
            "exempt": item.exempt,
        }
        for item in sorted(everyone, key=lambda item: item.ordinal)
    ]


def _by_measure(ws: Workspace, round_: Round) -> list[Row]:
    return [
        _progress({"number": node.measure.number, "measure": node.measure.title}, node.progress)
        for pillar in overview.tree(ws, round_)
        for node in pillar.measures
    ]


def _by_pillar(ws: Workspace, round_: Round) -> list[Row]:
    return [
        _progress({"number": node.pillar.number, "pillar": node.pillar.title}, node.progress)
        for node in overview.tree(ws, round_)
    ]


def _progress(named: Row, progress: Progress) -> Row:
    words = asdict(progress)
    named |= {"entries_expected": words.pop("expected"), "entries_covered": words.pop("covered")}
    return named | words
