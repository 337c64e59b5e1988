"""Two PCs: what was edited apart comes together, field by field, and nothing is lost."""

from __future__ import annotations

import random
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.clock import CHINA
from hs_credit_desktop.services import handover
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store.merge import Choice
from tests.ledgers import TODAY, clock_at, make_workspace, record
from tests.services.merging import Editor, Ticking, contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def second_pc(ws: Workspace, folder: Path) -> Workspace:
    """The same ledger opened on another PC from a package."""
    made = handover.handover(ws, folder / "首次.hspack")
    root = folder / "第二台"
    return handover.open_package(root, made.file, lambda: open_workspace(root, clock_at(TODAY)))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Two PCs with the same ledger."""
    one = make_workspace(tmp_path)
    record(one, "市数据局", 1)
    two = second_pc(one, tmp_path)
    yield one, two
    one.close()
    two.close()


def bring(source: Workspace, target: Workspace, folder: Path, **options: object) -> handover.MergePreview:
    """Hand over and merge."""
    made = handover.handover(source, folder / "包.hspack")
    return handover.merge_package(target, made.file, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(4))
def test_edited_apart_and_merged_both_ways(tmp_path: Path, seed: int) -> None:
    _edit_apart(tmp_path, seed, rounds=6, edits=8)


def _edit_apart(folder: Path, seed: int, *, rounds: int, edits: int) -> dict[str, int]:
    dice = random.Random(seed)
    clock = Ticking(datetime(2024, 8, 20, 9, 0, tzinfo=CHINA))
    one = make_workspace(folder)
    two = second_pc(one, folder)
    editors = [Editor(one, clock, dice), Editor(two, clock, dice)]
    seen = {"rounds": 0, "conflicts": 0}
    for turn in range(rounds):
        for editor in editors:
            for _ in range(dice.randrange(edits)):
                editor.edit()
        dice.shuffle(editors)
        source, target = editors[0].ws, editors[1].ws
        partly = turn > 0 and dice.random() < 0.5
        made = handover.handover(source, folder / "去.hspack", changes_only=partly)
        shown = handover.preview(target, made.file)
        choices = {item.id: dice.choice(list(Choice)) for item in shown.conflicts}
        handover.merge_package(target, made.file, choices=choices)
        back = handover.handover(target, folder / "回.hspack", changes_only=dice.random() < 0.5)
        assert handover.preview(source, back.file).conflicts == ()
        handover.merge_package(source, back.file)
        assert contents(source) == contents(target)
        assert [check(source), check(target)] == [[], []]
        seen["rounds"] += 1
        seen["conflicts"] += len(choices)
        for editor in editors:
            editor.ws.undo_stack.clear()
    one.close()
    two.close()
    return seen
