"""The report that came back from WPS or Word: compared with the ledger, taken over on request."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hs_credit_desktop.domain.composing import CHAPTERS, Cited
from hs_credit_desktop.domain.composing_changes import remap
from hs_credit_desktop.domain.composing_stale import known_keys
from hs_credit_desktop.domain.edited_report import (
    Difference,
    Finding,
    Line,
    compare,
    headings_found,
    put_in,
)
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.summary import RoundFacts
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.docx_text import docx_text
from hs_credit_desktop.services import composing
from hs_credit_desktop.services.composing_board import Board, NodeReader, board
from hs_credit_desktop.services.export import gather
from hs_credit_desktop.services.workspace import Changes, Workspace

LEAST_HEADINGS = 0.3  # of a file that is taken for the report at all
MOST_BYTES = 50 * 1024 * 1024
_TITLES = {title: node for node, title in CHAPTERS.items()}


@dataclass(frozen=True)
class Origin:
    """Where the ledger has a sentence from. unit "": the figures of the round; entry_id likewise.

    text: the words the unit wrote.
    """

    unit: str
    entry_id: str
    text: str


@dataclass(frozen=True)
class Compared:
    """A finding with what it goes back to, () where nothing in the ledger says it."""

    finding: Finding
    origins: tuple[Origin, ...]

    @property
    def can_take(self) -> bool:
        """Whether the paragraph of the file can become part of a draft."""
        return bool(self.finding.node and self.finding.edited_paragraph)


@dataclass(frozen=True)
class Comparison:
    """A whole file beside the ledger."""

    name: str
    items: tuple[Compared, ...]

    @property
    def figures(self) -> tuple[Compared, ...]:
        """The sentences whose figures no longer match the ledger."""
        return tuple(item for item in self.items if item.finding.kind is Difference.FIGURE)

    @property
    def numbers(self) -> int:
        """How many figures do not match."""
        return sum(len(item.finding.numbers) for item in self.figures)


def compare_report(ws: Workspace, round_: Round, path: Path) -> Comparison:
    """Compare an edited .docx with the report the ledger makes now; nothing is changed.

    UserError when the file cannot be read or is not the report of this round.
    """
    edited = docx_text(path.name, _read(path)).split("\n")
    facts = gather(ws, round_)
    report = tuple(_lines(facts))
    if headings_found(report, edited) < LEAST_HEADINGS:
        raise UserError(
            f"“{path.name}”不像{round_.name}的执行情况报告，没有核对",
            "请选择从“导出”页导出、再改过的 Word 报告；台账没有改动。",
        )
    shown = board(ws, round_)
    names = tuple(dict.fromkeys(source.unit for node in shown.nodes for source in node.sources))
    found = compare(report, edited, [name for name in names if name])
    return Comparison(path.name, tuple(Compared(item, _origins(shown, item)) for item in found))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(f"“{path.name}”超过 50 MB，没有核对", "请核对是否选错了文件。")
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{path.name}”读不出来，没有核对", "请先在 WPS 或 Word 里保存并关闭它，再试一次。"
        ) from error


def _lines(facts: RoundFacts) -> Iterator[Line]:
    """The report as the ledger makes it now, each line with the node it belongs to."""
    from hs_credit_desktop.reports.content import Heading, Table
    from hs_credit_desktop.reports.execution import execution_report

    document = execution_report(facts)
    measures = {item.measure.number: item.measure.id for item in facts.measures}
    yield Line("", "", document.title)
    chapter = node = where = ""
    for block in (one for one in document.blocks if not isinstance(one, Table)):
        if isinstance(block, Heading):
            if block.level == 1:
                chapter = node = _TITLES.get(block.text.partition("、")[2], "")
            elif block.level == 3 and not chapter:
                node = measures.get(int(block.text.partition(".")[0]), "")
            where = block.text
            yield Line(node, where, block.text, heading=True)
        else:
            for text in block.text.split("\n"):
                yield Line(node, where, text)
    yield from _tail(document.annex_lines, node, where)
    assert document.signature, "a report is signed"
    yield from _tail((document.signature.issuer, document.signature.date), node, where)
    for annex in document.annexes:
        yield Line("", annex.title, annex.title, heading=True)
        for table in (one for one in annex.blocks if isinstance(one, Table)):
            yield Line("", annex.title, "\t".join(one.title for one in table.columns))
            for row in table.rows:
                yield Line("", annex.title, "\t".join(row))


def _tail(texts: tuple[str, ...], node: str, where: str) -> Iterator[Line]:
    """Lines between the last chapter and the annexes: they stand under its heading."""
    return (Line(node, where, text) for text in texts)


def _origins(shown: Board, finding: Finding) -> tuple[Origin, ...]:
    """What the ledger's sentence goes back to."""
    if not finding.node or not finding.ledger:
        return ()
    node = shown.node(finding.node)
    cited: list[Cited] = []
    for sentence in remap(finding.ledger, node.draft, node.sources).sentences:
        cited += sentence.cited
    return tuple(Origin(one.unit, one.entry_id, one.text) for one in cited)


def take_over(ws: Workspace, round_: Round, finding: Finding) -> Changes:
    """Take the paragraph of the file into the draft of its node, as its next version.

    A node without a draft is composed first. The paragraph stands where the ledger's stood, a new
    one at the end. Sentences that are like no source are the office's own.
    """
    if not (finding.node and finding.edited_paragraph):
        raise UserError("这一处不在汇总稿里，没有采用", "请在台账里改正，再导出一次。")
    node = NodeReader(ws, round_).node(finding.node)
    draft = node.draft if node.saved else composing.first_draft(node)
    lines = draft.text.split("\n") if draft.text else []
    lines = put_in(lines, finding.ledger_paragraph, finding.edited_paragraph)
    known = node.saved.known if node.saved else known_keys(node.sources)
    edited = remap("\n".join(lines), draft, node.sources)
    return composing.save(ws, round_, node.id, edited, known=known)
