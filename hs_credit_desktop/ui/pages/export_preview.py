"""The middle pane of 导出: the report page by page, as it will come out of the printer."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from hs_credit_desktop.services import preview
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.printing import to_qimage
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import IconButton, Pane
from hs_credit_desktop.ui.widgets.segments import Segments
from hs_credit_desktop.ui.widgets.states import EmptyState

A4_INCHES = (8.268, 11.693)
SCREEN_DPI = 96.0
EDGE = 12  # logical pixels around the sheet
WHOLE, WIDTH, FULL = 0, 1, 2


class Sheet(QWidget):
    """One page on the desk."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName("报告页面")

    def show_image(self, image: QImage) -> None:
        """Show another page picture; its device pixel ratio gives the logical size."""
        self._image = image
        self.setMinimumSize(self._logical() + QSize(2 * EDGE, 2 * EDGE))
        self.update()

    def _logical(self) -> QSize:
        return self._image.deviceIndependentSize().toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        # In high contrast hairlines are as white as the paper.
        ground = tokens.surface if tokens.high_contrast else tokens.border
        painter.fillRect(self.rect(), QColor(ground))
        if self._image.isNull():
            return
        size = self._logical()
        left = (self.width() - size.width()) // 2
        top = max((self.height() - size.height()) // 2, EDGE)
        painter.fillRect(
            QRect(left - 1, top - 1, size.width() + 2, size.height() + 2), QColor(tokens.control)
        )
        painter.drawImage(left, top, self._image)


class PreviewPane(Pane):
    """Pages of one PDF; PgUp and PgDn turn them. export_asked: the button of the empty state."""

    export_asked = Signal()

    def __init__(self, run: Run) -> None:
        super().__init__("预览")
        self._run = run
        self._file: Path | None = None
        self._count = self._asked = 0
        self.number = 1
        self.sheet, self.scroll_area = Sheet(), QScrollArea()
        self.back = IconButton("chevron_up", "上一页  PgUp", lambda: self.turn(-1))
        self.on = IconButton("chevron_down", "下一页  PgDn", lambda: self.turn(1))
        self.fit = Segments((("整页", "看到整页"), ("页宽", "与窗格同宽"), ("100%", "原大")))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self._render)
        self._build()
        self.show_nothing()

    def _build(self) -> None:
        for widget in (self.back, self.on, self.fit):
            self.tools.addWidget(widget)
        self.scroll_area.setAccessibleName("页面预览")
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setWidget(self.sheet)
        self.scroll_area.setAccessibleName("报告预览")
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fit.chosen.connect(lambda _place: self._render())
        self._empty = EmptyState(
            "document_text",
            "还没有导出过",
            "导出以后，在这里一页一页看报告",
            "导出",
            self.export_asked.emit,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.scroll_area)
        self.body.addWidget(self._stack, 1)

    def show_nothing(self) -> None:
        """No report was made yet."""
        self._file, self._count = None, 0
        self._stack.setCurrentIndex(0)
        self._say()

    def show_file(self, file: Path, pages: int | None = None) -> None:
        """Show a report from its first page on; pages: how many it has, where that is known."""
        self._file, self.number = file, 1
        self._count = pages or preview.page_count(file)
        self._stack.setCurrentIndex(1)
        self._render()

    def turn(self, step: int) -> None:
        """Show the next or previous page."""
        target = min(max(self.number + step, 1), self._count)
        if target != self.number:
            self.number = target
            self._render()

    def _say(self) -> None:
        words = f"第 {self.number} 页，共 {self._count} 页" if self._count else ""
        self.subtitle.setText(words)
        self.back.setEnabled(self.number > 1)
        self.on.setEnabled(self.number < self._count)
        for button in self.fit.group.buttons():
            button.setEnabled(self._count > 0)

    def _dpi(self) -> float:
        room = self.scroll_area.viewport().size() - QSize(2 * EDGE, 2 * EDGE)
        across, down = room.width() / A4_INCHES[0], room.height() / A4_INCHES[1]
        which = self.fit.group.checkedId()
        wanted = {WHOLE: min(across, down), WIDTH: across - 2}.get(which, SCREEN_DPI)
        return max(wanted, 20.0) * self.devicePixelRatioF()

    def _render(self) -> None:
        """Draw the page on a worker; an answer that comes after another page was asked is left."""
        self._say()
        if self._file is None or not self.isEnabled():
            return
        self._asked += 1
        asked, file, number, dpi = self._asked, self._file, self.number, self._dpi()
        ratio = self.devicePixelRatioF()

        def done(image: QImage) -> None:
            if asked == self._asked:
                image.setDevicePixelRatio(ratio)
                self.sheet.show_image(image)
                self.scroll_area.verticalScrollBar().setValue(0)

        self._run.background(lambda _job: to_qimage(preview.page_image(file, number, dpi)), done)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()
