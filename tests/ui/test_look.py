"""The look keeps its promises: contrast, icons that exist, lamps that survive a grey printer."""

import itertools

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from hs_credit_desktop import paths
from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.ui import icons, lamps, theme
from hs_credit_desktop.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens, contrast, luminance

LOOKS = [
    pytest.param(LIGHT, id="light"),
    pytest.param(DARK, id="dark"),
    pytest.param(HIGH_CONTRAST, id="high"),
]
INKS = ("text", "text2", "text3", "accent", "ok", "warn", "bad", "back", "hold")
STATES = ("ok", "warn", "bad", "back", "hold")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", ["surface", "surface2", "bg", "hover"])
def test_every_ink_is_readable_on_every_ground(look: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(look, ink), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
def test_selected_rows_marks_and_buttons_are_readable(look: Tokens) -> None:
    pairs = [
        (look.sel_text, look.sel),
        (look.mark_text, look.mark),
        (look.text, look.nav),
        (look.text2, look.nav),
    ]
    pairs += [(look.fill_text, ground) for ground in (look.fill, look.fill_h, look.fill_p)]
    pairs += [(getattr(look, state), getattr(look, f"{state}_s")) for state in STATES]
    pairs.append((look.accent, look.soft))
    assert min(contrast(ink, ground) for ink, ground in pairs) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
def test_every_lamp_is_readable_on_a_selected_row(
    qapp: QApplication, look: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme._Look, "tokens", look)
    for sign in lamps.SIGNS.values():
        ink = getattr(look, lamps.ink_of(sign.ink, selected=True))
        assert contrast(ink, look.sel) >= 4.5, sign


@pytest.mark.parametrize("look", LOOKS)
def test_outlines_are_visible(look: Tokens) -> None:
    for ground in (look.surface, look.bg):
        assert contrast(look.control, ground) >= 3
        assert contrast(look.accent, ground) >= 3


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_bar_segments_differ_in_lightness(look: Tokens) -> None:
    shades = sorted(
        luminance(getattr(look, name)) for name in ("bar_ok", "bar_review", "bar_back", "bar_none")
    )
    assert min((high + 0.05) / (low + 0.05) for low, high in itertools.pairwise(shades)) >= 1.3


def test_contrast_is_the_formula_of_the_guideline() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_high_contrast_takes_the_colours_of_the_desktop() -> None:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, "#FFFFFF"),
        (role.WindowText, "#000000"),
        (role.Highlight, "#37006E"),
        (role.HighlightedText, "#FFFFFF"),
    ):
        palette.setColor(name, QColor(colour))
    look = theme.from_palette(palette)
    assert (look.surface, look.text, look.sel, look.sel_text) == (
        "#ffffff",
        "#000000",
        "#37006e",
        "#ffffff",
    )
    assert all(contrast(getattr(look, ink), look.surface) >= 4.5 for ink in INKS)


def test_high_contrast_falls_back_when_the_desktop_has_no_contrast() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#808080"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#909090"))
    assert theme.from_palette(palette) is HIGH_CONTRAST


@pytest.mark.parametrize("mode", list(theme.Mode))
def test_every_look_fills_the_whole_style_sheet(qapp: QApplication, mode: theme.Mode) -> None:
    theme.apply(qapp, mode)
    assert "$" not in qapp.styleSheet()
    assert qapp.palette().color(QPalette.ColorRole.Text).name() == theme.current().text.lower()


def test_every_icon_file_shows_something(qapp: QApplication) -> None:
    files = sorted((paths.resources() / "icons").glob("*_*_*.svg"))
    assert len(files) >= 60
    for file in files:
        name, size, style = file.stem.rsplit("_", 2)
        image = icons.pixmap(name, "text", int(size), style).toImage()
        assert _ink(image) >= 8, file.name


def test_an_icon_takes_the_colour_of_its_ink(qapp: QApplication) -> None:
    image = icons.pixmap("clock", "warn", 16, "filled").toImage()
    assert image.pixelColor(3, 8).name() == LIGHT.warn.lower()
    theme.apply(qapp, theme.Mode.DARK)
    assert (
        icons.pixmap("clock", "warn", 16, "filled").toImage().pixelColor(3, 8).name()
        == DARK.warn.lower()
    )


def _ink(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).alpha() > 64
        for x in range(image.width())
        for y in range(image.height())
    )


def _grey_glyph(lamp: Lamp) -> tuple[int, ...]:
    """The lamp's glyph on white, in grey, 16 × 16."""
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    lamps.paint_lamp(painter, QRect(0, 0, 16, 16), lamp, word=False)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return tuple(grey.pixelColor(x, y).red() for y in range(16) for x in range(16))


def test_lamps_differ_in_shape_when_printed_in_grey(qapp: QApplication) -> None:
    glyphs = {lamp: _grey_glyph(lamp) for lamp in Lamp}
    for one, other in itertools.combinations(Lamp, 2):
        differing = sum(abs(a - b) > 40 for a, b in zip(glyphs[one], glyphs[other], strict=True))
        assert differing >= 12, (one, other, differing)


def test_a_lamp_draws_its_word(qapp: QApplication) -> None:
    image = QImage(120, 28, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    lamps.paint_lamp(painter, QRect(0, 0, 120, 28), Lamp.OVERDUE)
    painter.end()
    beside = [image.pixelColor(x, y) for x in range(22, 90) for y in range(28)]
    assert sum(colour.name() == LIGHT.bad.lower() for colour in beside) > 20
