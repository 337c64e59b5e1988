"""The middle pane of the doubts desk: what was read, as a tree; chips where something is open."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from hs_credit_desktop.domain.draft import DraftNotice
from hs_credit_desktop.domain.marking import Stretch, line_stretch
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.roles import Index
from hs_credit_desktop.ui.widgets.basics import Pane
from hs_credit_desktop.ui.widgets.cells import (
    ink_on,
    is_selected,
    paint_ground,
    paint_text,
    rect_of,
)
from hs_credit_desktop.ui.widgets.chips import chip_width, paint_chip

_COUNT, _CHIP, _PLACE = (Qt.ItemDataRole.UserRole + number for number in range(3))
_SHORT = {
    DoubtKind.BRACKET: "括号",
    DoubtKind.DOUBLED_CHARACTER: "重字",
    DoubtKind.NUMBERING: "序号",
    DoubtKind.DUPLICATE: "重复",
    DoubtKind.REFERENCE: "下同",
    DoubtKind.LABEL: "字样",
    DoubtKind.UNREAD: "未读懂",
}


def chip_words(kinds: list[DoubtKind]) -> str:
    """What is open at a measure in a word or two: 单位, 括号 · 重字."""
    return " · ".join(dict.fromkeys(_SHORT.get(kind, "单位") for kind in kinds))


class _Delegate(QStyledItemDelegate):
    """A title, then an amber chip of what is open, then a number at the right edge."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, theme.px(theme.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, chosen = rect_of(option), is_selected(option)
        painter.save()
        paint_ground(painter, option, bar_at=0)
        right = rect.right() - 8
        if count := index.data(_COUNT):
            room = QRect(right - 56, rect.top(), 56, rect.height())
            right -= 8 + paint_text(
                painter, room, count, ink_on("text2", selected=chosen), right=True
            )
        if chip := index.data(_CHIP):
            width = chip_width(chip)
            spot = QRect(right - width, rect.top() + 4, width, theme.CHIP)
            paint_chip(painter, spot, chip, "warn")
            right -= width + 6
        room = QRect(rect.left() + 2, rect.top(), right - rect.left() - 2, rect.height())
        bold = not index.parent().isValid() or chosen
        paint_text(painter, room, index.data(), ink_on("text", selected=chosen), bold=bold)
        painter.restore()


class DraftTree(Pane):
    """读出的结构; `place_chosen`: the stretch of the paper behind the row that was chosen."""

    place_chosen = Signal(object)

    def __init__(self, text: str) -> None:
        super().__init__("读出的结构", "数字为责任单位数")
        self._text, self._pillars = text, 0
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("读出的结构")
        self.tree.setHeaderHidden(True)
        self.tree.setItemDelegate(_Delegate(self.tree))
        self.tree.setIndentation(18)
        self.tree.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.tree.itemClicked.connect(self._chosen)
        self.tree.itemActivated.connect(self._chosen)
        self.body.addWidget(self.tree, 1)

    def show_draft(
        self, draft: DraftNotice, chips: dict[int, list[DoubtKind]], head: list[tuple[str, str]]
    ) -> None:
        """Show the tree as decided; chips: first line of a measure → kinds of its open doubts."""
        scroll = self.tree.verticalScrollBar().value()
        self.tree.clear()
        self._pillars = len(draft.pillars)
        for pillar in draft.pillars:
            top = self._row(None, f"{chinese_number(pillar.number)}、{pillar.title}")
            top.setData(0, _COUNT, f"{len(pillar.measures)} 条")
            for measure in pillar.measures:
                mark = f"（{chinese_number(measure.number)}）"
                row = self._row(top, mark + (measure.title or measure.body[:20]))
                row.setData(0, _COUNT, str(len(measure.responsibilities)))
                row.setData(0, _CHIP, chip_words(chips.get(measure.place.line, [])))
                row.setData(0, _PLACE, (measure.place.start, measure.place.end))
                units = "、".join(each.unit for each in measure.responsibilities)
                row.setToolTip(0, f"{mark}{measure.title}\n{units}")
            top.setExpanded(True)
        facts = self._row(None, "通知本身")
        for name, value in head:
            self._row(facts, f"{name}：{value}").setToolTip(0, value)
        left = self._row(None, "没有采用的文字")
        left.setData(0, _COUNT, f"{len(draft.left_out)} 处")
        for line, words in draft.left_out:
            row = self._row(left, f"第 {line} 行  {words}")
            row.setToolTip(0, words)
            row.setData(0, _PLACE, line_stretch(self._text, line))
        self.tree.verticalScrollBar().setValue(scroll)

    def _row(self, above: QTreeWidgetItem | None, words: str) -> QTreeWidgetItem:
        made = QTreeWidgetItem(above or self.tree.invisibleRootItem(), [words])
        made.setToolTip(0, words)
        return made

    def fold(self, *, whole: bool) -> None:
        """Show the pillars alone (and the other headings), or with their measures; from the top."""
        self.tree.collapseAll()
        root = self.tree.invisibleRootItem()
        for number in range(self._pillars):
            root.child(number).setExpanded(whole)
        self.tree.scrollToTop()

    def _chosen(self, item: QTreeWidgetItem) -> None:
        place: Stretch | None = item.data(0, _PLACE)
        if place is not None:
            self.place_chosen.emit(tuple(place))

    def show_line(self, line: int) -> None:
        """Select the measure that begins on this line; none for 0."""
        self.tree.clearSelection()
        root = self.tree.invisibleRootItem()
        start = line_stretch(self._text, line) if line else None
        for top in (root.child(number) for number in range(root.childCount())):
            for row in (top.child(number) for number in range(top.childCount())):
                place = row.data(0, _PLACE)
                if start and place and start[0] <= place[0] <= start[1]:
                    self.tree.setCurrentItem(row)
                    self.tree.scrollToItem(row, QAbstractItemView.ScrollHint.PositionAtCenter)
                    return
