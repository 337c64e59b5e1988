"""Writing papers: each as PDF and Word, the ledger as Excel; noted with number and seal state."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hs_credit_desktop.domain.papers import PaperKind, Published, SealLine
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import chasing, papers, papers_register, papers_seal
from hs_credit_desktop.services.export import (
    LEDGER,
    REPORT,
    WORD,
    ExportedFile,
    Progress,
    export,
    gather,
    publish,
)
from hs_credit_desktop.services.integrity import trust
from hs_credit_desktop.services.papers import Paper
from hs_credit_desktop.services.papers_register import PAPERS_CHANGED
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import papers as store
from hs_credit_desktop.store.ledger import new_id

# The papers of a round in the order of 导出; receipts are made where returns are taken in.
OF_ROUND = tuple(kind for kind in PaperKind if kind is not PaperKind.RECEIPT)
NUMBERED = (PaperKind.CHASE_LETTER, PaperKind.CIRCULAR)
FORMATS = {PaperKind.LEDGER: "Excel"}
USUAL_FORMAT = "PDF、Word"


def write(paper: Paper, folder: Path, progress: Progress | None = None) -> tuple[ExportedFile, ...]:
    """Write a paper as PDF and Word; errors and progress as in services.export."""
    files = publish(paper.document, folder, paper.name, sealed=paper.kind.sealed, progress=progress)
    return tuple(replace(file, kind=paper.kind.value) for file in files)


def write_kind(
    ws: Workspace,
    round_: Round,
    kind: PaperKind,
    folder: Path,
    *,
    number: str = "",
    progress: Progress | None = None,
) -> tuple[ExportedFile, ...]:
    """Write one kind of paper of a round into a folder; notices of return: one for each unit.

    number: printed on a chase letter or circular. UserError when there is nothing to write about.
    """
    trust(ws)
    if kind is PaperKind.REPORT:
        files = export(ws, round_, folder, (REPORT, WORD), progress)
        return tuple(replace(file, kind=kind.value) for file in files)
    if kind is PaperKind.LEDGER:
        return export(ws, round_, folder, (LEDGER,), progress)
    if kind is PaperKind.RETURN_NOTICE:
        return _notices(ws, round_, folder, progress)
    return write(_MAKERS[kind](ws, round_, number), folder, progress)


def _summary(ws: Workspace, round_: Round, _number: str) -> Paper:
    from hs_credit_desktop.reports.stamped import stamped_summary

    name = papers.file_name(ws, PaperKind.SUMMARY, round_)
    return Paper(PaperKind.SUMMARY, name, stamped_summary(gather(ws, round_)))


_MAKERS: dict[PaperKind, Callable[[Workspace, Round, str], Paper]] = {
    PaperKind.SUMMARY: _summary,
    PaperKind.CHASE_LETTER: lambda ws, round_, number: papers.chase_letter(
        ws, round_, number=number
    ),
    PaperKind.MISSING_LIST: lambda ws, round_, _: papers.missing_list(ws, round_),
    PaperKind.ONE_PAGE_LIST: lambda ws, round_, _: papers.one_page_list(ws, round_),
    PaperKind.CIRCULAR: lambda ws, round_, number: papers.circular(ws, round_, number=number),
}


def _notices(
    ws: Workspace, round_: Round, folder: Path, progress: Progress | None
) -> tuple[ExportedFile, ...]:
    back = chasing.sent_back(ws, round_)
    if not back:
        raise UserError(f"{round_.name}没有退回补报的单位，不用通知", "没有生成文件。")
    made: list[ExportedFile] = []
    for item in back:
        made += write(papers.notice_of_return(ws, item.expected_return_id), folder, progress)
    return tuple(made)


def chase_papers(
    ws: Workspace, round_: Round, folder: Path, progress: Progress | None = None
) -> tuple[ExportedFile, ...]:
    """What `chase` writes: the missing list and the chase letter; nothing when all have reported.

    The letter's PDF and Word first, then those of the list.
    """
    if not chasing.missing(ws, round_):
        return ()
    made = write(papers.chase_letter(ws, round_), folder, progress)
    return (*made, *write(papers.missing_list(ws, round_), folder, progress))


def note(
    ws: Workspace, round_: Round, files: Iterable[ExportedFile], *, number: str = ""
) -> Changes:
    """Note what was written, with the number it carries."""
    made = tuple(files)
    names = "、".join(dict.fromkeys(PaperKind(file.kind).label for file in made))
    detail = {"files": [file.path.name for file in made], "number": number}
    with ws.change("导出文书", names, detail):
        for file in made:
            store.add_published(
                ws.ledger,
                Published(
                    new_id(),
                    round_.id,
                    PaperKind(file.kind),
                    file.path.name,
                    file.sha256,
                    file.pages,
                    number if PaperKind(file.kind) in NUMBERED else "",
                    ws.clock.now(),
                    ws.actor,
                ),
            )
    return PAPERS_CHANGED


@dataclass(frozen=True)
class PaperState:
    """A kind of paper of a round: its formats, last export, number, and how it was sealed.

    seals: lines of the seal log about it that stand, newest first.
    """

    kind: PaperKind
    formats: str
    last: Published | None
    number: str
    seals: tuple[SealLine, ...]

    @property
    def copies(self) -> int:
        """How many copies were sealed."""
        return sum(line.copies for line in self.seals)

    @property
    def scans(self) -> int:
        """How many scans of it are kept."""
        return sum(len(line.scans) for line in self.seals)


def states(ws: Workspace, round_: Round) -> tuple[PaperState, ...]:
    """Every kind of paper of a round, in the order of 导出."""
    made = store.published(ws.ledger, round_.id)
    seals = [line for line in papers_seal.lines(ws, round_.id) if line.voided_at is None]
    numbers = {
        line.kind: str(line.number)
        for line in papers_register.register(ws).lines
        if line.valid and line.round_id == round_.id
    }
    return tuple(
        PaperState(
            kind,
            FORMATS.get(kind, USUAL_FORMAT),
            _last([item for item in made if item.kind is kind]),
            numbers.get(kind.value, ""),
            tuple(line for line in seals if line.kind == kind.value),
        )
        for kind in OF_ROUND
    )


def number_of(ws: Workspace, round_: Round, kind: PaperKind) -> str:
    """The newest number registered for that paper of the round, '' for none."""
    return next((item.number for item in states(ws, round_) if item.kind is kind), "")


def _last(made: Sequence[Published]) -> Published | None:
    """The newest; of files written together the PDF, which has pages."""
    if not made:
        return None
    return max(made, key=lambda item: (item.published_at, item.pages is not None))
