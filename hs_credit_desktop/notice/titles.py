"""Where the title of an item ends and its body begins."""

import re

from hs_credit_desktop.notice.flow import Flow, ends_sentence
from hs_credit_desktop.notice.labels import label_at
from hs_credit_desktop.notice.marks import mark_at

TITLE_LENGTH = 30
_CLAUSE = re.compile(r"[^，。；：:;,]{1,30}")
_WRAPPED = 0.4
_FEW = 10


def is_wrapped(flow: Flow) -> bool:
    """Whether lines of this paper end where the page is full and not where a paragraph ends.

    Then many lines end inside a sentence, which headings, lists and single page breaks do not
    explain.
    """
    breaks = [at for at in sorted(flow.starts) if 0 < at < len(flow.text)]
    before = dict(zip(breaks, [0, *breaks], strict=False))
    inside = [
        at
        for at in breaks
        if at not in flow.gaps
        and not ends_sentence(flow, at)
        and not any(_opens(flow, line) for line in (at, before[at]))
    ]
    return len(inside) > _FEW and len(inside) > _WRAPPED * len(breaks)


def _opens(flow: Flow, at: int) -> bool:
    return mark_at(flow, at) is not None or label_at(flow.text, at) is not None


def split_title(flow: Flow, start: int, end: int, *, wrapped: bool) -> tuple[int, int]:
    """(title end, body start) of the words from start to before end.

    A short first sentence is the title, or a first line of its own when lines are paragraphs (not
    `wrapped`) and no page break explains it; an item without a title lends its first clause, and
    its body is the whole.
    """
    words = flow.text[start:end]
    stop = words.find("。")
    short = 0 <= stop <= TITLE_LENGTH
    line = next(iter(flow.lines_between(start, end)), end)
    alone = line < end and not wrapped and line - start <= 2 * TITLE_LENGTH
    whole = short and line in flow.gaps and "，" not in words[:stop]
    if alone and "。" not in words[: line - start] and not whole:
        return line, line
    if short:
        return start + stop, start + stop + 1
    if stop < 0 and len(words) <= 2 * TITLE_LENGTH:
        return end, end
    clause = _CLAUSE.match(words)
    return start + (clause.end() if clause else 0), start
