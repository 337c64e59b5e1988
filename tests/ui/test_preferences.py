"""What the window remembers survives, and a broken file is only forgotten."""

from pathlib import Path

import pytest

from hs_credit_desktop.ui.preferences import RECENT_KEPT, Preferences


def test_values_are_there_next_time(tmp_path: Path) -> None:
    first = Preferences(tmp_path / "new folder")
    first.put("theme", "dark")
    first.put("splitter", [1, 2, 3])
    second = Preferences(tmp_path / "new folder")
    assert (second.text("theme"), second.numbers("splitter")) == ("dark", [1, 2, 3])


@pytest.mark.parametrize("words", ["", "[]", "{", '{"theme": 3, "splitter": ["a"], "recent": [1]}'])
def test_a_broken_file_is_forgotten(tmp_path: Path, words: str) -> None:
    (tmp_path / "window.json").write_text(words, encoding="utf-8")
    kept = Preferences(tmp_path)
    assert kept.text("theme", "system") == "system"
    assert kept.numbers("splitter") == []
    assert kept.recent() == []


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    Preferences(tmp_path / "file").put("theme", "dark")


def test_recent_ledgers_are_few_and_the_newest_first(tmp_path: Path) -> None:
    kept = Preferences(tmp_path)
    for number in range(RECENT_KEPT + 2):
        kept.opened(tmp_path / str(number), f"第{number}本", "2024-11-29")
    kept.opened(tmp_path / "5", "第5本", "2024-11-30")
    recent = Preferences(tmp_path).recent()
    assert len(recent) == RECENT_KEPT
    assert recent[0] == (tmp_path / "5", "第5本", "2024-11-30")


def test_preferences_follow_ledgers_that_moved(tmp_path: Path) -> None:
    old, new = tmp_path / "旧", tmp_path / "新"
    kept = Preferences(old)
    kept.opened(tmp_path / "别处", "别处", "2024-01-01")
    kept.opened(old / "2025年台账", "甲", "2024-01-02")
    kept.opened(old, "乙", "2024-01-03")
    kept.follow(old, new)
    kept.put("theme", "dark")
    again = Preferences(new)
    assert [where for where, _, _ in again.recent()] == [new, new / "2025年台账", tmp_path / "别处"]
    assert (again.text("theme"), Preferences(old).text("theme")) == ("dark", "")
