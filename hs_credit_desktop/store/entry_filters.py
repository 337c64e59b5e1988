"""The filter of a list of entries, and its conditions on the rows of lists.ENTRY_SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import Completion, ReturnState


@dataclass(frozen=True)
class EntryFilter:
    """Which entries of a list stay; of one kind any will do, of different kinds all must hold.

    states: the review state of what was answered, MISSING for whatever is blank; roles and levels:
    the duty and the completion that was said; late: first received after the due date.
    """

    states: tuple[ReturnState, ...] = ()
    roles: tuple[str, ...] = ()
    levels: tuple[Completion, ...] = ()
    late: bool = False


NO_FILTER = EntryFilter()


def clauses_of(kept: EntryFilter) -> list[str]:
    """The conditions of a filter; its words are those of the enumerations, never typed ones."""
    clauses = []
    if kept.states:
        state = "CASE WHEN e.covered THEN e.state ELSE 'missing' END"
        clauses.append(f"e.exempt = 0 AND {state} IN ({_words(kept.states)})")
    if kept.roles:
        clauses.append(f"e.role IN ({_words(Role(role) for role in kept.roles)})")
    if kept.levels:
        clauses.append(f"f.completion IN ({_words(kept.levels)})")
    if kept.late:
        clauses.append("r.first_received_on > :due_on")
    return clauses


def _words(found: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{item.value}'" for item in found)
