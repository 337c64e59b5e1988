"""Hostile files, more than 200 kinds: each is refused or read, quickly, with a sentence."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hs_credit_desktop.domain.reading import FileKind
from hs_credit_desktop.files.form_docx import write_form_docx
from hs_credit_desktop.files.incoming import open_all
from hs_credit_desktop.files.kinds import ADVICE, Content, content_of, decoded
from hs_credit_desktop.files.plain_docx import write_paragraphs
from hs_credit_desktop.files.read_return import read_return
from tests.files.paper import paper
from tests.files.samples import archive, form, rezip, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
SECONDS = 5.0  # a normal form takes a hundredth; a hang takes minutes
_XMLNS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _sheet(cells: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    body = b"<worksheet %s>%s<sheetData>%s</sheetData>%s</worksheet>" % (
        _XMLNS,
        before,
        cells,
        after,
    )
    return rezip(workbook(), lambda name, old: body if name == SHEET else old)


def _xml_attacks() -> Iterator[tuple[str, bytes]]:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 9))
    yield "billion", b'<!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]><x>&l8;</x>"
    for target in (b"file:///etc/passwd", b"http://127.0.0.1:9/x", b"\\\\host\\share"):
        yield f"external {target!r}", b'<!DOCTYPE x [<!ENTITY e SYSTEM "%s">]><x>&e;</x>' % target
    yield "parameter entity", b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///dev/zero">%p;]><x/>'
    yield "deep", b"<a>" * 5000 + b"</a>" * 5000
    yield "unclosed", b"<worksheet><sheetData><row>"
    yield "empty", b""
    yield "nul", b"\x00" * 100
    yield "bad utf-8", b'<?xml version="1.0" encoding="utf-8"?><x>\xff\xfe\xfa</x>'
    yield "bad encoding", b'<?xml version="1.0" encoding="nothing-such"?><x/>'
    yield "other root", b"<svg><script>alert(1)</script></svg>"
    yield "stylesheet", b'<?xml-stylesheet href="http://127.0.0.1/x.xsl"?><x/>'
    yield (
        "xinclude",
        b'<x xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/passwd"/></x>',
    )
    yield "many attributes", b"<x " + b" ".join(b'a%d="1"' % at for at in range(5000)) + b"/>"
    yield "utf-16 doctype", '<!DOCTYPE x [<!ENTITY e "1">]><x>&e;</x>'.encode("utf-16")


def _sheets() -> Iterator[tuple[str, bytes]]:
    yield (
        "far corners",
        _sheet(
            b'<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
    )
    yield "no numbers", _sheet(b"<row><c><v>1</v></c></row>" * 50)
    yield "absurd numbers", _sheet(b'<row r="99999999999"><c r="ZZZZZ99"><v>1</v></c></row>')
    yield "negative", _sheet(b'<row r="-5"><c r="A-5"><v>1</v></c></row>')
    yield (
        "huge merge",
        _sheet(b"", after=b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    yield (
        "many merges",
        _sheet(b"", after=b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 20000 + b"</mergeCells>"),
    )
    yield (
        "odd merge",
        _sheet(b"", after=b'<mergeCells><mergeCell ref="?"/><mergeCell/></mergeCells>'),
    )
    yield "huge dimension", _sheet(b"", before=b'<dimension ref="A1:XFD1048576"/>')
    yield "shared beyond", _sheet(b'<row r="1"><c r="A1" t="s"><v>999999</v></c></row>')
    yield "shared minus", _sheet(b'<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')
    yield (
        "not a number",
        _sheet(b'<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1e999</v></c></row>'),
    )
    yield (
        "error cell",
        _sheet(b'<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="b"><v>0</v></c></row>'),
    )
    yield (
        "inline",
        _sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>_xD800_x_x0041_</t></is></c></row>'),
    )
    yield (
        "long text",
        _sheet(b'<row r="1"><c r="A1" t="str"><v>' + b"a" * 6_000_000 + b"</v></c></row>"),
    )
    yield "many cells", _sheet(b"<row>" + b"<c><v>1</v></c>" * 210_000 + b"</row>")
    yield (
        "many sheets",
        rezip(
            workbook(),
            lambda name, old: (
                old.replace(b"</sheets>", b'<sheet name="x" r:id="rId1"/>' * 100 + b"</sheets>")
                if name == "xl/workbook.xml"
                else old
            ),
        ),
    )
    for formula in (b'=cmd|"/c calc"!A1', b"=HYPERLINK(1)", b"@SUM(1)", b"+1+1", b"-2"):
        yield (
            f"formula text {formula!r}",
            _sheet(
                b'<row r="1"><c r="A1" t="str"><v>'
                + formula.replace(b'"', b"&quot;")
                + b"</v></c></row>"
            ),
        )


def _packages() -> Iterator[tuple[str, bytes]]:
    good, word = workbook(), write_form_docx(form())
    for name, xml in _xml_attacks():
        for part in (
            "xl/workbook.xml",
            "xl/sharedStrings.xml",
            SHEET,
            "docProps/custom.xml",
            "xl/_rels/workbook.xml.rels",
        ):
            yield (
                f"{part}: {name}",
                rezip(good, lambda at, old, p=part, x=xml: x if at == p else old),
            )
        for part in (
            "word/document.xml",
            "word/header1.xml",
            "customXml/item1.xml",
            "docProps/custom.xml",
        ):
            yield (
                f"{part}: {name}",
                rezip(word, lambda at, old, p=part, x=xml: x if at == p else old),
            )
    for part in zipfile.ZipFile(io.BytesIO(good)).namelist():
        yield f"without {part}", rezip(good, lambda at, old, p=part: None if at == p else old)
    for part in zipfile.ZipFile(io.BytesIO(word)).namelist():
        yield f"without {part}", rezip(word, lambda at, old, p=part: None if at == p else old)
    yield (
        "macro",
        rezip(good, lambda _at, old: old)
        if False
        else archive({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}),
    )
    yield "macro docx", archive({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"})
    bomb = b"\0" * 60_000_000
    yield "bomb", archive({"xl/workbook.xml": b"<x/>", "xl/media/a": bomb})
    yield "bomb docx", archive({"word/document.xml": bomb})
    yield (
        "many parts",
        archive({"xl/workbook.xml": b"<x/>"} | {f"a{at}": b"" for at in range(6000)}),
    )
    for kind in ("mimetype", "xl/workbook.bin", "OFD.xml", "ppt/presentation.xml"):
        yield kind, archive({kind: b"x"})
    yield (
        "strict",
        rezip(
            good,
            lambda _at, old: old.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
        ),
    )
    yield "lies about size", _lying(good)


def _lying(data: bytes) -> bytes:
    broken = bytearray(data)
    at = broken.index(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", broken, at + 24, 10)
        at = broken.find(b"PK\x01\x02", at + 4)
    return bytes(broken)


GOOD_FILES = (
    ("xlsx", workbook()),
    ("docx", write_form_docx(form())),
    ("pdf", paper(["市财政局反馈", "进展情况良好，已建立台账。"])),
)


def _cut_and_flipped() -> Iterator[tuple[str, bytes]]:
    dice = random.Random(7)
    for title, good in GOOD_FILES:
        for share in (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
            yield f"{title} cut {share}", good[: int(len(good) * share)]
        for at in range(20):
            flipped = bytearray(good)
            for _ in range(10):
                flipped[dice.randrange(len(flipped))] ^= 1 << dice.randrange(8)
            yield f"{title} flipped {at}", bytes(flipped)


def _other_files() -> Iterator[tuple[str, bytes]]:
    dice = random.Random(8)
    for sign in (
        b"%PDF-1.7",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"BM",
        b"GIF8",
        b"II*\x00",
        b"Rar!",
        b"7z\xbc\xaf\x27\x1c",
        b"{\\rtf1",
        b"\x1f\x8b",
        b"MZ",
        b"\x7fELF",
        b"PK\x03\x04",
        b"PK",
    ):
        yield f"sign {sign!r}", sign + dice.randbytes(300)
    for stream in ("Workbook", "WordDocument", "EncryptedPackage", "__substg1.0", "Book\0", "x"):
        yield (
            f"compound {stream}",
            OLE + dice.randbytes(200) + stream.encode("utf-16-le") + dice.randbytes(600),
        )
    yield (
        "compound macro",
        OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"),
    )
    yield "heic", b"\0\0\0\x18ftypheic" + b"x" * 40
    yield "webp", b"RIFF1234WEBP" + b"x" * 40
    yield "page", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "xml sheet", b'<?xml version="1.0"?><Workbook/>'
    yield "gbk", "进展情况\t良好".encode("gb18030")
    yield "utf-16", b"\xff\xfe" + "进展".encode("utf-16-le")
    yield "utf-16 big", b"\xfe\xff" + "进展".encode("utf-16-be")
    yield "utf-8 mark", b"\xef\xbb\xbf" + "进展".encode()
    yield "nothing", b""
    yield "blanks", b" \r\n\0"
    yield "control", bytes(range(32)) * 40
    yield "long line", "甲".encode() * 300_000
    yield "tabs", b"\t" * 200_000
    yield "one field", b"From: not a mail, a sentence\nand more"
    yield "deep headings", ("（一）" * 2000).encode()
    yield "deflate", zlib.compress(b"x" * 1000)
    for at in range(10):
        yield f"noise {at}", dice.randbytes(2000)


HOSTILE = dict([*_sheets(), *_packages(), *_cut_and_flipped(), *_other_files()])


def test_there_are_more_than_two_hundred() -> None:
    assert len(HOSTILE) >= 200


@pytest.mark.parametrize("start", range(4))
def test_each_is_read_or_refused_quickly(start: int) -> None:
    for name, data in list(HOSTILE.items())[start::4]:
        before = time.process_time()
        reading = read_return("来件", data)
        assert time.process_time() - before < SECONDS, name
        if reading.kind in (FileKind.UNREADABLE, FileKind.UNKNOWN):
            assert reading.findings[0].text.strip(), name
        assert "root:" not in str(reading), name


def test_nothing_is_written_beside_them(tmp_path: Path) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    for at, data in enumerate(list(HOSTILE.values())[::3]):
        (folder / f"{at}.bin").write_bytes(data)
    before = sorted(tmp_path.rglob("*"))
    open_all([folder])
    assert sorted(tmp_path.rglob("*")) == before


def test_kinds_by_content() -> None:
    assert content_of(workbook()) is Content.XLSX
    assert content_of(write_paragraphs(["甲"])) is Content.DOCX
    assert content_of(archive({"a": b"x"})) is Content.ZIP
    assert content_of(b"From: a\nSubject: b\n\nx") is Content.MAIL
    assert content_of(b"From: a\nonly one\n\nx") is Content.TEXT
    assert content_of(b"") is Content.EMPTY
    assert content_of(HOSTILE["heic"]) is Content.SCAN
    assert content_of(HOSTILE["compound Workbook"]) is Content.OLD_SHEET
    assert {content_of(data) for data in HOSTILE.values()} >= set(ADVICE)
    assert decoded("甲".encode("gb18030")) == "甲"
    assert decoded(b"\x81") is None


def test_strict_workbooks_are_read() -> None:
    assert len(read_return("表", HOSTILE["strict"]).rows) == 3


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from(["xl/workbook.xml", SHEET, "xl/sharedStrings.xml"]))
def test_no_part_breaks_the_reader(body: bytes, part: str) -> None:
    read_return("表", rezip(GOOD, lambda name, old: body if name == part else old))


@settings(max_examples=150)
@given(st.text(alphabet="（一二十）：\t\n进展情况措施成效问题序号 abc12", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_return("文", text.encode())


GOOD = workbook()
