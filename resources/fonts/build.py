# A build tool run by hand: it starts apt-get, dpkg-deb and npm, and it talks.
# ruff: noqa: S603, S607, T201
"""Builds the shipped fonts from registry packages: pinned versions, pinned hashes, same bytes.

Run it on Debian 12 (apt-get, dpkg-deb, npm) in a throw-away environment; the program itself never
needs fontTools:

    python3 -m venv build/fonts-env
    build/fonts-env/bin/pip install --require-hashes -r resources/fonts/build-requirements.txt
    build/fonts-env/bin/python resources/fonts/build.py build/fonts

The argument is a working folder for the downloads (about 190 MB). Sources kept in source/ are used
when their hash is right, so the converted Fandol fonts can be rebuilt even when Debian no longer
offers the package.
"""

import bz2
import gzip
import hashlib
import lzma
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.misc.timeTools import timestampFromString
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
FONTTOOLS = "4.68.0"
MODIFIED = "Sun Nov 22 00:00:00 2026"  # the date every file states as the date of modification
VERSION = "1.000"
MAX_ERROR = 1.0  # em/1000 between the cubic and the quadratic outline: 0.016 pt at 16 pt
SPACES = {0x20, 0xA0, 0x3000}
RADICALS = range(0x2E80, 0x2FE0)  # copied text would turn into radicals


@dataclass(frozen=True)
class Package:
    """One registry package: how to fetch it, the file it becomes and that file's SHA-256."""

    command: tuple[str, ...]
    file: str
    sha256: str


@dataclass(frozen=True)
class Original:
    """One file of a package: its path inside and its SHA-256."""

    package: Package
    path: str
    sha256: str


@dataclass(frozen=True)
class Recipe:
    """One shipped font: name, original, words of its name table, what it may cover."""

    name: str
    family: str
    original: Original
    licence: str
    licence_url: str
    wanted: Callable[[], set[int]]


TEXLIVE = Package(
    ("apt-get", "download", "texlive-lang-chinese=2022.20230122-1"),
    "texlive-lang-chinese_2022.20230122-1_all.deb",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)
UNICODE = Package(
    ("apt-get", "download", "unicode-data=15.0.0-1"),
    "unicode-data_15.0.0-1_all.deb",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
)
SERIF = Package(
    ("npm", "pack", "--silent", "@expo-google-fonts/noto-serif-sc@0.4.3"),
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
SANS = Package(
    ("npm", "pack", "--silent", "@expo-google-fonts/noto-sans-sc@0.4.3"),
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
_FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
FANG = Original(
    TEXLIVE,
    _FANDOL + "FandolFang-Regular.otf",
    "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
)
KAI = Original(
    TEXLIVE,
    _FANDOL + "FandolKai-Regular.otf",
    "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
)
COPYING = Original(
    TEXLIVE,
    "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz",
    "b94928591ae23ad41681fe34991e5d95d793666e751af505453a0152e6bc1a10",
)
UNIHAN = Original(
    UNICODE,
    "usr/share/unicode/Unihan_OtherMappings.txt.bz2",
    "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
)
SERIF_700 = Original(
    SERIF,
    "package/700Bold/NotoSerifSC_700Bold.ttf",
    "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
)
SERIF_400 = Original(
    SERIF,
    "package/400Regular/NotoSerifSC_400Regular.ttf",
    "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
)
SERIF_OFL = Original(
    SERIF,
    "package/LICENSE_FONT",
    "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6",
)
SANS_500 = Original(
    SANS,
    "package/500Medium/NotoSansSC_500Medium.ttf",
    "b30853d205f3ecdde938b1488c735ee15a2e870d31331b992fdc53971e23ec4a",
)
SANS_OFL = Original(
    SANS, "package/LICENSE_FONT", "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9"
)


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(package: Package, work: Path) -> Path:
    """Download a package into `work` with its registry's own client; stop on a wrong hash."""
    target = work / package.file
    if not target.exists():
        subprocess.run(package.command, cwd=work, check=True)
    if digest(target) != package.sha256:
        raise SystemExit(f"{target}: not the file this script was written for")
    return target


def unpack(package: Package, work: Path) -> Path:
    """Unpack a package into a folder of its own and return the folder."""
    archive = fetch(package, work)
    folder = work / archive.name.split("_")[0].removesuffix(".tgz")
    if not folder.exists():
        if archive.suffix == ".deb":
            subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True)
        else:
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
    return folder


def take(original: Original, work: Path) -> Path:
    """One original file, from source/ when it is kept there, else from its package."""
    kept = SOURCE / (Path(original.path).name + ".xz")
    path = work / Path(original.path).name
    if kept.exists():
        path.write_bytes(lzma.decompress(kept.read_bytes()))
    else:
        path = unpack(original.package, work) / original.path
    if digest(path) != original.sha256:
        raise SystemExit(f"{path}: not the file this script was written for")
    return path


def gb2312() -> set[int]:
    """GB/T 2312-1980: 6763 Chinese characters and 682 signs."""
    found = set()
    for row in range(0xA1, 0xFE):
        for cell in range(0xA1, 0xFF):
            char = bytes((row, cell)).decode("gb2312", errors="ignore")
            found.update(map(ord, char))
    return found


def standard_characters() -> set[int]:
    """The 8105 characters of 通用规范汉字表 (2013), from the list kept in source/."""
    text = (SOURCE / "characters-8105.txt").read_text(encoding="utf-8")
    return set(map(ord, text)) - {ord("\n")}


def signs() -> set[int]:
    """Latin, punctuation, units, numbers in circles, boxes, full-width forms."""
    blocks = (
        (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0xFF), (0x2010, 0x2027), (0x2030, 0x203E),
        (0x2070, 0x209C),
        (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF),
        (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2605, 0x2606), (0x2611, 0x2612), (0x2640, 0x2642),
        (0x2713, 0x2718), (0x2776, 0x2793), (0x3000, 0x30FF), (0x3105, 0x312F), (0x3200, 0x33FF),
        (0xFE10, 0xFE1F), (0xFE30, 0xFE4F), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
    )  # fmt: skip
    return {code for first, last in blocks for code in range(first, last + 1)}


def everyday() -> set[int]:
    """What a report may contain: GB 2312, the 8105 characters and the signs."""
    return (gb2312() | standard_characters() | signs()) - set(RADICALS)


def rare() -> set[int]:
    """What the fallback covers: all everyday characters Fandol lacks, and all signs."""
    fandol = set.intersection(*(set(shipped(name)) for name in ("GWFang", "GWKai")))
    return (everyday() - fandol) | (signs() - set(RADICALS))


def shipped(name: str) -> dict[int, str]:
    """The character map of a font that is already built."""
    return TTFont(HERE / f"{name}.ttf", lazy=True).getBestCmap()


def to_truetype(font: TTFont) -> None:
    """Replace CFF outlines by quadratic ones in place; ReportLab embeds TrueType only."""
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, drawn
    for name, (width, _) in list(font["hmtx"].metrics.items()):
        glyf[name].recalcBounds(glyf)
        font["hmtx"][name] = (width, getattr(glyf[name], "xMin", 0))
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for field in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def widen_dash(font: TTFont) -> None:
    """Give U+2014 and U+2015 a full em without side bearings, so that —— is one line.

    The originals keep a gap for Western text; Chinese composing wants the dash unbroken
    (GB/T 15834-2011, 5.3: 破折号 takes two characters and is not interrupted).
    """
    bar = font.getBestCmap()[0x2015]
    glyph = font["glyf"][bar]
    left, right = glyph.xMin, glyph.xMax
    for index, (x, y) in enumerate(glyph.coordinates):
        glyph.coordinates[index] = (round((x - left) * 1000 / (right - left)), y)
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][bar] = (1000, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2014] = bar


def drawn_codes(font: TTFont, wanted: set[int]) -> set[int]:
    """The wanted characters that the font really draws (or that are spaces)."""
    glyphs = font.getGlyphSet()
    found = set()
    for code, name in font.getBestCmap().items():
        if code in wanted:
            pen = BoundsPen(glyphs)
            glyphs[name].draw(pen)
            if pen.bounds or code in SPACES:
                found.add(code)
    return found


def cut(font: TTFont, codes: set[int]) -> None:
    """Keep the characters `codes` only; drop layout features, hinting and glyph names."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.legacy_cmap = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx", "gasp"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)


def map_characters(font: TTFont) -> None:
    """Write the character map as formats 4 and 12; the program reads format 12."""
    full = font.getBestCmap()
    tables = []
    for number, encoding, codes in ((4, 1, {c for c in full if c < 0x10000}), (12, 10, set(full))):
        table = CmapSubtable.newSubtable(number)
        table.platformID, table.platEncID, table.language = 3, encoding, 0
        table.cmap = {code: full[code] for code in sorted(codes)}
        tables.append(table)
    font["cmap"].tables = tables


def rename(font: TTFont, recipe: Recipe) -> None:
    """Give the font its own names: reserved names stay with the originals, ours are unique."""
    copyright_ = font["name"].getDebugName(0)
    original = Path(recipe.original.path).name
    font["name"] = newTable("name")
    font["name"].names = []
    texts = {
        0: f"{copyright_} Modified {MODIFIED[-4:]}: {original} subset and converted, see NOTICE.",
        1: recipe.name,
        2: "Regular",
        3: f"{VERSION};{recipe.name}",
        4: recipe.name,
        5: f"Version {VERSION}",
        6: recipe.name,
        13: recipe.licence,
        14: recipe.licence_url,
    }
    for number, text in texts.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["name"].setName(recipe.family, 1, 3, 1, 0x804)
    font["name"].setName(recipe.family, 4, 3, 1, 0x804)


def build(recipe: Recipe, work: Path) -> None:
    """Make one shipped font from its original; the same bytes at every run."""
    font = TTFont(take(recipe.original, work), recalcTimestamp=False)
    cut(font, drawn_codes(font, recipe.wanted()))
    if "CFF " in font:
        to_truetype(font)
    else:
        widen_dash(font)
    map_characters(font)
    rename(font, recipe)
    font["OS/2"].usWeightClass = 400  # one style a family: no synthetic bold on top
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x21) | 0x40
    font["head"].macStyle = 0
    font["head"].modified = timestampFromString(MODIFIED)
    target = HERE / f"{recipe.name}.ttf"
    font.save(target, reorderTables=True)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size:,} bytes")


def keep_sources(work: Path) -> None:
    """Put beside the fonts what their licences ask for: originals, licence texts, lists."""
    SOURCE.mkdir(exist_ok=True)
    for original in (FANG, KAI):
        kept = SOURCE / (Path(original.path).name + ".xz")
        if not kept.exists():
            packed = lzma.compress(
                take(original, work).read_bytes(), preset=9 | lzma.PRESET_EXTREME
            )
            kept.write_bytes(packed)
    if (SOURCE / "characters-8105.txt").exists():
        return
    (HERE / "COPYING-Fandol.txt").write_bytes(gzip.decompress(take(COPYING, work).read_bytes()))
    shutil.copyfile(take(SERIF_OFL, work), HERE / "OFL-NotoSerifSC.txt")
    shutil.copyfile(take(SANS_OFL, work), HERE / "OFL-NotoSansSC.txt")
    (SOURCE / "characters-8105.txt").write_text(
        "\n".join(standard_table(take(UNIHAN, work))) + "\n", encoding="utf-8"
    )


def standard_table(unihan: Path) -> Iterable[str]:
    """通用规范汉字表 in its own order, 50 characters a line, from the field kTGH of Unihan."""
    numbered = []
    for line in bz2.decompress(unihan.read_bytes()).decode().splitlines():
        if "\tkTGH\t" in line and not line.startswith("#"):
            code, _, place = line.split("\t")
            numbered.append((int(place.removeprefix("2013:")), chr(int(code[2:], 16))))
    ordered = [char for _, char in sorted(numbered)]
    return ("".join(ordered[start : start + 50]) for start in range(0, len(ordered), 50))


GPL = "GNU General Public License 3 with the font exception; see COPYING-Fandol.txt and NOTICE"
GPL_URL = "https://www.gnu.org/licenses/gpl-3.0.html"
OFL = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
OFL_URL = "https://openfontlicense.org"
# The fallback comes last: it covers what the first two lack.
RECIPES = (
    Recipe("GWFang", "公文仿宋", FANG, GPL, GPL_URL, everyday),
    Recipe("GWKai", "公文楷体", KAI, GPL, GPL_URL, everyday),
    Recipe("GWXiaoBiaoSong", "公文小标宋", SERIF_700, OFL, OFL_URL, everyday),
    Recipe("GWHei", "公文黑体", SANS_500, OFL, OFL_URL, everyday),
    Recipe("GWSong", "公文宋体", SERIF_400, OFL, OFL_URL, rare),
)


def write_sums() -> None:
    """SHA256SUMS over fonts, originals and licence texts, in the format of sha256sum."""
    kinds = ("*.ttf", "COPYING*", "OFL*", "source/*")
    files = sorted(path for kind in kinds for path in HERE.glob(kind))
    lines = [f"{digest(path)}  {path.relative_to(HERE).as_posix()}\n" for path in files]
    (HERE / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Build everything into this folder; the argument is the folder for downloads."""
    if fontTools.version != FONTTOOLS:
        raise SystemExit(f"fontTools {FONTTOOLS} is needed, found {fontTools.version}")
    work = Path(sys.argv[1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    keep_sources(work)
    for recipe in RECIPES:
        build(recipe, work)
    write_sums()


if __name__ == "__main__":
    main()
