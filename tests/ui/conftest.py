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
