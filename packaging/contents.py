"""What goes into the packaged program and what stays out: used by the spec, held by tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

# Dynamically imported, so that the analysis does not see it: db/migrations is data and imports it.
HIDDEN_IMPORTS = ["sqlite_utils"]

# Never needed at run time; several come in only because a library mentions them.
EXCLUDED_MODULES = [
    "PyInstaller",
    "_pytest",
    "asyncio",
    "ensurepip",
    "ftplib",
    "hypothesis",
    "idlelib",
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "mypy",
    "numpy",
    "pip",
    "pkg_resources",
    "pytest",
    "readline",
    "setuptools",
    "smtplib",
    "ssl",
    "tkinter",
    "turtle",
    "unittest",
    "wheel",
    "PIL.AvifImagePlugin",
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PIL.WebPImagePlugin",
]

# Qt's plugins by folder: only these are carried. The rest is for hardware, styles and formats that
# no office PC of ours shows (KMS, VNC, Wayland, GTK, TIFF, ...).
QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qico", "qjpeg", "qsvg"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platforms": {"qoffscreen", "qwindows", "qxcb"},
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport", "windowsprintersupport"},
    "xcbglintegrations": set[str](),
}
QT_TRANSLATIONS = {"qtbase_zh_CN.qm"}

# Compiled parts of Pillow that ReportLab never loads.
UNUSED_EXTENSIONS = re.compile(r"PIL/_(avif|webp|imagingcms|imagingtk|imagingmath|imagingmorph)\b")
# What belongs to the machine: the C library's family, graphics drivers, the core of X11, and the
# desktop's own services, which must be of one version in all programs of a session.
SYSTEM_LIBRARIES = re.compile(
    r"""(^|/)lib(
        GL|EGL|GLX|GLdispatch|OpenGL|drm|gbm|vulkan|stdc\+\+|gcc_s|X11|X11-xcb|xcb|ICE|SM
        |glib-2\.0|gobject-2\.0|gthread-2\.0|gio-2\.0|fontconfig|freetype|dbus-1|cups|atspi
    )\.so""",
    re.VERBOSE,
)
# System DLLs of Windows 10 that a build under Wine could pick up by mistake.
WINDOWS_OWN = re.compile(r"^(icuuc|icuin|icu|mscms|ucrtbase|api-ms-win-[\w-]+)\.dll$", re.I)


def own_modules(root: Path) -> list[str]:
    """Return every module of the program: some are found by name only when they are used."""
    found = [
        path.relative_to(root).with_suffix("").parts
        for path in sorted((root / "hs_credit_desktop").rglob("*.py"))
    ]
    return [".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in found]


def wanted(target: str) -> bool:
    """Say whether a file goes into the folder; target: its path there, / or \\ between parts."""
    path = target.replace("\\", "/")
    name = path.rsplit("/", 1)[-1]
    if "/translations/" in path and name.endswith(".qm"):
        return name in QT_TRANSLATIONS
    if "/plugins/" in path:
        folder = path.split("/plugins/", 1)[1].split("/", 1)[0]
        stem = name.split(".", 1)[0]
        return stem.removeprefix("lib") in QT_PLUGINS.get(folder, ())
    if WINDOWS_OWN.match(name) or SYSTEM_LIBRARIES.search(path):
        return False
    return not UNUSED_EXTENSIONS.search(path)


def reachable(
    files: list[tuple[str, str, str]], needs: Callable[[str], Iterable[str]]
) -> list[tuple[str, str, str]]:
    """Return the files without libraries that nothing left in the folder asks for.

    files: (target, source, type) as PyInstaller lists them; needs: names of the libraries that a
    source file asks for. Leaving a plugin out leaves out what only it would have loaded.
    """
    libraries = {
        target.replace("\\", "/").rsplit("/", 1)[-1].lower(): (target, source)
        for target, source, kind in files
        if kind == "BINARY" and not _starts_loading(target)
    }
    waiting = [source for target, source, _ in files if _starts_loading(target)]
    waiting += [source for _, source, kind in files if kind not in ("BINARY", "SYMLINK")]
    found: set[str] = set()
    while waiting:
        for name in {name.lower() for name in needs(waiting.pop())} - found:
            if name in libraries:
                found.add(name)
                waiting.append(libraries[name][1])
    unused = {target for name, (target, _) in libraries.items() if name not in found}
    return [item for item in files if item[0] not in unused]


def without_loose_ends(
    links: list[tuple[str, str, str]], files: list[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """Return the entries without links to files that were left out; a link's source is its aim."""
    targets = {target for target, _, _ in files}
    return [item for item in links if item[2] != "SYMLINK" or item[1] in targets]


def _starts_loading(target: str) -> bool:
    """Say whether a file is loaded by name at run time: a plugin, PDFium, Python itself."""
    return bool(re.search(r"[/\\]plugins[/\\]|pdfium|(^|[/\\])(lib)?python3", target))
