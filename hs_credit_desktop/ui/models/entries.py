"""Entries of a pillar, measure or unit as rows of the table."""

from dataclasses import dataclass

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.notice import Role as Duty
from hs_credit_desktop.domain.returns import Completion, Entry
from hs_credit_desktop.domain.text import chinese_number, excerpt
from hs_credit_desktop.store.entry_pages import By
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.models.rows import LAST, NOTHING, Cell, Column, lamp_cell, received_cell

SUMMARY_LENGTH = 80
_COMPLETION_ORDER = {level: place for place, level in enumerate(Completion)}


@dataclass(frozen=True)
class EntryRow:
    """An entry with its lamp; draft: there is text for it that was not saved."""

    entry: Entry
    lamp: Lamp
    draft: bool = False

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


def duty_words(entry: Entry) -> str:
    """牵头, 牵头（推定） or 配合."""
    duty = Duty(entry.role)
    return duty.label + ("（推定）" if entry.suggested and duty is Duty.LEAD else "")


def _unit(row: EntryRow) -> Cell:
    lead = row.entry.role == Duty.LEAD.value
    chip = ChipSign(duty_words(row.entry)) if lead else None
    return Cell(row.entry.unit_name, row.entry.unit_name, chip=chip)


def _measure(row: EntryRow) -> Cell:
    entry = row.entry
    lead = entry.role == Duty.LEAD.value
    return Cell(
        f"（{chinese_number(entry.measure_number)}）{entry.measure_title}",
        entry.measure_number,
        chip=ChipSign(duty_words(entry)) if lead else None,
    )


def _measure_number(row: EntryRow) -> Cell:
    number = row.entry.measure_number
    return Cell(f"（{chinese_number(number)}）", number, ink="text2")


def _completion(row: EntryRow) -> Cell:
    level = row.entry.parts.completion
    if level is None:
        return Cell(NOTHING, len(_COMPLETION_ORDER), ink="text3")
    return Cell(level.label, _COMPLETION_ORDER[level])


def _received(row: EntryRow) -> Cell:
    return received_cell(row.entry.received_on)


def _summary(row: EntryRow) -> Cell:
    draft = ChipSign("草稿", "warn") if row.draft else None
    entry = row.entry
    if entry.covered:
        words = next(text for text in entry.parts.texts if text.strip())
        return Cell(excerpt(words, SUMMARY_LENGTH), words[:SUMMARY_LENGTH], chip=draft)
    if entry.feedback_id or entry.first_received_on:
        blank = ChipSign("进展情况未填写", "warn", "warning")
        return Cell("", LAST, chip=draft or blank)
    return Cell("尚未收到反馈", LAST, chip=draft, ink="text3")


def entry_columns(*, unit: bool, measure: bool) -> tuple[Column[EntryRow], ...]:
    """Columns of a measure (unit), a unit (measure) or a pillar (both, the measure by number)."""
    heads: list[Column[EntryRow]] = []
    if measure:
        made = (
            Column("措施", _measure_number, 78, by=By.MEASURE)
            if unit
            else Column("措施", _measure, 296, by=By.MEASURE)
        )
        heads.append(made)
    if unit:
        heads.append(Column("责任单位", _unit, 190, by=By.UNIT))
    return (
        *heads,
        Column("状态", lambda row: lamp_cell(row.lamp), 96, by=By.STATE),
        Column("完成情况", _completion, 76, by=By.COMPLETION),
        Column("收到", _received, 60, by=By.RECEIVED),
        Column("进展摘要", _summary, 0, by=By.TEXT),
    )
