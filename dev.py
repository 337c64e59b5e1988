"""The developer's entrance: sets everything up, then runs, tests, lints, measures or builds.

Standard library only, and written so that even Python 3.7 can read it: an old Python must get a
plain sentence, not a syntax error. Everything said here goes to standard error, because standard
output belongs to the program that is run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "dev-stamp.json"
WINDOWS = os.name == "nt"
SUPPORTED = ((3, 13), (3, 12), (3, 11))
ME = "py dev.py" if WINDOWS else "python3 dev.py"

# What PySide6-Essentials 6.9.3 loads and a bare Debian 12 lacks, found with ldd: library, package.
# The other libraries of the X11 plugin come with these packages.
WINDOW_LIBRARIES = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libwayland-cursor.so.0", "libwayland-cursor0"),
    ("libwayland-egl.so.1", "libwayland-egl1"),
)
# What the tests start: a virtual screen, a real window manager, hands, readers of our files, and a
# compiler for the few lines of C that make every write fail once.
TEST_PROGRAMS = (
    ("Xvfb", "xvfb"),
    ("openbox", "openbox"),
    ("xdotool", "xdotool"),
    ("pdftoppm", "poppler-utils"),
    ("qpdf", "qpdf"),
    ("cc", "gcc"),
)
C_HEADER = Path("/usr/include/stdio.h")
# What a build takes besides: the shared library of Debian's Python, and a reader of libraries.
BUILD_LIBRARY = ("libpython{}.{}.so".format(*sys.version_info[:2]), "libpython{}.{}")
OFFICE = Path("/usr/lib/libreoffice/program")
OFFICE_PARTS = (("libsclo.so", "libreoffice-calc"), ("libswlo.so", "libreoffice-writer"))

NO_DISPLAY = (
    "没有图形显示（DISPLAY 和 WAYLAND_DISPLAY 都没有设置），窗口打不开；"
    f"不开窗口也能做主要工作，例如：{ME} run -- demo DIR\n"
    "No display (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window cannot open; "
    f"the commands work without one, for example: {ME} run -- demo DIR"
)


class StopError(Exception):
    """Ends dev.py with exit status 2 and one plain sentence."""


def say(text: str) -> None:
    """Print one line on standard error."""
    print(text, file=sys.stderr, flush=True)


def quietly(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run a command of the set-up, its chatter on standard error; return its exit status."""
    sys.stderr.flush()
    done = subprocess.run(
        command, cwd=str(ROOT), env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno()
    )
    return done.returncode


# --- Python ---------------------------------------------------------------------------------


def python_problem(version: tuple[int, int], found: str | None) -> str:
    """Return the sentence for an unsupported Python version (major, minor).

    `found` is the command of a supported Python on this machine, or None.
    """
    start = "This program needs Python 3.11, 3.12 or 3.13; this is Python {}.{}.".format(*version)
    if found:
        return f"{start} Type instead: {found} dev.py {' '.join(sys.argv[1:])}".rstrip()
    if WINDOWS:
        return f"{start} Install Python 3.12 from python.org, then: py -3.12 dev.py run"
    return f"{start} On Debian 12: apt-get install python3, then: /usr/bin/python3 dev.py run"


def other_python() -> str | None:
    """Return the command of a supported Python on this machine (such as py -3.12), or None."""
    for major, minor in SUPPORTED:
        command = ["py", f"-{major}.{minor}"] if WINDOWS else [f"python{major}.{minor}"]
        if shutil.which(command[0]) is None:
            continue
        # A launcher or a shim may be on PATH without the Python behind it.
        done = subprocess.run(
            [*command, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if done.returncode == 0:
            return " ".join(command)
    return None


# --- system packages (Debian and its relatives) -----------------------------------------------


def known_libraries() -> str:
    """Return the text of the loader's cache, which names every installed shared library."""
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"
    return subprocess.run(
        [ldconfig, "-p"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ).stdout


def has_chinese_font() -> bool:
    """Say whether fontconfig knows any font for Chinese."""
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], stdout=subprocess.PIPE)
    return bool(listed.stdout.strip())


def venv_packages() -> list[str]:
    """Return the package that makes `python -m venv` work, if Debian has split it off."""
    if importlib.util.find_spec("ensurepip"):
        return []
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    usual = Path(os.path.realpath("/usr/bin/python3")).name == name
    return ["python3-venv" if usual else f"{name}-venv"]


def window_packages() -> list[str]:
    """Return the packages that the window needs and that are missing."""
    known = known_libraries()
    missing = [package for library, package in WINDOW_LIBRARIES if library not in known]
    if not has_chinese_font():
        missing += ["fontconfig", "fonts-noto-cjk"]
    return missing


def test_packages() -> list[str]:
    """Return the packages that only the tests need and that are missing."""
    missing = [package for program, package in TEST_PROGRAMS if shutil.which(program) is None]
    missing += [] if C_HEADER.exists() else ["libc6-dev"]
    if shutil.which("soffice") is None or OFFICE.is_dir():
        # The -nogui packages are enough, but would remove an installed LibreOffice with a screen.
        suffix = "" if (OFFICE / "libvclplug_genlo.so").exists() else "-nogui"
        missing += [name + suffix for part, name in OFFICE_PARTS if not (OFFICE / part).exists()]
    return missing


def build_packages() -> list[str]:
    """Return the packages that only a build needs and that are missing."""
    missing = [] if shutil.which("objdump") else ["binutils"]
    if BUILD_LIBRARY[0] not in known_libraries():
        missing.append(BUILD_LIBRARY[1].format(*sys.version_info[:2]))
    return missing


def apt_command(packages: list[str]) -> str:
    """Return the one command a person types to install the packages."""
    install = "apt-get update && apt-get install -y --no-install-recommends " + " ".join(packages)
    if shutil.which("sudo"):
        return f"sudo sh -c '{install}'"
    return f"su - -c '{install}'"  # "-": apt needs root's own PATH


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root; as anyone else stop and print the command to type."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        say("Not a Debian system; if something fails below, install: " + " ".join(packages))
        return
    if os.geteuid() != 0:
        raise StopError("System packages are missing. Type this once:\n  " + apt_command(packages))
    say("Installing system packages: " + " ".join(packages))
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    quietly([*apt, "update"], env=env)
    install = [*apt, "-o", "Dpkg::Use-Pty=0", "install", "-y", "--no-install-recommends"]
    if quietly([*install, *packages], env=env):
        raise StopError(
            "apt-get could not install " + " ".join(packages) + "; its reason stands above."
        )


# --- the virtual environment ------------------------------------------------------------------


def venv_program(name: str) -> str:
    """Return the path of a program in .venv."""
    return str(VENV / "Scripts" / (name + ".exe")) if WINDOWS else str(VENV / "bin" / name)


def digest(*paths: Path) -> str:
    """Return one SHA-256 over the files' contents."""
    joined = hashlib.sha256()
    for path in paths:
        joined.update(hashlib.sha256(path.read_bytes()).digest())
    return joined.hexdigest()


def wanted_stamp() -> dict[str, str]:
    """Return what .venv must have been made from: Python, place, lock, project."""
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "root": str(ROOT),
        "lock": digest(ROOT / "requirements.lock"),
        "project": digest(ROOT / "pyproject.toml"),
    }


def read_stamp() -> dict[str, str]:
    """Return the stamp of a whole .venv; {} when there is none or it is broken or half made."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        alive = subprocess.run([venv_program("python"), "-c", ""], stderr=subprocess.DEVNULL)
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and alive.returncode == 0 else {}


def make_venv() -> None:
    """Make .venv from nothing with the exact versions of requirements.lock."""
    say(f"Setting up {VENV} (once; about a minute) ...")
    try:
        if VENV.exists():
            shutil.rmtree(str(VENV))
    except OSError as error:
        raise StopError(f"{VENV} is in use, close what uses it and try again: {error}") from error
    # Started from inside another environment, the new one must still stand on the real Python.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if quietly([base, "-m", "venv", str(VENV)]):
        raise StopError("The virtual environment could not be made; the reason stands above.")
    pip_install("--require-hashes", "--only-binary=:all:", "-r", str(ROOT / "requirements.lock"))


def pip_install(*arguments: str) -> None:
    """Run pip install in .venv; stop with a sentence when it fails."""
    pip = [venv_program("python"), "-m", "pip", "--disable-pip-version-check", "install"]
    quiet = ["-qq", "--retries", "5", "--no-warn-script-location"]
    if quietly([*pip, *quiet, *arguments]):
        raise StopError("pip could not install what the program needs; the reason stands above.")


def set_up() -> None:
    """Bring .venv up to date; do nothing when lock, project, place and Python are as before."""
    wanted, made = wanted_stamp(), read_stamp()
    if made == wanted:
        return
    if {**made, "project": ""} != {**wanted, "project": ""}:
        make_venv()
    STAMP.unlink(missing_ok=True)
    pip_install("--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


# --- the commands -----------------------------------------------------------------------------


def opens_window(arguments: list[str]) -> bool:
    """Say whether the program's arguments name no command, so that it would open the window."""
    rest = list(arguments)
    while rest and rest[0].startswith(("--data", "--today", "--open")):
        del rest[: 1 if "=" in rest[0] else 2]
    return not rest


def has_display() -> bool:
    """Say whether a window can be shown; an explicit Qt platform (offscreen, vnc) counts."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def hand_over(command: list[str]) -> int:
    """Let a command take the place of this one, signals and all; return its exit status."""
    if not WINDOWS:
        os.execv(command[0], command)
    # Windows has no exec: wait. A handler is not inherited, so Ctrl-C still stops the program.
    signal.signal(signal.SIGINT, lambda *_: None)
    return subprocess.run(command).returncode


def run(arguments: list[str]) -> int:
    """Start the program: the window, or a headless command after `--`."""
    window = opens_window(arguments)
    if window and not has_display():
        raise StopError(NO_DISPLAY)
    install_packages(venv_packages() + (window_packages() if window and not WINDOWS else []))
    set_up()
    return hand_over([venv_program("python"), "-m", "hs_credit_desktop", *arguments])


def lint_steps() -> list[list[str]]:
    """Return the checks that need no running program: style, types, who may import whom."""
    python = venv_program("python")
    return [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [venv_program("lint-imports")],
    ]


def in_turn(steps: list[list[str]]) -> int:
    """Run each step to its end, name those that failed, and return 0 or 1."""
    failed = []
    for step in steps:
        shown = " ".join([Path(step[0]).stem, *step[1:]])
        say(f"--- {shown}")
        if subprocess.run(step, cwd=str(ROOT)).returncode:
            failed.append(shown)
    for shown in failed:
        say(f"FAILED: {shown}")
    return 1 if failed else 0


def set_up_tests() -> None:
    """Set up what tests need: the environment, window libraries, a virtual screen, LibreOffice."""
    if not WINDOWS:
        install_packages(venv_packages() + window_packages() + test_packages())
    set_up()


def lint(_arguments: list[str]) -> int:
    """Check style, types and the layer rule."""
    install_packages([] if WINDOWS else venv_packages())
    set_up()
    return in_turn(lint_steps())


def test(arguments: list[str]) -> int:
    """Lint, then run every test with full branch coverage; arguments go to pytest alone."""
    set_up_tests()
    pytest = [venv_program("python"), "-m", "pytest"]
    if arguments:
        return in_turn([[*pytest, *arguments]])
    pytest += ["-q", "-n", "2", "--cov", "--cov-report=term"]
    if os.environ.get("CI"):
        # The same order every time: a red build must be repeatable.
        pytest += ["-p", "randomly", "--randomly-seed=20240830"]
    return in_turn([*lint_steps(), pytest])


def bench(arguments: list[str]) -> int:
    """Measure speed as ratios beside a control: bench [name]."""
    set_up_tests()
    return in_turn([[venv_program("python"), "-m", "tests.benchmarks", *arguments]])


def build(arguments: list[str]) -> int:
    """Build the packaged program."""
    set_up_tests()
    install_packages([] if WINDOWS else build_packages())
    return in_turn([[venv_program("python"), str(ROOT / "packaging" / "build.py"), *arguments]])


def notes(arguments: list[str]) -> int:
    """Print the release notes of a version (default: the newest) from CHANGELOG.md."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = release_notes(text)
    wanted = arguments[0] if arguments else next(iter(sections))
    if wanted not in sections:
        raise StopError("CHANGELOG.md tells of {}, not of {}.".format(", ".join(sections), wanted))
    sys.stdout.buffer.write((sections[wanted] + "\n").encode("utf-8"))
    return 0


def release_notes(text: str) -> dict[str, str]:
    """Return the sections of a change log by version, the newest first, without their headings."""
    sections: dict[str, list[str]] = {}
    version = ""
    for line in text.splitlines():
        if line.startswith("## "):
            version = line[3:].split("（")[0].strip()
            sections[version] = []
        elif version:
            sections[version].append(line)
    return {version: "\n".join(lines).strip() for version, lines in sections.items()}


def commands() -> dict[str, Callable[[list[str]], int]]:
    """Return the commands by name; `build` only where there is something to build with."""
    known = {"run": run, "test": test, "lint": lint, "bench": bench, "notes": notes}
    if (ROOT / "packaging" / "build.py").exists():
        known["build"] = build
    return known


def help_text() -> str:
    """Return what `help` prints."""
    lines = [f"Usage: {ME} COMMAND [-- ARGUMENTS]", ""]
    lines += [f"  {name:6} {function.__doc__}" for name, function in commands().items()]
    lines += [
        "  help   Show this.",
        "",
        "Set-up happens by itself. Examples:",
        f"  {ME} run                      the window",
        f"  {ME} run -- demo DIR          a practice ledger, without a window",
        f"  {ME} test -- tests/domain -q  some of the tests",
    ]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Do one command; return the exit status (2: wrong use or something a person must do first)."""
    version = sys.version_info[:2]
    if version not in SUPPORTED:
        say(python_problem(version, other_python()))
        return 2
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in ("help", "-h", "--help"):
        print(help_text())
        return 0
    if name not in commands():
        say(f"There is no command {name}.\n{help_text()}")
        return 2
    try:
        return commands()[name](rest[1:] if rest[:1] == ["--"] else rest)
    except StopError as stop:
        say(str(stop))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
