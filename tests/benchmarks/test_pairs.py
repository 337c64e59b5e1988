"""The arithmetic of the speed figures, on times that are told and not measured."""

from __future__ import annotations

import itertools

import pytest

from tests.benchmarks import __main__ as runner
from tests.benchmarks.pairs import Result, pairs


def test_ratio_is_of_medians_and_order_is_interleaved() -> None:
    calls: list[str] = []
    slow = itertools.chain([9.0, 50.0], itertools.repeat(3.0))

    def a() -> float:
        calls.append("a")
        return 2.0

    def b() -> float:
        calls.append("b")
        return next(slow)

    result = pairs(a, b, n=3, name="x", goal=1.5)
    assert "".join(calls) == "aba" * 4  # the first round only warms up
    assert (result.ratio, result.control, result.n) == (1.5, 1.0, 3)
    assert not result.void
    assert not result.missed
    assert result.line() == (
        "x: ratio 1.500 control 1.000 goal <= 1.5 ok (3000.00 ms / 2000.00 ms, n=3)"
    )


def test_unsteady_yardstick_makes_the_run_void() -> None:
    # Later runs of a are slower in even rounds, earlier ones in odd rounds: always the same side.
    times = itertools.cycle([1.0, 1.3, 1.3, 1.0])
    result = pairs(lambda: next(times), lambda: 1.0, n=4, name="x")
    assert result.void
    assert "VOID" in result.line()


def test_a_job_without_its_own_clock_is_timed() -> None:
    result = pairs(lambda: None, lambda: sum(range(200_000)) and None, n=3)
    assert result.measured > result.yardstick > 0
    assert result.ratio > 1


@pytest.mark.parametrize(
    ("ratio", "control", "status"), [(1.0, 1.0, 0), (2.0, 1.0, 1), (1.0, 1.2, 1)]
)
def test_runner_runs_the_named_one_and_says_when_a_goal_is_missed(
    monkeypatch, capsys, ratio: float, control: float, status: int
) -> None:
    result = Result("start", 15, 1.0, ratio, ratio, control, goal=1.4)
    module = type("Module", (), {"run": staticmethod(lambda: [result])})
    asked: list[str] = []
    monkeypatch.setattr(runner, "names", lambda: ["start", "other"])
    monkeypatch.setattr(runner.importlib, "import_module", lambda n: asked.append(n) or module)
    assert runner.main(["start"]) == status
    assert asked == ["tests.benchmarks.bench_start"]
    assert capsys.readouterr().out == result.line() + "\n"


def test_runner_names_what_there_is(capsys) -> None:
    assert runner.main(["nothing-like-this"]) == 2
    assert "nothing-like-this" in capsys.readouterr().out
