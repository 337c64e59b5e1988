"""Publishing a round: report and ledger workbook, each whole under its name or not there at all."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.notice import Measure
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.returns import Entry
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.domain.summary import (
    MeasureFacts,
    PillarFacts,
    RoundFacts,
    UnitEntry,
    ordered,
)
from hs_credit_desktop.services import composing_report, office, overview, papers_register
from hs_credit_desktop.services.integrity import trust
from hs_credit_desktop.services.paper_setup import PaperSetup, setup
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import notices, units
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.whole_files import whole_file

if TYPE_CHECKING:
    # The libraries behind these cost a third of a second: they load when something is exported.
    from hs_credit_desktop.reports.content import Document
    from hs_credit_desktop.reports.layout_check import LayoutFinding

REPORT, WORD, LEDGER, SUMMARY = "report", "word", "ledger", "summary"
KINDS = {
    REPORT: "执行情况报告",
    WORD: "执行情况报告",
    LEDGER: "信用任务台账",
    SUMMARY: "盖章汇总表",
}
_ENDINGS = {REPORT: ".pdf", WORD: ".docx", LEDGER: ".xlsx", SUMMARY: ".pdf"}
_WORD_PARTS = 12
USUAL = PaperSetup()
Progress = Callable[[int, int, str], None]
_Made = tuple[int | None, tuple["LayoutFinding", ...]]  # pages, findings


@dataclass(frozen=True)
class ExportedFile:
    """A finished file. pages: of a report, else None; layout_check: the rules measured in it.

    remark: what of the report is not composed yet, "" when all of it or nothing is.
    """

    path: Path
    kind: str
    pages: int | None
    sha256: str
    layout_check: tuple["LayoutFinding", ...] = ()
    remark: str = ""


def export(
    ws: Workspace,
    round_: Round,
    out_dir: Path,
    kinds: Collection[str],
    progress: Progress | None = None,
    number: str = "",
) -> tuple[ExportedFile, ...]:
    """Write the papers of `kinds` (keys of KINDS) for a round into a folder.

    number: on the report, the registered one if not said.

    progress(done, total, label) is told each page and sheet and may raise to cancel: then no file
    is left behind. UserError when the folder or a file cannot be written; an older file of that
    name stays as it was, and when the ledger is damaged.
    """
    trust(ws)
    facts, page = gather(ws, round_), setup(ws)
    facts = replace(facts, number=number or facts.number)
    told = progress or _nobody
    return tuple(_write(kind, facts, out_dir, told, page) for kind in KINDS if kind in kinds)


def publish(
    document: "Document",
    folder: Path,
    name: str,
    *,
    sealed: bool = True,
    progress: Progress | None = None,
    page: PaperSetup = USUAL,
) -> tuple[ExportedFile, ...]:
    """Write any paper of the document model as `name`.pdf and `name`.docx into a folder.

    sealed: an ink seal follows, so its place is checked. page: the office's red head and page.
    Errors and progress as in `export`.
    """
    told = progress or _nobody
    with whole_file(folder / f"{name}.pdf") as draft:
        pages, findings = _pdf(document, name, draft, told, page, sealed=sealed)
        report = ExportedFile(folder / f"{name}.pdf", REPORT, pages, _sha256(draft), findings)
    with whole_file(folder / f"{name}.docx") as draft:
        _docx(document, name, draft, told, page)
        word = ExportedFile(folder / f"{name}.docx", WORD, None, _sha256(draft))
    return report, word


def _nobody(_done: int, _total: int, _label: str) -> None:
    """Progress that nobody watches."""


def gather(ws: Workspace, round_: Round) -> RoundFacts:
    """All facts of a round that reports and workbooks are made of."""
    notice = next(item for item in notices.notices(ws.ledger) if item.id == round_.notice_id)
    expected = overview.expected_returns(ws, round_)
    exempt = overview.expected_returns(ws, round_, Status.EXEMPT)
    facts = RoundFacts(
        notice=notice,
        round=round_,
        today=ws.today,
        figures=overview.figures(ws, round_),
        pillars=_pillars(ws, round_),
        returns=tuple(sorted((*expected, *exempt), key=lambda item: item.ordinal)),
        issuer=office.office(ws)["office_name"] or notice.issuer or "",
        open_doubts=overview.open_doubts(ws, notice.id),
        practice=ws.practice,
        number=papers_register.number_of(ws, round_, PaperKind.REPORT),
    )
    return replace(facts, composed=composing_report.composed(ws, facts))


def _pillars(ws: Workspace, round_: Round) -> tuple[PillarFacts, ...]:
    members = Members.of(ws)
    by_measure: dict[str, list[Entry]] = {}
    for entry in overview.entries(ws, round_, EntryQuery(round_.id, status=Status.EXPECTED)):
        by_measure.setdefault(entry.measure_id, []).append(entry)
    return tuple(
        PillarFacts(
            node.pillar,
            tuple(
                _measure(inner.measure, by_measure.get(inner.measure.id, ()), members)
                for inner in node.measures
            ),
        )
        for node in overview.tree(ws, round_)
    )


@dataclass(frozen=True)
class Members:
    """Group id → its name as printed, and the ids of its units."""

    names: dict[str, str]
    units: dict[str, frozenset[str]]

    @classmethod
    def of(cls, ws: Workspace) -> "Members":
        """The groups of the register as they are now."""
        groups = units.groups(ws.ledger)
        return cls(
            {group.id: group.name for group in groups},
            {group.id: frozenset(group.member_ids) for group in groups},
        )

    def of_measure(self, measure: Measure) -> frozenset[str]:
        """The units that are responsible for a measure only through a group."""
        through = (duty.group_id for duty in measure.responsibilities if duty.group_id)
        named = {duty.unit_id for duty in measure.responsibilities}
        return frozenset().union(*(self.units[one] for one in through)) - named

    def group_of(self, measure: Measure, unit_id: str) -> str | None:
        """The group through which a unit is responsible; None when it is named itself."""
        duties = measure.responsibilities
        if any(duty.unit_id == unit_id for duty in duties):
            return None
        through = (duty.group_id for duty in duties if duty.group_id)
        return next((self.names[one] for one in through if unit_id in self.units[one]), None)


def _measure(measure: Measure, entries: Sequence[Entry], members: Members) -> MeasureFacts:
    found = [UnitEntry(item, members.group_of(measure, item.unit_id)) for item in entries]
    return MeasureFacts(measure, ordered(found))


def _write(
    kind: str, facts: RoundFacts, folder: Path, told: Progress, page: PaperSetup
) -> ExportedFile:
    name = f"{KINDS[kind]}_{facts.round.name}_{facts.today:%Y%m%d}{_ENDINGS[kind]}"
    target = folder / name
    writers = {REPORT: _report, WORD: _word, LEDGER: _ledger, SUMMARY: _summary}
    with whole_file(target) as draft:
        made = writers[kind](facts, draft, told, page)
        sha256 = _sha256(draft)
    pages, findings = made
    remark = composing_report.missing_words(facts) if kind in (REPORT, WORD) else ""
    return ExportedFile(target, kind, pages, sha256, findings, remark)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _report(facts: RoundFacts, draft: Path, told: Progress, page: PaperSetup) -> _Made:
    from hs_credit_desktop.reports.execution import execution_report

    return _pdf(execution_report(facts), KINDS[REPORT], draft, told, page)


def _summary(facts: RoundFacts, draft: Path, told: Progress, page: PaperSetup) -> _Made:
    from hs_credit_desktop.reports.stamped import stamped_summary

    return _pdf(stamped_summary(facts), KINDS[SUMMARY], draft, told, page)


def _pdf(
    document: "Document",
    label: str,
    draft: Path,
    told: Progress,
    page: PaperSetup,
    *,
    sealed: bool = True,
) -> _Made:
    from hs_credit_desktop.reports.layout_check import check_layout
    from hs_credit_desktop.reports.pdf import render_pdf

    told(0, 0, f"正在排版{label}")
    pages = render_pdf(
        page.on(document), draft, page.layout, lambda at: told(at, 0, f"{label}第 {at} 页")
    )
    told(pages, pages, "正在检查版式")
    return pages, check_layout(draft, page.layout, sealed=sealed)


def _word(facts: RoundFacts, draft: Path, told: Progress, page: PaperSetup) -> _Made:
    from hs_credit_desktop.reports.execution import execution_report

    _docx(execution_report(facts), KINDS[WORD], draft, told, page)
    return None, ()


def _docx(document: "Document", label: str, draft: Path, told: Progress, page: PaperSetup) -> None:
    from hs_credit_desktop.reports.docx import render_docx

    done = count(1)
    render_docx(
        page.on(document),
        draft,
        page.layout,
        on_part=lambda _: told(next(done), _WORD_PARTS, f"{label}（Word）"),
    )


def _ledger(facts: RoundFacts, draft: Path, told: Progress, _page: PaperSetup) -> _Made:
    from hs_credit_desktop.reports.sheets import ledger_sheets, workbook_title
    from hs_credit_desktop.reports.xlsx import render_xlsx

    sheets = ledger_sheets(facts)
    done = count(1)
    render_xlsx(
        sheets,
        draft,
        workbook_title(facts),
        lambda name: told(next(done), len(sheets), f"{KINDS[LEDGER]}：{name}"),
        made_on=facts.today,
    )
    return None, ()
