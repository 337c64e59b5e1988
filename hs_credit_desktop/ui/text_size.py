"""Five text sizes: fonts, rows and fields grow together, at once and in every window."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import Preferences

KEY = "text_size"
TALLEST = 200  # what is fixed higher than this is a picture or a page, not a line of text
_KNOWN = "text_zoom"  # property: the zoom a widget's fixed sizes were reckoned for


class TextSize(StrEnum):
    """What the clerk chose."""

    SMALL = "small"
    STANDARD = "standard"
    LARGE = "large"
    LARGER = "larger"
    LARGEST = "largest"

    @property
    def label(self) -> str:
        """The word in the settings."""
        return dict(zip(TextSize, ("小", "标准", "大", "较大", "最大"), strict=True))[self]

    @property
    def zoom(self) -> float:
        """Times the standard size."""
        return dict(zip(TextSize, (0.9, 1.0, 1.12, 1.25, 1.4), strict=True))[self]


def chosen(preferences: Preferences) -> TextSize:
    """The size that was chosen last, 标准 when none was."""
    kept = preferences.text(KEY, TextSize.STANDARD)
    return TextSize(kept) if kept in list(TextSize) else TextSize.STANDARD


class _Fitter(QObject):
    """Fits widgets that are made later, when they are shown first."""

    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish and isinstance(seen, QWidget):
            _fit(seen)
        return False


class _Kept:
    fitter: _Fitter | None = None


def put_in_force(app: QApplication, mode: theme.Mode, size: TextSize) -> None:
    """Show everything in this size from here on."""
    ratio = size.zoom / theme.zoom()
    theme.apply(app, mode, size.zoom)
    _watch(app, on=size is not TextSize.STANDARD)
    if ratio == 1.0:
        return
    for widget in app.allWidgets():
        _refont(widget, ratio)
        _fit(widget)


def _watch(app: QApplication, *, on: bool) -> None:
    """Look at events only while there is something to fit: every event passes through here."""
    if on and _Kept.fitter is None:
        _Kept.fitter = _Fitter(app)
        app.installEventFilter(_Kept.fitter)
    elif not on and _Kept.fitter is not None:
        app.removeEventFilter(_Kept.fitter)
        _Kept.fitter.deleteLater()
        _Kept.fitter = None


def _refont(widget: QWidget, ratio: float) -> None:
    """A font that was set by hand does not follow the program's own."""
    font = widget.font()
    if font.pointSizeF() > 0 and widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
        font.setPointSizeF(round(font.pointSizeF() * ratio, 2))
        widget.setFont(font)


def fitted(widget: QWidget) -> float:
    """The zoom the fixed sizes of a widget are reckoned for; it will be fitted when it is shown."""
    return float(widget.property(_KNOWN) or 1.0)


def made_to_measure(widget: QWidget) -> None:
    """Its sizes were reckoned with the texts as they are now: they are not fitted once more."""
    widget.setProperty(_KNOWN, theme.zoom())


def _fit(widget: QWidget) -> None:
    """Scale what was fixed in pixels, once for each zoom."""
    ratio = theme.zoom() / fitted(widget)
    if ratio == 1.0:
        return
    widget.setProperty(_KNOWN, theme.zoom())
    low, high = widget.minimumHeight(), widget.maximumHeight()
    if 0 < low <= TALLEST and low == high:
        widget.setFixedHeight(round(low * ratio))
    elif 0 < low <= TALLEST:
        widget.setMinimumHeight(round(low * ratio))
    low, high = widget.minimumWidth(), widget.maximumWidth()
    if 0 < low <= TALLEST and low == high:
        widget.setFixedWidth(round(low * ratio))
    if isinstance(widget, QTableView):
        _fit_table(widget, ratio)
    widget.updateGeometry()


def _fit_table(table: QTableView, ratio: float) -> None:
    rows, columns = table.verticalHeader(), table.horizontalHeader()
    rows.setMinimumSectionSize(round(rows.minimumSectionSize() * ratio))
    rows.setDefaultSectionSize(round(rows.defaultSectionSize() * ratio))
    last = columns.count() - 1 if columns.stretchLastSection() else columns.count()
    for at in range(last):
        if columns.sectionResizeMode(at) is QHeaderView.ResizeMode.Interactive:
            columns.resizeSection(at, round(columns.sectionSize(at) * ratio))
