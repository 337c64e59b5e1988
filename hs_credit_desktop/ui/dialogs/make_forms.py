"""生成反馈表: which round, for whom, in which format, into which folder; written on a worker."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import forms, overview
from hs_credit_desktop.services.forms import FormPlan, MadeForm, MadeForms
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.void_line import on_ctrl_enter, widen
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run, if_there
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.states import InlineError
from hs_credit_desktop.ui.widgets.table import RowsTable

FOLDER_KEY = "forms_folder"
FORMATS = (
    ("自动：按单位要求；没有要求的，一条措施用 Word，其余用 Excel", None),
    ("全部用 Excel（xlsx）", "xlsx"),
    ("全部用 Word（docx）", "docx"),
    ("纸质版（pdf，打印后手工填写）", "pdf"),
)


class FormLine:
    """A form that was made, as a row."""

    def __init__(self, form: MadeForm) -> None:
        self.id, self.form = form.return_code, form


COLUMNS = (
    Column[FormLine]("文件", lambda row: Cell(row.form.path.name, row.form.path.name), 0),
    Column[FormLine]("措施", lambda row: Cell(f"{row.form.measures} 条", row.form.measures), 72),
    Column[FormLine]("回执码", lambda row: Cell(row.id, row.id), 150),
)


class _StoppedError(Exception):
    """The clerk pressed 停止."""


class MakeForms(QDialog):
    """Choices on top, what was written below. The window behind stays as it is."""

    def __init__(
        self, parent: QWidget | None, ws: Workspace, run: Run, preferences: Preferences, now: Round
    ) -> None:
        super().__init__(parent)
        self._ws, self._run, self._preferences = ws, run, preferences
        self._job: Job | None = None
        self._rounds = overview.rounds(ws, now.notice_id)
        self.setWindowTitle("生成反馈表")
        self.rounds, self.units, self.format = (
            ComboBox("轮次"),
            ComboBox("发给哪些单位"),
            ComboBox("格式"),
        )
        self.folder, self.said, self.error = (
            ElidedLabel(1, theme.BODY),
            ElidedLabel(1, theme.CAPTION, ink="text2"),
            InlineError(),
        )
        self.results = RowsTable("生成的反馈表")
        self.model: RowsModel[FormLine] = RowsModel(COLUMNS, self)
        self.results.show_model(self.model)
        widen(self.results, 0)
        self.stop = Button("停止", self._stop)
        self.show_folder = Button("打开文件夹", self._open, icon="folder_open")
        self.make = Button("生成", self.start, key="Ctrl+Enter", primary=True, bind_key=False)
        self._build()
        self.rounds.setCurrentIndex([item.id for item in self._rounds].index(now.id))
        run.changed.connect(self._changed)
        self._show_units()

    def _changed(self, changes: Changes) -> None:
        if changes.returns or changes.notice:
            self._show_units()

    def _build(self) -> None:
        for round_ in self._rounds:
            self.rounds.addItem(round_.name)
        for words, _ in FORMATS:
            self.format.addItem(words)
        self.rounds.activated.connect(lambda _at: self._show_units())
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.PADDING)
        grid.setVerticalSpacing(theme.GAP)
        choose = Button("换文件夹…", self._choose)
        self.folder.setText(str(self.path))
        rows: tuple[tuple[str, QWidget], ...] = (
            ("轮次", self.rounds),
            ("发给", self.units),
            ("格式", self.format),
            ("放到", self.folder),
        )
        for place, (words, widget) in enumerate(rows):
            grid.addWidget(label(words, ink="text2"), place, 0)
            grid.addWidget(widget, place, 1)
        grid.addWidget(choose, 3, 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addLayout(grid)
        column.addWidget(self.error)
        column.addWidget(self.results, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said, 1)
        for button in (
            self.stop,
            self.show_folder,
            Button("关闭", self.close, key="Esc", bind_key=False),
            self.make,
        ):
            foot.addWidget(button)
        column.addLayout(foot)
        self.stop.hide()
        self.show_folder.hide()
        on_ctrl_enter(self, self.make)
        self.results.escaped.connect(self.close)
        self.said.setText("每家一个文件，另有一份交付清单")

    def sizeHint(self) -> QSize:
        return QSize(640, 460)

    @property
    def path(self) -> Path:
        """Where the forms go: the folder chosen last, else 文档/反馈表."""
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(self._preferences.text(FOLDER_KEY) or Path(home) / "反馈表")

    @property
    def round(self) -> Round:
        """The round that is chosen."""
        return self._rounds[self.rounds.currentIndex()]

    def _show_units(self) -> None:
        kept = max(self.units.currentIndex(), 0)
        self.units.clear()
        for status, words in ((Status.EXPECTED, "全部应报的"), (Status.MISSING, "只给还没有报的")):
            count = len(overview.expected_returns(self._ws, self.round, status))
            self.units.addItem(f"{words} {count} 家", status)
        self.units.setCurrentIndex(kept)

    def _choose(self) -> None:
        if chosen := messages.choose_folder(self, "反馈表放到哪个文件夹", self.path):
            self._preferences.put(FOLDER_KEY, str(chosen))
            self.folder.setText(str(chosen))

    def start(self) -> None:
        """Give out the codes, then write the files on a worker."""
        if self._job is not None:
            return
        self.error.show_error("")
        try:
            plan = self._plan()
        except UserError as error:
            self._failed(error)
            return
        self._busy("正在准备…")
        out = self.path

        def work(job: Job) -> MadeForms | None:
            try:
                return forms.write_forms(plan, out, partial(_report, job))
            except _StoppedError:
                return None

        self._job = self._run.background(
            work,
            if_there(self, self._done),
            on_error=if_there(self, self._failed),
            on_progress=if_there(self, self._busy),
            words="正在生成…",
        )
        if not self._run.working:  # the work was done on the spot
            self._job = None

    def _plan(self) -> FormPlan:
        status = (Status.EXPECTED, Status.MISSING)[self.units.currentIndex()]
        chosen = {item.unit_id for item in overview.expected_returns(self._ws, self.round, status)}
        _, fmt = FORMATS[self.format.currentIndex()]
        return forms.plan_forms(self._ws, self.round, fmt=fmt, unit_ids=chosen)

    def _busy(self, words: str) -> None:
        self.said.setText(words)
        self.stop.show()
        self.make.setEnabled(False)

    def _idle(self, words: str) -> None:
        self._job = None
        self.said.setText(words)
        self.stop.hide()
        self.make.setEnabled(True)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.said.setText("正在停止…")

    def _done(self, made: MadeForms | None) -> None:
        if made is None:
            self._idle("已停止，没有写出任何文件")
            return
        self._idle(f"共 {len(made.forms)} 份反馈表，另有一份交付清单")
        self.model.show_rows([FormLine(form) for form in made.forms])
        self.show_folder.show()
        self._run.changed.emit(Changes(returns=True))  # codes were given out

    def _failed(self, error: UserError) -> None:
        self._idle("没有生成成功")
        self.error.show_error(f"{error.what}。{error.advice}")

    def _open(self) -> None:
        open_path(self.path)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Esc stops what is being written and closes the box."""
        self._stop()
        super().reject()


def _report(job: Job, done: int, total: int, unit: str) -> None:
    """Progress of the writer; raises when the clerk pressed 停止."""
    if job.stopped:
        raise _StoppedError
    job.report(f"正在生成 {done}/{total}　{unit}")
