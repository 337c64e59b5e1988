"""The rules of the grammar one by one, each on a paper of a few lines."""

from datetime import date

import pytest

from hs_credit_desktop.domain.draft import DraftNotice
from hs_credit_desktop.domain.notice import DoubtKind, Role
from hs_credit_desktop.notice import Seed, read
from hs_credit_desktop.notice.dates import due_dates, full_date
from hs_credit_desktop.notice.flow import flow_of
from hs_credit_desktop.notice.marks import marks_of
from tests.notice.outline import tree

ISSUED = date(2024, 7, 3)
GENERAL = Seed(
    {"各县（市、区）人民政府": ("甲县", "乙区")},
    {"发改": "发展和改革", "发展改革": "发展和改革", "监管": "监督管理", "住建": "住房和城乡建设"},
)


def _paper(*lists: str, letter: str = "请于2025年6月27日前报送进展情况。") -> str:
    items = [f"（{'一二三四五六'[at]}）做好第{at + 1}件事。{each}" for at, each in enumerate(lists)]
    return "\n".join(["关于印发任务分解的通知", "各有关单位：", letter, "一、总体任务", *items])


def _read(*lists: str, seed: Seed = GENERAL, **letter: str) -> DraftNotice:
    return read(_paper(*lists, **letter), seed=seed)


def _units(draft: DraftNotice) -> list[tuple[str, Role, bool]]:
    return [
        (pair.printed, pair.role, pair.suggested) for pair in draft.measures[0].responsibilities
    ]


def _kinds(draft: DraftNotice) -> list[DoubtKind]:
    return [doubt.kind for doubt in draft.doubts]


L, C = Role.LEAD, Role.CO


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("〔责任单位：市发改委、市司法局〕", [("市发改委", L, True), ("市司法局", C, False)]),
        (
            "（责任单位：市发改委，市司法局按职责分工负责）",
            [("市发改委", L, True), ("市司法局", C, False)],
        ),
        (
            "（市发改委牵头，市司法局、市法院配合）",
            [("市发改委", L, False), ("市司法局", C, False), ("市法院", C, False)],
        ),
        ("（由市发改委牵头，会同市司法局落实）", [("市发改委", L, False), ("市司法局", C, False)]),
        ("（市发改委会同市司法局负责）", [("市发改委", L, False), ("市司法局", C, False)]),
        ("（市发改委负责）", [("市发改委", L, False)]),
        ("（市发改委、市司法局负责）", [("市发改委", L, True), ("市司法局", C, False)]),
        (
            "【牵头部门：市发改委、市司法局；参与部门：市法院】",
            [("市发改委", L, False), ("市司法局", L, False), ("市法院", C, False)],
        ),
        (
            "（责任单位：市发改委；配合单位：市司法局）",
            [("市发改委", L, False), ("市司法局", C, False)],
        ),
        (
            "（责任单位：市司法局、市发改委（牵头））",
            [("市司法局", C, False), ("市发改委", L, False)],
        ),
        (
            "（责任单位：市发改委（办公室设在市司法局））",
            [("市发改委（办公室设在市司法局）", L, True)],
        ),
        ("\n责 任 单 位：市发改委、\n市司法局\n", [("市发改委", L, True), ("市司法局", C, False)]),
        (
            "\n牵头单位：市发改委  配合单位：市司法局",
            [("市发改委", L, False), ("市司法局", C, False)],
        ),
        (
            "\n责任单位：市发改委、市司法局\n年底前形成成果，逐步推开。",
            [("市发改委", L, True), ("市司法局", C, False)],
        ),
        ("\n负责单位：市发改委", [("市发改委", L, True)]),
        ("\n责任单们：市发改委、市司法局", [("市发改委", L, True), ("市司法局", C, False)]),
        ("（配合单位：市司法局）", [("市司法局", C, False)]),
        ("〔责任单位：会同、市发改委（下同）〕", [("市发改委", L, True)]),
        ("〔责任单位：市发改委（挂牌）、会同，以下均同〕", [("市发改委（挂牌）", L, True)]),
        (
            "〔责任单位：市发改委、会同市司法局、〕",
            [("市发改委", L, False), ("市司法局", C, False)],
        ),
    ],
)
def test_roles(words: str, units: list[tuple[str, Role, bool]]) -> None:
    assert _units(_read(words)) == units


@pytest.mark.parametrize(
    "words",
    [
        "（责任单价：含税价格，另行约定）",
        "（企业自行负责）",
        "（有效期：三年）",
        "（注意：市发改委牵头）后续推进。",
        "责任单位要压实责任。",
        "各责任单位：要压实责任。",
    ],
)
def test_running_words_are_no_list(words: str) -> None:
    draft = _read(f"{words}〔责任单位：市司法局〕")
    assert _units(draft) == [("市司法局", L, True)]
    assert draft.measures[0].body == words


def test_body_after_a_list_is_kept() -> None:
    draft = _read("前文。（责任单位：市发改委）后文。（市司法局负责）")
    assert draft.measures[0].body == "前文。后文。"
    assert _units(draft) == [("市发改委", C, False), ("市司法局", L, False)]


def test_words_that_name_no_unit_are_asked_about() -> None:
    draft = _read("〔责任单位：市发改委、“信用+”试点（街道〕")
    assert _kinds(draft) == [DoubtKind.UNREAD]
    assert draft.doubts[0].line == 5


def test_words_of_the_seal_behind_a_list_are_furniture() -> None:
    paper = "市信用建设办公室文件\n" + _paper(
        "〔责任单位：市发改委〕\n办公室", "〔责任单位：市法院〕"
    )
    draft = read(paper, seed=GENERAL)
    assert draft.left_out == ((1, "市信用建设办公室文件"), (7, "办公室"))
    assert draft.doubts == ()


def test_character_doubled_over_a_page_is_read_once() -> None:
    draft = _read("逐步推\n\n推进落实。〔责任单位：市\n\n市场监管局、市法\n\n法院〕")
    assert draft.measures[0].body == "逐步推进落实。"
    assert [unit for unit, _, _ in _units(draft)] == ["市市场监管局", "市法院"]
    assert _kinds(draft) == [DoubtKind.DOUBLED_CHARACTER] * 2
    assert [doubt.line for doubt in draft.doubts] == [7, 11]


def test_list_of_a_heading_above_items_with_lists_is_asked_about() -> None:
    paper = (
        "任务分解\n一、总则（责任单位：市法院）\n（一）甲事。（责任单位：市司法局）\n"
        "（二）乙事。（责任单位：市教育局）"
    )
    draft = read(paper, seed=GENERAL)
    assert [(doubt.kind, doubt.line) for doubt in draft.doubts] == [(DoubtKind.UNREAD, 2)]
    assert draft.counts.pairs == 2


def test_points_with_lists_are_measures_and_their_numbers_must_count_on() -> None:
    paper = (
        "任务分解\n一、总则\n1.甲事。（市法院负责）\n3.乙事。（市司法局负责）\n"
        "二、分则\n4.丙事。（市教育局负责）"
    )
    draft = read(paper, seed=GENERAL)
    assert [measure.number for measure in draft.measures] == [1, 3, 4]
    asked = [(doubt.kind, doubt.line, doubt.text) for doubt in draft.doubts]
    assert asked == [(DoubtKind.NUMBERING, 4, "“1.”之后应为“2.”，原文为“3.”，序号不连续。")]


def test_plan_that_does_not_begin_at_one_is_asked_about() -> None:
    draft = read("任务分解\n\n二、总则\n（一）甲事。（市法院负责）", seed=GENERAL)
    assert [doubt.text for doubt in draft.doubts] == [
        "“开头”之后应为“一”，原文为“二”，序号不连续。"
    ]


def test_spellings_of_one_unit() -> None:
    draft = read(
        "黄石市信用办文件\n"
        + _paper(
            "〔责任单位：市发改委，黄石市发展和改革委员会〕",
            "〔责任单位：市政府发展改革委、市住建局、市住建〕",
            "〔责任单位：市发改委、市市场监管局、市市场监官局〕",
        ),
        seed=GENERAL,
    )
    assert {unit.name: unit.aliases for unit in draft.units} == {
        "市发改委": ("黄石市发展和改革委员会", "市政府发展改革委"),
        "市住建局": (),
        "市住建": (),
        "市市场监管局": (),
        "市市场监官局": (),
    }
    assert _kinds(draft) == [DoubtKind.UNIT_SPELLING, *[DoubtKind.SIMILAR_UNITS] * 2]


def test_units_that_share_a_duty_are_asked_about() -> None:
    names = "市水利局、市水利和湖泊局、市发改委、市改革办、市委网信办、市网信办、市农业局、市林业局"
    draft = _read(f"〔责任单位：{names}〕")
    pairs = [doubt.text.split("”")[0] for doubt in draft.doubts]
    assert pairs == ["“市水利和湖泊局", "“市改革办", "“市网信办"]
    assert draft.counts.units == 8


def test_group_in_another_printing_has_the_usual_members() -> None:
    draft = _read("〔责任单位：市法院，各县(市)区政府〕", "〔责任单位：各镇人民政府，市法院〕")
    assert [(group.name, group.members) for group in draft.groups] == [
        ("各县(市)区政府", ("甲县", "乙区")),
        ("各镇人民政府", ()),
    ]
    assert _kinds(draft) == [DoubtKind.VAGUE_GROUP]


def test_unit_in_many_places_is_named_in_few_words() -> None:
    lists = ["〔责任单位：市发改委〕"] * 5 + ["〔责任单位：市发展改革委〕"]
    assert "（一）等 5 处的“市发改委”" in _read(*lists).doubts[0].text


@pytest.mark.parametrize(
    ("letter", "due"),
    [
        ("请于8月30日和11月30日前报送执行情况。", ["2025-08-30", "2025-11-30"]),
        ("请于每年6月20日、12月10日前将进展情况报送我办。", ["2025-06-20", "2025-12-10"]),
        ("请于每季度末前报送进展情况。", ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]),
        (
            "请每季度最后一个月25日前反馈情况。",
            ["2025-03-25", "2025-06-25", "2025-09-25", "2025-12-25"],
        ),
        ("请每半年报送一次进展情况。", ["2025-06-30", "2025-12-31"]),
        ("请于2025年7月底、12月中旬前报告进展。", ["2025-07-31", "2025-12-20"]),
        ("工作总结请于明年1月10日前报送。", ["2026-01-10"]),
        ("工作总结请于1月10日前报送。", ["2026-01-10"]),
        (
            "请于今年10月15日前，将情况报送我办，于4月11日前将名单报送我办。",
            ["2025-10-15"],
        ),
        ("请于二〇二五年十月十五日前报送落实情况。", ["2025-10-15"]),
        ("请于２０２５年１０月１５日前报送落实情况。", ["2025-10-15"]),
        ("本任务分解自2025年3月1日起执行，要彻底整改。", []),
        ("请于13月40日前报送落实情况。", []),
    ],
)
def test_rounds(letter: str, due: list[str]) -> None:
    draft = _read("（市法院负责）", letter=f"{letter}\n市信用办\n2025年3月3日")
    assert [str(each.due_on) for each in draft.rounds] == due
    assert [each.name for each in draft.rounds] == ["第一轮", "第二轮", "第三轮", "第四轮"][
        : len(due)
    ]


def test_dates_without_any_year_are_asked_about() -> None:
    draft = _read("（市法院负责）", letter="请于8月29日前报送进展情况。")
    assert draft.rounds == ()
    assert [(doubt.kind, doubt.line) for doubt in draft.doubts] == [(DoubtKind.YEAR, 3)]
    assert draft.doubts[0].choices == ("暂不建立轮次", "轮次需补录")


def test_due_dates_that_cannot_be_told() -> None:
    assert due_dates("年底前、每季度末、今年5月1日", None) == []
    months = [each.due_on.month for each in due_dates("每月31日前", ISSUED)]
    assert months == [7, 8, 10, 12, 1, 3, 5]


def test_the_end_of_a_word_is_no_date() -> None:
    assert due_dates("彻底整改", ISSUED) == []


def test_full_date() -> None:
    assert full_date("二〇二四年七月三日") == ISSUED
    assert full_date("2024年7月3日印发") == ISSUED
    assert full_date("2024年2月30日") is None
    assert full_date("没有日期") is None


def test_wrapped_lines_that_look_like_marks_are_none() -> None:
    words = (
        "关于通知\n\n一、总则\n（一）推动规则统\n一、流程规范，促进\n"
        "一、二、三产业融合，按照\n（二）项要求办理。"
    )
    assert [mark.printed for mark in marks_of(flow_of(words))] == ["一", "（一）"]


def test_numerals_that_are_no_number_are_no_mark() -> None:
    assert marks_of(flow_of("十十、总则\n0.总则。")) == []


def test_spacing_between_latin_words_is_kept() -> None:
    flow = flow_of("推进 AEO open data\u200b 通 知\n第 2 页\n- 3 -\n正文")
    assert flow.text == "推进AEO open data通知正文"
    assert flow.left_out == ((2, "第 2 页"), (3, "- 3 -"))


CONTACTS = [
    ("联系人：某某，1234567。", "某某", "1234567", None),
    (
        "联系人：某某 电话：0000-1234567 邮箱：a.b@example.gov.cn",
        "某某",
        "0000-1234567",
        "a.b@example.gov.cn",
    ),
    ("联系人：某某\n市信用办\n2025年3月3日", "某某", None, None),
    ("联系人及电话：某某某；手机：13800000000", "某某某", "13800000000", None),
    ("电子邮箱：a@example.com\n2025年3月3日", None, None, "a@example.com"),
]


@pytest.mark.parametrize(("letter", "name", "phone", "mailbox"), CONTACTS)
def test_contact(letter: str, name: str | None, phone: str | None, mailbox: str | None) -> None:
    for draft in (
        _read("（市法院负责）", letter=f"请落实。\n{letter}"),
        read(f"{_paper('（市法院负责）')}\n（此件公开发布）\n抄送：{letter}", seed=GENERAL),
    ):
        contact = draft.contact
        assert (contact.name, contact.phone, contact.mailbox) == (name, phone, mailbox)


def test_office_and_date_at_the_end_only() -> None:
    draft = read(f"{_paper('（市法院负责）')}\n\n市信用办\n2025年3月3日", seed=GENERAL)
    assert (draft.issuer, draft.issued_on) == ("市信用办", date(2025, 3, 3))
    assert draft.left_out == ((7, "市信用办2025年3月3日"),)


@pytest.mark.parametrize(
    ("head", "title", "number"),
    [
        (
            "信办〔2025〕5号\n关于印发甲市\n任务分解的通知",
            "关于印发甲市任务分解的通知",
            "信办〔2025〕5号",
        ),
        ("关于印发任务分解的通知\n信办[2025]5号", "关于印发任务分解的通知", "信办〔2025〕5号"),
        (
            "甲市信用办公室\n信办（2025）第5号\n关于印发任务分解的通知",
            "关于印发任务分解的通知",
            "信办〔2025〕5号",
        ),
        (
            "甲市信用办公室文件\n信办发\n〔2025〕5号\n\n关于落实省发〔2024〕9号文的通知",
            "关于落实省发〔2024〕9号文的通知",
            "信办发〔2025〕5号",
        ),
        ("关于落实省发〔2024〕9号文的通知", "关于落实省发〔2024〕9号文的通知", None),
        ("附件1\n甲市任务分解表（2025年版）", "甲市任务分解表（2025年版）", None),
        ("甲市二〇二五年的几件事\n", "甲市二〇二五年的几件事", None),
    ],
)
def test_title_and_number(head: str, title: str, number: str | None) -> None:
    draft = read(f"{head}\n一、总则\n（一）甲事。（市法院负责）", seed=GENERAL)
    assert (draft.title, draft.doc_number) == (title, number)


def test_words_before_the_plan_that_are_not_understood() -> None:
    paper = _paper(
        "（市法院负责）", letter="请落实。\n甲市信用办\n2025年3月3日\n\n内部资料\n\n注意保管。\n"
    )
    draft = read(paper, seed=GENERAL)
    assert [(doubt.kind, doubt.line) for doubt in draft.doubts] == [(DoubtKind.UNREAD, 7)]
    assert draft.left_out == ((7, "内部资料"), (9, "注意保管。"))


def test_words_under_a_heading_are_left_out_and_said() -> None:
    paper = "任务分解\n一、总则\n坚持依法推进。\n（一）甲事。（市法院负责）"
    draft = read(paper, seed=GENERAL)
    assert draft.pillars[0].title == "总则"
    assert draft.left_out == ((3, "坚持依法推进。"),)


def test_long_measure_without_a_stop() -> None:
    body = "围绕重点领域" + "和关键环节" * 14
    draft = read(f"任务分解\n一、总则\n（一）{body}（市法院负责）", seed=GENERAL)
    assert draft.measures[0].title == body[:30]
    assert draft.measures[0].body == body


TABLE = "\n".join(
    [
        "任务分解表",
        "甲市\t任务分解",
        "序号\t任务\t责任单位\t备注",
        "1\t甲事\v按月调度。\t市 法院\t急",
        "序号\t任务\t责任单位\t备注",
        "2\t乙事\t市司法局\u200b",
        "丙类",
        "3\t丙事\t无\t",
        "4\t丁事\t市教育局\t",
        "丁表说明",
        "",
    ]
)


def test_table_with_repeated_head_and_other_columns() -> None:
    draft = read(TABLE, seed=GENERAL)
    assert tree(draft) == [
        "1 任务分解表",
        "  1 甲事 ｜按月调度。",
        "    牵头？:市法院",
        "  2 乙事",
        "    牵头？:市司法局",
        "1 丙类",
        "  3 丙事",
        "",
        "  4 丁事",
        "    牵头？:市教育局",
    ]
    assert draft.left_out == ((2, "任务分解"), (2, "甲市"), (4, "急"), (10, "丁表说明"))
    assert [(doubt.kind, doubt.line) for doubt in draft.doubts] == [
        (DoubtKind.UNREAD, 2),
        (DoubtKind.NO_UNITS, 8),
        (DoubtKind.UNREAD, 10),
    ]


def test_table_that_is_not_understood_is_asked_about() -> None:
    draft = read("甲\t乙\n丙\t丁\n" + _paper("（市法院负责）"), seed=GENERAL)
    assert [(doubt.kind, doubt.line) for doubt in draft.doubts] == [(DoubtKind.UNREAD, 1)]
