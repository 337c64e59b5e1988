"""The page of an official document (GB/T 9704-2012, 5.1 and 5.2), in points."""

from dataclasses import dataclass, replace

MM = 72 / 25.4
A4_WIDTH, A4_HEIGHT = 210 * MM, 297 * MM


@dataclass(frozen=True)
class Layout:
    """Margins in millimetres (binding edge inside), the grid of lines and characters, type sizes.

    binding: 订口; fore: 翻口. Odd pages are bound on the left, even ones on the right.
    """

    name: str
    top: float = 37.0
    bottom: float = 35.0
    binding: float = 28.0
    fore: float = 26.0
    lines: int = 22
    chars: int = 28
    size: float = 16.0

    @property
    def width(self) -> float:
        """Width of the 版心 in points: 156 mm."""
        return A4_WIDTH - (self.binding + self.fore) * MM

    @property
    def height(self) -> float:
        """Height of the 版心 in points: 225 mm."""
        return A4_HEIGHT - (self.top + self.bottom) * MM

    @property
    def pitch(self) -> float:
        """Advance of a character: 156 mm / 28 = 15.79 pt, 0.21 pt less than its type size."""
        return self.width / self.chars

    @property
    def leading(self) -> float:
        """Distance of lines: 225 mm / 22 = 28.99 pt."""
        return self.height / self.lines

    def left(self, page: int) -> float:
        """Left edge of the 版心 of a page counted from 1."""
        return (self.binding if page % 2 else self.fore) * MM


def turned(layout: Layout) -> Layout:
    """The grid of a landscape page as it is read: type and distances stay, as many as there fit."""
    lines, chars = int(layout.width / layout.leading), int(layout.height / layout.pitch)
    return replace(
        layout,
        top=(A4_HEIGHT - lines * layout.leading) / MM,
        bottom=0.0,
        binding=(A4_WIDTH - chars * layout.pitch) / MM,
        fore=0.0,
        lines=lines,
        chars=chars,
    )


STANDARD = Layout("国标：天头 37 毫米，22 行 28 字")
# Offices differ; the default is the standard.
PRESETS = (
    STANDARD,
    Layout("天头 34.58 毫米，22 行 28 字", top=34.58, bottom=32.58),
    Layout("行距 29.2 磅，天头 37 毫米，21 行 28 字", bottom=297 - 37 - 21 * 29.2 / MM, lines=21),
    Layout("行距 28 磅，天头 37 毫米，22 行 28 字", bottom=297 - 37 - 22 * 28 / MM),
)

PAGE_NUMBER_SIZE = 14.0  # 4号
PAGE_NUMBER_BELOW = 7.0  # millimetres from the 版心 to the dashes beside the number
TITLE_SIZE = 22.0  # 2号
TITLE_LEADING = 35.0
