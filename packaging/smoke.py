"""Tries a built folder the way users' PCs do: odd places, no rights, no network, a real window."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from common import CONSOLE, PRODUCT, ROOT, BuildError, run, say

if TYPE_CHECKING:
    from collections.abc import Iterator

ODD_PLACE = "办公 室#1"
OPENS_WITHIN = 60.0  # seconds; a broken program never opens, a loaded machine is slow
NOBODY = 65534


def smoke(folder: Path) -> None:
    """Try the folder; BuildError names what does not work."""
    with tempfile.TemporaryDirectory(prefix="hs-credit-smoke-") as temporary:
        place = Path(temporary) / ODD_PLACE
        shutil.copytree(folder, place, symlinks=True)
        place.parent.chmod(0o755)
        console = place / CONSOLE
        with _read_only(place):
            self_test([console])
            if os.name == "posix" and os.geteuid() == 0:
                self_test([*without_network(), console])
                self_test(["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
                           console])  # fmt: skip
            practise(console, Path(temporary) / "练习")
            if sys.platform == "linux":
                open_window(place / PRODUCT, Path(temporary) / "练习", Path(temporary) / "窗口.png")
    say("打包自检通过。")


def bare_environment() -> dict[str, str]:
    """Return an environment with nothing of the builder's: no PATH to Python, no library paths."""
    kept = ("SYSTEMROOT", "TEMP", "TMP", "LOCALAPPDATA", "DISPLAY")
    own = {name: os.environ[name] for name in kept if name in os.environ}
    return {"HOME": tempfile.gettempdir(), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **own}


def without_network() -> list[str]:
    """Return the words before a command that take every network interface away."""
    return ["unshare", "--net"]


def self_test(command: list[str | Path]) -> None:
    """Run --self-test; BuildError when it fails or leaves a file behind."""
    with tempfile.TemporaryDirectory(prefix="自检 ") as temporary:
        Path(temporary).chmod(0o777)
        env = {**bare_environment(), "TMPDIR": temporary, "TMP": temporary, "TEMP": temporary}
        said = run([*command, "--self-test"], env=env, cwd="/")
        if left := [path.name for path in Path(temporary).iterdir()]:
            raise BuildError(f"自检留下了文件：{left}")
    how = " ".join(str(word) for word in command[:-1]) or "直接运行"
    say(f"{said.strip().splitlines()[-1]}（{how}）")


def practise(console: Path, folder: Path) -> None:
    """Make a practice ledger and read its figures back."""
    run([console, "demo", folder], env=bare_environment())
    asked = [console, "--data", folder, "status", "--round", "2", "--json"]
    said = run(asked, env=bare_environment())
    figures = json.loads(said)
    seen = (figures["expected"], figures["received"])
    if seen != (44, 25):
        raise BuildError(f"练习台账的数字不对：{seen}")


def open_window(program: Path, data: Path, picture: Path) -> None:
    """Open the window on a virtual screen; BuildError when it does not come up with its title."""
    sys.path.insert(0, str(ROOT))
    from tests.display import virtual_screen

    with virtual_screen() as screen:
        env = {**bare_environment(), "DISPLAY": screen.name}
        shown = subprocess.Popen([program, "--data", data], env=env)
        try:
            wait_until_visible(screen, shown)
            screen.picture(picture)
            keep = os.environ.get("HS_CREDIT_PICTURES")
            if keep:
                shutil.copyfile(picture, Path(keep) / "linux-window.png")
        finally:
            shown.terminate()
            shown.wait(10)
    log = (data / "logs" / "hs-credit.log").read_text(encoding="utf-8")
    if "CRITICAL" in log or "ERROR" in log:
        raise BuildError(f"窗口打开后出了错：\n{log[-2000:]}")


def wait_until_visible(screen, shown: subprocess.Popen) -> None:
    """Wait until a started program's window is on the screen and painted; BuildError else."""
    end = time.monotonic() + OPENS_WITHIN
    while shown.poll() is None and time.monotonic() < end and not _visible(screen):
        time.sleep(0.2)
    if shown.poll() is not None or not _visible(screen):
        raise BuildError("窗口没有打开")
    time.sleep(2)


def _visible(screen) -> bool:
    try:
        return bool(screen.xdotool("search", "--onlyvisible", "--name", PRODUCT))
    except subprocess.CalledProcessError:
        return False


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Take the right to write from the program's folder, as under Program Files."""
    everything = [folder, *folder.rglob("*")]
    for path in everything:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    try:
        yield
    finally:
        for path in everything:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o200)
