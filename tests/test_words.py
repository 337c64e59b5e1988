"""What the clerk reads: 您, no exclamation, nothing shouted, one measure word for each thing."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYERS = ("cli", "files", "reports", "services", "store", "ui")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
RULES = {
    "您 and not 你": re.compile("你"),
    "no exclamation": re.compile(r"！|[\u4e00-\u9fff”）]!"),
    "nothing shouted": re.compile("请注意|切记|务必"),
    "家 for units": re.compile("[个条份]单位|(?<!来)件单位"),
    "条 for measures": re.compile("[个件家份]措施"),
    "件 for returns": re.compile("[个条家]报送件|(?<!整)份报送件"),
    "份 for forms": re.compile("[个条家件]反馈表"),
}


def _literals(file: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string with Chinese in it; of f-strings the parts between the values.

    Docstrings are for makers.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and CHINESE.search(node.value)
        ):
            yield node.lineno, node.value


@pytest.fixture(scope="module")
def said(repo_root: Path) -> list[tuple[str, str]]:
    """(place, text) of everything the layers say."""
    package = repo_root / "hs_credit_desktop"
    return [
        (f"{file.relative_to(package)}:{line}", text)
        for layer in LAYERS
        for file in sorted((package / layer).rglob("*.py"))
        for line, text in _literals(file)
    ]


def test_there_is_much_to_read(said: list[tuple[str, str]]) -> None:
    assert len(said) > 2000


@pytest.mark.parametrize("rule", RULES)
def test_words_for_the_clerk(said: list[tuple[str, str]], rule: str) -> None:
    assert [place for place, text in said if RULES[rule].search(text)] == []


@pytest.mark.parametrize(
    "text", ["你好", "完成！", "请注意备份", "3 个单位", "个措施", "两份报送件", "12 件反馈表"]
)
def test_each_rule_finds_what_it_is_for(text: str) -> None:
    assert [name for name, rule in RULES.items() if rule.search(text)] != []
