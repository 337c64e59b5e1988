"""F1: the keys that work and the counting rules, short enough to read while on the phone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.header import RULES
from hs_credit_desktop.ui.rail import PLACES
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label

# (page the key works on, "" for all; key; what it does)
KEYS = (
    ("", "F6 / Shift+F6", "下一个、上一个窗格"),
    ("", "Ctrl+K", "搜索单位、措施、反馈；单位可用拼音首字母"),
    ("", "Ctrl+Z / Ctrl+Y", "撤销、重做刚才的一步，不论在哪一页；在文字里只管输入"),
    ("今日", "Ctrl+T", "登记电话催报"),
    ("任务", "Ctrl+Enter", "登记，看下一条"),
    ("任务", "Ctrl+S", "保存，留在这一条"),
    ("任务", "Ctrl+PgUp / Ctrl+PgDn", "上一条、下一条"),
    ("任务", "Ctrl+F", "在左边的列表里筛选"),
    ("单位", "字母或数字、Enter", "按拼音首字母或序号找单位，接着填第一条空白"),
    ("单位", "Tab、Ctrl+Enter", "四个部分之间；登记，看下一条"),
    ("单位", "Ctrl+PgUp / Ctrl+PgDn", "上一家、下一家"),
    ("收件", "Ctrl+Enter", "登记全部可接收的；都处理完后去审核"),
    ("收件", "Enter", "处理所选的这一件"),
    ("收件", "Ctrl+O / Ctrl+V", "添加文件，粘贴复制的文件或文字"),
    ("审核", "Ctrl+Enter", "通过，看下一件"),
    ("审核", "Ctrl+R / Ctrl+D", "退回补报，存疑"),
    ("审核", "F8 / Shift+F8", "下一处、上一处差异"),
    ("审核", "Ctrl+PgUp / Ctrl+PgDn", "上一件、下一件"),
    ("汇总", "Ctrl+G / Ctrl+B", "起草全部，起草这一条"),
    ("汇总", "Ctrl+Enter / Ctrl+S", "完成，看下一条；保存"),
    ("汇总", "空格、Alt+↑ / Alt+↓", "采用这一句；调整段落顺序"),
    ("汇总", "F8、F9 / Shift+F9", "下一处来源已变更；用新的、保留原句"),
    ("汇总", "Ctrl+H、Ctrl+O", "取回上一版；核对改过的报告"),
    ("统计", "Ctrl+E / Ctrl+P", "把所看的图表导出成图片、打印"),
    ("导出", "Ctrl+E / Ctrl+P", "导出、打印"),
    ("", "Ctrl+O / Ctrl+V", "在开始页选择、粘贴任务分解通知"),
    ("", "Enter", "打开所选的一行"),
    ("", "Esc", "关闭小窗，从不丢弃文字"),
    ("", "F1", "这份帮助"),
)


def key_rows(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(key, what it does): the pages there are first, then the keys that work on them."""
    pages = tuple((place.key, place.name) for place in PLACES if place.name in names)
    return pages + tuple((key, text) for page, key, text in KEYS if not page or page in names)


class HelpWindow(QDialog):
    """Two lists side by side; Esc closes it."""

    def __init__(self, parent: QWidget, names: tuple[str, ...]) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.resize(900, 520)
        whole = QVBoxLayout(self)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(_list("按键", key_rows(names)), 1)
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
    area.setAccessibleName(title)
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
