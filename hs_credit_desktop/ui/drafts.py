"""Text that was typed and not yet saved: kept per entry, in memory and in drafts.json."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.log import LOGGER

FILE_NAME = "drafts.json"


@dataclass(frozen=True)
class Draft:
    """What stands in the form: the parts, and the receipt as typed (received_on may be no date)."""

    parts: FeedbackParts
    received_on: str = ""
    channel: str = ""
    on_behalf: bool = False


class Drafts:
    """Entry id → draft. write() puts them on disk when something changed since the last time."""

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        self._file = folder / FILE_NAME
        self._writable = writable
        self._drafts = _read(self._file) if writable else {}
        self._written = dict(self._drafts)

    def get(self, entry_id: str) -> Draft | None:
        """The draft of an entry."""
        return self._drafts.get(entry_id)

    def put(self, entry_id: str, draft: Draft) -> None:
        """Keep a draft."""
        self._drafts[entry_id] = draft

    def drop(self, entry_id: str) -> None:
        """Forget the draft of an entry: it was saved, or the clerk took the text back."""
        self._drafts.pop(entry_id, None)

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._drafts

    @property
    def ids(self) -> tuple[str, ...]:
        """Entries that have a draft, the oldest first."""
        return tuple(self._drafts)

    def write(self) -> bool:
        """Write what changed, to a temporary name first; False when the disk refuses."""
        if not self._writable or self._drafts == self._written:
            return True
        try:
            _write(self._file, self._drafts)
        except OSError:
            LOGGER.warning("drafts could not be written")
            return False
        self._written = dict(self._drafts)
        return True


_OPEN: WeakValueDictionary[tuple[Path, bool], Drafts] = WeakValueDictionary()


def drafts_of(folder: Path, *, writable: bool = True) -> Drafts:
    """The drafts of a ledger, the same for every page that types into it."""
    key = (folder.absolute(), writable)
    found = _OPEN.get(key)
    if found is None:
        found = _OPEN[key] = Drafts(folder, writable=writable)
    return found


def _read(file: Path) -> dict[str, Draft]:
    """The drafts on disk; a file that cannot be read is put aside, never overwritten."""
    try:
        loaded = json.loads(file.read_text(encoding="utf-8"))
        return {str(entry_id): _draft(item) for entry_id, item in loaded.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        LOGGER.warning("drafts could not be read and were put aside")
        if file.is_file():
            file.replace(file.with_suffix(".unreadable.json"))
        return {}


def _draft(item: Mapping[str, Any]) -> Draft:
    parts = dict(item["parts"])
    level = parts.pop("completion")
    texts = {name: str(text) for name, text in parts.items()}
    return Draft(
        FeedbackParts(**texts, completion=Completion(level) if level else None),
        str(item["received_on"]),
        str(item["channel"]),
        bool(item["on_behalf"]),
    )


def _write(file: Path, drafts: Mapping[str, Draft]) -> None:
    if not drafts:
        file.unlink(missing_ok=True)
        return
    whole = json.dumps({key: asdict(item) for key, item in drafts.items()}, ensure_ascii=False)
    made = file.with_suffix(".new")
    with made.open("w", encoding="utf-8") as out:
        out.write(whole)
        out.flush()
        os.fsync(out.fileno())
    made.replace(file)
