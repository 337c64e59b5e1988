"""One side of a comparison: read-only text that can be copied, with what differs marked."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from hs_credit_desktop.domain.differences import Span
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.part_edit import utf16

LINE_HEIGHT = 140.0  # per cent
_ENDS = "。；！？\n"


class Side(StrEnum):
    """Which of the two texts."""

    OLD = "old"
    NEW = "new"


class DiffText(QTextEdit):
    """Additions underlined, what is gone struck, changed figures bold: never by colour alone."""

    def __init__(self, side: Side, name: str) -> None:
        super().__init__()
        self._side, self._starts = side, list[tuple[int, int]]()
        self._marked = 0
        self.setObjectName(f"compare_{side.value}")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(8)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 20)

    def sizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())

    def needed(self, width: int) -> int:
        """Height in logical pixels at that width."""
        self.document().setTextWidth(width)
        return round(self.document().size().height()) + 2

    def show_spans(
        self, found: Sequence[Span], empty: str, *, calm: bool = True, figure: str = ""
    ) -> None:
        """Show this side of the spans; calm: sentences without a change stand back in grey.

        empty: what stands for a text that says nothing; figure: mark the only span as a figure.
        """
        own = [span.old if self._side is Side.OLD else span.new for span in found]
        text = "".join(own)
        self.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(block)
        self._starts = []
        if not text.strip():
            cursor.insertText(empty, _format("text3"))
        lively = _changed_sentences(found, own)
        at = 0
        for span, words in zip(found, own, strict=True):
            self._starts.append((utf16(text, at), utf16(text, at + len(words))))
            if span.same:
                _insert_same(cursor, words, at, lively, calm=calm)
            else:
                cursor.insertText(words, self._changed_format(span, figure))
            at += len(words)

    def _changed_format(self, span: Span, figure: str) -> QTextCharFormat:
        if figure == "figure" or span.figure:
            made = _format("back", ground="back_s")
            made.setFontWeight(QFont.Weight.Bold)
            made.setFontStrikeOut(self._side is Side.OLD)
            return made
        if self._side is Side.OLD:
            made = _format("bad", ground="bad_s")
            made.setFontStrikeOut(True)
            return made
        made = _format("ok", ground="ok_s")
        made.setFontUnderline(True)
        return made

    def mark(self, place: int | None) -> None:
        """Frame the span at `place` as the one that is looked at; None: no span of this text."""
        marks = []
        if place is not None and place < len(self._starts):
            start, end = self._starts[place]
            self._marked = start
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark = QTextEdit.ExtraSelection()
            look = _format("mark_text", ground="mark")
            mark.format, mark.cursor = look, cursor  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    def marked_at(self) -> int:
        """Position of the span that was marked last."""
        return self._marked


def _format(ink: str, *, ground: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(getattr(theme.current(), ink)))
    if ground:
        made.setBackground(QColor(getattr(theme.current(), ground)))
    return made


def _changed_sentences(found: Sequence[Span], own: Sequence[str]) -> list[tuple[int, int]]:
    """(start, end) of each sentence of this side in which something differs."""
    text = "".join(own)
    ranges, at = [], 0
    for span, words in zip(found, own, strict=True):
        if not span.same:
            start = max((text.rfind(sign, 0, at) for sign in _ENDS), default=-1) + 1
            ends = [text.find(sign, max(at + len(words) - 1, at)) for sign in _ENDS]
            ranges.append((start, min((end for end in ends if end >= 0), default=len(text)) + 1))
        at += len(words)
    return ranges


def _insert_same(
    cursor: QTextCursor, words: str, at: int, lively: Sequence[tuple[int, int]], *, calm: bool
) -> None:
    """Insert a run that is the same in both; what stands in a changed sentence is in full ink."""
    edges = {at, at + len(words)}
    edges |= {edge for pair in lively for edge in pair if at < edge < at + len(words)}
    marks = sorted(edges)
    for start, end in pairwise(marks):
        inside = any(first <= start < last for first, last in lively)
        ink = "text" if inside or not calm else "text3"
        cursor.insertText(words[start - at : end - at], _format(ink))
