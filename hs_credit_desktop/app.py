"""The composition root of the window: folder → log → look → window → ledger."""

import logging
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from hs_credit_desktop import paths
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.log import close_log, open_log
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import folders
from hs_credit_desktop.ui import columns, messages, opening, single_instance, text_size, theme
from hs_credit_desktop.ui.first_paint import after_first_paint
from hs_credit_desktop.ui.guide import Guide
from hs_credit_desktop.ui.hooks import Hooks
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import LOOK, Preferences
from hs_credit_desktop.ui.run import Job, Run
from hs_credit_desktop.ui.tray import Tray


def run(data_root: Path | None, today: date | None, package: Path | None = None) -> int:
    """Open the window on a data folder (default: the user's own); the exit status.

    When a window has that folder open already, it comes forward and none is opened.

    today: the date to reckon with instead of the PC's. package: a hand-over package to look at.
    UserError when the folder cannot be written.
    """
    folder = DataFolder(data_root or paths.default_data_root())
    app = application()
    if single_instance.call_first(folder.root, package):
        return 0
    own = own_folder(folder)
    log = _open_log(own)
    preferences = Preferences(own.root)
    columns.use(preferences)
    text_size.put_in_force(app, mode_of(preferences), text_size.chosen(preferences))
    app.styleHints().colorSchemeChanged.connect(lambda: follow_desktop(app, preferences))
    window = compose(folder, preferences, today)
    messages.install_crash_hook(lambda: window.ws.folder.root if window.ws else folder.root)
    window.show()
    single_instance.answer_later_starts(window, folder.root)
    if package is not None:
        after_first_paint(window, lambda: single_instance.open_package(window, package))
    after_first_paint(window, lambda: warm_up(window))
    after_first_paint(window, lambda: window.task_run.background(*tidying()))
    try:
        return app.exec()
    finally:
        opening.remove_copies()
        close_log(log)


def tidying() -> tuple[Callable[[Job], None], Callable[[None], None]]:
    """Taking away what earlier runs left of the originals they opened, for a worker."""
    return lambda _job: opening.remove_left_over(), lambda _done: None


def warm_up(window: MainWindow) -> None:
    """Load what the other pages need, now that the first one is painted; then collect garbage."""
    from hs_credit_desktop.ui.collecting import Collecting
    from hs_credit_desktop.ui.warming import Warming

    warming = Warming(window)
    warming.loaded.connect(lambda: Collecting(window, lambda: window.task_run.working))
    QApplication.instance().aboutToQuit.connect(warming.stop)  # type: ignore[union-attr]


def own_folder(folder: DataFolder) -> DataFolder:
    """Where log and preferences go: the data folder, or the user's own when that may only be read.

    A folder on a network is not written to, whatever for.
    """
    return DataFolder(paths.local_data_root()) if folders.here(folder.root) else folder


def compose(folder: DataFolder, preferences: Preferences, today: date | None) -> MainWindow:
    """The window on the ledger of `folder`, or on the start page when there is none or it fails."""
    window = MainWindow(
        root=folder.root, clock=system_clock(), run=Run(), preferences=preferences, today=today
    )
    Hooks(window)
    Tray(window)
    Guide(window)
    window.show_first()
    return window


def _open_log(folder: DataFolder) -> logging.Handler:
    try:
        return open_log(folder.logs)
    except OSError as error:
        raise UserError(
            f"数据文件夹 {folder.root} 不能写入", "请检查文件夹权限，或用 --data 换一个文件夹。"
        ) from error


def application() -> QApplication:
    """The one QApplication, with Qt's own texts in Chinese and our icon."""
    QApplication.setApplicationName("hs_credit_desktop")
    QApplication.setApplicationDisplayName("")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load(
        "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        app.installTranslator(translator)
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "app.png")))
    return app


def follow_desktop(app: QApplication, preferences: Preferences) -> None:
    """Take up the desktop's new look when the clerk wants it so."""
    if mode_of(preferences) is theme.Mode.SYSTEM:
        theme.apply(app, theme.Mode.SYSTEM)


def mode_of(preferences: Preferences) -> theme.Mode:
    """The look that was chosen last, SYSTEM when none was."""
    chosen = preferences.text(LOOK, theme.Mode.SYSTEM)
    return theme.Mode(chosen) if chosen in list(theme.Mode) else theme.Mode.SYSTEM
