"""Making return forms: one a unit, the same codes again, nothing half written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.return_code import parse
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.read_return import read_return
from hs_credit_desktop.files.sheet import read_xlsx
from hs_credit_desktop.services import forms
from hs_credit_desktop.store import audit, codes
from hs_credit_desktop.store.whole_files import write_whole
from tests.ledgers import exempt, expected, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def test_one_file_a_unit_and_the_delivery_list(ws: Workspace, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    out = tmp_path / "反馈表"
    made = forms.make_forms(ws, round_number(ws), out, progress=lambda *said: told.append(said))
    assert [(form.unit, form.measures, form.path.suffix) for form in made.forms] == [
        ("市数据局", 2, ".xlsx"),
        ("市商务局", 2, ".xlsx"),
        ("市文旅局", 2, ".xlsx"),
        ("市信用中心", 1, ".docx"),
        ("东区", 2, ".xlsx"),
        ("西区", 2, ".xlsx"),
    ]
    assert [said[0] for said in told] == [1, 2, 3, 4, 5, 6]
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [*(form.path.name for form in made.forms), "交付清单.xlsx"]
    )
    found = parse(made.forms[0].return_code)
    assert found
    assert (found.year, found.round, found.number) == (24, 1, 1)
    listed = read_xlsx("清单", made.delivery.read_bytes()).sheets[0].cells
    assert [listed[row, 4] for row in range(3, 9)] == [form.return_code for form in made.forms]
    assert audit.lines(ws.ledger)[-1].action == "制作反馈表"


def test_the_same_codes_again_and_chosen_units_in_one_format(ws: Workspace, tmp_path: Path) -> None:
    first = forms.make_forms(ws, round_number(ws), tmp_path / "一")
    [unit] = forms.units_named(ws, ["市政务数据局"])
    again = forms.make_forms(ws, round_number(ws), tmp_path / "二", fmt="docx", unit_ids={unit.id})
    assert [form.return_code for form in again.forms] == [first.forms[0].return_code]
    assert again.forms[0].path.name == "01_市数据局_反馈表（第一轮）.docx"
    later = forms.make_forms(ws, round_number(ws, 2), tmp_path / "三")
    assert not {form.return_code for form in later.forms} & {
        form.return_code for form in first.forms
    }


def test_a_code_that_is_taken_moves_on(ws: Workspace) -> None:
    one, two = expected(ws, "市数据局"), expected(ws, "市商务局")
    with ws.change("试", "试", {}):
        first = codes.code_of(ws.ledger, one.id, year=2024, round_number=1, at=ws.clock.now())
        ws.ledger.execute("UPDATE expected_returns SET ordinal = 0 WHERE id = ?", two.id)
        second = codes.code_of(ws.ledger, two.id, year=2024, round_number=1, at=ws.clock.now())
    assert first != second
    assert codes.codes(ws.ledger) == {first: one.id, second: two.id}


def test_last_rounds_answer_stands_in_grey(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1, "上轮做了甲。")
    made = forms.make_forms(ws, round_number(ws, 2), tmp_path)
    text = read_xlsx("表", made.forms[0].path.read_bytes()).sheets[0].cells
    assert "上轮做了甲。" in text[5, 4]
    assert (6, 4) not in text
    rows = read_return("表", made.forms[0].path.read_bytes()).rows
    assert [row.parts.blank for row in rows] == [True, True]
    listed = read_xlsx("清单", made.delivery.read_bytes()).sheets[0].cells
    assert [listed[row, 6] for row in (3, 4)] == ["有", "无"]


def test_nobody_to_report(ws: Workspace, tmp_path: Path) -> None:
    exempt(ws, "市数据局")
    [unit] = forms.units_named(ws, ["市数据局"])
    with pytest.raises(UserError, match="没有要发"):
        forms.make_forms(ws, round_number(ws), tmp_path, unit_ids={unit.id})


def test_stopping_writes_nothing(ws: Workspace, tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _label: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        forms.make_forms(ws, round_number(ws), tmp_path / "出", progress=stop)
    assert not (tmp_path / "出").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "占").write_text("x")
    with pytest.raises(UserError, match="没有写成"):
        write_whole(tmp_path / "占" / "a.txt", b"x")
    with pytest.raises(UserError, match="没有写成"):
        write_whole(tmp_path, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["占"]


def test_units_by_any_name(ws: Workspace) -> None:
    named = forms.units_named(ws, [" 市数据局", "市政务数据局", "sswj", "东区"])
    assert [unit.canonical_name for unit in named] == ["市数据局", "市数据局", "市商务局", "东区"]
    with pytest.raises(UserError, match="没有叫"):
        forms.units_named(ws, ["不存在"])
    with ws.change("试", "试", {}):
        ws.ledger.execute("UPDATE units SET initials = 'x'")
    with pytest.raises(UserError, match="可以是 市数据局、市商务局"):
        forms.units_named(ws, ["X"])


def test_a_unit_gets_the_format_it_prefers(ws: Workspace, tmp_path: Path) -> None:
    [unit] = forms.units_named(ws, ["市商务局"])
    assert forms.preferred(ws) == {}
    forms.set_preferred(ws, unit, "pdf")
    assert forms.preferred(ws) == {unit.id: "pdf"}
    made = forms.make_forms(ws, round_number(ws), tmp_path / "一")
    suffixes = {form.unit: form.path.suffix for form in made.forms}
    assert suffixes.pop("市商务局") == ".pdf"
    assert ".pdf" not in suffixes.values()
    forms.set_preferred(ws, unit, None)
    assert forms.preferred(ws) == {}
    made = forms.make_forms(ws, round_number(ws), tmp_path / "二", fmt="pdf")
    assert {form.path.suffix for form in made.forms} == {".pdf"}
    reading = read_return("表.pdf", made.forms[0].path.read_bytes())
    assert any(made.forms[0].return_code in words for _, words in reading.codes)
