"""The colour tokens of the three looks: plain data, measured for contrast by a test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """Every colour the window may use, as #RRGGBB.

    bg, nav: page and rail; surface, surface2: panes, table heads; border: decorative hairline;
    control: outline of fields and buttons; text…text3: body, captions, hints; accent: links,
    numbers, focus; fill, fill_h, fill_p: primary button at rest, hovered, pressed; sel, hover,
    soft: selected row, hovered row, accent chip; x and x_s: a state's colour and its soft chip;
    mark: highlighted text; bar_*: segments of a progress bar, told apart by lightness.
    """

    bg: str
    nav: str
    surface: str
    surface2: str
    border: str
    control: str
    text: str
    text2: str
    text3: str
    accent: str
    fill: str
    fill_h: str
    fill_p: str
    fill_text: str
    sel: str
    sel_text: str
    hover: str
    soft: str
    ok: str
    ok_s: str
    warn: str
    warn_s: str
    bad: str
    bad_s: str
    back: str
    back_s: str
    hold: str
    hold_s: str
    mark: str
    mark_text: str
    bar_ok: str
    bar_review: str
    bar_back: str
    bar_none: str
    dark: bool = False
    high_contrast: bool = False


LIGHT = Tokens(
    bg="#F2F4F7", nav="#E7EBF1", surface="#FFFFFF", surface2="#F6F8FB",
    border="#DCE1E9", control="#7F8998",
    text="#18212D", text2="#475364", text3="#566171", accent="#1D5AA8",
    fill="#1D5AA8", fill_h="#174A8B", fill_p="#113A6F", fill_text="#FFFFFF",
    sel="#D6E6F8", sel_text="#18212D", hover="#EDF2F8", soft="#E6EFFA",
    ok="#1A6B3C", ok_s="#E2F2E8", warn="#8A5200", warn_s="#FDF0D5",
    bad="#B3261E", bad_s="#FCE6E4", back="#A2410C", back_s="#FCE9DC",
    hold="#6A3D9F", hold_s="#EFE8F8", mark="#FFE08A", mark_text="#18212D",
    bar_ok="#1A6B3C", bar_review="#7FB0E6", bar_back="#7A2E07", bar_none="#DCE1E9",
)  # fmt: skip
DARK = Tokens(
    bg="#1A1E24", nav="#15181D", surface="#22272F", surface2="#292F38",
    border="#38404C", control="#7D899A",
    text="#E9EDF3", text2="#BAC3D0", text3="#A7B1C0", accent="#8DBBF5",
    fill="#2B68BC", fill_h="#2459A3", fill_p="#1E4C8C", fill_text="#FFFFFF",
    sel="#2C4566", sel_text="#E9EDF3", hover="#2B323C", soft="#253851",
    ok="#7FD3A0", ok_s="#20382B", warn="#F2C26B", warn_s="#3E331C",
    bad="#FF9D95", bad_s="#472725", back="#F7B084", back_s="#432D20",
    hold="#CDB2F3", hold_s="#352B47", mark="#FFE08A", mark_text="#18212D",
    bar_ok="#7FD3A0", bar_review="#4C7FC0", bar_back="#FFE3CF", bar_none="#38404C",
    dark=True,
)  # fmt: skip
# The fallback when the system's own high-contrast palette cannot be read.
HIGH_CONTRAST = Tokens(
    bg="#000000", nav="#000000", surface="#000000", surface2="#000000",
    border="#FFFFFF", control="#FFFFFF",
    text="#FFFFFF", text2="#FFFFFF", text3="#C8C8C8", accent="#1AEBFF",
    fill="#1AEBFF", fill_h="#FFFFFF", fill_p="#FFFFFF", fill_text="#000000",
    sel="#1AEBFF", sel_text="#000000", hover="#000000", soft="#000000",
    ok="#3FF23F", ok_s="#000000", warn="#FFFF00", warn_s="#000000",
    bad="#FF8080", bad_s="#000000", back="#FFB070", back_s="#000000",
    hold="#D9A8FF", hold_s="#000000", mark="#FFFF00", mark_text="#000000",
    bar_ok="#3FF23F", bar_review="#1A7FA0", bar_back="#FFE3CF", bar_none="#404040",
    dark=True, high_contrast=True,
)  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance 0…1 of #RRGGBB (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1…21 of two colours (WCAG 2.2, success criterion 1.4.3)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
