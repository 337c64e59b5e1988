"""发文登记: which paper got which number; the next is proposed, gaps and doubles are named."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.papers import DocumentNumber, PaperKind, RegisterLine
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import papers_register
from hs_credit_desktop.services.papers_register import Register
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.paper_register import PaperRegister
from hs_credit_desktop.ui.dialogs.void_line import on_ctrl_enter, widen
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, label, line
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.table import RowsTable

OTHER = "其他文件"
NAMED = 6  # gaps that are named one by one


def _ink(row: RegisterLine) -> str:
    return "text" if row.valid else "text3"


def kind_words(kind: str) -> str:
    """The word for the kind a line is about."""
    return PaperKind(kind).label if kind in list(PaperKind) else OTHER


class NumberRegister(PaperRegister[RegisterLine]):
    """The register above, a line to take the next number below, the office's words at the foot.

    kind: the paper for which a number is wanted; round_: the round that paper belongs to.
    """

    def __init__(
        self,
        parent: QWidget | None,
        ws: Workspace,
        run: Run,
        round_: Round | None,
        kind: PaperKind | None = None,
    ) -> None:
        hint = "作废所选的文号：写明原因，例如“文件没有发出”"
        super().__init__(parent, ws, run, papers_register.void, hint)
        self._round = round_
        self._doubles: frozenset[DocumentNumber] = frozenset()
        self.setWindowTitle("发文登记")
        self.model: RowsModel[RegisterLine] = RowsModel(self._columns(), self)
        self.table = RowsTable("发文登记")
        self.table.show_model(self.model)
        widen(self.table, 2)
        self.findings = label("", ink="text2")
        self.findings.setWordWrap(True)
        self.kind = ComboBox("文书")
        self.number, self.title, self.plain, self.letters = (QLineEdit() for _ in range(4))
        self.take = Button("登记文号", self.start, key="Ctrl+Enter", primary=True, bind_key=False)
        for item in PaperKind:
            if item not in (PaperKind.LEDGER, PaperKind.MISSING_LIST, PaperKind.RECEIPT):
                self.kind.addItem(item.label, item.value)
        self.kind.addItem(OTHER, "")
        if kind is not None:
            self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self._build()
        on_ctrl_enter(self, self.take)
        self.kind.activated.connect(lambda _at: self._propose())
        self.table.moved.connect(lambda _id: self._say())
        run.changed.connect(self._changed)
        self.reload()

    def _changed(self, changes: Changes) -> None:
        """A number taken elsewhere; what is being typed here stays."""
        if changes.papers:
            self._show_lines()

    def _columns(self) -> tuple[Column[RegisterLine], ...]:
        def number(row: RegisterLine) -> Cell:
            double = row.valid and row.number in self._doubles
            sort = f"{row.number.word}{row.number.year}{row.number.number:06}"
            icon = ("warning", "warn", "filled") if double else None
            return Cell(str(row.number), sort, ink="warn" if double else _ink(row), icon=icon)

        def state(row: RegisterLine) -> Cell:
            words = "重号" if row.number in self._doubles else "在用"
            said = words if row.valid else f"作废：{row.void_reason}"
            return Cell(said, said, ink="text3" if not row.valid else "text2")

        return (
            Column("发文字号", number, 200),
            Column("文书", lambda row: Cell(kind_words(row.kind), row.kind, ink=_ink(row)), 110),
            Column("标题", lambda row: Cell(row.title, row.title, ink=_ink(row)), 0),
            Column(
                "登记日期",
                lambda row: Cell(row.taken_on.isoformat(), row.taken_on.isoformat(), ink=_ink(row)),
                88,
            ),
            Column("状态", state, 130),
        )

    def _build(self) -> None:
        column, grid, words, foot = QVBoxLayout(self), QGridLayout(), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(self.findings)
        column.addWidget(self.table, 1)
        column.addWidget(self.void)
        column.addWidget(line())
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(4)
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("文书", self.kind, 1),
            ("发文字号", self.number, 2),
            ("标题", self.title, 4),
        )
        for place, (said, widget, stretch) in enumerate(fields):
            grid.addWidget(label(said, theme.CAPTION, ink="text2"), 0, place)
            grid.addWidget(widget, 1, place)
            grid.setColumnStretch(place, stretch)
            widget.setAccessibleName(said)
        column.addLayout(grid)
        column.addWidget(self.error)
        words.setSpacing(theme.GAP)
        for said, edit in (("机关代字", self.plain), ("函的代字", self.letters)):
            words.addWidget(label(said, theme.CAPTION, ink="text2"))
            words.addWidget(edit)
            edit.setAccessibleName(said)
            edit.setMaximumWidth(140)
        self.save = Button("保存代字", self._save_words, key="Ctrl+S")
        words.addWidget(self.save)
        words.addStretch(1)
        column.addLayout(words)
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said, 1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        foot.addWidget(self.take)
        column.addLayout(foot)
        for button in (self.save, self.take):
            button.setEnabled(not self._ws.read_only)

    def sizeHint(self) -> QSize:
        return QSize(880, 480)

    def reload(self) -> None:
        """Read the register again and propose the next number."""
        self._show_lines()
        said = papers_register.words(self._ws)
        self.plain.setText(said[False])
        self.letters.setText(said[True])
        self._propose()

    def _show_lines(self) -> None:
        """The row that was chosen stays."""
        kept, shown = self.table.current_id(), papers_register.register(self._ws)
        self._doubles = shown.doubles
        self.model.show_rows(shown.lines)
        ids = self.table.ids()
        if ids:
            self.table.select(kept if kept in ids else ids[-1])
        self._say_findings(shown)
        self._say()

    def _say_findings(self, shown: Register) -> None:
        parts = (
            [f"任务分解通知用了 {'、'.join(map(str, shown.notices))}。"] if shown.notices else []
        )
        if shown.gaps:
            more = f" 等 {len(shown.gaps)} 个" if len(shown.gaps) > NAMED else ""
            parts.append(f"缺号：{'、'.join(map(str, shown.gaps[:NAMED]))}{more}。")
        if shown.doubles:
            parts.append(f"重号：{'、'.join(map(str, sorted(shown.doubles)))}，请作废其中一个。")
        if not shown.gaps and not shown.doubles:
            parts.append("没有缺号，没有重号。")
        self.findings.setText("".join(parts))

    def _propose(self) -> None:
        chosen = self.kind.currentData()
        letter = chosen in list(PaperKind) and PaperKind(chosen).letter
        self.number.setText(papers_register.propose(self._ws, letter=letter))
        rounds = self._round.name if self._round else ""
        self.title.setText(f"{rounds}{PaperKind(chosen).label}" if chosen else "")

    def _say(self) -> None:
        row = self.current()
        self.void.allow(allowed=row is not None and row.valid and not self._ws.read_only)

    def start(self) -> None:
        """Enter the number that stands in the field."""
        number = self.number.text()
        taken = self._do(
            papers_register.take,
            number,
            kind=self.kind.currentData(),
            title=self.title.text(),
            round_id=self._round.id if self._round else None,
        )
        if taken:
            self.said.setText(f"已登记 {number.strip()}")

    def _save_words(self) -> None:
        if self._do(
            papers_register.set_words, plain=self.plain.text(), letters=self.letters.text()
        ):
            self.said.setText("代字已保存")
