"""Builds the packages: python3 dev.py build [-- --folder | --windows | --installed FOLDER].

With no option: for the system it runs on (Linux: folder and .deb; Windows: the folder).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import freeze
import installed
import linux
import smoke
import trial
import windows
from common import BUILD, RESULTS, BuildError, say


def arguments() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--folder", action="store_true", help="only the folder, and its smoke test")
    kind.add_argument("--windows", action="store_true", help="on Debian: the Windows packages")
    kind.add_argument("--try-windows", action="store_true", help="use them on a virtual screen")
    kind.add_argument(
        "--installed",
        type=Path,
        metavar="FOLDER",
        help="on Windows: try the installer that lies there",
    )
    return parser.parse_args()


def build_here(only_folder: bool) -> None:
    """Build for the system this runs on."""
    place = BUILD / ("windows-native" if sys.platform == "win32" else "linux")
    place.mkdir(parents=True, exist_ok=True)
    folder = freeze.freeze(place)
    for name, size in freeze.sizes(folder)[:12]:
        say(f"{size:8.1f} MB  {name}")
    say("4 试用")
    smoke.smoke(folder)
    if only_folder:
        return
    RESULTS.mkdir(parents=True, exist_ok=True)
    if sys.platform == "linux":
        say("5 Debian 软件包")
        linux.try_deb(linux.make_deb(folder))


def main() -> int:
    """Build; return the exit status."""
    options = arguments()
    try:
        if options.installed:
            installed.try_installer(options.installed)
            return 0
        if options.try_windows:
            trial.try_everything()
        elif options.windows:
            windows.build()
            trial.try_everything()
        else:
            build_here(options.folder)
        if RESULTS.is_dir():
            windows.list_hashes()
    except BuildError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
