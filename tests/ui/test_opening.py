"""Copies of originals that were opened go with the run, those left by a crash at the next start."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hs_credit_desktop.ui import opening


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of the test's own."""
    opening.remove_copies()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    opening.remove_copies()


def copied(name: str = "反馈表.xlsx") -> Path:
    """A copy as if it had been opened."""
    copy = opening.scratch_folder() / name
    copy.write_bytes(b"copy")
    return copy


def test_the_end_of_the_run_takes_them_away(temporary: Path) -> None:
    first, second = copied(), copied()
    assert first.parent != second.parent
    opening.remove_copies()
    assert list(temporary.iterdir()) == []
    assert copied().exists(), "a window that is opened once more has a folder again"


def test_nothing_opened_leaves_nothing(temporary: Path) -> None:
    opening.remove_copies()
    assert list(temporary.iterdir()) == []


def test_what_is_still_open_stays_for_the_next_time(temporary: Path) -> None:
    shut, opened, locked = copied("一.docx"), copied("二.docx"), copied("三.docx")
    (locked.parent / "~$三.docx").write_bytes(b"")
    with opened.open("rb"):
        opening.remove_copies()
        assert not shut.parent.exists()
        assert opened.exists()
        assert locked.exists()
    (locked.parent / "~$三.docx").unlink()
    opening.remove_left_over()
    assert list(temporary.iterdir()) == []


def test_windows_refuses_to_delete_what_is_open(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copied()

    def refuse(_path: Path) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        opening.remove_copies()
    assert copy.exists()


def test_the_next_start_takes_what_a_crash_left_and_nothing_else(temporary: Path) -> None:
    mine = copied()
    left = temporary / f"{opening.PREFIX}crash" / "a"
    left.mkdir(parents=True)
    (left / "原件.pdf").write_bytes(b"copy")
    # The lock of a run whose process is gone, as Qt writes it: pid, program, PC, ids.
    (left.parent / opening.LOCK).write_text("999999999\npython\n\n\n\n", "utf-8")
    other = temporary / "hs-credit-abc" / "draft.pdf"
    other.parent.mkdir()
    other.write_bytes(b"paper")
    opening.remove_left_over()
    assert not left.parent.exists()
    assert mine.exists()
    assert other.exists()
