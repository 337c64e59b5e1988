"""The rows of 今天要办: what waits, in words, and where each row leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.chasing import Owing
from hs_credit_desktop.domain.notice import OpenDoubt
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services.today import NAMED, Agenda, Waiting
from hs_credit_desktop.ui.widgets.todo import Todo


@dataclass(frozen=True)
class Way:
    """Where a row leads: a list, a missing unit (its expected return id), a page, or the doubts.

    doubts: the measure at whose first open doubt the desk opens, '' for the first of all.
    forms: the box that makes the return forms.
    """

    status: Status | None = None
    owing: str | None = None
    page: str | None = None
    doubts: str | None = None
    forms: bool = False


Row = tuple[Todo, Way]


def todo_rows(agenda: Agenda, pages: Sequence[str]) -> list[Row]:
    """The rows in the order in which they press; `pages`: the pages there are."""
    if agenda.round.state is RoundState.FROZEN:
        return [_frozen(agenda)]
    rows: list[Row] = []
    rows += [_send_forms(agenda)] if _nobody_asked_yet(agenda) else []
    rows += [_chase(agenda)] if agenda.missing else []
    rows += [_promised(agenda.promised)] if agenda.promised else []
    rows += [_review(agenda, pages)] if agenda.to_review else []
    rows += [_follow_up(agenda)] if agenda.sent_back else []
    rows += [_settle(agenda.on_hold)] if agenda.on_hold else []
    rows += [_inbox(agenda.staged)] if "收件" in pages else []
    rows += [_doubts(agenda.doubts)] if agenda.doubts else []
    if agenda.complete:
        rows.insert(0, _complete(agenda, pages))
    return rows


def _nobody_asked_yet(agenda: Agenda) -> bool:
    figures = agenda.figures
    return not agenda.forms_made and figures.expected > 0 and figures.received == 0


def _send_forms(agenda: Agenda) -> Row:
    """The first thing in a round: every unit gets its form."""
    look = ("document_text", 20, "regular")
    title = f"给 {agenda.figures.expected} 家单位发反馈表"
    said = "每家一份，任务已经填好；一次生成，附交付清单"
    return Todo(look, "accent", title, said, "去生成"), Way(forms=True)


def _chase(agenda: Agenda) -> Row:
    if not (agenda.due_soon or agenda.chased):
        return _wait(agenda)
    said = f"其中 {agenda.chased} 家已经催过" if agenda.chased else "都还没有催过"
    if agenda.extended:
        said += f"，{agenda.extended} 家已延期"
    title = f"催报 {len(agenda.missing)} 家未报单位"
    return Todo(("call", 16, "regular"), "warn", title, said, "看名单"), Way(Status.MISSING)


def _wait(agenda: Agenda) -> Row:
    """Nobody is chased while there is time."""
    look = ("calendar_ltr", 20, "regular")
    title = f"等 {len(agenda.missing)} 家单位报送"
    said = f"离截止还有 {agenda.days_left} 天，临期时在这里提醒催报"
    return Todo(look, "text2", title, said, "看名单"), Way(Status.MISSING)


def _promised(promised: Sequence[Owing]) -> Row:
    """Units whose promised day has come; the first that is missing is the one selected."""
    look = ("calendar_clock", 16, "filled")
    title = f"追问 {len(promised)} 家：承诺的日期到了"
    first = tuple(item.unit_name for item in promised[:NAMED])
    todo = Todo(look, "warn", title, names(Waiting(len(promised), first)), "看名单")
    missing = next((item for item in promised if item.state is ReturnState.MISSING), None)
    if missing is None:
        return todo, Way(Status.SENT_BACK)
    return todo, Way(owing=missing.expected_return_id)


def _review(agenda: Agenda, pages: Sequence[str]) -> Row:
    title = f"审核 {len(agenda.to_review)} 件待审报送件"
    look = ("clipboard_checkmark", 20, "regular")
    todo = Todo(look, "accent", title, names(agenda.to_review), "去审核")
    return todo, Way(page="审核") if "审核" in pages else Way(Status.TO_REVIEW)


def _follow_up(agenda: Agenda) -> Row:
    due = agenda.next_resubmission
    said = names(agenda.sent_back) + (f"，最早 {month_day(due)}补报" if due else "")
    title = f"跟进 {len(agenda.sent_back)} 件退回补报"
    look = ("arrow_hook_up_left", 16, "filled")
    return Todo(look, "back", title, said, "看名单"), Way(Status.SENT_BACK)


def _settle(on_hold: Waiting) -> Row:
    look = ("question_circle", 16, "regular")
    todo = Todo(look, "hold", f"处理 {len(on_hold)} 件存疑", names(on_hold), "看名单")
    return todo, Way(Status.ON_HOLD)


def _inbox(staged: int) -> Row:
    look = ("mail_inbox", 20, "regular")
    if staged:
        title = f"处理收件箱里的 {staged} 个文件"
        return Todo(look, "accent", title, "确认以后才登记", "去收件"), Way(page="收件")
    said = "把收到的附件拖进来即可登记"
    return Todo(look, "text2", "收件箱没有待处理的文件", said, "添加文件"), Way(page="收件")


def _doubts(doubts: Sequence[OpenDoubt]) -> Row:
    """The desk opens at the first of them."""
    said = "、".join(dict.fromkeys(item.doubt.where for item in doubts))
    todo = Todo(
        ("warning", 20, "filled"),
        "warn",
        f"确认 {len(doubts)} 处疑点",
        said,
        "去看",
    )
    return todo, Way(doubts=doubts[0].measure_id or "")


def _complete(agenda: Agenda, pages: Sequence[str]) -> Row:
    title = f"全部 {agenda.figures.expected} 家都已通过"
    page = next((name for name in ("汇总", "导出") if name in pages), "")
    said = "可以开始汇总" if page == "汇总" else "可以导出报告"
    look = ("checkmark_circle", 16, "filled")
    return Todo(look, "ok", title, said, f"去{page}" if page else ""), Way(page=page or None)


def _frozen(agenda: Agenda) -> Row:
    said = "只能查看；确需修改，请先写明理由解封"
    look = ("lock_closed", 16, "regular")
    return Todo(look, "text2", f"{agenda.round.name}已封存", said), Way()


def names(waiting: Waiting) -> str:
    """市财政局、大冶市, or the first three and 等 12 家."""
    first = "、".join(waiting.names)
    return first if len(waiting) <= NAMED else f"{first}等 {len(waiting)} 家"


def month_day(day: date) -> str:
    """11月29日, as dates stand in sentences."""
    return f"{day.month}月{day.day}日"
