"""General knowledge the importer is given: who belongs to a group, what abbreviations mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seed:
    """Data, not rules; what is shipped names no unit of any one notice.

    group_members: members of a printed group (各县（市、区）人民政府) in official order.
    abbreviations: common short forms and what they stand for (住建 → 住房和城乡建设).
    same: names the office has met → the name it uses. apart: pairs it decided are two bodies.
    """

    group_members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the office decided before that these are two."""
        return frozenset((one, other)) in self.apart


def seed_from_json(*, group_members: str, abbreviations: str) -> Seed:
    """The seed from the words of db/seed/group_members.json and db/seed/abbreviations.json."""
    import json

    members = {name: tuple(names) for name, names in json.loads(group_members).items()}
    return Seed(members, dict(json.loads(abbreviations)))
