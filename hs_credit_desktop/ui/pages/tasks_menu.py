"""The context menus of the table of 任务."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from hs_credit_desktop.services import overview
from hs_credit_desktop.ui import icons

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.tasks_view import TasksView
    from hs_credit_desktop.ui.window import Window


def row_menu(page: "TasksView", row_id: str) -> QMenu:
    """What can be done with a row: a return of a list, or an entry."""
    menu = QMenu(page)
    if page.table.listing:
        _add(menu, "看整份报送件", "open", lambda: page.open_return(row_id), "Enter")
        _add_list(menu, page)
        return menu
    from hs_credit_desktop.ui.dialogs import years

    entry = overview.entry_detail(page.ws, row_id).entry
    words = "\n".join(text for text in entry.parts.texts if text)
    whole = f"看 {entry.unit_name} 的整份报送件"
    _add(menu, "填写这条反馈", "edit", page.form.focus_progress, "Enter")
    _add(menu, whole, "document", lambda: page.tree.select_unit(entry.expected_return_id))
    _add(menu, "看这条措施的全部单位", "document_text", lambda: page.open_entry(entry.id))
    _add(menu, "历年对照", "history", lambda: years.show_measure(page.window(), entry.measure_id))
    _add(menu, "查看原文", "notebook", lambda: page.show_text(entry.measure_id))
    menu.addSeparator()
    _add(menu, "复制反馈文字", "copy", lambda: QGuiApplication.clipboard().setText(words))
    menu.actions()[-1].setEnabled(bool(words))
    _add_list(menu, page)
    return menu


def _add_list(menu: QMenu, page: "TasksView") -> None:
    """What is done with the whole list: paper and file side by side."""
    from hs_credit_desktop.ui.commands.lists import EXPORT

    window = cast("Window", page.window())
    menu.addSeparator()
    _add(menu, "打印这张表", "print", page.table.print.click, "Ctrl+P")
    _add(menu, EXPORT.name, EXPORT.icon, lambda: EXPORT.run(window), EXPORT.key)


def _add(menu: QMenu, words: str, icon: str, act: Callable[[], object], key: str = "") -> None:
    """A line of a menu; the key is only printed, it is bound elsewhere."""
    action = menu.addAction(icons.icon(icon), words + (f"\t{key}" if key else ""))
    action.triggered.connect(lambda: act())
