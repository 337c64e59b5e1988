"""A picture of every paper: python -m tests.reports.pictures [FOLDER]; default docs/pictures.

The first pages and the last side by side, small and grey enough to be kept. Papers of a round come
from the practice ledger, whose texts are invented.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image

from hs_credit_desktop.reports.content import Document
from hs_credit_desktop.reports.execution import execution_report
from hs_credit_desktop.reports.ledger import ledger_document
from hs_credit_desktop.reports.pages import page_count, page_images
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.stamped import stamped_summary
from tests.reports.paper_samples import papers

ROOT = Path(__file__).resolve().parent.parent.parent
DPI = 60
MOST = 4  # pages of a paper in its picture


def main(folder: Path) -> None:
    """Take all pictures; prints the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        made = {**papers(), **_of_practice(Path(scratch))}
        for name, document in made.items():
            file = Path(scratch) / f"{name}.pdf"
            render_pdf(document, file)
            target = folder / f"paper-{name}.png"
            _beside(_pages(file)).save(target, optimize=True)
            print(target.name)


def _of_practice(scratch: Path) -> dict[str, Document]:
    from hs_credit_desktop.clock import system_clock
    from hs_credit_desktop.services import export, overview
    from hs_credit_desktop.services.practice import create_practice
    from hs_credit_desktop.services.workspace import open_workspace

    ws = open_workspace(create_practice(scratch / "练习台账"), system_clock())
    [(_, rounds)] = overview.rounds_by_notice(ws)
    facts = export.gather(ws, rounds[-1])
    ws.close()
    return {
        "report": execution_report(facts),
        "summary": stamped_summary(facts),
        "ledger": ledger_document(facts),
    }


def _pages(file: Path) -> list[Image.Image]:
    """The first pages and the last, in shades of grey with red kept."""
    count = page_count(file)
    wanted = sorted({*range(1, min(count, MOST - 1) + 1), count})
    return [_picture(file, number) for number in wanted]


def _picture(file: Path, number: int) -> Image.Image:
    [page] = page_images(file, DPI, first=number, last=number)
    return Image.frombytes("RGB", (page.width, page.height), page.rgb, "raw", "RGB", page.stride)


def _beside(pages: list[Image.Image]) -> Image.Image:
    gap = 8
    width = sum(page.width + gap for page in pages) + gap
    height = max(page.height for page in pages) + 2 * gap
    sheet = Image.new("RGB", (width, height), "#808080")
    left = gap
    for page in pages:
        sheet.paste(page, (left, gap))
        left += page.width + gap
    return sheet.quantize(64)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
