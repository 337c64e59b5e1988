"""What the window remembers on this PC: look, sizes, recent ledgers (a JSON file)."""

import json
from pathlib import Path
from typing import Any

from hs_credit_desktop.log import LOGGER

FILE_NAME = "window.json"
RECENT_KEPT = 6
LOOK = "theme"
TOUR_KEY, TOUR_DONE = "tour", "done"


class Preferences:
    """A small JSON file in the data folder; unreadable or unwritable, it is simply forgotten."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._values: dict[str, Any] = {}
        try:
            loaded = json.loads(self._file.read_text(encoding="utf-8"))
            self._values = loaded if isinstance(loaded, dict) else {}
        except (OSError, ValueError):
            LOGGER.info("no window preferences yet")

    def text(self, key: str, default: str = "") -> str:
        """A remembered word."""
        value = self._values.get(key, default)
        return value if isinstance(value, str) else default

    def numbers(self, key: str) -> list[int]:
        """Remembered whole numbers, such as the sizes of a splitter; empty when there are none."""
        value = self._values.get(key, [])
        fits = isinstance(value, list) and all(isinstance(item, int) for item in value)
        return list(value) if fits else []

    def put(self, key: str, value: str | list[int] | list[list[str]]) -> None:
        """Remember a value; written at once, to a temporary name first."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        draft = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
            draft.replace(self._file)
        except OSError:
            LOGGER.warning("window preferences could not be written")

    def recent(self) -> list[tuple[Path, str, str]]:
        """Ledgers opened lately: folder, title, day; the newest first."""
        value = self._values.get("recent", [])
        rows = value if isinstance(value, list) else []
        return [
            (Path(row[0]), row[1], row[2])
            for row in rows
            if isinstance(row, list) and len(row) == 3 and all(isinstance(x, str) for x in row)
        ]

    def opened(self, folder: Path, title: str, day: str) -> None:
        """Put a ledger at the head of the recent ones."""
        others = [row for row in self.recent() if row[0] != folder]
        rows = [(folder, title, day), *others][:RECENT_KEPT]
        self.put("recent", [[str(where), name, when] for where, name, when in rows])

    def follow(self, old: Path, new: Path) -> None:
        """Remember in `new` from now on, and know the ledgers below `old` by their new place."""
        self._file = new / FILE_NAME
        rows = [
            (new / where.relative_to(old) if where.is_relative_to(old) else where, name, day)
            for where, name, day in self.recent()
        ]
        self._values.pop("recent", None)
        self.put("recent", [[str(where), name, day] for where, name, day in rows])
