"""The Windows packages, made on Debian: folder, installer, portable zip, list of SHA-256."""

from __future__ import annotations

import os
import shlex
import shutil
import zipfile
from typing import TYPE_CHECKING

import freeze
import wine
from artwork import draw_side
from common import CONSOLE, PRODUCT, RESULTS, VERSION, run, say, sha256
from version_resource import numbers

if TYPE_CHECKING:
    from pathlib import Path

FIXED = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": freeze.FIXED_TIME, "PYTHONUTF8": "1"}
PYTHON = r"Z:\build\python\python.exe"
INSTALLER = f"{PRODUCT}-{VERSION}-安装程序.exe"
PORTABLE = f"{PRODUCT}-{VERSION}-便携版.zip"
# To be tried under Wine, which has no 32-bit Windows here: the same installer, a 64-bit stub.
TRIAL = wine.PLACE / "trial-setup.exe"
MARKER = "便携版.txt"
MARKER_TEXT = (
    "有这个文件时，台账数据放在本文件夹的“数据”里，可以随 U 盘带走。\r\n"
    "删除这个文件，台账数据就放在这台电脑的用户文件夹里。\r\n"
    "便携版不登记文件类型：交接包（.hspack）请先打开程序，再在“更多”里选它。\r\n"
)
# A command that signs one file given as its last word, for whoever has a certificate.
SIGN = os.environ.get("HS_CREDIT_SIGN", "")


def build() -> list[Path]:
    """Make all Windows packages; return their paths."""
    wine.make_ready()
    folder = freeze_program()
    for name, size in freeze.sizes(folder)[:12]:
        say(f"{size:8.1f} MB  {name}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    say("5 安装程序和便携版")
    installer = make_installer(folder, RESULTS / INSTALLER)
    make_installer(folder, TRIAL, "-DTARGET=amd64-unicode")
    return [installer, make_portable(folder)]


def freeze_program() -> Path:
    """Freeze the program under Wine; return the folder with the two programs."""
    say("3 " + wine.wine([PYTHON, r"Z:\source\packaging\signatures.py"], **FIXED).strip())
    say("4 PyInstaller")
    dist = wine.PLACE / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    said = wine.wine(
        [PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--distpath", r"Z:\build\dist",
         "--workpath", r"Z:\build\work", r"Z:\source\packaging\hs_credit.spec"],
        **FIXED,
    )  # fmt: skip
    (wine.PLACE / "pyinstaller.log").write_text(said, encoding="utf-8")
    freeze.complain_of_traces(dist)
    for program in (dist / CONSOLE).glob("*.exe"):
        sign(program)
    return dist / CONSOLE


def sign(program: Path) -> None:
    """Sign a program with the command in HS_CREDIT_SIGN; without one it stays unsigned."""
    if SIGN:
        run([*shlex.split(SIGN), program])


def make_installer(folder: Path, target: Path, *options: str) -> Path:
    """Wrap the folder as an installer; options go to makensis."""
    draw_side(wine.PLACE / "side.bmp")
    kilobytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
    made = wine.PLACE / "setup.exe"
    inner = folder.relative_to(wine.PLACE)
    defined = {
        "VERSION": VERSION,
        "FOUR": ".".join(map(str, numbers(VERSION))),
        "FOLDER": f"/build/{inner}",
        "SOURCE": "/source",
        "OUTPUT": f"/build/{made.name}",
        "KILOBYTES": str(kilobytes),
    }
    words = [f"-D{name}={value}" for name, value in defined.items()]
    run(wine.inside(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *options, *words,
                     "/source/packaging/installer.nsi"]))  # fmt: skip
    shutil.move(made, target)
    sign(target)
    return target


def make_portable(folder: Path) -> Path:
    """Zip the folder with the marker that keeps the data beside the program."""
    target = RESULTS / PORTABLE
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr(f"{PRODUCT}/{MARKER}", MARKER_TEXT.encode("utf-8-sig"))
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, f"{PRODUCT}/{path.relative_to(folder).as_posix()}")
    return target


def list_hashes() -> Path:
    """Write the SHA-256 of everything in the folder of results, as sha256sum reads it."""
    target = RESULTS / "SHA256SUMS.txt"
    packages = [path for path in sorted(RESULTS.iterdir()) if path.is_file() and path != target]
    lines = [f"{sha256(path)}  {path.name}\n" for path in packages]
    target.write_text("".join(lines), encoding="utf-8")
    return target
