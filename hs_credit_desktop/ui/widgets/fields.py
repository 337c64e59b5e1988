"""Fields that behave: a wheel never changes a value, a wrong date says how to write it."""

import re
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.widgets.basics import paint_focus, repolish
from hs_credit_desktop.ui.widgets.states import InlineError


class ComboBox(QComboBox):
    """A drop-down drawn like the other fields; the mouse wheel scrolls the page, not the value."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(theme.FIELD)
        self.setFont(theme.font())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, theme.px(theme.FIELD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_field(painter, self.rect(), focused=self.hasFocus(), enabled=self.isEnabled())
        tokens = theme.current()
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.text3))
        space = self.rect().adjusted(9, 0, -28, 0)
        words = self.currentText() or self.placeholderText()
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        top = (self.height() - 16) // 2
        painter.drawPixmap(self.width() - 24, top, icons.pixmap("chevron_down", "text2"))


def paint_field(painter: QPainter, rect: QRect, *, focused: bool, enabled: bool = True) -> None:
    """The ground and outline of a field: 1 px control, 2 px accent with the keyboard in it."""
    tokens = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.surface if enabled else tokens.surface2))
    width = 2 if focused else 1
    edge = tokens.accent if focused else (tokens.control if enabled else tokens.border)
    painter.setPen(QPen(QColor(edge), width))
    inset = width / 2
    painter.drawRoundedRect(rect.toRectF().adjusted(inset, inset, -inset, -inset), 4, 4)
    painter.restore()


def parse_date(text: str, today: date) -> date:
    """A date as clerks type it: 2024-12-02, 2024.12.2, 20241202, 12-02 or 12月2日 (this year).

    Raises ValueError with the sentence to show below the field.
    """
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    if len(digits) == 2:
        digits = [str(today.year), *digits]
    if len(digits) != 3:
        raise ValueError("没有看懂这个日期。请按“2024-12-02”的格式填写。")
    year, month, day = (int(part) for part in digits)
    if not 1 <= month <= 12:
        raise ValueError(f"没有 {month} 月。请按“2024-12-02”的格式填写。")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(
            f"{year} 年 {month} 月没有 {day} 日。请按“2024-12-02”的格式填写。"
        ) from None


class DateField(QWidget):
    """A date as text with its error below; `chosen` is emitted with every date that can be read."""

    chosen = Signal(object)

    def __init__(self, name: str, today: date, *, optional: bool = False) -> None:
        super().__init__()
        self._today, self._optional = today, optional
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText("2024-12-02")
        self.error = InlineError()
        column.addWidget(self.edit)
        column.addWidget(self.error)
        self.setFocusProxy(self.edit)
        self.edit.editingFinished.connect(self.check)

    def set_date(self, day: date | None) -> None:
        """Show a date, or nothing."""
        self.edit.setText(day.isoformat() if day else "")
        self.show_error("")

    def date(self) -> date | None:
        """The date typed, None when empty or unreadable."""
        try:
            return parse_date(self.edit.text(), self._today) if self.edit.text().strip() else None
        except ValueError:
            return None

    def check(self) -> bool:
        """Show what is wrong, or write the date out in full; True when it can be used."""
        text = self.edit.text().strip()
        if not text:
            self.show_error("" if self._optional else "请填写日期，例如“2024-12-02”。")
            return self._optional
        try:
            day = parse_date(text, self._today)
        except ValueError as problem:
            self.show_error(str(problem))
            return False
        self.edit.setText(day.isoformat())
        self.show_error("")
        self.chosen.emit(day)
        return True

    def show_error(self, sentence: str) -> None:
        """Say below the field what is wrong; empty: nothing is."""
        self.error.show_error(sentence)
        self.edit.setProperty("state", "error" if sentence else "")
        repolish(self.edit)


class RadioButton(QRadioButton):
    """One of several choices: a ring, thick in the accent colour when it is the one chosen."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setFont(theme.font())
        self.setFixedHeight(theme.FIELD)

    def sizeHint(self) -> QSize:
        return QSize(30 + self.fontMetrics().horizontalAdvance(self.text()), theme.px(theme.FIELD))

    def hitButton(self, spot: QPoint) -> bool:
        return self.rect().contains(spot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - 16) / 2
        chosen = self.isChecked()
        painter.setBrush(QColor(tokens.surface))
        painter.setPen(
            QPen(QColor(tokens.accent if chosen else tokens.control), 5 if chosen else 1)
        )
        inset = 2.5 if chosen else 0.5
        painter.drawEllipse(QRectF(4 + inset, top + inset, 16 - 2 * inset, 16 - 2 * inset))
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.text3))
        words = self.rect().adjusted(26, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, middle, self.text())
        if self.hasFocus():
            paint_focus(painter, self.rect())


class SelectAllLineEdit(QLineEdit):
    """A line that is selected as a whole when the keyboard enters it, ready to be typed over."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.selectAll()
