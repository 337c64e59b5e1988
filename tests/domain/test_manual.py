"""The manual's notation, its search, and the way from a message to its explanation."""

import pytest

from hs_credit_desktop.domain.manual import (
    Block,
    Kind,
    Piece,
    Place,
    filled,
    message_place,
    parse,
    pieces,
    plain,
    search,
    words_of,
)

TEXT = """
# 收件

开头一段。
## 怎么做
1. 按 `Ctrl+O`。
2. 见[排障](trouble)。
- 要点**重要**
| 甲 | 乙 |
| 一 | 二 |
![一张图](a.png)
{{keys}}
## 读不了
> “…”设有密码
办法：取消密码。
"""
TOPIC = parse("inbox", TEXT)


def test_every_sign_makes_its_block() -> None:
    assert TOPIC.title == "收件"
    assert [block.kind for block in TOPIC.blocks] == [
        Kind.TEXT,
        Kind.HEADING,
        Kind.STEP,
        Kind.STEP,
        Kind.POINT,
        Kind.TABLE,
        Kind.PICTURE,
        Kind.FILLED,
        Kind.HEADING,
        Kind.SAID,
        Kind.TEXT,
    ]
    assert TOPIC.blocks[5].rows == (("甲", "乙"), ("一", "二"))
    assert TOPIC.blocks[6] == Block(Kind.PICTURE, "一张图", file="a.png")
    assert TOPIC.blocks[2].text == "按 `Ctrl+O`。"


def test_a_table_begins_anew_after_other_blocks() -> None:
    topic = parse("x", "# 题\n| 甲 |\n中间\n| 乙 |")
    assert [block.rows for block in topic.blocks] == [(("甲",),), (), (("乙",),)]
    assert parse("x", "# 题\n| 甲 |").blocks[0].rows == (("甲",),)


@pytest.mark.parametrize("text", ["", "没有题目\n正文", "## 小节"])
def test_a_topic_needs_its_title(text: str) -> None:
    with pytest.raises(ValueError, match="title"):
        parse("x", text)


def test_the_program_fills_in_its_tables() -> None:
    rows = (("键", "做什么"), ("F1", "手册"))
    made = filled(TOPIC, {"keys": rows})
    assert made.blocks[7] == Block(Kind.TABLE, rows=rows)
    assert made.blocks[:7] == TOPIC.blocks[:7]
    with pytest.raises(KeyError):
        filled(TOPIC, {})


def test_a_line_has_links_keys_and_strong_words() -> None:
    assert pieces("按 `F1` 看[排障](trouble)，**重要**") == (
        Piece("按 "),
        Piece("F1", strong=True),
        Piece(" 看"),
        Piece("排障", link="trouble"),
        Piece("，"),
        Piece("重要", strong=True),
    )
    assert plain("按 `F1` 看[排障](trouble)") == "按 F1 看排障"
    assert words_of(TOPIC.blocks[5]) == "甲，乙 一，二"


def test_the_search_finds_sections_and_puts_titles_first() -> None:
    other = parse("trouble", "# 排障\n## 密码\n先问清楚。\n## 其他\n密码写在纸上，" + "长" * 60)
    found = search((TOPIC, other), "密码")
    assert [(place.topic, place.block, place.title) for place in found] == [
        ("trouble", 0, "排障 › 密码"),
        ("inbox", 8, "收件 › 读不了"),
        ("trouble", 2, "排障 › 其他"),
    ]
    assert "设有密码" in found[1].words
    assert found[2].words.startswith("密码写在纸上")
    assert found[2].words.endswith("…")
    assert found[0].words == "先问清楚。"


def test_every_word_must_be_there_and_keys_are_found_in_any_case() -> None:
    assert [place.block for place in search((TOPIC,), "ctrl+o 怎么做")] == [1]
    assert search((TOPIC,), "ctrl+o 没有这个词") == []
    assert search((TOPIC,), "  ") == []
    assert search((TOPIC,), "开头")[0].title == "收件"
    far = parse("far", "# 远\n" + "前" * 50 + "目标")
    assert search((far,), "目标")[0].words.startswith("…")


def test_a_message_leads_to_where_it_is_explained() -> None:
    assert message_place((TOPIC,), "“反馈表.docx”设有密码") == Place(
        "inbox", 9, "收件", "“…”设有密码"
    )
    assert message_place((TOPIC,), "“反馈表.docx”设有密码，另外") is None
    assert message_place((TOPIC,), "设有密码") is None
