"""What 导出 does on its worker: kind by kind, what is whole is kept, what failed is told."""

from dataclasses import dataclass
from pathlib import Path

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.papers_publish import Former, changed_since, former, write_kind
from hs_credit_desktop.services.workspace import Workspace, reading
from hs_credit_desktop.ui.dialogs.paper_writer import StoppedError, told_to
from hs_credit_desktop.ui.run import Job


@dataclass
class Outcome:
    """What came out, and what could not be written."""

    made: list[ExportedFile]
    failures: list[UserError]


@dataclass(frozen=True)
class Earlier:
    """What an earlier session exported of a round.

    made: by path, files that still are what they were; lost: the others. shown: the PDF to look at
    first. stale: the ledger has changed since.
    """

    made: dict[Path, ExportedFile]
    lost: tuple[Former, ...]
    shown: ExportedFile | None
    stale: bool


def earlier(ws: Workspace, round_: Round, folder: Path) -> Earlier:
    """Look for the files of the last exports in the folder where exports go."""
    found = former(ws, round_, folder)
    whole = [item for item in found if not item.words]
    return Earlier(
        {item.path: item.file for item in whole},
        tuple(item for item in found if item.words),
        next((item.file for item in whole if item.path.suffix == ".pdf"), None),
        any(changed_since(ws, item.published) for item in whole),
    )


def export_kinds(
    ws: Workspace, round_: Round, folder: Path, numbers: dict[PaperKind, str], job: Job
) -> Outcome:
    """Export kind by kind over a reading connection of the worker's own; what is whole is kept."""
    outcome = Outcome([], [])
    with reading(ws) as own:
        for kind, number in numbers.items():
            try:
                outcome.made += write_kind(
                    own, round_, kind, folder, number=number, progress=told_to(job)
                )
            except StoppedError:
                break
            except UserError as error:
                outcome.failures.append(error)
    return outcome


def frozen_beside(ws: Workspace, round_: Round | None) -> set[str]:
    """The rounds of the same notice whose papers stay what they are."""
    if round_ is None:
        return set()
    rounds = overview.rounds(ws, round_.notice_id)
    return {item.id for item in rounds if item.state is RoundState.FROZEN}


def ended(outcome: Outcome, *, stopped: bool) -> str:
    """How the export ended, in words."""
    if stopped:
        return "已停止，没有写完的文件不留。"
    if not outcome.failures:
        remarks = dict.fromkeys(item.remark for item in outcome.made if item.remark)
        return "\n".join(("已导出到上面的文件夹。", *remarks))
    return f"{len(outcome.failures)} 项没有导出成功。" if outcome.made else "没有导出成功。"
