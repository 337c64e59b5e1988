"""The manual as it ships: whole, linked, true to the messages of the program, and a paper."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.manual import Block, Kind, Topic, message_place, pieces
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.kinds import ADVICE
from hs_credit_desktop.reports.content import Heading, Table, texts
from hs_credit_desktop.services import manual
from hs_credit_desktop.store.faults import _DISK

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(manual.__file__).parent.parent
TABLES: dict[str, tuple[tuple[str, ...], ...]] = dict.fromkeys(
    ("keys", "rules", "commands"), (("甲", "乙"), ("一", "二"))
)
TOPICS = manual.topics(TABLES)
# What is said below a field that was filled in wrongly explains itself where it stands.
SELF_EXPLAINED = {
    "cli",
    "domain",
    "ui/pages",
    "services/chasing.py",
    "services/composing.py",
    "services/deadlines.py",
    "services/decision_file.py",
    "services/edited_report.py",
    "services/editing.py",
    "services/editing_doubts.py",
    "services/editing_plan.py",
    "services/editing_rounds.py",
    "services/entry_lists.py",
    "services/figure_ledger.py",
    "services/inbox.py",
    "services/next_year.py",
    "services/office.py",
    "services/overview.py",
    "services/papers.py",
    "services/papers_publish.py",
    "services/papers_register.py",
    "services/papers_seal.py",
    "services/recycle.py",
    "services/register_contacts.py",
    "services/register_merge.py",
    "services/register_names.py",
    "services/register_preview.py",
    "services/register_units.py",
    "services/return_notices.py",
    "services/flagging.py",
    "services/reviewing.py",
}
# Of modules that are explained: what asks for another entry in a form.
FIELDS = {
    "“…”可以是 …",
    "…没有要发反馈表的单位",
    "没有叫“…”的单位",
    "四个部分都是空的，没有保存",
    "… 的报送件是空的，没有保存",
    "… 本轮免报，没有保存",
    "收到日期 … 在今天（…）之后，没有保存",
    "… 还没有报送，不能审核",
    "… 没有退回",
}
ERRORS = {"UserError", "LedgerInUseError", "StaleLockError"}


def _said(node: ast.expr) -> str:
    """A text of the source with … for what it fills in; "" for what is no text."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return ""


def _calls(file: Path, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
            yield node


def _messages() -> set[str]:
    """The first sentences of all errors a clerk may meet in the main drills."""
    made = set()
    for file in PACKAGE.rglob("*.py"):
        name = file.relative_to(PACKAGE).as_posix()
        if not any(name == each or name.startswith(f"{each}/") for each in SELF_EXPLAINED):
            made |= {_said(call.args[0]) for call in _calls(file, ERRORS)}
    return {message for message in made if re.search(r"\w", message)} - FIELDS


def _explained() -> list[str]:
    trouble = next(topic for topic in TOPICS if topic.name == manual.TROUBLE)
    return [block.text for block in trouble.blocks if block.kind is Kind.SAID]


def test_every_message_of_the_drills_is_explained_word_for_word() -> None:
    messages = _messages()
    assert len(messages) > 80
    assert sorted(messages - set(_explained())) == []


def test_other_sentences_of_the_drills_are_explained() -> None:
    explained = set(_explained())
    assert set(ADVICE.values()) <= explained
    assert {f"…（{words}）" for words in _DISK.values()} <= explained
    folders = _calls(PACKAGE / "services/folders.py", {"Warning"})
    assert {_said(call.args[1]) for call in folders} <= explained


def test_findings_of_the_check_are_explained() -> None:
    source = PACKAGE / "services/integrity.py"
    said = {_said(call.args[1]) for call in _calls(source, {"Finding"})} - {""}
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and "text" in ast.unparse(node.targets[0]):
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            said |= {_said(value) for value in values if "不" in _said(value)}
    assert len(said) >= 8
    findings = {words for words in said if not words.startswith("请")}
    assert findings <= set(_explained())


def test_the_page_explains_nothing_that_is_not_said() -> None:
    source = "\n".join(
        _said(node)
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr)
    )
    disk = {f"…（{words}）" for words in _DISK.values()}
    assert [said for said in _explained() if said not in disk and said not in source] == []
    assert len(_explained()) == len(set(_explained()))


def test_every_explanation_says_why_and_what_to_do() -> None:
    trouble = next(topic for topic in TOPICS if topic.name == manual.TROUBLE)
    before = ""
    for block, after in zip(trouble.blocks, trouble.blocks[1:], strict=False):
        if block.kind is Kind.SAID and after.kind is not Kind.SAID:
            assert after.text.startswith("原因："), block.text
        if block.text.startswith("原因："):
            assert after.text.startswith("办法："), before
        before = block.text


def test_a_real_refusal_is_found_by_its_words() -> None:
    said = "数据文件夹 /x/台账 由“OneDrive”自动同步"
    place = message_place(TOPICS, said)
    assert place is not None
    assert place.topic == manual.TROUBLE
    assert message_place(TOPICS, "没有这样的话") is None


def test_topics_come_in_the_clerks_order_and_their_links_lead_somewhere() -> None:
    names = [topic.name for topic in TOPICS]
    assert names[:4] == ["start", "notice", "forms", "inbox"]
    assert names[-1] == "trouble"
    assert len(names) == len(set(names)) == 20
    lines = [
        line
        for topic in TOPICS
        for block in topic.blocks
        for line in (block.text, *(cell for row in block.rows for cell in row))
    ]
    assert {piece.link for line in lines for piece in pieces(line)} - {""} <= set(names)
    assert not [line for line in lines if re.search("[!！]|你", line)]


def test_pictures_are_there_and_small() -> None:
    pictures = [block for topic in TOPICS for block in topic.blocks if block.kind is Kind.PICTURE]
    files = [manual.picture(block) for block in pictures]
    assert len(files) >= 6
    sizes = [file.stat().st_size for file in files if file]
    assert len(sizes) == len(files)
    assert sum(sizes) < 700_000
    assert manual.picture(Block(Kind.PICTURE, file="没有.png")) is None


def test_the_paper_holds_every_topic_in_order() -> None:
    made = manual.document(TOPICS)
    headings = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert headings[0] == "一、开始"
    assert headings[1] == "（一）先练手"
    assert [text for text in headings if "、" in text[:3]][-1] == "二十、排障"
    words = "\n".join(texts(made))
    assert "1. 在开始页右边点“新建练习台账（演示数据）”。" in words
    assert "“台账正在被使用（…）”" in words
    assert "`" not in words
    assert "**" not in words
    [first, *_] = [block for block in made.blocks if isinstance(block, Table)]
    assert first.rows == (("一", "二"),)


def test_steps_count_anew_after_something_else() -> None:
    blocks = tuple(Block(kind, "话") for kind in (Kind.STEP, Kind.STEP, Kind.POINT, Kind.STEP))
    made = manual.document((Topic("x", "题", blocks),))
    assert list(texts(made))[-4:] == ["1. 话", "2. 话", "· 话", "1. 话"]


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    seen: list[int] = []
    few = TOPICS[:1]
    pages = manual.save_pdf(few, tmp_path / "手册.pdf", seen.append)
    assert seen == list(range(1, pages + 1))
    assert (tmp_path / "手册.pdf").read_bytes().startswith(b"%PDF")
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(UserError, match="没有写成"):
        manual.save_pdf(few, tmp_path / "文件" / "手册.pdf", seen.append)
    assert [path.name for path in tmp_path.iterdir()].count("手册.pdf") == 1
