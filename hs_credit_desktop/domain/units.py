"""Responsible units, their kinds and the groups that stand for several of them."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class UnitKind(StrEnum):
    """What sort of body a unit is; decides nothing but its place in lists and letters."""

    PARTY = "party"
    GOVERNMENT = "government"
    JUDICIAL = "judicial"
    VERTICAL = "vertical"
    MASS = "mass"
    ENTERPRISE = "enterprise"
    COUNTY = "county"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    UnitKind.PARTY: "党委",
    UnitKind.GOVERNMENT: "政府",
    UnitKind.JUDICIAL: "法检",
    UnitKind.VERTICAL: "垂管",
    UnitKind.MASS: "群团",
    UnitKind.ENTERPRISE: "企业",
    UnitKind.COUNTY: "县区",
}
_KIND_RULES = (
    (UnitKind.ENTERPRISE, r"公司$|集团$|电信$|移动$|联通$|银行(?!.*分行)"),
    (UnitKind.JUDICIAL, r"法院$|检察院$"),
    (UnitKind.MASS, r"总工会$|团.?委$|妇联$|科协$|红十字会$|[工商侨台残文社记]联$"),
    (UnitKind.PARTY, r"纪委|监委$|^[省市州县区]?委(?!员)|党校$|网信办$|编办$|文明办$|政法委$"),
    (UnitKind.PARTY, r"组织部$|宣传部$|统战部$|社会工作部$"),
    (UnitKind.VERTICAL, r"人行|分行$|海关$|海事局$|税务局$|监管分局$|总局|消防|邮政|气象局$|烟草"),
    (UnitKind.COUNTY, r"(?:[县区]|^.{2,5}市)(?:人民政府)?$|管委会$|管理委员会$"),
)


def kind_of(name: str) -> UnitKind:
    """The kind a unit's printed name suggests; government where nothing else is said."""
    return next((kind for kind, rule in _KIND_RULES if re.search(rule, name)), UnitKind.GOVERNMENT)


@dataclass(frozen=True)
class Unit:
    """A unit of the register. `initials`: pinyin initials for jumping (市发改委 → sfgw).

    merged_into, merged_on: the id of the unit it went into and since when, of a deactivated one.
    """

    id: str
    canonical_name: str
    short_name: str
    kind: UnitKind
    initials: str
    ordinal: int
    aliases: tuple[str, ...] = ()
    active: bool = True
    merged_into: str | None = None
    merged_on: date | None = None

    @property
    def search_text(self) -> str:
        """Every name under which the unit is found, its initials too, one a line."""
        names = (self.canonical_name, self.short_name, *self.aliases, self.initials)
        return "\n".join(dict.fromkeys(names))


class AliasKind(StrEnum):
    """Why another name is known: printed so, its own former one, or of a unit that went in."""

    ALIAS = "alias"
    FORMER = "former"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return {"alias": "别名", "former": "曾用名", "merged": "并入单位的名称"}[self.value]


@dataclass(frozen=True)
class UnitAlias:
    """Another name of a unit; in use from `from_on` until the day before `to_on`, None: unknown."""

    id: str
    unit_id: str
    name: str
    kind: AliasKind = AliasKind.ALIAS
    from_on: date | None = None
    to_on: date | None = None

    def in_use(self, day: date) -> bool:
        """Whether the name was right on that day."""
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.to_on is None or day < self.to_on)

    @property
    def period(self) -> str:
        """2019-03-01 至 2024-09-01, 2024-09-01 起, 2024-09-01 前, '' when nothing is known."""
        if self.from_on and self.to_on:
            return f"{self.from_on} 至 {self.to_on}"
        if self.from_on:
            return f"{self.from_on} 起"
        return f"{self.to_on} 前" if self.to_on else ""


@dataclass(frozen=True)
class Membership:
    """A unit in a group, in the group's order; to_on: the day from which on it is none any more."""

    group_id: str
    unit_id: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class UnitGroup:
    """A printed group such as 各县（市、区）人民政府; no members means not yet assigned."""

    id: str
    name: str
    member_ids: tuple[str, ...] = ()
