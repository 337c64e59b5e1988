"""The program's log file: small, rotating, without any text of a return."""

import logging
from pathlib import Path

LOGGER = logging.getLogger("hs_credit_desktop")
MAX_BYTES = 512 * 1024
KEPT_FILES = 4


def open_log(folder: Path) -> logging.Handler:
    """Start writing to folder/hs-credit.log; the caller closes the handler with close_log."""
    from logging.handlers import RotatingFileHandler  # 10 ms: sockets, pickle, queues

    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "hs-credit.log",
        maxBytes=MAX_BYTES,
        backupCount=KEPT_FILES,
        encoding="utf-8",
        delay=True,
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    return handler


def close_log(handler: logging.Handler) -> None:
    """Stop writing and let go of the file (Windows cannot move an open one)."""
    LOGGER.removeHandler(handler)
    handler.close()
