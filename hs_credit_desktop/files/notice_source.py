"""Reads a notice file into words: .txt in any usual encoding, .docx; says why it cannot."""

import codecs
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.docx_text import docx_text
from hs_credit_desktop.files.guard import read_bytes, refuse_old_office

_OTHERS = {
    ".doc": "旧版 Word 文档",
    ".wps": "WPS 文字文档",
    ".rtf": "RTF 文档",
    ".odt": "OpenDocument 文档",
    ".docm": "带宏的 Word 文档",
    ".ofd": "OFD 版式文件",
    ".pdf": "PDF 文件",
    ".xlsx": "Excel 工作簿",
    ".xls": "Excel 工作簿",
    ".et": "WPS 表格",
    ".jpg": "图片",
    ".png": "图片",
}
MAX_CHARACTERS = 200_000
_SAVE_AS = "请用 Word 或 WPS 打开，另存为“.docx”后再试；没有写入任何内容。"
_SIGNS = (
    (b"%PDF", "PDF 文件"),
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
    """A notice file: its name, format (txt or docx), SHA-256 (hex), bytes as stored, and words."""

    name: str
    format: str
    sha256: str
    data: bytes
    text: str


def read(path: Path) -> SourceText:
    """Reads a notice file. UserError for what is empty, damaged, protected, too large, no text."""
    data = read_bytes(path)
    kind = _OTHERS.get(path.suffix.lower())
    refuse_old_office(path.name, data)
    kind = kind or next((kind for sign, kind in _SIGNS if data.startswith(sign)), None)
    if kind:
        raise UserError(f"“{path.name}”是{kind}，不能直接读取", _SAVE_AS)
    if data.startswith(b"PK\x03\x04") or path.suffix.lower() == ".docx":
        text, form = docx_text(path.name, data), "docx"
    else:
        text, form = _decoded(path.name, data), "txt"
    if len(text) > MAX_CHARACTERS:
        raise UserError(
            f"“{path.name}”的文字太多", "不像一份通知，没有读取，请核对是否选错了文件。"
        )
    if not text.strip():
        raise UserError(f"“{path.name}”里没有文字", "可能是扫描件，请先转成文字再试。")
    return SourceText(path.name, form, sha256(data).hexdigest(), data, text)


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
