"""Icons of resources/icons, tinted by a colour ink and rendered once per size and screen."""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hs_credit_desktop import paths
from hs_credit_desktop.ui import theme


def icon(name: str, ink: str = "text2", size: int = 16, style: str = "regular") -> QIcon:
    """The icon `name` in the colour of `ink`, for buttons and menus; greyed when disabled."""
    made = QIcon(pixmap(name, ink, size, style))
    made.addPixmap(pixmap(name, "text3", size, style), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, ink: str = "text2", size: int = 16, style: str = "regular") -> QPixmap:
    """The icon as a pixmap of size × size logical pixels for the sharpest screen in use."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    colour = str(getattr(theme.current(), ink))
    return _render(f"{name}_{size}_{style}", colour, size, ratio)


def paint(painter: QPainter, rect: QRect, name: str, style: str, colour: str) -> None:
    """Draw the 16 px icon as lines into rect, sharp at any scale of the painter (paper too)."""
    _vector(f"{name}_16_{style}", colour).render(painter, QRectF(rect))


@lru_cache(maxsize=64)
def _vector(file_name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(_tinted(file_name, colour))


@lru_cache(maxsize=512)
def _render(file_name: str, colour: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(_tinted(file_name, colour)).render(
        painter, QRectF(0, 0, made.width(), made.height())
    )
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@cache
def _folder() -> str:
    return str(paths.resources() / "icons")


def _tinted(file_name: str, colour: str) -> QByteArray:
    """The file's text with `fill` set on its root; the files themselves have none."""
    with open(f"{_folder()}/{file_name}.svg", "rb") as file:  # noqa: PTH123  a Path costs more
        svg = file.read()
    return QByteArray(svg.replace(b"<svg ", f'<svg fill="{colour}" '.encode(), 1))
