"""Ready answers to doubts about names, and one answer for several doubts of one kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.deciding import decide
from hs_credit_desktop.domain.decisions import Answer, Decisions, alike
from hs_credit_desktop.domain.notice import Doubt, DoubtKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    doubt_names,
    editing,
    editing_doubts,
    memory,
    next_year,
    overview,
    undo,
)
from hs_credit_desktop.services.memory import Carried
from hs_credit_desktop.services.notices import (
    bundled_notice,
    create_ledger,
    read_notice,
    read_pasted,
)
from hs_credit_desktop.store import images, notices, units
from tests.ledgers import TODAY, clock_at, dump

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.domain.draft import DraftNotice
    from hs_credit_desktop.services.notices import ReadNotice
    from hs_credit_desktop.services.workspace import Workspace

NEW, KNOWN = "市水利局", "市水利和湖泊局"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Workspace]:
    opened = create_ledger(tmp_path / "台账", clock_at(TODAY), read_notice(bundled_notice()))
    yield opened
    opened.close()


@pytest.fixture
def next_source(real: Workspace) -> ReadNotice:
    """Next year's paper in which one unit stands under a name that the ledger does not know."""
    words = bundled_notice().read_text("utf-8").replace(KNOWN, NEW)
    words = words.replace("〔2024〕1号", "〔2025〕3号").replace("2024年7月3日", "2025年7月3日")
    return read_pasted(words, next_year.known(real))


def of_kind(draft: DraftNotice, kind: DoubtKind) -> int:
    return next(at for at, doubt in enumerate(draft.doubts) if doubt.kind is kind)


def about(draft: DraftNotice, name: str) -> int:
    return next(at for at, doubt in enumerate(draft.doubts) if name in doubt.names)


def test_a_paper_just_read_says_why_names_are_alike() -> None:
    source = read_notice(bundled_notice())
    doubt = source.draft.doubts[of_kind(source.draft, DoubtKind.UNIT_SPELLING)]
    ready = doubt_names.of_paper(source, doubt)
    assert {item.name for item in ready if item.offered} == set(doubt.names)
    assert all("缩写" in item.words for item in ready if item.offered)
    year = source.draft.doubts[of_kind(source.draft, DoubtKind.YEAR)]
    assert doubt_names.of_paper(source, year) == ()


def test_units_the_doubt_does_not_name_are_few() -> None:
    source = read_notice(bundled_notice())
    doubt = Doubt(DoubtKind.SIMILAR_UNITS, "", 1, "", ("分别保留",), ("市农业局", "市司法所"))
    others = doubt_names.of_paper(source, doubt)
    assert 0 < len(others) <= doubt_names.MOST
    assert not any(item.offered for item in others)
    assert others[0].words.startswith(("用字与", "像是", "只比"))


def test_a_unit_nearly_known_is_asked_about_and_never_settled(next_source: ReadNotice) -> None:
    doubt = next_source.draft.doubts[about(next_source.draft, NEW)]
    assert (doubt.kind, doubt.names) == (DoubtKind.SIMILAR_UNITS, (NEW, KNOWN))
    assert "台账里的“市水利和湖泊局”" in doubt.text
    assert doubt in next_source.decided.doubts
    assert NEW in {unit.name for unit in next_source.decided.units}
    ready = doubt_names.of_paper(next_source, doubt)
    assert next(item for item in ready if item.name == KNOWN).offered


@pytest.mark.parametrize(("choice", "name"), [(1, NEW), (2, KNOWN)])
def test_one_body_under_either_name(
    real: Workspace, next_source: ReadNotice, choice: int, name: str
) -> None:
    at = about(next_source.draft, NEW)
    said = Answer(next_source.draft.doubts[at].choices[choice])
    source = replace(next_source, decisions=next_source.decisions.with_answer(at, said))
    [before] = [unit.id for unit in units.units(real.ledger) if unit.canonical_name == KNOWN]
    next_year.add(real, source, next_year.compare(real, source))
    [unit] = [each for each in units.units(real.ledger) if each.id == before]
    other = {NEW: KNOWN, KNOWN: NEW}[name]
    assert (unit.canonical_name, unit.active) == (name, True)
    assert other in unit.aliases
    active = [each.canonical_name for each in units.units(real.ledger) if each.active]
    assert other not in active


def test_kept_apart_once_is_not_asked_again(real: Workspace, next_source: ReadNotice) -> None:
    seed = memory.seed_of(real)
    seed = replace(seed, apart=frozenset({frozenset((NEW, KNOWN))}))
    again = read_pasted(next_source.text, Carried(seed, ""))
    assert all(NEW not in doubt.names for doubt in again.draft.doubts)


def test_a_register_too_long_to_compare_asks_nothing(next_source: ReadNotice) -> None:
    assert next_source.carried is not None
    many = {f"某{number}局": f"某{number}局" for number in range(301)}
    seed = replace(next_source.carried.seed, same={**next_source.carried.seed.same, **many})
    again = read_pasted(next_source.text, Carried(seed, ""))
    assert all(NEW not in doubt.names for doubt in again.draft.doubts)


def test_a_saved_doubt_asks_the_register(real: Workspace) -> None:
    book = editing_doubts.saved(real, overview.notice(real))
    doubt = book.source.draft.doubts[of_kind(book.source.draft, DoubtKind.SIMILAR_UNITS)]
    ready = doubt_names.of_register(real, doubt)
    assert {item.name for item in ready if item.offered} == set(doubt.names)
    assert doubt_names.of_register(real, book.source.draft.doubts[0]) == ()


# One answer for several


def test_the_same_answer_for_the_other_doubts_of_its_kind() -> None:
    draft = read_notice(bundled_notice()).draft
    first = of_kind(draft, DoubtKind.BRACKET)
    said = Answer(draft.doubts[first].choices[1])
    [(other, same)] = alike(draft, Decisions(), first, said).items()
    assert (draft.doubts[other].kind, same) == (DoubtKind.BRACKET, said)
    answered = Decisions().with_answer(other, Answer(draft.doubts[other].choices[0]))
    assert alike(draft, answered, first, said) == {}
    year = of_kind(draft, DoubtKind.YEAR)
    twice = replace(draft, doubts=(*draft.doubts, draft.doubts[year]))
    assert alike(twice, Decisions(), year, Answer("2026年")) == {}


def _slip(printed: str) -> Doubt:
    choices = (f"按“{printed}”读取", "不用", "不是重复，需核对原件")
    return Doubt(DoubtKind.DOUBLED_CHARACTER, "", 1, "", choices, ())


def test_first_stands_for_first_and_last_for_last() -> None:
    draft = replace(read_notice(bundled_notice()).draft, doubts=(_slip("甲"), _slip("乙")))
    said = [alike(draft, Decisions(), 0, Answer(each)) for each in draft.doubts[0].choices]
    assert said == [{1: Answer(each)} for each in draft.doubts[1].choices]
    assert alike(draft, Decisions(), 0, Answer("按“丙”读取")) == {}
    assert alike(draft, Decisions(), 0, Answer("不用", ("市公安局",))) == {}


def test_a_name_typed_goes_where_the_same_name_is_asked() -> None:
    pairs = (("甲局", "甲办"), ("甲局", "甲委"), ("乙局", "乙办"))
    doubts = tuple(
        Doubt(
            DoubtKind.SIMILAR_UNITS, "", 1, "", ("分别保留", f"用“{one}”", f"用“{two}”"), (one, two)
        )
        for one, two in pairs
    )
    draft = replace(read_notice(bundled_notice()).draft, doubts=doubts)
    assert alike(draft, Decisions(), 0, Answer("市甲局")) == {1: Answer("市甲局")}
    assert alike(draft, Decisions(), 0, Answer("用“甲办”")) == {}


def test_several_doubts_of_the_ledger_in_one_step(real: Workspace) -> None:
    book = editing_doubts.saved(real, overview.notice(real))
    draft = book.source.draft
    first = of_kind(draft, DoubtKind.BRACKET)
    said = Answer(draft.doubts[first].choices[0])
    every = {first: said, **alike(draft, book.source.decisions, first, said)}
    before = dump(real, images.TABLES)
    edit = editing_doubts.answer_all(book, every)
    assert edit.subject == "（十五）、（十八） 括号不配对"
    editing.apply(real, edit, [])
    kinds = [item.doubt.kind for item in notices.open_doubts(real.ledger, book.notice.id)]
    assert DoubtKind.BRACKET not in kinds
    with pytest.raises(UserError, match="已经核对过"):
        editing_doubts.answer_all(editing_doubts.saved(real, book.notice), every)
    undo.undo(real)
    assert dump(real, images.TABLES) == before


def test_one_body_of_names_that_stand_nowhere_changes_no_unit() -> None:
    draft = read_notice(bundled_notice()).draft
    choices = ("分别保留", "是同一单位，用“甲”", "是同一单位，用“乙”")
    doubt = Doubt(DoubtKind.SIMILAR_UNITS, "", 1, "", choices, ("甲", "乙"))
    decided = decide(
        replace(draft, doubts=(doubt,)), Decisions().with_answer(0, Answer(choices[1]))
    )
    assert decided.units == draft.units
