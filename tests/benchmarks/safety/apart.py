"""Two PCs edited apart at random and merged both ways, round after round."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from unittest import mock

from hs_credit_desktop.clock import CHINA
from hs_credit_desktop.services import handover
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store.merge import Choice
from tests.benchmarks.safety.editor import Editor, Ticking, contents
from tests.ledgers import TODAY, clock_at, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


@dataclass
class Apart:
    """How many rounds, and how many fields both sides had changed."""

    rounds: int = 0
    conflicts: int = 0


def second_pc(ws: Workspace, folder: Path) -> Workspace:
    """The same ledger opened on another PC from a package."""
    made = handover.handover(ws, folder / "首次.hspack")
    root = folder / "第二台"
    return handover.open_package(root, made.file, lambda: open_workspace(root, clock_at(TODAY)))


def edit_apart(folder: Path, seed: int, *, rounds: int, edits: int) -> Apart:
    """AssertionError when the two are not the same after a round, or a text got lost."""
    dice, numbers = random.Random(seed), random.Random(seed)

    def next_id() -> uuid.UUID:
        return uuid.UUID(int=numbers.getrandbits(128), version=4)

    with mock.patch("uuid.uuid4", next_id):
        return _edit_apart(folder, dice, rounds, edits)


def _edit_apart(folder: Path, dice: random.Random, rounds: int, edits: int) -> Apart:
    clock = Ticking(datetime(2024, 8, 20, 9, 0, tzinfo=CHINA))
    one = make_workspace(folder)
    two = second_pc(one, folder)
    editors = [Editor(one, clock, dice), Editor(two, clock, dice)]
    seen = Apart()
    try:
        for turn in range(rounds):
            for editor in editors:
                for _ in range(dice.randrange(edits)):
                    editor.edit()
            dice.shuffle(editors)
            seen.conflicts += _meet(editors[0].ws, editors[1].ws, folder, dice, first=turn == 0)
            seen.rounds += 1
            for editor in editors:
                editor.ws.undo_stack.clear()
    finally:
        one.close()
        two.close()
    return seen


def _meet(
    source: Workspace, target: Workspace, folder: Path, dice: random.Random, *, first: bool
) -> int:
    """Bring source's changes to target and back; the number of conflicts."""
    texts = _texts(source) | _texts(target)
    entered = _entered(source) | _entered(target)
    partly = not first and dice.random() < 0.5
    made = handover.handover(source, folder / "去.hspack", changes_only=partly)
    shown = handover.preview(target, made.file)
    for item in shown.conflicts:
        assert item.here != item.there, item
    choices = {item.id: dice.choice(list(Choice)) for item in shown.conflicts}
    handover.merge_package(target, made.file, choices=choices)
    back = handover.handover(target, folder / "回.hspack", changes_only=dice.random() < 0.5)
    assert handover.preview(source, back.file).conflicts == ()
    handover.merge_package(source, back.file)
    assert contents(source) == contents(target)
    told = _told(target)
    assert [text for text in texts - _texts(target) if text not in told] == []
    assert entered <= _entered(target)
    assert [check(source), check(target)] == [[], []]
    return len(choices)


def _texts(ws: Workspace) -> set[str]:
    """Every text of a feedback in any version."""
    rows = ws.ledger.query("SELECT progress, results, problems, next_steps FROM feedback")
    return {text for row in rows for text in row if text}


def _entered(ws: Workspace) -> set[str]:
    """Ids of what is never taken away again: lines of the registers, only struck out."""
    rows = ws.ledger.query("SELECT id FROM seal_log UNION ALL SELECT id FROM document_numbers")
    return {row["id"] for row in rows}


def _told(ws: Workspace) -> str:
    """What the audit lines of both PCs say, where a text that gave way is kept."""
    rows = ws.ledger.query("SELECT detail FROM audit UNION ALL SELECT detail FROM foreign_audit")
    return "\n".join(row["detail"] for row in rows)
