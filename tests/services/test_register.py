"""The register of units over time: names, mergers, splits, groups; each taken back as a whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.units import AliasKind, Unit, UnitKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    find,
    freezing,
    memory,
    overview,
    register_merge,
    register_names,
    register_preview,
    register_units,
    returns,
    undo,
)
from hs_credit_desktop.store import (
    duties,
    integrity,
    ledger,
    register_rounds,
    search_check,
    units,
)
from tests import ledgers
from tests.ledgers import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from hs_credit_desktop.services.workspace import Workspace

TABLES = (
    "units",
    "unit_aliases",
    "unit_groups",
    "unit_group_members",
    "unit_contacts",
    "responsibilities",
    "settings",
    *ledgers.RETURN_TABLES,
)
DAY = date(2024, 8, 1)
GOV = UnitKind.GOVERNMENT


def unit(ws: Workspace, name: str) -> Unit:
    return next(item for item in units.units(ws.ledger) if item.canonical_name == name)


def uid(ws: Workspace, name: str) -> str:
    return unit(ws, name).id


def rounds(ws: Workspace) -> list[str]:
    return [item.id for item in overview.rounds(ws, overview.notice(ws).id)]


def names_in(ws: Workspace, number: int) -> list[str]:
    round_ = ledgers.round_number(ws, number)
    return [item.unit_name for item in overview.expected_returns(ws, round_)]


def sound(ws: Workspace) -> None:
    """The tallies, the index and every seal are right."""
    reading = ledger.open_reading(ws.folder)
    try:
        assert integrity.tallies_agree(reading)
        assert search_check.agrees(reading)
        assert list(integrity.wrong_rows(reading)) == []
    finally:
        reading.close()


def taken_back(ws: Workspace, act: Callable[[], object]) -> None:
    """The act changes something, and its undo and redo lead exactly back and forth."""
    before = ledgers.dump(ws, TABLES)
    act()
    after = ledgers.dump(ws, TABLES)
    assert after != before
    sound(ws)
    undo.undo(ws)
    assert ledgers.dump(ws, TABLES) == before
    sound(ws)
    undo.redo(ws)
    assert ledgers.dump(ws, TABLES) == after
    sound(ws)


# Renaming


def test_a_rename_leaves_rounds_before_its_day(ws: Workspace) -> None:
    first, second = rounds(ws)
    on = date(2024, 8, 31)
    ws.clock = ledgers.clock_at(on)
    shown = register_preview.preview_rename(ws, uid(ws, "市商务局"), "市商务和投资局", on)
    assert [item.round.id for item in shown.asks] == [second]
    assert shown.sentence == "从 2024-08-31 起，市商务局改称市商务和投资局；原名作为曾用名留着。"
    assert [(item.caption, item.number) for item in shown.counts] == [
        ("负责的措施", 2),
        ("曾用名", 1),
        ("保持原样的轮次", 1),
    ]
    assert shown.counts[0].items[1] == "（二）归集信用信息　牵头（推定）"
    assert shown.counts[2].items == ("第一轮（2024-08-30 截止，进行中）：仍是“市商务局”",)
    register_names.rename(ws, uid(ws, "市商务局"), name=" 市商务和投资局 ", on=on, follow=(second,))
    assert "市商务局" in names_in(ws, 1)
    assert "市商务和投资局" in names_in(ws, 2)
    now = unit(ws, "市商务和投资局")
    assert (now.short_name, now.initials) == ("市商务和投资局", "sswhtzj")
    [alias] = register_names.aliases(ws, now.id)
    assert (alias.name, alias.kind, alias.to_on) == ("市商务局", AliasKind.FORMER, on)
    assert [hit.unit for hit in find.find(ws, "市商务局")] == ["市商务和投资局"]
    assert first


def test_open_rounds_keep_the_old_name_unless_told(ws: Workspace) -> None:
    register_names.edit(ws, uid(ws, "市商务局"), short_name="商务局", kind=GOV, initials="")
    register_names.rename(ws, uid(ws, "市商务局"), name="市贸易局", on=DAY)
    assert "市商务局" in names_in(ws, 1)
    assert "市商务局" in names_in(ws, 2)
    assert unit(ws, "市贸易局").short_name == "商务局"


def test_a_rename_is_taken_back(ws: Workspace) -> None:
    taken_back(
        ws,
        lambda: register_names.rename(
            ws, uid(ws, "市商务局"), name="市贸易局", on=DAY, follow=rounds(ws)
        ),
    )


def test_what_was_changed_since_is_not_taken_back(ws: Workspace) -> None:
    register_names.rename(ws, uid(ws, "市商务局"), name="市贸易局", on=DAY)
    with ws.change("另一处", "", {}):
        units.rename(ws.ledger, uid(ws, "市贸易局"), "市外贸局", "swmj")
    with pytest.raises(UserError, match="之后又有改动"):
        undo.undo(ws)


@pytest.mark.parametrize(
    ("name", "on", "what"),
    [
        ("市商务局", DAY, "名称没有变"),
        (" ", DAY, "名称是空的"),
        ("市文旅局", DAY, "名册里已有“市文旅局”"),
        ("市政务数据局", DAY, "“市政务数据局”是市数据局的别名"),
        ("市贸易局", TODAY + timedelta(1), "在今天（2024-08-20）之后"),
    ],
)
def test_renames_that_cannot_be(ws: Workspace, name: str, on: date, what: str) -> None:
    before = ledgers.dump(ws, TABLES)
    with pytest.raises(UserError, match=what):
        register_names.rename(ws, uid(ws, "市商务局"), name=name, on=on)
    assert ledgers.dump(ws, TABLES) == before


def test_a_round_that_is_over_never_follows(ws: Workspace) -> None:
    ws.clock = ledgers.clock_at(date(2024, 9, 2))
    with pytest.raises(UserError, match="不能跟着改的"):
        register_names.rename(
            ws, uid(ws, "市商务局"), name="市贸易局", on=date(2024, 9, 1), follow=rounds(ws)
        )


def test_a_frozen_round_never_follows(ws: Workspace) -> None:
    freezing.freeze(ws, ledgers.round_number(ws, 1))
    first, second = rounds(ws)
    shown = register_preview.preview_rename(ws, uid(ws, "市商务局"), "市贸易局", DAY)
    assert [item.round.id for item in shown.asks] == [second]
    assert "已封存" in shown.counts[2].items[0]
    register_names.rename(ws, uid(ws, "市商务局"), name="市贸易局", on=DAY, follow=(second,))
    assert "市商务局" in names_in(ws, 1)
    assert first


# Particulars and other names


def test_particulars(ws: Workspace) -> None:
    taken_back(
        ws,
        lambda: register_names.edit(
            ws, uid(ws, "市商务局"), short_name=" ", kind=UnitKind.PARTY, initials="SWJ1"
        ),
    )
    now = unit(ws, "市商务局")
    assert (now.short_name, now.kind, now.initials) == ("市商务局", UnitKind.PARTY, "swj1")
    with pytest.raises(UserError, match="有别的字符"):
        register_names.edit(ws, now.id, short_name="", kind=GOV, initials="商务")


def test_other_names(ws: Workspace) -> None:
    who = uid(ws, "市商务局")
    taken_back(
        ws, lambda: register_names.put_alias(ws, who, name="市外经贸局", to_on=date(2010, 1, 1))
    )
    register_names.put_alias(ws, who, name="市外经贸局", kind=AliasKind.FORMER)
    [alias] = register_names.aliases(ws, who)
    assert (alias.kind, alias.to_on) == (AliasKind.FORMER, None)
    taken_back(ws, lambda: register_names.remove_alias(ws, alias))
    assert register_names.aliases(ws, who) == ()
    with pytest.raises(UserError, match="就是它的规范名称"):
        register_names.put_alias(ws, who, name="市商务局")
    with pytest.raises(UserError, match="不在起用日期之后"):
        register_names.put_alias(ws, who, name="甲", from_on=DAY, to_on=DAY)


def test_pairs_kept_apart(ws: Workspace) -> None:
    one, other = uid(ws, "市商务局"), uid(ws, "市文旅局")
    shown = register_preview.preview_apart(ws, one, other)
    assert [item.number for item in shown.counts] == [2, 2]
    taken_back(ws, lambda: register_names.keep_apart(ws, other, one))
    [pair] = register_names.apart_pairs(ws)
    assert set(pair) == {"市商务局", "市文旅局"}
    assert frozenset(pair) in memory.seed_of(ws).apart
    taken_back(ws, lambda: register_names.no_longer_apart(ws, pair))
    assert register_names.apart_pairs(ws) == ()
    with pytest.raises(UserError, match="同一家"):
        register_names.keep_apart(ws, one, one)


def test_a_new_unit_stands_last(ws: Workspace) -> None:
    taken_back(ws, lambda: register_names.add(ws, name="市气象局", kind=UnitKind.VERTICAL))
    assert register_units.rows(ws)[-1].unit.canonical_name == "市气象局"
    assert unit(ws, "市气象局").initials == "sqxj"


def test_official_order(ws: Workspace) -> None:
    def order() -> list[str]:
        return [row.unit.canonical_name for row in register_units.rows(ws)]

    before = order()
    taken_back(ws, lambda: register_names.move(ws, uid(ws, "市文旅局"), -1))
    assert order() == [before[0], before[2], before[1], *before[3:]]
    register_names.move(ws, uid(ws, before[0]), -1)
    register_names.move_to(ws, uid(ws, "西区"), 99)
    assert order()[0] == before[0]
    taken_back(ws, lambda: register_names.move_to(ws, uid(ws, "西区"), 1))
    assert order()[0] == "西区"
    assert names_in(ws, 1)[0] == before[0]
    freezing.freeze(ws, ledgers.round_number(ws, 1))
    taken_back(ws, lambda: register_names.follow_order(ws))
    assert (names_in(ws, 1)[0], names_in(ws, 2)[0]) == (before[0], "西区")


# Mergers


def test_a_merger_moves_duties_names_and_groups(ws: Workspace) -> None:
    gone, stays = uid(ws, "市商务局"), uid(ws, "市文旅局")
    register_names.put_alias(ws, gone, name="市外经贸局")
    with ws.change("测试", "", {}):  # a notice may print one name for two bodies
        units.add_alias(ws.ledger, stays, "市商务局")
    shown = register_merge.preview_merge(ws, gone, stays, DAY)
    assert [(item.caption, item.items) for item in shown.counts[:3]] == [
        ("转过去的措施", ("（一）完善信用制度　配合", "（二）归集信用信息　牵头（推定）")),
        ("转过去的名称", ("市商务局", "市外经贸局")),
        ("换成对方的群组", ()),
    ]
    assert [item.words for item in shown.asks] == [
        "市商务局未报的 2 条改由市文旅局报送，市商务局本轮免报"
    ] * 2
    taken_back(ws, lambda: register_merge.merge(ws, gone, stays, on=DAY))
    assert "市商务局" in names_in(ws, 1)
    one, two, three = duties.duties(ws.ledger, (stays,))
    assert [item.title for item in (one, two, three)] == [
        "完善信用制度",
        "归集信用信息",
        "推进信用监管",
    ]
    assert (two.role.label, two.suggested) == ("牵头", True)  # it had the measure as 配合 before
    assert duties.duties(ws.ledger, (gone,)) == ()
    row = next(row for row in register_units.rows(ws) if row.id == gone)
    assert (row.unit.active, row.became) == (False, "2024-08-01 并入市文旅局")
    assert memory.seed_of(ws).same["市外经贸局"] == "市文旅局"
    assert [item.canonical_name for item in register_merge.merged_units(ws, stays)] == ["市商务局"]


def test_open_rounds_follow_a_merger_when_told(ws: Workspace) -> None:
    gone, stays = uid(ws, "市数据局"), uid(ws, "市商务局")
    taken_back(ws, lambda: register_merge.merge(ws, gone, stays, on=DAY, follow=rounds(ws)[1:]))
    assert "市数据局" in names_in(ws, 1)
    assert "市数据局" not in names_in(ws, 2)  # exempt now, with the reason
    left = ledgers.expected(ws, "市数据局", 2)
    assert left.exempt_reason == "2024-08-01 并入市商务局"
    other = ledgers.expected(ws, "市商务局", 2)
    assert other.entries == 3
    assert ledgers.entry(ws, "市商务局", 1, 2).role == "lead"  # 市数据局 led it
    assert ledgers.entry(ws, "市商务局", 3, 2).role == "lead"


def test_a_unit_not_expected_takes_the_place_over(ws: Workspace) -> None:
    register_names.add(ws, name="市发展局", kind=GOV)
    gone, stays = uid(ws, "市数据局"), uid(ws, "市发展局")
    shown = register_merge.preview_merge(ws, gone, stays, DAY)
    assert shown.asks[0].words == "市数据局未报的 2 条改由市发展局报送"
    taken_back(ws, lambda: register_merge.merge(ws, gone, stays, on=DAY, follow=rounds(ws)))
    assert "市数据局" not in names_in(ws, 1)
    assert ledgers.expected(ws, "市发展局").entries == 2
    assert ledgers.entry(ws, "市发展局", 3).unit_name == "市发展局"


def test_what_a_unit_reported_stays_its_own(ws: Workspace) -> None:
    ledgers.record(ws, "市商务局", 1)
    gone, stays = uid(ws, "市商务局"), uid(ws, "市文旅局")
    shown = register_merge.preview_merge(ws, gone, stays, DAY)
    assert [item.round.id for item in shown.asks] == rounds(ws)[1:]
    assert shown.counts[3].items == ("第一轮：市商务局已报 1／2 条",)
    register_merge.merge(ws, gone, stays, on=DAY, follow=rounds(ws)[1:])
    assert ledgers.expected(ws, "市商务局").covered == 1
    with pytest.raises(UserError, match="不能跟着改的"):
        register_merge.merge(ws, uid(ws, "市数据局"), stays, on=DAY, follow=("第一轮",))


def test_a_member_of_a_group_is_replaced_in_it(ws: Workspace) -> None:
    register_names.keep_apart(ws, uid(ws, "西区"), uid(ws, "东区"))
    gone, stays = uid(ws, "西区"), uid(ws, "市信用中心")
    assert register_merge.preview_merge(ws, gone, stays, DAY).counts[2].items == (ledgers.GROUP,)
    taken_back(ws, lambda: register_merge.merge(ws, gone, stays, on=DAY))
    group = next(item for item in register_units.groups(ws) if item.name == ledgers.GROUP)
    assert group.member_ids == (uid(ws, "东区"), stays)
    [(name, left)] = register_units.memberships(ws, gone)
    assert (name, left.to_on) == (ledgers.GROUP, DAY)
    undo.undo(ws)
    register_merge.merge(ws, gone, uid(ws, "东区"), on=DAY)
    group = next(item for item in register_units.groups(ws) if item.name == ledgers.GROUP)
    assert group.member_ids == (uid(ws, "东区"),)
    assert register_names.apart_pairs(ws) == ()


def test_mergers_that_cannot_be(ws: Workspace) -> None:
    one, other = uid(ws, "市商务局"), uid(ws, "市文旅局")
    for args, what in (
        ((one, one, DAY), "同一家"),
        ((one, other, TODAY + timedelta(1)), "之后"),
        ((one, "没有", DAY), "已经不在名册里"),
    ):
        with pytest.raises(UserError, match=what):
            register_merge.preview_merge(ws, *args)
    register_units.deactivate(ws, other)
    with pytest.raises(UserError, match="市文旅局已停用"):
        register_merge.merge(ws, one, other, on=DAY)


def test_a_measure_both_had_as_partners_stays_one(ws: Workspace) -> None:
    stays = uid(ws, "市文旅局")
    register_merge.merge(ws, uid(ws, "市信用中心"), stays, on=DAY)
    assert [(item.title, item.role.label) for item in duties.duties(ws.ledger, (stays,))] == [
        ("归集信用信息", "配合"),
        ("推进信用监管", "配合"),
    ]


def test_a_merged_unit_comes_back_under_its_names(ws: Workspace) -> None:
    gone, stays = uid(ws, "市商务局"), uid(ws, "市文旅局")
    register_names.put_alias(ws, stays, name="市旅游局")
    register_merge.merge(ws, gone, stays, on=DAY)
    taken_back(ws, lambda: register_units.reactivate(ws, gone))
    assert [item.name for item in register_names.aliases(ws, stays)] == ["市旅游局"]
    assert (unit(ws, "市商务局").active, unit(ws, "市商务局").merged_into) == (True, None)


# Splits


def measures(ws: Workspace, *titles: str) -> list[str]:
    everything = duties.duties(ws.ledger, [item.id for item in units.units(ws.ledger)])
    return [item.measure_id for item in everything if item.title in titles]


def test_a_part_becomes_a_unit_of_its_own(ws: Workspace) -> None:
    who, mine = uid(ws, "市文旅局"), measures(ws, "推进信用监管")
    shown = register_merge.preview_split(ws, who, "市旅游局", DAY, mine)
    assert shown.counts[0].items == ("（三）推进信用监管　配合",)
    assert [item.words for item in shown.asks] == ["未报的 1 条改由市旅游局报送"] * 2
    taken_back(
        ws,
        lambda: register_merge.split(
            ws, who, name="市旅游局", kind=GOV, on=DAY, measure_ids=mine, follow=rounds(ws)[1:]
        ),
    )
    assert [row.unit.canonical_name for row in register_units.rows(ws)][2:4] == [
        "市文旅局",
        "市旅游局",
    ]
    assert [item.title for item in duties.duties(ws.ledger, (uid(ws, "市旅游局"),))] == [
        "推进信用监管"
    ]
    assert ledgers.expected(ws, "市文旅局").entries == 2
    assert ledgers.expected(ws, "市文旅局", 2).entries == 1
    assert ledgers.entry(ws, "市旅游局", 3, 2).unit_name == "市旅游局"


def test_all_of_a_unit_that_is_blank_is_handed_over(ws: Workspace) -> None:
    who, mine = uid(ws, "市信用中心"), measures(ws, "推进信用监管")
    register_merge.split(
        ws, who, name="市征信中心", kind=GOV, on=DAY, measure_ids=mine, follow=rounds(ws)[:1]
    )
    assert "市信用中心" not in names_in(ws, 1)
    assert ledgers.expected(ws, "市征信中心").entries == 1
    sound(ws)


def test_what_was_answered_or_is_exempt_is_not_parted(ws: Workspace) -> None:
    ledgers.record(ws, "市文旅局", 3)
    ledgers.exempt(ws, "市文旅局", number=2)
    who, mine = uid(ws, "市文旅局"), measures(ws, "推进信用监管")
    assert register_merge.preview_split(ws, who, "市旅游局", DAY, mine).asks == ()
    merged = register_merge.preview_merge(ws, who, uid(ws, "市商务局"), DAY)
    assert merged.asks == ()


def test_a_part_answered_already_keeps_what_is_blank(ws: Workspace) -> None:
    ledgers.record(ws, "市文旅局", 2)
    returns.review(
        ws,
        expected_return_id=ledgers.expected(ws, "市文旅局").id,
        decision=ReturnState.ACCEPTED,
    )
    who, mine = uid(ws, "市文旅局"), measures(ws, "推进信用监管")
    register_merge.split(
        ws, who, name="市旅游局", kind=GOV, on=DAY, measure_ids=mine, follow=rounds(ws)[:1]
    )
    old, new = ledgers.expected(ws, "市文旅局"), ledgers.expected(ws, "市旅游局")
    assert (old.entries, old.covered, old.state) == (1, 1, ReturnState.ACCEPTED)
    assert (new.entries, new.covered, new.state) == (1, 0, ReturnState.MISSING)
    sound(ws)


def test_splits_that_cannot_be(ws: Workspace) -> None:
    who = uid(ws, "市文旅局")
    for name, on, chosen, what in (
        ("市商务局", DAY, [], "名册里已有"),
        ("市旅游局", TODAY + timedelta(1), [], "之后"),
        ("市旅游局", DAY, [], "没有选要转过去的措施"),
    ):
        with pytest.raises(UserError, match=what):
            register_merge.preview_split(ws, who, name, on, chosen)


# In and out of use


def test_out_of_use_and_back(ws: Workspace) -> None:
    who = uid(ws, "东区")
    shown = register_units.preview_deactivate(ws, who)
    assert [(item.caption, item.number) for item in shown.counts] == [
        ("仍由它负责的措施", 2),
        ("仍把它算在内的群组", 1),
        ("应报的轮次", 2),
    ]
    assert shown.counts[0].items[0] == "（一）完善信用制度　配合（各区人民政府）"
    taken_back(ws, lambda: register_units.deactivate(ws, who))
    assert next(row for row in register_units.rows(ws) if row.id == who).became == "已停用"
    with pytest.raises(UserError, match="已经停用"):
        register_units.deactivate(ws, who)
    taken_back(ws, lambda: register_units.reactivate(ws, who))
    with pytest.raises(UserError, match="正在使用"):
        register_units.reactivate(ws, who)


def test_history_is_not_deleted(ws: Workspace) -> None:
    ledgers.record(ws, "市商务局", 1)
    with pytest.raises(UserError) as refused:
        register_units.delete(ws, uid(ws, "市商务局"))
    assert refused.value.what == "市商务局有历史记录，不能删除"
    assert refused.value.advice == "它在第一轮报送过 1 条反馈。可以改为“停用”。"
    assert register_units.history(ws, uid(ws, "市文旅局")) == (
        "它在第一轮的应报名单里。",
        "它在第二轮的应报名单里。",
        "它负责 2 条措施。",
    )


def test_what_nothing_refers_to_can_be_deleted(ws: Workspace) -> None:
    register_names.add(ws, name="市气象局", kind=GOV)
    who = uid(ws, "市气象局")
    register_names.put_alias(ws, who, name="市气象台")
    taken_back(ws, lambda: register_units.delete(ws, who))
    assert find.find(ws, "气象") == []
    undo.undo(ws)
    assert [hit.unit for hit in find.find(ws, "气象台")] == ["市气象局"]
    register_names.add(ws, name="市地震局", kind=GOV)
    register_merge.merge(ws, uid(ws, "市地震局"), who, on=DAY)
    assert register_units.history(ws, who) == ("市地震局已并入它。",)


def test_a_duty_out_of_use_is_history_too(ws: Workspace) -> None:
    register_names.add(ws, name="市气象局", kind=GOV)
    who = uid(ws, "市气象局")
    mine = duties.duties(ws.ledger, (uid(ws, "市商务局"),))
    with ws.change("测试", "", {}):
        duties.hand_on(ws.ledger, mine[0], who)
        duties.end(ws.ledger, duties.duties(ws.ledger, (who,))[0], at=ws.clock.now())
    assert register_units.history(ws, who) == ("停用的内容里还写着它。",)


def test_the_filter_knows_every_name_and_the_initials(ws: Workspace) -> None:
    def shown(typed: str) -> list[str]:
        return [row.unit.canonical_name for row in register_units.rows(ws) if row.matches(typed)]

    assert shown("政务数据") == ["市数据局"]
    assert shown("SSW") == ["市商务局"]
    assert shown("区") == ["东区", "西区"]
    assert len(shown("")) == 6


# Groups


def test_members_come_and_go_with_their_days(ws: Workspace) -> None:
    group = next(item for item in register_units.groups(ws) if item.name == ledgers.GROUP)
    east, west, centre = (uid(ws, name) for name in (*ledgers.MEMBERS, "市信用中心"))
    taken_back(
        ws, lambda: register_units.set_members(ws, group.id, (centre, west), on=date(2024, 8, 5))
    )
    [(_, left)] = register_units.memberships(ws, east)
    assert (left.from_on, left.to_on) == (None, date(2024, 8, 5))
    [(_, came)] = register_units.memberships(ws, centre)
    assert (came.from_on, came.to_on) == (date(2024, 8, 5), None)
    [(_, stayed)] = register_units.memberships(ws, west)
    assert (stayed.from_on, stayed.to_on) == (None, None)
    assert names_in(ws, 1)[-2:] == list(ledgers.MEMBERS)
    register_units.set_members(ws, group.id, (centre, west, east), on=date(2024, 8, 9))
    [(_, again)] = register_units.memberships(ws, east)
    assert (again.from_on, again.to_on) == (date(2024, 8, 9), None)
    with pytest.raises(UserError, match="之后"):
        register_units.set_members(ws, group.id, (), on=TODAY + timedelta(1))


def test_a_new_group(ws: Workspace) -> None:
    taken_back(ws, lambda: register_units.add_group(ws, "各园区管委会"))
    for name, what in (("各园区管委会", "已有群组"), ("", "空的"), ("市商务局", "已有")):
        with pytest.raises(UserError, match=what):
            register_units.add_group(ws, name)


def test_duties_numbered_past_the_numerals(ws: Workspace) -> None:
    [duty] = duties.duties(ws.ledger, (uid(ws, "市信用中心"),))
    assert register_preview.duty_words(duty) == "（三）推进信用监管　配合"
    many = duties.Duty("", "", "", 120, "某事", duty.role, False, "")
    assert register_preview.duty_words(many) == "（120）某事　配合"


# Whatever happens, rounds before the day stay


def of_round(ws: Workspace, round_id: str) -> object:
    return [
        tuple(row)
        for table in ("expected_returns", "expected_entries")
        for row in ws.ledger.query(
            f"SELECT * FROM {table} WHERE round_id = ? ORDER BY id", round_id
        )
    ]


ACTS = ("rename", "merge", "split")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    today=st.dates(date(2024, 7, 1), date(2025, 1, 31)),
    steps=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 400), st.integers(0, 5), st.integers(1, 5)),
        min_size=1,
        max_size=4,
    ),
)
def test_no_round_due_before_the_day_changes(
    ws: Workspace, today: date, steps: list[tuple[str, int, int, int]]
) -> None:
    ws.clock = ledgers.clock_at(today)
    done = 0
    start = ledgers.dump(ws, TABLES)
    for number, (act, ago, first, second) in enumerate(steps):
        on = today - timedelta(ago)
        everyone = [item for item in units.units(ws.ledger) if item.active]
        one = everyone[first % len(everyone)]
        other = everyone[(first + second) % len(everyone)]
        before = {item.id: of_round(ws, item.id) for item in _rounds(ws) if item.due_on < on}
        try:
            _act(ws, act, one, other, on, number)
            done += 1
        except UserError:
            pass  # the same unit twice, nothing to split off
        assert {round_id: of_round(ws, round_id) for round_id in before} == before
        sound(ws)
    for _ in range(done):
        undo.undo(ws)
    assert ledgers.dump(ws, TABLES) == start
    undo.forget(ws)


def _rounds(ws: Workspace) -> list[register_rounds.Round]:
    return list(overview.rounds(ws, overview.notice(ws).id))


def _act(ws: Workspace, act: str, one: Unit, other: Unit, on: date, number: int) -> None:
    name = f"新局{'甲乙丙丁'[number]}"
    if act == "rename":
        asks = register_preview.preview_rename(ws, one.id, name, on).asks
        register_names.rename(ws, one.id, name=name, on=on, follow=[a.round.id for a in asks])
    elif act == "merge":
        asks = register_merge.preview_merge(ws, one.id, other.id, on).asks
        register_merge.merge(ws, one.id, other.id, on=on, follow=[a.round.id for a in asks])
    else:
        mine = [item.measure_id for item in duties.duties(ws.ledger, (one.id,)) if not item.group]
        asks = register_merge.preview_split(ws, one.id, name, on, mine[:1]).asks
        register_merge.split(
            ws,
            one.id,
            name=name,
            kind=GOV,
            on=on,
            measure_ids=mine[:1],
            follow=[a.round.id for a in asks],
        )
