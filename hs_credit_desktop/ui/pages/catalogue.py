"""Which pages there are, by their names on the rail; each is loaded when it is first shown."""

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Figures
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

TODAY, TASKS, UNITS, INBOX, REVIEW = "今日", "任务", "单位", "收件", "审核"
COMPOSE, STATS, EXPORT, SETTINGS = "汇总", "统计", "导出", "设置"
# In the order of the rail; a page that does not exist yet does not stand here.
NAMES = (TODAY, TASKS, UNITS, INBOX, REVIEW, COMPOSE, STATS, EXPORT, SETTINGS)


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


def badges(ws: Workspace, round_: Round, figures: Figures) -> dict[str, int]:
    """Page → how many things wait on it, for the rail."""
    return {
        INBOX: overview.staged(ws, round_),
        REVIEW: figures.to_review,
        COMPOSE: _stale(ws, round_),
    }


def _stale(ws: Workspace, round_: Round) -> int:
    """Nodes whose draft is behind; what knows of drafts is loaded when there is one."""
    if not overview.composed(ws, round_):
        return 0
    from hs_credit_desktop.services import composing_board

    return composing_board.stale_count(ws, round_)
