"""A PDF with a text layer, set as a unit would print it: a grid of full lines, indented starts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

CHARACTERS, SIZE, LEADING = 28, 16, 28


def paper(paragraphs: Sequence[str]) -> bytes:
    """The paragraphs in lines of 28 characters, two characters in, over as many pages as needed."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    at = A4[1]
    for paragraph in paragraphs:
        words = f"　　{paragraph}"
        for start in range(0, len(words), CHARACTERS):
            at -= LEADING
            if at < 72:
                canvas.showPage()
                at = A4[1] - LEADING
            canvas.setFont("STSong-Light", SIZE)
            canvas.drawString(72, at, words[start : start + CHARACTERS])
    canvas.save()
    return made.getvalue()
