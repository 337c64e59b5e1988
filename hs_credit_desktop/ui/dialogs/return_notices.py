"""退回通知: each notice of return as Word and PDF, and as a mail to copy."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import papers_publish
from hs_credit_desktop.services.return_notices import ReturnNotice
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.paper_writer import PaperWriter
from hs_credit_desktop.ui.dialogs.void_line import on_ctrl_enter
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, label, line
from hs_credit_desktop.ui.widgets.elided import ElidedLabel


class ReturnNotices(QDialog):
    """Units on the left, subject and text of the mail on the right, the papers below."""

    def __init__(
        self,
        parent: QWidget | None,
        ws: Workspace,
        run: Run,
        preferences: Preferences,
        round_: Round,
        notices: Sequence[ReturnNotice],
    ) -> None:
        super().__init__(parent)
        self._round = round_
        self.notices = tuple(notices)
        self.writer = PaperWriter(ws, run, preferences, round_)
        count = len(self.notices)
        self.make = Button(
            f"生成通知 {count} 份", self.start, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self.make.setToolTip("每家单位一份 Word 和一份 PDF；导出记录里记一笔")
        self.writer.busy.connect(lambda busy: self.make.setEnabled(not busy))
        self.setWindowTitle(f"退回通知　{round_.name}")
        self.units = QListWidget()
        self.units.setAccessibleName("退回补报的单位")
        self.units.setFixedWidth(180)
        self.units.setFont(theme.font())
        self.subject = ElidedLabel(1, theme.PANE_TITLE, bold=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.font())
        self.text.setAccessibleName("通知正文")
        self.said = label("", theme.CAPTION, ink="ok")
        self._build()
        on_ctrl_enter(self, self.make)
        self.units.addItems([item.unit_name for item in self.notices])
        self.units.currentRowChanged.connect(self._show)
        self.units.setCurrentRow(0)

    def _build(self) -> None:
        whole, row = QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        whole.setSpacing(theme.PADDING)
        row.setSpacing(theme.PADDING)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(self.subject)
        column.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said)
        foot.addStretch(1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        foot.addWidget(Button("复制标题", self.copy_subject))
        foot.addWidget(Button("复制正文", self.copy_text))
        foot.addWidget(self.make)
        row.addWidget(self.units)
        row.addLayout(column, 1)
        whole.addLayout(row, 1)
        whole.addWidget(line())
        whole.addWidget(self.writer)
        whole.addLayout(foot)

    def sizeHint(self) -> QSize:
        return QSize(800, 520)

    def start(self) -> None:
        """Write every notice as Word and PDF."""
        round_ = self._round
        self.writer.write(
            lambda ws, folder, told: papers_publish.write_kind(
                ws, round_, PaperKind.RETURN_NOTICE, folder, progress=told
            )
        )

    def done(self, result: int) -> None:
        """Closing stops what is being written."""
        self.writer.leave()
        super().done(result)

    def _show(self, place: int) -> None:
        if 0 <= place < len(self.notices):
            self.subject.setText(self.notices[place].mail_subject)
            self.text.setPlainText(self.notices[place].mail_text)
            self.said.setText("")

    def copy_subject(self) -> None:
        """Put the subject on the clipboard."""
        self._copy(self.subject.text, "标题")

    def copy_text(self) -> None:
        """Put the text on the clipboard."""
        self._copy(self.text.toPlainText(), "正文")

    def _copy(self, words: str, what: str) -> None:
        QGuiApplication.clipboard().setText(words)
        unit = self.notices[self.units.currentRow()].unit_name
        self.said.setText(f"{unit}的通知{what}已复制，可直接粘贴到邮件里")
