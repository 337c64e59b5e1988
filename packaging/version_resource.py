"""The version resource that Windows shows in a program's properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PyInstaller.utils.win32.versioninfo import VSVersionInfo

CHINESE_UNICODE = (0x0804, 0x04B0)  # 简体中文, UTF-16


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return a version such as 0.1.0 as the four numbers that Windows wants."""
    parts = [int(part) for part in version.split(".")][:4]
    one, two, three, four = [*parts, 0, 0, 0, 0][:4]
    return one, two, three, four


def texts(product: str, publisher: str, version: str, file: str) -> dict[str, str]:
    """Return the named texts of the resource."""
    return {
        "CompanyName": publisher,
        "FileDescription": product,
        "FileVersion": version,
        "InternalName": file.removesuffix(".exe"),
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": file,
        "ProductName": product,
        "ProductVersion": version,
    }


def resource(product: str, publisher: str, version: str, file: str) -> VSVersionInfo:
    """Return the resource for PyInstaller's EXE."""
    from PyInstaller.utils.win32 import versioninfo as info

    words = texts(product, publisher, version, file)
    strings = [info.StringStruct(name, text) for name, text in words.items()]
    table = info.StringTable("{:04X}{:04X}".format(*CHINESE_UNICODE), strings)
    language = info.VarStruct("Translation", list(CHINESE_UNICODE))
    four = numbers(version)
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=four, prodvers=four),
        kids=[info.StringFileInfo([table]), info.VarFileInfo([language])],
    )
