"""What helps without being asked: F1 in every window, the manual at the right place, the tour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hs_credit_desktop.paths import PRACTICE_FOLDER
from hs_credit_desktop.ui.preferences import TOUR_DONE, TOUR_KEY

if TYPE_CHECKING:
    from hs_credit_desktop.domain.manual import Place
    from hs_credit_desktop.ui.window import Window


class Guide(QObject):
    """Made once by the composition root; lives as long as the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._entered)
        window.ledger_opened.connect(self._opened)

    def _entered(self, shown: QWindow | None) -> None:
        """A window beside the main one gets F1 when the keyboard first comes to it.

        A key of the main window is not heard there, least of all over a modal box.
        """
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and shown is not None and widget.windowHandle() == shown:
                give_key(self._window, widget)

    def _opened(self) -> None:
        """The practice ledger of the start page begins with the tour, the first time."""
        ws = self._window.ws
        done = self._window.preferences.text(TOUR_KEY) == TOUR_DONE
        if ws is not None and ws.folder.root.name == PRACTICE_FOLDER and not done:
            from hs_credit_desktop.ui.dialogs.tour import start

            start(self._window)


def give_key(window: Window, box: QDialog) -> None:
    """Let F1 open the manual at the topic of a box; once, and not where F1 has its own use."""
    if box.property("helped") or type(box).__name__ == "ManualWindow":
        return
    box.setProperty("helped", True)
    QShortcut(QKeySequence("F1"), box, lambda: open_manual(window, box))


def open_manual(window: Window, front: QWidget | None = None, place: Place | None = None) -> None:
    """Open the manual where the window in front, the news or the page is explained."""
    from hs_credit_desktop.ui.dialogs.manual import ManualWindow

    parent = front if front is not None and front.isModal() else window
    shown = next((each for each in parent.findChildren(ManualWindow) if not each.isHidden()), None)
    if shown is None:
        shown = ManualWindow(parent, lambda: save_pdf(window))
    shown.show_place(place or _place(window, front, shown))
    shown.show()
    shown.activateWindow()


def _place(window: Window, front: QWidget | None, shown: object) -> Place:
    from hs_credit_desktop.domain import manual
    from hs_credit_desktop.ui.dialogs import help as helping
    from hs_credit_desktop.ui.dialogs.manual import ManualWindow

    assert isinstance(shown, ManualWindow)
    for said in _messages(window, front):
        if found := manual.message_place(shown.topics, said):
            return found
    if front is None and window.start is not None and window.start.confirming():
        return manual.Place("notice", 0)
    shown_pages = (name for name in window.rail.names if window.rail.item(name).isChecked())
    return manual.Place(helping.topic_of(front, next(shown_pages, "")), 0)


def _messages(window: Window, front: QWidget | None) -> list[str]:
    """What is said right now in front of the clerk, the nearest first."""
    from hs_credit_desktop.ui.widgets.states import InlineError

    near = front or window
    lines = [each.text for each in near.findChildren(InlineError) if each.isVisible()]
    if front is None and not window.news.isHidden():
        lines.append(window.news.text)
    if front is None and window.start is not None and (refusal := window.start.refusal()):
        lines.insert(0, refusal)
    return [part for line in lines for part in (line, line.split("。")[0])]


def save_pdf(window: Window) -> None:
    """Ask where, and write the manual as PDF on a worker."""
    from hs_credit_desktop.services import manual
    from hs_credit_desktop.ui import messages
    from hs_credit_desktop.ui.dialogs import help as helping
    from hs_credit_desktop.ui.opening import open_path

    out = messages.save_file(
        window, "手册存为 PDF", Path.home() / f"{manual.NAME}.pdf", "PDF (*.pdf)"
    )
    if out is None:
        return
    topics = helping.topics()

    def done(pages: int) -> None:
        door = ("打开文件", lambda: open_path(out))
        window.tell("手册已存为 PDF", f"{out.name}，共 {pages} 页。", "ok", door)

    window.task_run.background(
        lambda job: manual.save_pdf(topics, out, lambda at: job.report(f"正在排版第 {at} 页…")),
        done,
        words="正在排版手册…",
    )
