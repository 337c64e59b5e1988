"""关于: the version, what the program is not for, and the licences of everything inside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop import PRODUCT, __version__
from hs_credit_desktop.services.components import Component, components, licence_text
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.beside import OUTLIVES
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label

OFFLINE = "一台电脑、一个数据文件、不联网。不得录入涉密信息。"
RIGHTS = (
    "本程序按 Apache-2.0 许可免费提供；下列组成部分归各自的作者，按各自的许可使用。"
    "Qt 按 LGPL-3.0 使用，可以换成您自己编译的同版本 Qt。"
)


class AboutWindow(QDialog):
    """The components at the left, the chosen one's licence at the right; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        self.setProperty(OUTLIVES, True)
        self.resize(860, 560)
        whole = QVBoxLayout(self)
        whole.setSpacing(theme.GAP)
        whole.addWidget(label(f"{PRODUCT} {__version__}", theme.PAGE_TITLE, bold=True))
        for words in (OFFLINE, RIGHTS):
            line = label(words, ink="text2")
            line.setWordWrap(True)
            whole.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._list(), 2)
        row.addWidget(self._reader(), 3)
        whole.addLayout(row, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button("关闭", self.close, primary=True))
        whole.addLayout(foot)
        self.parts.setCurrentRow(0)

    def _list(self) -> Pane:
        pane = Pane("组成部分")
        self.parts = QListWidget()
        self.parts.setAccessibleName("组成部分")
        for part in components():
            item = QListWidgetItem(f"{part.name} {part.version}".rstrip())
            item.setToolTip(part.licence)
            item.setData(Qt.ItemDataRole.UserRole, part)
            self.parts.addItem(item)
        self.parts.currentItemChanged.connect(self._show)
        pane.body.addWidget(self.parts, 1)
        return pane

    def _reader(self) -> Pane:
        pane = Pane("许可")
        self.licence = label("", bold=True)
        self.licence.setContentsMargins(theme.PADDING, theme.GAP, theme.PADDING, theme.GAP)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("许可全文")
        pane.body.addWidget(self.licence)
        pane.body.addWidget(self.text, 1)
        return pane

    def _show(self, item: QListWidgetItem) -> None:
        part: Component = item.data(Qt.ItemDataRole.UserRole)
        self.licence.setText(part.licence)
        self.text.setPlainText(licence_text(part))
