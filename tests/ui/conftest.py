"""Window tests: the look is in force as in the program, and no look leaks into the next test."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from hs_credit_desktop.ui import theme


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Mode.LIGHT)
    yield
    if theme.current().dark:
        theme.apply(qapp, theme.Mode.LIGHT)


def pytest_itemcollected(item: pytest.Item) -> None:
    """The screen of the tests has no window manager for size hints, and says so each time."""
    item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))
