"""The composing desk over the ledger: all in one go, versions, stale marks, undo, the report."""

from dataclasses import replace
from datetime import date

import pytest

from hs_credit_desktop.domain.composing import NEXT_STEPS, OVERVIEW, PROBLEMS, Kind
from hs_credit_desktop.domain.composing_changes import remap
from hs_credit_desktop.domain.composing_stale import Change, known_keys, use_new
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import composing, freezing, integrity, undo
from hs_credit_desktop.services.composing_board import (
    Board,
    NodeState,
    board,
    original_of,
    stale_count,
)
from hs_credit_desktop.services.composing_report import missing_words
from hs_credit_desktop.services.export import WORD, export, gather
from hs_credit_desktop.services.workspace import Changes, Workspace, open_workspace
from hs_credit_desktop.store import files, summaries
from tests.ledgers import clock_at, entry, record, round_number


def desk(ws: Workspace) -> Board:
    return board(ws, round_number(ws))


def compose_all(ws: Workspace, **more: bool) -> Changes:
    return composing.compose_all(ws, round_number(ws), **more)


def node_id(ws: Workspace, number: int) -> str:
    return next(node.id for node in desk(ws).measures if node.number == number)


def test_the_desk_lists_overview_measures_and_chapters(told: Workspace) -> None:
    nodes = desk(told).nodes
    assert [node.label for node in nodes] == [
        "总体情况",
        "（一）完善信用制度",
        "（二）归集信用信息",
        "（三）推进信用监管",
        "存在问题",
        "下一步打算",
    ]
    assert {node.state for node in nodes} == {NodeState.OPEN}
    assert (nodes[1].pillar, nodes[1].lead) == ("制度建设", "牵头单位（推定）：市数据局")
    assert [source.unit for source in nodes[1].sources if source.part == "progress"] == [
        "市数据局",
        "市数据局",
        "市商务局",
        "东区",
    ]
    assert [source.unit for source in nodes[4].sources] == ["市数据局", "东区"]
    assert [state.label for state in NodeState] == ["未汇总", "已汇总", "来源已变更"]


def test_all_measures_are_drafted_in_one_go(told: Workspace) -> None:
    assert compose_all(told) == Changes(drafts=True)
    shown = desk(told)
    assert [node.number for node in shown.composed] == [1, 3]
    assert shown.node(node_id(told, 1)).draft.text == (
        "市数据局印发方案。归集信息1200条。\n市商务局开展培训3期。\n各区：东区：设立专窗2个。"
    )
    assert shown.node(PROBLEMS).draft.text == "市数据局、东区：人手不足。"
    assert shown.node(NEXT_STEPS).draft.text == "市商务局：继续开展培训。"
    overview = shown.node(OVERVIEW)
    assert "应报6家，已报3家" in overview.draft.text
    assert {one.kind for one in overview.draft.sentences} == {Kind.FIGURES}
    assert len(overview.draft.paragraphs) == 3
    with pytest.raises(UserError, match="没有可以起草的措施"):
        compose_all(told)
    assert compose_all(told, again=True) == Changes(drafts=True)
    assert desk(told).node(NEXT_STEPS).saved.version == 2
    steps = []
    composing.prepare_all(told, round_number(told), again=True, told=lambda *at: steps.append(at))
    assert steps == [(at, 6) for at in range(1, 7)]


def test_what_was_drafted_is_taken_back_and_done_again_in_one_step(told: Workspace) -> None:
    compose_all(told)
    assert undo.next_undo(told) == "2 条措施的汇总"
    undo.undo(told)
    assert desk(told).composed == ()
    undo.redo(told)
    assert len(desk(told).composed) == 2
    undo.undo(told)
    assert desk(told).composed == ()


def test_saving_keeps_versions_and_an_older_one_comes_back(told: Workspace) -> None:
    compose_all(told)
    round_, one = round_number(told), node_id(told, 1)
    node = desk(told).node(one)
    assert composing.save(told, round_, one, node.draft, known=node.saved.known) == Changes()
    edited = remap(node.draft.text + "\n全区环境向好。", node.draft, node.sources)
    composing.save(told, round_, one, edited, known=node.saved.known)
    assert undo.next_undo(told) == "（一）完善信用制度的汇总"
    assert [saved.version for saved in composing.versions(told, round_, one)] == [2, 1]
    assert desk(told).node(one).draft == edited
    composing.take_version(told, round_, one, 1)
    assert desk(told).node(one).draft == node.draft
    assert [saved.version for saved in composing.versions(told, round_, one)] == [3, 2, 1]
    assert integrity.check(told) == []


def test_a_changed_source_is_stale_until_it_is_answered(told: Workspace) -> None:
    compose_all(told)
    round_, one = round_number(told), node_id(told, 1)
    assert stale_count(told, round_) == 0
    record(told, "市商务局", 1, "开展培训5期。", next_steps="继续开展培训。")
    assert stale_count(told, round_) == 1
    node = desk(told).node(one)
    [item] = node.stale
    assert (item.old, item.new, node.state) == ("开展培训3期。", "开展培训5期。", NodeState.STALE)
    fresh = use_new(node.draft, item, node.sources)
    composing.save(told, round_, one, fresh, known=node.saved.known)
    assert desk(told).node(one).state is NodeState.COMPOSED
    assert stale_count(told, round_) == 0


def test_what_was_not_answered_stays_stale_after_a_save(told: Workspace) -> None:
    compose_all(told)
    round_, one = round_number(told), node_id(told, 1)
    record(told, "西区", 1, "我区开展检查9次。")
    node = desk(told).node(one)
    [item] = node.stale
    assert (item.change, item.unit) == (Change.ADDED, "西区")
    edited = remap(node.draft.text.replace("3期", "三期"), node.draft, node.sources)
    composing.save(told, round_, one, edited, known=node.saved.known)
    assert [found.change for found in desk(told).node(one).stale] == [Change.ADDED]
    known = node.saved.known | known_keys(item.added)
    composing.save(told, round_, one, edited, known=known)
    assert stale_count(told, round_) == 0


def test_figures_of_the_overview_follow_the_ledger_until_they_are_edited(told: Workspace) -> None:
    compose_all(told)
    record(told, "市文旅局", 2, "开展检查9次。")
    node = desk(told).node(OVERVIEW)
    assert "已报4家" in node.draft.text
    assert node.stale == ()
    assert "已报4家" in gather(told, round_number(told)).composed[OVERVIEW]
    record(told, "市信用中心", 3, "开展检查9次。")
    edited = remap(node.draft.text.replace("已报4家", "一共已报4家"), node.draft, node.sources)
    composing.save(told, round_number(told), OVERVIEW, edited, known=frozenset())
    [item] = desk(told).node(OVERVIEW).stale
    assert "已报5家" in item.new


def test_the_report_prints_the_drafts_and_says_what_is_not_composed(told: Workspace) -> None:
    round_ = round_number(told)
    assert gather(told, round_).composed == {}
    assert missing_words(gather(told, round_)) == ""
    one = node_id(told, 1)
    composing.save(told, round_, one, composing.first_draft(desk(told).node(one)), known=None)
    facts = gather(told, round_)
    assert facts.composed == {one: desk(told).node(one).draft.text}
    assert missing_words(facts) == "2 条措施还没有汇总，报告里照录各单位原文：（二）、（三）"
    [word] = export(told, round_, told.folder.root / "导出", (WORD,))
    assert word.remark == missing_words(facts)
    every = replace(
        facts, composed=dict.fromkeys([item.measure.id for item in facts.measures], "甲")
    )
    assert missing_words(every) == ""


def test_an_empty_draft_is_not_printed(told: Workspace) -> None:
    one = node_id(told, 1)
    empty = remap("", desk(told).node(one).draft, ())
    composing.save(told, round_number(told), one, empty, known=frozenset())
    assert gather(told, round_number(told)).composed == {}


def test_a_text_of_another_program_has_no_sources(told: Workspace) -> None:
    with told.change("汇总", "", {}):
        told.ledger.insert(
            "summaries",
            id="外来",
            round_id=round_number(told).id,
            measure_id=node_id(told, 2),
            version=1,
            text="甲。\n\n乙。",
            saved_at="2024-08-20T09:00:00+08:00",
        )
    node = desk(told).node(node_id(told, 2))
    assert [one.text for one in node.draft.without_source] == ["甲。", "乙。"]
    assert node.state is NodeState.COMPOSED


def test_a_frozen_round_keeps_its_drafts_and_takes_no_more(told: Workspace) -> None:
    compose_all(told)
    round_ = round_number(told)
    freezing.freeze(told, round_)
    with pytest.raises(UserError, match="封存"):
        compose_all(told, again=True)
    assert integrity.check(told) == []
    assert len(desk(told).composed) == 2


def test_a_round_frozen_without_drafts_is_still_what_was_frozen(told: Workspace) -> None:
    """Columns of this release say nothing in it, and are no part of it."""
    round_ = round_number(told)
    with told.change("汇总", "", {}):
        told.ledger.insert(
            "summaries", id="旧", round_id=round_.id, version=1, text="甲", saved_at="2024-08-20"
        )
    freezing.freeze(told, round_)
    assert integrity.check(told) == []


def test_reading_is_enough_to_show_the_desk(told: Workspace) -> None:
    compose_all(told)
    reading = open_workspace(told.folder.root, clock_at(date(2024, 8, 20)), read_only=True)
    assert len(desk(reading).composed) == 2
    reading.close()


def test_the_original_of_an_entry(told: Workspace) -> None:
    found = entry(told, "市数据局", 1)
    assert original_of(told, found.id) is None
    missing = entry(told, "市文旅局", 2)
    assert original_of(told, missing.id) is None
    return_id = told.ledger.value(
        "SELECT return_id FROM expected_returns WHERE id = ?", found.expected_return_id
    )
    with told.change("原件", "", {}):
        sha256 = files.keep(told.ledger, b"docx", at=told.clock.now())
        told.ledger.insert(
            "attachments",
            id="原件",
            sha256=sha256,
            return_id=return_id,
            name="反馈表.docx",
            received_at=told.clock.now().isoformat(),
        )
    assert original_of(told, found.id) == ("反馈表.docx", sha256)


def test_both_pcs_composed_the_same_measure(told: Workspace) -> None:
    """A chapter and a measure are series of their own: neither pushes the other aside."""
    compose_all(told)
    found = summaries.newest(told.ledger, round_number(told).id)
    assert {saved.version for saved in found.values()} == {1}
    assert len(found) == 5


def test_the_first_sentence_of_each_unit_alone(told: Workspace) -> None:
    compose_all(told)
    full = {node.id: node.draft for node in desk(told).nodes}
    assert compose_all(told, again=True, heads=True).drafts
    for node in desk(told).nodes:
        units = [one.unit for item in node.draft.sentences for one in item.cited]
        assert node.draft.keys <= full[node.id].keys
        assert node.id == OVERVIEW or len(units) == len(set(units))
    assert not any(node.stale for node in board(told, round_number(told)).nodes)
