"""Random actions of a seeded monkey find no exception, no Qt warning and no wrong number."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.monkey import Monkey

ACTIONS = 300  # 10,000 by hand: python -m tests.ui.monkey


def test_three_hundred_random_actions_leave_the_window_and_its_numbers_whole(
    qtbot: QtBot, tmp_path: Path
) -> None:
    monkey = Monkey(tmp_path, seed=20241129)
    monkey.run(ACTIONS)
    report = monkey.report()
    monkey.close()
    assert not monkey.faults, report
    assert sum(monkey.counts.values()) >= ACTIONS


def test_the_monkey_notices_a_wrong_number_a_warning_and_an_exception(
    qtbot: QtBot, tmp_path: Path
) -> None:
    monkey = Monkey(tmp_path, seed=1)
    monkey.run(0)
    assert monkey.window.ws is not None
    monkey.window.ws.ledger.connection.execute("UPDATE return_tallies SET returns = returns + 1")
    monkey.recount()
    found = "\n".join(monkey.faults)
    monkey._warned(None, None, "QObject::connect: no such signal")
    monkey._one(_broken, monkey.window)
    monkey.close()
    assert "check: " in found
    assert "listed" in found
    assert "Qt: QObject::connect: no such signal" in monkey.faults
    assert "ZeroDivisionError" in monkey.faults[-1]


def _broken(_monkey: Monkey, _top: object) -> str:
    return str(1 / 0)
