"""The figure ledger over a ledger: marks, undo, frozen rounds, and the way back to the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.figure_ledger import MarkState, sums
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.form_xlsx import write_form
from hs_credit_desktop.services import (
    figure_ledger,
    forms,
    freezing,
    inbox,
    integrity,
    overview,
    receiving,
    undo,
)
from hs_credit_desktop.store import files
from tests.ledgers import entry, expected, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

SAID = "累计归集信息12.6万条。本轮办案30件。"


def test_what_the_clerk_says_is_kept_and_can_be_taken_back(ws: Workspace) -> None:
    record(ws, "市数据局", 1, SAID)
    round_ = round_number(ws)
    found = figure_ledger.figure_lines(ws, round_)
    assert [line.figure.printed for line in found] == ["12.6万条", "30件"]
    figure_ledger.mark(ws, round_, found[:1], MarkState.CONFIRMED)

    def states() -> list[MarkState]:
        return [line.mark.state for line in figure_ledger.figure_lines(ws, round_)]

    assert states() == [MarkState.CONFIRMED, MarkState.OPEN]
    now = figure_ledger.figure_lines(ws, round_)
    figure_ledger.mark(ws, round_, now, MarkState.DOUBTED, "口径与上轮不同")
    assert states() == [MarkState.DOUBTED] * 2
    assert undo.next_undo(ws) == "2 个数字标为有疑问"
    undo.undo(ws)
    assert states() == [MarkState.CONFIRMED, MarkState.OPEN]
    undo.redo(ws)
    assert states() == [MarkState.DOUBTED] * 2
    assert figure_ledger.figure_lines(ws, round_)[0].mark.note == "口径与上轮不同"
    assert integrity.check(ws) == []


def test_a_doubt_needs_words_and_a_frozen_round_stays(ws: Workspace) -> None:
    record(ws, "市数据局", 1, SAID)
    round_ = round_number(ws)
    found = figure_ledger.figure_lines(ws, round_)
    with pytest.raises(UserError, match="疑问"):
        figure_ledger.mark(ws, round_, found, MarkState.DOUBTED, " ")
    freezing.freeze(ws, round_)
    frozen = round_number(ws)
    with pytest.raises(UserError, match="已封存"):
        figure_ledger.mark(ws, frozen, found, MarkState.CONFIRMED)


def test_totals_are_compared_with_the_round_before(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "累计归集信息12.6万条。")
    record(ws, "市数据局", 1, "累计归集信息11.9万条。", number=2)
    second = round_number(ws, 2)
    found = figure_ledger.figure_lines(ws, second)
    [line] = found
    assert line.fell
    assert sums(found) == ()


def test_a_typed_figure_says_when_it_was_typed(ws: Workspace) -> None:
    record(ws, "市数据局", 1, SAID)
    round_ = round_number(ws)
    line = figure_ledger.figure_lines(ws, round_)[1]
    found = figure_ledger.origin(ws, round_, line.key)
    assert found.steps[0] == ("句子", "本轮办案30件。")
    assert found.steps[-1][0] == "录入"
    assert found.sha256 == ""


def test_a_figure_leads_to_the_cell_of_the_original(ws: Workspace, tmp_path: Path) -> None:
    round_, place = round_number(ws), expected(ws, "市数据局")
    number = entry(ws, "市数据局", 1).measure_number
    form = forms.form_of(ws, round_, place, {number: FeedbackParts("开会。" + SAID)})
    (tmp_path / "数据局.xlsx").write_bytes(write_form(form))
    batch = receiving.stage(ws, receiving.read_files([tmp_path / "数据局.xlsx"]), round_)
    inbox.accept(ws, batch.items[0].id)
    line = figure_ledger.figure_lines(ws, round_)[0]
    found = figure_ledger.origin(ws, round_, line.key)
    assert found.name == "数据局.xlsx"
    assert found.steps[-1] == ("原件", "“数据局.xlsx”工作表“反馈表”单元格 E5")
    assert overview.entry_detail(ws, line.key.entry_id).entry.unit_name in found.steps[1][1]
    files.path_of(ws.ledger, found.sha256).unlink()
    lost = figure_ledger.origin(ws, round_, line.key)
    assert "请打开原件对照" in lost.steps[-1][1]
