"""F1: the keys that work and the counting rules, short enough to read while on the phone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.header import RULES
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label

KEYS = (
    ("Alt+2", "任务"),
    ("Alt+9", "设置"),
    ("F6 / Shift+F6", "下一个、上一个窗格"),
    ("Ctrl+K", "搜索单位、措施、反馈；单位可用拼音首字母"),
    ("Ctrl+O / Ctrl+V", "在开始页选择、粘贴任务分解通知"),
    ("Ctrl+Enter", "当前窗格的主按钮"),
    ("Ctrl+PgUp / Ctrl+PgDn", "上一条、下一条"),
    ("Enter", "打开所选的一行"),
    ("Esc", "关闭小窗，从不丢弃文字"),
    ("F1", "这份帮助"),
)


class HelpWindow(QDialog):
    """Two lists side by side; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.resize(860, 480)
        whole = QVBoxLayout(self)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(_list("按键", KEYS), 1)
        rules = tuple((status.label, rule) for status, rule in RULES.items())
        row.addWidget(_list("数字怎么算", rules), 1)
        whole.addLayout(row, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button("关闭", self.close, primary=True))
        whole.addLayout(foot)
        QShortcut(QKeySequence("F1"), self, self.close)


def _list(title: str, rows: tuple[tuple[str, str], ...]) -> Pane:
    pane = Pane(title)
    area = QScrollArea()
    area.setWidgetResizable(True)
    inside = QWidget()
    inside.setObjectName("scrolled")
    area.setWidget(inside)
    grid = QGridLayout(inside)
    grid.setHorizontalSpacing(theme.PADDING)
    grid.setColumnStretch(1, 1)
    for place, (name, text) in enumerate(rows):
        words = label(text, ink="text2")
        words.setWordWrap(True)
        grid.addWidget(label(name, bold=True), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, place, 1)
    grid.setRowStretch(len(rows), 1)
    pane.body.addWidget(area, 1)
    return pane
