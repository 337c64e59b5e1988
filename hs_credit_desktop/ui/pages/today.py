"""今日: what to do today, how far each pillar is, and who has not reported."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from hs_credit_desktop.domain.deadlines import weekday_name
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.today import Agenda, agenda
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.base import CountingPage
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.pages.today_ask import Answer, AskLine, What
from hs_credit_desktop.ui.pages.today_missing import BACK, MISSING, MissingPane
from hs_credit_desktop.ui.pages.today_papers import TodayPapers
from hs_credit_desktop.ui.pages.today_rows import rows_of
from hs_credit_desktop.ui.pages.today_words import Way, todo_rows
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Pane, label
from hs_credit_desktop.ui.widgets.pillars import PillarPane
from hs_credit_desktop.ui.widgets.rate import Rate
from hs_credit_desktop.ui.widgets.todo import TodoRow

if TYPE_CHECKING:
    from collections.abc import Sequence


PANES_KEY = "today_panes"
PANE_WIDTHS = (580, 680)
RATE_TIP = "报送率 ＝ 已报 ÷ 应报：已报 {received} 家，应报 {expected} 家（免报的不算）。"
ON_TIME_TIP = (
    "按时率 ＝ 按时 ÷ 应报：按时 {on_time} 家，应报 {expected} 家（免报的不算）。"
    "按时与否只看第一次收到的日期，以后补报、延期都不影响。"
)


class TodayPage(CountingPage):
    """Left what to do and how far it is; right the units that are missing."""

    def __init__(
        self, ws: Workspace, run: Run, preferences: Preferences, pages: "Sequence[str]"
    ) -> None:
        super().__init__(ws, run, preferences)
        self._pages = tuple(pages)
        self._written: list[tuple[object, Way]] = []
        self.rows: list[TodoRow] = []
        self.title = label("今日", theme.PAGE_TITLE, bold=True)
        self.day = label("", ink="text2")
        self.rate, self.on_time = Rate("报送率"), Rate("按时率")
        self.todo, self.pillars = Pane("今天要办"), PillarPane()
        self.ask_line = AskLine(ws.today)
        self.missing = MissingPane(self.ask_line)
        self._build()
        self._listen()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        head.addWidget(self.title)
        head.addWidget(self.day, 1)
        head.addWidget(self.rate)
        head.addSpacing(theme.GAP)
        head.addWidget(self.on_time)
        column.addLayout(head)
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.GAP)
        inner.addWidget(self._scrolled(), 1)
        inner.addWidget(self.pillars)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setChildrenCollapsible(False)
        for pane, least in ((left, 420), (self.missing, 480)):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(0, 46)
        self.splitter.setStretchFactor(1, 54)
        sizes = self.preferences.numbers(PANES_KEY)
        self.splitter.setSizes(sizes if len(sizes) == 2 else list(PANE_WIDTHS))
        self.splitter.splitterMoved.connect(
            lambda: self.preferences.put(PANES_KEY, self.splitter.sizes())
        )
        column.addWidget(self.splitter, 1)

    def _scrolled(self) -> Pane:
        area = QScrollArea()
        area.setAccessibleName("今天要办")
        area.setWidgetResizable(True)
        inside = QWidget()
        inside.setObjectName("scrolled")
        area.setWidget(inside)
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addStretch(1)
        self.todo.body.addWidget(area, 1)
        return self.todo

    def _listen(self) -> None:
        self.pillars.opened.connect(self._open_pillar)
        self.missing.opened.connect(self._open_return)
        self.missing.asked.connect(self.ask)
        self.missing.taken_back.connect(self._take_back)
        self.papers = TodayPapers(self, self.missing.chosen)
        self.missing.copied.connect(self.papers.copy_message)
        self.missing.mailed.connect(self.papers.copy_mail)
        self.missing.letter_asked.connect(self.papers.write_letter)
        self.missing.print_asked.connect(self.papers.print_list)
        bind(
            self,
            {
                "Ctrl+T": self.missing.ask_call,
                "Ctrl+E": self.missing.letter.click,
                "Ctrl+P": self.missing.print.click,
            },
        )
        self.ask_line.agreed.connect(self._agreed)

    # What the window asks

    def show_round(self, round_: Round) -> None:
        """Show what waits in a round."""
        self.ask_line.done()
        super().show_round(round_)

    def panes(self) -> list[QWidget]:
        """What to do, the pillars, the missing units."""
        first = next((row for row in self.rows if row.todo.verb), None)
        doors = [row[2] for row in self.pillars.rows[:1]]
        return [*([first] if first else []), *doors, self.missing.table]

    # Reading

    def read(self, round_: Round) -> None:
        """What is to do, how far it is and who is missing."""
        found = agenda(self.ws, round_)
        day = self.ws.today
        weekday = weekday_name(day).replace("周", "星期")
        self.day.setText(f"{day.year}年{day.month}月{day.day}日\u3000{weekday}")
        self._show_rates(found.figures)
        self._show_rows(found)
        self.pillars.show_tree(overview.tree(self.ws, round_))
        self.missing.show_rows(
            *(
                rows_of(self.ws, round_, status)
                for status in (Status.MISSING, Status.SENT_BACK, Status.EXEMPT)
            )
        )
        self.missing.lock(self._lock())

    def _show_rates(self, figures: Figures) -> None:
        assert self.round is not None
        so_far = "（截至目前）" if self.ws.today <= self.round.due_on else ""
        counts = vars(figures)
        self.rate.show_share("报送率", figures.rate, RATE_TIP.format(**counts))
        self.on_time.show_share(
            f"按时率{so_far}", figures.on_time_rate, ON_TIME_TIP.format(**counts)
        )

    def _show_rows(self, found: Agenda) -> None:
        """Rows that say the same stay, and so does the keyboard."""
        written = todo_rows(found, self._pages)
        self.todo.subtitle.setText(f"{sum(bool(todo.verb) for todo, _ in written)} 项")
        if written == self._written:
            return
        focused = next((at for at, row in enumerate(self.rows) if row.hasFocus()), -1)
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for place, (todo, way) in enumerate(written):
            row = TodoRow(todo)
            row.clicked.connect(lambda _=False, to=way: self.go(to))
            self._rows.insertWidget(place, row)
            row.show()  # now, so that it can take the keyboard at once
            self.rows.append(row)
        self._written = list(written)
        if 0 <= focused < len(self.rows):
            self.rows[focused].setFocus()

    def _lock(self) -> str:
        assert self.round is not None
        if self.ws.read_only:
            return "台账是只读打开的，只能查看"
        if self.round.state is RoundState.FROZEN:
            return f"{self.round.name}已封存，只能查看；如需修改请先解封"
        return ""

    # Doors

    def go(self, way: Way) -> None:
        """Open what a row is about; the missing units are in the pane beside it."""
        if way.status is Status.MISSING:
            self.missing.show_list(MISSING)
            self.missing.table.setFocus()
        elif way.status is Status.SENT_BACK:
            self.missing.show_list(BACK)
            self.missing.table.setFocus()
        elif way.status is not None:
            self.status_asked.emit(way.status)
        elif way.owing is not None:
            self.missing.show_list(MISSING)
            self.missing.table.select(way.owing)
            self.missing.table.setFocus()
        elif way.page is not None:
            self.page_asked.emit(way.page)
        elif way.forms:
            self._make_forms()
        elif way.doubts is not None:
            self.doubts_asked.emit(way.doubts)

    def _make_forms(self) -> None:
        from hs_credit_desktop.ui.dialogs.beside import beside
        from hs_credit_desktop.ui.dialogs.make_forms import MakeForms

        assert self.round is not None
        beside(MakeForms(self, self.ws, self.run, self.preferences, self.round), self.run)

    def _open_pillar(self, pillar_id: str, which: Counted) -> None:
        self.tasks_asked.emit(lambda page: page.open_measure(pillar_id, which))

    def _open_return(self, expected_return_id: str) -> None:
        unit = overview.expected_return(self.ws, expected_return_id).unit_id
        self.units_asked.emit(lambda page: page.open_unit(unit))

    # More time, and leave not to report

    def ask(self, what: What, expected_return_id: str) -> None:
        """Ask for date and reason in the line under the table."""
        from hs_credit_desktop.services import deadlines

        reason = deadlines.extension_reason(self.ws, expected_return_id)
        given = reason if what is What.EXTEND else ""
        assert self.round is not None
        proposal = deadlines.proposed_day(self.ws, self.round)
        self.ask_line.ask(
            what, overview.expected_return(self.ws, expected_return_id), proposal, given
        )

    def _agreed(self, answer: Answer) -> None:
        from hs_credit_desktop.services import undo
        from hs_credit_desktop.ui.pages.today_desk import carry_out

        if carry_out(self.run, self.ws, answer, self.ask_line.show_error):
            if answer.what is not What.CALL:
                done = undo.next_undo(self.ws)
                self.run.told.emit(f"已登记 {done}", "登记错了可以按 Ctrl+Z 撤销。")
            self.ask_line.done()
            self.missing.table.setFocus()

    def _take_back(self, what: What, expected_return_id: str) -> None:
        from hs_credit_desktop.ui.pages.today_desk import take_back

        take_back(self.run, self.ws, what, expected_return_id)
