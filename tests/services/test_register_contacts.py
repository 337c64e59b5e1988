"""Contacts one by one and as a pasted table; which unit a printed name means in this register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.unit_matching import Why
from hs_credit_desktop.domain.units import UnitKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    chasing,
    register_contacts,
    register_matching,
    register_names,
    register_units,
    undo,
)
from hs_credit_desktop.services.register_contacts import LineState
from tests import ledgers
from tests.services.test_register import taken_back, uid, unit

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

TABLE = """单位\t联系人\t电话\t邮箱\t备注
市商务局\t甲某\t0000-1234567\tjia@example.org\t科长
市政务数据局\t乙某\t13800000000
数据\t丙某\t13900000000
市气象台\t丁某\t13700000000
市文旅局\t戊某\t打不通
"""


def people(ws: Workspace, name: str) -> list[tuple[str, str, bool]]:
    found = register_contacts.contacts_of(ws, uid(ws, name))
    return [(item.name, item.phone, item.active) for item in found]


def test_a_contact_is_added_and_another_takes_its_place(ws: Workspace) -> None:
    who = uid(ws, "市商务局")
    taken_back(ws, lambda: register_contacts.put(ws, who, name="甲某", phone="１２３４５６７"))
    [old] = register_contacts.contacts_of(ws, who)
    assert (old.phone, old.since) == ("1234567", ledgers.TODAY)
    taken_back(ws, lambda: register_contacts.put(ws, who, name="乙某", instead_of=old))
    assert people(ws, "市商务局") == [("乙某", "", True), ("甲某", "1234567", False)]
    owing = next(
        item
        for item in chasing.missing(ws, ledgers.round_number(ws))
        if item.unit_name == "市商务局"
    )
    assert [contact.name for contact in owing.contacts] == ["乙某"]
    taken_back(ws, lambda: register_contacts.end(ws, register_contacts.contacts_of(ws, who)[0]))
    assert [active for _, _, active in people(ws, "市商务局")] == [False, False]
    with pytest.raises(UserError, match="没有联系人姓名"):
        register_contacts.put(ws, who, name=" ")


def test_a_pasted_table_says_what_it_would_do(ws: Workspace) -> None:
    found = register_contacts.plan(ws, TABLE)
    assert [(item.id, item.state, item.unit_name) for item in found] == [
        ("2", LineState.NEW, "市商务局"),
        ("3", LineState.NEW, "市数据局"),
        ("4", LineState.ASK, ""),
        ("5", LineState.ASK, ""),
        ("6", LineState.WRONG, ""),
    ]
    assert [item.words for item in found[2:]] == [
        "名册里有相近的单位，请指定",
        "名册里没有这家单位",
        "电话“打不通”看不懂",
    ]
    assert {state.label for state in LineState} == {"新增", "更新", "不变", "待指定", "不能用"}


def test_a_name_that_is_alike_is_asked_about(ws: Workspace) -> None:
    text = "市文化旅游局\t甲某\t1234567"
    [asked] = register_contacts.plan(ws, text)
    assert (asked.state, asked.words) == (LineState.ASK, "名册里有相近的单位，请指定")
    assert [item.unit.canonical_name for item in asked.candidates] == ["市文旅局"]
    chosen = {1: uid(ws, "市文旅局")}
    [told] = register_contacts.plan(ws, text, chosen=chosen)
    assert (told.state, told.unit_name) == (LineState.NEW, "市文旅局")
    assert told.words == "新增甲某；记住“市文化旅游局”"
    taken_back(ws, lambda: register_contacts.apply(ws, [told]))
    [again] = register_contacts.plan(ws, text)  # asked once
    assert again.state is LineState.SAME
    undo.undo(ws)
    register_contacts.put(ws, uid(ws, "市文旅局"), name="甲某", phone="1234567")
    [known] = register_contacts.plan(ws, text, chosen=chosen)
    assert (known.state, known.words) == (LineState.CHANGED, "已经登记，不变；记住“市文化旅游局”")


def test_a_pasted_table_is_written_whole_and_taken_back_whole(ws: Workspace) -> None:
    found = register_contacts.plan(ws, TABLE)
    taken_back(ws, lambda: register_contacts.apply(ws, found))
    assert people(ws, "市数据局") == [("乙某", "13800000000", True)]
    again = register_contacts.plan(ws, TABLE)
    assert [item.state for item in again[:2]] == [LineState.SAME] * 2
    with pytest.raises(UserError, match="没有要新增或更新的联系人"):
        register_contacts.apply(ws, again)


def test_another_phone_is_a_new_line_of_the_history(ws: Workspace) -> None:
    register_contacts.apply(ws, register_contacts.plan(ws, TABLE))
    found = register_contacts.plan(ws, "市商务局\t甲某\t7654321")
    assert [(item.state, item.words) for item in found] == [
        (LineState.CHANGED, "电话 0000-1234567 → 7654321")
    ]
    register_contacts.apply(ws, found)
    assert people(ws, "市商务局") == [("甲某", "7654321", True), ("甲某", "0000-1234567", False)]
    now = register_contacts.contacts_of(ws, uid(ws, "市商务局"))[0]
    assert (now.mailbox, now.note) == ("jia@example.org", "科长")  # not in the table: kept


def test_who_is_not_in_the_table_leaves_when_told(ws: Workspace) -> None:
    who = uid(ws, "市商务局")
    for name in ("甲某", "乙某"):
        register_contacts.put(ws, who, name=name)
    register_contacts.put(ws, uid(ws, "市数据局"), name="丙某")
    text = "市商务局\t甲某\n市商务局\t丁某\n市数据局\t戊某\n市信用中心\t己某\n某某\t庚某"
    found = register_contacts.plan(ws, text, replace_others=True)
    assert [(item.state.label, item.words) for item in found] == [
        ("更新", "已经登记，不变；停用乙某"),
        ("新增", "新增丁某"),
        ("新增", "新增戊某；停用丙某"),
        ("新增", "新增己某"),
        ("待指定", "名册里没有这家单位"),
    ]
    taken_back(ws, lambda: register_contacts.apply(ws, found))
    assert sorted(people(ws, "市商务局")) == [
        ("丁某", "", True),
        ("乙某", "", False),
        ("甲某", "", True),
    ]


def test_the_table_to_copy_can_be_pasted_back(ws: Workspace) -> None:
    register_contacts.apply(ws, register_contacts.plan(ws, TABLE))
    register_units.deactivate(ws, uid(ws, "西区"))
    said = register_contacts.table(ws)
    assert said.splitlines()[0] == "单位\t联系人\t电话\t邮箱\t备注"
    assert "市商务局\t甲某\t0000-1234567\tjia@example.org\t科长" in said.splitlines()
    assert "市信用中心\t\t\t\t" in said.splitlines()
    assert "西区" not in said
    states = {item.state for item in register_contacts.plan(ws, said)}
    assert states == {LineState.SAME, LineState.WRONG}  # the empty lines have no name yet


def test_candidates_of_this_register(ws: Workspace) -> None:
    [first, *_] = register_matching.candidates(ws, " 市政务数据局 ", ledgers.TODAY)
    assert (first.unit.canonical_name, first.why, first.certain) == ("市数据局", Why.ALIAS, True)
    who = uid(ws, "市商务局")
    register_names.rename(ws, who, name="市贸易局", on=date(2024, 8, 1))
    [past] = register_matching.candidates(ws, "市商务局", ledgers.TODAY)[:1]
    assert (past.unit.id, past.why, past.certain) == (who, Why.FORMER, False)
    [then] = register_matching.candidates(ws, "市商务局", date(2024, 7, 1))[:1]
    assert then.certain


def test_candidates_leave_out_what_is_kept_apart(ws: Workspace) -> None:
    register_names.add(ws, name="市住建局", kind=UnitKind.GOVERNMENT)
    register_names.add(ws, name="市城建局", kind=UnitKind.GOVERNMENT)
    one, other = unit(ws, "市住建局"), unit(ws, "市城建局")
    register_names.keep_apart(ws, one.id, other.id)
    found = register_matching.candidates(ws, "市城建局", ledgers.TODAY)
    assert [item.unit.id for item in found][:1] == [other.id]
    assert one.id not in {item.unit.id for item in found}
    undo.undo(ws)
    found = register_matching.candidates(ws, "市城建局", ledgers.TODAY)
    assert one.id in {item.unit.id for item in found}
