from dataclasses import replace
from datetime import date

from hs_credit_desktop.domain.returns import Completion, ReturnState
from hs_credit_desktop.domain.summary import PillarFacts, UnitEntry
from hs_credit_desktop.reports.content import Heading, Table
from hs_credit_desktop.reports.execution import execution_report, punctuality
from tests.reports.facts import DUE, entry, expected, facts, measure, parts

LEAD = "印发《工作方案》，归集信用信息12.6万条，同比增长8.5%。全市政务诚信水平稳步提升"


def outline(document) -> list[str]:
    return [
        "　" * (block.level - 1) + block.text if isinstance(block, Heading) else block.text
        for block in document.blocks
    ]


def rows(document, annex: int) -> tuple[tuple[str, ...], ...]:
    [table] = [one for one in document.annexes[annex].blocks if isinstance(one, Table)]
    return table.rows


def test_report_says_what_each_unit_said_lead_first_and_who_is_silent():
    document = execution_report(facts())
    assert document.title == (
        "关于《全面推进“信用甲省”建设的若干措施（2024年版）》任务分解2024年第二轮执行情况的报告"
    )
    assert outline(document)[4:] == [
        "二、各项任务执行情况",
        "　（一）树立政务诚信建设标杆",
        "　　1. 建立政府信用档案（牵头单位：市发改委）",
        f"市发改委（牵头单位，推进中）：{LEAD}",
        "市乙局（待审）：开展自查自纠\n建立台账3本。",
        "各县（市、区）人民政府：",
        "大丙县：归集信息1200条。",
        "　　2. 强化违约失信治理",
        f"市发改委（推进中）：{LEAD}",
        "尚未反馈：市丁局。",
        "　（二）打造商务诚信建设高地",
        "　　3. 推进质量品牌信用建设（牵头单位（推定）：市丁局）",
        "尚未反馈：市丁局。",
        "三、存在问题",
        "　（一）树立政务诚信建设标杆",
        "　　1. 建立政府信用档案",
        "市发改委：数据共享不够及时。",
        "　　2. 强化违约失信治理",
        "市发改委：数据共享不够及时。",
        "四、下一步打算",
        "　（一）树立政务诚信建设标杆",
        "　　1. 建立政府信用档案",
        "市发改委：继续推进系统对接。",
        "　　2. 强化违约失信治理",
        "市发改委：继续推进系统对接。",
    ]


def test_signature_is_the_issuer_and_today():
    signature = execution_report(facts()).signature
    assert (signature.issuer, signature.date) == (facts().issuer, "2024年12月2日")


def test_a_chapter_nobody_fills_is_left_out_and_numbers_close_up():
    said = parts("做了", next_steps="继续", completion=Completion.DONE)
    only = measure(1, UnitEntry(entry("市甲局", 1, said)))
    pillars = (replace(facts().pillars[0], measures=(only,)),)
    headings = [
        line for line in outline(execution_report(facts(pillars=pillars))) if "、" in line[:2]
    ]
    assert headings == ["一、总体情况", "二、各项任务执行情况", "三、下一步打算"]


def test_an_answer_without_progress_says_so():
    only = measure(1, UnitEntry(entry("市甲局", 1, parts("", problems="缺人。"))))
    pillars = (PillarFacts(facts().pillars[0].pillar, (only,)),)
    assert "市甲局：（进展情况未填写）" in outline(execution_report(facts(pillars=pillars)))


def test_a_practice_ledger_is_marked():
    assert "演示" in execution_report(facts(practice=True)).notice
    assert execution_report(facts()).notice == ""


def test_status_table_has_one_row_a_return():
    document = execution_report(facts())
    assert rows(document, 0) == (
        ("1", "市发改委", "2", "2", "2024-11-20", "按时", "通过"),
        ("2", "市乙局", "1", "1", "2024-12-01", "逾期报送", "待审"),
        ("3", "市丁局", "2", "0", "—", "逾期未报", "—"),
        ("4", "大丙县", "1", "1", "2024-11-20", "按时", "通过"),
        ("5", "市戊局", "1", "0", "—", "免报", "—"),
    )
    assert rows(document, 1) == (
        ("1", "市丁局", "逾期未报", "—", "已催报1次"),
        ("2", "市乙局", "逾期报送", "2024-12-01", "—"),
    )


def test_extension_is_a_remark():
    returns = (
        expected("市丁局", 0, ReturnState.MISSING, chases=2, extended_to=date(2024, 12, 10)),
    )
    document = execution_report(facts(returns=returns))
    assert rows(document, 1)[0][-1] == "已催报2次，延期至2024年12月10日"


def test_nobody_missing_or_late_means_no_second_annex():
    returns = (expected("市发改委", 0, ReturnState.ACCEPTED),)
    document = execution_report(facts(returns=returns))
    assert [annex.title for annex in document.annexes] == ["报送情况表"]


def test_before_the_due_date_missing_is_not_overdue():
    assert punctuality(facts(today=DUE))["市丁局"] == "未报"
