"""A list as it is shown, as an Excel file: the same rows, columns and order, its filter on top."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hs_credit_desktop.domain.summary import chinese_date
from hs_credit_desktop.store.whole_files import whole_file

MOST_ROWS = 1_048_000  # Excel has 1,048,576 lines, some of them for the head
# Excel measures a column in digits of 11 points, which are this many pixels wide.
_DIGIT = 7.0
_NARROWEST, _WIDEST = 6.0, 60.0
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_TOLD_EVERY = 500  # rows
_LONGEST_NAME = 31  # characters of the name of an Excel sheet


@dataclass(frozen=True)
class ListColumn:
    """A column as it is shown: its head, its width in pixels, whether its figures stand right."""

    head: str
    width: int
    right: bool = False


@dataclass(frozen=True)
class ShownList:
    """A list as it is shown. about: round and filter in words; rows: a word for every column."""

    title: str
    about: str
    columns: tuple[ListColumn, ...]
    rows: Sequence[Sequence[str]]


def write_list(
    shown: ShownList,
    target: Path,
    *,
    made_on: date,
    reached: Callable[[int], None] = lambda _: None,
) -> Path:
    """Write the list to `target`, which stands there whole or not at all.

    A text stays a text, also one that begins with =; figures that stand right are numbers.
    reached: told how many rows are written, every 500; may raise to stop.
    UserError when the disk refuses.
    """
    from hs_credit_desktop.reports.sheets import Sheet, SheetColumn
    from hs_credit_desktop.reports.xlsx import render_xlsx

    about = f"{shown.about}　" if shown.about else ""
    sheet = Sheet(
        sheet_name(shown.title),
        shown.title,
        tuple(SheetColumn(one.head, _width(one.width), centred=one.right) for one in shown.columns),
        _Told(shown, reached),
        frozen=1,
        about=f"{about}共 {len(shown.rows)} 行　{chinese_date(made_on)}导出",
    )
    with whole_file(target) as draft:
        render_xlsx([sheet], draft, shown.title, made_on=made_on)
    return target


class _Told:
    """The values of the rows, each made when it is written; `reached` hears of it."""

    def __init__(self, shown: ShownList, reached: Callable[[int], None]) -> None:
        self._shown, self._reached = shown, reached

    def __iter__(self) -> Iterator[tuple[str | int | float, ...]]:
        for at, row in enumerate(self._shown.rows):
            if at % _TOLD_EVERY == 0:
                self._reached(at)
            yield tuple(
                _value(word, one) for word, one in zip(row, self._shown.columns, strict=True)
            )


def sheet_name(title: str) -> str:
    """A name that Excel takes for a sheet."""
    return _NO_NAME.sub(" ", title).strip()[:_LONGEST_NAME] or "列表"


def _width(pixels: int) -> float:
    return min(max(pixels / _DIGIT, _NARROWEST), _WIDEST)


def _value(word: str, column: ListColumn) -> str | int | float:
    if not column.right or not _NUMBER.fullmatch(word):
        return word
    return float(word) if "." in word else int(word)
