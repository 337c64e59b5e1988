"""Pages of an exported report as pictures, for looking at and for printing."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The library behind this loads when a page is asked for.
    from hs_credit_desktop.reports.pages import PageImage

ONE_AT_A_TIME = threading.Lock()  # the library must not be entered by two threads


def page_count(file: Path) -> int:
    """Number of pages of a PDF; UserError when it cannot be read."""
    from hs_credit_desktop.reports import pages

    with ONE_AT_A_TIME:
        return pages.page_count(file)


def page_image(file: Path, number: int, dpi: float) -> "PageImage":
    """Page `number` (from 1) at `dpi` pixels an inch; UserError when the file cannot be read."""
    from hs_credit_desktop.reports import pages

    with ONE_AT_A_TIME:
        [image] = pages.page_images(file, dpi, first=number, last=number)
        return image
