"""Which unit a file is from: a list that narrows while one types a name or its initials."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label


@dataclass(frozen=True)
class Choice:
    """A unit that may be chosen: id of its place in the round, name, initials, state."""

    id: str
    name: str
    initials: str
    state: str


class ChooseUnit(QDialog):
    """`chosen` is the id picked, '' when the box was left."""

    def __init__(self, parent: QWidget | None, file: str, choices: Sequence[Choice]) -> None:
        super().__init__(parent)
        self.chosen = ""
        self._choices = tuple(choices)
        self.setWindowTitle("指定单位")
        self.search = QLineEdit()
        self.search.setPlaceholderText("单位名称或拼音首字母")
        self.search.setAccessibleName("查找单位")
        self.list = QListWidget()
        self.list.setAccessibleName("单位")
        self.list.setFont(theme.font())
        self.ok = Button("就是这家", self.take, key="Enter", primary=True, bind_key=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(label(f"“{file}”是哪家单位的反馈", theme.PANE_TITLE, bold=True))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button("取消", self.reject, key="Esc", bind_key=False))
        foot.addWidget(self.ok)
        column.addLayout(foot)
        self.search.textChanged.connect(self._fill)
        self.list.itemDoubleClicked.connect(lambda _item: self.take())
        for button in (self.ok,):
            button.setAutoDefault(False)
        self._fill("")

    def sizeHint(self) -> QSize:
        return QSize(440, 460)

    def _fill(self, words: str) -> None:
        wanted = words.strip().lower()
        self.list.clear()
        for choice in self._choices:
            if wanted in choice.name.lower() or choice.initials.startswith(wanted):
                item = QListWidgetItem(f"{choice.name}　　{choice.state}")
                item.setData(Qt.ItemDataRole.UserRole, choice.id)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.ok.setEnabled(self.list.count() > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            place = self.list.currentRow() + step
            self.list.setCurrentRow(min(max(place, 0), self.list.count() - 1))
        else:
            super().keyPressEvent(event)

    def take(self) -> None:
        """Choose the current unit."""
        if item := self.list.currentItem():
            self.chosen = str(item.data(Qt.ItemDataRole.UserRole))
            self.accept()
