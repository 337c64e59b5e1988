"""What the program reminds the clerk of while it runs: the due date near, and promises come due."""

from dataclasses import dataclass

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.services import chasing, overview
from hs_credit_desktop.services.workspace import Workspace

NAMED = 3  # units named before 等


@dataclass(frozen=True)
class Reminder:
    """Two lines for the corner of the screen."""

    what: str
    detail: str


def reminder(ws: Workspace, round_: Round) -> Reminder | None:
    """What is due in an open round: near the due date, or a promise for today; None for nothing.

    The words about the due date are those of the strip (overview.strip).
    """
    if round_.state is not RoundState.OPEN:
        return None
    promised = [item.unit_name for item in chasing.promises_due(ws, round_)]
    near = overview.strip(ws, round_)
    if near is not None:
        said = f"{near.detail}{_promises(promised)}"
        return Reminder(near.headline, said)
    if promised:
        return Reminder(f"有 {len(promised)} 家单位承诺今天以前报送", _promises(promised))
    return None


def _promises(names: list[str]) -> str:
    if not names:
        return ""
    more = "等" if len(names) > NAMED else ""
    return f"承诺的日子已到还没有报送的：{'、'.join(names[:NAMED])}{more} {len(names)} 家。"
