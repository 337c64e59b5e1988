"""What a change of the register would touch, before it is made: counts that open their lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.domain.units import Unit
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import duties, register_rounds, units
from hs_credit_desktop.store.duties import Duty
from hs_credit_desktop.store.register_rounds import ExpectedPlace


@dataclass(frozen=True)
class Count:
    """A number of a preview with the list it counts, one line each."""

    caption: str
    items: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many."""
        return len(self.items)


@dataclass(frozen=True)
class RoundAsk:
    """An open round that could follow the change, and in words what would happen in it."""

    round: Round
    words: str


@dataclass(frozen=True)
class Preview:
    """What a change would do: a sentence, what it touches, and the rounds that only follow if told.

    Rounds that are frozen or were due before the day stand in a count of their own: they stay.
    """

    sentence: str
    counts: tuple[Count, ...]
    asks: tuple[RoundAsk, ...] = ()

    def check(self, follow: Iterable[str]) -> None:
        """UserError when a round is to follow that is none of those asked about."""
        asked = {item.round.id for item in self.asks}
        if not asked.issuperset(follow):
            raise UserError(
                "选中的轮次里有不能跟着改的，没有保存", "已封存和生效日期之前截止的轮次保持原样。"
            )


def unit_of(ws: Workspace, unit_id: str) -> Unit:
    """The unit of that id; UserError when it is gone (deleted on this or another window)."""
    for unit in units.units(ws.ledger):
        if unit.id == unit_id:
            return unit
    raise UserError("这家单位已经不在名册里", "请关闭名册窗口后再打开。")


def refuse_future(ws: Workspace, on: date) -> None:
    """A change holds from today or an earlier day on; UserError else."""
    if on > ws.today:
        raise UserError(
            f"生效日期 {on} 在今天（{ws.today}）之后，没有保存", "请在生效当天或之后再登记。"
        )


def refuse_taken(ws: Workspace, name: str, *, but: str = "") -> None:
    """UserError when there is no name, or it means another unit already; but: a unit's own id."""
    if not name:
        raise UserError("名称是空的，没有保存", "请填写单位的规范名称。")
    names = {unit.id: unit.canonical_name for unit in units.units(ws.ledger)}
    for unit_id, canonical in names.items():
        if unit_id != but and canonical == name:
            raise UserError(f"名册里已有“{name}”，没有保存", "如果是同一家，请用“合并…”。")
    for alias in units.aliases(ws.ledger):
        if alias.unit_id != but and alias.name == name:
            owner = names[alias.unit_id]
            raise UserError(
                f"“{name}”是{owner}的{alias.kind.label}，没有保存",
                f"如果不是它，请先在{owner}的名称里移除。",
            )


def still_open(place: ExpectedPlace, on: date) -> bool:
    """Whether a round may follow a change that holds from `on` on."""
    return place.round.state is not RoundState.FROZEN and place.round.due_on >= on


def kept(places: Iterable[ExpectedPlace], on: date) -> Count:
    """The rounds that stay as they are."""
    return Count(
        "保持原样的轮次",
        tuple(
            f"{item.round.name}（{item.round.due_on} 截止，{item.round.state.label}）："
            f"仍是“{item.unit_name}”"
            for item in places
            if not still_open(item, on)
        ),
    )


def duty_words(duty: Duty) -> str:
    """（十一）措施的标题 牵头（推定）, and through which group."""
    mark = f"（{chinese_number(duty.number)}）" if duty.number < 100 else f"（{duty.number}）"
    role = "牵头（推定）" if duty.suggested and duty.role is Role.LEAD else duty.role.label
    return f"{mark}{duty.title}　{role}" + (f"（{duty.group}）" if duty.group else "")


def duties_of(ws: Workspace, unit_ids: Sequence[str]) -> tuple[Duty, ...]:
    """What these units are responsible for now."""
    return duties.duties(ws.ledger, unit_ids)


def preview_rename(ws: Workspace, unit_id: str, name: str, on: date) -> Preview:
    """What another canonical name from `on` on would touch; UserError as for the rename itself."""
    unit, name = unit_of(ws, unit_id), name.strip()
    if name == unit.canonical_name:
        raise UserError(f"名称没有变，还是“{name}”", "请填写新的规范名称。")
    refuse_taken(ws, name, but=unit_id)
    refuse_future(ws, on)
    places = register_rounds.places(ws.ledger, (unit_id,))
    return Preview(
        f"从 {on} 起，{unit.canonical_name}改称{name}；原名作为曾用名留着。",
        (
            Count("负责的措施", tuple(map(duty_words, duties_of(ws, (unit_id,))))),
            Count("曾用名", (f"{unit.canonical_name}（{on} 前）",)),
            kept(places, on),
        ),
        tuple(
            RoundAsk(item.round, f"应报名单里的“{item.unit_name}”改写成“{name}”，报送件不动")
            for item in places
            if still_open(item, on)
        ),
    )


def preview_apart(ws: Workspace, one: str, other: str) -> Preview:
    """What it means to keep two units apart; UserError for one unit twice."""
    first, second = unit_of(ws, one), unit_of(ws, other)
    if first.id == second.id:
        raise UserError("两边是同一家单位", "请另选一家。")
    return Preview(
        f"{first.canonical_name}和{second.canonical_name}是两家：以后读通知时不再问，也不再推荐合并。",
        tuple(
            Count(f"{unit.canonical_name}的措施", tuple(map(duty_words, duties_of(ws, (unit.id,)))))
            for unit in (first, second)
        ),
    )
