import pytest

from hs_credit_desktop.reports.content import (
    Annex,
    Column,
    Document,
    Heading,
    Signature,
    Table,
    paragraph,
    texts,
)

TABLE = Table((Column("序号", 1), Column("单位", 3)), (("1", "市甲局"),))


def test_texts_are_in_reading_order():
    document = Document(
        "标题",
        (Heading(1, "一、总体情况"), paragraph("做了。", lead="市甲局："), TABLE),
        Signature("市信用办", "2024年12月2日"),
        addressee="各单位",
        annexes=(Annex("名单", (TABLE,)),),
    )
    assert list(texts(document)) == [
        *("标题", "各单位：", "一、总体情况", "市甲局：做了。", "序号", "单位", "1", "市甲局"),
        *("附件：名单", "市信用办", "2024年12月2日", "名单", "序号", "单位", "1", "市甲局"),
    ]


def test_a_bare_paper_has_only_its_title():
    assert list(texts(Document("标题", ()))) == ["标题"]


def test_several_annexes_are_numbered():
    annexes = (Annex("甲", ()), Annex("乙", ()))
    assert Document("标题", (), annexes=annexes).annex_lines == ("附件：1. 甲", "2. 乙")


def test_a_table_row_with_a_missing_text_is_refused():
    with pytest.raises(ValueError, match="one text a column"):
        Table((Column("序号", 1),), (("1", "2"),))
