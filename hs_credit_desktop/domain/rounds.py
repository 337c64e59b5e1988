"""Reporting rounds and which round a command or the window looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RoundState(StrEnum):
    """筹备 → 进行中 → 已封存."""

    PREPARING = "preparing"
    OPEN = "open"
    FROZEN = "frozen"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return {"preparing": "筹备", "open": "进行中", "frozen": "已封存"}[self.value]


@dataclass(frozen=True)
class Round:
    """One reporting round (轮次), numbered from 1 within a notice."""

    id: str
    notice_id: str
    number: int
    name: str
    due_on: date
    state: RoundState


def current_round(rounds: Sequence[Round], today: date) -> Round:
    """The earliest round not past due, else the last; `rounds` in due order, not empty."""
    return next((item for item in rounds if today <= item.due_on), rounds[-1])
