"""Next year's notice in the same ledger: aligned with the last, names and answers carried, no data.

Units, groups, aliases and pairs kept apart are in the register already; what is carried on top are
leads the clerk confirmed. The new notice gets rounds of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from hs_credit_desktop.domain.aligning import Aligned, Wording, align, rows
from hs_credit_desktop.domain.draft import DraftMeasure
from hs_credit_desktop.domain.notice import Measure, Notice, Role
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import editing, memory, notices
from hs_credit_desktop.services.memory import Carried
from hs_credit_desktop.services.notices import ReadNotice
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import images, row_changes, units
from hs_credit_desktop.store import notices as stored


def known(ws: Workspace) -> Carried:
    """What this ledger knows, for reading the next notice with it."""
    newest = stored.notices(ws.ledger)[0]
    return Carried(memory.seed_of(ws), newest.doc_number or newest.title)


@dataclass(frozen=True)
class Comparison:
    """A new notice beside the last one. old: measures of the last; new: of the one just read.

    pairs: new place → old place, as proposed or as corrected by the clerk.
    """

    former: Notice
    old: tuple[Measure, ...]
    new: tuple[DraftMeasure, ...]
    old_words: tuple[Wording, ...]
    new_words: tuple[Wording, ...]
    pairs: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def rows(self) -> tuple[Aligned, ...]:
        """Every measure of both once; what is gone stands last."""
        return rows(self.old_words, self.new_words, self.pairs)

    def paired(self, new: int, old: int | None) -> "Comparison":
        """The same with one measure of the new plan bound to another of the old, or to none."""
        kept = {place: at for place, at in self.pairs.items() if place != new and at != old}
        bound = {} if old is None else {new: old}
        return replace(self, pairs=MappingProxyType(dict(sorted((kept | bound).items()))))


def compare(ws: Workspace, source: ReadNotice, former: Notice | None = None) -> Comparison:
    """The notice that was read beside the newest (or another) notice of the ledger."""
    before = former or stored.notices(ws.ledger)[0]
    old = tuple(m for p in stored.tree(ws.ledger, before.id) for m in p.measures)
    new = source.decided.measures
    names = {unit.id: unit.canonical_name for unit in units.units(ws.ledger)}
    names |= {group.id: group.name for group in units.groups(ws.ledger)}
    old_words = tuple(
        Wording(
            item.title,
            item.body,
            tuple(names[duty.unit_id or duty.group_id or ""] for duty in item.responsibilities),
        )
        for item in old
    )
    new_words = tuple(
        Wording(item.title, item.body, tuple(duty.unit for duty in item.responsibilities))
        for item in new
    )
    pairs = MappingProxyType(align(old_words, new_words))
    return Comparison(before, old, new, old_words, new_words, pairs)


def with_pairs(found: Comparison, pairs: Mapping[int, int]) -> Comparison:
    """The comparison with other pairs, as the clerk corrected them before."""
    return replace(found, pairs=MappingProxyType(dict(pairs)))


def with_leads(source: ReadNotice, found: Comparison) -> ReadNotice:
    """The notice with leads confirmed last year, where the same unit is still named.

    Only leads that the new notice does not print itself; what the clerk named already stays.
    """
    decisions = source.decisions
    places = {measure.place: place for place, measure in enumerate(source.draft.measures)}
    for new, old in found.pairs.items():
        measure, place = found.new[new], places[found.new[new].place]
        lead = _confirmed(found, old)
        suggested = any(duty.suggested for duty in measure.responsibilities)
        if suggested and place not in decisions.leads and lead in found.new_words[new].units:
            decisions = decisions.with_leads(place, (lead,))
    return replace(source, decisions=decisions)


def _confirmed(found: Comparison, old: int) -> str:
    """The lead of an old measure that is no suggestion, '' when there is none."""
    pairs = zip(found.old[old].responsibilities, found.old_words[old].units, strict=True)
    return next((name for d, name in pairs if d.role is Role.LEAD and not d.suggested), "")


def add(ws: Workspace, source: ReadNotice, found: Comparison) -> Changes:
    """Write the new notice beside the last, each measure with the one it goes on with.

    One step of undo, which takes all of it back until something was reported for it.
    UserError when a notice of this number is in the ledger already.
    """
    number = source.draft.doc_number
    if number and number in {item.doc_number for item in stored.notices(ws.ledger)}:
        raise UserError(
            f"{number} 已经在台账里，没有写入", "请核对选的文件；要改这份通知，请用“编辑任务”。"
        )
    previous = {found.new[new].place: found.old[old].id for new, old in found.pairs.items()}
    before = images.image(ws.ledger)
    changes = notices.add_notice(ws, source, previous)
    rows = row_changes.difference(before, images.image(ws.ledger))
    editing.remember(ws, f"导入“{number or source.draft.title}”", rows)
    return changes
