"""What was deactivated is listed, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import chasing, overview, recycle, register_merge, returns
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.store.recycle import NAMED_BY
from tests.ledgers import TODAY, entry, expected, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def test_what_was_taken_out_comes_back(ws: Workspace, tmp_path: Path) -> None:
    assert recycle.recycled(ws) == ()
    mine = record(ws, "市数据局", 1)
    (tmp_path / "证据.txt").write_text("证据", encoding="utf-8")
    returns.attach(ws, entry_id=mine.id, paths=[tmp_path / "证据.txt"])
    [kept] = overview.entry_detail(ws, mine.id).attachments
    returns.detach(ws, entry_id=mine.id, attachment_id=kept.id, name=kept.name)
    chasing.add_contact(ws, unit_id=expected(ws, "市文旅局").unit_id, name="甲")
    [contact] = next(
        item.contacts
        for item in chasing.missing(ws, round_number(ws))
        if item.unit_name == "市文旅局"
    )
    chasing.remove_contact(ws, contact)
    found = recycle.recycled(ws)
    assert sorted((recycle.kind_of(item), item.name) for item in found) == [
        ("佐证材料", "证据.txt"),
        ("联系人", "甲"),
    ]
    for item in found:
        assert recycle.bring_back(ws, item).returns
        with pytest.raises(UserError, match="已经在用，没有改动"):
            recycle.bring_back(ws, item)
    assert recycle.recycled(ws) == ()
    assert overview.entry_detail(ws, entry(ws, "市数据局", 1).id).attachments == (kept,)
    assert check(ws) == []


def test_everything_that_can_be_deactivated_is_listed(ws: Workspace) -> None:
    tables = {row["name"] for row in ws.ledger.query("SELECT name FROM sqlite_master")}
    with_mark = {
        table
        for table in tables
        if any(
            row["name"] == "deactivated_at"
            for row in ws.ledger.query(f"PRAGMA table_info({table})")
        )
    }
    emptied = {"seal_images"}  # the picture itself goes when it is taken out
    assert set(NAMED_BY) == set(recycle.KINDS) == with_mark - emptied


def test_a_merged_unit_comes_back_with_its_own_names(ws: Workspace) -> None:
    ids = {unit.canonical_name: unit.id for unit in overview.units_of(ws)}
    register_merge.merge(ws, ids["市文旅局"], ids["市商务局"], on=TODAY)
    [item] = [one for one in recycle.recycled(ws) if one.table == "units"]
    assert recycle.bring_back(ws, item).units
    units = {unit.canonical_name: unit for unit in overview.units_of(ws)}
    assert units["市文旅局"].active
    assert units["市文旅局"].merged_into is None
    assert "市文旅局" not in units["市商务局"].aliases
    with pytest.raises(UserError, match="正在使用"):
        recycle.bring_back(ws, item)
    assert check(ws) == []
