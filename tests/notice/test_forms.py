"""Notices of other forms, each with its whole expected reading beside it in tests/data/notices."""

from pathlib import Path

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice import Seed, read
from tests.conftest import ROOT
from tests.notice.outline import outline

PAPERS = sorted((ROOT / "tests" / "data" / "notices").glob("*.txt"))


def test_there_are_twelve_forms() -> None:
    assert len(PAPERS) >= 12


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_form_is_read_exactly(paper: Path, seed: Seed) -> None:
    expected = paper.with_suffix(".tree").read_text("utf-8")
    assert outline(read(paper.read_text("utf-8"), seed=seed)) == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "\n \n",
        "关于放假的通知\n各单位：\n现将放假安排通知如下。",
        "一、总则\n（一）目的。为了工作。",
    ],
)
def test_paper_without_measures_is_refused(words: str, seed: Seed) -> None:
    with pytest.raises(UserError) as caught:
        read(words, seed=seed)
    assert caught.value.what == "没有读到措施"
