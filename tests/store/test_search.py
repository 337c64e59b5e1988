"""Search finds exactly what a plain look through all texts finds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.services import returns
from hs_credit_desktop.store import search
from tests.ledgers import entry, expected, record, rolled_back

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

# What clerks type and what breaks search engines: quotes, operators, wildcards, blanks, emoji.
ALPHABET = (
    "信用税务局的年报率归集《办法》（一）、，。；：“”‘’—…·〔〕%"
    "abcABCxyzÄßéİıΣς019０９ａＡ \t\n\"'*^:+-(){}[]\\/._NEAR AND OR NOT"
    "😀👨‍👩‍👧🇨🇳e\u0301\u200b\u3000𠮷"
)
TEXTS = st.text(st.sampled_from(ALPHABET) | st.characters(codec="utf-8"), max_size=60)


def lower(text: str) -> str:
    """Case as the index sees it: one character at a time."""
    return "".join(char.lower() for char in text)


def plainly(texts: dict[str, str], wanted: str) -> set[str]:
    """The slow and certain way."""
    return {ref for ref, text in texts.items() if lower(wanted) in lower(text)}


def found(ws: Workspace, wanted: str, kind: str = "feedback") -> set[str]:
    return {hit.ref for hit in search.find(ws.ledger, wanted, kind=kind, limit=9999)}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_recall_and_precision_are_one(ws: Workspace, data: st.DataObject) -> None:
    old = data.draw(st.lists(TEXTS, min_size=1, max_size=6), "texts")
    new = data.draw(st.lists(TEXTS | st.none(), min_size=len(old), max_size=len(old)), "updates")
    texts = {f"doc{number}": text for number, text in enumerate(old)}
    with rolled_back(ws):
        for ref, text in texts.items():
            search.put(ws.ledger, "feedback", ref, old="", new=text)
        for (ref, text), later in zip(tuple(texts.items()), new, strict=True):
            if later is not None:
                search.put(ws.ledger, "feedback", ref, old=text, new=later)
                texts[ref] = later
        everything = "".join((*texts.values(), *old))
        for _ in range(4):
            start = data.draw(st.integers(0, max(len(everything) - 1, 0)))
            wanted = everything[start : start + data.draw(st.integers(1, 20))]
            if wanted:
                assert found(ws, wanted) == plainly(texts, wanted)
        missed = data.draw(st.text(min_size=1, max_size=3), "anything")
        assert found(ws, missed) == plainly(texts, missed)


def test_two_characters_inside_a_word_are_found(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "会同市税务局开展联合奖惩，覆盖95.5%的企业。")
    record(ws, "市商务局", 1, "与税收、务工无关。")
    assert found(ws, "税务") == {entry(ws, "市数据局", 1).id}
    assert found(ws, "5%的") == {entry(ws, "市数据局", 1).id}
    assert found(ws, "税") == {entry(ws, "市数据局", 1).id, entry(ws, "市商务局", 1).id}
    assert found(ws, "") == set()


def test_latin_letters_in_any_case(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "建成 Credit-AI 平台")
    assert found(ws, "cREDIT-ai") == {entry(ws, "市数据局", 1).id}
    assert found(ws, "credit ai") == set()


def test_index_follows_update_undo_and_resubmission(ws: Workspace) -> None:
    mine = record(ws, "市数据局", 1, "最初的说法").id
    record(ws, "市数据局", 1, "后来的说法")
    assert (found(ws, "最初"), found(ws, "后来")) == (set(), {mine})
    returns.undo(ws)
    assert (found(ws, "最初"), found(ws, "后来")) == ({mine}, set())
    returns.review(
        ws,
        expected_return_id=expected(ws, "市数据局").id,
        decision=ReturnState.SENT_BACK,
        reason="太空",
        resubmit_by=date(2024, 9, 5),
    )
    record(ws, "市数据局", 1, "补报的说法")
    assert (found(ws, "最初"), found(ws, "补报")) == (set(), {mine})
    returns.undo(ws)
    assert (found(ws, "最初"), found(ws, "补报")) == ({mine}, set())


def test_first_save_taken_back_leaves_no_hit(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "甲\n乙", problems="丙")
    assert found(ws, "\n")
    returns.undo(ws)
    assert (found(ws, "甲"), found(ws, "\n")) == (set(), set())
    mine = record(ws, "市数据局", 1, "又写了甲").id
    assert found(ws, "甲") == {mine}


def test_kinds_do_not_mix_and_the_limit_keeps_the_oldest(ws: Workspace) -> None:
    assert found(ws, "信用", kind="feedback") == set()
    assert len(found(ws, "信用", kind="measure")) == 3
    assert len(found(ws, "信用", kind="unit")) == 1
    first = search.find(ws.ledger, "信用", kind="measure", limit=1)
    assert first == search.find(ws.ledger, "信用", kind="measure")[:1]
