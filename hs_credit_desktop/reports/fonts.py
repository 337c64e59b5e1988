"""The fonts of official documents: which face a role has, and who steps in for a rare character."""

import re
import struct
from collections.abc import Callable
from enum import StrEnum
from functools import cache, wraps
from itertools import groupby
from pathlib import Path

from hs_credit_desktop import paths
from hs_credit_desktop.errors import UserError

ADVICE = "请重新安装本程序，台账数据不受影响"


class Face(StrEnum):
    """A role in an official document (GB/T 9704-2012, 5.2.2 and 7); the value is the font's name.

    The value is the file name without ending, the PostScript name and the name ReportLab knows.
    """

    BODY = "GWFang"  # 仿宋: text
    KAI = "GWKai"  # 楷体: headings of the second level
    HEI = "GWHei"  # 黑体: headings of the first level, 附件
    TITLE = "GWXiaoBiaoSong"  # 小标宋: title and red head
    SONG = "GWSong"  # 宋体: page numbers; covers signs and rare characters, not everyday ones

    @property
    def file(self) -> Path:
        """The TrueType file."""
        return paths.resources() / "fonts" / f"{self.value}.ttf"


# Song is nearest to 仿宋 and 楷体 in stroke; 黑体 has everything the others have.
FALLBACKS = (Face.SONG, Face.HEI)
# Who steps in for a whole face whose file is gone: the nearest of those with everyday characters.
NEAREST = {
    Face.BODY: Face.KAI,
    Face.KAI: Face.BODY,
    Face.HEI: Face.TITLE,
    Face.TITLE: Face.HEI,
    Face.SONG: Face.BODY,
}
WORDS = {
    Face.BODY: "仿宋",
    Face.KAI: "楷体",
    Face.HEI: "黑体",
    Face.TITLE: "小标宋",
    Face.SONG: "宋体",
}


def register() -> None:
    """Make all faces known to ReportLab under their names; a second call does nothing.

    ReportLab is imported here, not above: it costs a sixth of a second at start-up.
    A face whose file is missing or damaged is drawn with another (see `stand_in`).
    Raises UserError when there is no other either.
    """
    from reportlab.pdfbase import pdfmetrics, ttfonts

    if not hasattr(ttfonts.makeToUnicodeCMap, "__wrapped__"):
        ttfonts.makeToUnicodeCMap = _beyond_16_bits(ttfonts.makeToUnicodeCMap)
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in ((one.value, stand_in(one).file) for one in Face if one.value not in known):
        try:
            font = ttfonts.TTFont(name, str(file), asciiReadable=False)
        except (ttfonts.TTFError, OSError) as error:
            raise _unusable(file) from error
        font.face.name = name.encode()  # a stand-in must not overwrite the face it is a copy of
        pdfmetrics.registerFont(font)
        # Without a family ReportLab's own paragraphs refuse the font. There is no second weight.
        pdfmetrics.registerFontFamily(name, name, name, name, name)


def covers(face: Face, ch: str) -> bool:
    """Whether this face itself draws the character (one code point)."""
    return ord(ch) in coverage(face)


def runs(text: str, face: Face) -> list[tuple[Face, str]]:
    """Cut a text into pieces that one face can draw: the wanted one, else Song, else 黑体.

    The pieces joined are the text. A character that no face has stays with the wanted face; ask
    `missing` before printing.
    """
    faced = ((_face_for(ch, face), ch) for ch in text)
    return [
        (chosen, "".join(ch for _, ch in piece))
        for chosen, piece in groupby(faced, key=lambda pair: pair[0])
    ]


def missing(text: str) -> tuple[str, ...]:
    """The characters no face has, each once, in the order of the text; line ends do not count."""
    everything = _drawable()
    return tuple(ch for ch in dict.fromkeys(text) if ord(ch) not in everything and ch != "\n")


@cache
def coverage(face: Face) -> frozenset[int]:
    """The code points a face draws, with its own file or that of its stand-in.

    Raises UserError when no font file is whole.
    """
    return _drawn_by(stand_in(face)) or frozenset()


def stand_in(face: Face) -> Face:
    """The face itself, or who is drawn instead when its file is missing or damaged.

    Raises UserError when no font file is whole.
    """
    candidates: tuple[Face, ...] = (face, NEAREST[face], *Face)
    for one in candidates:
        if _drawn_by(one) is not None:
            return one
    raise _unusable(face.file)


def stand_ins() -> dict[Face, Face]:
    """Every face that another one is drawn for, and that other one; {} when all are whole."""
    found = {face: stand_in(face) for face in Face}
    return {face: other for face, other in found.items() if other is not face}


@cache
def _drawn_by(face: Face) -> frozenset[int] | None:
    """The code points of a face's own file, from the format 12 subtable of its cmap table.

    None when the file is missing or damaged.
    """
    try:
        groups = _format_12(face.file.read_bytes())
    except (OSError, struct.error, LookupError):
        return None
    return frozenset(code for first, last in groups for code in range(first, last + 1))


@cache
def _drawable() -> frozenset[int]:
    return frozenset().union(*map(coverage, Face))


def _beyond_16_bits(write: Callable[[str, list[int]], str]) -> Callable[[str, list[int]], str]:
    """Mend ReportLab's table for copying text: characters above U+FFFF are written as UTF-16.

    ReportLab 5.1 writes the bare code point, and 196 of the 8105 characters copy as something else
    (PDF 32000-1, 9.10.3 asks for UTF-16BE).
    """

    @wraps(write)
    def mended(name: str, subset: list[int]) -> str:
        return re.sub(
            r"<([0-9A-F]{5,6})>",
            lambda code: f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>",
            write(name, subset),
        )

    return mended


def _face_for(ch: str, face: Face) -> Face:
    """The first of face, Song, 黑体 that draws the character; the face itself when none does."""
    return next((one for one in (face, *FALLBACKS) if covers(one, ch)), face)


def _format_12(font: bytes) -> list[tuple[int, int]]:
    """The (first, last) code point groups of a font file (OpenType 1.9: table directory, cmap).

    Raises struct.error when the file is cut short, LookupError when it has no such table.
    """
    (count,) = struct.unpack_from(">4xH", font)
    tables = dict(struct.unpack_from(">4s4xL", font, 12 + 16 * i) for i in range(count))
    cmap = tables[b"cmap"]
    (count,) = struct.unpack_from(">2xH", font, cmap)
    starts = [cmap + struct.unpack_from(">4xL", font, cmap + 4 + 8 * i)[0] for i in range(count)]
    start = {struct.unpack_from(">H", font, place)[0]: place for place in starts}[12]
    (count,) = struct.unpack_from(">12xL", font, start)
    return [struct.unpack_from(">LL", font, start + 16 + 12 * i) for i in range(count)]


def _unusable(file: Path) -> UserError:
    return UserError(f"字体文件“{file.name}”缺失或已损坏，无法排版", ADVICE)
