"""What 审核 says about a return in words: its version, and who decided what when."""

from datetime import date, datetime

from hs_credit_desktop.domain.returns import Channel, ExpectedReturn
from hs_credit_desktop.services.reviewing import History


def version_words(expected: ExpectedReturn, told: History) -> str:
    """第 1 版 · 11月29日收到 · 电子邮件 · 11 条均已填写 · 填报人."""
    words = []
    if told.versions:
        current = told.versions[-1]
        words += [f"第 {current.version} 版", f"{_day(current.received_on)}收到"]
        words.append(Channel(current.channel).label)
        words += [f"原件 {current.original_name}"] if current.original_name else []
    blank = expected.entries - expected.covered
    words.append(
        f"{expected.entries} 条均已填写" if not blank else f"{expected.entries} 条，{blank} 条空白"
    )
    if told.versions and told.versions[-1].filled_by:
        words.append(f"填报人 {told.versions[-1].filled_by}")
    return " · ".join(words)


def history_words(told: History) -> list[str]:
    """11月29日 08:50 退回补报（第 1 版，office@PC，补报期限 12月2日）：理由; the last first."""
    return [
        f"{_moment(line.reviewed_at)} {line.decision.label}（第 {line.version} 版，{line.reviewer}"
        + (f"，补报期限 {_day(line.due_on)}" if line.due_on else "")
        + "）"
        + (f"：{' '.join(line.reason.split())}" if line.reason else "")
        for line in reversed(told.reviews)
    ]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _moment(stamp: str) -> str:
    moment = datetime.fromisoformat(stamp)
    return f"{_day(moment.date())} {moment:%H:%M}"
