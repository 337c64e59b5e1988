"""Writing papers: each as PDF and Word, the ledger as Excel; noted with number and seal state."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
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
from hs_credit_desktop.services.paper_setup import setup
from hs_credit_desktop.services.papers import Paper
from hs_credit_desktop.services.papers_register import PAPERS_CHANGED
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import audit
from hs_credit_desktop.store import papers as store
from hs_credit_desktop.store.ledger import new_id

# The papers of a round in the order of 导出; receipts are made where returns are taken in.
OF_ROUND = tuple(kind for kind in PaperKind if kind is not PaperKind.RECEIPT)
NUMBERED = (PaperKind.REPORT, PaperKind.CHASE_LETTER, PaperKind.CIRCULAR)
FORMATS = {PaperKind.LEDGER: "Excel"}
USUAL_FORMAT = "PDF、Word"
# What is done with papers and packages changes nothing that a paper says.
_ABOUT_PAPERS = frozenset(
    {
        *("导出文书", "用印登记", "用印登记作废", "存入盖章扫描件", "移除盖章扫描件"),
        *("存入印章图", "移除印章图", "纸质盖章件", "制作交接包", "制作反馈表", "重建查找索引"),
        *("封存", "解封"),  # what was exported is what was frozen
    }
)


def write(
    ws: Workspace, paper: Paper, folder: Path, progress: Progress | None = None
) -> tuple[ExportedFile, ...]:
    """Write a paper as PDF and Word; errors and progress as in services.export."""
    files = publish(
        paper.document,
        folder,
        paper.name,
        sealed=paper.kind.sealed,
        progress=progress,
        page=setup(ws),
    )
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

    number: printed on a letter, circular or report. UserError when there is nothing to write about.
    """
    trust(ws)
    if kind is PaperKind.REPORT:
        files = export(ws, round_, folder, (REPORT, WORD), progress, number=number)
        return tuple(replace(file, kind=kind.value) for file in files)
    if kind is PaperKind.LEDGER:
        return export(ws, round_, folder, (LEDGER,), progress)
    if kind is PaperKind.RETURN_NOTICE:
        return _notices(ws, round_, folder, progress)
    return write(ws, _MAKERS[kind](ws, round_, number), folder, progress)


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
        made += write(ws, papers.return_notice(ws, item.expected_return_id), folder, progress)
    return tuple(made)


def chase_papers(
    ws: Workspace, round_: Round, folder: Path, progress: Progress | None = None
) -> tuple[ExportedFile, ...]:
    """What `chase` writes: the missing list and the chase letter; nothing when all have reported.

    The letter's PDF and Word first, then those of the list.
    """
    if not chasing.missing(ws, round_):
        return ()
    made = write(ws, papers.chase_letter(ws, round_), folder, progress)
    return (*made, *write(ws, papers.missing_list(ws, round_), folder, progress))


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
    return tuple(
        PaperState(
            kind,
            FORMATS.get(kind, USUAL_FORMAT),
            _last([item for item in made if item.kind is kind]),
            papers_register.number_of(ws, round_, kind),
            tuple(line for line in seals if line.kind == kind.value),
        )
        for kind in OF_ROUND
    )


@dataclass(frozen=True)
class Former:
    """A file as it was last written in an earlier session, and what has become of it.

    changed: it is there, but is not the one that was written; missing: it is not in the folder.
    """

    published: Published
    path: Path
    changed: bool
    missing: bool

    @property
    def words(self) -> str:
        """What the clerk may do with it."""
        if self.missing:
            return "文件不在这个文件夹里，要看请重新导出"
        return "导出后文件被改过，不再是台账记下的那一份" if self.changed else ""

    @property
    def file(self) -> ExportedFile:
        """As an export gives it; its layout is measured again when it is shown."""
        made = self.published
        return ExportedFile(self.path, made.kind.value, made.pages, made.sha256)


def former(ws: Workspace, round_: Round, folder: Path) -> tuple[Former, ...]:
    """The files of the newest export of each kind, by kind, the PDF first.

    folder: where exports go; the ledger keeps no path, it may lie elsewhere on the other PC.
    """
    newest: dict[tuple[PaperKind, str], Published] = {}
    for made in sorted(store.published(ws.ledger, round_.id), key=lambda one: one.published_at):
        newest[made.kind, Path(made.name).suffix] = made
    order = {kind: at for at, kind in enumerate(PaperKind)}
    found = sorted(newest.values(), key=lambda one: (order[one.kind], one.pages is None))
    return tuple(_former(made, folder / made.name) for made in found)


def _former(made: Published, path: Path) -> Former:
    try:
        same = hashlib.sha256(path.read_bytes()).hexdigest() == made.sha256
    except OSError:
        return Former(made, path, changed=False, missing=True)
    return Former(made, path, changed=not same, missing=False)


def changed_since(ws: Workspace, made: Published) -> bool:
    """Whether anything a paper says may have changed since it was written, by the log."""
    return any(
        line.action not in _ABOUT_PAPERS and datetime.fromisoformat(line.at) > made.published_at
        for line in audit.lines(ws.ledger)
    )


def _last(made: Sequence[Published]) -> Published | None:
    """The newest; of files written together the PDF, which has pages."""
    if not made:
        return None
    return max(made, key=lambda item: (item.published_at, item.pages is not None))
