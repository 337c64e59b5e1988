"""The pictures of the installer's pages, drawn from the program's own icon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common import ROOT
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

SIDE = (164, 314)  # pixels of NSIS's welcome and finish pages, drawn at twice the size
ICON_SIZE = 176
GROUND = "#e8eef7"


def draw_side(target: Path) -> Path:
    """Write the picture at the left of the first and last page as a Windows bitmap."""
    picture = Image.new("RGB", (SIDE[0] * 2, SIDE[1] * 2), GROUND)
    icon = Image.open(ROOT / "resources" / "icons" / "app.png").convert("RGBA")
    icon = icon.resize((ICON_SIZE, ICON_SIZE), Image.Resampling.LANCZOS)
    picture.paste(icon, ((picture.width - ICON_SIZE) // 2, picture.height // 5), icon)
    picture.save(target, "BMP")
    return target
