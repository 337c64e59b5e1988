"""历年对照: a measure or a unit over all rounds of all notices, each cell a way to its entry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.services import overview, years, years_paper
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import reading
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.paper_writer import FOLDER_KEY, StoppedError, folder_of, told_to
from hs_credit_desktop.ui.dialogs.workbox import WorkBox, present
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.models.years import TotalRow, state_columns, total_columns, unit_columns
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.pages.names import TASKS, UNITS
from hs_credit_desktop.ui.widgets.basics import Button, NumberLink, label
from hs_credit_desktop.ui.widgets.compare import Compared, CompareView
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.segments import Segments
from hs_credit_desktop.ui.widgets.splitter import box_panes
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.export import ExportedFile
    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.services.years import MeasureYears, Stop, UnitLine, UnitStop
    from hs_credit_desktop.ui.pages.base import Page
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window

MEASURE, UNIT = 0, 1
TEXTS, TOTALS = 0, 1


class YearsBox(WorkBox):
    """Above what is looked at; then the rounds; below two texts side by side, or the totals."""

    SIZE = (1180, 660)

    def __init__(self, window: Window, measure_id: str = "") -> None:
        super().__init__(window, "历年对照")
        if measure_id:  # an older one is found under the measure that goes on with it
            measure_id = years.measure_years(self.ws, measure_id).measures[-1].measure.id
        self.found: MeasureYears | None = None
        self.unit_rows: tuple[UnitStop, ...] = ()
        self.mode = Segments((("措施", "一条措施在各年各轮"), ("单位", "一家单位在各年各轮")))
        self.chooser, self.bound = ComboBox("措施或单位"), label("", theme.CAPTION, ink="text2")
        self.bound.setWordWrap(True)
        self.table, self.totals = RowsTable("各轮情况"), RowsTable("累计数字")
        self.view, self.below = (
            CompareView(),
            Segments((("文字", "所选单位两轮的文字"), ("累计数字", "各单位的累计数字"))),
        )
        self.old, self.new = ComboBox("对照的轮次"), ComboBox("看的轮次")
        self.doors: list[NumberLink] = []
        self._door_row = QHBoxLayout()
        self._stack, self._lower = QStackedWidget(), QWidget()
        self.print_button = Button(
            "生成 PDF 和 Word…", self.write, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self._build()
        self._connect()
        self.choose_mode(MEASURE, measure_id)
        self.table.setFocus()

    # Building

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(self.mode)
        top.addWidget(self.chooser, 1)
        self.body.addLayout(top)
        self.body.addWidget(self.bound)
        self._door_row.setSpacing(theme.PADDING)
        self.body.addLayout(self._door_row)
        heads = QHBoxLayout()
        heads.setSpacing(theme.GAP)
        heads.addWidget(self.below)
        heads.addStretch(1)
        self._pair = QWidget()
        pair = QHBoxLayout(self._pair)
        pair.setContentsMargins(0, 0, 0, 0)
        for words, field in (("左", self.old), ("右", self.new)):
            pair.addWidget(label(words, theme.CAPTION, ink="text2"))
            field.setMinimumWidth(150)
            pair.addWidget(field)
        heads.addWidget(self._pair)
        column = QVBoxLayout(self._lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(heads)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.totals)
        column.addWidget(self._stack, 1)
        both = (self.table, self._lower)
        self.body.addWidget(box_panes("历年对照", both, (200, 300), Qt.Orientation.Vertical), 1)
        self.add_foot(
            Button("打开", self.open_current, key="Enter", bind_key=False), self.print_button
        )

    def _connect(self) -> None:
        self.mode.chosen.connect(self.choose_mode)
        self.below.chosen.connect(self._show_below)
        self.chooser.activated.connect(lambda _at: self.read())
        self.old.activated.connect(lambda _at: self._show_texts())
        self.new.activated.connect(lambda _at: self._show_texts())
        self.table.moved.connect(lambda _id: self._show_texts())
        self.table.opened.connect(lambda _id: self.open_current())
        self.totals.moved.connect(lambda row_id: self.table.select(row_id.split(":")[0]))
        self.totals.opened.connect(lambda _id: self.open_current())
        self.run.changed.connect(self._follow)  # a bound method: the connection goes with the box
        self.bind_primary(self.print_button)
        for key, way in (("Shift+F8", -1), ("F8", 1)):
            QShortcut(QKeySequence(key), self, partial(self.view.step, way))

    # Choosing

    @property
    def of_unit(self) -> bool:
        """Whether a unit is looked at and no measure."""
        return bool(self.mode.group.checkedId() == UNIT)

    def choose_mode(self, place: int, wanted: str = "") -> None:
        """Look at measures (0) or units (1); wanted: the id to begin with."""
        self.mode.choose(place)
        self.chooser.clear()
        if self.of_unit:
            for unit in overview.units_of(self.ws):
                self.chooser.addItem(unit.canonical_name, unit.id)
        else:
            newest = overview.notice(self.ws).id
            for item in years.measures(self.ws):
                ended = (
                    "" if item.notice.id == newest else f"（{item.notice.doc_number}，未再列入）"
                )
                self.chooser.addItem(f"{item.label}{ended}", item.measure.id)
        self.chooser.setCurrentIndex(max(self.chooser.findData(wanted), 0))
        self.read()

    def _follow(self, _changes: Changes) -> None:
        if self.isVisible():
            self.read()

    def read(self) -> None:
        """Read again what is chosen; the current row stays."""
        chosen = str(self.chooser.currentData() or "")
        kept = self.table.current_id()
        self._lower.setVisible(not self.of_unit)
        if self.of_unit:
            self._show_unit(chosen)
        elif chosen:
            self._show_measure(chosen)
        if not self.table.select(kept) and (ids := self.table.ids()):
            self.table.select(ids[0])
        self._show_texts()

    def _show_measure(self, measure_id: str) -> None:
        found = self.found = years.measure_years(self.ws, measure_id)
        self.bound.setText("\n".join(item.words for item in found.measures))
        self._show_model(self.table, state_columns(found.stops), found.lines)
        rows = [
            TotalRow(line, one, at) for line in found.lines for at, one in enumerate(line.totals)
        ]
        self._show_model(self.totals, total_columns(found.stops), rows)
        names = [stop.name for stop in found.stops]
        for field, back in ((self.old, 2), (self.new, 1)):
            kept = field.currentText()
            field.clear()
            field.addItems(names)
            last = self._last_said(back)
            field.setCurrentIndex(names.index(kept) if kept in names else last)
        doors: list[tuple[str, int, Any]] = []
        for at, stop in enumerate(found.stops):
            entries = [line.entries[at] for line in found.lines]
            covered = sum(one is not None and one.covered and not one.exempt for one in entries)
            doors.append((f"{stop.name} 已覆盖", covered, partial(self._open_measure, stop)))
        self._show_doors(doors)

    def _last_said(self, back: int) -> int:
        """The place of the newest round (1) that anybody wrote in, or of the one before (2)."""
        assert self.found is not None
        said = [
            at
            for at in range(len(self.found.stops))
            if any((entry := line.entries[at]) and entry.covered for line in self.found.lines)
        ]
        return said[-back] if len(said) >= back else max(len(self.found.stops) - back, 0)

    def _show_unit(self, unit_id: str) -> None:
        rows = self.unit_rows = years.unit_years(self.ws, unit_id)
        self.bound.setText(years_paper.unit_summary(rows))
        self._show_model(self.table, unit_columns(), rows)
        whole = years.summed(rows)
        counts = (
            ("按时", [row for row in rows if row.record and row.record.on_time]),
            ("逾期报送", [row for row in rows if row.record and row.record.late]),
            ("未报", [row for row in rows if row.record and row.record.missing]),
            ("退回过的轮次", [row for row in rows if row.record and row.record.sent_back]),
            ("全部轮次", list(rows) if whole else []),
        )
        self._show_doors(
            [(words, len(mine), partial(self._show_rows, mine)) for words, mine in counts]
        )

    def _show_rows(self, rows: list[UnitStop]) -> None:
        """Only the rounds that a number counts."""
        self._show_model(self.table, unit_columns(), rows)
        if rows:
            self.table.select(rows[0].id)

    def _show_doors(self, doors: list[tuple[str, int, Any]]) -> None:
        while item := self._door_row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.doors = []
        for words, count, act in doors:
            door = NumberLink(words, small=True)
            door.set_number(count)
            door.clicked.connect(act)
            self.doors.append(door)
            self._door_row.addWidget(door)
        self._door_row.addStretch(1)

    def _show_model(self, table: RowsTable, columns: Any, rows: Any) -> None:
        model: RowsModel[Any] = RowsModel(columns, table)
        model.show_rows(rows)
        old = table.proxy.sourceModel()
        table.show_model(model)
        if old is not None:
            old.deleteLater()

    def _show_below(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._pair.setVisible(place == TEXTS)

    # The texts

    def current_line(self) -> UnitLine | None:
        """The chosen unit of a measure."""
        lines = self.found.lines if self.found and not self.of_unit else ()
        return next((line for line in lines if line.id == self.table.current_id()), None)

    def _show_texts(self) -> None:
        line = self.current_line()
        if line is None:
            return
        places = (self.old.currentIndex(), self.new.currentIndex())
        old, new = (line.entries[at] for at in places)
        self.view.show_texts(
            Compared(
                f"{line.name} · {self.new.currentText()}",
                new.parts if new else FeedbackParts(),
                f"{line.name} · {self.old.currentText()}",
                (old.parts if old else FeedbackParts()) if places[0] != places[1] else None,
            )
        )

    # Doors

    def open_current(self) -> None:
        """The entry of the chosen unit in the round on the right; of a unit, its whole return."""
        if self.of_unit:
            row = next((one for one in self.unit_rows if one.id == self.table.current_id()), None)
            if row and (page := self._go(row.stop, UNITS)):
                page.open_unit(str(self.chooser.currentData()))
        elif line := self.current_line():
            entry = line.entries[self.new.currentIndex()]
            if entry is None:
                self.said.say(f"{line.name}不在{self.new.currentText()}的名单里")
            elif self.found and (
                page := self._go(self.found.stops[self.new.currentIndex()], TASKS)
            ):
                page.open_entry(entry.id)

    def _open_measure(self, stop: Stop) -> None:
        """The entries a number counts, on 任务."""
        assert self.found is not None
        mine = next(m for m in self.found.measures if m.notice.id == stop.notice.id)
        if page := self._go(stop, TASKS):
            page.open_measure(mine.measure.id, Counted.COVERED)

    def _go(self, stop: Stop, name: str) -> Page | None:
        """The page at the round; None when something typed there could not be saved."""
        if not self.main.show_page(name):
            return None
        if self.main.round is None or self.main.round.id != stop.round.id:
            self.main.show_round(stop.round.id)
        self.main.activateWindow()
        there = self.main.round is not None and self.main.round.id == stop.round.id
        return self.main.page if there else None

    # On paper

    def write(self) -> None:
        """Write what is looked at as PDF and Word into a folder."""
        folder = messages.choose_folder(self, "保存到哪个文件夹", folder_of(self.main.preferences))
        if folder is not None:
            self.main.preferences.put(FOLDER_KEY, str(folder))
            chosen, name = str(self.chooser.currentData()), self.chooser.currentText()
            self.work(
                partial(self._write, folder, chosen, name, self.of_unit),
                self._written,
                "正在生成…",
            )

    def _write(
        self, folder: Path, chosen: str, name: str, of_unit: bool, job: Job
    ) -> tuple[ExportedFile, ...]:
        try:
            with reading(self.ws) as own:
                if of_unit:
                    return years_paper.write_unit(own, chosen, name, folder, told_to(job))
                return years_paper.write_measure(own, chosen, folder, told_to(job))
        except StoppedError:
            return ()

    def _written(self, files: tuple[ExportedFile, ...]) -> None:
        if not files:
            self.said.say("已停止，没有写完的文件不留")
            return
        self.said.say(f"已写出 {files[0].path.name} 和 Word")
        open_path(files[0].path.parent)


def show_measure(window: QWidget, measure_id: str) -> YearsBox:
    """Open the box from a page at a measure of any year."""
    return present(cast("Window", window), YearsBox, measure_id)
