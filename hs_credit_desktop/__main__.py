"""`python -m hs_credit_desktop` and `hs-credit`: a window, or with a command none."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line or the window; the exit status."""
    from hs_credit_desktop import cli

    return cli.main(sys.argv[1:] if arguments is None else arguments, _open_window)


def _open_window(data: Path | None, today: date | None) -> int:
    from hs_credit_desktop import app  # Qt only when there is a window

    return app.run(data, today)


if __name__ == "__main__":
    sys.exit(main())
