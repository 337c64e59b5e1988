"""`python -m hs_credit_desktop` and `hs-credit`: a window, or with a command none."""

import gc
import io
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line or the window; the exit status.

    The windowed program of Windows has no console: what would stand there is shown in a box.
    """
    from hs_credit_desktop import cli

    words = sys.argv[1:] if arguments is None else arguments
    if sys.stderr is not None:
        return cli.main(words, _open_window)
    said = sys.stderr = io.StringIO()
    status = cli.main(words, _open_window)
    if status == cli.Exit.WRONG:
        _show(said.getvalue().strip())
    return status


def _open_window(data: Path | None, today: date | None, package: Path | None = None) -> int:
    gc.disable()  # nothing of a start is garbage yet; app.warm_up sees to it later
    from hs_credit_desktop import app  # Qt only when there is a window

    return app.run(data, today, package)


def _show(said: str) -> None:
    """Show the sentence that ended the program."""
    from hs_credit_desktop import app
    from hs_credit_desktop.ui import messages, theme

    theme.apply(app.application(), theme.Mode.SYSTEM)
    what, _, advice = said.partition("：")
    messages.tell(None, what, advice)


if __name__ == "__main__":
    sys.exit(main())
