"""Looks at a file before anything opens it: size, kind, zip bombs, macros, encryption."""

import zipfile
import zlib
from pathlib import Path

from hs_credit_desktop.errors import UserError

MAX_FILE_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_PART_BYTES = 40_000_000
MAX_RATIO = 200
MAX_PARTS = 5_000
_DAMAGED = (zipfile.BadZipFile, zlib.error)
_SMALL_PART = 1_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNCHANGED = "没有写入任何内容"


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. UserError when it is missing, empty, a folder, unreadable, too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹", "请选择其中的一个文件。")
        if size > MAX_FILE_BYTES:
            raise UserError(
                f"“{path.name}”太大（{size / 1e6:.0f} MB）",
                f"最多可读 {MAX_FILE_BYTES // 1_000_000} MB，请去掉图片后再试，{_UNCHANGED}。",
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"找不到文件“{path.name}”", "请核对文件位置和名称。") from error
    except OSError as error:
        raise UserError(
            f"打不开文件“{path.name}”", "文件可能正被其他程序占用，或没有读取权限，请关闭后再试。"
        ) from error
    if not data.strip():
        raise UserError(f"“{path.name}”是空文件", f"请核对是否选错了文件，{_UNCHANGED}。")
    return data


def is_old_office(data: bytes) -> bool:
    """Whether these are an old binary Office file that is not encrypted."""
    locked = "EncryptedPackage".encode("utf-16-le") in data
    return data.startswith(_OLD_OFFICE) and not locked


def refuse_old_office(name: str, data: bytes) -> None:
    """Old binary Office files and encrypted new ones share one container; both are refused."""
    if not data.startswith(_OLD_OFFICE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UserError(f"“{name}”设有打开密码", "请在 Word 或 WPS 中取消密码，另存后再试。")
    raise UserError(
        f"“{name}”是旧版 Word 或 WPS 文档", "请用 Word 或 WPS 打开，另存为“.docx”后再试。"
    )


def check_package(name: str, package: zipfile.ZipFile) -> None:
    """Refuses a package that would unpack without end, carries macros or is encrypted.

    Only the directory of the package is read, nothing is unpacked.
    """
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise UserError(f"“{name}”设有密码", "请取消密码，另存后再试。")
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or any(map(_bloated, parts)):
        raise UserError(
            f"“{name}”解开后异常庞大",
            f"不像正常的文档，没有打开，{_UNCHANGED}，请联系来件单位重发。",
        )
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise UserError(f"“{name}”带有宏", "请另存为不带宏的“.docx”后再试。")


def _bloated(part: zipfile.ZipInfo) -> bool:
    """A part that is too large, or packed more tightly than any document is."""
    ratio = part.file_size / max(1, part.compress_size)
    return part.file_size > MAX_PART_BYTES or (part.file_size > _SMALL_PART and ratio > MAX_RATIO)


def read_part(name: str, package: zipfile.ZipFile, part: str) -> bytes:
    """One part of a checked package, never more bytes than it declared. UserError when damaged."""
    try:
        info = package.getinfo(part)
        with package.open(info) as stream:
            return stream.read(info.file_size)
    except (KeyError, OSError, EOFError, ValueError, NotImplementedError, *_DAMAGED) as error:
        raise UserError(
            f"“{name}”已损坏，不是完整的文档", "请用 Word、Excel 或 WPS 打开，另存后再试。"
        ) from error
