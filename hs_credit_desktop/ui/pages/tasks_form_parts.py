"""What a form is given to show, and small pieces it is laid out with."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.services.overview import EntryDetail
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.drafts import Draft
from hs_credit_desktop.ui.widgets.basics import label
from hs_credit_desktop.ui.widgets.fields import ComboBox


@dataclass(frozen=True)
class FormContents:
    """An entry for the form. saved: what the ledger holds; draft: what was typed, if anything.

    locked: the sentence why nothing can be changed, '' when it can. last: what the unit said in
    the round before, last_name.
    """

    detail: EntryDetail
    lamp: Lamp
    saved: Draft
    draft: Draft | None = None
    locked: str = ""
    last: FeedbackParts | None = None
    last_name: str = ""


def combo(name: str, words: Sequence[str]) -> ComboBox:
    """A drop-down with its name and words."""
    made = ComboBox(name)
    made.addItems(list(words))
    return made


def captioned(words: str, field: QWidget) -> QHBoxLayout:
    """A field with its caption before it."""
    row = QHBoxLayout()
    row.setSpacing(theme.GAP)
    name = label(words, theme.BODY, bold=True)
    name.setFixedHeight(theme.FIELD)
    name.setBuddy(field)
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(field, 5, Qt.AlignmentFlag.AlignTop)
    return row


def local_files(urls: Sequence[object]) -> list[Path]:
    """The local files among dropped addresses; folders are left out."""
    found = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]  # type: ignore[attr-defined]
    return [path for path in found if path.is_file()]
