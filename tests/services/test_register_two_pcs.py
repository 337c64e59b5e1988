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
from hs_credit_desktop.store import units
from hs_credit_desktop.store.merge import Choice
from tests.benchmarks.safety.apart import second_pc
from tests.benchmarks.safety.editor import contents
from tests.ledgers import GROUP, make_workspace
from tests.services.test_register import uid, unit

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Two PCs with the same ledger, which have met in both directions."""
    one = make_workspace(tmp_path)
    two = second_pc(one, tmp_path)
    _bring(two, one, tmp_path)
    _bring(one, two, tmp_path)
    yield one, two
    one.close()
    two.close()


def _names(ws: Workspace) -> dict[str, str]:
    return {unit.id: unit.canonical_name for unit in units.units(ws.ledger)}


@pytest.mark.parametrize("choice", list(Choice))
@pytest.mark.parametrize("changes_only", [True, False])
def test_a_rename_here_to_what_is_new_there_leaves_two_units(
    pair: tuple[Workspace, Workspace], tmp_path: Path, choice: Choice, changes_only: bool
) -> None:
    one, two = pair
    old, new = uid(one, "市商务局"), "新的"
    register_names.rename(one, old, name="市口岸局", on=DAY, follow=_follow(one))
    with two.change("新增单位", "市口岸局", {}):
        two.ledger.insert(
            "units",
            id=new,
            canonical_name="市口岸局",
            short_name="口岸",
            kind="vertical",
            initials="skaj",
            ordinal=9,
        )
    made = handover.handover(two, tmp_path / "去.hspack", changes_only=changes_only)
    before = contents(one)
    [asked] = handover.preview(one, made.file).conflicts
    assert (asked.where, asked.field) == ("单位·市口岸局", "两家单位同名")
    assert asked.here.startswith("市口岸局（政府，又名市商务局）\n")
    assert asked.there.startswith(
        "市口岸局（垂管）\n选它留用这个名称，则另一个先叫“市口岸局（另一个）”"
    )
    assert asked.here_by == asked.there_by == one.actor
    with pytest.raises(UserError, match="单位·市口岸局·两家单位同名"):
        handover.merge_package(one, made.file)
    assert contents(one) == before
    handover.merge_package(one, made.file, choices={asked.id: choice})
    keeps, gives = (old, new) if choice is Choice.HERE else (new, old)
    assert (_names(one)[keeps], _names(one)[gives]) == ("市口岸局", "市口岸局（另一个）")
    back = handover.handover(one, tmp_path / "回.hspack", changes_only=changes_only)
    assert handover.merge_package(two, back.file).conflicts == ()
    assert contents(one) == contents(two)
    assert [check(one), check(two)] == [[], []]


def test_a_unit_that_both_added_is_one_in_a_package_of_changes_too(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    for ws in pair:
        register_names.add(ws, name="市气象局", kind=UnitKind.VERTICAL)
    made = handover.handover(one, tmp_path / "去.hspack", changes_only=True)
    assert handover.merge_package(two, made.file).conflicts == ()
    back = handover.handover(two, tmp_path / "回.hspack", changes_only=True)
    assert handover.merge_package(one, back.file).conflicts == ()
    assert contents(one) == contents(two)
    assert list(_names(one).values()).count("市气象局") == 1


def test_two_units_renamed_alike_on_two_pcs_stay_two(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    first, second = uid(one, "市数据局"), uid(one, "市商务局")
    register_names.rename(one, first, name="市大数据局", on=DAY)
    register_names.rename(two, second, name="市大数据局", on=DAY)
    for ws, name in ((one, "市大数据局（另一个）"), (two, "市大数据局（另一个2）")):
        register_names.add(ws, name=name, kind=UnitKind.VERTICAL)
    assert [item.field for item in _bring(one, two, tmp_path).conflicts] == ["两家单位同名"]
    _bring(two, one, tmp_path)
    assert contents(one) == contents(two)
    assert (_names(one)[first], _names(one)[second]) == ("市大数据局", "市大数据局（另一个3）")
    assert [check(one), check(two)] == [[], []]


def test_names_that_changed_places_there_change_places_here(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    first, second = uid(one, "市数据局"), uid(one, "市商务局")
    with two.change("对调", "名称", {}):
        for who, name in ((first, "市新局"), (second, "市数据局"), (first, "市商务局")):
            two.ledger.execute("UPDATE units SET canonical_name = ? WHERE id = ?", name, who)
    assert _bring(two, one, tmp_path).conflicts == ()
    assert (_names(one)[first], _names(one)[second]) == ("市商务局", "市数据局")
    _bring(one, two, tmp_path)
    assert contents(one) == contents(two)


def test_a_name_that_is_disputed_besides_is_asked_about_once_it_stands(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    """The clerk keeps another name for one of the two: then nobody has to give way."""
    one, two = pair
    first, second = uid(one, "市数据局"), uid(one, "市商务局")
    register_names.rename(one, first, name="市大数据局", on=DAY)
    register_names.rename(one, second, name="市口岸局", on=DAY)
    register_names.rename(two, second, name="市大数据局", on=DAY)
    made = handover.handover(two, tmp_path / "去.hspack")
    asked = handover.preview(one, made.file).conflicts
    assert [item.field for item in asked[:2]] == ["两家单位同名", "规范名称"]
    choices = dict.fromkeys((item.id for item in asked), Choice.HERE)
    handover.merge_package(one, made.file, choices=choices)
    assert (_names(one)[first], _names(one)[second]) == ("市大数据局", "市口岸局")
    _bring(one, two, tmp_path)
    assert contents(one) == contents(two)


def test_groups_named_alike_are_asked_about_too(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    group = next(item for item in register_units.groups(one) if item.name == GROUP)
    with one.change("改名", GROUP, {}):
        one.ledger.execute("UPDATE unit_groups SET name = '各园区' WHERE id = ?", group.id)
    with two.change("新增", "各园区", {}):
        two.ledger.insert("unit_groups", id="新组", name="各园区", ordinal=9)
    made = handover.handover(two, tmp_path / "去.hspack", changes_only=True)
    [asked] = handover.preview(one, made.file).conflicts
    assert (asked.where, asked.field) == ("群组·各园区", "两个群组同名")
    assert asked.here.startswith("各园区\n")
    handover.merge_package(one, made.file, choices={asked.id: Choice.HERE})
    names = {item.id: item.name for item in register_units.groups(one)}
    assert (names[group.id], names["新组"]) == ("各园区", "各园区（另一个）")


def test_other_rows_that_became_the_same_are_refused(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    who = uid(one, "市商务局")
    for ws in pair:
        with ws.change("别名", "市商务局", {}):
            units.add_alias(ws.ledger, who, "商务")
    _bring(two, one, tmp_path)
    _bring(one, two, tmp_path)
    with one.change("改", "别名", {}):
        one.ledger.execute("UPDATE unit_aliases SET alias = '口岸' WHERE alias = '商务'")
    with two.change("别名", "市商务局", {}):
        units.add_alias(two.ledger, who, "口岸")
    before = contents(one)
    with pytest.raises(UserError, match="改成了同一个单位别名，没有合并"):
        _bring(two, one, tmp_path)
    assert contents(one) == before
