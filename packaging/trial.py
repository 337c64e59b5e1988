"""Uses the Windows packages as a clerk does: installs, logs with real clicks, upgrades, uninstalls.

Everything happens in Wine on a virtual screen. Pictures go to the folder of results: look at them,
since a running process proves nothing about what is on the screen.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import windows
import wine
from common import CONSOLE, PRODUCT, RESULTS, ROOT, BuildError, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

sys.path.insert(0, str(ROOT))

PICTURES = RESULTS / "pictures"
LOCAL = r"C:\users\root\AppData\Local"
INSTALLED = rf"{LOCAL}\Programs\hs-credit"
DATA = rf"{LOCAL}\hs_credit_desktop"
SHORTCUT = rf"C:\users\root\Desktop\{PRODUCT}.lnk"
ODD = r"D:\办公 室#1"
HAND_OVER = r"D:\交接 包.hspack"
WINDOWS_TOO_OLD, PROGRAM_OPEN = 10, 11  # installer.nsi
OPENS_WITHIN = 90.0
TYPED = "2024-11-29 12 cases"
# Places in the window of 1366 × 768: a unit that has not reported, the field 进展情况.
UNIT_ROW, PROGRESS_FIELD = (440, 478), (1170, 310)


def on_disk(path: str) -> Path:
    """Return where a Windows path lies for us."""
    drive, _, rest = path.partition(":\\")
    root = wine.PREFIX / "drive_c" if drive == "C" else wine.PLACE / "drive_d"
    return root.joinpath(*rest.split("\\"))


def check(holds: object, otherwise: str) -> None:
    """Stop the trial with a sentence unless something holds."""
    if not holds:
        raise BuildError(otherwise)


def try_everything() -> None:
    """Go through the life of an installation; BuildError at the first thing that is not right."""
    from tests.display import virtual_screen

    PICTURES.mkdir(parents=True, exist_ok=True)
    wine.stop()
    with virtual_screen() as screen:
        _clean()
        old_windows(screen)
        self_test_in_odd_place(screen)
        portable(screen)
        install(screen)
        look_at_installer(screen)
        use(screen)
        upgrade(screen)
        uninstall(screen)
        wine.stop()
    say("Windows 安装、使用、升级、卸载都试过了，图片在 " + str(PICTURES))


def ask(screen, *words: str, status: int = 0, timeout: int = 300) -> str:
    """Run a Windows program on the screen and return its output; check its exit status."""
    command = wine.inside(["/usr/lib/wine/wine64", *words], timeout, DISPLAY=screen.name)
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    said = done.stdout.decode("utf-8", "replace")
    wrong = f"{' '.join(words)}：退出状态 {done.returncode}，应为 {status}\n{said}"
    check(done.returncode == status, wrong)
    return said


def _clean() -> None:
    for path in (INSTALLED, DATA):
        shutil.rmtree(on_disk(path), ignore_errors=True)
    drive = wine.PLACE / "drive_d"
    shutil.rmtree(drive, ignore_errors=True)
    drive.mkdir()
    link = wine.PREFIX / "dosdevices" / "d:"
    if not link.is_symlink():
        link.symlink_to("/build/drive_d")


def old_windows(screen) -> None:
    """On Windows 7 the installer says so in words and changes nothing."""
    setup = rf"Z:\build\{windows.TRIAL.name}"
    ask(screen, "winecfg", "-v", "win7")
    try:
        ask(screen, setup, "/S", status=WINDOWS_TOO_OLD)
        with installer_shown(screen, "0-windows-7.png"):
            screen.xdotool("key", "Return")
    finally:
        ask(screen, "winecfg", "-v", "win10")
    check(not on_disk(INSTALLED).exists(), "旧版 Windows 上装了文件")
    say("通过　旧版 Windows 上说明原因，不改动")


@contextmanager
def installer_shown(screen, picture: str) -> Iterator[None]:
    """Start the installer with its window, photograph it, and wait for its end afterwards."""
    setup = rf"Z:\build\{windows.TRIAL.name}"
    command = wine.inside(["/usr/lib/wine/wine64", setup], 120, DISPLAY=screen.name)
    shown = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    wait_for_window(screen, True)
    time.sleep(2)
    screen.picture(PICTURES / picture)
    yield
    shown.wait(120)


def look_at_installer(screen) -> None:
    """Go through the pages of the installer with the keyboard, over what is installed."""
    with installer_shown(screen, "0-welcome.png"):
        screen.xdotool("key", "Return")
        time.sleep(1)
        screen.picture(PICTURES / "0-folder.png")
        begun = time.time()
        screen.xdotool("key", "Return")
        wait_until_written(on_disk(INSTALLED) / "卸载.exe", begun)
        screen.picture(PICTURES / "0-finished.png")
        screen.xdotool("key", "space", "Return")  # not to open the program
        wait_for_window(screen, False)
    say("通过　安装界面（看图）")


def wait_until_written(last: Path, begun: float) -> None:
    """Wait until the installer has written its last file, and a moment for its last page."""
    end = time.monotonic() + OPENS_WITHIN
    while not (last.exists() and last.stat().st_mtime >= begun - 1):
        check(time.monotonic() < end, f"安装程序没有写完：{last.name}")
        time.sleep(0.5)
    time.sleep(6)


def self_test_in_odd_place(screen) -> None:
    """The folder works where it was copied to, under a name with Chinese, a space and a #."""
    shutil.copytree(wine.PLACE / "dist" / CONSOLE, on_disk(ODD))
    said = ask(screen, rf"{ODD}\{CONSOLE}.exe", "--self-test")
    check("自检全部通过" in said, said)
    say("通过　复制即用（路径有中文和空格）")


def portable(screen) -> None:
    """The portable zip keeps its data beside itself."""
    place = on_disk(r"D:\U 盘")
    with zipfile.ZipFile(RESULTS / windows.PORTABLE) as packed:
        packed.extractall(place)
    program = rf"D:\U 盘\{PRODUCT}\{CONSOLE}.exe"
    ask(screen, program, "init", rf"Z:\source\resources\notices\{_notice()}")
    check((place / PRODUCT / "数据" / "ledger.hscredit").exists(), "便携版的数据不在程序旁边")
    check(not on_disk(DATA).exists(), "便携版在用户文件夹里留下了数据")
    say("通过　便携版（数据在程序旁边）")


def _notice() -> str:
    (notice,) = (ROOT / "resources" / "notices").glob("*.txt")
    return notice.name


def install(screen) -> None:
    """The silent installer puts every file in place, with shortcuts and the file type."""
    ask(screen, rf"Z:\build\{windows.TRIAL.name}", "/S")
    made, here = wine.PLACE / "dist" / CONSOLE, on_disk(INSTALLED)
    missing = [
        path.relative_to(made)
        for path in made.rglob("*")
        if path.is_file() and not (here / path.relative_to(made)).exists()
    ]
    check(not missing, f"安装后缺文件：{missing[:5]}")
    check(on_disk(SHORTCUT).exists(), "桌面上没有快捷方式")
    menu = on_disk(r"C:\users\root\AppData\Roaming\Microsoft\Windows\Start Menu\Programs")
    check((menu / f"{PRODUCT}.lnk").exists(), "开始菜单里没有快捷方式")
    for kind in ("Ledger", "Package"):
        key = rf"HKCU\Software\Classes\HsCredit.{kind}\shell\open\command"
        check("--open" in ask(screen, "reg", "query", key), "文件类型没有登记")
    ask(screen, rf"{INSTALLED}\{CONSOLE}.exe", "--self-test")
    say("通过　静默安装，快捷方式，文件类型，安装后自检")


@contextmanager
def opened(screen, picture: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Open the window, photograph it, close it at the end as a user does (Alt+F4)."""
    command = wine.inside(["/usr/lib/wine/wine64", *words], 600, DISPLAY=screen.name)
    shown = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    wait_for_window(screen, True)
    time.sleep(4)
    screen.picture(PICTURES / picture)
    try:
        yield shown
    finally:
        screen.xdotool("key", "alt+F4")
        wait_for_window(screen, False)
        shown.wait(60)
    # start.exe, which follows shortcuts, has a status of its own.
    if words[0] != "start.exe":
        check(shown.returncode == 0, f"关闭窗口后的退出状态是 {shown.returncode}")


def wait_for_window(screen, there: bool, name: str = PRODUCT) -> None:
    """Wait until a window of that name is there, or gone."""
    end = time.monotonic() + OPENS_WITHIN
    while time.monotonic() < end:
        try:
            seen = bool(screen.xdotool("search", "--onlyvisible", "--name", name))
        except subprocess.CalledProcessError:
            seen = False
        if seen == there:
            return
        time.sleep(0.3)
    screen.picture(PICTURES / "failed.png")
    raise BuildError("窗口没有打开" if there else "窗口没有关闭")


def figures(screen) -> dict:
    """Return the figures of the second round."""
    asked = (rf"{INSTALLED}\{CONSOLE}.exe", "status", "--round", "2", "--json")
    return json.loads(ask(screen, *asked))


def use(screen) -> None:
    """Log a return with real clicks in the window opened from the desktop's shortcut."""
    ask(screen, rf"{INSTALLED}\{CONSOLE}.exe", "demo", DATA)
    ask(screen, rf"{INSTALLED}\{CONSOLE}.exe", "handover", HAND_OVER)
    before = figures(screen)["received"]
    with opened(screen, "1-opened.png", "start.exe", "/wait", SHORTCUT):
        screen.xdotool("key", "alt+2")  # 任务
        time.sleep(3)
        for place in (UNIT_ROW, PROGRESS_FIELD):
            screen.xdotool("mousemove", *map(str, place), "click", "1")
            time.sleep(1)
        screen.xdotool("type", "--delay", "60", TYPED)
        time.sleep(1)
        screen.picture(PICTURES / "2-typed.png")
        screen.xdotool("key", "ctrl+Return")
        time.sleep(2)
        screen.picture(PICTURES / "3-logged.png")
        # What a double click starts, as registered: Wine's start.exe does not follow it here.
        ask(screen, rf"{INSTALLED}\{PRODUCT}.exe", "--open", HAND_OVER)
        wait_for_window(screen, True, "合并交接包")
        time.sleep(3)
        screen.picture(PICTURES / "3-package.png")
        screen.xdotool("key", "Escape")
        wait_for_window(screen, False, "合并交接包")
    check(figures(screen)["received"] == before + 1, "点击登记之后，已报没有增加一家")
    out = rf"{DATA}\导出 试用"
    ask(screen, rf"{INSTALLED}\{CONSOLE}.exe", "export", "--round", "2", "--out", out)
    kinds = sorted(path.suffix for path in on_disk(out).iterdir())
    check(kinds == [".docx", ".pdf", ".pdf", ".xlsx"], f"导出的文件不对：{kinds}")
    for path in on_disk(out).iterdir():
        shutil.copyfile(path, PICTURES / path.name)
    say("通过　从桌面打开，点击登记一条，交接包在这个窗口里打开，导出 PDF、Word 和 Excel")


def upgrade(screen) -> None:
    """The installer over a running program changes nothing; over a closed one it upgrades."""
    program = on_disk(INSTALLED) / f"{PRODUCT}.exe"
    stale = on_disk(INSTALLED) / "_internal" / "of-an-older-version.dll"
    stale.touch()
    before = program.stat().st_mtime_ns
    setup = rf"Z:\build\{windows.TRIAL.name}"
    with opened(screen, "4-running.png", rf"{INSTALLED}\{PRODUCT}.exe"):
        ask(screen, setup, "/S", status=PROGRAM_OPEN)
        check(stale.exists() and program.stat().st_mtime_ns == before, "运行时升级改动了文件")
    received = figures(screen)["received"]
    ask(screen, setup, "/S")
    check(not stale.exists(), "升级后留下了旧版本的文件")
    check(figures(screen)["received"] == received, "升级后数据变了")
    say("通过　升级（运行时不动，关闭后成功，数据不变）")


def uninstall(screen) -> None:
    """Uninstalling takes the program and leaves the data."""
    kept = on_disk(DATA) / "ledger.hscredit"
    size = kept.stat().st_size
    ask(screen, rf"{INSTALLED}\卸载.exe", "/S")
    for _ in range(60):
        if not on_disk(INSTALLED).exists():
            break
        time.sleep(0.5)
    check(not on_disk(INSTALLED).exists(), "卸载后程序文件夹还在")
    check(not on_disk(SHORTCUT).exists(), "卸载后快捷方式还在")
    check(kept.stat().st_size == size, "卸载动了台账数据")
    say("通过　卸载（数据还在）")
