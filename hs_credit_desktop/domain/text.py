"""Plain-text rules shared by all: Chinese numerals, clean text, abbreviations of long texts."""

import re
import unicodedata

DIGITS = "零一二三四五六七八九"
CHINESE_NUMBER = "[零〇一二三四五六七八九十]+"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {
    code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_ANY_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


def chinese_number(number: int) -> str:
    """1–99 in Chinese numerals as headings count: 1 → 一, 10 → 十, 24 → 二十四."""
    if not 0 < number < 100:
        raise ValueError(f"headings count from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def parse_chinese_number(numeral: str) -> int:
    """The number a heading shows, 1–99; 十一 → 11, 二十 → 20. ValueError when it is none."""
    match = re.fullmatch(r"(?:([二三四五六七八九])?(十))?([一二三四五六七八九])?", numeral)
    if not match or not numeral:
        raise ValueError(f"not a heading number: {numeral!r}")
    tens, has_ten, ones = match.groups()
    value = (DIGITS.index(tens) if tens else 1) * 10 if has_ten else 0
    return value + (DIGITS.index(ones) if ones else 0)


def narrow(text: str) -> str:
    """Full-width digits and Latin letters as half-width ones; Chinese punctuation stays."""
    return text.translate(_WIDE) if _ANY_WIDE.search(text) else text  # few texts have any


def clean(text: str) -> str:
    """Text as a clerk means it: no control, zero-width or broken characters, LF line ends.

    Composed (NFC). Runs of blanks inside a line become one, line ends and outer blanks go;
    paragraphs stay.
    """
    if text.isprintable() and "  " not in text and text == text.strip(" "):  # one clean line
        return unicodedata.normalize("NFC", text)
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (_SPACES.sub(" ", _CONTROL.sub("", line)).strip() for line in lines.split("\n"))
    return "\n".join(kept).strip("\n")


def excerpt(text: str, length: int) -> str:
    """The first `length` characters of the text on one line, with … where it was cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
