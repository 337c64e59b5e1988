"""历年对照 as PDF and Word, and the words its cells say on screen and on paper."""

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.returns import Entry, labelled
from hs_credit_desktop.domain.years import TotalLine
from hs_credit_desktop.services import years
from hs_credit_desktop.services.export import ExportedFile, Progress, publish
from hs_credit_desktop.services.integrity import trust
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.services.years import MeasureYears, UnitStop

if TYPE_CHECKING:
    from hs_credit_desktop.reports.content import Document

NOTHING = "—"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')


def state_words(entry: Entry | None) -> str:
    """未报; 通过 · 基本完成; 免报; — where the unit was not expected."""
    if entry is None:
        return NOTHING
    if entry.exempt:
        return "免报"
    said = entry.parts.completion
    return f"{entry.lamp_state.label} · {said.label}" if said else entry.lamp_state.label


def change_words(line: TotalLine) -> str:
    """+12.5%, −5.6%, 持平; — when there is nothing to compare with."""
    if line.change is None:
        return NOTHING
    share = line.change.quantize(Decimal("0.1"))
    if not line.change:
        return "持平"
    return f"{'+' if share > 0 else '−'}{abs(share)}%"


def total_words(line: TotalLine) -> tuple[str, ...]:
    """What is counted, its value in each round, the change."""
    values = (one.printed if one else NOTHING for one in line.values)
    return (line.label or f"（{line.unit or '数字'}）", *values, change_words(line))


def unit_words(row: UnitStop) -> tuple[str, ...]:
    """A round of a unit: name, due date, timing, first receipt, review, entries, back, chased."""
    due = row.stop.round.due_on.isoformat()
    item, record = row.expected, row.record
    if item is None:
        return (row.stop.name, due, "不在名单", *[NOTHING] * 5)
    came = item.first_received_on
    counts = (record.sent_back, record.chased) if record else (0, item.chases)
    return (
        row.stop.name,
        due,
        row.timing,
        came.isoformat() if came else NOTHING,
        item.state.label,
        f"{item.covered}／{item.entries}",
        *map(str, counts),
    )


def unit_summary(rows: tuple[UnitStop, ...]) -> str:
    """The counts of a unit over all rounds in one sentence."""
    whole = years.summed(rows)
    if whole is None:
        return "各轮都不在应报名单里。"
    return (
        f"应报 {whole.expected} 次，按时 {whole.on_time} 次，逾期报送 {whole.late} 次，"
        f"未报 {whole.missing} 次，退回补报 {whole.sent_back} 次，催报 {whole.chased} 次。"
    )


def write_measure(
    ws: Workspace, measure_id: str, folder: Path, progress: Progress | None = None
) -> tuple[ExportedFile, ...]:
    """Write a measure over the years as PDF and Word; errors as in services.export."""
    trust(ws)
    found = years.measure_years(ws, measure_id)
    return _write(ws, measure_document(ws, found), found.label, folder, progress)


def write_unit(
    ws: Workspace, unit_id: str, name: str, folder: Path, progress: Progress | None = None
) -> tuple[ExportedFile, ...]:
    """Write a unit over the years as PDF and Word; errors as in services.export."""
    trust(ws)
    return _write(ws, unit_document(ws, unit_id, name), name, folder, progress)


def _write(
    ws: Workspace, document: "Document", name: str, folder: Path, progress: Progress | None
) -> tuple[ExportedFile, ...]:
    called = _NOT_IN_NAMES.sub("", f"历年对照_{name}_{ws.today:%Y%m%d}")
    return publish(document, folder, called, sealed=False, progress=progress)


def measure_document(ws: Workspace, found: MeasureYears) -> "Document":
    """The paper of a measure: its notices, states by unit and round, totals, texts."""
    from hs_credit_desktop.reports import years as paper

    names = [stop.name for stop in found.stops]
    return paper.measure_paper(
        title=f"历年对照：{found.label}",
        bound=[item.words for item in found.measures],
        rounds=names,
        states=[(line.name, *map(state_words, line.entries)) for line in found.lines],
        totals=[(line.name, *total_words(one)) for line in found.lines for one in line.totals],
        texts=[
            paper.UnitTexts(line.name, said)
            for line in found.lines
            if (said := tuple(_said(names, line.entries)))
        ],
        notice=practice_notice(ws),
    )


def _said(names: list[str], entries: tuple[Entry | None, ...]) -> list[tuple[str, str]]:
    """(round, what the unit said) where it said anything."""
    return [
        (name, "".join(f"【{label}】{text}" for label, text in labelled(entry.parts)))
        for name, entry in zip(names, entries, strict=True)
        if entry is not None and not entry.parts.blank
    ]


def unit_document(ws: Workspace, unit_id: str, name: str) -> "Document":
    """The paper of a unit: a row for each round, and the sum."""
    from hs_credit_desktop.reports import years as paper

    rows = years.unit_years(ws, unit_id)
    return paper.unit_paper(
        title=f"历年对照：{name}",
        summary=unit_summary(rows).replace(" ", ""),  # papers set no blanks beside figures
        rows=[unit_words(row) for row in rows],
        notice=practice_notice(ws),
    )


def practice_notice(ws: Workspace) -> str:
    """What practice papers say on every page, '' for others."""
    from hs_credit_desktop.reports.execution import PRACTICE_NOTICE

    return PRACTICE_NOTICE if ws.practice else ""
