"""Decisions on the real notice's doubts: each answer has its effect, taking it back has none."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hs_credit_desktop.domain.deciding import decide
from hs_credit_desktop.domain.decisions import (
    Answer,
    Decisions,
    day_of,
    open_places,
    settles,
    unanswered,
    year_of,
)
from hs_credit_desktop.domain.draft import DraftNotice, DraftRound
from hs_credit_desktop.domain.notice import Doubt, DoubtKind, Role
from hs_credit_desktop.domain.units import UnitKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice import read
from hs_credit_desktop.services.seed import load_seed

FULL = "国家金融监督管理总局黄石监管分局"
COUNTIES = "各县（市、区）人民政府"


@pytest.fixture(scope="module")
def draft(real_notice: Path) -> DraftNotice:
    return read(real_notice.read_text("utf-8"), seed=load_seed())


def place_of(draft: DraftNotice, kind: DoubtKind) -> int:
    return next(place for place, doubt in enumerate(draft.doubts) if doubt.kind is kind)


def answered(
    draft: DraftNotice, kind: DoubtKind, choice: int | str, members: tuple[str, ...] = ()
) -> DraftNotice:
    place = place_of(draft, kind)
    words = draft.doubts[place].choices[choice] if isinstance(choice, int) else choice
    return decide(draft, Decisions().with_answer(place, Answer(words, members)))


def test_no_decision_changes_nothing(draft: DraftNotice) -> None:
    assert decide(draft, Decisions()) == draft


def test_a_full_name_that_is_never_printed(draft: DraftNotice) -> None:
    decided = answered(draft, DoubtKind.UNIT_SPELLING, FULL)
    [unit] = [each for each in decided.units if each.name == FULL]
    doubt = draft.doubts[place_of(draft, DoubtKind.UNIT_SPELLING)]
    assert (unit.aliases, unit.kind) == (doubt.names, UnitKind.VERTICAL)
    assert (len(decided.units), decided.counts.entries) == (38, 267)
    assert doubt not in decided.doubts
    assert len(decided.doubts) == len(draft.doubts) - 1


def test_spellings_kept_apart_are_the_printed_names_again(draft: DraftNotice) -> None:
    decided = answered(draft, DoubtKind.UNIT_SPELLING, 3)
    doubt = draft.doubts[place_of(draft, DoubtKind.UNIT_SPELLING)]
    assert {unit.name for unit in decided.units} >= set(doubt.names)
    assert (decided.counts.units, decided.counts.returns, decided.counts.entries) == (40, 46, 267)
    assert all(not unit.aliases for unit in decided.units)


def test_another_printed_name_for_all(draft: DraftNotice) -> None:
    decided = answered(draft, DoubtKind.UNIT_SPELLING, 1)
    [unit] = [each for each in decided.units if each.aliases]
    assert unit.name == "国家金融监督管理总局黄石分局"
    assert len(unit.aliases) == 2


def test_misspelt_group(draft: DraftNotice) -> None:
    assert answered(draft, DoubtKind.GROUP_SPELLING, 0).counts == draft.counts
    apart = answered(draft, DoubtKind.GROUP_SPELLING, 1)
    assert (apart.counts.groups, apart.counts.entries) == (3, 261)
    assert len(apart.doubts) == len(draft.doubts)  # nobody is in it: that stays visible
    given = answered(draft, DoubtKind.GROUP_SPELLING, 1, ("大冶市", "阳新县"))
    assert (given.counts.entries, len(given.doubts)) == (263, len(draft.doubts) - 1)


def test_vague_group(draft: DraftNotice) -> None:
    for choice in (0, 1):
        later = answered(draft, DoubtKind.VAGUE_GROUP, choice)
        assert (later.counts, later.doubts) == (draft.counts, draft.doubts)
    named = answered(draft, DoubtKind.VAGUE_GROUP, 1, (" 市公安局 ", "市新局", ""))
    assert (named.counts.returns, named.counts.entries) == (45, 269)
    assert named.groups[1].members == ("市公安局", "市新局")
    assert len(named.doubts) == len(draft.doubts) - 1


def test_members_corrected(draft: DraftNotice) -> None:
    decided = decide(draft, Decisions().with_members(COUNTIES, ("大冶市", "阳新县")))
    assert (decided.counts.returns, decided.counts.entries) == (40, 123 + 48)


def test_look_alikes(draft: DraftNotice) -> None:
    assert answered(draft, DoubtKind.SIMILAR_UNITS, 0).counts == draft.counts
    for choice, name, other in (
        (1, "市自然资源和城乡建设局", "市住建局"),
        (2, "市住建局", "市自然资源和城乡建设局"),
    ):
        one = answered(draft, DoubtKind.SIMILAR_UNITS, choice)
        assert one.counts.units == 37
        [unit] = [each for each in one.units if each.name == name]
        assert unit.aliases == (other,)
    typed = answered(draft, DoubtKind.SIMILAR_UNITS, "市建设局")
    assert typed.counts.units == 37
    assert any(unit.name == "市建设局" for unit in typed.units)


def test_a_unit_renamed_and_then_merged_stays_one(draft: DraftNotice) -> None:
    names = draft.doubts[place_of(draft, DoubtKind.UNIT_SPELLING)].names
    pair = ("市住建局", names[0])
    alike = Doubt(DoubtKind.SIMILAR_UNITS, "（五）", 40, "？", ("分别保留", "用前", "用后"), pair)
    asked = replace(draft, doubts=(*draft.doubts, alike))
    decisions = Decisions().with_answer(place_of(draft, DoubtKind.UNIT_SPELLING), Answer(FULL))
    decided = decide(asked, decisions.with_answer(len(draft.doubts), Answer("用后")))
    [unit] = [each for each in decided.units if each.name == FULL]
    assert set(unit.aliases) == {*names, "市住建局"}


def test_names_of_earlier_papers_go_with_their_unit(draft: DraftNotice) -> None:
    """Aliases that this paper does not print, as the ledger remembers them."""
    place = place_of(draft, DoubtKind.UNIT_SPELLING)
    name = draft.doubts[place].choices[0]
    known = tuple(
        replace(unit, aliases=(*unit.aliases, "黄石银监分局")) if unit.name == name else unit
        for unit in draft.units
    )
    older = replace(draft, units=known)
    merged = decide(older, Decisions().with_answer(place, Answer(FULL)))
    assert "黄石银监分局" in next(unit for unit in merged.units if unit.name == FULL).aliases
    apart = decide(older, Decisions().with_answer(place, Answer(draft.doubts[place].choices[-1])))
    assert all("黄石银监分局" not in unit.aliases for unit in apart.units)
    groups = (replace(draft.groups[0], aliases=("各县市区", "各市县（市、区）人民政府")),)
    older = replace(draft, groups=(*groups, draft.groups[1]))
    apart = answered(older, DoubtKind.GROUP_SPELLING, 1)
    assert next(group.aliases for group in apart.groups) == ("各县市区",)


def test_year_and_weekend(draft: DraftNotice) -> None:
    later = answered(draft, DoubtKind.YEAR, 1)
    assert [each.due_on for each in later.rounds] == [date(2025, 8, 30), date(2025, 11, 30)]
    # 2024-11-30 is nobody's due date then, so its weekend is no question any longer.
    assert {each.kind for each in draft.doubts} - {each.kind for each in later.doubts} == {
        DoubtKind.YEAR,
        DoubtKind.WEEKEND,
    }
    typed = answered(draft, DoubtKind.YEAR, "2027年")
    assert [each.due_on.year for each in typed.rounds] == [2027, 2027]
    moves = (
        (0, date(2024, 11, 30)),
        (1, date(2024, 11, 29)),
        (2, date(2024, 12, 2)),
        ("2024-12-03", date(2024, 12, 3)),
    )
    for choice, day in moves:
        moved = answered(draft, DoubtKind.WEEKEND, choice)
        assert [each.due_on for each in moved.rounds] == [date(2024, 8, 30), day]
        assert len(moved.doubts) == len(draft.doubts) - 1


def test_a_leap_day_in_a_common_year(draft: DraftNotice) -> None:
    asked = Doubt(DoubtKind.YEAR, "", 1, "？", ("2024年", "2025年"), ("2024-02-29",))
    leap = replace(draft, rounds=(DraftRound("第一轮", date(2024, 2, 29)),), doubts=(asked,))
    assert answered(leap, DoubtKind.YEAR, 1).rounds[0].due_on == date(2025, 2, 28)


def test_rounds_by_hand_win(draft: DraftNotice) -> None:
    rounds = (DraftRound("年终", date(2024, 12, 20)),)
    place = place_of(draft, DoubtKind.YEAR)
    choice = Answer(draft.doubts[place].choices[1])
    decided = decide(draft, replace(Decisions().with_answer(place, choice), rounds=rounds))
    assert decided.rounds == rounds


def test_leads(draft: DraftNotice) -> None:
    decided = decide(draft, Decisions(leads_confirmed=True).with_leads(0, ("市法院", "市财政局")))
    first, *others = decided.measures
    roles = {duty.unit: duty.role for duty in first.responsibilities}
    assert [unit for unit, role in roles.items() if role is Role.LEAD] == ["市法院"]
    duties = [duty for each in decided.measures for duty in each.responsibilities]
    assert not any(duty.suggested for duty in duties)
    assert all(each.responsibilities[0].role is Role.LEAD for each in others)
    some = decide(draft, Decisions().with_leads(1, (COUNTIES,)))
    assert some.measures[0].responsibilities[0].suggested
    assert [d.printed for d in some.measures[1].responsibilities if d.role is Role.LEAD] == [
        COUNTIES
    ]


PAPER = """关于印发信用工作任务分解的通知
甲信办〔2024〕3号
一、总则
（一）第一件事。认真去做。〔责任单位：市法院、各区人民政府（下同）〕
（二）第二件事。认真去做。〔责任单位：市公安局、各区人民政府〕
（三）第二件事。认真去做。〔责任单位：市公安局、市司法局〕
（四）没有单位的事。认真去做。
（五）第五件事。认真去做。〔责任单位：市教育局〕
甲市信用办
2024年5月6日
"""


def test_measures_that_are_none_and_notes_taken_at_their_word() -> None:
    draft = read(PAPER, seed=load_seed())
    kinds = [doubt.kind for doubt in draft.doubts]
    assert kinds.count(DoubtKind.DUPLICATE) == kinds.count(DoubtKind.NO_UNITS) == 1
    once = answered(draft, DoubtKind.DUPLICATE, 1)
    assert [each.number for each in once.measures] == [1, 2, 4, 5]
    assert "市司法局" not in {unit.name for unit in once.units}
    assert len(answered(draft, DoubtKind.DUPLICATE, 0).measures) == 5
    none = answered(draft, DoubtKind.NO_UNITS, 1)
    assert [each.number for each in none.measures] == [1, 2, 3, 5]
    waits = answered(draft, DoubtKind.NO_UNITS, 0)
    assert waits.doubts == draft.doubts  # units are still to be given
    everywhere = answered(draft, DoubtKind.REFERENCE, 1)
    assert [len(each.responsibilities) for each in everywhere.measures] == [2, 2, 3, 1, 2]
    assert everywhere.measures[4].responsibilities[1].role is Role.CO
    assert answered(draft, DoubtKind.REFERENCE, 0).measures == draft.measures


def test_a_note_about_a_unit_that_is_read_otherwise_adds_nothing() -> None:
    draft = read(PAPER, seed=load_seed())
    place = place_of(draft, DoubtKind.REFERENCE)
    doubts = list(draft.doubts)
    doubts[place] = replace(doubts[place], names=("别的单位",))
    odd = replace(draft, doubts=tuple(doubts))
    assert answered(odd, DoubtKind.REFERENCE, 1).measures == draft.measures


def test_answers_that_no_doubt_takes(draft: DraftNotice) -> None:
    bad = (
        (DoubtKind.UNIT_SPELLING, "甲、乙"),
        (DoubtKind.YEAR, "明年"),
        (DoubtKind.WEEKEND, "下周一"),
        (DoubtKind.BRACKET, "随便"),
    )
    for kind, choice in bad:
        with pytest.raises(UserError, match="不能用") as caught:
            answered(draft, kind, choice)
        assert "没有写入" in caught.value.advice
    none = Doubt(DoubtKind.YEAR, "", 1, "？", ("暂不建立轮次", "轮次需补录"))
    with pytest.raises(UserError):
        decide(replace(draft, doubts=(none,)), Decisions().with_answer(0, Answer("2024年")))


def test_what_stays_open(draft: DraftNotice) -> None:
    place = place_of(draft, DoubtKind.BRACKET)
    doubt = draft.doubts[place]
    assert settles(doubt, Answer(doubt.choices[0]))
    assert not settles(doubt, Answer(doubt.choices[1]))
    decisions = Decisions().with_answer(place, Answer(doubt.choices[1]))
    assert len(open_places(draft, decisions)) == len(draft.doubts)
    assert place not in unanswered(draft, decisions)
    assert unanswered(draft, decisions.without_answer(place)) == tuple(range(len(draft.doubts)))
    assert (year_of("2025"), year_of("25年")) == (2025, None)
    assert (day_of("2024-12-02"), day_of("2024-13-02")) == (date(2024, 12, 2), None)


def test_answers_without_effect_on_the_tree(draft: DraftNotice) -> None:
    for kind in (DoubtKind.BRACKET, DoubtKind.DOUBLED_CHARACTER):
        decided = answered(draft, kind, 0)
        assert replace(decided, doubts=()) == replace(draft, doubts=())
        assert len(decided.doubts) == len(draft.doubts) - 1
