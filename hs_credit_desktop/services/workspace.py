"""The open ledger with its clock and clerk: what every use case is given."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path

from hs_credit_desktop.clock import Clock, clock_on
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import folders
from hs_credit_desktop.store import audit, ledger, lock, settings
from hs_credit_desktop.store.ledger import Ledger

PRACTICE_DATE = "practice_date"


@dataclass(frozen=True)
class Changes:
    """What a command changed; a view reloads when one of its flags is set."""

    notice: bool = False
    returns: bool = False
    settings: bool = False
    units: bool = False
    drafts: bool = False
    papers: bool = False
    figures: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            **{
                item.name: getattr(self, item.name) or getattr(other, item.name)
                for item in fields(self)
            }
        )


@dataclass
class Workspace:
    """An open ledger. `actor` is written on every audit line; the stacks are services/undo.py's."""

    ledger: Ledger
    clock: Clock
    actor: str
    undo_stack: list[object] = field(default_factory=list)
    redo_stack: list[object] = field(default_factory=list)
    looked_through: bool = False  # a reading one: integrity.trust found nothing in it

    @property
    def folder(self) -> DataFolder:
        """The data folder of the ledger."""
        return self.ledger.folder

    @property
    def today(self) -> date:
        """The day everything is reckoned with."""
        return self.clock.today()

    @property
    def read_only(self) -> bool:
        """True when nothing can be saved."""
        return self.ledger.read_only

    @property
    def practice(self) -> bool:
        """True for a practice ledger, whose texts are invented."""
        return bool(settings.get(self.ledger, PRACTICE_DATE))

    @contextmanager
    def change(self, action: str, subject: str, detail: Mapping[str, object]) -> Iterator[None]:
        """One transaction with one audit line, written last inside it."""
        with self.ledger.transaction():
            yield
            audit.append(
                self.ledger,
                at=self.clock.now(),
                actor=self.actor,
                action=action,
                subject=subject,
                detail=detail,
            )

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()


def create_workspace(root: Path, clock: Clock) -> Workspace:
    """An empty ledger in a new data folder; UserError when one is there or it is no safe place."""
    folders.refuse_unsafe(root)
    return Workspace(ledger.create(DataFolder(root), at=clock.now()), clock, actor())


def open_workspace(
    root: Path,
    clock: Clock,
    *,
    read_only: bool = False,
    today: date | None = None,
    take_over: bool = False,
) -> Workspace:
    """Open the ledger in `root`; the day: `today`, else a practice ledger's own, else the clock's.

    take_over: although another PC left it open. UserError when there is none, it is damaged, not
    ours, newer, or another program writes to it; UnsafeFolderError when it may only be read there.
    """
    folder = DataFolder(root)
    if read_only:
        opened = _open_reading(folder)
    else:
        folders.refuse_unsafe(root)
        opened = ledger.open_writing(folder, at=clock.now(), take_over=take_over)
    try:
        practice = settings.get(opened, PRACTICE_DATE)
    except BaseException:
        opened.close()
        raise
    day = today or (date.fromisoformat(practice) if practice else None)
    return Workspace(opened, clock_on(day, clock) if day else clock, actor())


@contextmanager
def reading(ws: Workspace) -> Iterator[Workspace]:
    """The same ledger, day and clerk over a connection of its own: for whatever reads on a worker.

    The connection of `ws` belongs to the main thread, which may be writing meanwhile.
    """
    own = open_workspace(ws.folder.root, ws.clock, read_only=True, today=ws.today)
    try:
        yield own
    finally:
        own.close()


def _open_reading(folder: DataFolder) -> Ledger:
    """For reading; where it is no safe place nothing is written, not even what SQLite needs."""
    if folders.here(folder.root):
        from hs_credit_desktop.store import relocation

        return relocation.open_untouched(folder)
    return ledger.open_reading(folder)


def actor() -> str:
    """user@PC, as the audit log names whoever sits there."""
    computer, user = lock.whoami()
    return f"{user}@{computer}"
