"""The words that open a unit list or a time limit, also when a page break garbled them."""

import re
from dataclasses import dataclass
from enum import Enum

from hs_credit_desktop.domain.notice import Role


class Label(Enum):
    """What follows a label."""

    LEAD = Role.LEAD
    CO = Role.CO
    UNITS = "units"
    DEADLINE = "deadline"


def _product(heads: str, tails: str) -> list[str]:
    return [head + tail for head in heads.split() for tail in tails.split()]


_WORDS: dict[str, Label] = {
    **dict.fromkeys(_product("责任 负责 落实 承办 实施 完成 责任落实", "单位 部门"), Label.UNITS),
    **dict.fromkeys(_product("牵头 主办 牵头责任 主责 主要责任", "单位 部门"), Label.LEAD),
    **dict.fromkeys(_product("配合 参加 参与 协办 协同 协助 配合责任", "单位 部门"), Label.CO),
    "责任主体": Label.UNITS,
    "牵头和责任单位": Label.UNITS,
    **dict.fromkeys(_product("完成 时间 办结", "时限 时间 期限 要求 节点"), Label.DEADLINE),
    "时限要求": Label.DEADLINE,
    "时限": Label.DEADLINE,
    "进度安排": Label.DEADLINE,
}


_COLON = re.compile("[：:]")
_LONGEST = max(map(len, _WORDS))
_UP_TO_COLON = re.compile(r"[^：:]{2,16}[：:]")
FIRST_LETTERS = "".join(sorted({word[0] for word in _WORDS}))
_NO_COLON = re.compile(f"({'|'.join(sorted(_WORDS, key=len, reverse=True))})")
_NEAR = re.compile(r"([\u3400-\u9fff]{3,6})[：:]")


@dataclass(frozen=True)
class Found:
    """A label at start–end: `word` as it should be, `printed` as it stands."""

    label: Label
    word: str
    printed: str
    start: int
    end: int

    @property
    def doubled(self) -> bool:
        """Whether its first characters are printed twice."""
        return self.printed != self.word and self.printed.endswith(self.word)

    @property
    def misspelt(self) -> bool:
        """Whether it is only nearly a label."""
        return not self.printed.endswith(self.word)


def _before(text: str, colon: int, floor: int) -> Found | None:
    """The longest label that ends at this colon, with characters of it that are printed twice."""
    sizes = range(min(_LONGEST, colon - floor), 1, -1)
    word = next((text[colon - n : colon] for n in sizes if text[colon - n : colon] in _WORDS), None)
    if word is None:
        return None
    start = colon - len(word)
    twice = (n for n in range(len(word) - 1, 0, -1) if text[floor:start].endswith(word[:n]))
    start -= next(twice, 0)
    return Found(_WORDS[word], word, text[start:colon], start, colon + 1)


def label_at(text: str, at: int) -> Found | None:
    """The label that begins here; None when there is none."""
    match = _UP_TO_COLON.match(text, at)
    found = _before(text, match.end() - 1, at) if match else None
    return found if found and found.start == at else None


def labels_in(text: str, start: int, end: int) -> list[Found]:
    """All labels between start and end."""
    colons = (match.start() for match in _COLON.finditer(text, start, end))
    found = (_before(text, colon, max(start, colon - 2 * _LONGEST)) for colon in colons)
    return [each for each in found if each]


def near_label_at(text: str, at: int) -> Found | None:
    """The label that was probably meant here: one character wrong, missing or too many, or no
    colon."""
    match = _NEAR.match(text, at)
    if not match:
        match = _NO_COLON.match(text, at)
        return match and Found(_WORDS[match.group()], match.group() + "：", *_where(match))
    word = next((w for w in _WORDS if len(w) > 2 and _one_apart(w, match.group(1))), None)
    if word is None:
        return None
    return Found(_WORDS[word], word, *_where(match))


def _where(match: re.Match[str]) -> tuple[str, int, int]:
    return match.group(1), match.start(), match.end()


def _one_apart(one: str, other: str) -> bool:
    """Whether one edit of a single character (or a swap of neighbours) makes them equal."""
    if len(one) == len(other):
        unlike = [
            index for index, pair in enumerate(zip(one, other, strict=True)) if len(set(pair)) > 1
        ]
        return len(unlike) == 1 or (len(unlike) == 2 and sorted(one) == sorted(other))
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(
        long[:index] + long[index + 1 :] == short for index in range(len(long))
    )
