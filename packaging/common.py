"""What every build script shares: places, names, running a command, checked downloads."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Everything that is built lies outside the tree, so that nothing of it can be committed or scanned.
BUILD = Path(os.environ.get("HS_CREDIT_BUILD") or Path.home() / ".cache" / "hs-credit-build")
RESULTS = BUILD / "results"

PRODUCT = "信用任务台账"
CONSOLE = "hs-credit"
PUBLISHER = "信用任务台账项目"
VERSION = re.search(
    r'__version__ = "([^"]+)"', (ROOT / "hs_credit_desktop" / "__init__.py").read_text("utf-8")
)[1]  # type: ignore[index]


class BuildError(Exception):
    """Ends the build with one sentence for whoever builds."""


def say(text: str) -> None:
    """Print a line of progress."""
    print(text, flush=True)


def run(command: list[str | Path], log: Path | None = None, **options) -> str:
    """Run a command to its end and return its output; BuildError with the output when it fails."""
    words = [str(part) for part in command]
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, **options}
    done = subprocess.run(words, stderr=subprocess.STDOUT, check=False, **options)
    output = (done.stdout or b"").decode("utf-8", "replace")
    if log:
        log.write_text(output, encoding="utf-8")
    if done.returncode:
        tail = "\n".join(output.splitlines()[-40:])
        raise BuildError(f"{tail}\n失败（{done.returncode}）：{shlex.join(words)[:400]}")
    return output


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(*texts: str) -> str:
    """Return a short fingerprint of what something was made from."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def pip(*arguments: str | Path) -> None:
    """Run pip of the project's environment."""
    quiet = ["--disable-pip-version-check", "--no-input"]
    run([sys.executable, "-m", "pip", *quiet, *arguments])
