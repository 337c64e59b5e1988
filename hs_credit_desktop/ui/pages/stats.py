"""统计: unit × measure, how far everybody is, when returns came in; as a picture and on paper."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import matrix, office, overview
from hs_credit_desktop.services.matrix import Cells
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.return_lists import ReturnList
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.return_pages import By
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.progress import BAR, COLUMNS, UnitProgressModel, UnitRow
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import PagedRows
from hs_credit_desktop.ui.pages.base import CountingPage
from hs_credit_desktop.ui.pages.stats_side import CellPane, FiguresPane
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.bars import BarDelegate
from hs_credit_desktop.ui.widgets.basics import Button, Pane
from hs_credit_desktop.ui.widgets.matrix import MatrixView
from hs_credit_desktop.ui.widgets.matrix_legend import MatrixLegend
from hs_credit_desktop.ui.widgets.matrix_paint import Colouring
from hs_credit_desktop.ui.widgets.pillars import PillarPane
from hs_credit_desktop.ui.widgets.segments import Segments
from hs_credit_desktop.ui.widgets.table import RowsTable
from hs_credit_desktop.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.stats_sheet import Sheet

SIDE = 358
HEAD_FROM = 780  # a matrix narrower than this has no subtitle
PANES_KEY = "stats_panes"
MATRIX, PROGRESS = 0, 1
VIEWS = (("单位 × 措施", "每家单位每条措施一格"), ("进度", "各大类和各单位的进度"))
COLOURINGS = (
    ("完成情况", "格子里是完成情况的第一个字，越深完成得越多"),
    ("状态", "格子里是报送和审核的状态"),
)
MANY_ENTRIES = 20_000  # from here on the levels are not counted while the clerk waits


class StatsPage(CountingPage):
    """Left the matrix or the progress, right figures, the chosen cell and the arrivals."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.about = ""
        self.view, self.legend = MatrixView(), MatrixLegend()
        self.views, self.colourings = Segments(VIEWS), Segments(COLOURINGS)
        self.units_model = UnitProgressModel(COLUMNS, self)
        self.units, self.pillars = RowsTable("各单位进度"), PillarPane(words=220)
        self.figures, self.cell = FiguresPane(), CellPane()
        self.timeline = Timeline()
        self.left, self.when = Pane("单位 × 措施"), Pane("报送时间", "当天和累计（家）")
        self._build()
        self._listen()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self._fill_left()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self.when.body.addWidget(self.timeline, 1)
        for pane in (self.figures, self.cell, self.when):
            column.addWidget(pane, 1 if pane is self.when else 0)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setChildrenCollapsible(False)
        self.left.setMinimumWidth(560)
        self.splitter.addWidget(self.left)
        area = QScrollArea()  # larger texts find more room below than a small screen has
        area.setWidget(side)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumWidth(300)
        self.splitter.addWidget(area)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.splitterMoved.connect(
            lambda: self.preferences.put(PANES_KEY, self.splitter.sizes())
        )
        row.addWidget(self.splitter)

    def _fill_left(self) -> None:
        self.save = Button("导出图片…", self.export, key="Ctrl+E", bind_key=False)
        self.print = Button("打印…", self.print_shown, key="Ctrl+P", icon="print", bind_key=False)
        self.print.setToolTip("打印所看的图表；看各单位进度时，按 F12 存成 Excel")
        for part in (self.colourings, self.views, self.save, self.print):
            self.left.tools.addWidget(part)
        matrix_page = QWidget()
        column = QVBoxLayout(matrix_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.legend)
        progress_page = QWidget()
        column = QVBoxLayout(progress_page)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self.pillars)
        column.addWidget(self.units, 1)
        self.units.show_model(self.units_model)
        self.units.setItemDelegateForColumn(BAR, BarDelegate(self.units))
        self._stack = QStackedWidget()
        self._stack.addWidget(matrix_page)
        self._stack.addWidget(progress_page)
        self.left.body.addWidget(self._stack, 1)

    def _listen(self) -> None:
        self.views.chosen.connect(self.show_view)
        self.colourings.chosen.connect(self._colour)
        self.view.moved.connect(self._show_cell)
        self.view.opened.connect(self._open_entry)
        self.cell.opened.connect(self._open_entry)
        self.cell.unit_opened.connect(self._open_unit)
        self.figures.opened.connect(self.status_asked)
        self.pillars.opened.connect(self._open_pillar)
        self.units.opened.connect(self._open_row)
        bind(self, {"Ctrl+E": self.export, "Ctrl+P": self.print_shown})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * theme.MARGIN - theme.GAP
        side = SIDE if room > 1200 else 316
        kept = self.preferences.numbers(PANES_KEY)
        self.splitter.setSizes(kept if len(kept) == 2 else [room - side, side])
        # Where larger texts leave no room the buttons come first; the legend counts the same.
        self.left.subtitle.setVisible(room - side >= theme.px(HEAD_FROM))

    # What the window asks

    def panes(self) -> list[QWidget]:
        """Matrix or progress, figures, the chosen cell."""
        first: QWidget = self.view if self._stack.currentIndex() == MATRIX else self.units
        return [first, next(iter(self.figures.doors.values())), self.cell.open]

    # Reading

    def read(self, round_: Round) -> None:
        """Matrix, progress, figures and arrivals of the round."""
        figures = overview.figures(self.ws, round_)
        pillars = overview.tree(self.ws, round_)
        read = partial(_cells, self.ws, round_)
        found = matrix.unit_returns(self.ws, round_)
        self.view.matrix.show_round(_units(found), pillars, read)
        self.pillars.show_tree(pillars)
        self.units_model.show_rows(self._unit_rows(found))
        self.units.sort_again()
        self.figures.show_figures(figures, matrix.shares(figures))
        self.figures.subtitle.setText(f"{round_.name}，单位（家）")
        self.timeline.show_arrivals(matrix.arrivals(self.ws, round_))
        share = matrix.covered_share(figures)
        self.left.subtitle.setText(
            f"{figures.entries_expected} 格，已覆盖 {figures.entries_covered}（{share:.1%}）"
        )
        due_on, today = round_.due_on, self.ws.today
        self.about = f"{round_.name}（{due_on} 前报送），{today} 统计"
        self._say_legend()
        index = self.view.currentIndex()
        self._show_cell(str(index.data(Role.ID) or "") if index.isValid() else "")

    def _unit_rows(self, found: ReturnList) -> PagedRows[UnitRow]:
        assert self.round is not None
        limits, due_on = office.thresholds(self.ws), self.round.due_on

        def row(item: ExpectedReturn) -> UnitRow:
            lamp = overview.lamp_of_return(self.ws, item, due_on, limits)
            return UnitRow(item, lamp, matrix.progress_of(item))

        return PagedRows(
            len(found),
            lambda start, stop: [row(item) for item in found.read(start, stop)],
            found.place,
            lambda by, falling: self._unit_rows(
                found.sorted(By(by) if by else None, falling=falling)
            ),
            found.order,
        )

    def _say_legend(self) -> None:
        assert self.round is not None
        small = overview.figures(self.ws, self.round).entries_expected <= MANY_ENTRIES
        counted = matrix.completions(self.ws, self.round) if small else None
        self.legend.show_counts(self.view.colouring, counted)

    def _show_cell(self, entry_id: str) -> None:
        if not entry_id or self.round is None:
            self.cell.show_nothing()
            return
        detail = overview.entry_detail(self.ws, entry_id)
        limits = office.thresholds(self.ws)
        lamp = overview.lamp_of_entry(self.ws, detail.entry, self.round.due_on, limits)
        self.cell.show_entry(detail, lamp)

    # Choosing and doors

    def show_view(self, which: int) -> None:
        """Show the matrix or the progress."""
        self.views.choose(which)
        self._stack.setCurrentIndex(which)
        self.colourings.setVisible(which == MATRIX)
        self.left.title.setText(VIEWS[which][0])

    def _colour(self, place: int) -> None:
        self.view.show_colouring(list(Colouring)[place])
        if self.round is not None:
            self._say_legend()

    def _open_entry(self, entry_id: str) -> None:
        self.tasks_asked.emit(lambda page: page.open_entry(entry_id))

    def _open_unit(self, unit_id: str) -> None:
        self.units_asked.emit(lambda page: page.open_unit(unit_id))

    def _open_row(self, expected_return_id: str) -> None:
        row = self.units_model.rows[self.units_model.row_of(expected_return_id)]
        self._open_unit(row.expected.unit_id)

    def _open_pillar(self, pillar_id: str, which: Counted) -> None:
        self.tasks_asked.emit(lambda page: page.open_measure(pillar_id, which))

    # Pictures and paper

    @property
    def shown(self) -> int:
        """MATRIX or PROGRESS."""
        return self._stack.currentIndex()

    def sheets(self) -> "list[Sheet]":
        """What is shown, as sheets to print or to write as pictures."""
        from hs_credit_desktop.ui.pages import stats_sheet

        assert self.round is not None
        title = overview.notice_of(self.ws, self.round).doc_number or "信用任务"
        if self.shown == MATRIX:
            head = f"{title}　单位 × 措施　{COLOURINGS[self.colourings.group.checkedId()][0]}"
            return stats_sheet.matrix_sheets(
                head, self.about, self.view.matrix, self.view.colouring
            )
        return stats_sheet.progress_sheets(
            f"{title}　反馈进度",
            self.about,
            overview.tree(self.ws, self.round),
            self.units_model.rows,
            matrix.arrivals(self.ws, self.round),
        )

    def export(self) -> None:
        """Write what is shown as a picture."""
        from hs_credit_desktop.ui.pages import stats_pictures

        if self.round is not None:
            name = f"{self.round.name}{VIEWS[self.shown][0]}"
            stats_pictures.export(self, self.run, name, self.sheets, self.left.subtitle.setText)

    def print_shown(self) -> None:
        """Print what is shown."""
        from hs_credit_desktop.ui.pages import stats_pictures

        if self.round is not None:
            name = f"{self.round.name}{VIEWS[self.shown][0]}"
            stats_pictures.print_shown(
                self, self.run, name, self.sheets, self.left.subtitle.setText
            )


def _units(found: ReturnList) -> PagedRows[ExpectedReturn]:
    """The units as rows of the matrix, which is never sorted."""
    return PagedRows(
        len(found), found.read, found.place, lambda _by, _falling: _units(found), found.order
    )


def _cells(ws: Workspace, round_: Round, ids: Sequence[str]) -> Cells:
    return matrix.cells(ws, round_, ids)
