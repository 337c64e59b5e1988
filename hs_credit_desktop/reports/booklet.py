"""The hand-over booklet (交接手册) for the next clerk: sections of sentences and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.summary import chinese_date
from hs_credit_desktop.reports.content import Block, Column, Document, Table, paragraph
from hs_credit_desktop.reports.years import numbered

NONE = "无。"
# Columns that hold names or sentences are wide, the others take what their words need.
_WIDTHS = {
    "序号": 2.6,
    "单位": 9.0,
    "通知": 8.0,
    "邮箱": 8.0,
    "备注": 7.0,
    "内容": 20.0,
    "原因": 16.0,
    "作用": 20.0,
    "另一个名称": 12.0,
    "按键": 11.0,
    "截止日期": 6.6,
}
_USUAL_WIDTH = 5.0
_CENTRED = ("序号", "截止日期", "状态", "应报", "已报", "未报", "退回")


@dataclass(frozen=True)
class Section:
    """A section: sentences, then a table (heads and rows); one without either says 无。"""

    title: str
    sentences: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What stands under its heading."""
        said: tuple[Block, ...] = tuple(paragraph(text) for text in self.sentences)
        if not self.rows:
            return said or (paragraph(NONE),)
        columns = tuple(
            Column(head, _WIDTHS.get(head, _USUAL_WIDTH), "center" if head in _CENTRED else "left")
            for head in self.heads
        )
        return (*said, Table(columns, self.rows, small=True))


def booklet(sections: Sequence[Section], *, office: str, day: date, notice: str = "") -> Document:
    """The booklet as a paper without seal."""
    title = "信用任务台账交接手册"
    opening = f"{office}的任务台账，{chinese_date(day)}的情况。各项都取自台账，可随时重新生成。"
    return Document(
        title=title,
        blocks=(
            paragraph(opening),
            *numbered([(section.title, section.blocks) for section in sections]),
        ),
        notice=notice,
        subject=title,
    )
