"""A Windows to build and try on: Wine 10 in a Debian chroot, with a Windows CPython of its own.

Wine 8 of Debian 12 cannot start Qt 6.5 or newer; the next release's Wine 10 can, so it runs in a
chroot. Mounts live in a namespace of their own and vanish with the command.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import locked
from common import BUILD, ROOT, BuildError, digest, pip, run, say

PLACE = BUILD / "windows"
CHROOT = PLACE / "chroot"
PYTHON = PLACE / "python"
PREFIX = PLACE / "prefix"
MIRROR = "http://deb.debian.org/debian"
RELEASE = "trixie"
CHROOT_PACKAGES = "wine,wine64,nsis,fonts-noto-cjk,locales,procps,libgl1,libgl1-mesa-dri"
# A Windows set to Chinese: shortcuts to files with Chinese names need its code page.
LOCALE = "zh_CN.UTF-8"
TOOLS = (
    ("mmdebstrap", "mmdebstrap"),
    ("mount", "mount"),  # a bare chroot of Debian has none
    ("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64"),
    ("osslsigncode", "osslsigncode"),
    ("Xvfb", "xvfb"),
    ("xdotool", "xdotool"),
)
# The wheel that carries CPython 3.11.9 for Windows as the Python Software Foundation signed it.
CARRIER = "panda3d==1.10.16"
CARRIER_SHA256 = "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
SIGNER = "O=Python Software Foundation"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
FOR_WINDOWS = [
    "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp",
    "--abi", "cp311", "--abi", "abi3", "--abi", "none", "--only-binary=:all:", "--no-deps",
]  # fmt: skip
GCC = "x86_64-w64-mingw32-gcc"
MOUNTS = r"""
set -e
mount -t proc proc "$CHROOT/proc"
mount --bind /dev "$CHROOT/dev"
mkdir -p "$CHROOT/build" "$CHROOT/source" "$CHROOT/tmp/.X11-unix" /tmp/.X11-unix
mount --bind "$BUILD" "$CHROOT/build"
mount --bind "$SOURCE" "$CHROOT/source"
mount --bind /tmp/.X11-unix "$CHROOT/tmp/.X11-unix"
exec chroot "$CHROOT" /usr/bin/env -i "$@"
"""
LAUNCHER = r"""
#include <windows.h>
#include <shellapi.h>
__declspec(dllimport) int Py_Main(int count, wchar_t **words);
int wmain(int count, wchar_t **words) { return Py_Main(count, words); }
"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
<compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application>
<supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
</application></compatibility></assembly>
"""


def need_tools() -> None:
    """Install the Debian packages the Windows build takes; BuildError when that cannot be."""
    if sys.platform != "linux" or os.geteuid() != 0:
        raise BuildError("Windows 安装包在 Debian 上以 root 身份制作（要用 chroot）。")
    missing = [package for program, package in TOOLS if shutil.which(program) is None]
    if missing:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "-qq", "update"], env=env)
        run(["apt-get", "-qq", "install", "-y", "--no-install-recommends", *missing], env=env)


def make_chroot() -> None:
    """Make the chroot with Wine, NSIS and a Chinese font; Debian's signatures are checked."""
    stamp = CHROOT / "made-from"
    if stamp.exists() and stamp.read_text() == digest(CHROOT_PACKAGES, LOCALE):
        return
    shutil.rmtree(CHROOT, ignore_errors=True)
    run(["mmdebstrap", "--variant=apt", "--components=main",
         "--aptopt=APT::Install-Recommends \"false\"", "--aptopt=Acquire::Retries \"3\"",
         f"--include={CHROOT_PACKAGES}", RELEASE, CHROOT, MIRROR])  # fmt: skip
    run(["chroot", CHROOT, "localedef", "-i", "zh_CN", "-f", "UTF-8", LOCALE])
    shutil.rmtree(PREFIX, ignore_errors=True)
    stamp.write_text(digest(CHROOT_PACKAGES, LOCALE))


def inside(command: list[str | Path], timeout: int = 600, **variables: str) -> list[str]:
    """Return the command line that runs a command in the chroot with these variables alone."""
    fixed = {
        "PATH": "/usr/bin:/bin:/usr/sbin",
        "HOME": "/root",
        "USER": "root",
        "LANG": LOCALE,
        "WINEPREFIX": "/build/prefix",
        "WINEARCH": "win64",
        "XDG_RUNTIME_DIR": "/tmp",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d",
        **variables,
    }
    outer = ["env", f"CHROOT={CHROOT}", f"BUILD={PLACE}", f"SOURCE={ROOT}"]
    namespace = ["unshare", "--mount", "--propagation", "private", "bash", "-c", MOUNTS, "bash"]
    given = [f"{name}={value}" for name, value in fixed.items()]
    return [*outer, *namespace, *given, "timeout", str(timeout), *map(str, command)]


def wine(command: list[str | Path], timeout: int = 600, **variables: str) -> str:
    """Run a Windows program and return its output. Wine drops QT_* unless spelt WINEQT_*."""
    renamed = {f"WINE{k}" if k.startswith("QT_") else k: v for k, v in variables.items()}
    return run(inside(["/usr/lib/wine/wine64", *command], timeout, **renamed))


def stop() -> None:
    """End this prefix's own Windows session."""
    ending = inside(["/usr/lib/wine/wineserver64", "-k"])
    subprocess.run(ending, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_python() -> None:
    """Lay out a Windows CPython: signed binaries, a standard library, python.exe, python3.dll."""
    stamp = PYTHON / "made-from"
    wanted = digest(CARRIER_SHA256, LAUNCHER, sys.version)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(PYTHON, ignore_errors=True)
    libraries = PYTHON / "DLLs"
    libraries.mkdir(parents=True)
    carried = _unpack_carrier()
    for path in sorted(carried.iterdir()):
        if path.name.lower() in ("vcruntime140.dll", "python311.dll"):
            shutil.copyfile(path, PYTHON / path.name.lower())
        elif path.suffix in (".pyd", ".dll") and not path.name.startswith(("api-", "t", "_tk")):
            shutil.copyfile(path, libraries / path.name)
    for path in [*libraries.iterdir(), PYTHON / "python311.dll"]:
        _check_signature(path)
    library = Path(os.__file__).parent
    outside = shutil.ignore_patterns(
        "site-packages", "dist-packages", "__pycache__", "lib-dynload", "config-3*", "test",
        "_sysconfigdata*", "idlelib", "tkinter", "ensurepip", "lib2to3",
    )  # fmt: skip
    shutil.copytree(library, PYTHON / "Lib", ignore=outside)
    _make_launcher()
    stamp.write_text(wanted)


def _unpack_carrier() -> Path:
    downloads = PLACE / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    wanted = downloads / "carrier.txt"
    wanted.write_text(f"{CARRIER} --hash=sha256:{CARRIER_SHA256}\n")
    pip("download", "-q", "--require-hashes", "-d", downloads, *FOR_WINDOWS, "-r", wanted)
    (wheel,) = downloads.glob("panda3d-*-win_amd64.whl")
    target = PLACE / "carrier"
    shutil.rmtree(target, ignore_errors=True)
    with zipfile.ZipFile(wheel) as packed:
        names = [name for name in packed.namelist() if name.startswith("deploy_libs/")]
        packed.extractall(target, names)
    return target / "deploy_libs"


def _check_signature(path: Path) -> None:
    """Stop unless the file bears the Python Software Foundation's signature."""
    # Debian 12's own osslsigncode 2.5 asks no server about withdrawn certificates and knows no
    # options for it; newer ones would ask, unless told not to.
    usage = subprocess.run(["osslsigncode", "verify", "--help"], capture_output=True, text=True)
    told = ("-ignore-cdp", "-ignore-crl")
    offline = [option for option in told if option in usage.stdout + usage.stderr]
    offline += ["-CAfile", CERTIFICATES, "-TSA-CAfile", CERTIFICATES]
    said = run(["osslsigncode", "verify", *offline, "-in", path])
    if SIGNER not in said:
        raise BuildError(f"{path.name} 没有 Python 软件基金会的签名")


def exports(library: Path) -> list[str]:
    """Return the names that a Windows library exports."""
    said = run(["x86_64-w64-mingw32-objdump", "-p", library])
    table = said.split("[Ordinal/Name Pointer] Table", 1)[-1]
    return re.findall(r"^\s*\[ *\d+\].*?\s(\w+)$", table, re.M)


def _make_launcher() -> None:
    """Make python.exe and the forwarder python3.dll, which no wheel carries."""
    work = PLACE / "launcher"
    work.mkdir(exist_ok=True)
    names = exports(PYTHON / "python311.dll")
    if "Py_Main" not in names:
        raise BuildError("python311.dll 的导出表没有读出来")
    plain = "".join(f"{name}\n" for name in names)
    forwards = "".join(f"{name} = python311.{name}\n" for name in names)
    (work / "python311.def").write_text(f"LIBRARY python311.dll\nEXPORTS\n{plain}")
    (work / "python3.def").write_text(f"LIBRARY python3.dll\nEXPORTS\n{forwards}")
    (work / "python.c").write_text(LAUNCHER)
    (work / "python.manifest").write_text(MANIFEST)
    (work / "python.rc").write_text('1 24 "python.manifest"\n')
    run(["x86_64-w64-mingw32-windres", "python.rc", "-O", "coff", "-o", "resource.o"], cwd=work)
    run(["x86_64-w64-mingw32-dlltool", "-d", "python311.def", "-l", "libpython311.a",
         "-D", "python311.dll"], cwd=work)  # fmt: skip
    run([GCC, "-O2", "-municode", "-s", "-o", PYTHON / "python.exe", "python.c", "resource.o",
         "libpython311.a"], cwd=work)  # fmt: skip
    run([GCC, "-shared", "-nostdlib", "-Wl,--entry=0", "-s", "-o", PYTHON / "python3.dll",
         "python3.def"], cwd=work)  # fmt: skip


def make_prefix() -> None:
    """Make the Windows 10 that Wine shows."""
    if (PREFIX / "ready").exists():
        return
    shutil.rmtree(PREFIX, ignore_errors=True)
    PREFIX.mkdir(parents=True)
    wine(["wineboot", "-i"])
    wine(["winecfg", "-v", "win10"])
    (PREFIX / "ready").touch()


def install_packages() -> None:
    """Install the locked wheels for Windows."""
    lines = [item.line() for item in locked.chosen(ROOT, "win32")]
    packages = PYTHON / "Lib" / "site-packages"
    stamp = packages / "made-from"
    if stamp.exists() and stamp.read_text() == digest(*lines):
        return
    shutil.rmtree(packages, ignore_errors=True)
    listed = PLACE / "locked.txt"
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pip("install", "-q", "--require-hashes", "--target", packages, *FOR_WINDOWS, "-r", listed)
    stamp.write_text(digest(*lines))


def make_ready() -> None:
    """Make everything that a Windows build needs; what is there already is used again."""
    PLACE.mkdir(parents=True, exist_ok=True)
    need_tools()
    say("1 Debian 里的 Wine")
    make_chroot()
    say("2 Windows 的 Python")
    make_python()
    make_prefix()
    install_packages()
    seen = wine([r"Z:\build\python\python.exe", "-c", "import sys; print(sys.version)"])
    say(f"  {seen.strip()}")
