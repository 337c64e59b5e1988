"""The register changed on two PCs: mergers, renames, members and contacts come together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.units import UnitKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    handover,
    overview,
    register_contacts,
    register_merge,
    register_names,
    register_units,
)
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.store.merge import Choice
from tests.benchmarks.safety.apart import second_pc
from tests.benchmarks.safety.editor import contents
from tests.ledgers import GROUP, make_workspace
from tests.services.test_register import uid, unit

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

DAY = date(2024, 8, 1)


def _bring(source: Workspace, target: Workspace, folder: Path) -> handover.MergePreview:
    made = handover.handover(source, folder / f"{source.folder.root.name}.hspack")
    return handover.merge_package(target, made.file, otherwise=Choice.THERE)


def _follow(ws: Workspace) -> list[str]:
    return [item.id for item in overview.rounds(ws, overview.notice(ws).id)]


def test_a_merger_here_and_a_rename_there(tmp_path: Path) -> None:
    one = make_workspace(tmp_path)
    two = second_pc(one, tmp_path)
    try:
        group = next(item for item in register_units.groups(one) if item.name == GROUP)
        register_merge.merge(
            one, uid(one, "市数据局"), uid(one, "市商务局"), on=DAY, follow=_follow(one)
        )
        register_names.add(one, name="市气象局", kind=UnitKind.VERTICAL)
        register_merge.merge(one, uid(one, "市气象局"), uid(one, "市文旅局"), on=DAY)
        who = uid(two, "市文旅局")
        register_names.rename(two, who, name="市文体局", on=DAY, follow=_follow(two))
        register_contacts.put(two, who, name="甲某", phone="1234567")
        register_units.set_members(two, group.id, (uid(two, "东区"),), on=DAY)
        assert _bring(two, one, tmp_path).conflicts == ()
        _bring(one, two, tmp_path)
        assert contents(one) == contents(two)
        assert [check(one), check(two)] == [[], []]
        assert unit(one, "市气象局").merged_into == uid(one, "市文体局")
        assert [item.name for item in register_contacts.contacts_of(two, who)] == ["甲某"]
    finally:
        one.close()
        two.close()


def test_a_merger_on_both_sides_is_a_conflict_in_words(tmp_path: Path) -> None:
    one = make_workspace(tmp_path)
    two = second_pc(one, tmp_path)
    try:
        for ws, into in ((one, "市商务局"), (two, "市文旅局")):
            register_merge.merge(ws, uid(ws, "市信用中心"), uid(ws, into), on=DAY)
        shown = {item.field: item for item in _bring(two, one, tmp_path).conflicts}
        merged = shown["并入的单位"]
        assert (merged.here, merged.there) == ("市商务局", "市文旅局")
        _bring(one, two, tmp_path)
        assert contents(one) == contents(two)
        assert unit(one, "市信用中心").merged_into == uid(one, "市文旅局")
    finally:
        one.close()
        two.close()


def test_two_units_called_alike_on_two_pcs_stay_two(tmp_path: Path) -> None:
    one = make_workspace(tmp_path)
    two = second_pc(one, tmp_path)
    try:
        first, second = uid(one, "市数据局"), uid(one, "市商务局")
        register_names.rename(one, first, name="市大数据局", on=DAY)
        register_names.rename(two, second, name="市大数据局", on=DAY)
        before = contents(two)
        with pytest.raises(UserError, match="改成了同一个单位名称，没有合并"):
            _bring(one, two, tmp_path)
        assert contents(two) == before
        register_names.rename(two, second, name="市商务和口岸局", on=DAY)
        _bring(one, two, tmp_path)
        _bring(two, one, tmp_path)
        assert contents(one) == contents(two)
        assert unit(one, "市大数据局").id == first
        assert unit(one, "市商务和口岸局").id == second
        assert [check(one), check(two)] == [[], []]
    finally:
        one.close()
        two.close()
