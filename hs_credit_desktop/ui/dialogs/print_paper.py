"""打印: copies, pages, both sides, grey, calibration; then the system dialog, then 用印登记."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QIntValidator
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import preview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import messages, printing, theme
from hs_credit_desktop.ui.dialogs.void_line import on_ctrl_enter
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.printing import Way, parse_offset, parse_pages
from hs_credit_desktop.ui.run import Job, Run, if_there
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, label
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.states import InlineError
from hs_credit_desktop.ui.widgets.tick import TickBox

RIGHT_KEY, DOWN_KEY, GREY_KEY, SIDES_KEY = (
    "print_offset_right",
    "print_offset_down",
    "print_grey",
    "print_sides",
)
_SIDES = (
    ("单面", QPrinter.DuplexMode.DuplexNone),
    ("双面，长边翻页", QPrinter.DuplexMode.DuplexLongSide),
    ("双面，短边翻页", QPrinter.DuplexMode.DuplexShortSide),
    ("按打印机设置", QPrinter.DuplexMode.DuplexAuto),
)
MOST_COPIES = 99


@dataclass(frozen=True)
class PaperToPrint:
    """A finished PDF, what paper it is, its round, and the number and SHA-256 it has."""

    file: Path
    kind: PaperKind
    round: Round
    number: str = ""
    sha256: str = ""


class PrintPaper(QDialog):
    """What is chosen here stands ready in the system's dialog; 取消 there comes back here."""

    def __init__(
        self,
        parent: QWidget | None,
        ws: Workspace,
        run: Run,
        preferences: Preferences,
        paper: PaperToPrint,
    ) -> None:
        super().__init__(parent)
        self._ws, self._run, self._preferences = ws, run, preferences
        self.paper, self._job = paper, None
        self.pages = preview.page_count(paper.file)
        self.printed = 0
        self.setWindowTitle("打印")
        self.copies = _field("份数", "1", "打印几份")
        self.copies.setValidator(QIntValidator(1, MOST_COPIES, self.copies))
        self.range = _field("页码", "全部", "全部，或第几页到第几页，例如 1-3")
        self.sides = ComboBox("单面或双面")
        self.grey = TickBox("按黑白打印", "彩色打印机也只用黑墨；红头会变成灰色")
        self.right = _field("向右毫米", preferences.text(RIGHT_KEY) or "0", "整页向右移几毫米")
        self.down = _field("向下毫米", preferences.text(DOWN_KEY) or "0", "整页向下移几毫米")
        self.said, self.error = label("", theme.CAPTION, ink="text2"), InlineError()
        self.print = Button(
            "选打印机并打印…", self.start, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self.log = Button("登记用印…", self.log_seal, key="Ctrl+G", icon="certificate")
        for words, _mode in _SIDES:
            self.sides.addItem(words)
        self.sides.setCurrentIndex(int(preferences.text(SIDES_KEY) or 0))
        self.grey.setChecked(preferences.text(GREY_KEY) == "1")
        self._build()
        on_ctrl_enter(self, self.print)

    def _build(self) -> None:
        column, grid = QVBoxLayout(self), QGridLayout()
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        name = ElidedLabel(1, theme.PANE_TITLE, bold=True)
        name.setText(self.paper.file.stem)
        column.addWidget(name)
        column.addWidget(label(f"共 {self.pages} 页，A4", theme.CAPTION, ink="text2"))
        grid.setHorizontalSpacing(theme.PADDING)
        grid.setVerticalSpacing(theme.GAP)
        moved = QHBoxLayout()
        moved.setSpacing(theme.GAP)
        for words, field in (("向右", self.right), ("向下", self.down)):
            moved.addWidget(label(words))
            moved.addWidget(field)
        moved.addWidget(label("毫米"))
        moved.addWidget(LinkButton("打印校准页", self.print_rulers))
        moved.addStretch(1)
        for place, (words, item) in enumerate(
            (("份数", self.copies), ("页码", self.range), ("单双面", self.sides), ("", self.grey))
        ):
            grid.addWidget(label(words, ink="text2"), place, 0)
            grid.addWidget(item, place, 1)
        grid.addWidget(label("套红头校准", ink="text2"), 4, 0)
        grid.addLayout(moved, 4, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(self.error)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said, 1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        foot.addWidget(self.log)
        foot.addWidget(self.print)
        column.addLayout(foot)
        self.log.setVisible(self.paper.kind.sealed and not self._ws.read_only)
        self.log.setToolTip("谁用的印、盖了几份、做什么用；打印后登记，也可以以后补")

    def sizeHint(self) -> QSize:
        return QSize(560, 330)

    def way(self) -> Way:
        """How to print; UserError for an offset that cannot be."""
        return Way(
            parse_offset(self.right.text()), parse_offset(self.down.text()), self.grey.isChecked()
        )

    def _remember(self, way: Way) -> None:
        self._preferences.put(RIGHT_KEY, f"{way.right:g}")
        self._preferences.put(DOWN_KEY, f"{way.down:g}")
        self._preferences.put(GREY_KEY, "1" if way.grey else "0")
        self._preferences.put(SIDES_KEY, str(self.sides.currentIndex()))

    def start(self) -> None:
        """Ask for the printer with everything preset, and print on a worker."""
        if self._job is not None:
            return
        self.error.show_error("")
        try:
            way, (first, last) = self.way(), parse_pages(self.range.text(), self.pages)
        except UserError as error:
            self._failed(error)
            return
        self._remember(way)
        printer = printing.make_printer()
        printer.setDocName(self.paper.file.stem)
        printer.setCopyCount(int(self.copies.text() or 1))
        printer.setDuplex(_SIDES[self.sides.currentIndex()][1])
        if way.grey:
            printer.setColorMode(QPrinter.ColorMode.GrayScale)
        if (first, last) != (1, self.pages):
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(first, last)
        if not messages.choose_printer(self, printer):
            return
        self._print(printer, way)

    def _print(self, printer: QPrinter, way: Way) -> None:
        file = self.paper.file
        self.print.setEnabled(False)
        self._job = self._run.background(
            lambda job: printing.print_file(file, printer, job, way),
            if_there(self, lambda pages: self._printed(pages, printer.copyCount())),
            on_error=if_there(self, self._failed),
            on_progress=if_there(self, self.said.setText),
            words="正在打印…",
        )
        if not self._run.working:
            self._job = None

    _job: Job | None

    def _printed(self, pages: int, copies: int) -> None:
        self._job = None
        self.print.setEnabled(True)
        self.printed = copies
        said = f"已把 {pages} 页交给打印机，{copies} 份。"
        wanted = not self.log.isHidden()
        self.said.setText(f"{said}盖章后请登记用印。" if wanted else said)
        if wanted:
            self.log.setFocus()

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.print.setEnabled(True)
        self.said.setText("")
        self.error.show_error(f"{error.what}。{error.advice}")

    def print_rulers(self) -> None:
        """Print the calibration sheet with the offset as it stands."""
        self.error.show_error("")
        try:
            way = self.way()
            printer = printing.make_printer()
            printer.setDocName("打印校准页")
            if messages.choose_printer(self, printer):
                printing.print_rulers(printer, way)
                self._remember(way)
                self.said.setText("校准页已交给打印机")
        except UserError as error:
            self._failed(error)

    def log_seal(self) -> None:
        """Log the seal on what was printed."""
        from hs_credit_desktop.ui.dialogs.beside import beside
        from hs_credit_desktop.ui.dialogs.seal_log import Proposal, SealLog

        proposal = Proposal(
            kind=self.paper.kind.value,
            title=self.paper.file.stem,
            number=self.paper.number,
            sha256=self.paper.sha256,
            copies=self.printed or int(self.copies.text() or 1),
            round_id=self.paper.round.id,
        )
        beside(SealLog(self.parentWidget(), self._ws, self._run, proposal), self._run)

    def done(self, result: int) -> None:
        """Closing stops after the page under way."""
        if self._job is not None:
            self._job.stop()
        super().done(result)


def _field(name: str, text: str, tip: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    made.setMaximumWidth(120)
    return made
