"""使用手册: topics at the left, the text at the right, a search over all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.domain.manual import Place, search
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs import help as helping
from hs_credit_desktop.ui.dialogs.beside import OUTLIVES
from hs_credit_desktop.ui.dialogs.manual_text import anchor, style, text_of
from hs_credit_desktop.ui.widgets.basics import KEY_GAP, Button, Pane, label
from hs_credit_desktop.ui.widgets.find_places import Hit, hits, show_hit

if TYPE_CHECKING:
    from collections.abc import Callable

PICTURE_WIDTH = 560
_PLACE = Qt.ItemDataRole.UserRole


class ManualWindow(QDialog):
    """Shows one topic; `place` is what is shown. save: asks for a file and writes the PDF.

    A window of its own that does not block; over a modal box it belongs to that box.
    """

    def __init__(self, parent: QWidget, save: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.setAccessibleName("使用手册")
        self.setProperty(OUTLIVES, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.topics = helping.topics()
        self.place = Place(helping.FIRST, 0)
        self._before: list[Place] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        whole.setSpacing(theme.GAP)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)
        whole.addLayout(row, 1)
        whole.addLayout(self._foot(save))
        self._bind()
        self._list_topics()
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(940, 600)

    def _left(self) -> Pane:
        pane = Pane()
        pane.setFixedWidth(270)
        self.asked = QLineEdit()
        self.asked.setPlaceholderText(f"在手册里查找{KEY_GAP}Ctrl+F，F3")
        self.asked.setAccessibleName("在手册里查找")
        self.asked.setClearButtonEnabled(True)
        self.asked.textChanged.connect(self._search)
        self.asked.returnPressed.connect(self._to_first)
        above = QVBoxLayout()
        above.setContentsMargins(8, 8, 8, 8)
        above.addWidget(self.asked)
        self.count = label("", theme.CAPTION, ink="text2")
        above.addWidget(self.count)
        pane.body.addLayout(above)
        self.list = QListWidget()
        self.list.setAccessibleName("手册的各章")
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(self._chosen)
        pane.body.addWidget(self.list, 1)
        return pane

    def _right(self) -> Pane:
        pane = Pane()
        self.text = QTextBrowser()
        self.text.setObjectName("draft")  # without a frame of its own, like other reading panes
        self.text.setAccessibleName("手册正文")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(16)
        self.text.anchorClicked.connect(self._follow)
        pane.body.addWidget(self.text, 1)
        return pane

    def _foot(self, save: Callable[[], object]) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        self.back_button = Button("返回上一处", self.back, key="Alt+←", bind_key=False)
        self.back_button.setEnabled(False)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(Button("存为 PDF…", save, key="Ctrl+S", icon="save"))
        foot.addWidget(Button("关闭", self.close, key="Esc", primary=True, bind_key=False))
        for button in (foot.itemAt(at).widget() for at in range(foot.count())):
            if isinstance(button, Button):
                button.setAutoDefault(False)
        return foot

    def _bind(self) -> None:
        QShortcut(QKeySequence("Alt+Left"), self, self.back)
        QShortcut(QKeySequence("Ctrl+F"), self, self._to_search)
        for key, way in (("F3", 1), ("Shift+F3", -1)):
            QShortcut(QKeySequence(key), self, lambda way=way: self._step_word(way))
        QShortcut(QKeySequence("F1"), self, self.close)
        QShortcut(QKeySequence("F6"), self, self._step_pane)

    def _to_search(self) -> None:
        self.asked.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.asked.selectAll()

    def _step_word(self, way: int) -> None:
        """Show the next (1) or previous (-1) place of the words in this topic, round and round."""
        found = hits(self.text, *self.asked.text().split())
        if not found:
            self._to_search()
            return
        now = self.text.textCursor().position()  # the end of the place before

        def ahead(hit: Hit) -> bool:
            return hit.start >= now if way > 0 else hit.end < now

        wanted = [hit for hit in found if ahead(hit)] or found
        show_hit(wanted[0] if way > 0 else wanted[-1])

    def _step_pane(self) -> None:
        panes = (self.asked, self.list, self.text)
        at = next((n for n, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What is listed

    def _list_topics(self) -> None:
        self.count.setText(f"共 {len(self.topics)} 章")
        self._fill([Place(topic.name, 0, topic.title) for topic in self.topics])
        self._mark_topic()

    def _search(self, asked: str) -> None:
        if not asked.strip():
            self._list_topics()
            return
        found = search(self.topics, asked)
        self.count.setText(f"找到 {len(found)} 处" if found else "没有找到，换一个说法再试")
        self._fill(found)

    def _fill(self, places: list[Place]) -> None:
        self.list.blockSignals(True)  # a list that is filled has not been chosen from
        self.list.clear()
        for place in places:
            words = f"{place.title}\n{place.words}" if place.words else place.title
            item = QListWidgetItem(words)
            item.setData(_PLACE, place)
            self.list.addItem(item)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)

    def _mark_topic(self) -> None:
        """The topic that is shown is the current one of the list of topics."""
        self.list.blockSignals(True)
        names = [topic.name for topic in self.topics]
        self.list.setCurrentRow(names.index(self.place.topic))
        self.list.blockSignals(False)

    def _to_first(self) -> None:
        self.list.setFocus()
        self.list.setCurrentRow(0)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_place(item.data(_PLACE))

    # What is shown

    def show_place(self, place: Place) -> None:
        """Show a topic at a block; where one was before is remembered."""
        if place != self.place:
            self._before.append(self.place)
            self.back_button.setEnabled(True)
        self._show(place)

    def _show(self, place: Place) -> None:
        self.place = place
        topic = next(topic for topic in self.topics if topic.name == place.topic)
        self.text.document().setDefaultStyleSheet(style())
        self.text.setHtml(text_of(topic, PICTURE_WIDTH))
        self._mark_words()
        if place.block:
            self.text.scrollToAnchor(anchor(place.block))
        if not self.asked.text().strip():
            self._mark_topic()

    def back(self) -> None:
        """Show again what was shown before."""
        if self._before:
            self._show(self._before.pop())
        self.back_button.setEnabled(bool(self._before))

    def _follow(self, link: QUrl) -> None:
        self.show_place(Place(link.toString(), 0))

    def _mark_words(self) -> None:
        """The words searched for are marked wherever they stand."""
        marks, look = [], QTextCharFormat()
        look.setBackground(QColor(theme.current().mark))
        look.setForeground(QColor(theme.current().mark_text))
        for word in self.asked.text().split():
            found = self.text.document().find(word)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = QTextCursor(found), look  # type: ignore[attr-defined]
                marks.append(mark)
                found = self.text.document().find(word, found)
        self.text.setExtraSelections(marks)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "text"):
            self._show(self.place)
        super().changeEvent(event)
