"""The real notice, figure by figure as the office counts it."""

import re
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from random import Random

import pytest

from hs_credit_desktop.domain.draft import DraftNotice, DraftRound, NoticeCounts
from hs_credit_desktop.domain.notice import DoubtKind, Role
from hs_credit_desktop.notice import Seed, read
from tests.notice.outline import tree

COUNTS = NoticeCounts(
    pillars=7,
    measures=24,
    pairs=148,
    printed_units=43,
    units=38,
    groups=2,
    returns=44,
    entries=267,
)
DOUBTS = [
    (DoubtKind.YEAR, 11, "报送时间"),
    (DoubtKind.WEEKEND, 11, "报送时间"),
    (DoubtKind.GROUP_SPELLING, 37, "（四）责任单位"),
    (DoubtKind.UNIT_SPELLING, 55, "（十）责任单位"),
    (DoubtKind.VAGUE_GROUP, 57, "（十一）责任单位"),
    (DoubtKind.BRACKET, 71, "（十五）"),
    (DoubtKind.BRACKET, 81, "（十八）"),
    (DoubtKind.DOUBLED_CHARACTER, 81, "（十八）"),
    (DoubtKind.SIMILAR_UNITS, 85, "（二十）责任单位"),
]
REGULATOR = (
    "国家金融监管总局黄石监管分局",
    "国家金融监督管理总局黄石分局",
    "国家金融监管总局黄石市监管分局",
)


@pytest.fixture(scope="module")
def draft(paper: str, seed: Seed) -> DraftNotice:
    return read(paper, seed=seed)


def test_counts(draft: DraftNotice) -> None:
    assert draft.counts == COUNTS


def test_fields(draft: DraftNotice) -> None:
    assert draft.title == "关于印发《全面推进“信用湖北”建设的若干措施（2024年版）》任务分解的通知"
    assert draft.doc_number == "黄信用办〔2024〕1号"
    assert draft.issued_on == date(2024, 7, 3)
    assert draft.issuer == "黄石市社会信用体系建设领导小组办公室"
    assert draft.addressees == ("各县（市、区）人民政府，市社会信用体系建设领导小组各成员单位")
    assert draft.rounds == (
        DraftRound("第一轮", date(2024, 8, 30)),
        DraftRound("第二轮", date(2024, 11, 30)),
    )


def test_contact_is_what_the_paper_prints(draft: DraftNotice, paper: str) -> None:
    line = re.search(r"联系人：(\w+)；电话：(\d+)；", paper)
    mailbox = re.search(r"\S+@\S+", paper)
    assert line
    assert mailbox
    assert draft.contact.name == line[1]
    assert draft.contact.phone == line[2]
    assert draft.contact.mailbox == mailbox[0].split("：")[-1]


def test_pillars_and_numbers(draft: DraftNotice) -> None:
    assert [pillar.number for pillar in draft.pillars] == list(range(1, 8))
    assert [len(pillar.measures) for pillar in draft.pillars] == [3, 4, 4, 3, 3, 3, 4]
    assert [measure.number for measure in draft.measures] == list(range(1, 25))
    assert draft.pillars[5].title == "打造“信用+N”数智应用场景"
    assert draft.measures[17].title == "开展基层建设“信用+治理”试点"
    assert all(measure.heading is None and measure.deadline is None for measure in draft.measures)


def test_bodies_hold_all_words_but_the_lists(draft: DraftNotice, paper: str) -> None:
    words = re.sub(r"\s", "", paper)
    for measure in draft.measures:
        assert measure.title + "。" + re.sub(r"\s", "", measure.body) + "〔责" in words
        assert "责任单位" not in measure.body


def test_first_listed_units_are_suggested_leads(draft: DraftNotice) -> None:
    pairs = [pair for measure in draft.measures for pair in measure.responsibilities]
    leads = [pair for pair in pairs if pair.role is Role.LEAD]
    assert Counter(pair.unit for pair in leads) == {
        "市发改委": 17,
        "市市场监管局": 3,
        "市商务局": 2,
        "人行黄石市分行": 1,
        "市生态环境局": 1,
    }
    assert all(pair.suggested is (pair.role is Role.LEAD) for pair in pairs)
    sizes = [len(measure.responsibilities) for measure in draft.measures]
    assert (min(sizes), max(sizes)) == (3, 12)


def test_units_and_groups(draft: DraftNotice) -> None:
    aliased = {unit.name: unit.aliases for unit in draft.units if unit.aliases}
    assert aliased == {REGULATOR[0]: REGULATOR[1:]}
    county, vague = draft.groups
    assert county.name == "各县（市、区）人民政府"
    assert county.members == (
        "大冶市", "阳新县", "黄石港区", "西塞山区", "下陆区", "开发区·铁山区",
    )  # fmt: skip
    assert county.aliases == ("各市县（市、区）人民政府",)
    assert (vague.name, vague.members) == ("市有关部门", ())
    everywhere = [
        measure.number
        for measure in draft.measures
        if any(pair.unit == county.name and pair.group for pair in measure.responsibilities)
    ]
    assert everywhere == list(range(1, 25))


def test_doubts(draft: DraftNotice) -> None:
    assert [(doubt.kind, doubt.line, doubt.where) for doubt in draft.doubts] == DOUBTS
    for doubt in draft.doubts:
        assert doubt.text.endswith("。")
        assert len(doubt.choices) > 1
    by_kind = {doubt.kind: doubt for doubt in draft.doubts}
    assert by_kind[DoubtKind.UNIT_SPELLING].choices == (*REGULATOR, "不是同一单位，分别保留")
    assert by_kind[DoubtKind.SIMILAR_UNITS].choices[0] == "分别保留"
    assert by_kind[DoubtKind.VAGUE_GROUP].choices[0] == "暂不指定"
    assert by_kind[DoubtKind.YEAR].choices == ("2024年", "2025年")
    assert by_kind[DoubtKind.WEEKEND].choices == (
        "仍为2024年11月30日（周六）",
        "提前到2024年11月29日（周五）",
        "顺延到2024年12月2日（周一）",
    )


def test_doubts_stand_where_the_paper_shows_them(draft: DraftNotice, paper: str) -> None:
    lines = paper.split("\n")
    shown = {doubt.kind: lines[doubt.line - 1] for doubt in draft.doubts}
    assert "11月30日" in shown[DoubtKind.YEAR]
    assert "各市县" in shown[DoubtKind.GROUP_SPELLING]
    assert "市有关部门" in shown[DoubtKind.VAGUE_GROUP]
    assert shown[DoubtKind.BRACKET].endswith("]")
    assert shown[DoubtKind.DOUBLED_CHARACTER].startswith("责任单位")
    assert "市自然资源和城乡建设局" in shown[DoubtKind.SIMILAR_UNITS]


def test_furniture_is_left_out_and_said(draft: DraftNotice) -> None:
    assert draft.left_out == (
        (3, "黄石市社会信用体系建设领导小组办公室文件"),
        (21, "办公室"),
        (23, "《全面推进“信用湖北”建设的若干措施（2024年版）》的任务分解"),
        (97, "黄石市社会信用体系建设领导小组办公室2024年7月3日印发"),
    )


def test_places_lead_back_to_the_paper(draft: DraftNotice, paper: str) -> None:
    lines = paper.split("\n")
    for measure in draft.measures:
        place = measure.place
        words = paper[place.start : place.end]
        assert lines[place.line - 1].startswith(words.split("\n")[0])
        assert re.match("（[一二三四五六七八九十]+）", words)
        assert words[-1] in "〕]"
        assert place.sha256 == sha256(words.encode()).hexdigest()


@pytest.mark.parametrize("city", ["宜昌", "咸宁", "景德镇", "荆州", "六安", "呼和浩特"])
def test_any_city_is_read_the_same(paper: str, seed: Seed, city: str) -> None:
    draft = read(paper.replace("黄石", city).replace("黄信用办", "某信用办"), seed=seed)
    assert draft.counts == COUNTS
    assert [(doubt.kind, doubt.line, doubt.where) for doubt in draft.doubts] == DOUBTS
    assert draft.issuer == f"{city}市社会信用体系建设领导小组办公室"


def test_bundled_notice_is_the_real_one_without_the_contact(
    repo_root, seed: Seed, draft: DraftNotice, paper: str
) -> None:
    words = (repo_root / "resources" / "notices" / "huangshi-2024-1.txt").read_text("utf-8")
    bundled = read(words, seed=seed)
    assert bundled.counts == COUNTS
    assert bundled.doubts == draft.doubts
    assert [m.place.line for m in bundled.measures] == [m.place.line for m in draft.measures]
    assert (bundled.contact.name, bundled.contact.phone, bundled.contact.mailbox) == (None,) * 3
    assert draft.contact.name
    assert draft.contact.name not in words
    assert "@" not in words


def test_is_read_fast(paper: str, seed: Seed) -> None:
    """Generous beside the 0.03 s it takes, so that only a runaway pattern fails it."""
    started = time.process_time()
    read(paper, seed=seed)
    assert time.process_time() - started < 1


def _rewrapped(paper: str, random: Random) -> str:
    """Every paragraph broken anew: at one width, at any width, or as indented paragraphs."""
    pieces = []
    for paragraph in (line for line in paper.split("\n") if line.strip()):
        broken, at = [], 0
        fixed = random.choice([0, random.randint(4, 70)])
        while at < len(paragraph):
            width = fixed or random.randint(2, 60)
            broken.append(paragraph[at : at + width])
            at += width
        pieces.append("\n".join(broken))
    return random.choice(["\n", "\n\n", "\r\n", "\n\u3000\u3000"]).join(pieces)


@pytest.mark.parametrize("seed_number", range(12))
def test_line_breaks_do_not_matter(
    paper: str, seed: Seed, draft: DraftNotice, seed_number: int
) -> None:
    moved = read(_rewrapped(paper, Random(seed_number)), seed=seed)
    assert tree(moved) == tree(draft)
    assert Counter(each.kind for each in moved.doubts) == Counter(k for k, _, _ in DOUBTS)
    bare = {"pillars": (), "doubts": (), "left_out": ()}
    assert replace(moved, **bare) == replace(draft, **bare)
