"""Pages drawn by hand for tests of what is read back: good ones, and ones with a planted fault."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import Piece, Style, typeset
from hs_credit_desktop.reports.ink import draw_row
from hs_credit_desktop.reports.page import A4_HEIGHT, A4_WIDTH, MM, STANDARD

FULL = "信用建设责任单位社会体系数据共享" * 2
LINE = FULL[:28]


@dataclass(frozen=True)
class Drawn:
    """Where and how lines are drawn; the defaults are the standard's."""

    left: tuple[float, float] = (28.0, 26.0)
    top: float = 37.0
    number: str = "— {0} —"
    number_below: float = 7.0
    mirrored: bool = True
    size: tuple[float, float] = (A4_WIDTH, A4_HEIGHT)


def style(face: Face = Face.BODY, size: float = 16) -> Style:
    """A style that never breaks a line."""
    return Style(face, size, STANDARD.pitch if size == 16 else size, STANDARD.leading, align="left")


def draw(file: Path, pages: Sequence[Sequence[str]], how: Drawn | None = None) -> Path:
    """Each text a line from the top: blank ones stay free, 　　 indents, # makes a title."""
    how = how or Drawn()
    fonts.register()
    canvas = Canvas(str(file), pagesize=how.size, initialFontName="GWFang", invariant=1)
    for number, lines in enumerate(pages, 1):
        left = how.left[(number + 1) % 2] * MM
        for at, line in enumerate(lines):
            y = how.size[1] - how.top * MM - at * STANDARD.leading
            _draw(canvas, line, left, y)
        _number(canvas, number, how)
        canvas.showPage()
    canvas.save()
    return file


def _draw(canvas: Canvas, line: str, left: float, y: float) -> None:
    indent = len(line) - len(line.lstrip("　"))
    words = line.lstrip("　")
    made = style(Face.TITLE, 22) if words.startswith("#") else style()
    for row in typeset([Piece(words.removeprefix("#"))], made, 9999):
        draw_row(canvas, row, left + indent * STANDARD.pitch, y - row.baseline)


def _number(canvas: Canvas, number: int, how: Drawn) -> None:
    [row] = typeset([Piece(how.number.format(number))], style(Face.SONG, 14), 9999)
    odd = bool(number % 2) == how.mirrored
    if row.runs:
        x = how.left[0] * MM + (380 if odd else 14)
        draw_row(canvas, row, x, (35 - how.number_below) * MM - 0.38 * 14)
