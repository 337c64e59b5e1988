"""Tells what a file is by its content, never by its name; what to do with kinds not read."""

import io
import zipfile
from enum import StrEnum

from hs_credit_desktop.files.guard import MAX_PARTS


class Content(StrEnum):
    """What the bytes are."""

    XLSX = "xlsx"
    OLD_SHEET = "old_sheet"
    DOCX = "docx"
    ZIP = "zip"
    MAIL = "mail"
    TEXT = "text"
    PDF = "pdf"
    SCAN = "scan"
    ENCRYPTED = "encrypted"
    OLD_WORD = "old_word"
    OUTLOOK = "outlook"
    ARCHIVE = "archive"
    RICH_TEXT = "rich_text"
    OTHER_OFFICE = "other_office"
    WEB_PAGE = "web_page"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNS = (
    (b"%PDF", Content.PDF),
    (b"\x89PNG", Content.SCAN),
    (b"\xff\xd8\xff", Content.SCAN),
    (b"GIF8", Content.SCAN),
    (b"BM", Content.SCAN),
    (b"II*\x00", Content.SCAN),
    (b"MM\x00*", Content.SCAN),
    (b"Rar!", Content.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Content.ARCHIVE),
    (b"\x1f\x8b", Content.ARCHIVE),
    (b"{\\rtf", Content.RICH_TEXT),
)
_PARTS = {
    "xl/workbook.xml": Content.XLSX,
    "word/document.xml": Content.DOCX,
    "mimetype": Content.OTHER_OFFICE,
    "xl/workbook.bin": Content.OTHER_OFFICE,
    "ppt/presentation.xml": Content.OTHER_OFFICE,
    "OFD.xml": Content.OTHER_OFFICE,
}
_MAIL_HEADS = (
    b"received:",
    b"from:",
    b"return-path:",
    b"date:",
    b"message-id:",
    b"subject:",
    b"mime-version:",
    b"delivered-to:",
    b"x-",
    b"to:",
    b"content-type:",
)
# What the clerk can do about a kind that is not read; the original is kept all the same.
ADVICE = {
    Content.ENCRYPTED: "这个文件设有打开密码，请来件单位取消密码后重新发来。",
    Content.OLD_WORD: "这是旧版 Word 或 WPS 文字文档，请打开后另存为“.docx”，再拖进来。",
    Content.OUTLOOK: "这是 Outlook 邮件，请打开后另存附件，或另存为“.eml”，再拖进来。",
    Content.ARCHIVE: "这种压缩包不能直接读取，请先解压，再把解压出来的文件拖进来。",
    Content.RICH_TEXT: "这是 RTF 文档，请用 Word 或 WPS 打开，另存为“.docx”，再拖进来。",
    Content.OTHER_OFFICE: "这种格式不能直接读取，请打开后另存为“.xlsx”或“.docx”，再拖进来。",
    Content.WEB_PAGE: "这其实是网页文件，请用 Excel 或 WPS 打开，另存为“.xlsx”后再拖进来。",
    Content.EMPTY: "这是空文件，请核对是否发错，并请来件单位重新发来。",
    Content.UNKNOWN: "没有认出这是什么文件，请核对是否发错。",
}


def content_of(data: bytes) -> Content:
    """The kind of a file from its first bytes and, for packages, from the parts it names."""
    if not data.strip(b"\x00 \t\r\n"):
        return Content.EMPTY
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"PK"):
        return _package(data)
    if data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypheix") or data[8:12] == b"WEBP":
        return Content.SCAN
    sign = next((kind for mark, kind in _SIGNS if data.startswith(mark)), None)
    return sign or _words(data)


def _compound(data: bytes) -> Content:
    """Old Office files, encrypted new ones and Outlook mails share one container."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return Content.ENCRYPTED
    if holds("__substg1.0"):
        return Content.OUTLOOK
    if holds("Workbook") or holds("Book\x00"):
        return Content.OLD_SHEET
    return Content.OLD_WORD if holds("WordDocument") else Content.OTHER_OFFICE


def _package(data: bytes) -> Content:
    if data.count(b"PK\x01\x02") > MAX_PARTS:  # no document: whoever opens the zip refuses it
        return Content.ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.NameToInfo
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Content.UNKNOWN
    return next((kind for part, kind in _PARTS.items() if part in parts), Content.ZIP)


def _words(data: bytes) -> Content:
    head = data[:4000].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n ").lower()
    if head.startswith(_MAIL_HEADS) and b"\n" in head and b":" in head.split(b"\n", 1)[0]:
        return Content.MAIL if _has_mail_heads(head) else Content.TEXT
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return Content.WEB_PAGE
    if head.startswith(b"<?xml"):
        return Content.OTHER_OFFICE
    return Content.TEXT if decoded(data) is not None else Content.UNKNOWN


def _has_mail_heads(head: bytes) -> bool:
    names = {line.split(b":", 1)[0] for line in head.split(b"\n") if b":" in line}
    return (
        len(
            names
            & {
                b"from",
                b"date",
                b"subject",
                b"to",
                b"mime-version",
                b"received",
                b"message-id",
                b"content-type",
            }
        )
        >= 2
    )


def decoded(data: bytes) -> str | None:
    """The words of a text file: marked encodings, UTF-8, then GB18030; None when it is none."""
    marks = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
    for mark, encoding in marks:
        if data.startswith(mark):
            return _readable(data.removeprefix(mark), encoding)
    return _readable(data, "utf-8") or _readable(data, "gb18030")


def _readable(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = sum(
        (char < " " and char not in "\t\n\r\f\v") or "\ue000" <= char <= "\uf8ff"
        for char in text[:20000]
    )
    return text if odd * 100 <= min(len(text), 20000) and "\x00" not in text else None
