"""The drafts of the composing desk in the report and in the workbook."""

from dataclasses import replace

from hs_credit_desktop.reports.content import Heading
from hs_credit_desktop.reports.execution import execution_report
from hs_credit_desktop.reports.sheets import MOST_IN_ROW, ledger_sheets
from tests.reports.facts import facts

COMPOSED = {
    "overview": "总的情况。",
    "m1": "市发改委印发方案。\n各县（市、区）：大丙县：归集信息1200条。",
    "problems": "市发改委：数据共享不够及时。",
}


def lines(document) -> list[str]:
    return [block.text for block in document.blocks]


def test_drafts_stand_where_there_are_some_and_who_is_silent_stays():
    said = lines(execution_report(replace(facts(), composed=COMPOSED)))
    plain = lines(execution_report(facts()))
    assert said[:2] == ["一、总体情况", "总的情况。"]
    at = said.index("1. 建立政府信用档案（牵头单位：市发改委）")
    assert said[at + 1 : at + 3] == COMPOSED["m1"].split("\n")
    assert said[said.index("三、存在问题") + 1 :][:1] == [COMPOSED["problems"]]
    assert "尚未反馈：市丁局。" in said
    assert said[said.index("四、下一步打算") :] == plain[plain.index("四、下一步打算") :]
    headings = [one for one in execution_report(facts()).blocks if isinstance(one, Heading)]
    assert headings[0].text == "一、总体情况"


def test_the_workbook_has_a_sheet_of_the_drafts_once_there_are_some():
    assert "汇总稿" not in [sheet.name for sheet in ledger_sheets(facts())]
    sheet = ledger_sheets(replace(facts(), composed=COMPOSED))[-1]
    assert sheet.name == "汇总稿"
    assert sheet.rows == (
        (1, "总体情况", "总的情况。"),
        (2, "（一）建立政府信用档案", "市发改委印发方案。"),
        (3, "（一）建立政府信用档案", "各县（市、区）：大丙县：归集信息1200条。"),
        (4, "存在问题", "市发改委：数据共享不够及时。"),
    )


def test_a_paragraph_too_high_for_a_row_is_cut_between_sentences():
    sentence = "甲" * 299 + "。"
    sheet = ledger_sheets(replace(facts(), composed={"m1": sentence * 5}))[-1]
    assert [row[2] for row in sheet.rows] == [sentence * 2, sentence * 2, sentence]
    assert max(len(str(row[2])) for row in sheet.rows) <= MOST_IN_ROW
