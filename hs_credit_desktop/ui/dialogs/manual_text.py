"""A topic of the manual as the rich text of the reading pane, in the colours of the look."""

from __future__ import annotations

import html
from itertools import groupby
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.manual import Block, Kind, pieces
from hs_credit_desktop.services import manual
from hs_credit_desktop.ui import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hs_credit_desktop.domain.manual import Topic

_LISTS = {Kind.STEP: "ol", Kind.POINT: "ul"}
_Numbered = tuple[int, Block]


def anchor(block: int) -> str:
    """The name of a block in the text, for scrolling to it."""
    return f"block{block}"


def style() -> str:
    """The style sheet of the text: tokens only, sizes in points."""
    tokens = theme.current()
    return f"""
        body {{ color: {tokens.text}; }}
        h1 {{ font-size: {theme.PAGE_TITLE}pt; margin: 2px 0 10px 0; }}
        h2 {{ font-size: {theme.PANE_TITLE + 1}pt; margin: 20px 0 6px 0; }}
        p, li {{ margin: 4px 0; line-height: 150%; }}
        p.said {{ background-color: {tokens.soft}; color: {tokens.text}; font-weight: bold;
                  margin: 12px 0 2px 0; }}
        p.caption {{ color: {tokens.text2}; }}
        a {{ color: {tokens.accent}; }}
        th {{ background-color: {tokens.surface2}; color: {tokens.text2}; text-align: left; }}
        table {{ border-color: {tokens.border}; margin: 6px 0; }}
    """


def text_of(topic: Topic, width: int) -> str:
    """The topic as rich text; width: logical pixels pictures may take."""
    groups = groupby(enumerate(topic.blocks), key=lambda item: item[1].kind)
    body = "".join(part for kind, items in groups for part in _group(kind, list(items), width))
    return f"<body><h1>{html.escape(topic.title)}</h1>{body}</body>"


def _group(kind: Kind, items: list[_Numbered], width: int) -> Iterator[str]:
    """Steps and points that follow each other are one list."""
    tag = _LISTS.get(kind, "")
    if tag:
        inside = "".join(f"<li>{_named(number)}{_line(block.text)}</li>" for number, block in items)
        yield f"<{tag}>{inside}</{tag}>"
        return
    for number, block in items:
        yield _block(number, block, width)


def _block(number: int, block: Block, width: int) -> str:
    words = _named(number) + _line(block.text)
    if block.kind is Kind.HEADING:
        return f"<h2>{words}</h2>"
    if block.kind is Kind.SAID:
        return f'<p class="said">{_named(number)}“{_line(block.text)}”</p>'
    if block.kind is Kind.TABLE:
        return _named(number) + _table(block)
    if block.kind is Kind.PICTURE:
        return _picture(block, width)
    return f"<p>{words}</p>"


def _named(number: int) -> str:
    return f'<a name="{anchor(number)}"></a>'


def _line(text: str) -> str:
    """A line with its links and strong words."""
    made = []
    for piece in pieces(text):
        words = html.escape(piece.text)
        if piece.link:
            words = f'<a href="{piece.link}">{words}</a>'
        made.append(f"<b>{words}</b>" if piece.strong else words)
    return "".join(made)


def _table(block: Block) -> str:
    head, *rows = block.rows
    cells = [f"<tr>{''.join(f'<th>{_line(cell)}</th>' for cell in head)}</tr>"]
    cells += [f"<tr>{''.join(f'<td>{_line(cell)}</td>' for cell in row)}</tr>" for row in rows]
    return f'<table border="1" cellspacing="0" cellpadding="6">{"".join(cells)}</table>'


def _picture(block: Block, width: int) -> str:
    """The picture with its caption; nothing where the program came without it."""
    file = manual.picture(block)
    if file is None:
        return ""
    source = html.escape(file.as_posix())
    caption = f'<p class="caption">{_line(block.text)}</p>'
    return f'<p><img src="{source}" width="{width}"></p>{caption}'
