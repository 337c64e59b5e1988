"""The one theme: palette, fonts, sizes and the generated style sheet."""

import sys
from dataclasses import replace
from enum import StrEnum
from functools import cache
from string import Template
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from hs_credit_desktop import paths
from hs_credit_desktop.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens, contrast

FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
PAPER_FAMILIES = ("FangSong", "仿宋", "Noto Serif CJK SC")
# Points: caption and table head, body, pane title, page title, key figure.
CAPTION, BODY, PANE_TITLE, PAGE_TITLE, FIGURE = 9.0, 10.0, 11.0, 14.0, 13.0
# Logical pixels.
GAP, MARGIN, PADDING = 8, 10, 12
ROW, FIELD, CHIP = 28, 28, 21
HEADER, PANE_HEAD, FOOTER, STATUS, RAIL = 50, 38, 44, 24, 72


_GROUNDS = (
    "bg",
    "nav",
    "surface",
    "surface2",
    "hover",
    "soft",
    "ok_s",
    "warn_s",
    "bad_s",
    "back_s",
    "hold_s",
)
_STATES = ("accent", "ok", "warn", "bad", "back", "hold")


class Mode(StrEnum):
    """What the clerk chose; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"

    @property
    def label(self) -> str:
        """The word in the settings."""
        return {
            Mode.SYSTEM: "跟随系统",
            Mode.LIGHT: "浅色",
            Mode.DARK: "深色",
            Mode.HIGH_CONTRAST: "高对比度",
        }[self]


_SCHEMES = {Mode.LIGHT: Qt.ColorScheme.Light, Mode.DARK: Qt.ColorScheme.Dark}


class _Look:
    """What is in force now; widgets that paint themselves ask `current()`."""

    tokens: Tokens = LIGHT
    zoom: float = 1.0
    system: QPalette | None = None
    own_families: tuple[str, ...] = ()


def current() -> Tokens:
    """The tokens in force; ask again at every paint."""
    return _Look.tokens


def use(tokens: Tokens) -> None:
    """Draw with these tokens from here on (pictures are on white paper); then put them back."""
    _Look.tokens = tokens


def zoom() -> float:
    """How large texts are; 1.0 is 标准."""
    return _Look.zoom


def px(size: int) -> int:
    """A height or width at the text size in force, in logical pixels."""
    return round(size * _Look.zoom)


def apply(app: QApplication, mode: Mode, zoom: float | None = None) -> None:
    """Put the look in force on the whole program; zoom scales every text size, None keeps it."""
    if _Look.system is None:
        _Look.system = QPalette(app.palette())
        _Look.own_families = _shipped_families()
        app.setStyle("Fusion")
    # Title bars and system dialogs follow this; Unknown hands the choice back to the desktop.
    app.styleHints().setColorScheme(_SCHEMES.get(mode, Qt.ColorScheme.Unknown))
    _Look.tokens = resolve(mode, app)
    _Look.zoom = _Look.zoom if zoom is None else zoom
    app.setFont(font())
    app.setPalette(palette_of(_Look.tokens))
    app.setStyleSheet(style_sheet(_Look.tokens))


def resolve(mode: Mode, app: QApplication) -> Tokens:
    """The tokens of a mode; a high-contrast desktop wins over 跟随系统."""
    if mode is Mode.HIGH_CONTRAST or (mode is Mode.SYSTEM and _system_high_contrast()):
        return (
            from_palette(_Look.system or app.palette())
            if _system_high_contrast()
            else HIGH_CONTRAST
        )
    if mode is Mode.SYSTEM:
        is_dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if mode is Mode.DARK else LIGHT


def _system_high_contrast() -> bool:
    """Whether Windows 高对比度 is on; Qt 6.9 does not report it."""
    if sys.platform != "win32":
        return False
    import ctypes

    class HighContrast(ctypes.Structure):
        _fields_ = [
            ("cbSize", ctypes.c_uint),
            ("dwFlags", ctypes.c_uint),
            ("lpszDefaultScheme", ctypes.c_wchar_p),
        ]

    info = HighContrast(ctypes.sizeof(HighContrast), 0, None)
    get_high_contrast, is_on = 0x0042, 0x1
    ctypes.windll.user32.SystemParametersInfoW(
        get_high_contrast, info.cbSize, ctypes.byref(info), 0
    )
    return bool(info.dwFlags & is_on)


def from_palette(palette: QPalette) -> Tokens:
    """High-contrast tokens made of the system's own colours; the fallback where they clash."""
    role = QPalette.ColorRole
    window, text = palette.color(role.Window).name(), palette.color(role.WindowText).name()
    chosen, on_chosen = (
        palette.color(role.Highlight).name(),
        palette.color(role.HighlightedText).name(),
    )
    if contrast(window, text) < 7 or contrast(chosen, on_chosen) < 4.5:
        return HIGH_CONTRAST
    colours: dict[str, Any] = dict.fromkeys(_GROUNDS, window)
    colours |= dict.fromkeys(("border", "control", "text", "text2", "text3"), text)
    colours |= dict.fromkeys(("fill", "fill_h", "fill_p", "sel", "mark"), chosen)
    colours |= dict.fromkeys(("fill_text", "sel_text", "mark_text"), on_chosen)
    colours |= {name: _readable(name, window, text) for name in _STATES}
    return replace(HIGH_CONTRAST, **colours)


def _readable(name: str, ground: str, fallback: str) -> str:
    """The state colour of the look that can be read on `ground`, else plain text."""
    candidates = (str(getattr(look, name)) for look in (HIGH_CONTRAST, LIGHT))
    return next((colour for colour in candidates if contrast(colour, ground) >= 4.5), fallback)


def palette_of(tokens: Tokens) -> QPalette:
    """The tokens as a QPalette, so that everything Fusion draws itself follows the look."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, tokens.bg),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.surface2),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.text3),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.ToolTipBase, tokens.surface2),
        (role.ToolTipText, tokens.text),
        (role.Highlight, tokens.sel),
        (role.HighlightedText, tokens.sel_text),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Accent, tokens.accent),
        (role.Mid, tokens.border),
        (role.Midlight, tokens.border),
        (role.Dark, tokens.control),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.text3))
    return palette


def style_sheet(tokens: Tokens) -> str:
    """resources/styles/window.qss with the tokens and sizes filled in."""
    template = Template((paths.resources() / "styles" / "window.qss").read_text(encoding="utf-8"))
    chip_border = tokens.text if tokens.high_contrast else tokens.border
    off = "dashed" if tokens.high_contrast else "solid"  # no grey tells a disabled button there
    made = template.substitute(vars(tokens), chip_border=chip_border, off=off)
    return made if _Look.zoom == 1.0 else _zoomed(made)


def _zoomed(sheet: str) -> str:
    """Heights of fields and buttons follow the text; the room of heads and scroll bars stays."""
    import re  # only for another text size than the standard one

    return re.sub(
        r"((?:min|max)-height: )(\d+)px", lambda found: f"{found[1]}{px(int(found[2]))}px", sheet
    )


def font(points: float = BODY, *, bold: bool = False) -> QFont:
    """The window's font at one of the five sizes; only 400 and 700 exist in these families."""
    return QFont(_font(points * _Look.zoom, bold, _Look.own_families))


@cache
def _font(points: float, bold: bool, own_families: tuple[str, ...]) -> QFont:
    """Made once a size: every cell asks for it at every paint, and a copy costs a tenth."""
    made = QFont()
    made.setFamilies([*FAMILIES, *own_families])
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def figure_font(points: float = BODY, *, bold: bool = False) -> QFont:
    """Like `font`, with figures of one width so that columns line up."""
    made = font(points, bold=bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def paper_font(points: float = PANE_TITLE) -> QFont:
    """The font of the notice's own text, drafts and previews."""
    made = QFont()
    made.setFamilies([*PAPER_FAMILIES, *FAMILIES])
    made.setPointSizeF(points * _Look.zoom)
    return made


def _shipped_families() -> tuple[str, ...]:
    """Families of resources/fonts, loaded only when the system has none of ours."""
    installed = set(QFontDatabase.families())
    if installed.intersection(FAMILIES):
        return ()
    found: list[str] = []
    for file in sorted((paths.resources() / "fonts").glob("*Hei*.[to]t[fc]")):
        found += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return tuple(dict.fromkeys(found))
