"""Commands and long work come out of one door, on the main thread, with their errors."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.ui.run import Job, Run


def _refuse() -> Changes:
    raise UserError("没有 13 月", "请按“2024-12-02”的格式填写。")


def test_a_command_announces_its_changes_once(qtbot: QtBot) -> None:
    run = Run()
    with qtbot.waitSignal(run.changed) as announced:
        assert run.command(lambda number: Changes(returns=number == 3), 3)
    assert announced.args == [Changes(returns=True)]


def test_a_refused_command_says_why_and_announces_nothing(qtbot: QtBot) -> None:
    run = Run()
    heard: list[object] = []
    run.changed.connect(heard.append)
    with qtbot.waitSignal(run.failed) as failed:
        assert not run.command(_refuse)
    assert failed.args == ["没有 13 月", "请按“2024-12-02”的格式填写。"]
    assert heard == []


def test_a_page_may_show_the_error_itself(qtbot: QtBot) -> None:
    run = Run()
    heard: list[UserError] = []
    with qtbot.assertNotEmitted(run.failed):
        run.command(_refuse, on_error=heard.append)
    assert heard[0].what == "没有 13 月"


def test_long_work_runs_elsewhere_and_ends_here(qtbot: QtBot) -> None:
    run = Run()
    main, said, done = threading.get_ident(), [], []

    def work(job: Job) -> int:
        job.report("正在导出 1/2…")
        return threading.get_ident()

    run.background(
        work, lambda worker: done.append((worker, threading.get_ident())), on_progress=said.append
    )
    qtbot.waitUntil(lambda: bool(done))
    worker, ended_on = done[0]
    assert worker != main
    assert ended_on == main
    assert said == ["正在导出 1/2…"]
    assert not run.working


def test_an_error_of_long_work_arrives_as_a_sentence(qtbot: QtBot) -> None:
    run = Run()

    def work(job: Job) -> None:
        raise UserError("没有导出成功：D 盘空间不足", "原有文件没有改动。")

    with qtbot.waitSignal(run.failed) as failed:
        run.background(work, lambda _: pytest.fail("must not be done"))
    assert failed.args[0] == "没有导出成功：D 盘空间不足"


def test_a_bug_in_long_work_reaches_the_crash_hook(qtbot: QtBot) -> None:
    run = Run()

    def work(job: Job) -> None:
        raise ZeroDivisionError("ours")

    with qtbot.captureExceptions() as caught:
        run.background(work, lambda _: None)
        qtbot.waitUntil(lambda: not run.working)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_work_that_was_stopped_knows_it(qtbot: QtBot) -> None:
    run = Run()
    done: list[bool] = []
    started, go = threading.Event(), threading.Event()

    def work(job: Job) -> bool:
        started.set()
        go.wait(5)
        return job.stopped

    job = run.background(work, done.append)
    started.wait(5)
    job.stop()
    go.set()
    qtbot.waitUntil(lambda: done == [True])


def test_tests_may_run_long_work_on_the_spot() -> None:
    done: list[int] = []
    Run(at_once=True).background(lambda job: 7, done.append)
    assert done == [7]
