"""单位报送记录: every unit over the rounds, a neutral circular made from it, levels named."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.chasing import ChaseLevel, UnitRecord
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import chasing, overview, papers_publish, papers_register
from hs_credit_desktop.services.workspace import Workspace, reading
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.paper_writer import PaperWriter
from hs_credit_desktop.ui.dialogs.void_line import on_ctrl_enter, widen
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run, if_there
from hs_credit_desktop.ui.widgets.basics import Button, label, line
from hs_credit_desktop.ui.widgets.table import RowsTable


class RecordRow:
    """A record with the id a table wants."""

    def __init__(self, record: UnitRecord) -> None:
        self.record, self.id = record, record.unit_id


def _counted(name: str, head: str, tip: str, *, bad: bool = False) -> Column[RecordRow]:
    def cell(row: RecordRow) -> Cell:
        count = getattr(row.record, name)
        ink = "text3" if not count else ("warn" if bad else "text")
        return Cell(str(count), count, right=True, ink=ink)

    return Column(head, cell, 72, tip, right=True)


COLUMNS: tuple[Column[RecordRow], ...] = (
    Column("单位", lambda row: Cell(row.record.unit_name, row.record.unit_name), 0),
    _counted("expected", "应报", "应报几次，免报的不算"),
    _counted("on_time", "按时", "第一次收到不晚于截止日期的次数"),
    _counted("late", "逾期报送", "截止以后才收到的次数", bad=True),
    _counted("missing", "未报", "已过截止日期还没有报的次数", bad=True),
    _counted("sent_back", "退回补报", "被退回的次数", bad=True),
    _counted("repeated", "雷同", "与本单位上一轮文字雷同的条数", bad=True),
    _counted("chased", "催报", "催过几次"),
)


class UnitRecords(QDialog):
    """The table over all rounds up to the one on view; the circular is written from it."""

    def __init__(
        self,
        parent: QWidget | None,
        ws: Workspace,
        run: Run,
        preferences: Preferences,
        round_: Round,
    ) -> None:
        super().__init__(parent)
        self._ws, self._run, self._round = ws, run, round_
        rounds = overview.rounds(ws, round_.notice_id)
        self._rounds = tuple(one for one in rounds if one.number <= round_.number)
        self.setWindowTitle("单位报送记录")
        self.model: RowsModel[RecordRow] = RowsModel(COLUMNS, self)
        self.table = RowsTable("单位报送记录")
        self.table.show_model(self.model)
        widen(self.table, 0)
        self.counted = label("", ink="text2")
        self.writer = PaperWriter(ws, run, preferences, round_)
        self.make = Button("生成通报", self.start, key="Ctrl+Enter", primary=True, bind_key=False)
        self.make.setToolTip("只列数字，按正式排序，不评价；每份 Word 和 PDF")
        self.levels = {level: QLineEdit() for level in ChaseLevel}
        self.writer.busy.connect(lambda busy: self.make.setEnabled(not busy))
        self._build()
        on_ctrl_enter(self, self.make)
        self._read()

    def _build(self) -> None:
        column, names, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(self.counted)
        column.addWidget(self.table, 1)
        names.setSpacing(theme.GAP)
        names.addWidget(label("催报级别", theme.CAPTION, ink="text2"))
        for level, words in chasing.level_names(self._ws).items():
            edit = self.levels[level]
            edit.setText(words)
            edit.setMaximumWidth(110)
            edit.setAccessibleName(f"级别“{words}”的名称")
            names.addWidget(edit)
        self.save = Button("保存级别名称", self._save)
        self.save.setEnabled(not self._ws.read_only)
        self.save.setToolTip("由轻到重三级；空着就恢复原来的名称")
        names.addWidget(self.save)
        names.addStretch(1)
        column.addLayout(names)
        column.addWidget(line())
        column.addWidget(self.writer)
        foot.setSpacing(theme.GAP)
        foot.addStretch(1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        foot.addWidget(Button("复制文字", self.copy, icon="copy"))
        foot.addWidget(self.make)
        column.addLayout(foot)

    def sizeHint(self) -> QSize:
        return QSize(880, 560)

    def _read(self) -> None:
        """The counts at once; the repeats when a worker has compared the texts."""
        ids = [one.id for one in self._rounds]
        self._show(chasing.records(self._ws, ids), counting=True)
        ws, rounds = self._ws, self._rounds

        def work(_job: Job) -> tuple[UnitRecord, ...]:
            with reading(ws) as own:
                return chasing.with_repeats(own, chasing.records(own, ids), rounds)

        self._run.background(work, if_there(self, self._show), words="正在比对雷同文字…")

    def _show(self, records: Sequence[UnitRecord], *, counting: bool = False) -> None:
        names = "、".join(one.name for one in self._rounds)
        more = "，正在比对雷同文字…" if counting else ""
        self.counted.setText(f"{len(records)} 家，{names}{more}")
        self.model.show_rows([RecordRow(item) for item in records])

    def start(self) -> None:
        """Write the circular with the number registered for it."""
        round_ = self._round
        number = papers_register.number_of(self._ws, round_, PaperKind.CIRCULAR)
        self.writer.write(
            lambda ws, folder, told: papers_publish.write_kind(
                ws, round_, PaperKind.CIRCULAR, folder, number=number, progress=told
            ),
            number=number,
        )

    def copy(self) -> None:
        """The figures as text on the clipboard."""
        records = [row.record for row in self.model.rows]
        QGuiApplication.clipboard().setText(chasing.circular_text(self._ws, records))
        self.counted.setText("文字已复制，可以粘贴")

    def _save(self) -> None:
        names = {level: edit.text() for level, edit in self.levels.items()}
        if self._run.command(chasing.name_levels, self._ws, names):
            for level, words in chasing.level_names(self._ws).items():
                self.levels[level].setText(words)

    def done(self, result: int) -> None:
        """Closing stops what is being written."""
        self.writer.leave()
        super().done(result)
