"""Reads a notice file into words: .txt, .docx, .pdf, old Word files; says why it cannot."""

import codecs
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files import convert
from hs_credit_desktop.files.docx_text import docx_text
from hs_credit_desktop.files.guard import is_old_office, read_bytes, refuse_old_office
from hs_credit_desktop.files.pdf_text import pdf_text

_OTHERS = {
    ".doc": "旧版 Word 文档",
    ".wps": "WPS 文字文档",
    ".rtf": "RTF 文档",
    ".odt": "OpenDocument 文档",
    ".docm": "带宏的 Word 文档",
    ".ofd": "OFD 版式文件",
    ".xlsx": "Excel 工作簿",
    ".xls": "Excel 工作簿",
    ".et": "WPS 表格",
    ".jpg": "图片",
    ".png": "图片",
}
MAX_CHARACTERS = 200_000
# Read as they are; read by way of an installed LibreOffice, else refused with what to do.
READ = (".docx", ".pdf", ".txt")
CONVERTED = (".doc", ".wps", ".rtf", ".odt")
_SAVE_AS = "请用 Word 或 WPS 打开，另存为“.docx”后再试；没有写入任何内容。"
_SIGNS = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"{\\rtf", "RTF 文档"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class SourceText:
    """A notice file: its name, format, SHA-256 (hex), bytes as stored, and words.

    format: txt, docx, pdf, or the suffix of an old Word file that an office suite converted.
    """

    name: str
    format: str
    sha256: str
    data: bytes
    text: str


def read(path: Path) -> SourceText:
    """Reads a notice file. UserError for what is empty, damaged, protected, too large, no text."""
    data = read_bytes(path)
    text, form = _words(path.name, path.suffix.lower(), data)
    if len(text) > MAX_CHARACTERS:
        raise UserError(
            f"“{path.name}”的文字太多", "不像一份通知，没有读取，请核对是否选错了文件。"
        )
    if not text.strip():
        raise UserError(f"“{path.name}”里没有文字", "可能是扫描件，请先转成文字再试。")
    return SourceText(path.name, form, sha256(data).hexdigest(), data, text)


def _words(name: str, suffix: str, data: bytes) -> tuple[str, str]:
    """The words of a file and its format, by its content before its name."""
    if data.startswith(b"%PDF") or suffix == ".pdf":
        return pdf_text(name, data), "pdf"
    if suffix in CONVERTED and (made := _converted(suffix, data)):
        return docx_text(name, made), suffix[1:]
    kind = _OTHERS.get(suffix)
    refuse_old_office(name, data)
    kind = kind or next((kind for sign, kind in _SIGNS if data.startswith(sign)), None)
    if kind:
        raise UserError(f"“{name}”是{kind}，不能直接读取", _SAVE_AS)
    if data.startswith(b"PK\x03\x04") or suffix == ".docx":
        return docx_text(name, data), "docx"
    return _decoded(name, data), "txt"


def _converted(suffix: str, data: bytes) -> bytes | None:
    """An old Word file as .docx; None for other things under such a name, or without an office."""
    known = is_old_office(data) or data.startswith((b"{\\rtf", b"PK\x03\x04"))
    return convert.as_docx(suffix, data) if known else None


def _decoded(name: str, data: bytes) -> str:
    """The words of a text file: marked encodings first, then UTF-8, then GB18030."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as_text(name, data.removeprefix(mark), (encoding,))
    return _as_text(name, data, ("utf-8", "gb18030"))


def _as_text(name: str, data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _readable(text):
            return text
    raise UserError(
        f"“{name}”不是文字文件", "内容无法识别，请用 Word 或 WPS 打开，另存为“.docx”后再试。"
    )


def _readable(text: str) -> bool:
    """Whether decoded words are text: no NUL, hardly any control or private characters."""
    odd = sum(_odd(char) for char in text)
    return "\x00" not in text and odd * 100 <= len(text)


def _odd(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or (char < " " and char not in "\t\n\r\f\v")
