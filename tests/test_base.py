"""What lies under everything: errors, the clock, the places, the log."""

from __future__ import annotations

import logging
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from hs_credit_desktop import paths
from hs_credit_desktop.clock import CHINA, Clock, clock_on, system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.log import KEPT_FILES, LOGGER, MAX_BYTES, close_log, open_log


def test_user_error_is_one_sentence_of_what_and_advice() -> None:
    error = UserError("文件打不开", "请换一个文件。")
    assert str(error) == "文件打不开：请换一个文件。"
    assert (error.what, error.advice) == ("文件打不开", "请换一个文件。")


def test_clock_tells_the_time_in_china_whatever_the_zone() -> None:
    evening = datetime(2024, 8, 30, 20, 10, 5, 999, timezone(timedelta(hours=1)))
    clock = Clock(lambda: evening)
    assert clock.now() == datetime(2024, 8, 31, 3, 10, 5, tzinfo=CHINA)
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert clock.now().microsecond == 0
    assert clock.today() == date(2024, 8, 31)


def test_system_clock_runs() -> None:
    before = datetime.now(CHINA).replace(microsecond=0)
    assert before <= system_clock().now() <= datetime.now(CHINA)


def test_clock_on_a_day_keeps_the_time_of_day() -> None:
    base = Clock(lambda: datetime(2030, 1, 1, 17, 45, tzinfo=CHINA))
    clock = clock_on(date(2024, 11, 29), base)
    assert clock.now() == datetime(2024, 11, 29, 17, 45, tzinfo=CHINA)
    assert clock_on(date(2024, 2, 29)).today() == date(2024, 2, 29)


def test_data_folder_names_its_places() -> None:
    folder = paths.DataFolder(Path("数据"))
    assert folder.ledger == Path("数据/ledger.hscredit")
    assert folder.files == Path("数据/files")
    assert folder.backups == Path("数据/backups")
    assert folder.logs == Path("数据/logs")


def test_resources_and_migrations_are_found(monkeypatch, tmp_path: Path, repo_root: Path) -> None:
    assert paths.resources() == repo_root / "resources"
    assert (paths.database_sources() / "migrations" / "0001_ledger.sql").is_file()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


@pytest.mark.parametrize(
    ("environ", "platform", "root"),
    [
        ({"HS_CREDIT_DATA": "/选定"}, "win32", Path("/选定")),
        ({"LOCALAPPDATA": "/本机"}, "win32", Path("/本机/hs_credit_desktop")),
        (
            {"LOCALAPPDATA": "/本机", "XDG_DATA_HOME": "/share"},
            "linux",
            Path("/share/hs_credit_desktop"),
        ),
        ({}, "linux", Path.home() / ".local" / "share" / "hs_credit_desktop"),
        ({}, "win32", Path.home() / ".local" / "share" / "hs_credit_desktop"),
    ],
)
def test_default_data_folder(environ: dict[str, str], platform: str, root: Path) -> None:
    assert paths.default_data_root(environ, platform) == root


def test_log_is_written_small_and_let_go(tmp_path: Path) -> None:
    handler = open_log(tmp_path / "logs")
    try:
        LOGGER.info("打开台账")
        file = tmp_path / "logs" / "hs-credit.log"
        assert "INFO 打开台账" in file.read_text(encoding="utf-8")
        assert (handler.maxBytes, handler.backupCount) == (MAX_BYTES, KEPT_FILES)
    finally:
        close_log(handler)
    assert handler not in LOGGER.handlers
    assert handler.stream is None
    LOGGER.log(logging.INFO, "之后")
    assert "之后" not in file.read_text(encoding="utf-8")
