"""`python -m hs_credit_desktop` and `hs-credit`: a window, or with a command none."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line or the window; the exit status."""
    from hs_credit_desktop import cli

    return cli.main(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
