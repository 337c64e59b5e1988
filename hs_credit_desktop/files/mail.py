"""Reads a mail: when it was sent, by whom, attachments and own text, in any usual encoding."""

import email.header
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from html.parser import HTMLParser

from hs_credit_desktop.clock import CHINA

MAX_PARTS = 500
_CHARSETS = ("utf-8", "gb18030")
_SMALL_PICTURE = 40_000
_SKIPPED_TAGS = {"style", "script", "head"}


@dataclass(frozen=True)
class Attached:
    """One attachment: its name as the sender wrote it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Mail:
    """A mail as read. sent_at: aware, in UTC+8, None when its header is missing or senseless."""

    subject: str
    sender: str
    sent_at: datetime | None
    text: str
    attachments: tuple[Attached, ...]
    ignored: tuple[str, ...]


def read_mail(data: bytes) -> Mail:
    """The parts of a mail that matter; broken headers cost their words, never the mail."""
    message = message_from_bytes(data, policy=policy.compat32)
    attachments: list[Attached] = []
    ignored: list[str] = []
    plain: list[str] = []
    pages: list[str] = []
    for part in list(_leaves(message))[:MAX_PARTS]:
        name, body = _name(part), _body(part)
        kind = part.get_content_type()
        if _decoration(part, body):
            ignored.append(name or "正文图片")
        elif name or kind == "message/rfc822" or not kind.startswith(("text/", "multipart/")):
            if body.strip():
                attachments.append(Attached(name or _nameless(kind), body))
        else:
            words = _decoded(body, part.get_content_charset())
            (pages if kind == "text/html" else plain).append(words)
    text = (
        "\n".join(plain) if any(words.strip() for words in plain) else page_text("\n".join(pages))
    )
    return Mail(
        header_words(message.get("Subject")),
        header_words(message.get("From")),
        _sent_at(message),
        text,
        tuple(attachments),
        tuple(ignored),
    )


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something; a mail forwarded as attachment is one part."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        _mend_headers(part)
        if part.get_content_type() != "message/rfc822" and part.is_multipart():
            waiting = _inner(part) + waiting
        else:
            yield part


def _mend_headers(part: Message) -> None:
    """Raw bytes in headers, which no rule allows but many senders write, become their words."""
    for name, value in list(part.raw_items()):
        if isinstance(value, str) and not value.isascii():
            words = _text_of(value)
            del part[name]
            part[name] = words


def _inner(part: Message) -> list[Message]:
    return [item for item in part.get_payload() if isinstance(item, Message)]


def _body(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return b"".join(item.as_bytes() for item in _inner(part)[:1])
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _nameless(kind: str) -> str:
    return "转发的邮件.eml" if kind == "message/rfc822" else "未命名附件"


def _decoration(part: Message, body: bytes) -> bool:
    """A small picture that belongs to the text, such as a signature's emblem."""
    picture = part.get_content_maintype() == "image" and part.get("Content-ID") is not None
    attached = part.get_content_disposition() == "attachment"
    return picture and not attached and len(body) < _SMALL_PICTURE


def _name(part: Message) -> str:
    """The attachment's name by Content-Disposition or Content-Type: RFC 2231, 2047, raw bytes."""
    for header, key in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        value = part.get_param(key, header=header)
        if value:
            return header_words(email.utils.collapse_rfc2231_value(value))
    return ""


def header_words(value: object) -> str:
    """A header as a person reads it: encoded words decoded, raw bytes as UTF-8 or GB18030."""
    if value is None:
        return ""
    raw = re.sub(r"\?=\s+=\?", "?==?", str(value).replace("\r", "").replace("\n", ""))
    try:
        parts = email.header.decode_header(raw)
    except (email.errors.HeaderParseError, ValueError):
        return _text_of(raw)
    words = [
        _decoded(words, charset) if isinstance(words, bytes) else _text_of(words)
        for words, charset in parts
    ]
    return "".join(words).strip()


def _text_of(words: str) -> str:
    """A header that was not encoded; bytes beyond ASCII stand in it as surrogates."""
    return _decoded(words.encode("utf-8", "surrogateescape"), None)


def _decoded(data: bytes, charset: str | None) -> str:
    """Text in its named charset (GB2312 read as its superset), else UTF-8, else GB18030."""
    named = {"gb2312": "gb18030", "gbk": "gb18030", "unknown-8bit": "utf-8"}.get(
        charset or "", charset
    )
    for encoding in (*((named,) if named else ()), *_CHARSETS):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("gb18030", "replace")


def _sent_at(message: Message) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(str(message.get("Date")))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(CHINA)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


class _Page(HTMLParser):
    """The words of a page: a row a line, cells parted by tabs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipping = 0
        self.in_cell = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 — the parser's signature
        """Line ends where a block begins; inside a cell blocks stay on its line."""
        if tag in _SKIPPED_TAGS:
            self.skipping += 1
        elif tag in ("td", "th"):
            self.in_cell += 1
        elif tag == "tr" or (tag in ("p", "br", "div", "li") and not self.in_cell):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A cell ends with a tab."""
        if tag in _SKIPPED_TAGS:
            self.skipping = max(self.skipping - 1, 0)
        elif tag in ("td", "th"):
            self.in_cell = max(self.in_cell - 1, 0)
            self.parts.append("\t")

    def handle_data(self, data: str) -> None:
        """Words, with their own line ends as blanks."""
        if not self.skipping:
            self.parts.append(re.sub(r"\s+", " ", data))


def page_text(page: str) -> str:
    """The words of an HTML page."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return "".join(reader.parts).strip("\n")
