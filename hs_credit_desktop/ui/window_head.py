"""What stands around every page: round and figures in the header, badges, strip, status line."""

from datetime import date

from hs_credit_desktop.domain.notice import Notice
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.statistics import Figures
from hs_credit_desktop.services import folders, office, overview, pc_date
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.pages.names import COMPOSE, INBOX, REVIEW
from hs_credit_desktop.ui.window_frame import TITLE, WindowFrame

READ_ONLY = ("只读打开，可以查看和导出，不能修改", "要修改，请等那边关闭以后，重新打开这本台账。")


def show_head(window: WindowFrame, ws: Workspace, round_: Round, clock_day: date | None) -> Round:
    """Show a round around the page; the round that is shown, the last one if it is gone.

    clock_day: the PC's date, None when another one was asked for on the command line.
    """
    every = overview.rounds_by_notice(ws)
    # A notice whose import was taken back is gone: the newest one is shown.
    here = (item for item in every if item[0].id == round_.notice_id)
    notice, mine = next(here, every[0])
    # A round that was added by hand may have been taken back.
    shown = next((item for item in mine if item.id == round_.id), mine[-1])
    window.header.selector.show_rounds([(_named(item), rounds) for item, rounds in every], shown)
    if shown.state is RoundState.FROZEN:
        window.header.show_frozen()
    else:
        days = (shown.due_on - ws.today).days
        words = overview.countdown(ws, shown)
        window.header.show_countdown(words, days, office.thresholds(ws).due_soon_days)
    figures = overview.figures(ws, shown)
    window.header.show_figures(figures)
    for name, count in badges(ws, shown, figures).items():
        window.rail.item(name).set_badge(count)
    window.setWindowTitle(f"{TITLE} — {_named(notice)}")
    _show_facts(window, ws, shown, clock_day)
    return shown


def _named(notice: Notice) -> str:
    return notice.doc_number or notice.title


def _show_facts(window: WindowFrame, ws: Workspace, round_: Round, clock_day: date | None) -> None:
    reckoned = f"日期按 {ws.today.isoformat()} 计算"
    window.status.show_facts(
        f"{round_.name}：{round_.state.label}",
        "只读打开，不能修改" if ws.read_only else "",
        "演示数据：反馈内容均为虚构" if ws.practice else "",
        reckoned if ws.today != clock_day else "",
    )


def show_due(window: WindowFrame, ws: Workspace, round_: Round) -> None:
    """Show the strip of a round that is near its end or past it."""
    open_round = round_.state is RoundState.OPEN
    window.strip.show_due(overview.strip(ws, round_) if open_round else None)
    window.fit_strips()


def warn_when_opened(window: WindowFrame, ws: Workspace, round_: Round, *, real_day: bool) -> None:
    """Say once when a ledger is opened what is amiss with its folder or the PC's date."""
    if warned := folders.here(ws.folder.root):
        window.news.show_message(warned.what, warned.advice, "warn")
    elif real_day and (doubted := pc_date.doubt(ws, round_)):
        window.news.show_message(doubted.what, doubted.advice, "warn")
    elif ws.read_only:
        window.news.show_message(*READ_ONLY, "info")
    window.fit_strips()


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
