"""Parts of a feedback, their hash, and the words of states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hs_credit_desktop.domain.returns import (
    Channel,
    Completion,
    Entry,
    ExpectedReturn,
    FeedbackParts,
    ReturnState,
    changed_parts,
    labelled,
)

FULL = FeedbackParts("办法已印发", "归集 3 万条", "人手不足", "继续推进", Completion.IN_PROGRESS)


def test_blank_means_that_no_part_says_anything() -> None:
    assert FeedbackParts(" ", "\n", "\u3000", "").blank
    assert FeedbackParts(completion=Completion.DONE).blank
    assert not FeedbackParts(next_steps="继续").blank


@pytest.mark.parametrize(
    "other",
    [
        replace(FULL, progress="办法已印"),
        replace(FULL, results=""),
        replace(FULL, problems="人手不足 "),
        replace(FULL, next_steps="不再推进"),
        replace(FULL, completion=None),
        FeedbackParts("办法已印发归", "集 3 万条", "人手不足", "继续推进", Completion.IN_PROGRESS),
    ],
)
def test_row_hash_differs_when_anything_differs(other: FeedbackParts) -> None:
    assert other.row_hash != FULL.row_hash
    assert len(FULL.row_hash) == 64
    assert replace(FULL).row_hash == FULL.row_hash


def test_labelled_names_what_is_said_in_the_order_of_the_form() -> None:
    assert list(labelled(replace(FULL, results=""))) == [
        ("进展情况", "办法已印发"),
        ("存在问题", "人手不足"),
        ("下一步打算", "继续推进"),
    ]


def test_changed_parts_in_the_order_of_the_form() -> None:
    assert changed_parts(FULL, FULL) == ()
    other = replace(FULL, completion=Completion.DONE, results="归集 4 万条")
    assert changed_parts(FULL, other) == ("results", "completion")


def test_labels_are_the_words_of_the_office() -> None:
    assert [item.label for item in Completion] == [
        "未启动",
        "推进中",
        "基本完成",
        "已完成",
        "长期坚持",
    ]
    assert [item.label for item in ReturnState] == ["未报", "待审", "通过", "退回补报", "存疑"]
    assert [item.label for item in Channel] == ["电子邮件", "微信", "纸质", "U盘", "电话"]


def test_exempt_follows_from_the_reason() -> None:
    place = ExpectedReturn("e", "r", "u", "市数据局", 0, ReturnState.MISSING, 2, 0)
    assert not place.exempt
    assert replace(place, exempt_reason="撤并").exempt


def test_a_blank_entry_of_a_return_that_came_still_waits() -> None:
    entry = Entry(
        id="i",
        round_id="r",
        expected_return_id="e",
        unit_id="u",
        unit_name="市数据局",
        measure_id="m",
        measure_number=1,
        measure_title="完善",
        pillar_id="p",
        role="lead",
        suggested=True,
        state=ReturnState.ACCEPTED,
        covered=False,
        exempt=False,
        first_received_on=date(2024, 8, 1),
        extended_to=None,
        resubmit_by=None,
    )
    assert entry.lamp_state is ReturnState.MISSING
    assert replace(entry, covered=True).lamp_state is ReturnState.ACCEPTED
