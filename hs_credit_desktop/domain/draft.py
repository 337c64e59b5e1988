"""The notice (任务分解) as a draft read from paper, before it is the ledger's."""

from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.notice import Contact, Deadline, Doubt, Place, Role
from hs_credit_desktop.domain.units import UnitKind


@dataclass(frozen=True)
class DraftResponsibility:
    """One printed unit of a measure: `unit` is the reconciled name, `group` says it is a group."""

    printed: str
    unit: str
    role: Role
    suggested: bool
    group: bool


@dataclass(frozen=True)
class DraftMeasure:
    """The lowest numbered item that carries a unit list; headings above it stand in `heading`."""

    number: int
    title: str
    heading: str | None
    body: str
    deadline: Deadline | None
    responsibilities: tuple[DraftResponsibility, ...]
    place: Place


@dataclass(frozen=True)
class DraftPillar:
    """A pillar (大类) with its measures in printed order."""

    number: int
    title: str
    measures: tuple[DraftMeasure, ...]


@dataclass(frozen=True)
class DraftRound:
    """A proposed reporting round."""

    name: str
    due_on: date


@dataclass(frozen=True)
class DraftUnit:
    """A concrete unit by first appearance; `aliases` are its other printed spellings."""

    name: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftGroup:
    """A printed group; `aliases` are its other spellings, no members means to be assigned."""

    name: str
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoticeCounts:
    """The figures of a notice: pairs as printed, returns and entries a round with group members."""

    pillars: int
    measures: int
    pairs: int
    printed_units: int
    units: int
    groups: int
    returns: int
    entries: int


@dataclass(frozen=True)
class DraftNotice:
    """A notice as read from paper. left_out: furniture not taken, as (line, words), to be shown."""

    title: str
    doc_number: str | None
    issued_on: date | None
    issuer: str | None
    addressees: str | None
    contact: Contact
    rounds: tuple[DraftRound, ...]
    pillars: tuple[DraftPillar, ...]
    units: tuple[DraftUnit, ...]
    groups: tuple[DraftGroup, ...]
    doubts: tuple[Doubt, ...]
    left_out: tuple[tuple[int, str], ...] = ()

    @property
    def measures(self) -> tuple[DraftMeasure, ...]:
        """All measures in printed order."""
        return tuple(measure for pillar in self.pillars for measure in pillar.measures)

    @property
    def counts(self) -> NoticeCounts:
        """Counts by the rules of the office: an open group is not expected, members report each."""
        pairs = [pair for measure in self.measures for pair in measure.responsibilities]
        members = {group.name: group.members for group in self.groups}
        expected = {
            (number, unit)
            for number, measure in enumerate(self.measures)
            for pair in measure.responsibilities
            for unit in (members[pair.unit] if pair.group else (pair.unit,))
        }
        return NoticeCounts(
            pillars=len(self.pillars),
            measures=len(self.measures),
            pairs=len(pairs),
            printed_units=len({pair.printed for pair in pairs}),
            units=len(self.units),
            groups=len(self.groups),
            returns=len({unit for _, unit in expected}),
            entries=len(expected),
        )
