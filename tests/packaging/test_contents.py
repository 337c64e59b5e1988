"""What goes into the folder: the needed plugins, no traces of others, nothing of Windows itself."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "kept",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\printsupport\\windowsprintersupport.dll",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "libxcb-cursor.so.0",
        "libpython3.11.so.1.0",
        "PIL/_imaging.cpython-311-x86_64-linux-gnu.so",
        "resources/fonts/source/FandolFang-Regular.otf.xz",
        "resources/manual/图/任务.png",
        "db/migrations/0002_papers.sql",
        "VCRUNTIME140_1.dll",
    ],
)
def test_kept(script, kept: str) -> None:
    assert script("contents").wanted(kept)


@pytest.mark.parametrize(
    "left_out",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6\\plugins\\tls\\qopensslbackend.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PIL/_avif.cpython-311-x86_64-linux-gnu.so",
        "libX11.so.6",
        "libstdc++.so.6",
        "icuuc.dll",
        "api-ms-win-crt-runtime-l1-1-0.dll",
    ],
)
def test_left_out(script, left_out: str) -> None:
    assert not script("contents").wanted(left_out)


def test_modules_found_by_name_go_along(script, repo_root) -> None:
    from hs_credit_desktop.ui import commands

    own = script("contents").own_modules(repo_root)
    assert {f"{commands.__name__}.{name}" for name in commands.MODULES} <= set(own)
    assert {"hs_credit_desktop", "hs_credit_desktop.ui.main_window"} <= set(own)


def test_libraries_nobody_asks_for_are_left_out(script) -> None:
    asked = {
        "/src/plugins/libqxcb.so": ["libQt6XcbQpa.so.6", "libc.so.6"],
        "/src/libQt6XcbQpa.so.6": ["libxcb-cursor.so.0"],
        "/src/_sqlite3.so": ["libsqlite3.so.0"],
    }
    files = [
        ("Qt/plugins/libqxcb.so", "/src/plugins/libqxcb.so", "BINARY"),
        ("libQt6XcbQpa.so.6", "/src/libQt6XcbQpa.so.6", "BINARY"),
        ("libxcb-cursor.so.0", "/src/libxcb-cursor.so.0", "BINARY"),
        ("lib-dynload/_sqlite3.so", "/src/_sqlite3.so", "EXTENSION"),
        ("libsqlite3.so.0", "/src/libsqlite3.so.0", "BINARY"),
        ("libcairo.so.2", "/src/libcairo.so.2", "BINARY"),
    ]
    kept = script("contents").reachable(files, lambda path: asked.get(path, []))
    assert [target for target, _, _ in kept] == [target for target, _, _ in files[:-1]]


def test_links_to_what_was_left_out_go_too(script) -> None:
    files = [("Qt/lib/libQt6Core.so.6", "/src/libQt6Core.so.6", "BINARY")]
    good = ("libQt6Core.so.6", "Qt/lib/libQt6Core.so.6", "SYMLINK")
    loose = ("libQt6Pdf.so.6", "Qt/lib/libQt6Pdf.so.6", "SYMLINK")
    data = ("resources/a.svg", "/src/a.svg", "DATA")
    contents = script("contents")
    assert contents.without_loose_ends([good, loose, data], files) == [good, data]
