"""Make app.png and app.ico from app.svg: python resources/icons/app_icon.py."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent
SIZES = (16, 20, 24, 32, 48, 64, 256)


def png(size: int) -> bytes:
    """The drawing as a PNG of size × size pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(FOLDER / "app.svg")).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """An .ico that holds PNG pictures (allowed since Windows Vista)."""
    offset = 6 + 16 * len(pictures)
    entries = b""
    for size, data in pictures.items():
        edge = size % 256  # 0 says 256
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures.values())


def main() -> None:
    """Write both files beside the drawing."""
    app = QGuiApplication([*sys.argv[:1], "-platform", "offscreen"])
    (FOLDER / "app.png").write_bytes(png(256))
    (FOLDER / "app.ico").write_bytes(ico({size: png(size) for size in SIZES}))
    del app


if __name__ == "__main__":
    main()
