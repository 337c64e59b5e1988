"""设置: the look, when a row is 临期, the office's contact, holidays, where the data is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import text_size, theme, tray
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.settings_data import DataPane
from hs_credit_desktop.ui.preferences import LOOK, Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.text_size import TextSize
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label
from hs_credit_desktop.ui.widgets.fields import RadioButton
from hs_credit_desktop.ui.widgets.states import InlineError
from hs_credit_desktop.ui.widgets.tick import TickBox


class SettingsPage(Page):
    """Five panes in two columns; each saves by its own button."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("page")
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        grid = QGridLayout(inside)
        grid.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        grid.setSpacing(theme.GAP)
        self.data = DataPane(self.ws, self.run, self.start_asked.emit)
        self._panes = [
            self._look(),
            self._reminder(),
            self._contact(),
            self.data,
            self._holidays(),
        ]
        for row, pane in enumerate(self._panes[:4]):
            grid.addWidget(pane, row, 0)
        grid.addWidget(self._panes[4], 0, 1, 5, 1)
        grid.setRowStretch(4, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._read()

    def panes(self) -> list[QWidget]:
        return list(self._panes)

    def reload(self, changes: Changes) -> None:
        if changes.settings:
            self._read()

    def _read(self) -> None:
        """Show what the ledger says; nothing typed elsewhere on the page is lost by it."""
        self.due_soon.setText(str(office.thresholds(self.ws).due_soon_days))
        for key, value in office.office(self.ws).items():
            if not self.contact[key].isModified():
                self.contact[key].setText(value)
        if not self.holidays.document().isModified():
            self.holidays.setPlainText(office.holiday_lines(self.ws))
            self.holidays.document().setModified(False)

    # 外观

    def _look(self) -> Pane:
        pane, column = _pane("外观", "立即生效")
        row = QHBoxLayout()
        row.setSpacing(theme.PADDING)
        self.looks = QButtonGroup(self)
        chosen = self.preferences.text(LOOK, theme.Mode.SYSTEM)
        for mode in theme.Mode:
            button = RadioButton(mode.label)
            button.setChecked(mode == chosen)
            button.toggled.connect(
                lambda on, wanted=mode: self._choose_look(wanted) if on else None
            )
            self.looks.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addLayout(self._text_sizes())
        return pane

    def _text_sizes(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.PADDING)
        row.addWidget(label("文字大小", ink="text2"))
        self.sizes = QButtonGroup(self)
        now = text_size.chosen(self.preferences)
        for size in TextSize:
            button = RadioButton(size.label)
            button.setAccessibleName(f"文字大小：{size.label}")
            button.setChecked(size is now)
            button.toggled.connect(
                lambda on, wanted=size: self._choose_size(wanted) if on else None
            )
            self.sizes.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _choose_size(self, size: TextSize) -> None:
        self.preferences.put(text_size.KEY, size.value)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look = self.preferences.text(LOOK, theme.Mode.SYSTEM)
        text_size.put_in_force(app, theme.Mode(look), size)

    def _choose_look(self, mode: theme.Mode) -> None:
        self.preferences.put(LOOK, mode.value)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, mode)

    # 临期

    def _reminder(self) -> Pane:
        pane, column = _pane("提醒", "")
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.due_soon = QLineEdit()
        self.due_soon.setAccessibleName("临期天数")
        self.due_soon.setFixedWidth(64)
        self.due_soon.setValidator(QIntValidator(0, 999, self))
        row.addWidget(label("报送期限前"))
        row.addWidget(self.due_soon)
        row.addWidget(label("天起显示“临期”"))
        row.addStretch(1)
        column.addLayout(row)
        self.remind = TickBox("程序开着时，在屏幕右下角提醒截止日和承诺日，每天一次")
        self.remind.setChecked(tray.wanted(self.preferences))
        self.remind.toggled.connect(
            lambda on: self.preferences.put(tray.KEY, tray.ON if on else tray.OFF)
        )
        column.addWidget(self.remind)
        self.due_soon_foot = SaveFoot(self._save_due_soon)
        row.addWidget(self.due_soon_foot.saved)
        row.addWidget(self.due_soon_foot.button)
        column.addWidget(self.due_soon_foot.error)
        return pane

    def _save_due_soon(self) -> None:
        days = int(self.due_soon.text() or -1)
        self._save(
            lambda: office.set_due_soon_days(self.ws, days), self.due_soon_foot, self.due_soon
        )

    # 本单位

    def _contact(self) -> Pane:
        pane, column = _pane("本单位", "用在反馈表、催报函和报告里")
        form = QFormLayout()
        form.setHorizontalSpacing(theme.PADDING)
        form.setVerticalSpacing(theme.GAP)
        self.contact: dict[str, QLineEdit] = {}
        for key, name in office.OFFICE_KEYS.items():
            field = QLineEdit()
            field.setAccessibleName(name)
            form.addRow(label(name, ink="text2"), field)
            self.contact[key] = field
        column.addLayout(form)
        self.contact_foot = SaveFoot(self._save_contact)
        column.addLayout(self.contact_foot.layout())
        return pane

    def _save_contact(self) -> None:
        fields = {key: field.text() for key, field in self.contact.items()}
        for field in self.contact.values():
            field.setModified(False)
        self._save(lambda: office.set_office(self.ws, fields), self.contact_foot)

    # 节假日

    def _holidays(self) -> Pane:
        pane, column = _pane("节假日与调休", "在国务院公布的安排之外，由本单位补充或更正")
        hint = label(
            f"已知 {_years(office.work_calendar(self.ws).known_years)}的安排；其余年份按周末推算。"
            "每行写一天或一段，可以直接从表格里粘贴。",
            theme.CAPTION,
            ink="text2",
        )
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.holidays = QPlainTextEdit()
        self.holidays.setAccessibleName("节假日与调休")
        self.holidays.setTabChangesFocus(True)
        self.holidays.setPlaceholderText("2025-10-01 至 2025-10-08 休 国庆节\n2025-09-28 班")
        self.holidays.setMinimumHeight(200)
        column.addWidget(self.holidays, 1)
        self.holiday_foot = SaveFoot(self._save_holidays)
        column.addLayout(self.holiday_foot.layout())
        return pane

    def _save_holidays(self) -> None:
        table = office.parse_holidays(self.holidays.toPlainText())
        if not table.problems:
            self.holidays.document().setModified(False)
        self._save(lambda: office.set_holidays(self.ws, table), self.holiday_foot, self.holidays)

    def _save(
        self, fn: Callable[[], Changes], foot: "SaveFoot", field: QWidget | None = None
    ) -> None:
        """Run a command; what is wrong stands under the field, where the keyboard goes."""

        def refused(error: UserError) -> None:
            foot.error.show_error(f"{error.what}。{error.advice}")
            if field is not None:
                field.setFocus()

        foot.error.show_error("")
        done = self.run.command(fn, on_error=refused)
        foot.saved.setText(f"已保存 {self.ws.clock.now():%H:%M}" if done else "")


class SaveFoot:
    """保存 at the right, 已保存 beside it, what is wrong above it."""

    def __init__(self, save: Callable[[], None]) -> None:
        self.error = InlineError()
        self.saved = label("", theme.CAPTION, ink="text2")
        self.button = Button("保存", save)

    def layout(self) -> QVBoxLayout:
        """The three as the foot of a pane."""
        column = QVBoxLayout()
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.saved)
        row.addWidget(self.button)
        column.addLayout(row)
        return column


def _pane(title: str, subtitle: str) -> tuple[Pane, QVBoxLayout]:
    pane = Pane(title, subtitle)
    column = QVBoxLayout()
    column.setContentsMargins(theme.PADDING, 10, theme.PADDING, theme.PADDING)
    column.setSpacing(theme.GAP)
    pane.body.addLayout(column)
    return pane, column


def _years(years: frozenset[int]) -> str:
    """2004 至 2026 年 of the years that are known, with the gaps in them."""
    known = sorted(years)
    if not known:
        return ""
    gaps = [str(year) for year in range(known[0], known[-1]) if year not in years]
    said = f"{known[0]} 至 {known[-1]} 年"
    return f"{said}（缺 {'、'.join(gaps)} 年）" if gaps else said
