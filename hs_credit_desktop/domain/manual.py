"""The manual's own plain notation: topics of numbered blocks, searched and matched with messages.

One line is one block: `# 题目`, `## 小节`, `1. 步骤`, `- 要点`, `> 说的话` (… for what changes),
`| 表 | 格 |`, `![说明](图.png)`, `{{名}}` for a table the program fills in; anything else is a
paragraph. Inside a line: `**重要**`, `[词](主题)` and a key in backquotes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

Rows = tuple[tuple[str, ...], ...]
CHANGING = "…"  # stands for a name, a number or a folder in a message
SNIPPET = 40  # characters of a hit that are shown
_PICTURE = re.compile(r"!\[(.*)\]\((.+)\)")
_FILLED = re.compile(r"\{\{(.+)\}\}")
_STEP = re.compile(r"\d+\. ")
_INLINE = re.compile(r"\*\*(.+?)\*\*|\[(.+?)\]\((.+?)\)|`(.+?)`")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    TEXT = "text"
    STEP = "step"
    POINT = "point"
    SAID = "said"
    TABLE = "table"
    PICTURE = "picture"
    FILLED = "filled"


@dataclass(frozen=True)
class Block:
    """A block; rows: of a table, its head first; file: of a picture, whose text is its caption."""

    kind: Kind
    text: str = ""
    rows: Rows = ()
    file: str = ""


@dataclass(frozen=True)
class Topic:
    """A topic: its name in links and file names, its title, its blocks."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of a line; strong: set apart; link: the topic it leads to, "" for none."""

    text: str
    strong: bool = False
    link: str = ""


@dataclass(frozen=True)
class Place:
    """A block of a topic, counted from 0; words: what stands there, for a list of hits."""

    topic: str
    block: int
    title: str = ""
    words: str = ""


def parse(name: str, text: str) -> Topic:
    """A topic from its file; the first line must be its title (ValueError)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not lines[0].startswith("# "):
        raise ValueError(f"{name} has no title")
    blocks: list[Block] = []
    for line in lines[1:]:
        block = _block(line)
        if block.kind is Kind.TABLE and blocks and blocks[-1].kind is Kind.TABLE:
            blocks[-1] = replace(blocks[-1], rows=(*blocks[-1].rows, *block.rows))
        else:
            blocks.append(block)
    return Topic(name, lines[0][2:], tuple(blocks))


def _block(line: str) -> Block:
    if line.startswith("|"):
        return Block(Kind.TABLE, rows=(tuple(cell.strip() for cell in line.strip("|").split("|")),))
    if found := _PICTURE.fullmatch(line):
        return Block(Kind.PICTURE, found[1], file=found[2])
    if found := _FILLED.fullmatch(line):
        return Block(Kind.FILLED, found[1])
    if found := _STEP.match(line):
        return Block(Kind.STEP, line[found.end() :])
    for sign, kind in (("## ", Kind.HEADING), ("- ", Kind.POINT), ("> ", Kind.SAID)):
        if line.startswith(sign):
            return Block(kind, line[len(sign) :])
    return Block(Kind.TEXT, line)


def filled(topic: Topic, tables: Mapping[str, Rows]) -> Topic:
    """The topic with the tables of the program in their places; KeyError for one unknown."""
    return replace(
        topic,
        blocks=tuple(
            Block(Kind.TABLE, rows=tables[block.text]) if block.kind is Kind.FILLED else block
            for block in topic.blocks
        ),
    )


def pieces(text: str) -> tuple[Piece, ...]:
    """A line in stretches; keys and important words are strong."""
    made, end = [], 0
    for found in _INLINE.finditer(text):
        made.append(Piece(text[end : found.start()]))
        strong, words, link, key = found.groups()
        made.append(Piece(words, link=link) if link else Piece(strong or key, strong=True))
        end = found.end()
    return tuple(piece for piece in (*made, Piece(text[end:])) if piece.text)


def plain(text: str) -> str:
    """A line without its marks."""
    return "".join(piece.text for piece in pieces(text))


def words_of(block: Block) -> str:
    """All words of a block."""
    return " ".join(
        [plain(block.text), *("，".join(map(plain, row)) for row in block.rows)]
    ).strip()


def search(topics: Sequence[Topic], asked: str) -> list[Place]:
    """Sections that hold every word asked for; those with it in a title or heading come first."""
    words = asked.lower().split()
    found = [
        (not _holds(words, place.title), place)
        for topic in topics
        for place, text in _sections(topic, words)
        if words and _holds(words, f"{topic.title} {text}")
    ]
    return [place for _, place in sorted(found, key=lambda item: item[0])]


def _sections(topic: Topic, words: Sequence[str]) -> list[tuple[Place, str]]:
    """(place of its heading, all its text) of each section; the part before has the title's."""
    made: list[tuple[Place, str]] = []
    starts = [n for n, block in enumerate(topic.blocks) if block.kind is Kind.HEADING]
    for start, end in zip(
        (0, *(n for n in starts if n)), (*(n for n in starts if n), len(topic.blocks)), strict=True
    ):
        blocks = topic.blocks[start:end]
        heading = blocks[0].text if start in starts else ""
        text = " ".join(words_of(block) for block in blocks)
        title = f"{topic.title} › {heading}" if heading else topic.title
        made.append((Place(topic.name, start, title, _snippet(blocks, words)), text))
    return made


def _snippet(blocks: Sequence[Block], words: Sequence[str]) -> str:
    """The words around the first hit, else the beginning of the section."""
    body = " ".join(words_of(block) for block in blocks if block.kind is not Kind.HEADING)
    at = min((body.lower().find(word) for word in words if word in body.lower()), default=0)
    start = max(0, at - SNIPPET // 4)
    cut = body[start : start + SNIPPET]
    return ("…" if start else "") + cut + ("…" if start + SNIPPET < len(body) else "")


def _holds(words: Sequence[str], text: str) -> bool:
    return all(word in text.lower() for word in words)


def message_place(topics: Sequence[Topic], said: str) -> Place | None:
    """Where the manual explains a message; … in the manual stands for any words. None: nowhere."""
    for topic in topics:
        for number, block in enumerate(topic.blocks):
            if block.kind is Kind.SAID and pattern(block.text).fullmatch(said):
                return Place(topic.name, number, topic.title, block.text)
    return None


def pattern(message: str) -> re.Pattern[str]:
    """A message of the manual as a pattern of what the program may say."""
    return re.compile(".+?".join(re.escape(part) for part in message.split(CHANGING)), re.DOTALL)
