"""A seeded monkey at the window: python -m tests.ui.monkey [ACTIONS] [SEED].

It presses keys, clicks, types, turns the wheel, opens menus and pages on a practice ledger of its
own. An exception, a warning of Qt, a finding of the check or a number that differs from a recount
ends the run with the last actions, so that the seed shows the fault again.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import deque
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, qInstallMessageHandler
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import integrity, overview
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.hooks import Hooks
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = """
    Tab Shift+Tab Return Esc Space Up Down Left Right Home End PgUp PgDown F2 F3 F6 Shift+F6 F8
    Shift+F8 Delete Backspace Ctrl+Return Ctrl+S Ctrl+R Ctrl+D Ctrl+T Ctrl+E Ctrl+F Ctrl+K Ctrl+Z
    Ctrl+Y Ctrl+PgUp Ctrl+PgDown Ctrl+A Ctrl+C Ctrl+V Ctrl+X Shift+F10 Alt+Down Ctrl+Home Ctrl+End
    Shift+Down F1 Ctrl+P
""".split()  # noqa: SIM905 - a line a key is no easier to read
WORDS = (
    "市发改委",
    "信用",
    "shj",
    "3",
    "2024-11-29",
    "归集信用信息12.6万条。",
    "99999",
    "'\"%_",
    "，",
)
FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
DEEPEST = 3  # boxes above boxes


class Monkey:
    """One window on one practice ledger, and everything that went wrong."""

    def __init__(self, folder: Path, seed: int, *, at_once: bool = True) -> None:
        self.random = random.Random(seed)
        self.folder, self.seed = folder, seed
        self.done: deque[str] = deque(maxlen=25)
        self.faults: list[str] = []
        self.counts: dict[str, int] = {}
        self._depth = 0
        self._app = QApplication.instance()
        self.root = create_practice(folder / "练习台账")
        self.window = MainWindow(
            root=self.root,
            clock=system_clock(),
            run=Run(at_once=at_once),
            preferences=Preferences(folder / "prefs"),
        )
        Hooks(self.window)
        self.window.show_first()
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 697)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)

    # A run

    def run(self, actions: int, *, recount_every: int = 100) -> None:
        """Do that many actions; stops at the first fault."""
        with ExitStack() as stack:
            for made in self._instead():
                stack.enter_context(made)
            before = qInstallMessageHandler(self._warned)
            stack.callback(qInstallMessageHandler, before)
            for count in range(1, actions + 1):
                self.act()
                if count % recount_every == 0 and not self.faults:
                    self.recount()
                if self.faults:
                    return

    def close(self) -> None:
        """Put the window and its ledger away."""
        self._close_popups()
        self.window.may_close = lambda: True
        for dialog in self.window.findChildren(QDialog):
            dialog.reject()
        self.window._close_ledger()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _warned(self, _kind: Any, _where: Any, words: str) -> None:
        if "This plugin does not support" not in words:  # the screen of the tests, not ours
            self.faults.append(f"Qt: {words}")

    def _failed(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        import traceback

        self.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def _instead(self) -> list[Any]:
        """What the monkey must not touch: files of others, printers, other programs."""
        scratch = self.folder / "export"
        scratch.mkdir(exist_ok=True)
        pick = self.random

        def maybe(path: Path) -> Path | None:
            return path if pick.random() < 0.5 else None

        return [
            patch.object(sys, "excepthook", self._failed),
            patch.object(QDialog, "exec", lambda box: self._box(box)),
            patch.object(QMenu, "exec", lambda menu, *where: menu.popup(QPoint(200, 200))),
            patch.object(QDesktopServices, "openUrl", lambda _url: True),
            patch.object(messages, "open_file", lambda *_: None),
            patch.object(messages, "open_files", lambda *_: []),
            patch.object(messages, "choose_folder", lambda *_: maybe(scratch)),
            patch.object(
                messages, "save_file", lambda _p, _t, name, _k: maybe(scratch / name.name)
            ),
            patch.object(messages, "choose_printer", lambda *_: False),
            patch.object(messages, "crash", lambda *_: None),
        ]

    def _box(self, box: QDialog) -> int:
        """A modal box: some actions in it, then it is closed if it still stands."""
        if self._depth >= DEEPEST:
            box.reject()
            return int(QDialog.DialogCode.Rejected)
        self._depth += 1
        box.setModal(True)
        box.show()
        for _ in range(self.random.randint(1, 12)):
            if not box.isVisible() or self.faults:
                break
            self._one(self.random.choice(BOX_ACTIONS), box)
        if box.isVisible():
            box.reject()
        self._depth -= 1
        return box.result()

    # Actions

    def act(self) -> None:
        """One action, whatever is open."""
        top = self._top()
        self._one(self.random.choice(ACTIONS), top)
        if not self.window.isVisible():
            self.window.show()
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _one(self, action: Callable[[Monkey, QWidget], str | None], top: QWidget) -> None:
        name = action.__name__
        try:
            said = action(self, top)
        except Exception:
            self._failed(*sys.exc_info())  # type: ignore[arg-type]
            said = "raised"
        self.counts[name] = self.counts.get(name, 0) + 1
        self.done.append(f"{name} {said}")
        if os.environ.get("MONKEY_TRACE"):
            print(f"{'  ' * self._depth}{name} {said}", flush=True)

    def _top(self) -> QWidget:
        """Where the keyboard is: a box that stands open, else the window."""
        box = QApplication.activeModalWidget()
        if box is not None:
            return box
        active = QApplication.activeWindow()
        return active if active is not None and active.isVisible() else self.window

    def _close_popups(self) -> None:
        while popup := QApplication.activePopupWidget():
            popup.close()

    def key(self, top: QWidget) -> str:
        keys = self.random.choice(KEYS)
        self._press(top, keys)
        return keys

    def page(self, top: QWidget) -> str:
        self._close_popups()
        keys = f"Alt+{self.random.randint(0, 9)}"
        self._press(top, keys)
        return keys

    def _press(self, top: QWidget, keys: str) -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or top
        *held, last = keys.split("+")
        QTest.keyClick(target, _KEY[last], _modifiers(held))

    def type(self, top: QWidget) -> str:
        fields = [w for w in _seen(top, FIELDS) if w.isEnabled()]
        focus = QApplication.focusWidget()
        if fields and (self.random.random() < 0.5 or not isinstance(focus, FIELDS)):
            focus = self.random.choice(fields)
            focus.setFocus()
        if not isinstance(focus, FIELDS):
            return "nowhere"
        words = self.random.choice(WORDS)
        QApplication.clipboard().setText(self.random.choice(WORDS))
        for sign in words:
            target = QApplication.focusWidget()
            if target is None:
                break
            if sign.isascii():
                QTest.keyClick(target, sign)
            else:
                _commit(target, sign)
        return f"{words} in {_named(focus)}"

    def click(self, top: QWidget) -> str:
        self._close_popups()
        buttons = [w for w in _seen(top, (QAbstractButton,)) if w.isEnabled()]
        if not buttons:
            return "nothing"
        button = self.random.choice(buttons)
        named = _named(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return named

    def click_row(self, top: QWidget) -> str:
        self._close_popups()
        views = _seen(top, (QAbstractItemView,))
        if not views:
            return "nothing"
        view = self.random.choice(views)
        port = view.viewport()
        place = QPoint(
            self.random.randrange(max(port.width(), 1)),
            self.random.randrange(max(port.height(), 1)),
        )
        named = _named(view)
        if self.random.random() < 0.2:
            QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=place)
        else:
            QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=place)
        return f"{named} {place.toTuple()}"

    def click_anywhere(self, top: QWidget) -> str:
        self._close_popups()
        place = QPoint(self.random.randrange(top.width()), self.random.randrange(top.height()))
        target = top.childAt(place) or top
        named = _named(target)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(top, place))
        return named

    def wheel(self, top: QWidget) -> str:
        place = QPoint(self.random.randrange(top.width()), self.random.randrange(top.height()))
        target = top.childAt(place) or top
        turned = QPoint(0, self.random.choice((-360, -120, 120, 360)))
        QApplication.sendEvent(
            target,
            QWheelEvent(
                QPointF(target.mapFrom(top, place)),
                QPointF(top.mapToGlobal(place)),
                QPoint(),
                turned,
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
        return _named(target)

    def context_menu(self, top: QWidget) -> str:
        target = QApplication.focusWidget() or top
        middle = target.rect().center()
        QApplication.sendEvent(
            target,
            QContextMenuEvent(
                QContextMenuEvent.Reason.Keyboard, middle, target.mapToGlobal(middle)
            ),
        )
        return f"{_named(target)}: {self._choose_from_menu()}"

    def more(self, _top: QWidget) -> str:
        if QApplication.activeModalWidget() is not None:
            return "not in a box"
        self._close_popups()
        self.window.rail.more.click()
        return self._choose_from_menu()

    def menu(self, _top: QWidget) -> str:
        return self._choose_from_menu()

    def _choose_from_menu(self) -> str:
        """An entry of the menu that is open; menus below menus are gone down."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            self._close_popups()
            return "none open"
        actions = [a for a in menu.actions() if a.isEnabled() and not a.isSeparator()]
        kept = []  # a menu that nobody holds takes its actions with it
        while actions:
            action = self.random.choice(actions)
            kept.append(action)
            if (inner := action.menu()) is None:
                break
            actions = [a for a in inner.actions() if a.isEnabled() and not a.isSeparator()]
        if not actions:
            menu.close()
            return "empty"
        words = action.text()
        menu.close()
        action.trigger()
        return words

    def combo(self, top: QWidget) -> str:
        boxes = [w for w in _seen(top, (QComboBox,)) if w.isEnabled() and w.count()]
        if not boxes:
            return "none"
        box = self.random.choice(boxes)
        place = self.random.randrange(box.count())
        box.setCurrentIndex(place)
        box.activated.emit(place)
        return f"{_named(box)} {place}"

    def size(self, _top: QWidget) -> str:
        wide, high = self.random.choice(((1366, 697), (1280, 649), (1180, 600), (1920, 1000)))
        self.window.resize(wide, high)
        return f"{wide}×{high}"

    def round(self, top: QWidget) -> str:
        if top is not self.window or self.window.ws is None or self.window.round is None:
            return "no ledger"
        every = overview.rounds_by_notice(self.window.ws)
        chosen = self.random.choice([item for _, rounds in every for item in rounds])
        self.window.show_round(chosen.id)
        return chosen.name

    def reopen(self, top: QWidget) -> str | None:
        """Back from the start page, where nothing else leads back at once."""
        if self.window.start is None or top is not self.window:
            return None
        if self.window.ws is None:
            self.window.show_first()
        else:
            self.window.show_page(self.random.choice(self.window.rail.names))
        return "reopened"

    # Counting

    def recount(self) -> None:
        """Every number the window shows equals a count of the rows it stands for."""
        ws, round_ = self.window.ws, self.window.round
        if ws is None or round_ is None:
            self.window.show_first()
            return
        for finding in integrity.check(ws):
            self.faults.append(f"check: {finding}")
        figures = overview.figures(ws, round_)
        for status in Status:
            listed = len(overview.expected_returns(ws, round_, status))
            if listed != getattr(figures, status.value):
                self.faults.append(f"{status}: {listed} listed, {figures} counted")
        if self.window.start is None and self.window.header.figures._figures != figures:
            self.faults.append(f"header shows {self.window.header.figures._figures}, not {figures}")
        total = sum(node.progress.expected for node in overview.tree(ws, round_))
        if total != figures.entries_expected:
            self.faults.append(f"tree counts {total} entries, not {figures.entries_expected}")

    def report(self) -> str:
        """What went wrong and what was done before it."""
        return "\n".join([f"seed {self.seed}", *self.done, "----", *self.faults])


ACTIONS = (
    [Monkey.key] * 9
    + [Monkey.page] * 2
    + [Monkey.type] * 3
    + [Monkey.click] * 5
    + [Monkey.click_row] * 5
    + [Monkey.click_anywhere] * 2
    + [Monkey.wheel, Monkey.context_menu, Monkey.more, Monkey.menu, Monkey.combo, Monkey.round]
    + [Monkey.size, Monkey.reopen]
)
BOX_ACTIONS = [Monkey.key, Monkey.type, Monkey.click, Monkey.click, Monkey.click_row, Monkey.combo]
_KEY = {
    name: getattr(Qt.Key, f"Key_{long}")
    for name, long in {
        **{item.split("+")[-1]: item.split("+")[-1] for item in KEYS},
        **{str(digit): str(digit) for digit in range(10)},
        "Esc": "Escape",
        "PgUp": "PageUp",
        "PgDown": "PageDown",
    }.items()
}
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


def _modifiers(names: list[str]) -> Qt.KeyboardModifier:
    held = Qt.KeyboardModifier.NoModifier
    for name in names:
        held |= _HELD[name]
    return held


def _seen(top: QWidget, kinds: tuple[type[QWidget], ...]) -> list[Any]:
    """Widgets of these kinds that are on the screen, in the order they were made."""
    return [w for w in top.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]


def _named(widget: QWidget) -> str:
    text = getattr(widget, "text", "")
    words = widget.accessibleName() or (text() if callable(text) else text)
    return f"{type(widget).__name__}[{str(words)[:24]}]"


def _commit(target: QWidget, words: str) -> None:
    """As an input method commits them."""
    from PySide6.QtGui import QInputMethodEvent

    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(target, event)


def main(actions: int, seed: int) -> int:
    """A run by hand; 1 when something was found."""
    import time

    from hs_credit_desktop import app

    theme.apply(app.application(), theme.Mode.LIGHT)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        monkey = Monkey(Path(scratch), seed)
        monkey.run(actions)
        if monkey.faults:
            print(monkey.report())
        print(
            f"{sum(monkey.counts.values())} actions, {time.monotonic() - began:.0f} s",
            monkey.counts,
        )
        found = bool(monkey.faults)
        monkey.close()
    return int(found)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *(10_000, 1)[len(given) :]))
