"""问题与提示: what was noticed about a file, what stops it apart from what is only said."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hs_credit_desktop.domain.reading import Finding, Weight
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import label, line
from hs_credit_desktop.ui.widgets.states import Glyph

_SIGNS = {
    Weight.STOPS: ("warning", "bad", "filled"),
    Weight.ASKS: ("warning", "warn", "filled"),
    Weight.REMARK: ("info", "accent", "regular"),
}
_ORDER = tuple(_SIGNS)
# Logical pixels of the head and of one item; how many are in sight without scrolling.
HEAD, ITEM, MOST = 36, 52, 3


class Findings(QWidget):
    """A head with the count, then one item a finding: glyph, what, and the sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.count = label("", theme.CAPTION, ink="text2")
        self.area, self._list = QScrollArea(), QVBoxLayout()
        head = QHBoxLayout()
        head.setContentsMargins(theme.PADDING, 8, theme.PADDING, 4)
        head.setSpacing(theme.GAP)
        head.addWidget(label("问题与提示", theme.PANE_TITLE, bold=True))
        head.addWidget(self.count)
        head.addStretch(1)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 4)
        self._list.setSpacing(0)
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("问题与提示")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line())
        column.addLayout(head)
        column.addWidget(self.area, 1)
        self.shown: tuple[Finding, ...] = ()

    def show_findings(self, found: Sequence[Finding], calm: str) -> None:
        """List findings, the weightiest first; calm: the sentence when there are none."""
        self.shown = tuple(sorted(found, key=lambda item: _ORDER.index(item.kind.weight)))
        stops = sum(item.kind.weight is Weight.STOPS for item in found)
        words = f"{stops} 项妨碍登记" if stops else "均不妨碍登记"
        self.count.setText(f"{len(found)} 项，{words}" if found else calm)
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for finding in self.shown:
            self._list.addWidget(_Item(finding))
        self._list.addStretch(1)
        self.setFixedHeight(HEAD + ITEM * min(max(len(self.shown), 1), MOST))


class _Item(QFrame):
    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.setObjectName("paneHead")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 5, theme.PADDING, 5)
        row.setSpacing(theme.GAP)
        icon, ink, style = _SIGNS[finding.kind.weight]
        row.addWidget(Glyph(icon, ink, 16, style), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        name = finding.kind.label
        where = f"{name} · {finding.where}" if finding.where not in ("文件", name) else name
        text = label(finding.text, theme.CAPTION, ink="text2")
        text.setWordWrap(True)
        words.addWidget(label(where, bold=True))
        words.addWidget(text)
        row.addLayout(words, 1)
