"""催报函: which units, until when, at which level; letter as PDF and Word, logged if wanted."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.domain.chasing import ChaseLevel, Owing
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    chasing,
    deadlines,
    papers,
    papers_publish,
    papers_register,
)
from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.paper_writer import PaperWriter
from hs_credit_desktop.ui.dialogs.void_line import on_ctrl_enter
from hs_credit_desktop.ui.models.missing import contact_words
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, label, line
from hs_credit_desktop.ui.widgets.fields import ComboBox, DateField
from hs_credit_desktop.ui.widgets.tick import TickBox


class ChasePapers(QDialog):
    """Units with ticks on the left; day, level and number on the right; the program sends nothing.

    only: the expected return that is ticked at first; None: all of them.
    """

    def __init__(
        self,
        parent: QWidget | None,
        ws: Workspace,
        run: Run,
        preferences: Preferences,
        round_: Round,
        only: str | None = None,
    ) -> None:
        super().__init__(parent)
        self._ws, self._run, self._round = ws, run, round_
        self._owing = chasing.missing(ws, round_)
        self._numbered = ""
        self.setWindowTitle(f"催报函　{round_.name}")
        self.units = QScrollArea()
        self.units.setAccessibleName("发给哪些未报单位")
        self.ticks: dict[str, TickBox] = {}
        self.counted = label("", theme.CAPTION, ink="text2")
        self.until = DateField("请于哪天前报送", ws.today)
        self.until.set_date(deadlines.proposed_day(ws, round_))
        self.level = ComboBox("催报级别")
        self.number = QLineEdit(self._proposal())
        self.number.setAccessibleName("发文字号")
        self.number.setPlaceholderText("可以空着")
        self.log = TickBox("记入各单位的催报记录", "催报次数加一；程序本身不发送")
        self.log.setChecked(True)
        self.writer = PaperWriter(ws, run, preferences, round_)
        self.make = Button("生成催报函", self.start, key="Ctrl+Enter", primary=True, bind_key=False)
        self._fill(only)
        self._build()
        on_ctrl_enter(self, self.make)
        self.writer.busy.connect(lambda _busy: self._count())
        self.writer.written.connect(self._written)
        run.changed.connect(self._changed)
        self._count()
        self.until.edit.setFocus()

    def _changed(self, changes: Changes) -> None:
        """A unit that reported meanwhile is not chased any more."""
        if changes.returns:
            owing = chasing.missing(self._ws, self._round)
            self._owing = tuple(item for item in owing if item.expected_return_id in self.ticks)
            there = {item.expected_return_id for item in self._owing}
            for place, tick in self.ticks.items():
                tick.setVisible(place in there)
            self._count()

    def _proposal(self) -> str:
        return papers_register.propose(self._ws, letter=True)

    def _fill(self, only: str | None) -> None:
        sheet = QWidget()
        sheet.setObjectName("scrolled")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.GAP, 4, theme.GAP, 4)
        column.setSpacing(0)
        for item in self._owing:
            said = contact_words(item)
            tick = TickBox(f"{item.unit_name}　{said}" if said else item.unit_name)
            tick.setChecked(only in (None, item.expected_return_id))
            tick.toggled.connect(lambda _on: self._count())
            self.ticks[item.expected_return_id] = tick
            column.addWidget(tick)
        column.addStretch(1)
        self.units.setWidget(sheet)
        self.units.setWidgetResizable(True)
        for level, words in chasing.level_names(self._ws).items():
            self.level.addItem(words, level)
        self.level.setCurrentIndex(list(ChaseLevel).index(ChaseLevel.LETTER))

    def _build(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.PADDING)
        row.setSpacing(theme.PADDING)
        left, grid = QVBoxLayout(), QGridLayout()
        left.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.counted, 1)
        head.addWidget(LinkButton("全选", lambda: self._tick(every=True)))
        head.addWidget(LinkButton("全不选", lambda: self._tick(every=False)))
        left.addLayout(head)
        left.addWidget(self.units, 1)
        grid.setHorizontalSpacing(theme.PADDING)
        grid.setVerticalSpacing(theme.GAP)
        fields = (
            ("报送期限", self.until),
            ("级别", self.level),
            ("发文字号", self.number),
            ("", self.log),
        )
        for place, (words, widget) in enumerate(fields):
            caption = label(words, ink="text2")
            caption.setFixedHeight(theme.px(theme.FIELD))
            grid.addWidget(caption, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, place, 1)
        grid.addWidget(label("发文字号写上就登记；空着就不印。", theme.CAPTION, ink="text2"), 4, 1)
        copy = Button("复制群消息", self.copy_text, icon="copy")
        copy.setToolTip("未报和退回的单位写成一条消息，粘贴到工作群；程序本身不发送")
        grid.addWidget(copy, 5, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setRowStretch(6, 1)
        grid.setColumnMinimumWidth(1, 220)
        row.addLayout(left, 1)
        row.addLayout(grid)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addStretch(1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        foot.addWidget(self.make)
        column.addLayout(row, 1)
        column.addWidget(line())
        column.addWidget(self.writer)
        column.addLayout(foot)

    def sizeHint(self) -> QSize:
        return QSize(760, 480)

    def _tick(self, *, every: bool) -> None:
        for tick in self.ticks.values():
            tick.setChecked(every)

    def chosen(self) -> tuple[Owing, ...]:
        """The units that are ticked, in official order."""
        return tuple(
            item for item in self._owing if self.ticks[item.expected_return_id].isChecked()
        )

    def _count(self) -> None:
        count = len(self.chosen())
        self.counted.setText(f"未报 {len(self._owing)} 家，发给 {count} 家")
        self.make.setEnabled(count > 0 and self.writer.stop.isHidden())
        self.make.setToolTip("" if count else "先勾选单位")

    def start(self) -> None:
        """Write the letter; the number is checked before and entered with it."""
        owing, round_, day = self.chosen(), self._round, self.until.date()
        if not owing or not self.until.check() or day is None or not self._number_is_free():
            return
        ids = {item.expected_return_id for item in owing}
        number = self._numbered

        def make(ws: Workspace, folder: object, told: object) -> Sequence[ExportedFile]:
            chosen = [
                item for item in chasing.missing(ws, round_) if item.expected_return_id in ids
            ]
            paper = papers.chase_letter(ws, round_, owing=chosen, reply_by=day, number=number)
            return papers_publish.write(ws, paper, folder, told)  # type: ignore[arg-type]

        self._sent = (owing, day, self.log.isChecked())
        self.writer.write(make, number=number)

    def _number_is_free(self) -> bool:
        typed = self.number.text().strip()
        if typed and typed == self._numbered:  # written again under the number it has
            return True
        self._numbered = ""
        if typed:
            try:
                self._numbered = str(papers_register.free(self._ws, typed))
            except UserError as error:
                self.writer.error.show_error(f"{error.what}。{error.advice}")
                return False
        self._entered = False
        return True

    def _written(self, files: Sequence[ExportedFile]) -> None:
        """Enter the number and log the letter once the files are there."""
        owing, _day, logged = self._sent
        title = files[0].path.stem
        if self._numbered and not self._entered:
            self._entered = self._run.command(
                papers_register.take,
                self._ws,
                self._numbered,
                kind=PaperKind.CHASE_LETTER.value,
                title=title,
                round_id=self._round.id,
            )
        if logged:
            self._run.command(self._log, owing)
            self.log.setChecked(False)  # written again it is still one letter

    def _log(self, owing: Sequence[Owing]) -> Changes:
        level = self.level.currentData()
        return chasing.log_letter(self._ws, owing, level=ChaseLevel(level))

    _sent: tuple[tuple[Owing, ...], date, bool]
    _entered = False

    def copy_text(self) -> None:
        """One message to the group chat on the clipboard."""
        QGuiApplication.clipboard().setText(chasing.group_text(self._ws, self._round))
        self.counted.setText("群消息已复制，可以粘贴")

    def done(self, result: int) -> None:
        """Closing stops what is being written."""
        self.writer.leave()
        super().done(result)
