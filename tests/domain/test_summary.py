from dataclasses import replace
from datetime import date

import pytest

from hs_credit_desktop.domain.returns import Completion, FeedbackParts, ReturnState
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.domain.summary import (
    UnitEntry,
    by_group,
    cited,
    gathered,
    joined,
    ordered,
    overview,
    percent,
    subject,
)
from tests.reports.facts import DUE, GROUP, NOTICE, entry, facts, parts

SHARES = (0.0, 0.0), (0.9773, 97.7), (0.9545, 95.5), (1.0, 100.0)


def names(items) -> list[str]:
    return [item.entry.unit_name for item in items]


def test_lead_comes_first_and_members_of_a_group_last():
    items = [
        UnitEntry(entry("县", 1), GROUP),
        UnitEntry(entry("乙", 1)),
        UnitEntry(entry("甲", 1)),
        UnitEntry(entry("牵头", 1, role="lead")),
    ]
    assert names(ordered(items)) == ["牵头", "乙", "甲", "县"]


def test_groups_are_cut_out_in_order():
    cut = [(group, names(items)) for group, items in by_group(facts().measures[0].entries)]
    assert cut == [(None, ["市发改委", "市乙局"]), (GROUP, ["大丙县"])]


def test_measure_knows_who_leads_who_spoke_and_who_is_silent():
    first, second, _ = facts().measures
    assert first.leads == ("市发改委",)
    assert (names(first.covered), names(first.blank)) == (["市发改委", "市乙局", "大丙县"], [])
    assert (names(second.covered), names(second.blank)) == (["市发改委"], ["市丁局"])


@pytest.mark.parametrize(
    ("more", "label"),
    [
        ({}, "市甲局"),
        ({"role": "lead"}, "市甲局（牵头单位）"),
        ({"role": "lead", "suggested": True}, "市甲局（牵头单位（推定））"),
        ({"state": ReturnState.SENT_BACK}, "市甲局（退回补报）"),
        ({"parts": FeedbackParts("做了", completion=Completion.DONE)}, "市甲局（已完成）"),
    ],
)
def test_label_says_role_completion_and_open_review(more, label):
    assert UnitEntry(entry("市甲局", 1, parts("做了"), **more)).label == label


def test_problems_are_gathered_by_pillar_and_measure_without_silent_ones():
    [(pillar, measures)] = gathered(facts(), "problems")
    assert pillar.pillar.number == 1
    assert [
        (item.measure.number, [(unit.entry.unit_name, text) for unit, text in item.texts])
        for item in measures
    ] == [(1, [("市发改委", "数据共享不够及时。")]), (2, [("市发改委", "数据共享不够及时。")])]


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (("甲。", "乙"), "甲。乙"),
        (("甲", "乙。"), "甲。乙。"),
        (("", "乙"), "乙"),
        (("甲", " "), "甲"),
        (("", ""), ""),
    ],
)
def test_texts_of_a_unit_are_joined_with_a_full_stop_only_where_one_is_missing(texts, whole):
    assert joined(*texts) == whole


@pytest.mark.parametrize(("share", "points"), SHARES)
def test_percentages_have_one_decimal(share, points):
    assert percent(share) == f"{points:.1f}%"


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("关于印发《甲》任务分解的通知", "《甲》任务分解"),
        ("关于做好某项工作的通知", "做好某项工作"),
        ("某项工作要点", "某项工作要点"),
        ("关于的通知", "关于的通知"),
    ],
)
def test_subject_of_a_notice(title, about):
    assert subject(title) == about


def test_a_cited_notice_has_inner_angle_marks_and_its_number():
    assert cited(replace(NOTICE, title="关于印发《甲》的通知")) == (
        "《关于印发〈甲〉的通知》（甲信用办〔2024〕1号）"
    )
    assert cited(replace(NOTICE, title="甲", doc_number=None)) == "《甲》"


def test_overview_says_the_figures_of_the_round():
    first, second, third = overview(facts())
    assert first.endswith(
        "（甲信用办〔2024〕1号）要求，第二轮执行情况应于2024年11月30日前报送。截至2024年12月2日，"
        "应报4家（另有免报1家），已报3家，报送率75.0%；按时报送2家，按时率50.0%；"
        "逾期报送1家，未报1家。"
    )
    assert second == (
        "本轮共2个大类、3项措施，应反馈6条，已反馈4条，占66.7%。已报的3家中，审核通过2家，待审1家。"
        "从各单位填报的完成情况看，推进中2条。"
    )
    assert third == "逾期报送的单位：市乙局。逾期未报的单位：市丁局。免报的单位：市戊局。"


def test_before_the_due_date_nobody_is_overdue():
    assert "尚未报送的单位：市丁局。" in overview(facts(today=DUE))[-1]


def test_an_empty_round_has_no_list_and_no_division_by_nothing():
    first, second = overview(facts(figures=Figures(), returns=(), pillars=(), today=date.min))
    assert "应报0家，已报0家，报送率0.0%" in first
    assert second == "本轮共0个大类、0项措施，应反馈0条，已反馈0条，占0.0%。"


def test_units_of_a_status_are_those_the_figure_counts():
    round_facts = facts()
    for status in Status:
        assert len(round_facts.units(status)) == getattr(round_facts.figures, status.value), status
