"""Old .xls and WPS .et tables: made by LibreOffice, and what their container may hide."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.reading import FileKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.compound import check_old_sheet
from hs_credit_desktop.files.form_xlsx import write_form
from hs_credit_desktop.files.read_return import read_return
from tests.files import office
from tests.files.samples import ANSWERS, CODE, form

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE = 0xFFFFFFFF
END = 0xFFFFFFFE


def container(stream: bytes, name: str = "Workbook", *, small: bool = False) -> bytes:
    """A compound file with one stream, in ordinary sectors or in the pool of small ones."""
    piece = 64 if small else 512
    padded = stream.ljust(-(-len(stream) // piece) * piece, b"\0")
    pieces = len(padded) // piece
    head = bytearray(512)
    head[:8] = OLE
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 1)
    struct.pack_into("<I", head, 56, 4096 if small else 0)
    struct.pack_into("<I", head, 60, 2)
    struct.pack_into("<109I", head, 76, 0, *[FREE] * 108)
    chain = [*range(1, pieces), END]
    if small:
        pool = padded.ljust(-(-len(padded) // 512) * 512, b"\0")
        sectors = len(pool) // 512
        table = [END, END, END, *range(4, 3 + sectors), END]
        extra = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
        root, entry = 3, (0, len(stream))
    else:
        pool, extra, sectors = padded, b"\0" * 512, pieces
        table = [END, END, END, *range(4, 3 + sectors), END]
        root, entry = END, (3, len(stream))
    fat = struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
    directory = _entry("Root Entry", root, len(pool)) + _entry(name, *entry)
    return bytes(head) + fat + directory.ljust(512, b"\0") + extra + pool


def _entry(name: str, start: int, size: int) -> bytes:
    made = bytearray(128)
    raw = name.encode("utf-16-le")
    made[: len(raw)] = raw
    struct.pack_into("<H", made, 64, len(raw) + 2)
    struct.pack_into("<II", made, 116, start, size)
    return bytes(made)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int) -> bytes:
    return _record(0x203, struct.pack("<HH", row, column) + b"\0" * 10)


@pytest.mark.parametrize("small", [False, True])
def test_cells_in_far_corners_are_refused(small: bool) -> None:
    good = _record(0x809, b"\0" * 16) + _cell(3, 5) + _record(0x0A, b"") + _record(0x203, b"")
    check_old_sheet("表", container(good, small=small))
    check_old_sheet("表", container(good + _record(0x809, b"") + _cell(9, 9), small=small))
    with pytest.raises(UserError, match="内容太多"):
        check_old_sheet("表", container(good + _cell(65535, 255), small=small))


def test_password_macros_and_damage() -> None:
    with pytest.raises(UserError, match="密码"):
        check_old_sheet("表", container(_record(0x2F, b"\0" * 6)))
    with pytest.raises(UserError, match="宏"):
        check_old_sheet("表", container(b"") + "_VBA_PROJECT".encode("utf-16-le"))
    bad_sector = bytearray(container(_cell(1, 1)))
    struct.pack_into("<H", bad_sector, 30, 3)
    looped = bytearray(container(_cell(1, 1)))
    struct.pack_into("<I", looped, 512 + 4, 1)
    for data in (container(_cell(1, 1), "Other"), bytes(bad_sector), OLE + b"\0" * 40):
        with pytest.raises(UserError, match="损坏"):
            check_old_sheet("表", data)
    check_old_sheet("表", bytes(looped))
    endless = bytearray(container(_cell(1, 1), small=True))
    struct.pack_into("<I", endless, 512 * 3, 0)
    check_old_sheet("表", bytes(endless))


def test_what_calamine_cannot_read_is_refused() -> None:
    reading = read_return("表.xls", container(_cell(1, 1)))
    assert reading.kind is FileKind.UNREADABLE


def _looks_like_the_form(data: bytes) -> None:
    reading = read_return("表.xls", data)
    assert [row.number for row in reading.rows] == [2, 5, 13]
    assert reading.rows[0].parts.results == "检查12.6次"
    assert reading.rows[1].parts == ANSWERS[5]
    places = {place for place, words in reading.codes if CODE in words}
    assert places == {"工作表“反馈表”", "隐藏的工作表"}


def test_a_form_once_saved_as_xls_reads_equal(repo_root: Path) -> None:
    _looks_like_the_form((repo_root / "tests" / "data" / "returns" / "form.xls").read_bytes())


@pytest.mark.office
def test_a_form_saved_as_xls_now_reads_equal(tmp_path: Path) -> None:
    source = tmp_path / "表.xlsx"
    source.write_bytes(write_form(form()))
    (tmp_path / "office").mkdir()
    target = tmp_path / "out.xls"
    office.run([office.Job(source, target, [{"results": "检查12.6次"}])], tmp_path / "office")
    _looks_like_the_form(target.read_bytes())
