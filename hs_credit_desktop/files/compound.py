"""Looks into an old binary workbook before it is read: macros, password, reach of its cells.

The reader fills the rectangle between the outermost cells; two cells in far corners would ask for
hundreds of megabytes. So the records of the workbook stream are walked first (MS-CFB, MS-XLS).
"""

import struct
from collections.abc import Iterator

from hs_credit_desktop.errors import UserError

MAX_AREA = 500_000
_FREE_SECTORS = 0xFFFFFFFA  # this and above end a chain
_BOUND, _PASSWORD = 0x809, 0x2F
_CELLS = frozenset({0x06, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xBD, 0xBE})
_DAMAGED = "请用 Excel 或 WPS 打开，另存为“.xlsx”后再试。"


def check_old_sheet(name: str, data: bytes) -> None:
    """UserError for macros, a password, a damaged container or cells spread without end."""
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise UserError(f"“{name}”带有宏", "请用 Excel 或 WPS 打开，另存为不带宏的“.xlsx”后再试。")
    try:
        stream = _workbook_stream(data)
    except (struct.error, IndexError, ValueError) as error:
        raise UserError(f"“{name}”已损坏", _DAMAGED) from error
    rows = columns = 0
    for kind, body in _records(stream):
        if kind == _PASSWORD:
            raise UserError(f"“{name}”设有打开密码", "请取消密码，另存为“.xlsx”后再试。")
        if kind == _BOUND:
            rows = columns = 0
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > MAX_AREA:
                raise UserError(
                    f"“{name}”的内容太多", "不像一份反馈表，没有读取，请核对是否选错了文件。"
                )


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _workbook_stream(data: bytes) -> bytes:
    """The bytes of the stream named Workbook or Book; ValueError when it is not there."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    if sector not in (512, 4096):
        raise ValueError(sector)
    (first_directory,) = struct.unpack_from("<I", data, 48)
    (cutoff,) = struct.unpack_from("<I", data, 56)
    table = _allocation(data, sector)
    directory = _chain(data, table, first_directory, sector)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[: max(length - 2, 0)].decode("utf-16-le", "replace") in ("Workbook", "Book"):
            start, size = struct.unpack_from("<II", entry, 116)
            if size >= cutoff:
                return _chain(data, table, start, sector)[:size]
            return _small(data, table, entries[0], start, size, sector)
    raise ValueError("no workbook")


def _allocation(data: bytes, sector: int) -> list[int]:
    """The sector table: entry n names the sector after n. A form never needs more than 109."""
    sectors = [at for at in struct.unpack_from("<109I", data, 76) if at < _FREE_SECTORS]
    return [
        number
        for at in sectors
        for number in struct.unpack(f"<{sector // 4}I", data[(at + 1) * sector : (at + 2) * sector])
    ]


def _chain(data: bytes, table: list[int], start: int, sector: int) -> bytes:
    parts = []
    for _ in range(len(table)):
        if start >= _FREE_SECTORS:
            break
        parts.append(data[(start + 1) * sector : (start + 2) * sector])
        start = table[start]
    return b"".join(parts)


def _small(data: bytes, table: list[int], root: bytes, start: int, size: int, sector: int) -> bytes:
    """A stream below the cutoff lies in 64-byte pieces inside the root entry's own stream."""
    (first_table,) = struct.unpack_from("<I", data, 60)
    small_table = _chain(data, table, first_table, sector)
    numbers = list(struct.unpack(f"<{len(small_table) // 4}I", small_table))
    pool = _chain(data, table, struct.unpack_from("<I", root, 116)[0], sector)
    parts = []
    for _ in range(size // 64 + 1):
        if start >= _FREE_SECTORS:
            break
        parts.append(pool[start * 64 : start * 64 + 64])
        start = numbers[start]
    return b"".join(parts)[:size]
