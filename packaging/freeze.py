"""Makes the folder with the two programs, on the system it runs on, from locked packages only."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import locked
from common import BUILD, CONSOLE, PRODUCT, ROOT, BuildError, digest, pip, run, say

# The same moment for every build of a version: times inside the files do not differ.
FIXED_TIME = "1704067200"


def interpreter() -> str:
    """Return the Python to build with: the system's own, whose library names no home folder."""
    system = Path(f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}")
    return str(system) if system.exists() else sys.executable


def make_environment(folder: Path, system: str) -> Path:
    """Make a virtual environment of what the program needs and return its Python."""
    lines = [item.line() for item in locked.chosen(ROOT, system)]
    stamp = folder / "made-from"
    wanted = digest(interpreter(), *lines)
    python = folder / ("Scripts/python.exe" if system == "win32" else "bin/python")
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    run([interpreter(), "-m", "venv", "--without-pip", folder])
    listed = folder / "locked.txt"
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pip("--python", python, "install", "-q", "--no-deps", "--require-hashes",
        "--only-binary=:all:", "-r", listed)  # fmt: skip
    stamp.write_text(wanted)
    return python


def freeze(place: Path) -> Path:
    """Freeze the program with this system's Python; return the folder with the two programs."""
    system = "win32" if sys.platform == "win32" else "linux"
    say("1 环境")
    python = make_environment(place / "environment", system)
    say("2 " + run([python, ROOT / "packaging" / "signatures.py"]).strip())
    say("3 PyInstaller")
    folder = place / "dist" / CONSOLE
    shutil.rmtree(folder, ignore_errors=True)
    run(
        [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--distpath", place / "dist",
         "--workpath", place / "work", ROOT / "packaging" / "hs_credit.spec"],
        log=place / "pyinstaller.log",
        cwd=place,
        env={**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": FIXED_TIME},
    )  # fmt: skip
    complain_of_traces(folder)
    return folder


def complain_of_traces(folder: Path) -> None:
    """Stop when a file names a folder of the machine it was built on."""
    # Not the whole home folder: whoever built a wheel may have sat in a folder of the same name.
    # Nor the tree alone: it may lie at /src, which stands in every library of Qt.
    inside = (ROOT / "hs_credit_desktop", ROOT / ".venv", ROOT / "packaging", BUILD)
    places = [str(place) for place in (*inside, sys.prefix, sys.base_prefix)]
    marks = {place.encode() for place in places if not place.startswith("/usr")}
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found += [path.relative_to(folder).as_posix() for mark in marks if mark in content]
    if found:
        raise BuildError("这些文件里有本机路径：" + "、".join(sorted(set(found))[:10]))


def sizes(folder: Path) -> list[tuple[str, float]]:
    """Return (component, MB) of a built folder, the largest first."""
    internal = folder / "_internal"
    found: dict[str, float] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(internal).parts if internal in path.parents else (PRODUCT,)
            name = "/".join(parts[:2]) if parts[0] in ("PySide6", "resources") else parts[0]
            found[name] = found.get(name, 0.0) + path.stat().st_size / 1e6
    return sorted(found.items(), key=lambda item: -item[1])
