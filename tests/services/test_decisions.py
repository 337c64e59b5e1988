"""Decisions from a file into the ledger, and what the ledger remembers for the next notice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hs_credit_desktop.domain.decisions import Answer, Decisions
from hs_credit_desktop.domain.draft import DraftNotice, DraftRound
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice import read
from hs_credit_desktop.services import memory, overview
from hs_credit_desktop.services.decision_file import read_decisions
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.notices import (
    ReadNotice,
    add_notice,
    bundled_notice,
    create_ledger,
    read_notice,
    read_pasted,
)
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import create_workspace
from hs_credit_desktop.store import audit, notices, search, units
from tests.ledgers import TODAY, clock_at, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

FULL = "国家金融监督管理总局黄石监管分局"
COUNTIES = "各县（市、区）人民政府"
SCRIPT: list[dict[str, Any]] = [
    {"kind": "unit_spelling", "line": 55, "answer": FULL},
    {"kind": "group_spelling", "line": 37, "answer": 1},
    {
        "kind": "members",
        "group": COUNTIES,
        "members": ["大冶市", "阳新县", "黄石港区", "西塞山区", "下陆区", "开发区·铁山区"],
    },
    {"kind": "vague_group", "line": 57, "answer": "暂不指定"},
    {"kind": "similar_units", "line": 85, "answer": "分别保留"},
    {"kind": "weekend", "line": 11, "where": "报送时间", "answer": 1},
    {"kind": "year", "line": 11, "answer": "2024年"},
    {"kind": "leads", "answer": "全部确认"},
]


@pytest.fixture(scope="module")
def draft() -> DraftNotice:
    return read_notice(bundled_notice()).draft


def decided_by(items: object, draft: DraftNotice, tmp_path: Path) -> Decisions:
    file = tmp_path / "答案.json"
    file.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8-sig")
    return read_decisions(file, draft)


@pytest.fixture
def decided(tmp_path: Path, draft: DraftNotice) -> Iterator[Workspace]:
    """The ledger of the bundled notice after the script's answers."""
    decisions = decided_by(SCRIPT, draft, tmp_path)
    source = replace(read_notice(bundled_notice()), decisions=decisions)
    ws = create_ledger(tmp_path / "台账", clock_at(TODAY), source)
    yield ws
    ws.close()


def test_the_script_in_the_ledger(decided: Workspace) -> None:
    for number in (1, 2):
        figures = overview.figures(decided, round_number(decided, number))
        assert (figures.expected, figures.entries_expected) == (44, 267)
    notice = overview.notice(decided)
    duties = [
        duty
        for pillar in notices.tree(decided.ledger, notice.id)
        for measure in pillar.measures
        for duty in measure.responsibilities
    ]
    assert not any(duty.suggested for duty in duties)
    still_open = notices.open_doubts(decided.ledger, notice.id)
    assert [item.doubt.kind for item in still_open] == [
        DoubtKind.VAGUE_GROUP,
        DoubtKind.BRACKET,
        DoubtKind.BRACKET,
        DoubtKind.DOUBLED_CHARACTER,
    ]
    assert all(item.measure_id for item in still_open)
    [unit] = [each for each in units.units(decided.ledger) if each.canonical_name == FULL]
    assert len(unit.aliases) == 3
    assert {item.ref for item in search.find(decided.ledger, unit.aliases[0], kind="unit")} == {
        unit.id
    }
    [line] = [each for each in audit.lines(decided.ledger) if each.action == "建立台账"]
    assert f"第55行 单位写法不一：{FULL}" in json.loads(line.detail)["decisions"]
    assert check(decided) == []


def test_the_next_notice_knows_what_was_decided(decided: Workspace) -> None:
    seed = memory.seed_of(decided)
    again = read(bundled_notice().read_text("utf-8"), seed=seed)
    assert {doubt.kind for doubt in again.doubts} == {
        DoubtKind.YEAR,
        DoubtKind.WEEKEND,
        DoubtKind.VAGUE_GROUP,
        DoubtKind.BRACKET,
        DoubtKind.DOUBLED_CHARACTER,
    }
    assert (again.counts.units, again.counts.returns, again.counts.entries) == (38, 44, 267)
    assert FULL in {unit.name for unit in again.units}
    before = units.units(decided.ledger)
    add_notice(decided, ReadNotice(again, "新.txt", b"x", bundled_notice().read_text("utf-8")))
    assert units.units(decided.ledger) == before
    assert len(units.groups(decided.ledger)) == 2
    assert check(decided) == []


def test_a_new_spelling_of_a_known_unit_is_asked_about(decided: Workspace) -> None:
    words = bundled_notice().read_text("utf-8")
    other = "国家金融监管总局黄石分局"
    words = words.replace("国家金融监管总局黄石监管分局", other)
    again = read(words, seed=memory.seed_of(decided))
    [doubt] = [each for each in again.doubts if each.kind is DoubtKind.UNIT_SPELLING]
    assert doubt.choices[0] == FULL
    assert other in doubt.names
    assert "已登记" in doubt.text
    assert again.counts.entries == 267
    place = again.doubts.index(doubt)
    source = ReadNotice(again, "新.txt", b"x", words)
    apart = replace(source, decisions=Decisions().with_answer(place, Answer(doubt.choices[-1])))
    add_notice(decided, apart)
    names = {unit.canonical_name: unit.aliases for unit in units.units(decided.ledger)}
    assert names[other] == ()
    assert "国家金融监督管理总局黄石分局" in names  # a unit of its own now, no alias any longer
    assert "国家金融监督管理总局黄石分局" not in names[FULL]
    third = read(words, seed=memory.seed_of(decided))
    assert DoubtKind.UNIT_SPELLING not in {each.kind for each in third.doubts}
    assert third.counts.units == 40
    assert check(decided) == []


def test_a_unit_that_gets_another_name_stays_the_same_unit(decided: Workspace) -> None:
    before = {unit.canonical_name: unit for unit in units.units(decided.ledger)}
    again = read(bundled_notice().read_text("utf-8"), seed=load_seed())
    [place] = [n for n, each in enumerate(again.doubts) if each.kind is DoubtKind.SIMILAR_UNITS]
    source = ReadNotice(again, "新.txt", b"x", bundled_notice().read_text("utf-8"))
    merged = replace(source, decisions=Decisions().with_answer(place, Answer("市住建局（新）")))
    add_notice(decided, merged)
    now = {unit.canonical_name: unit for unit in units.units(decided.ledger)}
    unit = now["市住建局（新）"]
    assert unit.id in {before["市住建局"].id, before["市自然资源和城乡建设局"].id}
    assert set(unit.aliases) == {"市住建局", "市自然资源和城乡建设局"}
    assert [each.canonical_name for each in now.values() if not each.active] == [
        next(name for name in ("市住建局", "市自然资源和城乡建设局") if before[name].id != unit.id)
    ]
    assert unit.initials == "szjjx"
    assert memory.seed_of(decided).same["市住建局"] == "市住建局（新）"
    assert memory.seed_of(decided).same["市自然资源和城乡建设局"] == "市住建局（新）"
    assert check(decided) == []


def test_group_memory(decided: Workspace, tmp_path: Path) -> None:
    words = bundled_notice().read_text("utf-8")
    again = read(words, seed=memory.seed_of(decided))
    kinds = [doubt.kind for doubt in again.doubts]
    decisions = (
        Decisions()
        .with_members(COUNTIES, ("大冶市", "新区"))
        .with_answer(kinds.index(DoubtKind.VAGUE_GROUP), Answer("指定成员单位", ("市公安局",)))
    )
    add_notice(decided, ReadNotice(again, "新.txt", b"x", words, decisions))
    third = read(words, seed=memory.seed_of(decided))
    assert DoubtKind.VAGUE_GROUP not in {doubt.kind for doubt in third.doubts}
    assert [group.members for group in third.groups] == [("大冶市", "新区"), ("市公安局",)]


def test_a_group_kept_apart_stays_apart(tmp_path: Path, draft: DraftNotice) -> None:
    items = [{"kind": "group_spelling", "line": 37, "answer": 2, "members": ["大冶市"]}]
    decisions = decided_by(items, draft, tmp_path)
    source = replace(read_notice(bundled_notice()), decisions=decisions)
    ws = create_ledger(tmp_path / "台账", clock_at(TODAY), source)
    try:
        again = read(bundled_notice().read_text("utf-8"), seed=memory.seed_of(ws))
        assert DoubtKind.GROUP_SPELLING not in {doubt.kind for doubt in again.doubts}
        assert {group.name: group.members for group in again.groups}[
            "各市县（市、区）人民政府"
        ] == ("大冶市",)
        # Another slip for the usual group is known as such.
        add_notice(ws, ReadNotice(again, "新.txt", b"x", bundled_notice().read_text("utf-8")))
        assert len(units.groups(ws.ledger)) == 3
    finally:
        ws.close()


def test_a_new_ledger_takes_names_and_answers_along(decided: Workspace, tmp_path: Path) -> None:
    folder = decided.folder.root
    decided.close()
    practice = create_practice(tmp_path / "练习")
    (tmp_path / "坏").mkdir()
    create_workspace(tmp_path / "空", clock_at(TODAY)).close()
    folders = [tmp_path / "没有", practice, tmp_path / "空", folder]
    carried = memory.latest(folders, clock_at(TODAY))
    assert carried is not None
    assert carried.title == "黄信用办〔2024〕1号"
    assert memory.latest(folders[:-1], clock_at(TODAY)) is None
    source = read_notice(bundled_notice(), carried)
    kinds = {doubt.kind for doubt in source.draft.doubts}
    assert not kinds & {DoubtKind.UNIT_SPELLING, DoubtKind.GROUP_SPELLING, DoubtKind.SIMILAR_UNITS}
    short = source.text.replace("国家金融监管总局黄石市监管分局", "国家金融监管总局黄石监管分局")
    source = read_pasted(short, carried)
    new = create_ledger(tmp_path / "明年", clock_at(TODAY), source)
    try:
        [unit] = [each for each in units.units(new.ledger) if each.canonical_name == FULL]
        assert "国家金融监管总局黄石市监管分局" in unit.aliases  # not printed this time
        known = memory.seed_of(new)
        assert (known.same, known.apart) == (carried.seed.same, carried.seed.apart)
        assert {item.ref for item in search.find(new.ledger, unit.aliases[-1], kind="unit")} == {
            unit.id
        }
        assert overview.figures(new, round_number(new)).received == 0
        assert check(new) == []
    finally:
        new.close()


def test_a_name_that_became_a_unit_is_no_alias_again(decided: Workspace, tmp_path: Path) -> None:
    carried = memory.Carried(memory.seed_of(decided), "去年")
    other = "国家金融监督管理总局黄石分局"
    same = dict(carried.seed.same)
    del same[other]
    now = memory.Carried(
        replace(carried.seed, same={**same, "市住建局": "市自然资源和城乡建设局"}), ""
    )
    new = create_ledger(tmp_path / "新", clock_at(TODAY), read_notice(bundled_notice()))
    try:
        memory.carry(new, now)
        names = {unit.canonical_name: unit.aliases for unit in units.units(new.ledger)}
        assert names["市住建局"] == names["市自然资源和城乡建设局"] == ()
    finally:
        new.close()


def test_a_question_that_another_answer_made_void_is_closed(
    draft: DraftNotice, tmp_path: Path
) -> None:
    decisions = decided_by([{"kind": "year", "line": 11, "answer": 2}], draft, tmp_path)
    source = replace(read_notice(bundled_notice()), decisions=decisions)
    ws = create_ledger(tmp_path / "台账", clock_at(TODAY), source)
    try:
        still_open = notices.open_doubts(ws.ledger, overview.notice(ws).id)
        assert DoubtKind.WEEKEND not in {item.doubt.kind for item in still_open}
        assert round_number(ws, 2).due_on == date(2025, 11, 30)
    finally:
        ws.close()


def test_leads_and_rounds_of_single_measures(draft: DraftNotice, tmp_path: Path) -> None:
    items = [
        {"kind": "leads", "measure": 2, "units": ["市发改委", COUNTIES]},
        {"kind": "rounds", "rounds": [{"name": "年终", "due_on": "2024-12-20"}]},
    ]
    decisions = decided_by(items, draft, tmp_path)
    assert decisions.leads == {1: ("市发改委", COUNTIES)}
    assert decisions.rounds == (DraftRound("年终", date(2024, 12, 20)),)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ({"kind": "year"}, "应是一个列表"),
        ([{"kind": "year"}], "第 1 项"),
        (["year"], "第 1 项"),
        ([{"kind": "year", "line": 11, "answer": 1}, 3], "第 2 项"),
        ([{"kind": "year", "line": 12, "answer": 1}], "没有这个疑点"),
        ([{"kind": "year", "line": 11, "answer": 9}], "不能用"),
        ([{"kind": "year", "line": 11, "answer": 1, "members": "甲"}], "第 1 项"),
        ([{"kind": "members", "group": "各位", "members": []}], "没有群组“各位”"),
        ([{"kind": "leads", "measure": 0, "units": []}], "第 0 条"),
        ([{"kind": "leads", "measure": 25, "units": []}], "第 25 条"),
        ([{"kind": "leads", "measure": 1, "units": ["某局"]}], "没有列出“某局”"),
        ([{"kind": "rounds", "rounds": [{"name": "一", "due_on": "明天"}]}], "第 1 项"),
    ],
)
def test_files_that_do_not_fit(
    items: object, said: str, draft: DraftNotice, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as caught:
        decided_by(items, draft, tmp_path)
    assert said in str(caught.value)


def test_two_doubts_of_a_kind_on_a_line(draft: DraftNotice, tmp_path: Path) -> None:
    first = next(each for each in draft.doubts if each.kind is DoubtKind.BRACKET)
    doubled = replace(draft, doubts=(*draft.doubts, replace(first, where="（九十九）")))
    item = {"kind": "bracket", "line": first.line, "answer": 1}
    with pytest.raises(UserError, match="有 2 个这样的疑点"):
        decided_by([item], doubled, tmp_path)
    named = decided_by([{**item, "where": "（九十九）"}], doubled, tmp_path)
    assert list(named.answers) == [len(draft.doubts)]


def test_files_that_cannot_be_read(draft: DraftNotice, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开"):
        read_decisions(tmp_path / "没有.json", draft)
    (tmp_path / "坏.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(UserError, match="不是 JSON"):
        read_decisions(tmp_path / "坏.json", draft)
