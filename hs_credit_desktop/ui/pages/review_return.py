"""The right pane of 审核: one return, its entries, two texts side by side, the decision."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.services.flagging import Other
from hs_credit_desktop.services.reviewing import QueueRow
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.lamps import SIGNS
from hs_credit_desktop.ui.models.review import (
    AGAIN,
    ENTRY_COLUMNS,
    EntryLine,
    flag_chips,
    icon_style,
)
from hs_credit_desktop.ui.models.review import SIGNS as FLAG_SIGNS
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.pages.review_reason import ReasonLine
from hs_credit_desktop.ui.widgets.banner import Banner
from hs_credit_desktop.ui.widgets.basics import label
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.compare import CompareView
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.review_cells import EntryDelegate
from hs_credit_desktop.ui.widgets.segments import Segments
from hs_credit_desktop.ui.widgets.table import RowsTable
from hs_credit_desktop.ui.widgets.tick import TickBox

MOST_CHIPS = 3
ENTRIES_WIDTH = 196
COMPARISONS = (
    ("上一轮", "与本单位上一轮的反馈对比"),
    ("上一版", "与本轮的上一版对比"),
    ("其他单位", "与同一措施其他单位的反馈对比"),
    ("通知原文", "与通知里这条措施的原文对比"),
)


class ReturnHead(QFrame):
    """Unit, lamp and flags; version, receipt and the last decision; what it is compared with."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneHead")
        self.unit = label("", theme.PAGE_TITLE, bold=True)
        self.lamp = Chip()
        self.chips = [Chip() for _ in range(MOST_CHIPS)]
        self.detail = ElidedLabel(1, theme.CAPTION, ink="text2")
        self.history = ElidedLabel(1, theme.CAPTION, ink="text2")
        self.how = Segments(COMPARISONS)
        self.peer = ComboBox("对比哪家单位")
        self.peer.setFixedWidth(232)
        self.paper = TickBox("纸质盖章件已收")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        second.setSpacing(theme.GAP)
        for widget in (self.unit, self.lamp, *self.chips):
            first.addWidget(widget)
        first.addStretch(1)
        first.addWidget(label("对比", theme.CAPTION, ink="text2"))
        first.addWidget(self.how)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.detail)
        words.addWidget(self.history)
        second.addLayout(words, 1)
        second.addWidget(self.paper)
        second.addWidget(self.peer)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING + 2, 8, theme.PADDING, 6)
        column.setSpacing(2)
        column.addLayout(first)
        column.addLayout(second)

    def show_return(self, row: QueueRow, lamp: Lamp, detail: str, history: Sequence[str]) -> None:
        """Show a return; history: decisions so far, the last one first."""
        self.unit.setText(row.expected.unit_name)
        sign = SIGNS[lamp]
        self.lamp.show_text(lamp.word, sign.ink, icon=sign.name, style=sign.style)
        self.show_flags(row)
        self.detail.setText(detail)
        self.history.setVisible(bool(history))
        if history:
            more = f"（共 {len(history)} 次）" if len(history) > 1 else ""
            self.history.setText(history[0] + more)
            self.history.setToolTip("\n".join(history))

    def show_flags(self, row: QueueRow) -> None:
        """Show what is known to be noticed about the return."""
        found = flag_chips(row.flags) + ([AGAIN] if row.resubmission else [])
        for place, chip in enumerate(self.chips):
            chip.setVisible(place < len(found))
            if place < len(found):
                what = found[place]
                style = icon_style(what.icon)
                chip.show_text(what.text, what.ink, icon=what.icon, style=style)

    def show_peers(self, peers: Sequence[Other], every: int) -> None:
        """Offer other units to compare with, the most alike first, of so many as there are."""
        self.peer.clear()
        for other in peers:
            self.peer.addItem(f"{other.unit_name}　相似度 {other.alike:.2f}", other.id)
        more = f"同一措施有 {every} 家单位的反馈，这里是最相近的 {len(peers)} 家"
        self.peer.setToolTip(more if every > len(peers) else "")

    def show_paper(self, came: date | None, locked: str) -> None:
        """Tick whether the stamped paper copy came, with its day in the tooltip."""
        self.paper.setChecked(came is not None)
        self.paper.setEnabled(not locked)
        day = f"{came.month}月{came.day}日收到" if came else "收到盖章的纸质件后在这里打钩"
        self.paper.setToolTip(locked or day)


class ReturnPane(QFrame):
    """A return with its entries.

    entry_moved: id of the entry that is current; compared: another comparison or another unit.
    """

    entry_moved = Signal(str)
    compared = Signal()

    def __init__(self, reason: ReasonLine) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAccessibleName("报送件")
        self.head = ReturnHead()
        self.model: RowsModel[EntryLine] = RowsModel(ENTRY_COLUMNS, self)
        self.entries = RowsTable("措施")
        self.banner, self.texts = Banner(), CompareView()
        self._filling = False
        self.reason = reason
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.entries.setItemDelegate(EntryDelegate(self.entries))
        self.entries.horizontalHeader().hide()
        self.entries.show_model(self.model)
        self.entries.setFixedWidth(ENTRIES_WIDTH)
        self.entries.moved.connect(self._moved)
        edge = QFrame()
        edge.setObjectName("line")
        edge.setFixedWidth(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.texts, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.entries)
        middle.addWidget(edge)
        middle.addLayout(right, 1)
        column.addWidget(self.head)
        column.addLayout(middle, 1)
        column.addWidget(self.reason)
        self.head.how.chosen.connect(lambda _place: self.compared.emit())
        self.head.peer.activated.connect(lambda _place: self.compared.emit())

    def show_lines(self, lines: Sequence[EntryLine]) -> None:
        """List the entries."""
        self._filling = True
        self.model.show_rows(lines)
        self._filling = False

    def choose(self, entry_id: str) -> None:
        """Make an entry the current one, without saying that it moved."""
        self._filling = True
        self.entries.select(entry_id)
        self._filling = False

    def _moved(self, row_id: str) -> None:
        if not self._filling:
            self.entry_moved.emit(row_id)

    def line(self) -> EntryLine | None:
        """The entry that is current."""
        row = self.model.row_of(self.entries.current_id())
        return self.model.rows[row] if row >= 0 else None

    def show_waiting(self) -> None:
        """Say above the texts that the return is still being looked at."""
        self.banner.show_words("正在逐条比对，有需要看的会标出来", "info", "text2")

    def show_flags(self, line: EntryLine) -> None:
        """Say above the texts what was noticed about the entry."""
        words = " ".join(flag.text for flag in line.flags)
        kinds = [kind for kind in FLAG_SIGNS if any(flag.kind is kind for flag in line.flags)]
        icon, ink, style = FLAG_SIGNS[kinds[0]] if kinds else ("info", "text2", "regular")
        self.banner.show_words(words, icon, ink, style)
