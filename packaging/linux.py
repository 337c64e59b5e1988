"""The Debian package (Debian, UOS, Kylin; x86_64), and its trial in a bare Debian."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

from common import BUILD, CONSOLE, PRODUCT, RESULTS, ROOT, VERSION, BuildError, run, say
from freeze import FIXED_TIME

if TYPE_CHECKING:
    from pathlib import Path

PLACE = BUILD / "linux"
HOME = "usr/lib/hs-credit"
BARE = PLACE / "bare"
RELEASE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
# What the folder leaves to the system (contents.SYSTEM_LIBRARIES) and the package that has it.
PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1 | libgcc1",
}
C_LIBRARY = re.compile(r"^(ld-linux.*|lib(c|m|dl|pthread|resolv|rt|util))\.so\.\d+$")
OPTIONAL = {"libcups.so.2"}  # the printing plugin; without CUPS there is no printer either
DESKTOP = f"""[Desktop Entry]
Type=Application
Name={PRODUCT}
Comment=重点工作任务的报送、催报、汇总，不联网
Exec=/{HOME}/open %f
Icon=hs-credit
Categories=Office;
MimeType=application/x-hscredit;application/x-hscredit-package;
StartupWMClass={PRODUCT}
Terminal=false
"""
MIME = f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-hscredit">
    <comment>{PRODUCT}数据</comment>
    <icon name="hs-credit"/>
    <glob pattern="*.hscredit"/>
  </mime-type>
  <mime-type type="application/x-hscredit-package">
    <comment>{PRODUCT}交接包</comment>
    <icon name="hs-credit"/>
    <glob pattern="*.hspack"/>
  </mime-type>
</mime-info>
"""
# fcitx answers IBus's protocol too, and only IBus's plugin comes with Qt.
OPEN = f"""#!/bin/sh
# Opens the window, on the ledger or hand-over package that was double-clicked if there is one.
if [ "$QT_IM_MODULE" = fcitx ] || [ "$QT_IM_MODULE" = fcitx5 ]; then export QT_IM_MODULE=ibus; fi
if [ $# -gt 0 ]; then exec "/{HOME}/{PRODUCT}" --open "$1"; fi
exec "/{HOME}/{PRODUCT}"
"""


def needs(folder: Path) -> tuple[set[str], tuple[int, int]]:
    """Return the libraries a folder asks for and has not, and the C library's version it needs."""
    have, asked, version = set(), set(), (2, 17)
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        have.add(path.name)
        with path.open("rb") as file:
            if file.read(4) != b"\x7fELF":
                continue
        said = run(["objdump", "-p", path])
        asked.update(re.findall(r"NEEDED +(\S+)", said))
        wanted = [tuple(map(int, v)) for v in re.findall(r"GLIBC_(\d+)\.(\d+)", said)]
        version = max([version, *wanted])
    return {name for name in asked - have if not C_LIBRARY.match(name)} - OPTIONAL, version


def control(folder: Path, kilobytes: int) -> str:
    """Return the control file of the package."""
    asked, version = needs(folder)
    if unknown := asked - PACKAGE_OF.keys():
        raise BuildError(f"不知道这些库在哪个软件包里：{sorted(unknown)}")
    packages = sorted({PACKAGE_OF[name] for name in asked})
    depends = ", ".join([f"libc6 (>= {version[0]}.{version[1]})", *packages])
    return textwrap.dedent(f"""\
        Package: hs-credit
        Version: {VERSION}
        Architecture: amd64
        Maintainer: {PRODUCT}项目 <noreply@invalid>
        Installed-Size: {kilobytes}
        Depends: {depends}
        Recommends: fonts-noto-cjk | fonts-wqy-microhei, shared-mime-info, desktop-file-utils
        Section: editors
        Priority: optional
        Description: {PRODUCT}
         从任务分解通知到盖章的汇总报告：登记各单位反馈，看应报、已报、临期、逾期，
         导出报告（PDF）和台账（Excel）。一台电脑，一个数据文件，不联网。
        """)


def make_deb(folder: Path) -> Path:
    """Make the package of a built folder; return its path."""
    tree = PLACE / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / HOME, symlinks=True)
    icons = ROOT / "resources" / "icons"
    _write(tree / HOME / "open", OPEN, 0o755)
    _write(tree / "usr/share/applications/hs-credit.desktop", DESKTOP)
    _write(tree / "usr/share/mime/packages/hs-credit.xml", MIME)
    _copy(icons / "app.svg", tree / "usr/share/icons/hicolor/scalable/apps/hs-credit.svg")
    _copy(icons / "app.png", tree / "usr/share/icons/hicolor/256x256/apps/hs-credit.png")
    _copy(ROOT / "LICENSE", tree / "usr/share/doc/hs-credit/copyright")
    _copy(ROOT / "CHANGELOG.md", tree / "usr/share/doc/hs-credit/changelog.md")
    command = tree / "usr/bin" / CONSOLE
    command.parent.mkdir(parents=True)
    command.symlink_to(f"/{HOME}/{CONSOLE}")
    size = sum(p.stat().st_size for p in tree.rglob("*") if p.is_file() and not p.is_symlink())
    _write(tree / "DEBIAN/control", control(folder, size // 1024))
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    RESULTS.mkdir(parents=True, exist_ok=True)
    target = RESULTS / f"hs-credit_{VERSION}_amd64.deb"
    env = {**os.environ, "SOURCE_DATE_EPOCH": FIXED_TIME}
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target], env=env)
    shutil.rmtree(tree)
    return target


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def try_deb(package: Path) -> None:
    """Install the package in a bare Debian without Python or Qt, use it, remove it."""
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None:
        raise BuildError("试装要以 root 身份运行，并装有 mmdebstrap。")
    shutil.rmtree(BARE, ignore_errors=True)
    run(["mmdebstrap", "--variant=apt", "--components=main",
         '--aptopt=APT::Install-Recommends "false"', RELEASE, BARE, MIRROR])  # fmt: skip
    before = set(_files())
    shutil.copyfile(package, BARE / "tmp" / package.name)
    inside("apt-get", "-qq", "update")
    inside("apt-get", "install", "-y", f"/tmp/{package.name}")
    if (BARE / "usr/bin/python3").exists():
        raise BuildError("安装包带来了 Python，不该如此")
    said = inside(CONSOLE, "--self-test")
    say(f"{said.strip().splitlines()[-1]}（没有 Python 和 Qt 的 Debian）")
    show()
    inside("apt-get", "purge", "-y", CONSOLE)
    ours = [path for path in sorted(set(_files()) - before) if "hs-credit" in path]
    left = [path for path in ours if not path.startswith(("/tmp/", "/var/", "/root/.local/"))]
    if left:
        raise BuildError(f"卸载后留下了：{left[:5]}")
    if not (BARE / "root/.local/share/hs_credit_desktop/ledger.hscredit").exists():
        raise BuildError("卸载动了台账数据")
    shutil.rmtree(BARE)
    say("通过　.deb 安装、打开、卸载（数据还在）")


def _files() -> list[str]:
    found = run(["find", BARE, "-xdev", "-not", "-type", "d", "-printf", "/%P\n"])
    return found.splitlines()


MOUNTS = r"""
set -e
mount -t proc proc "$0/proc"
mount --bind /dev "$0/dev"
mkdir -p "$0/tmp/.X11-unix" /tmp/.X11-unix
mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix"
exec chroot "$0" /usr/bin/env -i "$@"
"""


def command_inside(*words: str, **variables: str) -> list[str]:
    """Return the command line that runs words in the bare Debian."""
    fixed = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8",
             "DEBIAN_FRONTEND": "noninteractive", **variables}  # fmt: skip
    given = [f"{name}={value}" for name, value in fixed.items()]
    namespace = ["unshare", "--mount", "--propagation", "private", "bash", "-c", MOUNTS]
    return [*namespace, str(BARE), *given, *words]


def inside(*words: str) -> str:
    """Run a command in the bare Debian and return its output."""
    return run(command_inside(*words))


def show() -> None:
    """Open the window of the installed package on a practice ledger and photograph it."""
    sys.path.insert(0, str(ROOT))
    import smoke

    from tests.display import virtual_screen

    inside(CONSOLE, "demo", "/root/.local/share/hs_credit_desktop")
    with virtual_screen() as screen:
        words = command_inside(f"/{HOME}/open", DISPLAY=screen.name)
        shown = subprocess.Popen(words)
        try:
            smoke.wait_until_visible(screen, shown)
            pictures = RESULTS / "pictures"
            pictures.mkdir(parents=True, exist_ok=True)
            screen.picture(pictures / "deb.png")
        finally:
            screen.xdotool("key", "alt+F4")
            shown.wait(30)
