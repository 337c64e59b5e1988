"""On Windows itself: installs to a path with Chinese and a space, tries the program, removes it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import CONSOLE, PRODUCT, BuildError, run, say

GONE_WITHIN = 60.0  # seconds; the uninstaller goes on after its first process has ended


def try_installer(folder: Path) -> None:
    """Install what lies in a folder, run its self-test, uninstall it; BuildError when it fails."""
    if sys.platform != "win32":
        raise BuildError("--installed 要在 Windows 上运行；Debian 上用 --try-windows。")
    found = sorted(folder.resolve().rglob("*.exe"))
    if len(found) != 1:
        raise BuildError(f"{folder} 里应当只有一个安装程序，找到 {len(found)} 个")
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "办公 室" / PRODUCT
        # One string: NSIS takes the folder as it stands behind /D=, last and without quotes.
        _done(f'"{found[0]}" /S /D={target}')
        said = run([target / f"{CONSOLE}.exe", "--self-test"])
        if "自检全部通过" not in said:
            raise BuildError(said)
        say("通过　静默安装到有中文和空格的路径，自检")
        _done(f'"{target / "卸载.exe"}" /S')
        _wait_until_gone(target)
    say("通过　静默卸载")


def _done(command: str) -> None:
    status = subprocess.run(command, check=False).returncode
    if status:
        raise BuildError(f"退出状态 {status}：{command}")


def _wait_until_gone(target: Path) -> None:
    end = time.monotonic() + GONE_WITHIN
    while target.exists():
        if time.monotonic() > end:
            raise BuildError(f"卸载后程序文件夹还在：{sorted(target.iterdir())[:5]}")
        time.sleep(0.5)
