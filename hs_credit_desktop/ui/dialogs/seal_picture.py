"""电子印章图: kept under a passphrase; put on the one paper that is on view, and logged."""

from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import papers_seal, seal_image
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.print_paper import PaperToPrint
from hs_credit_desktop.ui.dialogs.void_line import on_ctrl_enter
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, label
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.states import InlineError

USUAL_WIDTH = "42"
KEEP, USE = 0, 1


class SealPicture(QDialog):
    """Without a picture: choose one. With one: put it on the paper, passphrase each time."""

    def __init__(
        self, parent: QWidget | None, ws: Workspace, run: Run, paper: PaperToPrint | None
    ) -> None:
        super().__init__(parent)
        self._ws, self._run, self._paper = ws, run, paper
        self._file: Path | None = None
        self.made: Path | None = None
        self.setWindowTitle("电子印章图")
        self.file = ElidedLabel(1, theme.BODY)
        self.width_mm, self.copies, self.person, self.purpose = (QLineEdit() for _ in range(4))
        self.first, self.again, self.passphrase = (_secret() for _ in range(3))
        self.error, self.said = InlineError(), label("", theme.CAPTION, ink="ok")
        self.keep = Button(
            "存入印章图", self.start_keeping, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self.use = Button(
            "盖到这份文件", self.start_using, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self.remove = LinkButton("移除印章图…", self._remove)
        self.show_made = Button("打开文件", self._open, icon="open")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._keeping())
        self.pages.addWidget(self._using())
        self._build()
        on_ctrl_enter(self, self.keep, self.use)
        self._show()

    def _build(self) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        rule = label(
            "印章图加了口令才存入台账，平时导出从不带印章；每次使用都记入用印登记。",
            theme.CAPTION,
            ink="text2",
        )
        rule.setWordWrap(True)
        column.addWidget(rule)
        column.addWidget(self.pages, 1)
        column.addWidget(self.error)
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.remove)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        for button in (self.show_made, self.keep, self.use):
            foot.addWidget(button)
        column.addLayout(foot)
        self.show_made.hide()

    def sizeHint(self) -> QSize:
        return QSize(560, 320)

    def _keeping(self) -> QWidget:
        self.width_mm.setText(USUAL_WIDTH)
        self.file.setText("还没有选图片")
        return _grid(
            (
                ("图片", self.file, "底色透明的 PNG"),
                ("", Button("选图片…", self._choose, icon="folder_open"), "选一张 PNG"),
                ("印章宽度（毫米）", self.width_mm, "盖在纸上有多宽，圆章一般 42 毫米"),
                ("口令", self.first, f"至少 {seal_image.LEAST_PASSPHRASE} 个字符，忘了不能找回"),
                ("再输一次", self.again, "与上面一样"),
            )
        )

    def _using(self) -> QWidget:
        person, purpose = papers_seal.last_used(self._ws)
        self.copies.setText("1")
        self.copies.setValidator(QIntValidator(1, papers_seal.MOST_COPIES, self.copies))
        self.person.setText(person)
        self.purpose.setText(purpose)
        name = ElidedLabel(1, theme.BODY, bold=True)
        name.setText(self._paper.file.stem if self._paper else "没有选文件：请先在“导出”里预览一份")
        return _grid(
            (
                ("盖到", name, "预览里的这份文件；原文件不变，另存一份"),
                ("口令", self.passphrase, "每次使用都要输入"),
                ("份数", self.copies, "打印几份"),
                ("用印人", self.person, "谁用的印"),
                ("用印事由", self.purpose, "做什么用"),
            )
        )

    def _show(self) -> None:
        kept = seal_image.kept(self._ws)
        self.pages.setCurrentIndex(USE if kept else KEEP)
        self.keep.setVisible(kept is None)
        self.use.setVisible(kept is not None)
        self.remove.setVisible(kept is not None)
        for button in (self.keep, self.remove):
            button.setEnabled(not self._ws.read_only)
        self.use.setEnabled(self._paper is not None and not self._ws.read_only)
        (self.passphrase if kept else self.first).setFocus()

    def _choose(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        if chosen := messages.open_file(self, "选择印章图", Path(home), "印章图 (*.png)"):
            self._file = chosen
            self.file.setText(chosen.name)

    def start_keeping(self) -> None:
        """Keep the picture under the passphrase."""
        self.error.show_error("")
        if self._file is None:
            self.error.show_error("还没有选图片。请选一张底色透明的 PNG。")
        elif self.first.text() != self.again.text():
            self.error.show_error("两次口令不一样，没有保存。请重新输入。")
        elif self._run.command(
            seal_image.keep,
            self._ws,
            self._file,
            passphrase=self.first.text(),
            width=_number(self.width_mm.text()),
            on_error=self._failed,
        ):
            for field in (self.first, self.again):
                field.clear()
            self.said.setText("已存入。原来的图片文件请自己收好或删掉。")
            self._show()

    def start_using(self) -> None:
        """Put the seal on the paper and log it."""
        self.error.show_error("")
        self.said.setText("")
        if self._paper is not None and self._run.command(
            self._seal, self._paper, on_error=self._failed
        ):
            assert self.made is not None
            self.said.setText(f"已另存为 {self.made.name}，并已登记")
            self.show_made.show()
        self.passphrase.clear()

    def _seal(self, paper: PaperToPrint) -> Changes:
        self.made = seal_image.seal_paper(
            self._ws,
            paper.file,
            kind=paper.kind,
            passphrase=self.passphrase.text(),
            copies=int(self.copies.text() or 0),
            sealed_by=self.person.text(),
            sealed_on=self._ws.today,
            purpose=self.purpose.text(),
            number=paper.number,
            round_id=paper.round.id,
        )
        return Changes(papers=True)

    def _remove(self) -> None:
        kept = seal_image.kept(self._ws)
        if kept and messages.ask(
            self,
            f"移除印章图“{kept[0]}”",
            "台账里不再有这张图，不能恢复；用过的记录还在。以后可以重新存入。",
            "移除",
        ):
            self._run.command(seal_image.remove, self._ws, on_error=self._failed)
            self._show()

    def _failed(self, error: UserError) -> None:
        self.error.show_error(f"{error.what}。{error.advice}")

    def _open(self) -> None:
        if self.made is not None:
            open_path(self.made)


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def _number(text: str) -> float:
    """Millimetres as typed; 0 for what is no number, which no seal has."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def _grid(rows: tuple[tuple[str, QWidget, str], ...]) -> QWidget:
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setContentsMargins(0, theme.GAP, 0, 0)
    grid.setHorizontalSpacing(theme.PADDING)
    grid.setVerticalSpacing(theme.GAP)
    for place, (words, widget, tip) in enumerate(rows):
        grid.addWidget(label(words, ink="text2"), place, 0)
        grid.addWidget(widget, place, 1)
        widget.setToolTip(tip)
        if words:
            widget.setAccessibleName(words)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(rows), 1)
    return sheet
