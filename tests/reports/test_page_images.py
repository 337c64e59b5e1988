"""Pages become images of the paper's size, with ink where ink is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas

from hs_credit_desktop.reports.page_images import page_images

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def two_pages(tmp_path: Path) -> Path:
    """Page one 100 × 50 points with a black square at its lower left, page two blank."""
    path = tmp_path / "两页.pdf"
    canvas = Canvas(str(path), pagesize=(100, 50))
    canvas.rect(0, 0, 10, 10, stroke=0, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return path


def test_size_follows_the_resolution_and_ink_stays_in_place(two_pages: Path) -> None:
    first, second = page_images(two_pages, 144)
    assert (first.width, first.height, len(first.pixels)) == (200, 100, 20000)
    row = first.pixels[95 * 200 : 96 * 200]
    assert set(row[:18]) == {0}
    assert set(row[22:]) == {255}
    assert set(first.pixels[: 70 * 200]) == {255}
    assert (first.blank, second.blank) == (False, True)
