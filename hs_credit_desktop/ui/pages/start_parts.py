"""The fixed parts of the start page: its head, what is read by itself, the five steps."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hs_credit_desktop.paths import LEDGER_NAME, PRACTICE_FOLDER
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import LinkButton, Pane, label
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.rows import RowButton, Steps

CLASSIFIED = "不得录入涉密信息"
HINT = (
    "直接读取 .docx、.pdf、.txt；扫描件请先识别成文字再导入\n"
    ".doc、.wps、.rtf、.odt 由本机的 LibreOffice 转换；没有安装时，请先另存为 .docx"
)
DOUBTS = "拿不准的地方列成疑点，先按默认处理，由您对照原文决定"
_LEAD = "从一份任务分解通知开始。每年一份通知，建一本台账。"
_READS = ("标题", "文号", "成文日期", "大类", "措施", "责任单位", "报送期限")
_STEPS_LEAD = "从通知到报告共五步，可随时中断、下次接着做"
_STEPS = (
    ("读取通知", "识别大类、措施、责任单位"),
    ("核对内容", "数目、轮次和拿不准的地方"),
    ("建立台账", "按轮次生成应报名单"),
    ("登记反馈", "逐条登记，统计自动更新"),
    ("导出报告", "PDF 报告和 Excel 台账"),
)


def head() -> QHBoxLayout:
    """Title and lead, and the sentence every clerk must have read."""
    row = QHBoxLayout()
    words = QVBoxLayout()
    words.setSpacing(4)
    words.addWidget(label("新建台账", theme.PAGE_TITLE, bold=True))
    words.addWidget(label(_LEAD, theme.CAPTION, ink="text2"))
    row.addLayout(words, 1)
    warning = Chip(CLASSIFIED, "warn", icon="lock_closed", style="regular")
    row.addWidget(warning, 0, Qt.AlignmentFlag.AlignBottom)
    return row


def reads() -> QHBoxLayout:
    """自动读出 and a chip for each thing."""
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addStretch(1)
    row.addWidget(label("自动读出", theme.CAPTION, ink="text2"))
    for word in _READS:
        row.addWidget(Chip(word))
    row.addStretch(1)
    return row


def steps() -> Pane:
    """The five steps from the notice to the report."""
    pane = Pane()
    inner = QVBoxLayout()
    inner.setContentsMargins(16, 10, 16, 8)
    inner.setSpacing(8)
    inner.addWidget(label(_STEPS_LEAD, theme.CAPTION, ink="text2"))
    inner.addWidget(Steps(_STEPS))
    pane.body.addLayout(inner)
    return pane


def recent(
    ledgers: Iterable[tuple[Path, str, str]],
    open_ledger: Callable[[Path], object],
    links: Iterable[tuple[str, Callable[[], object], str]],
) -> Pane:
    """The ledgers opened lately (folder, title, day), and other ways to one (words, act, icon)."""
    pane = Pane("最近打开")
    pane.setFixedWidth(400)
    for folder, title, day in ledgers:
        icon = "notebook" if folder.name == PRACTICE_FOLDER else "archive"
        row = RowButton(icon, title, f"{folder}    {day}", partial(open_ledger, folder))
        pane.body.addWidget(row)
    below = QVBoxLayout()
    below.setContentsMargins(8, 8, 8, 8)
    below.setSpacing(8)
    for words, act, icon in links:
        below.addWidget(LinkButton(words, act, icon=icon), 0, Qt.AlignmentFlag.AlignLeft)
    below.addStretch(1)
    pane.body.addLayout(below, 1)
    return pane


def ledger_folder(root: Path, issued_on: date | None) -> Path:
    """Where a new ledger goes: the data folder itself, else a folder of its own for that year."""
    if not (root / LEDGER_NAME).exists():
        return root
    name = f"{issued_on.year}年台账" if issued_on else "新台账"
    numbered = (root / (name if number == 1 else f"{name}{number}") for number in range(1, 1000))
    return next(folder for folder in numbered if not (folder / LEDGER_NAME).exists())
