"""Papers beside letters: circular (通报), receipt slip (回执), one-page list (一页清单)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.chasing import Owing, UnitRecord
from hs_credit_desktop.domain.deadlines import Lamp, Thresholds, lamp
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Figures
from hs_credit_desktop.domain.summary import chinese_date, percent
from hs_credit_desktop.reports.content import (
    Annex,
    Block,
    Colophon,
    Column,
    Document,
    Head,
    Heading,
    Signature,
    Table,
    paragraph,
)


@dataclass(frozen=True)
class RoundLine:
    """A round as a circular counts it."""

    name: str
    due_on: date
    figures: Figures


_ROUND_COLUMNS = (
    Column("轮次", 4.8),
    Column("截止日期", 6.2, "center"),
    *(Column(title, 3.2, "center") for title in ("应报", "已报", "按时", "逾期\n报送", "未报")),
    *(Column(title, 4.4, "center") for title in ("报送率", "按时率")),
)
_RECORD_COLUMNS = (
    Column("序号", 2.8, "center"),
    Column("单位", 13.0),
    *(
        Column(title, 3.6, "center")
        for title in ("应报", "按时", "逾期\n报送", "未报", "退回\n补报")
    ),
)
_FOLLOWING = "请各单位按照任务分解通知要求，按期报送后续轮次执行情况。"


def circular(
    *,
    rounds: Sequence[RoundLine],
    records: Sequence[UnitRecord],
    issuer: str,
    day: date,
    cited: str = "",
    number: str = "",
    addressee: str = "各责任单位",
    copies_to: Sequence[str] = (),
    head: bool = True,
    notice: str = "",
) -> Document:
    """A circular on reporting (通报): figures by round and unit, in official order, no judgement.

    records: counts of each unit over all these rounds. cited: the notice as papers cite it. head:
    whether a red head stands on page one.
    """
    opening = f"根据{cited}要求，" if cited else ""
    names = "、".join(one.name for one in rounds)
    return Document(
        title=f"关于{names}任务执行情况报送情况的通报",
        blocks=(
            paragraph(f"{opening}现将{names}任务执行情况的报送情况通报如下。"),
            Heading(1, "一、总体情况"),
            *(paragraph(_round_words(one)) for one in rounds),
            Table(_ROUND_COLUMNS, tuple(map(_round_row, rounds)), small=True),
            Heading(1, "二、各单位情况"),
            *_record_paragraphs(records),
            paragraph(f"以上数据取自任务台账，截至{chinese_date(day)}。{_FOLLOWING}"),
        ),
        signature=Signature(issuer, chinese_date(day)),
        addressee=addressee,
        annexes=(Annex("各单位报送情况", (_record_table(records),)),),
        notice=notice,
        subject=f"{names}任务执行情况报送情况",
        keywords=(number, "通报"),
        head=Head(f"{issuer}文件", number) if head else None,
        colophon=Colophon(tuple(copies_to), issuer, chinese_date(day)),
    )


def _round_words(one: RoundLine) -> str:
    figures = one.figures
    return (
        f"{one.name}（{chinese_date(one.due_on)}前报送）应报{figures.expected}家，"
        f"已报{figures.received}家，报送率{percent(figures.rate)}；按时报送{figures.on_time}家，"
        f"按时率{percent(figures.on_time_rate)}；逾期报送{figures.late}家，未报{figures.missing}家。"
    )


def _round_row(one: RoundLine) -> tuple[str, ...]:
    figures = one.figures
    counts = (figures.expected, figures.received, figures.on_time, figures.late, figures.missing)
    rates = (percent(figures.rate), percent(figures.on_time_rate))
    return (one.name, one.due_on.isoformat(), *map(str, counts), *rates)


def _record_paragraphs(records: Sequence[UnitRecord]) -> tuple[Block, ...]:
    """Who was always on time, who was late or missing: names in official order, 无 for nobody."""
    lists = (
        ("各轮均按时报送的单位", [one for one in records if one.expected == one.on_time]),
        ("有逾期报送的单位", [one for one in records if one.late]),
        ("有未报轮次的单位", [one for one in records if one.missing]),
    )
    return tuple(paragraph(f"{words}{_names(found)}。") for words, found in lists)


def _names(found: Sequence[UnitRecord]) -> str:
    """（2家）：甲、乙 or ：无."""
    names = "、".join(one.unit_name for one in found)
    return f"（{len(found)}家）：{names}" if found else "：无"


def _record_table(records: Sequence[UnitRecord]) -> Table:
    rows = ((str(at), one.unit_name, *map(str, _counts(one))) for at, one in enumerate(records, 1))
    return Table(_RECORD_COLUMNS, tuple(rows))


def _counts(one: UnitRecord) -> tuple[int, ...]:
    return one.expected, one.on_time, one.late, one.missing, one.sent_back


_RECEIPT_COLUMNS = (Column("项目", 7.0), Column("内容", 29.0))


def receipt(
    *,
    unit: str,
    round_name: str,
    received_on: date,
    covered: int,
    expected: int,
    issuer: str,
    day: date,
    file_name: str = "",
    channel: str = "",
    return_code: str = "",
    blank: Sequence[str] = (),
    contact: str = "",
    notice: str = "",
) -> Document:
    """A receipt slip (回执) for a return that was taken in.

    covered of expected entries carry text; blank: the measures without any. Nothing is said about
    what is not known: such rows are left out.
    """
    missing = f"，空缺{expected - covered}条" if covered < expected else ""
    rows = (
        ("报送单位", unit),
        ("报送轮次", round_name),
        ("收到日期", chinese_date(received_on)),
        ("收到方式", channel),
        ("文件名称", file_name),
        ("回执码", return_code),
        ("反馈条数", f"应反馈{expected}条，已反馈{covered}条{missing}"),
        ("空缺措施", "、".join(blank)),
        ("联系人", contact),
    )
    return Document(
        title="回执",
        blocks=(
            paragraph(f"贵单位{round_name}任务执行情况反馈已收到，登记如下。"),
            Table(_RECEIPT_COLUMNS, tuple(row for row in rows if row[1])),
            paragraph("本回执只说明已经收到，审核结果另行告知。"),
        ),
        signature=Signature(issuer, chinese_date(day), sealed=False),
        addressee=unit,
        notice=notice,
        subject=f"{unit}{round_name}回执",
    )


# Shapes that differ without colour, each beside its word.
_SIGNS = {Lamp.OVERDUE: "▲", Lamp.DUE_SOON: "△", Lamp.NOT_DUE: "○", Lamp.SENT_BACK: "◆"}
_LIST_COLUMNS = (
    Column("序号", 2.6, "center"),
    Column("单位", 11.0),
    Column("状态", 6.0),
    Column("期限", 3.8, "center"),
    Column("条数", 3.2, "center"),
    Column("催报", 3.2, "center"),
    Column("最近答复", 9.8),
)
_ABREAST_COLUMNS = (
    Column("序号", 2.6, "center"),
    Column("单位", 10.4),
    Column("状态", 5.8),
) * 2
_ONE_PAGE = 22  # rows of one line that leave room for title, text and signature
_TWO_LINES = 8  # characters of an answer that fill one line of its cell


def deputy_list(
    *,
    round_name: str,
    due_on: date,
    day: date,
    missing: Sequence[Owing],
    sent_back: Sequence[Owing],
    issuer: str,
    thresholds: Thresholds | None = None,
    notice: str = "",
) -> Document:
    """The one-page list for the deputy director (一页清单): who is missing, who was sent back.

    Lamps are shapes with words, readable in black and white. More rows than a page holds stand two
    abreast, without dates, answers and signature.
    """
    owing = (*missing, *sent_back)
    limits = thresholds or Thresholds()
    said = (
        f"{round_name}应于{chinese_date(due_on)}前报送。截至{chinese_date(day)}，"
        f"未报{len(missing)}家，退回后尚未补报{len(sent_back)}家。"
    )
    lines = sum(1 + (len(_answer(one)) > _TWO_LINES) for one in owing)
    many = lines > _ONE_PAGE
    made = _abreast if many else _one_by_one
    name = f"{round_name}未报和退回补报单位清单"
    return Document(
        title=name,
        blocks=(paragraph(said), *((made(owing, day, limits),) if owing else ())),
        # Two abreast fill the page; the text names the day.
        signature=None if many else Signature(issuer, chinese_date(day), sealed=False),
        notice=notice,
        subject=name,
    )


def _one_by_one(owing: Sequence[Owing], day: date, limits: Thresholds) -> Table:
    rows = tuple(
        (
            str(at),
            one.unit_name,
            _lamp(one, day, limits),
            f"{one.due_on:%m-%d}",
            str(one.entries),
            f"{len(one.chases)}次" if one.chases else "—",
            _answer(one),
        )
        for at, one in enumerate(owing, 1)
    )
    return Table(_LIST_COLUMNS, rows, small=True)


def _abreast(owing: Sequence[Owing], day: date, limits: Thresholds) -> Table:
    """Left half first, downwards, then the right half."""
    cells = [(str(at), one.unit_name, _lamp(one, day, limits)) for at, one in enumerate(owing, 1)]
    half = (len(cells) + 1) // 2
    right = [*cells[half:], *[("", "", "")] * (2 * half - len(cells))]
    rows = tuple((*one, *two) for one, two in zip(cells[:half], right, strict=True))
    return Table(_ABREAST_COLUMNS, rows, small=True)


def _lamp(one: Owing, day: date, limits: Thresholds) -> str:
    """▲ 逾期未报: shape and word of the lamp of the day."""
    back = one.due_on if one.state is ReturnState.SENT_BACK else None
    shown = lamp(state=one.state, due_on=one.due_on, today=day, thresholds=limits, resubmit_by=back)
    return f"{_SIGNS[shown]} {shown.word}"


def _answer(one: Owing) -> str:
    """What was promised last, with its day; — where nobody answered."""
    last = one.last
    if last is None:
        return "—"
    words = (last.promise or "", f"{one.promised_by:%m-%d}前" if one.promised_by else "")
    return "，".join(word for word in words if word) or "—"
