"""Word files made by hand from their parts, for tests."""

import io
import zipfile
from xml.sax.saxutils import escape

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def package(parts: dict[str, str | bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compress) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def root(tag: str, content: str) -> str:
    """A part with the namespaces of Word."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_NS}>{content}</w:{tag}>'


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; further parts by name (numbering, styles)."""
    files = {"word/document.xml": root("document", f"<w:body>{body}<w:sectPr/></w:body>")}
    return package({**files, **{f"word/{name}.xml": words for name, words in parts.items()}})


def p(text: str, properties: str = "") -> str:
    """A paragraph; its words in two runs."""
    half = len(text) // 2
    runs = "".join(
        f'<w:r><w:rPr/><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def tc(*paragraphs: str, properties: str = "") -> str:
    """A table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, paragraphs))}</w:tc>"


def tr(*cells: str) -> str:
    """A table row."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
