"""Goal 9: 400 workbooks and 400 documents read ≤ 0.1×, staged ≤ 0.2× the libraries' own parsing.

The floor is openpyxl and python-docx parsing the same bytes; where python-docx is not installed,
lxml's bare parsing of document.xml stands in for it and the floor is lower, so harder to keep.
"""

from __future__ import annotations

import importlib.util
import io
import shutil
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path

from lxml import etree
from openpyxl import load_workbook

from hs_credit_desktop.clock import clock_on, system_clock
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.services import forms, overview, receiving
from hs_credit_desktop.services.notices import bundled_notice, create_ledger, read_notice
from hs_credit_desktop.store.lists import EntryQuery
from tests.benchmarks.pairs import Result, pairs

COPIES = 9  # of 44 forms: 396 of each kind
ROUNDS = 15
TEXT = "召开部门协调会3次，组织12家单位录入信用信息，完成历史数据补录，建立按月通报制度。"


def run() -> list[Result]:
    """Read and recognise, then stage, beside the libraries' parsing of the same files."""
    work = Path(tempfile.mkdtemp())
    try:
        return _measure(work)
    finally:
        shutil.rmtree(work)


def _measure(work: Path) -> list[Result]:
    from hs_credit_desktop.files.form_docx import write_form_docx
    from hs_credit_desktop.files.form_xlsx import write_form

    day = clock_on(date(2024, 8, 20), system_clock())
    ws = create_ledger(work / "台账", day, read_notice(bundled_notice()))
    round_ = overview.round_of(ws, overview.notice(ws).id, 1)
    folder = work / "收到"
    folder.mkdir()
    books, documents = [], []
    for place in overview.expected_returns(ws, round_):
        query = EntryQuery(round_.id, expected_return_id=place.id)
        for copy in range(COPIES):
            answers = {
                entry.measure_number: FeedbackParts(f"第{copy}份。{TEXT}", TEXT, "无", TEXT)
                for entry in overview.entries(ws, round_, query)
            }
            form = forms.form_of(ws, round_, place, answers)
            books.append(write_form(form))
            documents.append(write_form_docx(form))
    for at, (book, document) in enumerate(zip(books, documents, strict=True)):
        (folder / f"{at}.xlsx").write_bytes(book)
        (folder / f"{at}.docx").write_bytes(document)

    def floor() -> None:
        for book in books:
            load_workbook(io.BytesIO(book))
        for document in documents:
            _parse_document(document)

    def read() -> None:
        register = receiving.register_of(ws, round_)
        for file in receiving.read_files([folder]).files:
            found = receiving.recognise(file.reading, receiving.Hints(), register)
            assert found.candidate

    def stage() -> float:
        start = time.perf_counter()
        receiving.stage(ws, receiving.read_files([folder]), round_)
        seconds = time.perf_counter() - start  # taking it all away again is no part of it
        with ws.change("清空收件箱", "测速", {}):
            ws.ledger.execute("DELETE FROM staged_items")
            ws.ledger.execute(
                "DELETE FROM files WHERE sha256 NOT IN (SELECT source_sha256 FROM notices)"
            )
        shutil.rmtree(ws.folder.files)
        return seconds

    results = [
        pairs(floor, read, ROUNDS, name="read and recognise 792 returns", goal=0.1),
        pairs(floor, stage, ROUNDS, name="check and store 792 returns", goal=0.2),
    ]
    ws.close()
    return results


def _parse_document(data: bytes) -> None:
    if importlib.util.find_spec("docx"):
        from docx import Document

        Document(io.BytesIO(data))
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            etree.fromstring(package.read("word/document.xml"))
