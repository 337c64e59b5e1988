"""用印登记: what was sealed, how many copies, by whom, what for; the scan dropped back."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.papers import PaperKind, SealLine
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import papers_seal
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.paper_register import PaperRegister
from hs_credit_desktop.ui.dialogs.void_line import on_ctrl_enter, widen
from hs_credit_desktop.ui.models.rows import NOTHING, Cell, Column, RowsModel
from hs_credit_desktop.ui.opening import copy_of, open_path
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, label, line
from hs_credit_desktop.ui.widgets.fields import DateField
from hs_credit_desktop.ui.widgets.table import RowsTable


@dataclass(frozen=True)
class Proposal:
    """A paper that was just printed and is to be logged."""

    kind: str = ""
    title: str = ""
    number: str = ""
    sha256: str = ""
    copies: int = 1
    round_id: str | None = None


def _ink(row: SealLine) -> str:
    return "text3" if row.voided_at else "text"


def _text(row: SealLine, words: str) -> Cell:
    return Cell(words or NOTHING, words, ink=_ink(row))


def _scans(row: SealLine) -> Cell:
    if row.voided_at:
        return Cell("已作废", -1, ink="text3")
    count = len(row.scans)
    return Cell(f"{count} 件" if count else "未存", count, ink="text" if count else "warn")


COLUMNS: tuple[Column[SealLine], ...] = (
    Column("用印日期", lambda row: _text(row, row.sealed_on.isoformat()), 88),
    Column("文件", lambda row: _text(row, row.title), 0),
    Column("文号", lambda row: _text(row, row.number), 150),
    Column("份数", lambda row: Cell(f"{row.copies} 份", row.copies, right=True, ink=_ink(row)), 52),
    Column("用印人", lambda row: _text(row, row.sealed_by), 76),
    Column("事由", lambda row: _text(row, row.purpose), 120),
    Column("用印方式", lambda row: _text(row, "电子印章图" if row.image else "手工盖章"), 80),
    Column("扫描件", _scans, 60),
)


class SealLog(PaperRegister[SealLine]):
    """The list above, one line to log below; a scan dropped anywhere goes to the chosen row."""

    def __init__(
        self, parent: QWidget | None, ws: Workspace, run: Run, proposal: Proposal | None = None
    ) -> None:
        hint = "作废所选的一条：写明原因，例如“登记重复”"
        super().__init__(parent, ws, run, papers_seal.void, hint)
        self._proposal = proposal or Proposal()
        self.setWindowTitle("用印登记")
        self.setAcceptDrops(True)
        self.model: RowsModel[SealLine] = RowsModel(COLUMNS, self)
        self.table = RowsTable("用印登记")
        self.table.show_model(self.model)
        widen(self.table, 1)
        self.detail = label("", theme.CAPTION, ink="text2")
        self.title, self.person, self.purpose, self.copies = (QLineEdit() for _ in range(4))
        self.day = DateField("用印日期", ws.today)
        self.log = Button("登记用印", self.start, key="Ctrl+Enter", primary=True, bind_key=False)
        self.add = Button("存入扫描件…", self._choose, key="Ctrl+O", icon="attach")
        self.show_scan = Button("打开扫描件", self.open_scan, icon="open")
        self._build()
        on_ctrl_enter(self, self.log)
        self._fill()
        self.table.moved.connect(lambda _id: self._say())
        self.table.opened.connect(lambda _id: self.open_scan())
        run.changed.connect(self._changed)
        self.reload()

    def _changed(self, changes: Changes) -> None:
        if changes.papers:
            self.reload()

    def _build(self) -> None:
        column, grid, foot = QVBoxLayout(self), QGridLayout(), QHBoxLayout()
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(self.void)
        column.addWidget(line())
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(4)
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("文件", self.title, 4),
            ("份数", self.copies, 1),
            ("用印人", self.person, 2),
            ("用印日期", self.day, 2),
            ("用印事由", self.purpose, 3),
        )
        for place, (words, widget, stretch) in enumerate(fields):
            grid.addWidget(label(words, theme.CAPTION, ink="text2"), 0, place)
            grid.addWidget(widget, 1, place)
            grid.setColumnStretch(place, stretch)
            widget.setAccessibleName(words)
        self.copies.setValidator(QIntValidator(1, papers_seal.MOST_COPIES, self.copies))
        column.addLayout(grid)
        column.addWidget(self.error)
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said, 1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        for button in (self.show_scan, self.add, self.log):
            foot.addWidget(button)
        column.addLayout(foot)
        for button in (self.add, self.log):
            button.setEnabled(not self._ws.read_only)

    def sizeHint(self) -> QSize:
        return QSize(940, 480)

    def _fill(self) -> None:
        person, purpose = papers_seal.last_used(self._ws)
        self.title.setText(self._proposal.title)
        self.copies.setText(str(self._proposal.copies))
        self.person.setText(person)
        self.purpose.setText(purpose)
        self.day.set_date(self._ws.today)
        (self.person if self._proposal.title and not person else self.title).setFocus()

    def reload(self) -> None:
        """Read the log again; the row that was chosen stays."""
        kept = self.table.current_id()
        self.model.show_rows(papers_seal.lines(self._ws))
        ids = self.table.ids()
        if ids:
            self.table.select(kept if kept in ids else ids[0])
        self._say()

    def _say(self) -> None:
        row = self.current()
        writable = row is not None and row.voided_at is None and not self._ws.read_only
        self.add.setEnabled(writable)
        self.add.setToolTip("盖章后扫描，存为佐证；也可以把扫描件拖到这个窗口")
        self.show_scan.setEnabled(row is not None and bool(row.scans))
        self.void.allow(allowed=writable)
        if row is None:
            self.detail.setText("还没有登记过用印。")
        elif row.voided_at:
            self.detail.setText(f"已作废：{row.void_reason}")
        else:
            said = (
                f"文件摘要 SHA-256 {row.sha256}" if row.sha256 else "没有文件摘要（不是本程序导出）"
            )
            self.detail.setText(f"{said}　{row.logged_at:%Y-%m-%d %H:%M} 由 {row.actor} 登记")

    def start(self) -> None:
        """Log what stands in the fields."""
        if not self.day.check():
            return
        titled = self.title.text().strip() == self._proposal.title
        known = self._proposal if titled else Proposal()
        day = self.day.date()
        assert day is not None
        logged = self._do(
            papers_seal.log,
            kind=known.kind or PaperKind.REPORT.value if titled else "",
            title=self.title.text(),
            copies=int(self.copies.text() or 0),
            sealed_by=self.person.text(),
            sealed_on=day,
            purpose=self.purpose.text(),
            sha256=known.sha256,
            number=known.number,
            round_id=known.round_id,
        )
        if logged:
            self.table.select(self.table.ids()[0])
            self.said.setText("已登记。盖章后扫描，把扫描件拖到这里。")
            self.add.setFocus()

    def _choose(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kinds = " ".join(f"*{ending}" for ending in papers_seal.SCANS)
        self.add_scans(messages.open_files(self, "选择扫描件", Path(home), f"扫描件 ({kinds})"))

    def add_scans(self, files: list[Path]) -> None:
        """Keep scans with the chosen row."""
        row = self.current()
        if row is None or row.voided_at:
            self.error.show_error("请先登记或选中一条用印，再存入扫描件。")
            return
        kept = sum(self._do(papers_seal.add_scan, row.id, file) for file in files)
        if kept:
            self.said.setText(f"已存入 {kept} 件扫描件，原样保存")

    def open_scan(self) -> None:
        """Open a copy of the newest scan of the chosen row."""
        row = self.current()
        if row is None or not row.scans:
            return
        scan = row.scans[-1]
        try:
            open_path(copy_of(self._ws, scan.sha256, scan.name))
        except UserError as error:
            self._failed(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.add_scans(files)
