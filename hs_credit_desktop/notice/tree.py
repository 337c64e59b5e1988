"""Marks and unit lists as a tree of numbered items, and which of them are the measures."""

from dataclasses import dataclass, field

from hs_credit_desktop.notice.flow import Flow
from hs_credit_desktop.notice.marks import DIGIT_LEVEL, Mark, marks_of
from hs_credit_desktop.notice.responsibility import UnitList, unit_lists


@dataclass
class Item:
    """A numbered item: its own words run from mark.end to own_end, all it holds to end."""

    mark: Mark
    own_end: int
    end: int
    lists: list[UnitList] = field(default_factory=list)
    children: list["Item"] = field(default_factory=list)

    @property
    def has_units(self) -> bool:
        """Whether the item itself names units."""
        return any(each.entries for each in self.lists)

    @property
    def holds_units(self) -> bool:
        """Whether the item or one below it names units."""
        return self.has_units or any(child.holds_units for child in self.children)


def items_of(flow: Flow, end: int) -> list[Item]:
    """The topmost items of the words before `end`, with all below them."""
    marks = [mark for mark in marks_of(flow) if mark.start < end]
    stops = [*(mark.start for mark in marks), end][1:]
    top: list[Item] = []
    open_items: list[Item] = []
    for mark, stop in zip(marks, stops, strict=True):
        item = Item(mark, stop, stop, unit_lists(flow, mark.end, stop, mark.printed))
        while open_items and open_items[-1].mark.level >= mark.level:
            open_items.pop()
        for above in open_items:
            above.end = stop
        (open_items[-1].children if open_items else top).append(item)
        open_items.append(item)
    _settle(top)
    return top


def _settle(top: list[Item]) -> None:
    """Makes the items that turn out to be one measure into leaves."""
    own = _levels_with_lists(top)
    for item in _walk(top):
        below = _walk(item.children)
        units_below = any(each.has_units for each in below)
        if (item.has_units and not units_below) or _list_closes(item, own):
            item.lists += [each for child in below for each in child.lists]
            item.children, item.own_end = [], item.end


def _levels_with_lists(top: list[Item]) -> set[int]:
    """The levels whose items, others than the last of their kind, carry lists in this paper."""
    kin = [top[:-1], *(item.children[:-1] for item in _walk(top))]
    return {item.mark.level for items in kin for item in items if item.has_units}


def _list_closes(item: Item, own: set[int]) -> bool:
    """Whether a list after the last of several 1. 2. 3. belongs to the item above them."""
    level = min((child.mark.level for child in item.children), default=0)
    return (
        level >= DIGIT_LEVEL
        and level not in own
        and len(item.children) > 1
        and not item.has_units
        and item.children[-1].has_units
    )


def _walk(items: list[Item]) -> list[Item]:
    """All items, each before those below it."""
    return [each for item in items for each in (item, *_walk(item.children))]


def plan_of(top: list[Item]) -> list[Item]:
    """The items of the plan: from the first that holds units, with those it counts on from.

    Numbered points of the covering letter before it, which count on their own, are not of the plan.
    """
    first = next((index for index, item in enumerate(top) if item.holds_units), len(top))
    while 0 < first < len(top) and _counts_on(top[first - 1].mark, top[first].mark):
        first -= 1
    return top[first:]


def _counts_on(before: Mark, after: Mark) -> bool:
    return before.level == after.level and before.number + 1 == after.number
