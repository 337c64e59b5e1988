"""Which unit a printed name means, asked of the register of this office."""

from datetime import date

from hs_credit_desktop.domain.unit_matching import Candidate, Names
from hs_credit_desktop.domain.unit_matching import candidates as ranked
from hs_credit_desktop.services.register_names import apart_pairs
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import units


def names(ws: Workspace) -> Names:
    """All the register knows about names; get it once where many names are asked for."""
    apart = frozenset(frozenset(pair) for pair in apart_pairs(ws))
    return Names(units.aliases(ws.ledger), apart, load_seed().abbreviations)


def candidates(
    ws: Workspace, printed: str, on: date, known: Names | None = None
) -> tuple[Candidate, ...]:
    """The units a printed name may mean on that day, the likeliest first, each with its reason.

    Only a `certain` one settles it; all else is a proposal that stays a doubt until the clerk says.
    known: what `names` gave.
    """
    return ranked(printed.strip(), units.units(ws.ledger), known or names(ws), on=on)
