"""The garbage collector leaves old objects alone while workers are at work, and not longer."""

import gc

from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui.collecting import NEVER, old_left_alone
from hs_credit_desktop.ui.run import Run


def test_old_objects_are_left_alone_until_the_last_worker_is_done() -> None:
    usual = gc.get_threshold()
    with old_left_alone():
        with old_left_alone():
            assert gc.get_threshold() == (*usual[:2], NEVER)
        assert gc.get_threshold() == (*usual[:2], NEVER)
    assert gc.get_threshold() == usual


def test_work_in_the_background_is_not_held_up_by_a_full_collection(qtbot: QtBot) -> None:
    usual, seen = gc.get_threshold(), []
    Run(at_once=True).background(lambda _job: seen.append(gc.get_threshold()), lambda _made: None)
    assert seen == [(*usual[:2], NEVER)]
    assert gc.get_threshold() == usual
