"""Rows of 收件: files of the tray, entries a file would change, paragraphs to be assigned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hs_credit_desktop.domain.reading import FileKind
from hs_credit_desktop.domain.returns import PART_LABELS, FeedbackParts
from hs_credit_desktop.domain.revision import Mode
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.look import EntryPlan, Look
from hs_credit_desktop.store.staging import Outcome, Proposal
from hs_credit_desktop.ui.models.rows import LAST, NOTHING, Cell, Column

# The word of the 处理 column → (icon, ink, style).
WORD_SIGNS = {
    "可接收": ("checkmark_circle", "ok", "filled"),
    "待确认": ("question_circle", "hold", "regular"),
    "重报": ("arrow_sync", "accent", "filled"),
    "往轮": ("history", "warn", "regular"),
    "需拆分": ("split_horizontal", "warn", "regular"),
    "需录入": ("edit", "warn", "regular"),
    "无关": ("subtract_circle", "text3", "regular"),
    Outcome.ACCEPTED.label: ("checkmark_circle", "ok", "filled"),
    Outcome.REFUSED.label: ("dismiss_circle", "bad", "regular"),
    Outcome.OTHER.label: ("subtract_circle", "text3", "regular"),
}
_OUTCOMES = tuple(Outcome)
_FILE_ICONS = {FileKind.MAIL: "mail", FileKind.WORKBOOK: "document_text"}


@dataclass(frozen=True)
class TrayRow:
    """A file of the tray."""

    look: Look

    @property
    def id(self) -> str:
        """The staged item's id."""
        return self.look.item.id


def sign_of(look: Look) -> tuple[str, str, str]:
    """Icon, ink and style of what is to be done with a file."""
    return WORD_SIGNS.get(look.word, WORD_SIGNS["待确认"])


def _file(row: TrayRow) -> Cell:
    icon = _FILE_ICONS.get(row.look.item.reading.kind, "document")
    return Cell(row.look.item.name, row.look.item.name, icon=(icon, "text2", "regular"))


def _unit(row: TrayRow) -> Cell:
    expected = row.look.expected
    if expected is None:
        return Cell(NOTHING, LAST, ink="text3")
    return Cell(expected.unit_name, f"{expected.ordinal:04}")


def _how(row: TrayRow) -> Cell:
    how = row.look.item.how
    return Cell(how.label if how else "未识别", how.value if how else LAST, ink="text2")


def _what(row: TrayRow) -> Cell:
    icon = sign_of(row.look)
    place = _OUTCOMES.index(row.look.item.outcome)
    return Cell(row.look.word, f"{place}{row.look.word}", ink=icon[1], icon=icon)


def _entries(row: TrayRow) -> Cell:
    look = row.look
    if look.item.outcome is not Outcome.STAGED or not look.plans or look.expected is None:
        return Cell(NOTHING, LAST, ink="text3")
    count, whole = look.answered, len(look.plans)
    if look.proposal is Proposal.REFUSE:
        return Cell(NOTHING, LAST, ink="text3")
    return Cell(f"{count}/{whole}", f"{count:04}", ink="warn" if count < whole else "text2")


TRAY_COLUMNS: tuple[Column[TrayRow], ...] = (
    Column("文件", _file, 206),
    Column("识别为", _unit, 116),
    Column("依据", _how, 72, "怎样认出是哪家单位的"),
    Column("处理", _what, 92),
    Column("条目", _entries, 0, "填写了内容的条数／文件里的条数"),
)


@dataclass(frozen=True)
class PlanRow:
    """An entry that a file answers, under the way of taking it in."""

    plan: EntryPlan
    mode: Mode

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.plan.entry.id

    @property
    def blank(self) -> bool:
        """Whether the entry will say nothing."""
        return self.plan.result(self.mode).blank


def _number(row: PlanRow) -> Cell:
    number = row.plan.entry.measure_number
    return Cell(f"（{chinese_number(number)}）", number)


def _measure(row: PlanRow) -> Cell:
    return Cell(row.plan.entry.measure_title, row.plan.entry.measure_title)


def _completion(row: PlanRow) -> Cell:
    level = row.plan.result(row.mode).completion
    return Cell(level.label if level else "", level.value if level else LAST)


def _progress(row: PlanRow) -> Cell:
    return _words(row.plan.result(row.mode))


def _words(parts: FeedbackParts) -> Cell:
    if parts.blank:
        return Cell("（空白）", LAST, ink="warn")
    said = next(text for text in parts.texts if text.strip())
    return Cell(" ".join(said.split()), said)


def _change(row: PlanRow) -> Cell:
    """新填, 改 2 项, 不变: what taking the file in does to the entry."""
    changed = row.plan.changed(row.mode)
    if not changed:
        return Cell("不变", 2, ink="text3")
    if row.plan.old.blank:
        return Cell("新填", 0, ink="ok")
    names = "、".join(PART_LABELS.get(name, "完成情况") for name in changed)
    return Cell(f"改 {len(changed)} 项", f"1{names}", ink="accent")


def _old(row: PlanRow) -> Cell:
    return replace(_differing(row, row.plan.old), ink="text2")


def _new(row: PlanRow) -> Cell:
    return _differing(row, row.plan.result(row.mode))


def _differing(row: PlanRow, parts: FeedbackParts) -> Cell:
    """The first text that differs, so that old and new stand beside each other."""
    for name in row.plan.changed(row.mode):
        if name in PART_LABELS:
            text = " ".join(getattr(parts, name).split())
            return Cell(text or "（空白）", text)
    return _words(parts)


_FIRST = (
    Column("序号", _number, 84),
    Column("措施", _measure, 146),
)
NEW_COLUMNS: tuple[Column[PlanRow], ...] = (
    *_FIRST,
    Column("完成情况", _completion, 76),
    Column("进展情况", _progress, 0),
)
AGAIN_COLUMNS: tuple[Column[PlanRow], ...] = (
    *_FIRST,
    Column("变化", _change, 76),
    Column("原来", _old, 160),
    Column("登记后", _new, 0),
)


@dataclass(frozen=True)
class PieceRow:
    """A row or paragraph of a file, and the measure it is given to."""

    at: int
    where: str
    text: str
    measure: int | None
    title: str

    @property
    def id(self) -> str:
        """Its place in the file, from 0."""
        return str(self.at)


def pieces(look: Look, titles: dict[int, str]) -> list[PieceRow]:
    """The paragraphs of a free report, or the rows of a table, with their measures.

    titles: number → title of the measures of the notice.
    """
    reading = look.item.reading
    if reading.rows:
        said = [(row.where, f"{row.title}　{''.join(row.parts.texts)}") for row in reading.rows]
    else:
        said = [(f"第 {at} 段", text) for at, text in enumerate(reading.paragraphs, 1)]
    return [
        PieceRow(at, where, " ".join(text.split()), number, titles.get(number or 0, ""))
        for at, ((where, text), number) in enumerate(zip(said, look.item.assigned, strict=False))
    ]


def _given(row: PieceRow) -> Cell:
    if row.measure is None:
        return Cell("不归入", 999, ink="text3")
    return Cell(f"（{chinese_number(row.measure)}）{row.title}", row.measure)


PIECE_COLUMNS: tuple[Column[PieceRow], ...] = (
    Column("位置", lambda row: Cell(row.where, row.at, ink="text2"), 110),
    Column("归入措施", _given, 190),
    Column("文字", lambda row: Cell(row.text, row.text), 0),
)


def tray_order(looks: Sequence[Look], key: Callable[[Look], bool]) -> list[TrayRow]:
    """The files to be listed, in the order they came."""
    return [TrayRow(look) for look in looks if key(look)]
