"""The figure ledger of a round: its lines, what the clerk said, sums, where a figure is from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from hs_credit_desktop.domain.figure_ledger import (
    FigureKey,
    FigureLine,
    Mark,
    MarkState,
    lines,
)
from hs_credit_desktop.domain.returns import Channel, Entry
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview, undo
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import figure_marks, files
from hs_credit_desktop.store.lists import EntryQuery

FIGURES = Changes(figures=True)


def figure_lines(
    ws: Workspace, round_: Round, query: EntryQuery | None = None
) -> tuple[FigureLine, ...]:
    """Every figure of the round's current feedback, or of the entries of `query`, in order."""
    marks = figure_marks.of_round(ws.ledger, round_.id)
    entries = overview.entries(ws, round_, query)
    return tuple(lines(entries, _before(ws, round_), marks))


def _before(ws: Workspace, round_: Round) -> dict[tuple[str, str], Entry]:
    """(unit id, measure id) → the entry of the round before this one; empty for the first."""
    earlier = [one for one in overview.rounds(ws, round_.notice_id) if one.number < round_.number]
    if not earlier:
        return {}
    return {(one.unit_id, one.measure_id): one for one in overview.entries(ws, earlier[-1])}


def mark(
    ws: Workspace,
    round_: Round,
    chosen: Sequence[FigureLine],
    state: MarkState,
    note: str = "",
) -> Changes:
    """Say that figures are confirmed, doubted or no results; undo says again what was said before.

    UserError in a frozen round, or for a doubt without a note.
    """
    if round_.state is RoundState.FROZEN:
        raise UserError(f"{round_.name}已封存，数字的核对没有改动", "如需更正，请先解封。")
    if state is MarkState.DOUBTED and not note.strip():
        raise UserError("没有写疑问在哪里，没有改动", "请写一句，例如“与上轮口径不一致”。")
    before = [(line, line.mark) for line in chosen]
    after = [(line, Mark(state, note.strip())) for line in chosen]
    _write(ws, round_, after)
    label = f"{len(chosen)} 个数字标为{state.label}"
    undo.push(ws, label, *(partial(_again, round_=round_, said=said) for said in (before, after)))
    return FIGURES


def _again(ws: Workspace, *, round_: Round, said: list[tuple[FigureLine, Mark]]) -> Changes:
    _write(ws, round_, said)
    return FIGURES


def _write(ws: Workspace, round_: Round, said: Sequence[tuple[FigureLine, Mark]]) -> None:
    at = ws.clock.now().isoformat()
    detail = {"figures": [[line.key.entry_id, line.figure.printed, it.state] for line, it in said]}
    with ws.change("核对数字", round_.name, detail):
        for line, one in said:
            made = Mark(one.state, one.note, ws.actor, at)
            figure_marks.put(ws.ledger, line.key, line.figure.printed, made)


@dataclass(frozen=True)
class Origin:
    """Where a figure comes from (这个数从哪来).

    steps: (what, words) from the sentence back to the original. sha256, name: the original file,
    '' when the text was typed.
    """

    steps: tuple[tuple[str, str], ...]
    sha256: str = ""
    name: str = ""


def origin(ws: Workspace, round_: Round, key: FigureKey) -> Origin:
    """From a figure back to the cell or line of the original file, or to who typed it and when."""
    from hs_credit_desktop.files.locate import locate

    entry = overview.entry_detail(ws, key.entry_id).entry
    place = f"{entry.unit_name}（{chinese_number(entry.measure_number)}）{entry.measure_title}"
    steps = [("句子", key.sentence), ("反馈", f"{round_.name} · {place}")]
    version = ws.ledger.query(
        "SELECT v.id, v.version, v.received_on, v.channel, f.saved_at FROM feedback f"
        " JOIN returns v ON v.id = f.return_id WHERE f.id = ?",
        entry.feedback_id,
    )[0]
    came = f"第 {version['version']} 版，{version['received_on']} 收到"
    steps.append(("报送件", f"{came}，{Channel(version['channel']).label}"))
    kept = files.originals_of(ws.ledger, version["id"])
    if not kept:
        moment = str(version["saved_at"])[:16].replace("T", " ")
        return Origin((*steps, ("录入", f"{moment} 直接录入，没有来件")))
    for one in kept:
        path = files.path_of(ws.ledger, one.sha256)
        if path.is_file() and (found := locate(one.name, path.read_bytes(), key.sentence)):
            return Origin((*steps, ("原件", f"“{one.name}”{found}")), one.sha256, one.name)
    words = f"“{kept[0].name}”（没有找到这一句，请打开原件对照）"
    return Origin((*steps, ("原件", words)), kept[0].sha256, kept[0].name)
