"""How each page of the rail is made; it is loaded when it is first made."""

from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.names import (
    COMPOSE,
    EXPORT,
    INBOX,
    NAMES,
    REVIEW,
    STATS,
    TASKS,
    TODAY,
    UNITS,
)
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

# Of the pages that are not shown first: what is loaded beside the first one (ui/warming.py).
MODULES = tuple(
    f"hs_credit_desktop.ui.pages.{name}"
    for name in ("tasks", "unit", "inbox", "review", "compose", "stats", "export", "settings")
)
# What those load only when they are shown.
BESIDES = ("hs_credit_desktop.ui.pages.tasks_desk", "hs_credit_desktop.reports.fonts")


def make_page(name: str, ws: Workspace, run: Run, preferences: Preferences) -> Page:
    """The page of that name for an open ledger."""
    if name == TODAY:
        from hs_credit_desktop.ui.pages.today import TodayPage

        return TodayPage(ws, run, preferences, NAMES)
    if name == TASKS:
        from hs_credit_desktop.ui.pages.tasks import TasksPage

        return TasksPage(ws, run, preferences)
    if name == UNITS:
        from hs_credit_desktop.ui.pages.unit import UnitPage

        return UnitPage(ws, run, preferences)
    if name == INBOX:
        from hs_credit_desktop.ui.pages.inbox import InboxPage

        return InboxPage(ws, run, preferences)
    if name == REVIEW:
        from hs_credit_desktop.ui.pages.review import ReviewPage

        return ReviewPage(ws, run, preferences)
    if name == COMPOSE:
        from hs_credit_desktop.ui.pages.compose import ComposePage

        return ComposePage(ws, run, preferences)
    if name == STATS:
        from hs_credit_desktop.ui.pages.stats import StatsPage

        return StatsPage(ws, run, preferences)
    if name == EXPORT:
        from hs_credit_desktop.ui.pages.export import ExportPage

        return ExportPage(ws, run, preferences)
    from hs_credit_desktop.ui.pages.settings import SettingsPage

    return SettingsPage(ws, run, preferences)
