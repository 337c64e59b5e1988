"""What a paste brings: the words, not what the other program left among them."""

import pytest

from hs_credit_desktop.domain.pasting import pasted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "\ufeff一是\u00a0开展\u200b检查\x0b二是\u2028\u3000培训\x07\r\n",
            "一是 开展检查\n二是\n培训",
        ),
        ("张三 11-28 16:20\n完成 3 期培训。", "完成 3 期培训。"),
        ("李四 2024/11/28 下午4:20:31\n甲。\n\n李四 16:25\n乙。", "甲。\n\n乙。"),
        ("2024年11月28日 16:20\n甲。", "甲。"),
        ("会议 16:20 召开。", "会议 16:20 召开。"),
        ("时间：11月28日", "时间：11月28日"),
        ("三是\tA\u202e级", "三是 A级"),
    ],
)
def test_pasted(text: str, wanted: str) -> None:
    assert pasted(text) == wanted
