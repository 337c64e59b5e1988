"""Old word-processor files as .docx, by the LibreOffice that is installed, within a time limit."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 60
_WINDOWS_PLACES = ("ProgramFiles", "ProgramFiles(x86)")


def office() -> Path | None:
    """The installed LibreOffice, None when there is none.

    WPS cannot be asked: on Linux it converts only in its window, and on Windows only through an
    interface that starts it on the clerk's desk. Its files are saved as .docx by hand.
    """
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    roots = [os.environ[name] for name in _WINDOWS_PLACES if name in os.environ]
    places = (Path(root) / "LibreOffice" / "program" / "soffice.exe" for root in roots)
    return next((place for place in places if place.is_file()), None)


def as_docx(suffix: str, data: bytes) -> bytes | None:
    """The file saved as .docx; None when no office suite is there, it cannot, or takes too long.

    A profile of its own is made and thrown away, so that an office that is open is not disturbed;
    macros do not run in it.
    """
    program = office()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        (folder / f"notice{suffix}").write_bytes(data)
        command = [
            str(program),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", "docx", "--outdir", str(folder)),
            str(folder / f"notice{suffix}"),
        ]
        made = folder / "notice.docx"
        if not _run(command) or not made.is_file():
            return None
        return made.read_bytes()


def _run(command: list[str]) -> bool:
    """Whether the command ended well in time; what it started is ended with it."""
    with subprocess.Popen(  # noqa: S603  the program is the installed office, the names are ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(SECONDS) == 0
        except subprocess.TimeoutExpired:
            _end(process)
            return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and, where the system groups them, those it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, 9)
    else:
        process.kill()
