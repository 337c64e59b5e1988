"""交接手册: everything the next clerk asks for stands in it, from the ledger, and prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.figure_ledger import MarkState
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.reports.content import texts
from hs_credit_desktop.services import (
    backups,
    booklet,
    chasing,
    composing,
    figure_ledger,
    forms,
    freezing,
    office,
    overview,
    papers_register,
    register_contacts,
    register_names,
    returns,
    second_copy,
)
from tests.ledgers import FIRST_DUE, TODAY, clock_at, expected, record, round_number
from tests.services.test_years import add_next, unit_id

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def words_of(ws: Workspace) -> str:
    return "\n".join(texts(booklet.document(ws, (("Ctrl+K", "搜索"),))))


def test_a_new_ledger_says_what_is_not_there_yet(ws: Workspace) -> None:
    said = words_of(ws)
    assert "测试市信用办的任务台账，2024年8月20日的情况" in said
    assert "邮箱：没有填写。" in said
    assert "共6家，按正式排序；没有登记联系人的6家。" in said
    assert "市有关部门：还没有指定成员，不计入应报。" in said
    assert "各区人民政府：东区、西区。" in said
    assert "没有指明是哪些部门。" in said
    assert "未报6家：市数据局、市商务局、市文旅局、市信用中心、东区、西区。" in said
    assert "单独要求格式的单位没有。" in said
    assert "还没有备份。" in said
    assert "第二份备份：没有设置" in said
    assert "第二轮没有办完的事" not in said
    assert "办公室另外登记了" not in said
    assert said.endswith("Ctrl+K\n搜索")


def test_what_was_set_and_agreed(ws: Workspace, tmp_path: Path) -> None:
    data = unit_id(ws, "市数据局")
    register_contacts.put(ws, data, name="乙某", phone="0000-1111111", note="周三不在")
    register_names.put_alias(ws, data, name="市大数据局", from_on=date(2020, 1, 1))
    register_names.keep_apart(ws, data, unit_id(ws, "市信用中心"))
    unit = next(one for one in overview.units_of(ws) if one.id == data)
    forms.set_preferred(ws, unit, "docx")
    office.set_office(ws, {"office_name": "某市信用办", "office_phone": "0000-2222222"})
    office.set_holidays(ws, office.parse_holidays("2024-08-21 休 本地活动"))
    papers_register.set_words(ws, plain="测信办", letters="测信办函")
    backups.make(ws)
    place = tmp_path / "备份盘"
    place.mkdir()
    second_copy.set_second_place(ws, place)
    said = words_of(ws)
    for part in (
        "某市信用办的任务台账",
        "乙某\n0000-1111111",
        "周三不在；反馈表用Word",
        "市大数据局\n别名\n2020-01-01 起",
        "市信用中心与市数据局是两家，不要合并。",
        "文件的机关代字是测信办，函是测信办函。",
        "单独要求格式的单位1家：市数据局（Word）。",
        "办公室另外登记了1天节假日或调班。",
        "最近一次备份 ",
        f"第二份备份：{place}",
    ):
        assert part in said, part


def test_open_matters_of_rounds_that_run(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "累计归集信息12.6万条。")
    record(ws, "市商务局", 1, "已印发。")
    round_ = round_number(ws)
    [line] = figure_ledger.figure_lines(ws, round_)
    figure_ledger.mark(ws, round_, [line], MarkState.DOUBTED, "口径不同")
    composing.compose_all(ws, round_)
    record(ws, "市商务局", 1, "已经改过。")
    returns.review(
        ws,
        expected_return_id=expected(ws, "市商务局").id,
        decision=ReturnState.SENT_BACK,
        reason="请补充数据",
        resubmit_by=TODAY + timedelta(days=3),
    )
    chasing.log_call(
        ws,
        expected_return_id=expected(ws, "东区").id,
        promise="周四报",
        promised_by=date(2024, 8, 22),
    )
    said = words_of(ws)
    for part in (
        "测信办〔2024〕1号第一轮没有办完的事",
        "未报4家：",
        "汇总稿来源已变更：",
        "退回补报\n市商务局\n8月23日前补报；请补充数据",
        "承诺\n东区\n8月22日前报送",
        "存疑数字\n市数据局\n12.6万条：口径不同",
    ):
        assert part in said, part


def test_files_nobody_decided_on_and_frozen_rounds(ws: Workspace) -> None:
    with ws.change("测试", "收件", {}):
        ws.ledger.insert(
            "staged_items",
            **dict.fromkeys(("source", "sender", "subject", "why", "reason", "how"), ""),
            **dict.fromkeys(("reading", "assigned", "findings"), "{}"),
            id="一",
            batch_id="一",
            ordinal=0,
            round_id=round_number(ws).id,
            name="来件.docx",
            outcome="staged",
            proposal="",
            staged_at=TODAY.isoformat(),
        )
    assert "收件箱里还有1件没有处理。" in words_of(ws)
    freezing.freeze(ws, round_number(ws))
    later = replace(ws, clock=clock_at(FIRST_DUE + timedelta(days=1)))
    said = words_of(later)
    assert "1号第一轮没有办完的事" not in said
    assert "1号第二轮没有办完的事" in said
    add_next(ws)
    assert "〔2025〕1号第一轮没有办完的事" in words_of(ws)


def test_it_prints(ws: Workspace, tmp_path: Path) -> None:
    files = booklet.write(ws, tmp_path, (("Ctrl+K", "搜索"),))
    assert [file.path.name for file in files] == ["交接手册_20240820.pdf", "交接手册_20240820.docx"]
    assert [rule for rule in files[0].layout_check if not rule.ok] == []
