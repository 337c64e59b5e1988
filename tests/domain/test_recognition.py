"""Whose answer a file is, and which measure a row or a paragraph answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hs_credit_desktop.domain.form import FormIdentity
from hs_credit_desktop.domain.headings import (
    completion_of,
    footer_of,
    heading_key,
    measure_words,
    number_of,
)
from hs_credit_desktop.domain.matching import MeasureText, free_parts, match_row, offer
from hs_credit_desktop.domain.reading import FileKind, FindingKind, Reading, ReadRow, Weight
from hs_credit_desktop.domain.recognition import (
    Candidate,
    Hints,
    How,
    Names,
    Register,
    recognise,
)
from hs_credit_desktop.domain.return_code import make
from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.domain.revision import Mode, combined

MEASURES = (
    MeasureText(1, "建立政府信用档案", "以统一社会信用代码为标识，归集行政处罚信息。"),
    MeasureText(2, "开展诚信监测评价", "对政府采购、债务融资等领域实行清单管理。"),
    MeasureText(3, "强化违约失信治理", "整治拖欠企业账款行为。"),
)


def _unit(number: int, name: str, *measures: int, names: tuple[str, ...] = ()) -> Candidate:
    return Candidate(f"e{number}", "r2", 2, f"u{number}", name, (name, *names), frozenset(measures))


FINANCE = _unit(1, "市财政局", 1, 2, names=("财政",))
COURT = _unit(2, "市法院", 3)
EAST, WEST = _unit(3, "东区", 1, 2, 3), _unit(4, "大冶市", 1, 2, 3)
MINE = (FINANCE, COURT, EAST, WEST)
CODES = {str(make(2024, 2, at)): unit for at, unit in enumerate(MINE, 1)}
REGISTER = Register(MINE, CODES, MEASURES)


def _row(number: int | None, title: str = "", text: str = "做了") -> ReadRow:
    return ReadRow("第 5 行", number, title, FeedbackParts(text))


def _read(*numbers: int, codes: tuple[str, ...] = (), **more: object) -> Reading:
    return Reading(
        FileKind.WORKBOOK,
        tuple(_row(number) for number in numbers),
        codes=tuple((f"处{at}", words) for at, words in enumerate(codes)),
        **more,
    )


def _code(unit: Candidate) -> str:
    return next(code for code, owner in CODES.items() if owner is unit)


def test_by_code_first() -> None:
    found = recognise(_read(3, codes=(_code(FINANCE),)), Hints("法院说明"), REGISTER)
    assert (found.how, found.candidate) == (How.CODE, FINANCE)
    assert "处0" in found.why


def test_a_name_against_the_code_asks() -> None:
    found = recognise(_read(1, codes=(_code(FINANCE),)), Hints("市法院反馈.xlsx"), REGISTER)
    assert found.candidate is FINANCE
    assert {item.kind for item in found.findings} == {FindingKind.NAME_CONFLICT}
    agreed = recognise(_read(1, codes=(_code(FINANCE),)), Hints("财政局.xlsx"), REGISTER)
    assert agreed.findings == ()


def test_two_codes_ask_and_many_are_a_list() -> None:
    two = recognise(_read(1, codes=(_code(FINANCE), _code(COURT))), Hints(), REGISTER)
    assert (two.how, two.candidate, two.choices) == (None, None, (FINANCE, COURT))
    assert two.findings[0].kind is FindingKind.CODE_CONFLICT
    every = recognise(_read(codes=tuple(CODES)), Hints(), REGISTER)
    assert (every.candidate, every.choices, every.findings) == (None, (), ())
    assert "4 家" in every.why


def test_a_slip_in_one_place_does_not_matter_when_another_holds() -> None:
    good = _code(FINANCE)
    wrong = good[:-1] + ("A" if good[-1] != "A" else "B")
    assert recognise(_read(codes=(wrong, good)), Hints(), REGISTER).findings == ()
    alone = recognise(_read(1, 2, codes=(wrong,)), Hints(), REGISTER)
    assert alone.how is How.CONTENT
    assert alone.findings[0].kind is FindingKind.CODE_BROKEN
    foreign = recognise(_read(1, 2, codes=(str(make(2024, 2, 99)),)), Hints(), REGISTER)
    assert foreign.findings[0].kind is FindingKind.CODE_BROKEN


def test_an_identity_of_two_units_asks() -> None:
    said = str(FormIdentity(_code(FINANCE), 2, COURT.unit_id))
    found = recognise(_read(3, codes=(said,)), Hints(), REGISTER)
    assert found.findings[0].kind is FindingKind.CODE_CONFLICT
    from_elsewhere = str(FormIdentity(_code(FINANCE), 2, "another-ledger"))
    assert recognise(_read(codes=(from_elsewhere,)), Hints(), REGISTER).candidate is FINANCE


def test_by_content_when_one_unit_has_exactly_these_measures() -> None:
    found = recognise(_read(1, 2), Hints(), REGISTER)
    assert (found.how, found.candidate) == (How.CONTENT, FINANCE)
    counties = recognise(_read(1, 2, 3), Hints("大冶市反馈.xlsx"), REGISTER)
    assert (counties.how, counties.candidate) == (How.CONTENT, WEST)


def test_by_name_then_ask() -> None:
    by_name = recognise(_read(1), Hints(sender="财政 <a@b>"), REGISTER)
    assert (by_name.how, by_name.candidate) == (How.NAME, FINANCE)
    nobody = recognise(_read(1, 2, 3), Hints("东区和大冶市.xlsx"), REGISTER)
    assert (nobody.how, nobody.candidate) == (None, None)
    assert "指定" in nobody.why
    assert all(how.label for how in How)


def test_names_leftmost_longest_first() -> None:
    assert Names.of(MINE).found_in("大冶市财政局") == (WEST, FINANCE)
    assert Names.of(MINE).found_in("  市 财政局反馈") == (FINANCE,)
    assert Names.of(MINE).found_in("财政局") == (FINANCE,)
    assert Names.of(MINE).found_in("") == ()
    twins = (FINANCE, replace(COURT, names=("财政",)))
    assert Names.of(twins).found_in("财政") == ()


@pytest.mark.parametrize(
    ("row", "number"),
    [
        (_row(2, "开展诚信监测评价"), 2),
        (_row(9, "开展诚信监测评价"), 2),
        (_row(1, "开展诚信监测评价"), 2),
        (_row(None, "开展诚信监测的评价"), 2),
        (_row(3), 3),
        (_row(9), None),
        (_row(1, "别的完全不同的事项"), None),
        (_row(2, "开展诚信监测评价（市级）"), 2),
    ],
)
def test_rows_go_to_the_measure_their_title_names(row: ReadRow, number: int | None) -> None:
    assert match_row(row, MEASURES) == number


def test_row_without_measures() -> None:
    assert match_row(_row(1, "甲"), ()) is None


def test_paragraphs_follow_headings() -> None:
    paragraphs = (
        "情况汇报",
        "一、开展诚信监测评价",
        "做了甲。",
        "（三）强化违约失信整治",
        "做了乙。",
    )
    assert offer(paragraphs, MEASURES) == (None, 2, 2, 3, 3)
    assert offer(("关于“建立政府信用档案”的情况", "做了。"), MEASURES) == (1, 1)


def test_paragraphs_without_headings_go_by_words() -> None:
    paragraphs = ("拖欠企业账款行为已整治完毕。", "政府采购领域实行清单管理。", "？", "天气晴朗。")
    assert offer(paragraphs, MEASURES) == (3, 2, None, None)
    assert offer(paragraphs, MEASURES, by_words=False) == (None,) * 4


def test_one_measure_takes_all_but_the_opening() -> None:
    paragraphs = ("情况汇报", "市信用办：", "做了甲。", "市法院")
    assert offer(paragraphs, MEASURES[:1]) == (None, None, 1, 1)
    assert offer(("甲", "乙"), MEASURES[:1]) == (1, 1)


def test_free_texts_split_at_labels() -> None:
    parts = free_parts(
        ["做了甲。", "主要成效：很好", "又一句", "存在问题", "人手不足", "三、下一步打算：继续", ""]
    )
    assert parts.texts == ("做了甲。", "很好\n又一句", "人手不足", "继续")


def test_headings_and_numbers() -> None:
    assert [
        heading_key(text)
        for text in ("任务完成情况", "工作进展及成效", "上轮进展", "备注", "", "长" * 20)
    ] == [
        "completion",
        "progress",
        "last",
        None,
        None,
        None,
    ]
    assert [
        number_of(text) for text in ("１３", "（十三）", "13.0", "第3条", "3、", "甲", "", "十十")
    ] == [
        13,
        13,
        13,
        3,
        3,
        None,
        None,
        None,
    ]
    assert measure_words("（十三）完善机制。后文").title == "完善机制"
    assert completion_of("已完成") is Completion.DONE
    assert completion_of("？") is None
    assert footer_of("填报人：甲") == ("filled_by", "甲")
    assert footer_of("甲") is None


OLD = FeedbackParts("甲", "", "丙", "", Completion.IN_PROGRESS)
NEW = FeedbackParts("乙", "丁", "", "", None)


def test_what_a_later_answer_does() -> None:
    assert combined(OLD, NEW, Mode.REPLACE) == NEW
    assert combined(OLD, FeedbackParts(), Mode.REPLACE) == OLD
    assert combined(FeedbackParts(), NEW, Mode.MERGE) == NEW
    filled = FeedbackParts("甲", "丁", "丙", "", Completion.IN_PROGRESS)
    assert combined(OLD, NEW, Mode.SUPPLEMENT) == filled
    merged = FeedbackParts("甲\n乙", "丁", "丙", "", Completion.IN_PROGRESS)
    assert combined(OLD, NEW, Mode.MERGE) == merged
    assert combined(FeedbackParts("甲乙"), FeedbackParts("甲"), Mode.MERGE).progress == "甲乙"
    assert all(mode.label for mode in Mode)


def test_every_finding_and_kind_has_its_word() -> None:
    assert all(kind.label and isinstance(kind.weight, Weight) for kind in FindingKind)
    assert all(kind.label for kind in FileKind)
