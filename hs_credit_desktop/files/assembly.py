"""Puts a reading together: answers or free paragraphs, codes with their places, who wrote it."""

import re
from collections.abc import Iterable

from hs_credit_desktop.domain.reading import FileKind, Finding, FindingKind, Reading
from hs_credit_desktop.files.table import Table

MAX_PARAGRAPHS = 2_000
_CODE_HINT = re.compile("[HhＨｈ][SsＳｓ]")
_OPENING_LINES, _OPENING_LENGTH = 6, 60


def code_hints(places: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Only the words around a possible code are kept of each place."""
    return tuple(
        (place, text[max(match.start() - 1, 0) : match.start() + 90])
        for place, text in places
        for match in list(_CODE_HINT.finditer(text))[:20]
    )


def assemble(
    kind: FileKind,
    table: Table | None,
    paragraphs: tuple[str, ...],
    codes: tuple[tuple[str, str], ...],
) -> Reading:
    """A reading from a table of answers, or from free paragraphs when there is none."""
    head = [text for text in paragraphs[:_OPENING_LINES] if len(text) <= _OPENING_LENGTH]
    tail = [text for text in paragraphs[-_OPENING_LINES:] if len(text) <= _OPENING_LENGTH]
    opening = "\n".join(dict.fromkeys(head + tail))
    rows = tuple(table.rows) if table else ()
    footer = table.footer if table else {}
    findings = list(table.findings) if table else []
    if len(paragraphs) > MAX_PARAGRAPHS:
        words = f"文字太多，只读取了前 {MAX_PARAGRAPHS} 段，请核对原件。"
        findings.append(Finding(FindingKind.CUT, "文件", words))
    return Reading(
        kind,
        rows,
        () if table else paragraphs[:MAX_PARAGRAPHS],
        codes,
        unit_words=_unit_words(paragraphs),
        opening=opening,
        filled_by=footer.get("filled_by", ""),
        phone=footer.get("phone", ""),
        checked_by=footer.get("checked_by", ""),
        findings=tuple(findings),
    )


_UNIT = re.compile(r"(?:报送单位|填报单位|单位名称|单位)\s*[:：]\s*([^\s│|，,。；;]{2,40})")


def _unit_words(paragraphs: tuple[str, ...]) -> str:
    """What stands after 报送单位： or 填报单位：, as written."""
    found = (_UNIT.search(text) for text in paragraphs[:_OPENING_LINES])
    return next((match[1] for match in found if match), "")
