"""A whole round of forms comes back damaged, one way at a time: nothing lost, nothing misplaced."""

from __future__ import annotations

import io
import re
import shutil
from copy import copy
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from hs_credit_desktop.clock import clock_on, system_clock
from hs_credit_desktop.domain.recognition import How
from hs_credit_desktop.domain.returns import TEXTS, FeedbackParts
from hs_credit_desktop.files.form_docx import write_form_docx
from hs_credit_desktop.files.form_xlsx import HEAD_ROW, write_form
from hs_credit_desktop.files.incoming import Incoming
from hs_credit_desktop.files.read_return import read_return
from hs_credit_desktop.services import forms, inbox, overview, receiving
from hs_credit_desktop.services.notices import bundled_notice, create_ledger, read_notice
from hs_credit_desktop.services.receiving import Inbound, ReadFile
from hs_credit_desktop.store.lists import EntryQuery
from tests.files import office
from tests.files.samples import rezip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from hs_credit_desktop.services.look import Look
    from hs_credit_desktop.services.workspace import Workspace

    Answers = Mapping[int, FeedbackParts]
    Damage = Callable[[Workbook, Worksheet, int], object]

SHEET, NUMBER, MEASURE, PROGRESS, RESULTS, NEXT = "反馈表", 1, 2, 5, 6, 8
FIRST = HEAD_ROW + 1


# Damages: each is given the book, its sheet and the number of measures.


def _swap(sheet: Worksheet, one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = sheet.cell(*one), sheet.cell(*other)
    first.value, second.value = second.value, first.value
    for cell in (first, second):
        cell.data_type = "s"


def rows_sorted(_book: Workbook, sheet: Worksheet, count: int) -> None:
    for at in range(count // 2):
        for column in range(1, 11):
            _swap(sheet, (FIRST + at, column), (FIRST + count - 1 - at, column))


def columns_moved(_book: Workbook, sheet: Worksheet, count: int) -> None:
    for row in range(HEAD_ROW, FIRST + count):
        _swap(sheet, (row, PROGRESS), (row, NEXT))


def column_renamed(_book: Workbook, sheet: Worksheet, _count: int) -> None:
    sheet.cell(HEAD_ROW, PROGRESS).value = "工作开展情况"


def column_and_row_inserted(_book: Workbook, sheet: Worksheet, _count: int) -> None:
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_cols(RESULTS)
    sheet.insert_rows(FIRST)
    sheet.cell(HEAD_ROW, RESULTS).value = "备注"


def sheet_renamed(_book: Workbook, sheet: Worksheet, _count: int) -> None:
    sheet.title = "Sheet1"


def copied_into_a_new_book(book: Workbook, sheet: Worksheet, _count: int) -> None:
    target = book.create_sheet("抄来的", 0)
    for row in sheet.iter_rows():
        for cell in row:
            target.cell(cell.row, cell.column).value = copy(cell.value)
            target.cell(cell.row, cell.column).data_type = cell.data_type
    for other in [other for other in book.worksheets if other is not target]:
        book.remove(other)
    for name in list(book.defined_names):
        del book.defined_names[name]
    for prop in list(book.custom_doc_props.names):
        del book.custom_doc_props[prop]


def text_and_full_width_numbers(_book: Workbook, sheet: Worksheet, count: int) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for row in range(FIRST, FIRST + count):
        cell = sheet.cell(row, NUMBER)
        cell.value = str(cell.value).translate(wide) if row % 2 else str(cell.value)
        cell.data_type = "s"


def hidden_rows(_book: Workbook, sheet: Worksheet, count: int) -> None:
    for row in range(FIRST, FIRST + count, 2):
        sheet.row_dimensions[row].hidden = True


def trailing_blanks(_book: Workbook, sheet: Worksheet, count: int) -> None:
    for row in range(FIRST, FIRST + count):
        cell = sheet.cell(row, PROGRESS)
        cell.value = f"  {cell.value} \n\n"
    sheet.cell(FIRST + count + 300, 30).value = " "


def numbers_gone(_book: Workbook, sheet: Worksheet, count: int) -> None:
    for row in range(FIRST, FIRST + count):
        sheet.cell(row, NUMBER).value = None


def titles_gone(_book: Workbook, sheet: Worksheet, count: int) -> None:
    for row in range(FIRST, FIRST + count):
        sheet.cell(row, MEASURE).value = None


def a_blank_second_sheet(book: Workbook, sheet: Worksheet, count: int) -> None:
    twin = book.copy_worksheet(sheet)
    for row in twin.iter_rows(FIRST, FIRST + count - 1, PROGRESS, 10):
        for cell in row:
            cell.value = None


def half_of_the_measures(_book: Workbook, sheet: Worksheet, count: int) -> None:
    sheet.delete_rows(FIRST + (count + 1) // 2, count // 2)


def rows_merged(_book: Workbook, sheet: Worksheet, count: int) -> None:
    if count > 1:
        sheet.merge_cells(
            start_row=FIRST, end_row=FIRST + 1, start_column=PROGRESS, end_column=PROGRESS
        )


EXACT: tuple[Damage, ...] = (
    rows_sorted,
    columns_moved,
    column_renamed,
    column_and_row_inserted,
    sheet_renamed,
    copied_into_a_new_book,
    text_and_full_width_numbers,
    hidden_rows,
    trailing_blanks,
    numbers_gone,
    titles_gone,
    a_blank_second_sheet,
)
PARTLY: tuple[Damage, ...] = (half_of_the_measures, rows_merged)


class _Round:
    """A ledger of the real notice with every unit's answers; nothing is taken in."""

    def __init__(self, folder: Path) -> None:
        day = clock_on(date(2024, 8, 20), system_clock())
        self.ws: Workspace = create_ledger(folder, day, read_notice(bundled_notice()))
        self.round = overview.round_of(self.ws, overview.notice(self.ws).id, 1)
        self.answers: dict[str, Answers] = {}
        self.books: dict[str, bytes] = {}
        self.documents: dict[str, bytes] = {}
        for place in overview.expected_returns(self.ws, self.round):
            query = EntryQuery(self.round.id, expected_return_id=place.id)
            said = {
                entry.measure_number: _said(place.unit_name, entry.measure_number)
                for entry in overview.entries(self.ws, self.round, query)
            }
            form = forms.form_of(self.ws, self.round, place, said)
            self.answers[place.unit_name] = said
            self.books[place.unit_name] = write_form(form)
            self.documents[place.unit_name] = write_form_docx(form)

    def looks(self, files: Mapping[str, bytes]) -> Iterator[tuple[str, Look]]:
        """(unit that sent it, what accepting would do) of each file; the names say nothing."""
        inbound = Inbound(
            tuple(
                ReadFile(Incoming(f"{at}.bin", data), read_return(f"{at}.bin", data))
                for at, data in enumerate(files.values())
            )
        )
        batch = receiving.stage(self.ws, inbound, self.round)
        for unit, item in zip(files, batch.items, strict=True):
            yield unit, inbox.preview(self.ws, item.id)


def _said(unit: str, number: int) -> FeedbackParts:
    return FeedbackParts(
        f"{unit}第{number}条：开会{number}次。", f"成效{number}", f"{unit}缺人", "继续推进"
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Round]:
    made = _Round(tmp_path_factory.mktemp("round") / "台账")
    assert (len(made.books), sum(map(len, made.answers.values()))) == (44, 267)
    yield made
    made.ws.close()


def _damaged(data: bytes, damage: Damage, count: int) -> bytes:
    book = load_workbook(io.BytesIO(data))
    damage(book, book[SHEET], count)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _check_exact(whole: _Round, files: Mapping[str, bytes]) -> None:
    """Every unit known by its code, every entry of it answered as it was written."""
    found = 0
    for unit, look in whole.looks(files):
        assert look.expected is not None, (unit, look.findings)
        assert (look.expected.unit_name, look.item.how) == (unit, How.CODE)
        new = {plan.entry.measure_number: plan.new for plan in look.plans}
        assert new == whole.answers[unit], (unit, look.word, look.item.reason)
        found += len(new)
    assert found == sum(len(whole.answers[unit]) for unit in files)


def _check_nothing_misplaced(whole: _Round, files: Mapping[str, bytes]) -> int:
    """What is read is the unit's own word on that measure, and what is missing is asked about."""
    complete = 0
    for unit, look in whole.looks(files):
        assert look.expected is not None
        assert look.expected.unit_name == unit
        said = whole.answers[unit]
        for plan in look.plans:
            own = said[plan.entry.measure_number]
            for field in TEXTS:
                assert getattr(plan.new, field) in ("", getattr(own, field)), (unit, field)
        whole_now = {plan.entry.measure_number: plan.new for plan in look.plans} == said
        assert whole_now or look.problems, unit
        complete += whole_now
    return complete


@pytest.mark.parametrize("damage", EXACT, ids=lambda damage: damage.__name__)
def test_every_entry_survives_the_damage(whole: _Round, damage: Damage) -> None:
    files = {
        unit: _damaged(data, damage, len(whole.answers[unit])) for unit, data in whole.books.items()
    }
    _check_exact(whole, files)


@pytest.mark.parametrize("damage", PARTLY, ids=lambda damage: damage.__name__)
def test_what_the_damage_took_is_asked_about(whole: _Round, damage: Damage) -> None:
    files = {
        unit: _damaged(data, damage, len(whole.answers[unit])) for unit, data in whole.books.items()
    }
    single = sum(len(said) == 1 for said in whole.answers.values())
    assert _check_nothing_misplaced(whole, files) == single


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_the_same_saved_by_another_office(whole: _Round, tmp_path: Path, suffix: str) -> None:
    """Each damage done to the largest and to a small return, then saved again by LibreOffice."""
    ordered = sorted(whole.answers, key=lambda unit: len(whole.answers[unit]))
    chosen = (ordered[-1], ordered[len(ordered) // 2])
    jobs, kept = [], dict[str, str]()
    for at, damage in enumerate(EXACT):
        for unit in chosen:
            name = f"{at}-{chosen.index(unit)}"
            source, target = tmp_path / f"{name}.xlsx", tmp_path / f"{name}-saved.{suffix}"
            source.write_bytes(_damaged(whole.books[unit], damage, len(whole.answers[unit])))
            jobs.append(office.Job(source, target))
            kept[str(target)] = unit
    work = tmp_path / "office"
    work.mkdir()
    office.run(jobs, work)
    shutil.rmtree(work)
    for at in range(len(EXACT)):
        _check_exact(
            whole,
            {kept[str(job.target)]: job.target.read_bytes() for job in jobs[2 * at : 2 * at + 2]},
        )


# The code removed everywhere but in one place.

_HEADER = re.compile(rb"<headerFooter.*?</headerFooter>", re.DOTALL)
_CODE = re.compile(rb"HS\d\d-\d+-\d{4}-\w(?:\|[^<\"&]*)?")
BOOK_PLACES = ("cells", "header", "docProps/custom.xml", "xl/workbook.xml", "xl/worksheets/sheet3")
DOCUMENT_PLACES = ("word/document", "word/header", "word/footer", "docProps/custom", "customXml/")


def _only_in(data: bytes, place: str) -> bytes:
    def change(name: str, body: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            cells, header = _HEADER.split(body), _HEADER.findall(body)
            kept_cells = [part if place == "cells" else _CODE.sub(b"", part) for part in cells]
            kept = [part if place == "header" else _CODE.sub(b"", part) for part in header]
            return kept_cells[0] + b"".join(
                a + b for a, b in zip(kept, kept_cells[1:], strict=True)
            )
        return body if name.startswith(place) else _CODE.sub(b"", body)

    return rezip(data, change)


@pytest.mark.parametrize("place", BOOK_PLACES)
def test_the_code_in_one_place_of_a_workbook_is_enough(whole: _Round, place: str) -> None:
    _check_exact(whole, {unit: _only_in(data, place) for unit, data in whole.books.items()})


@pytest.mark.parametrize("place", DOCUMENT_PLACES)
def test_the_code_in_one_place_of_a_document_is_enough(whole: _Round, place: str) -> None:
    _check_exact(whole, {unit: _only_in(data, place) for unit, data in whole.documents.items()})


def test_without_any_code_it_is_never_certain(whole: _Round) -> None:
    files = {unit: _only_in(data, "nowhere") for unit, data in whole.books.items()}
    for unit, look in whole.looks(files):
        assert look.item.how is not How.CODE
        assert not look.certain
        assert look.expected is None or look.expected.unit_name == unit
