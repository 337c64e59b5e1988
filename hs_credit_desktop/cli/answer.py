"""What every command gives back, and what every command needs: the ledger and its round."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from hs_credit_desktop.clock import system_clock

if TYPE_CHECKING:
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace


@dataclass(frozen=True)
class Answer:
    """What a command found: one JSON document for scripts, lines for people.

    findings: whether the exit status tells of refusals, conflicts or failed rules.
    """

    data: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    findings: bool = False


Command = Callable[[argparse.Namespace, Path], Answer]


class AddCommand(Protocol):
    """Adds a command of that name and purpose; its own options go on the parser returned."""

    def __call__(self, name: str, run: Command, says: str) -> argparse.ArgumentParser:
        """The parser of the new command."""


@contextmanager
def opened(
    options: argparse.Namespace, root: Path, *, read_only: bool = False
) -> "Iterator[Workspace]":
    """The ledger of the data folder, closed afterwards."""
    from hs_credit_desktop.services.workspace import open_workspace

    ws = open_workspace(root, system_clock(), read_only=read_only, today=options.today)
    try:
        yield ws
    finally:
        ws.close()


def round_of(ws: "Workspace", options: argparse.Namespace) -> "Round":
    """The round that --notice and --round mean."""
    from hs_credit_desktop.services import overview

    return overview.round_of(ws, overview.notice(ws, options.notice).id, options.round)
