"""Editing the plan: what it means for open rounds, what stays, and every change taken back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.notice import Deadline, Role
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    editing,
    editing_pillars,
    editing_plan,
    editing_rounds,
    integrity,
    overview,
    undo,
)
from hs_credit_desktop.services import find as finding
from hs_credit_desktop.services.editing_plan import Duty, MeasureForm
from hs_credit_desktop.store import images, row_changes, snapshots
from hs_credit_desktop.store import integrity as stored
from hs_credit_desktop.store.lists import EntryQuery
from tests.ledgers import dump, entry, expected, record, round_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from hs_credit_desktop.domain.notice import Measure, Pillar
    from hs_credit_desktop.services.editing import Edit
    from hs_credit_desktop.services.workspace import Workspace

ALL = (*images.TABLES,)


def notice_id(ws: Workspace) -> str:
    return overview.notice(ws).id


def pillar(ws: Workspace, number: int = 1) -> Pillar:
    return next(p for p in editing_plan.tree(ws, notice_id(ws)) if p.number == number)


def measure(ws: Workspace, number: int) -> Measure:
    found = next(
        m for p in editing_plan.tree(ws, notice_id(ws)) for m in p.measures if m.number == number
    )
    assert editing_plan.measure_of(ws, notice_id(ws), found.id) == found
    return found


def both(ws: Workspace) -> tuple[str, ...]:
    return tuple(item.id for item in overview.rounds(ws, notice_id(ws)))


def sound(ws: Workspace) -> None:
    """Seals, tallies and the index are right."""
    assert integrity.check(ws) == []
    assert stored.tallies_agree(ws.ledger)


def with_unit(ws: Workspace, number: int, name: str, role: Role = Role.CO) -> Edit:
    form = editing_plan.form_of(measure(ws, number))
    form = replace(form, duties=(*form.duties, Duty(name, role)))
    return editing_plan.change_measure(notice_id(ws), measure(ws, number), form)


def without_unit(ws: Workspace, number: int, name: str) -> Edit:
    form = editing_plan.form_of(measure(ws, number))
    form = replace(form, duties=tuple(duty for duty in form.duties if duty.name != name))
    return editing_plan.change_measure(notice_id(ws), measure(ws, number), form)


def figures(ws: Workspace, number: int = 1) -> tuple[int, int, int]:
    found = overview.figures(ws, round_number(ws, number))
    return found.expected, found.entries_expected, found.entries_covered


def test_a_unit_more_is_asked_about_and_follows_where_agreed(ws: Workspace) -> None:
    edit = with_unit(ws, 1, "市文旅局")
    one, two = editing.preview(ws, edit)
    assert one.words == "第一轮：+1 条（涉及 1 家）"
    assert [(line.unit, line.measure) for line in two.added] == [("市文旅局", "完善信用制度")]
    assert figures(ws) == (6, 11, 0)
    editing.apply(ws, edit, [two.round.id])
    assert figures(ws, 1) == (6, 11, 0)
    assert figures(ws, 2) == (6, 12, 0)
    assert entry(ws, "市文旅局", 1, 2).role == "co"
    sound(ws)
    undo.undo(ws)
    assert figures(ws, 2) == (6, 11, 0)
    assert len(measure(ws, 1).responsibilities) == 3
    sound(ws)
    undo.redo(ws)
    assert figures(ws, 2) == (6, 12, 0)
    sound(ws)


def test_every_measure_stands_in_its_paper(ws: Workspace) -> None:
    paper = editing_plan.paper(ws, notice_id(ws))
    assert paper.name == "通知.txt"
    for item in pillar(ws).measures:
        words = paper.text[item.place.start : item.place.end]
        assert words.startswith(item.title)
        assert hashlib.sha256(words.encode()).hexdigest() == item.place.sha256


def test_a_declined_change_stays_declined(ws: Workspace) -> None:
    editing.apply(ws, with_unit(ws, 1, "市文旅局"))
    editing.apply(ws, without_unit(ws, 3, "市信用中心"), both(ws))
    assert figures(ws) == (5, 10, 0)
    listed = [item.measure_number for item in overview.entries(ws, round_number(ws))]
    assert listed.count(1) == 4


def test_a_unit_that_nobody_knows_is_registered(ws: Workspace) -> None:
    editing.apply(ws, with_unit(ws, 1, "市医保局"), both(ws))
    assert figures(ws) == (7, 12, 0)
    [hit] = finding.find(ws, "sybj")
    assert hit.unit == "市医保局"
    sound(ws)
    undo.undo(ws)
    assert finding.find(ws, "sybj") == []
    assert figures(ws) == (6, 11, 0)
    sound(ws)


def test_names_that_nobody_knows_are_said(ws: Workspace) -> None:
    form = replace(
        editing_plan.form_of(measure(ws, 1)),
        duties=tuple(Duty(name, Role.CO) for name in ("测试市商务局", "龙门客栈", "市文旅局", "")),
    )
    said = editing_plan.strangers(ws, form)
    assert "“测试市商务局”不在单位名册里，将作为新单位登记，相近的有 市商务局（" in said
    assert "“龙门客栈”不在单位名册里，将作为新单位登记，没有相近的。" in said
    assert "市文旅局”" not in said


def test_names_are_found_by_canonical_name_alias_and_group(ws: Workspace) -> None:
    unit_id, group_id = editing_plan.resolved(ws, "市政务数据局") or (None, None)
    assert unit_id == expected(ws, "市数据局").unit_id
    assert group_id is None
    for name in ("各区人民政府", "各市区人民政府"):
        unit_id, group_id = editing_plan.resolved(ws, name) or (None, None)
        assert unit_id is None
        assert group_id
    assert editing_plan.resolved(ws, "东区") == (expected(ws, "东区").unit_id, None)
    assert editing_plan.resolved(ws, "没有这家") is None
    editing.apply(ws, with_unit(ws, 2, "各市区人民政府"), both(ws))
    assert figures(ws) == (6, 13, 0)


def test_what_was_reported_stays_and_counts(ws: Workspace) -> None:
    record(ws, "市信用中心", 3)
    edit = editing_plan.deactivate_measure(notice_id(ws), measure(ws, 3))
    one, two = editing.preview(ws, edit)
    assert one.words == "第一轮：−4 条（涉及 4 家），1 条已有报送内容，保留并照常统计"
    assert two.words == "第二轮：−5 条（涉及 5 家）"
    editing.apply(ws, edit, both(ws))
    assert figures(ws, 1) == (6, 7, 1)
    assert figures(ws, 2) == (5, 6, 0)
    [shown] = [n.measure for n in overview.tree(ws, round_number(ws))[1].measures]
    assert (shown.number, shown.active) == (3, False)
    assert overview.tree(ws, round_number(ws, 2))[1].measures == ()
    assert finding.find(ws, "推进信用监管")
    sound(ws)
    undo.undo(ws)
    assert figures(ws, 1) == (6, 11, 1)
    assert entry(ws, "市信用中心", 3).covered
    sound(ws)


def test_a_unit_with_nothing_left_is_exempt_when_it_was_chased(ws: Workspace) -> None:
    place = expected(ws, "市信用中心")
    with ws.change("催报", "市信用中心", {}):
        ws.ledger.insert("return_codes", code="A1", expected_return_id=place.id, made_at="2024")
    editing.apply(ws, without_unit(ws, 3, "市信用中心"), both(ws))
    assert expected(ws, "市信用中心").exempt_reason == "任务调整后没有需要报送的措施"
    assert figures(ws, 1) == (5, 10, 0)
    sound(ws)
    editing.apply(ws, with_unit(ws, 3, "市信用中心"), both(ws))
    assert expected(ws, "市信用中心").exempt_reason is None
    assert figures(ws, 1) == (6, 11, 0)
    assert not entry(ws, "市信用中心", 3).exempt
    sound(ws)


def test_a_unit_that_has_reported_gets_a_new_entry_in_its_state(ws: Workspace) -> None:
    record(ws, "市信用中心", 3)
    editing.apply(ws, with_unit(ws, 1, "市信用中心"), both(ws))
    assert entry(ws, "市信用中心", 1).state == "to_review"
    assert figures(ws) == (6, 12, 1)
    sound(ws)


def test_a_role_is_asked_about_too(ws: Workspace) -> None:
    form = editing_plan.form_of(measure(ws, 1))
    first, second, *others = form.duties
    duties = (replace(first, role=Role.CO), replace(second, role=Role.LEAD), *others)
    edit = editing_plan.change_measure(notice_id(ws), measure(ws, 1), replace(form, duties=duties))
    assert [impact.words for impact in editing.preview(ws, edit)] == [
        "第一轮：2 条改变牵头或配合",
        "第二轮：2 条改变牵头或配合",
    ]
    editing.apply(ws, edit, both(ws)[:1])
    assert entry(ws, "市商务局", 1).role == "lead"
    assert entry(ws, "市商务局", 1, 2).role == "co"
    assert not any(item.suggested for item in measure(ws, 1).responsibilities)


def test_words_and_due_date_change_no_list(ws: Workspace) -> None:
    form = editing_plan.form_of(measure(ws, 2))
    form = replace(
        form, number=5, title=" 归集全部信息 ", body="新的正文。", deadline=Deadline("年底前", None)
    )
    edit = editing_plan.change_measure(notice_id(ws), measure(ws, 2), form)
    assert editing.preview(ws, edit) == ()
    editing.apply(ws, edit)
    changed = measure(ws, 5)
    assert (changed.title, changed.body) == ("归集全部信息", "新的正文。")
    assert changed.deadline == Deadline("年底前", None)
    assert [hit.measure for hit in finding.find(ws, "归集全部")] == ["归集全部信息"]
    sound(ws)
    undo.undo(ws)
    assert measure(ws, 2).title == "归集信用信息"
    assert [hit.kind for hit in finding.find(ws, "归集全部")] == []
    due = replace(
        editing_plan.form_of(measure(ws, 2)), deadline=Deadline("8月底", date(2024, 8, 31))
    )
    editing.apply(ws, editing_plan.change_measure(notice_id(ws), measure(ws, 2), due))
    assert measure(ws, 2).deadline == Deadline("8月底", date(2024, 8, 31))


def test_a_measure_more_and_a_pillar_more(ws: Workspace) -> None:
    before = dump(ws, ALL)
    editing.apply(ws, editing_pillars.add_pillar(ws, notice_id(ws), "诚信建设"))
    third = pillar(ws, 3)
    form = MeasureForm(4, "宣传诚信", "", None, (Duty("市文旅局", Role.LEAD), Duty(" ", Role.CO)))
    for title in ("宣传诚信", "再宣传"):
        edit = editing_plan.add_measure(notice_id(ws), third.id, replace(form, title=title))
        editing.apply(ws, edit, both(ws))
    assert [m.title for m in pillar(ws, 3).measures] == ["宣传诚信", "再宣传"]
    assert measure(ws, 4).place.line == 0
    assert figures(ws) == (6, 13, 0)
    assert entry(ws, "市文旅局", 4).role == "lead"
    sound(ws)
    for _ in range(3):
        undo.undo(ws)
    assert dump(ws, ALL) == before
    sound(ws)


def test_splitting_leaves_reports_with_the_first(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    whole = measure(ws, 1)
    form = editing_plan.form_of(whole)
    rest = replace(form, number=9, title="细化信用制度", duties=form.duties[:1])
    edit = editing_plan.split_measure(notice_id(ws), whole, replace(form, body="一半。"), rest)
    editing.apply(ws, edit, both(ws))
    assert [m.number for m in pillar(ws).measures] == [1, 9, 2]
    assert measure(ws, 9).place == whole.place
    assert entry(ws, "市数据局", 1).covered
    assert not entry(ws, "市数据局", 9).covered
    assert figures(ws) == (6, 12, 1)
    sound(ws)


def test_a_moved_measure_takes_its_entries_along(ws: Workspace) -> None:
    edit = editing_plan.move_measure(
        notice_id(ws), measure(ws, 1), pillar_id=pillar(ws, 2).id, after=measure(ws, 3).id
    )
    assert editing.preview(ws, edit) == ()
    editing.apply(ws, edit)
    assert [m.number for m in pillar(ws, 2).measures] == [3, 1]
    one, two = overview.tree(ws, round_number(ws))
    assert (one.progress.expected, two.progress.expected) == (2, 9)
    query = EntryQuery(round_number(ws).id, pillar_id=two.pillar.id)
    assert len(overview.entries(ws, round_number(ws), query)) == 9
    sound(ws)
    back = editing_plan.move_measure(
        notice_id(ws), measure(ws, 1), pillar_id=pillar(ws, 1).id, after=None
    )
    editing.apply(ws, back)
    assert [m.number for m in pillar(ws, 1).measures] == [1, 2]
    sound(ws)


def test_a_frozen_round_never_changes(ws: Workspace) -> None:
    first = round_number(ws)
    with ws.change("封存", first.name, {}), ws.ledger.thawed():
        snapshots.set_state(ws.ledger, first.id, RoundState.FROZEN)
    contents = snapshots.contents_of(ws.ledger, first.id)
    edit = editing_pillars.deactivate_pillar(notice_id(ws), pillar(ws, 2))
    assert [impact.round.number for impact in editing.preview(ws, edit)] == [2]
    editing.apply(ws, edit, both(ws))
    moved = editing_plan.move_measure(
        notice_id(ws), measure(ws, 1), pillar_id=pillar(ws, 2).id, after=None
    )
    editing.apply(ws, moved, both(ws))
    assert snapshots.contents_of(ws.ledger, first.id) == contents
    shown = overview.tree(ws, round_number(ws))
    assert [node.progress.expected for node in shown] == [6, 5]
    assert not shown[1].pillar.active
    with pytest.raises(UserError, match="已封存"):
        editing_rounds.change_round(ws, round_number(ws), name="改名", due_on=first.due_on)
    # It was frozen without a snapshot here, which is all there is to find.
    assert [item.where for item in integrity.check(ws)] == ["第一轮"]


def test_what_was_taken_out_of_use_comes_back(ws: Workspace) -> None:
    gone = editing_plan.deactivate_measure(notice_id(ws), measure(ws, 3))
    editing.apply(ws, gone, both(ws))
    editing.apply(ws, editing_pillars.deactivate_pillar(notice_id(ws), pillar(ws, 2)), both(ws))
    editing.apply(ws, editing_plan.activate_measure(notice_id(ws), measure(ws, 3)), both(ws))
    assert pillar(ws, 2).active
    assert figures(ws) == (6, 11, 0)
    editing.apply(ws, editing_pillars.deactivate_pillar(notice_id(ws), pillar(ws, 2)), both(ws))
    assert not measure(ws, 3).active
    editing.apply(ws, editing_pillars.activate_pillar(notice_id(ws), pillar(ws, 2)), both(ws))
    assert measure(ws, 3).active
    assert figures(ws) == (6, 11, 0)
    renamed = editing_pillars.change_pillar(notice_id(ws), pillar(ws, 2), number=2, title="监管")
    editing.apply(ws, renamed)
    assert pillar(ws, 2).title == "监管"
    sound(ws)


def test_rounds_by_hand(ws: Workspace) -> None:
    first, second = overview.rounds(ws, notice_id(ws))
    edit = editing_rounds.change_round(ws, second, name="年终轮", due_on=date(2024, 12, 2))
    [impact] = editing.preview(ws, edit)
    assert impact.words == "第二轮：截止日期由 2024-11-30 改为 2024-12-02"
    assert not impact.lists
    editing.apply(ws, edit)
    editing.apply(
        ws, editing_rounds.add_round(ws, notice_id(ws), name="补报轮", due_on=date(2025, 1, 5))
    )
    assert [item.name for item in overview.rounds(ws, notice_id(ws))] == [
        "第一轮",
        "年终轮",
        "补报轮",
    ]
    assert figures(ws, 3) == (6, 11, 0)
    for due in (first.due_on, date(2024, 12, 2)):
        with pytest.raises(UserError, match="不在"):
            editing_rounds.add_round(ws, notice_id(ws), name="又一轮", due_on=due)
    with pytest.raises(UserError, match="不在"):
        editing_rounds.change_round(ws, first, name="第一轮", due_on=date(2025, 2, 1))
    undo.undo(ws)
    undo.undo(ws)
    assert overview.rounds(ws, notice_id(ws)) == (first, second)
    sound(ws)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda form: replace(form, title=" "), "没有标题"),
        (lambda form: replace(form, number=0), "序号不对"),
        (lambda form: replace(form, duties=form.duties[:1] * 2), "写了两次"),
    ],
)
def test_forms_that_cannot_be_saved(
    ws: Workspace, change: Callable[[MeasureForm], MeasureForm], said: str
) -> None:
    form = change(editing_plan.form_of(measure(ws, 1)))
    with pytest.raises(UserError, match=said):
        editing_plan.change_measure(notice_id(ws), measure(ws, 1), form)


def test_what_was_built_upon_is_not_taken_back(ws: Workspace) -> None:
    editing.apply(ws, with_unit(ws, 1, "市文旅局"), both(ws))
    editing.apply(ws, without_unit(ws, 3, "市文旅局"), both(ws))
    last = ws.undo_stack.pop()
    record(ws, "市文旅局", 1)
    ws.undo_stack.pop()
    with pytest.raises(UserError, match="之后又有改动，没有写回"):
        undo.undo(ws)
    ws.undo_stack.append(last)
    undo.undo(ws)
    assert entry(ws, "市文旅局", 3).state == "to_review"


def test_rows_that_others_refer_to_are_not_taken_away(ws: Workspace) -> None:
    editing.apply(ws, with_unit(ws, 1, "市医保局"), both(ws))
    place = expected(ws, "市医保局")
    with ws.change("催报", "市医保局", {}):
        ws.ledger.insert("return_codes", code="A1", expected_return_id=place.id, made_at="2024")
    before = dump(ws, ALL)
    with pytest.raises(UserError, match="之后又有改动"):
        undo.undo(ws)
    assert dump(ws, ALL) == before


def test_a_change_that_fails_writes_nothing(ws: Workspace) -> None:
    def fail(ws: Workspace) -> None:
        editing_pillars.add_pillar(ws, notice_id(ws), "半截").write(ws)
        raise UserError("没有写成", "")

    before = dump(ws, ALL)
    with pytest.raises(UserError, match="没有写成"):
        editing.apply(ws, editing.Edit(notice_id(ws), "试", "试", fail))
    assert dump(ws, ALL) == before
    assert ws.undo_stack == []


def test_rows_taken_away_since_are_not_written_to(ws: Workspace) -> None:
    before = images.image(ws.ledger)
    editing.apply(ws, with_unit(ws, 1, "市医保局"), both(ws))
    made = row_changes.difference(before, images.image(ws.ledger))
    undo.undo(ws)
    with ws.change("试", "试", {}), pytest.raises(images.StaleError):
        images.write(ws.ledger, tuple(item.reversed for item in made))
