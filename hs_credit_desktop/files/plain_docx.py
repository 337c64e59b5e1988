"""Writes a plain Word document of paragraphs, as a unit might send instead of the form."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from hs_credit_desktop.files.form_docx import content_types, relations

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def write_paragraphs(paragraphs: Sequence[str]) -> bytes:
    """The document's bytes; a line feed inside a paragraph becomes a line break."""
    body = "".join(
        "<w:p><w:r>"
        + "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
        )
        + "</w:r></w:p>"
        for text in paragraphs
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", content_types("/word/document.xml"))
        package.writestr("_rels/.rels", relations((_DOCUMENT, "word/document.xml")))
        package.writestr(
            "word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>"
        )
    return target.getvalue()
