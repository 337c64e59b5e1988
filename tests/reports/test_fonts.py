import hashlib
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from hs_credit_desktop import paths
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.fonts import Face

FOLDER = paths.resources() / "fonts"
RARE = "玥祎珺镕堃喆赟㎡"
EMOJI = "\N{GRINNING FACE}"
SPECIMEN = "黄信用办〔2024〕1号：“信用”《方案》——12.6万㎡，同比‰…①李祎、𬭼（A1）"


def gb2312() -> set[str]:
    rows = [bytes((r, c)) for r in range(0xA1, 0xFE) for c in range(0xA1, 0xFF)]
    return set("".join(row.decode("gb2312", errors="ignore") for row in rows))


def standard() -> set[str]:
    text = (FOLDER / "source" / "characters-8105.txt").read_text(encoding="utf-8")
    return set(text) - {"\n"}


@pytest.fixture
def other_folder(tmp_path, monkeypatch):
    """An empty resources folder, and no remembered coverage before or after."""
    (tmp_path / "fonts").mkdir()
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    for kept in (fonts.coverage, fonts._drawn_by):
        kept.cache_clear()
    yield tmp_path / "fonts"
    for kept in (fonts.coverage, fonts._drawn_by):
        kept.cache_clear()


def test_files_are_those_of_the_list_of_hashes():
    lines = (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert {face.file.name for face in Face} <= set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name


def test_licences_sources_and_script_lie_beside_the_fonts():
    kept = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*")}
    assert {
        "NOTICE",
        "COPYING-Fandol.txt",
        "OFL-NotoSansSC.txt",
        "OFL-NotoSerifSC.txt",
        "build.py",
        "source/FandolFang-Regular.otf.xz",
        "source/FandolKai-Regular.otf.xz",
    } <= kept
    assert "As a special exception" in (FOLDER / "COPYING-Fandol.txt").read_text(encoding="utf-8")


def test_the_two_character_sets_are_whole():
    assert len(gb2312()) == 6763 + 682
    assert len(standard()) == 8105


@pytest.mark.parametrize("face", [Face.TITLE, Face.HEI])
def test_titles_and_headings_have_every_everyday_character(face):
    assert {ch for ch in gb2312() | standard() if not fonts.covers(face, ch)} == set()


@pytest.mark.parametrize("face", list(Face))
def test_a_text_in_any_face_finds_every_everyday_character(face):
    everyday = "".join(sorted(gb2312() | standard()))
    assert fonts.missing(everyday) == ()
    for chosen, piece in fonts.runs(everyday, face):
        assert all(fonts.covers(chosen, ch) for ch in piece)


@pytest.mark.parametrize("face", [Face.BODY, Face.KAI])
def test_rare_characters_fall_back_to_song(face):
    assert fonts.runs(f"李{RARE}同志", face) == [(face, "李"), (Face.SONG, RARE), (face, "同志")]


def test_song_leaves_everyday_characters_to_hei():
    assert fonts.runs("— 1 —共", Face.SONG) == [(Face.SONG, "— 1 —"), (Face.HEI, "共")]


def test_signs_need_no_fallback():
    signs = "，。、；：？！“”‘’（）《》〈〉【】—…·％℃①②③1234567890ABCabc-+=/%"
    for face in Face:
        assert fonts.runs(signs, face) == [(face, signs)]


def test_an_empty_text_has_no_runs():
    assert fonts.runs("", Face.BODY) == []


def test_missing_names_each_character_once_in_order():
    assert fonts.missing(f"好{EMOJI}\n\x07信用{EMOJI}\u200b") == (EMOJI, "\x07", "\u200b")


def test_a_character_no_font_has_stays_with_the_wanted_face():
    assert fonts.runs(f"好{EMOJI}", Face.KAI) == [(Face.KAI, f"好{EMOJI}")]


@pytest.mark.parametrize("face", list(Face))
def test_no_radical_lies_in_a_font(face):
    assert [hex(code) for code in fonts.coverage(face) if 0x2E80 <= code <= 0x2FDF] == []


def test_postscript_names_are_unique_and_registered():
    from reportlab.pdfbase import pdfmetrics

    fonts.register()
    names = [pdfmetrics.getFont(face.value).face.name for face in Face]
    assert [str(n, "ascii") if isinstance(n, bytes) else n for n in names] == [*Face]


def test_a_second_registration_reads_no_font_again(monkeypatch):
    from reportlab.pdfbase import ttfonts

    fonts.register()
    writer = ttfonts.makeToUnicodeCMap
    monkeypatch.setattr(ttfonts, "TTFont", lambda *_: pytest.fail("read a second time"))
    fonts.register()
    assert ttfonts.makeToUnicodeCMap is writer


@pytest.mark.parametrize("face", list(Face))
def test_coverage_is_what_reportlab_reads(face):
    from reportlab.pdfbase import pdfmetrics

    fonts.register()
    assert fonts.coverage(face) == set(pdfmetrics.getFont(face.value).face.charToGlyph)


@pytest.mark.parametrize("face", [Face.TITLE, Face.HEI, Face.SONG])
def test_a_dash_of_two_characters_is_one_line(face):
    """GB/T 15834: 破折号 is not interrupted; the dash fills its em."""
    from reportlab.pdfbase import pdfmetrics

    fonts.register()
    assert pdfmetrics.stringWidth("——", face.value, 10) == 20


def test_a_page_in_all_faces_copies_as_the_same_text(tmp_path):
    page = tmp_path / "specimen.pdf"
    draw_specimen(page)
    document = pdfium.PdfDocument(page)
    lines = document[0].get_textpage().get_text_bounded().split("\r\n")
    document.close()
    assert lines == [SPECIMEN] * len(Face)


def draw_specimen(target: Path) -> None:
    """One line in each face, with fallbacks."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    fonts.register()
    canvas = Canvas(str(target), pagesize=(595, 400), initialFontName=Face.BODY.value)
    for row, face in enumerate(Face):
        x = 30.0
        for chosen, piece in fonts.runs(SPECIMEN, face):
            canvas.setFont(chosen.value, 14)
            canvas.drawString(x, 350 - 40 * row, piece)
            x += pdfmetrics.stringWidth(piece, chosen.value, 14)
    canvas.save()


def test_importing_the_module_does_not_import_reportlab():
    code = (
        "import sys, hs_credit_desktop.reports.fonts as f; f.missing('信用');"
        "sys.exit('reportlab' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=paths.program_root()).returncode == 0


def test_a_missing_font_is_told_in_chinese(other_folder):
    with pytest.raises(UserError, match=r"字体文件“GWFang.ttf”缺失或已损坏.*重新安装"):
        fonts.coverage(Face.BODY)


@pytest.mark.parametrize("kept", [0, 10, 200])
def test_a_font_cut_short_is_told_in_chinese(other_folder, kept):
    (other_folder / "GWFang.ttf").write_bytes((FOLDER / "GWFang.ttf").read_bytes()[:kept])
    with pytest.raises(UserError, match="缺失或已损坏"):
        fonts.coverage(Face.BODY)


def test_a_font_without_the_long_character_map_is_refused(other_folder):
    cmap = struct.pack(">HHHHLH", 0, 1, 3, 1, 12, 4)
    table = struct.pack(">4sLLL", b"cmap", 0, 28, len(cmap))
    (other_folder / "GWFang.ttf").write_bytes(
        struct.pack(">4sHHHH", b"", 1, 0, 0, 0) + table + cmap
    )
    with pytest.raises(UserError, match="缺失或已损坏"):
        fonts.coverage(Face.BODY)


@pytest.mark.parametrize("damage", ["missing", "text"])
def test_registering_a_damaged_font_is_told_in_chinese(other_folder, monkeypatch, damage):
    from reportlab.pdfbase import pdfmetrics

    monkeypatch.setattr(pdfmetrics, "getRegisteredFontNames", list)
    if damage == "text":
        (other_folder / "GWFang.ttf").write_text("not a font at all", encoding="utf-8")
    with pytest.raises(UserError, match=r"字体文件“GWFang.ttf”缺失或已损坏，无法排版：请重新安装"):
        fonts.register()


def test_whole_fonts_need_nobody():
    assert fonts.stand_ins() == {}
    assert {fonts.stand_in(face) for face in Face} == set(Face)


@pytest.mark.parametrize("face", list(Face))
def test_the_nearest_face_is_drawn_for_one_that_is_gone(other_folder, face):
    for other in set(Face) - {face}:
        shutil.copyfile(FOLDER / other.file.name, other_folder / other.file.name)
    assert fonts.stand_ins() == {face: fonts.NEAREST[face]}
    assert fonts.covers(face, "信")


def test_with_two_gone_whoever_is_left_is_drawn(other_folder):
    shutil.copyfile(FOLDER / "GWHei.ttf", other_folder / "GWHei.ttf")
    assert set(fonts.stand_ins().values()) == {Face.HEI}


def test_a_font_that_cannot_be_drawn_is_told_in_chinese(other_folder, monkeypatch):
    """Its characters can still be listed, but none can be drawn."""
    from reportlab.pdfbase import pdfmetrics

    monkeypatch.setattr(pdfmetrics, "getRegisteredFontNames", list)
    whole = (FOLDER / "GWFang.ttf").read_bytes()
    (other_folder / "GWFang.ttf").write_bytes(whole.replace(b"head", b"none", 1))
    with pytest.raises(UserError, match=r"字体文件“GWFang.ttf”缺失或已损坏，无法排版：请重新安装"):
        fonts.register()
