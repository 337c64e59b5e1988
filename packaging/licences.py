"""Writes resources/licences: which components the packaged program holds, and their licences.

Run after requirements.lock changed: .venv/bin/python packaging/licences.py. 关于 shows the list; it
goes into every package with the program's other resources. A test holds list and lock together.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

import locked
from common import ROOT

FOLDER = ROOT / "resources" / "licences"
BUILD_ONLY = {
    "altgraph",
    "packaging",
    "pefile",
    "pyinstaller-hooks-contrib",
    "pywin32-ctypes",
    "setuptools",
}
NAMES = {"pyside6-essentials": "Qt 与 PySide6", "pyinstaller": "PyInstaller（启动部分）"}
LICENCES = {
    "cffi": "MIT-0",
    "charset-normalizer": "MIT",
    "chinesecalendar": "MIT",
    "click": "BSD-3-Clause",
    "click-default-group": "BSD-3-Clause",
    "cryptography": "Apache-2.0 / BSD-3-Clause（含 OpenSSL：Apache-2.0）",
    "et-xmlfile": "MIT",
    "lxml": "BSD-3-Clause（含 libxml2、libxslt：MIT）",
    "openpyxl": "MIT",
    "pillow": "MIT-CMU",
    "pluggy": "MIT",
    "pyinstaller": "GPL-2.0-or-later，附例外条款，不及于所打包的程序",
    "pycparser": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause / Apache-2.0（含 PDFium）",
    "pypinyin": "MIT",
    "pyside6-essentials": "LGPL-3.0",
    "python-calamine": "MIT",
    "python-dateutil": "BSD-3-Clause / Apache-2.0",
    "reportlab": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0",
    "sqlite-fts4": "Apache-2.0",
    "sqlite-utils": "Apache-2.0",
    "tabulate": "MIT",
    "tzdata": "Apache-2.0",
}
# Packages that carry no text of their licence: which of our texts it is.
TEXT_OF = {
    "pyside6-essentials": "LGPL-3.0.txt",
    "shiboken6": "LGPL-3.0.txt",
    "chinesecalendar": "MIT-chinesecalendar.txt",
}


@dataclass(frozen=True)
class Component:
    """One line of 关于: name, version (or where it comes from), licence, its text's file."""

    name: str
    version: str
    licence: str
    text: str


# What comes with Python, Qt and the system's own runtime, and no entry of the lock names.
BESIDES = (
    Component("Python", "3.11", "PSF-2.0", "Python.txt"),
    Component("OpenSSL（Python 的摘要算法）", "3", "Apache-2.0", "Apache-2.0.txt"),
    Component("SQLite（Python 自带）", "3", "公有领域", "SQLite.txt"),
    Component("libffi、zlib、bzip2、xz、expat", "", "各自的许可", "Python-parts.txt"),
    Component("ICU（Qt 自带，仅 Linux）", "", "Unicode-3.0", "Unicode-3.0.txt"),
    Component("Microsoft Visual C++ 运行库（仅 Windows）", "", "微软再分发许可", "VC-runtime.txt"),
    Component("XCB 与 xkbcommon（仅 Linux）", "", "MIT/X11", "X11.txt"),
    Component("Fluent UI 图标", "", "MIT", "../icons/LICENSE"),
    Component("仿宋、楷体（GWFang、GWKai）", "", "GPL-3.0，附字体例外", "../fonts/NOTICE"),
    Component("小标宋、宋体、黑体（GW…）", "", "OFL-1.1", "../fonts/NOTICE"),
)


def shipped() -> list[locked.Locked]:
    """Return the locked packages that the packaged program holds."""
    found = {item.name: item for system in locked.SYSTEMS for item in locked.chosen(ROOT, system)}
    return [found[name] for name in sorted(found) if name not in BUILD_ONLY]


def texts_of(name: str) -> str:
    """Return all licence texts that an installed package carries, "" when it has none."""
    files = metadata.distribution(name).files or []
    mine = [
        Path(str(file.locate()))
        for file in sorted(files)
        if ".dist-info" in str(file) and re.search(r"(?i)licen[sc]e|copying|notice", str(file))
    ]
    return "\n\n".join(
        path.read_text(encoding="utf-8", errors="replace") for path in mine if path.is_file()
    )


def components() -> list[Component]:
    """Write the texts of the locked packages and return all components."""
    found = []
    for item in shipped():
        target = FOLDER / f"{item.name}.txt"
        if item.name not in TEXT_OF:
            target.write_text(texts_of(item.name), encoding="utf-8")
        text = TEXT_OF.get(item.name, target.name)
        name = NAMES.get(item.name, item.name)
        found.append(Component(name, item.version, LICENCES[item.name], text))
    return [*found, *BESIDES]


def main() -> None:
    """Write the list, the texts of the packages and Python's own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    python = Path(os.__file__).with_name("LICENSE.txt")
    shutil.copyfile(python, FOLDER / "Python.txt")
    listed = [asdict(item) for item in components()]
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "components.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
