"""历年对照: measures bound over two notices, a unit over its rounds, on paper as on screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.draft import DraftNotice, DraftPillar, DraftRound
from hs_credit_desktop.domain.returns import Completion, ReturnState
from hs_credit_desktop.domain.units import UnitKind
from hs_credit_desktop.reports.content import Table, texts
from hs_credit_desktop.services import (
    chasing,
    next_year,
    notices,
    overview,
    register_contacts,
    register_names,
    returns,
    years,
    years_paper,
)
from hs_credit_desktop.services.workspace import PRACTICE_DATE
from hs_credit_desktop.store import settings
from tests.ledgers import FIRST_DUE, TODAY, draft_notice, exempt, expected, record, source

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def next_draft(*, word: str = "", due: int = 2025) -> DraftNotice:
    """The small notice a year later; `word` stands in its second measure's title."""
    draft = draft_notice()
    first, second = draft.pillars
    one, two = first.measures
    return replace(
        draft,
        doc_number="测信办〔2025〕1号",
        issued_on=date(2025, 7, 3),
        pillars=(
            DraftPillar(1, first.title, (one, replace(two, title=word or two.title))),
            second,
        ),
        rounds=(DraftRound("第一轮", date(due, 8, 30)), DraftRound("第二轮", date(due, 11, 30))),
    )


def add_next(ws: Workspace, *, beside: bool = True, **said: object) -> None:
    """Next year's notice in the ledger, read beside the last or as if nothing came before."""
    read = source(next_draft(**said))  # type: ignore[arg-type]
    if beside:
        next_year.add(ws, read, next_year.compare(ws, read))
    else:
        notices.add_notice(ws, read)


def unit_id(ws: Workspace, name: str) -> str:
    return str(ws.ledger.value("SELECT id FROM units WHERE canonical_name = ?", name))


def measure_id(ws: Workspace, number: int) -> str:
    """A measure of the newest notice."""
    found = years.measures(ws)
    return next(item.measure.id for item in found if item.measure.number == number)


def test_a_measure_over_two_notices(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "累计归集12万条。", completion=Completion.IN_PROGRESS)
    record(ws, "市数据局", 1, "累计归集18万条。", number=2)
    exempt(ws, "东区", number=2)
    add_next(ws)
    record(ws, "市数据局", 1, "累计归集15万条，累计归集15万条。共计办理3件。")
    found = years.measure_years(ws, measure_id(ws, 1))
    assert found.label == "（一）完善信用制度"
    assert [stop.name for stop in found.stops] == [
        "2024年第一轮",
        "2024年第二轮",
        "2025年第一轮",
        "2025年第二轮",
    ]
    assert [item.words for item in found.measures] == [
        "测信办〔2024〕1号：（一）完善信用制度",
        "测信办〔2025〕1号：（一）完善信用制度（读入通知时已对应）",
    ]
    assert [line.name for line in found.lines] == ["市数据局", "市商务局", "东区", "西区"]
    data, _, east, _ = found.lines
    assert data.id == unit_id(ws, "市数据局")
    assert [years_paper.state_words(one) for one in data.entries] == [
        "待审 · 推进中",
        "待审",
        "待审",
        "未报",
    ]
    assert [years_paper.state_words(one) for one in east.entries[:2]] == ["未报", "免报"]
    collected, handled = data.totals
    assert years_paper.total_words(collected) == (
        *("归集", "12万条", "18万条", "15万条", "—"),
        "−16.7%",
    )
    assert collected.fell
    assert years_paper.total_words(handled) == ("办理", "—", "—", "3件", "—", "—")
    assert not handled.fell
    record(ws, "市数据局", 3, "累计办理3件。")
    record(ws, "市数据局", 3, "累计办理3件。", number=2)
    third = years.measure_years(ws, measure_id(ws, 3)).lines[0]
    assert years_paper.change_words(third.totals[0]) == "持平"
    older = years.measure_years(ws, found.measures[0].measure.id)
    assert older == years.measure_years(ws, measure_id(ws, 1))


def test_a_measure_the_clerk_did_not_bind_is_new(ws: Workspace) -> None:
    read = source(next_draft())
    next_year.add(ws, read, next_year.compare(ws, read).paired(1, None))
    listed = [(item.notice.doc_number, item.measure.number) for item in years.measures(ws)]
    paper = "测信办〔2025〕1号"
    assert listed == [(paper, 1), (paper, 2), (paper, 3), ("测信办〔2024〕1号", 2)]
    found = years.measure_years(ws, measure_id(ws, 2))
    assert [item.words for item in found.measures] == [f"{paper}：（二）归集信用信息"]
    assert len(found.stops) == 2


def test_without_a_record_the_words_decide_and_say_so(ws: Workspace) -> None:
    add_next(ws, beside=False, word="归集城市信用信息")
    found = years.measure_years(ws, measure_id(ws, 2))
    [first, second] = found.measures
    assert first.link is None
    assert second.words.endswith("（按文字推定，相近 59%）")
    assert len(found.stops) == 4


def test_a_unit_that_joined_later_has_nothing_before(ws: Workspace) -> None:
    read = source(next_draft())
    found = next_year.compare(ws, read).paired(0, None).paired(2, 0)
    next_year.add(ws, read, found)
    lines = {line.name: line for line in years.measure_years(ws, measure_id(ws, 3)).lines}
    assert lines["市文旅局"].entries[:2] == (None, None)
    assert years_paper.state_words(lines["市文旅局"].entries[0]) == "—"
    assert years_paper.state_words(lines["市商务局"].entries[3]) == "—"


def test_rounds_of_one_year_are_told_apart(ws: Workspace) -> None:
    add_next(ws, due=2024)
    assert [stop.name for stop in years.stops(ws)] == [
        "2024年第一轮（测信办〔2024〕1号）",
        "2024年第二轮（测信办〔2024〕1号）",
        "2024年第一轮（测信办〔2025〕1号）",
        "2024年第二轮（测信办〔2025〕1号）",
    ]


def test_a_unit_over_its_rounds(ws: Workspace) -> None:
    record(ws, "市数据局", 1, on=TODAY)
    returns.review(
        ws,
        expected_return_id=expected(ws, "市数据局").id,
        decision=ReturnState.SENT_BACK,
        reason="请补充。",
        resubmit_by=TODAY + timedelta(days=3),
    )
    chasing.log_call(ws, expected_return_id=expected(ws, "市数据局", 2).id)
    exempt(ws, "市商务局")
    add_next(ws)
    rows = years.unit_years(ws, unit_id(ws, "市数据局"))
    assert [row.timing for row in rows] == ["按时", "未报", "未报", "未报"]
    assert years_paper.unit_words(rows[0]) == (
        *("2024年第一轮", FIRST_DUE.isoformat(), "按时", TODAY.isoformat()),
        *("退回补报", "1／2", "1", "0"),
    )
    assert rows[0].id == rows[0].stop.round.id
    assert years_paper.unit_words(rows[1])[-2:] == ("0", "1")
    said = "应报 4 次，按时 1 次，逾期报送 0 次，未报 0 次，退回补报 1 次，催报 1 次。"
    assert years_paper.unit_summary(rows) == said
    business = years.unit_years(ws, unit_id(ws, "市商务局"))
    assert business[0].timing == "免报"
    assert years_paper.unit_words(business[0])[2:] == ("免报", "—", "未报", "0／2", "0", "0")


def test_late_overdue_and_not_on_the_list(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    register_names.add(ws, name="市体育局", kind=UnitKind.GOVERNMENT)
    rows = years.unit_years(ws, unit_id(ws, "市体育局"))
    assert rows[0].timing == ""
    assert years_paper.unit_words(rows[0])[2:] == ("不在名单", "—", "—", "—", "—", "—")
    assert years_paper.unit_summary(rows) == "各轮都不在应报名单里。"
    with ws.change("测试", "期限", {}):
        ws.ledger.execute("UPDATE rounds SET due_on = '2024-08-01' WHERE number = 1")
    assert years.unit_years(ws, unit_id(ws, "市数据局"))[0].timing == "逾期报送"
    assert years.unit_years(ws, unit_id(ws, "市商务局"))[0].timing == "逾期未报"


def test_what_it_says_is_printed(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1, "累计归集12万条。", problems="人手不足。")
    add_next(ws)
    with ws.change("测试", "练习", {}):
        settings.put(ws.ledger, PRACTICE_DATE, TODAY.isoformat())
    found = years.measure_years(ws, measure_id(ws, 1))
    document = years_paper.measure_document(ws, found)
    words = list(texts(document))
    assert "【进展情况】累计归集12万条。【存在问题】人手不足。" in "".join(words)
    assert document.notice
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables[0].rows) == len(found.lines)
    files = years_paper.write_measure(ws, measure_id(ws, 1), tmp_path)
    assert [file.path.name for file in files] == [
        "历年对照_（一）完善信用制度_20240820.pdf",
        "历年对照_（一）完善信用制度_20240820.docx",
    ]
    assert all(rule.ok for file in files for rule in file.layout_check)
    two = years_paper.write_unit(ws, unit_id(ws, "市数据局"), "市数据局", tmp_path)
    assert [file.path.exists() for file in two] == [True, True]
    assert [r for file in two for r in file.layout_check if not r.ok] == []


def test_a_measure_nobody_wrote_about_has_no_empty_sections(ws: Workspace) -> None:
    document = years_paper.measure_document(ws, years.measure_years(ws, measure_id(ws, 2)))
    words = list(texts(document))
    assert "二、各轮情况" in words
    assert not any(word.startswith("三、") for word in words)
    assert not document.notice


def test_names_contacts_and_members_go_on_and_no_data_does(ws: Workspace) -> None:
    data = unit_id(ws, "市数据局")
    register_contacts.put(ws, data, name="乙某", phone="0000-1111111")
    register_names.put_alias(ws, data, name="市大数据局")
    register_names.keep_apart(ws, data, unit_id(ws, "市信用中心"))
    record(ws, "市数据局", 1, "去年的文字。")
    before = overview.units_of(ws)
    add_next(ws)
    assert overview.units_of(ws) == before
    round_ = overview.round_of(ws, overview.notice(ws).id, 1)
    owing = next(item for item in chasing.missing(ws, round_) if item.unit_id == data)
    assert [(one.name, one.phone) for one in owing.contacts] == [("乙某", "0000-1111111")]
    seed = next_year.known(ws).seed
    assert seed.same["市大数据局"] == "市数据局"
    assert seed.group_members["各区人民政府"] == ("东区", "西区")
    assert frozenset({"市数据局", "市信用中心"}) in seed.apart
    assert not owing.chases
    assert overview.figures(ws, round_).received == 0
    assert not any(item.covered for item in overview.entries(ws, round_))
