"""The questions put to the clerk: one plain sentence each, the default answer first."""

from collections.abc import Sequence
from datetime import date, timedelta

from hs_credit_desktop.domain.notice import Doubt, DoubtKind
from hs_credit_desktop.domain.text import excerpt

_WEEKDAYS = "一二三四五六日"


def bracket(where: str, line: int, opened: str, closed: str) -> Doubt:
    """A unit list whose brackets do not match; an empty string stands for a missing one."""
    if opened and closed:
        fault = f"以“{opened}”开头、以“{closed}”结尾，括号不配对"
    elif opened:
        fault = f"以“{opened}”开头，没有找到结尾的括号"
    else:
        fault = f"以“{closed}”结尾，没有找到开头的括号"
    return Doubt(
        DoubtKind.BRACKET,
        where,
        line,
        f"责任单位名单{fault}，先按完整的名单读取。",
        ("按完整的名单读取", "名单有缺漏，需核对原件"),
    )


def stray_bracket(where: str, line: int, around: str) -> Doubt:
    """A round bracket in running words without its partner."""
    return Doubt(
        DoubtKind.BRACKET,
        where,
        line,
        f"“{around}”处的括号不配对，可能漏印了一个括号，先照原文保留。",
        ("照原文保留", "有缺漏，需核对原件"),
    )


def damaged_mark(line: int, printed: str, meant: str) -> Doubt:
    """A number that lost one of its brackets."""
    return Doubt(
        DoubtKind.BRACKET,
        meant,
        line,
        f"序号“{printed}”缺一个括号，先按“{meant}”读取。",
        (f"按“{meant}”读取", "不是序号，需核对原件"),
    )


def doubled(where: str, line: int, printed: str, meant: str) -> Doubt:
    """Characters printed twice, most often over a page break."""
    return Doubt(
        DoubtKind.DOUBLED_CHARACTER,
        where,
        line,
        f"“{printed}”文字重复，多半是换页时多印的，先按“{meant}”读取。",
        (f"按“{meant}”读取", "不是重复，需核对原件"),
    )


def label(where: str, line: int, printed: str, meant: str) -> Doubt:
    """A label that is only nearly one."""
    return Doubt(
        DoubtKind.LABEL,
        where,
        line,
        f"“{printed}”像是“{meant}”的误写，先按“{meant}”读取。",
        (f"按“{meant}”读取", "不是单位名单，需核对原件"),
    )


def unread(where: str, line: int, words: str, why: str) -> Doubt:
    """Words that fit no rule."""
    return Doubt(
        DoubtKind.UNREAD,
        where,
        line,
        f"“{excerpt(words, 40)}”{why}。",
        ("暂不采用", "需要补录"),
    )


def reference(where: str, line: int, words: str, unit: str = "") -> Doubt:
    """A 下同 note about units that are not listed again; unit: the one it stands behind."""
    return Doubt(
        DoubtKind.REFERENCE,
        where,
        line,
        f"“{excerpt(words, 40)}”说明后文不再逐一列出单位，未列出的措施先不增加责任单位。",
        ("不增加责任单位", f"后文各条都加上“{unit}”" if unit else "后文各条的单位需补录"),
        (unit,) if unit else (),
    )


def numbering(where: str, line: int, before: str, expected: str) -> Doubt:
    """A heading whose number does not follow the one before."""
    return Doubt(
        DoubtKind.NUMBERING,
        where,
        line,
        f"“{before}”之后应为“{expected}”，原文为“{where}”，序号不连续。",
        ("按原文序号", "原文有缺漏，需核对原件"),
    )


def duplicate_measure(where: str, line: int, title: str, first_line: int) -> Doubt:
    """A measure printed twice."""
    return Doubt(
        DoubtKind.DUPLICATE,
        where,
        line,
        f"“{excerpt(title, 30)}”与第 {first_line} 行的措施标题相同，可能重复印了一次。",
        ("两条都保留", "只保留第一条"),
    )


def duplicate_unit(where: str, line: int, unit: str) -> Doubt:
    """A unit listed twice for one measure."""
    return Doubt(
        DoubtKind.DUPLICATE,
        where,
        line,
        f"“{unit}”在同一条措施里列了两次，先只计一次。",
        ("只计一次", "第二处有误，需核对原件"),
    )


def no_units(where: str, line: int, title: str) -> Doubt:
    """A measure among others that has no unit list."""
    return Doubt(
        DoubtKind.NO_UNITS,
        where,
        line,
        f"“{excerpt(title, 30)}”没有读到责任单位，先作为措施保留。",
        ("作为措施，责任单位待补", "不作为措施"),
    )


def part_without_units(where: str, line: int, title: str) -> Doubt:
    """A part of the plan in which nothing has a unit list."""
    return Doubt(
        DoubtKind.NO_UNITS,
        where,
        line,
        f"“{excerpt(title, 30)}”这一部分没有责任单位，先不列入任务。",
        ("不列入任务", "列入任务，责任单位待补"),
    )


def list_not_used(where: str, line: int) -> Doubt:
    """A heading with a unit list of its own above items that have theirs."""
    return Doubt(
        DoubtKind.UNREAD,
        where,
        line,
        f"“{where}”自身和下级各项都列了责任单位，先按下级各项读取。",
        ("按下级各项", "这一名单也要采用，需补录"),
    )


def unit_spelling(
    where: str, line: int, spellings: Sequence[tuple[str, str]], canonical: str
) -> Doubt:
    """Spellings (name, where it stands) that look like one unit; proposed as one.

    canonical: the most frequent of them, or the name the office has used before.
    """
    printed = "，".join(f"{places}的“{name}”" for name, places in spellings)
    others = tuple(name for name, _ in spellings if name != canonical)
    if len(others) == len(spellings):
        said = f"{printed}像是已登记的“{canonical}”的另一种写法，先计为该单位。"
    else:
        said = f"{printed}像是同一个单位的 {len(spellings)} 种写法，先合并计为一个单位。"
    return Doubt(
        DoubtKind.UNIT_SPELLING,
        where,
        line,
        said,
        (canonical, *others, "不是同一单位，分别保留"),
        tuple(name for name, _ in spellings),
    )


def group_spelling(where: str, line: int, printed: str, canonical: str) -> Doubt:
    """A group that is printed otherwise than elsewhere."""
    return Doubt(
        DoubtKind.GROUP_SPELLING,
        where,
        line,
        f"“{printed}”像是“{canonical}”的误写，先按同一群组读取。",
        (f"同“{canonical}”", "不是同一群组，单独保留"),
        (printed, canonical),
    )


def vague_group(where: str, line: int, name: str) -> Doubt:
    """A group whose members nobody has named."""
    return Doubt(
        DoubtKind.VAGUE_GROUP,
        where,
        line,
        f"“{name}”没有写明是哪些单位，先不计入应报。",
        ("暂不指定", "指定成员单位"),
        (name,),
    )


def similar_units(where: str, line: int, name: str, other: str, other_where: str) -> Doubt:
    """Two names that may be one body; kept apart until told."""
    return Doubt(
        DoubtKind.SIMILAR_UNITS,
        where,
        line,
        f"“{name}”与{other_where}的“{other}”名称相近，可能是同一单位，先分别保留。",
        ("分别保留", f"是同一单位，用“{name}”", f"是同一单位，用“{other}”"),
        (name, other),
    )


def year(where: str, line: int, printed: str, dues: Sequence[date]) -> Doubt:
    """Due dates printed without a year; dues: how they are read, none when no year is known."""
    if not dues:
        return Doubt(
            DoubtKind.YEAR,
            where,
            line,
            f"“{printed}”没有年份，也没有读到成文日期，没有建立轮次。",
            ("暂不建立轮次", "轮次需补录"),
        )
    taken = dues[0].year
    return Doubt(
        DoubtKind.YEAR,
        where,
        line,
        f"“{printed}”没有写年份，先按成文日期取 {taken} 年。",
        (f"{taken}年", f"{taken + 1}年"),
        tuple(day.isoformat() for day in dues),
    )


def weekend(where: str, line: int, due_on: date) -> Doubt:
    """A due date on a Saturday or Sunday; it stays unless the clerk moves it."""
    before = due_on - timedelta(days=due_on.weekday() - 4)
    after = due_on + timedelta(days=7 - due_on.weekday())
    return Doubt(
        DoubtKind.WEEKEND,
        where,
        line,
        f"{_day(due_on)}是休息日，截止日期先不变，提醒会提前到{_day(before)}。",
        (f"仍为{_day(due_on)}", f"提前到{_day(before)}", f"顺延到{_day(after)}"),
        tuple(day.isoformat() for day in (due_on, before, after)),
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"
