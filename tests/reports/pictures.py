"""A picture of every paper: python -m tests.reports.pictures [FOLDER]; default docs/pictures.

The first pages and the last side by side, small and grey enough to be kept. Papers of a round come
from the practice ledger, whose texts are invented.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from hs_credit_desktop.domain.summary import RoundFacts
from hs_credit_desktop.reports.content import Document
from hs_credit_desktop.reports.execution import execution_report
from hs_credit_desktop.reports.ledger import ledger_document
from hs_credit_desktop.reports.pages import page_count, page_images
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.sheets import ledger_sheets, workbook_title
from hs_credit_desktop.reports.stamped import stamped_summary
from hs_credit_desktop.reports.xlsx import render_xlsx
from tests.reports.paper_samples import papers

ROOT = Path(__file__).resolve().parent.parent.parent
DPI = 60
MOST = 4  # pages of a paper in its picture


def main(folder: Path) -> None:
    """Take all pictures; prints the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        facts = _practice(Path(scratch))
        made = {**papers(), **_of_practice(facts)}
        _workbook(facts, Path(scratch), folder)
        for name, document in made.items():
            file = Path(scratch) / f"{name}.pdf"
            render_pdf(document, file)
            target = folder / f"paper-{name}.png"
            _beside(_pages(file)).save(target, optimize=True)
            print(target.name)


def _practice(scratch: Path) -> RoundFacts:
    from hs_credit_desktop.clock import system_clock
    from hs_credit_desktop.services import export, overview
    from hs_credit_desktop.services.practice import create_practice
    from hs_credit_desktop.services.workspace import open_workspace

    ws = open_workspace(create_practice(scratch / "练习台账"), system_clock())
    [(_, rounds)] = overview.rounds_by_notice(ws)
    facts = export.gather(ws, rounds[-1])
    ws.close()
    return facts


def _of_practice(facts: RoundFacts) -> dict[str, Document]:
    return {
        "report": execution_report(facts),
        "summary": stamped_summary(facts),
        "ledger": ledger_document(facts),
    }


def _workbook(facts: RoundFacts, scratch: Path, folder: Path) -> None:
    """The first page and the last three of the workbook as LibreOffice prints it, if it is here."""
    office = shutil.which("soffice")
    if not office:
        return
    render_xlsx(ledger_sheets(facts), scratch / "book.xlsx", workbook_title(facts))
    command = [office, f"-env:UserInstallation=file://{scratch}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(scratch), str(scratch / "book.xlsx")]
    subprocess.run(command, check=True, capture_output=True)
    count = page_count(scratch / "book.pdf")
    pages = [_picture(scratch / "book.pdf", at) for at in (1, count - 2, count - 1, count)]
    _beside(pages).save(folder / "paper-workbook.png", optimize=True)
    print("paper-workbook.png")


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
