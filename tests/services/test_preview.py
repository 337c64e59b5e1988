"""Pages of a PDF as pictures: count, size, one thread at a time, and files that are none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import preview

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path_factory.mktemp("report") / "两页.pdf"
    canvas = Canvas(str(file), pagesize=(595.3, 841.9))
    for grey in (0.0, 0.5):
        canvas.setFillGray(grey)
        canvas.rect(0, 0, 595.3, 841.9, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file


def test_pages_are_counted_and_drawn_one_by_one(report: Path) -> None:
    assert preview.page_count(report) == 2
    first, second = (preview.page_image(report, number, 36) for number in (1, 2))
    assert (first.width, first.height) == (298, 421)
    assert first.rgb[:3] == b"\0\0\0"
    assert 120 < second.rgb[0] < 136


def test_many_threads_may_ask_at_once(report: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda number: preview.page_image(report, number, 20), [1, 2] * 8))
    assert len({page.rgb for page in pages}) == 2


def test_a_file_that_is_no_pdf_is_said(tmp_path: Path) -> None:
    file = tmp_path / "坏.pdf"
    file.write_bytes(b"no pdf")
    with pytest.raises(UserError, match="打不开"):
        preview.page_count(file)
