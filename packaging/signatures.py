"""Unpacks and compiles Qt's signature modules once, so that the program need not at every start.

shiboken6 carries 120 KB of Python source in a zip inside its library and compiles it whenever the
program starts. With SBK_EMBED=0 it unpacks them to shiboken6/files.dir and uses that folder from
then on. Run by the interpreter whose site-packages the program is built from.
"""

import os
import py_compile
from pathlib import Path


def main() -> None:
    """Unpack beside shiboken6 and compile; the compiled files carry no path of this machine."""
    os.environ["SBK_EMBED"] = "0"
    import shiboken6
    from PySide6 import QtCore  # unpacks

    folder = Path(shiboken6.__file__).parent / "files.dir"
    for source in sorted(folder.rglob("*.py")):
        py_compile.compile(
            str(source),
            dfile=source.relative_to(folder).as_posix(),
            doraise=True,
            # Never compared with the source: unpacking on another PC changes the times.
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    print(len(list(folder.rglob("*.pyc"))), "signature modules for Qt", QtCore.__version__)


if __name__ == "__main__":
    main()
