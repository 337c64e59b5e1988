"""Opening, versions, transactions: what is refused, and that nothing is touched when it is."""

from __future__ import annotations

import lzma
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import integrity
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import faults, ledger, schema, settings
from hs_credit_desktop.store.ledger import Ledger, create, open_reading, open_writing
from tests.ledgers import KEPT, ROOT, TODAY, clock_at, dump, folder_state, make_workspace, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlite_utils

    from hs_credit_desktop.services.workspace import Workspace

NOW = clock_at(TODAY).now()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder with a fresh ledger, closed; its name is as awkward as names get."""
    made = DataFolder(tmp_path / "数据 #1?%20")
    create(made, at=NOW).close()
    (made.root / "ledger.lock").unlink()
    return made


def _refused(folder: DataFolder, words: str, *, writing: bool = True, reading: bool = True) -> None:
    """Both ways of opening say `words`, and nothing in the folder changes."""
    before = folder_state(folder.root)
    if writing:
        with pytest.raises(UserError, match=words):
            open_writing(folder, at=NOW)
    if reading:
        with pytest.raises(UserError, match=words):
            open_reading(folder)
    assert folder_state(folder.root) == before


def test_new_ledger_is_ours_and_durable(folder: DataFolder) -> None:
    opened = open_writing(folder, at=NOW)
    try:
        assert opened.value("PRAGMA application_id") == schema.APPLICATION_ID
        assert opened.value("PRAGMA user_version") == schema.SCHEMA_VERSION
        assert opened.value("PRAGMA journal_mode") == "wal"
        assert opened.value("PRAGMA synchronous") == 2  # FULL
        assert opened.value("PRAGMA foreign_keys") == 1
        assert not opened.read_only
    finally:
        opened.close()
    assert list(folder_state(folder.root)) == ["ledger.hscredit", "ledger.lock"]


def test_create_refuses_where_one_is(folder: DataFolder) -> None:
    before = folder_state(folder.root)
    with pytest.raises(UserError, match="已有台账，没有改动"):
        create(folder, at=NOW)
    assert folder_state(folder.root) == before


def test_create_refuses_one_made_while_it_waited_for_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    take = ledger.WriterLock.acquire

    def slow(root: Path, *, at: object) -> object:
        folder.ledger.write_bytes(b"another's")
        return take(root, at=at)

    monkeypatch.setattr(ledger.WriterLock, "acquire", slow)
    with pytest.raises(UserError, match="已有台账"):
        create(folder, at=NOW)
    assert folder.ledger.read_bytes() == b"another's"
    take(tmp_path, at=NOW).release()  # the lock is free again


def test_create_overwrites_a_draft_that_a_crash_left(tmp_path: Path) -> None:
    (tmp_path / "ledger.new").write_bytes(b"half")
    create(DataFolder(tmp_path), at=NOW).close()
    assert not (tmp_path / "ledger.new").exists()


def test_create_leaves_no_half_ledger_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = ledger._connect

    def small(file: Path, options: str = "mode=rwc") -> sqlite3.Connection:
        connection = connect(file, options)
        connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(ledger, "_connect", small)
    with pytest.raises(UserError, match="没有建立成功（磁盘空间不足）"):
        create(DataFolder(tmp_path), at=NOW)
    assert list(folder_state(tmp_path)) == ["ledger.lock"]
    ledger.WriterLock.acquire(tmp_path, at=NOW).release()


def test_missing_ledger(tmp_path: Path) -> None:
    _refused(DataFolder(tmp_path), "里没有可以打开的台账：请先用通知建立台账")
    (tmp_path / "ledger.hscredit").mkdir()
    _refused(DataFolder(tmp_path), "里没有可以打开的台账")


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 300, "一段文字".encode() * 99, b"SQLite f"])
def test_empty_and_foreign_files(tmp_path: Path, content: bytes) -> None:
    folder = DataFolder(tmp_path)
    folder.ledger.write_bytes(content)
    _refused(folder, "不是本程序的台账，没有打开")


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_database_of_another_program(tmp_path: Path, mode: str) -> None:
    folder = DataFolder(tmp_path)
    with closing(sqlite3.connect(folder.ledger)) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        other.execute("CREATE TABLE notices (id)")
        other.commit()
    _refused(folder, "不是本程序的台账，没有打开：文件没有改动")


def test_newer_ledger(folder: DataFolder) -> None:
    with closing(sqlite3.connect(folder.ledger)) as newer:
        newer.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    _refused(folder, "是更新版本的程序建立的台账，没有打开.*请安装新版本")


@pytest.mark.parametrize("harm", ["truncated", "zeroed schema"])
def test_damaged_ledger(folder: DataFolder, harm: str) -> None:
    whole = folder.ledger.read_bytes()
    zeroed = whole[:100] + bytes(3996) + whole[4096:]
    folder.ledger.write_bytes(whole[:20480] if harm == "truncated" else zeroed)
    (folder.root / "ledger.lock").touch()
    _refused(folder, "已损坏，没有打开：请保留这个文件备查")


def test_damage_found_while_reading_is_said(folder: DataFolder) -> None:
    opened = open_reading(folder)
    try:
        root = opened.value("SELECT rootpage FROM sqlite_master WHERE name = 'settings'")
        size = opened.value("PRAGMA page_size")
    finally:
        opened.close()
    content = bytearray(folder.ledger.read_bytes())
    content[(root - 1) * size : root * size] = b"\x55" * size
    folder.ledger.write_bytes(content)
    with pytest.raises(UserError, match=r"已损坏，没有(打开|读出来)"):
        open_workspace(folder.root, clock_at(TODAY))
    with pytest.raises(UserError, match="已损坏，没有读出来"):
        open_workspace(folder.root, clock_at(TODAY), read_only=True)
    ledger.WriterLock.acquire(folder.root, at=NOW).release()


def test_older_ledger_is_copied_then_brought_up_to_date(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    _older(folder)
    old = folder_state(tmp_path)
    with pytest.raises(UserError, match="是较早版本的台账：请先用本程序的窗口打开一次"):
        open_reading(folder)
    assert folder_state(tmp_path) == old
    opened = open_writing(folder, at=NOW)
    try:
        assert opened.value("PRAGMA user_version") == schema.SCHEMA_VERSION
        assert opened.value("SELECT count(*) FROM expected_returns") == 0
        assert opened.value("SELECT said FROM before") == "从前"
    finally:
        opened.close()
    [copy] = folder.backups.iterdir()
    assert copy.name == "升级前_v0_20240820_093000.hscredit"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (0,)
        assert kept.execute("SELECT name, said FROM sqlite_master, before").fetchall() == [
            ("before", "从前")
        ]


def _older(folder: DataFolder) -> None:
    with closing(sqlite3.connect(folder.ledger)) as older:
        older.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        older.execute("CREATE TABLE before (said)")
        older.execute("INSERT INTO before VALUES ('从前')")
        older.commit()


def test_next_version_migrates_a_ledger_full_of_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = make_workspace(tmp_path)
    record(ws, "市数据局", 1)
    before = dump(ws)
    ws.close()
    _next_version(monkeypatch, "ALTER TABLE notices ADD COLUMN remark TEXT")
    ws = open_workspace(tmp_path / "台账", clock_at(TODAY))
    try:
        assert dump(ws) == before
        assert ws.ledger.value("SELECT count(remark) FROM notices") == 0
        assert ws.ledger.value("PRAGMA user_version") == schema.SCHEMA_VERSION
    finally:
        ws.close()


def test_failed_migration_leaves_the_old_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = make_workspace(tmp_path)
    before = dump(ws)
    ws.close()
    with monkeypatch.context() as patch:
        _next_version(patch, "DROP TABLE attachments", "SELECT no_such_column FROM notices")
        with pytest.raises(sqlite3.OperationalError):
            open_workspace(tmp_path / "台账", clock_at(TODAY))
    ws = open_workspace(tmp_path / "台账", clock_at(TODAY))
    try:
        assert dump(ws) == before
    finally:
        ws.close()


def test_no_migration_without_its_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = make_workspace(tmp_path)
    (ws.folder.root / "backups").write_text("in the way", encoding="utf-8")
    ws.close()
    with monkeypatch.context() as patch:
        _next_version(patch, "DROP TABLE attachments")
        with pytest.raises(UserError, match="没有打开（磁盘读写出错）"):
            open_workspace(tmp_path / "台账", clock_at(TODAY))
    ws = open_workspace(tmp_path / "台账", clock_at(TODAY))
    assert ws.ledger.value("SELECT count(*) FROM attachments") == 0
    ws.close()


def _next_version(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Pretend that the program has one migration more."""
    migrations = schema.migration_set()

    def m9999_next(db: sqlite_utils.Database) -> None:
        for statement in statements:
            db.execute(statement)

    migrations()(m9999_next)
    monkeypatch.setattr(schema, "migration_set", lambda: migrations)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)


def test_reading_beside_a_writer_sees_what_is_saved_and_cannot_write(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    reader = open_reading(ws.folder)
    try:
        assert reader.read_only
        assert reader.value("SELECT count(*) FROM feedback") == 1
        record(ws, "市商务局", 1)
        assert reader.value("SELECT count(*) FROM feedback") == 2
        with pytest.raises(UserError, match="台账是只读打开的，没有保存"), reader.transaction():
            pass
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.connection.execute("DELETE FROM feedback")
    finally:
        reader.close()
    assert ws.ledger.value("SELECT count(*) FROM feedback") == 2


def test_reading_changes_nothing_in_the_folder(folder: DataFolder) -> None:
    before = folder_state(folder.root)
    reader = open_reading(folder)
    assert reader.value("SELECT count(*) FROM units") == 0
    reader.close()
    assert folder_state(folder.root) == before


@contextmanager
def _read_only_folder(content: dict[str, bytes]) -> Iterator[Path]:
    """A folder whose files nobody of this process may write; root gives up its power for it."""
    if sys.platform == "win32":
        pytest.skip("Windows folders have no such mode")
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        for name, data in content.items():
            (root / name).write_bytes(data)
            (root / name).chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        root.chmod(0o555)
        powerful = os.geteuid() == 0
        if powerful:
            os.seteuid(65534)
        try:
            yield root
        finally:
            if powerful:
                os.seteuid(0)
            root.chmod(0o755)


def test_read_only_folder_is_read_and_not_written(folder: DataFolder) -> None:
    with _read_only_folder({"ledger.hscredit": folder.ledger.read_bytes()}) as root:
        locked = DataFolder(root)
        reader = open_reading(locked)
        assert reader.value("SELECT count(*) FROM units") == 0
        reader.close()
        with pytest.raises(UserError, match=r"不能写入.*请换一个文件夹，或检查权限"):
            open_writing(locked, at=NOW)
        with pytest.raises(UserError, match="不能写入"):
            create(DataFolder(root / "新"), at=NOW)
        assert list(folder_state(root)) == ["ledger.hscredit"]


def test_read_only_folder_with_saves_still_in_the_log_is_not_read_wrongly(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    lying = {
        name: (ws.folder.root / name).read_bytes()
        for name in ("ledger.hscredit", "ledger.hscredit-wal")
    }
    with (
        _read_only_folder(lying) as root,
        pytest.raises(UserError, match=r"没有打开（文件(或文件夹不能写入|打不开)）"),
    ):
        open_reading(DataFolder(root))


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_data_folder_that_cannot_be(tmp_path: Path, place: str) -> None:
    (tmp_path / "文件").write_bytes(b"keep")
    root = tmp_path / "文件" if place == "a file" else tmp_path / "文件" / "数据"
    with pytest.raises(UserError, match=r"不能写入：没有改动任何文件"):
        create(DataFolder(root), at=NOW)
    with pytest.raises(UserError, match="没有可以打开的台账"):
        open_writing(DataFolder(root), at=NOW)
    assert folder_state(tmp_path) == folder_state(tmp_path)
    assert (tmp_path / "文件").read_bytes() == b"keep"


def test_transaction_is_all_or_nothing(ws: Workspace) -> None:
    opened = ws.ledger
    with pytest.raises(ZeroDivisionError):
        _put_and_fail(opened)
    assert settings.get(opened, "a") == ""
    with opened.transaction():
        settings.put(opened, "a", "2")
    assert settings.get(opened, "a") == "2"
    with pytest.raises(AssertionError, match="belongs to a transaction"):
        settings.put(opened, "a", "3")
    with pytest.raises(AssertionError, match="belongs to a transaction"):
        opened.insert("settings", key="b", value="1")


def _put_and_fail(opened: Ledger) -> None:
    with opened.transaction():
        settings.put(opened, "a", "1")
        assert settings.get(opened, "a") == "1"
        raise ZeroDivisionError


def test_full_disk_at_a_save_keeps_the_old_state(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "从前的文字")
    before = dump(ws, ("settings", "audit", "feedback", "expected_returns", "search_documents"))
    pages = ws.ledger.value("PRAGMA page_count")
    ws.ledger.value(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError, match="没有保存成功（磁盘空间不足）：台账保持原样。请检查磁盘"):
        record(ws, "市商务局", 1, "很长的文字" * 20_000)
    assert not ws.ledger.connection.in_transaction
    tables = ("settings", "audit", "feedback", "expected_returns", "search_documents")
    assert dump(ws, tables) == before
    ws.ledger.value(f"PRAGMA max_page_count = {pages + 9999}")
    assert record(ws, "市商务局", 1).covered
    assert len(ws.undo_stack) == 2


def test_our_own_mistakes_are_not_blamed_on_the_disk(ws: Workspace) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        ws.ledger.query("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError), ws.ledger.transaction():
        ws.ledger.insert("settings", key="a", value=None)
    assert not ws.ledger.connection.in_transaction


def test_disk_errors_in_plain_words(tmp_path: Path) -> None:
    def said(error: Exception) -> str:
        with pytest.raises(UserError) as caught, faults.plain_words(tmp_path, "没有保存成功"):
            raise error
        return str(caught.value)

    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    assert said(fault).startswith(f"{tmp_path} 没有保存成功（磁盘读写出错）：台账保持原样")
    assert "磁盘读写出错" in said(OSError(28, "no space"))
    with (
        pytest.raises(sqlite3.ProgrammingError),
        faults.plain_words(tmp_path, "没有保存成功"),
    ):
        raise sqlite3.ProgrammingError("ours")


def test_rows_one_by_one(ws: Workspace) -> None:
    rows = ws.ledger.each("SELECT unit_name FROM expected_returns ORDER BY round_id, ordinal")
    assert next(rows)["unit_name"] == "市数据局"
    assert len(list(rows)) == 11


def test_clock_of_the_workspace(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    ws.close()
    again = open_workspace(ws.folder.root, clock_at(TODAY), today=date(2024, 12, 1))
    assert again.today == date(2024, 12, 1)
    assert isinstance(again.ledger, Ledger)
    again.close()


def test_a_ledger_of_every_schema_before_this_one_is_kept() -> None:
    kept = {int(file.name.split(".")[0].removeprefix("schema-")) for file in KEPT.glob("*.xz")}
    assert kept >= {1, 2, *range(1, schema.SCHEMA_VERSION)}


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.xz")), ids=lambda file: file.name)
def test_a_ledger_of_an_earlier_release_opens_whole_in_this_one(tmp_path: Path, file: Path) -> None:
    """The practice ledger as the program of each schema made it, byte for byte."""
    DataFolder(tmp_path).ledger.write_bytes(lzma.decompress(file.read_bytes()))
    ws = open_workspace(tmp_path, clock_at(TODAY))
    try:
        assert ws.ledger.value("PRAGMA user_version") == schema.SCHEMA_VERSION
        assert schema.statements(ws.ledger.connection) == schema.statements_of_a_new_ledger()
        assert ws.ledger.value("SELECT count(*) FROM expected_entries") == 2 * 267
        found = integrity.check(ws)  # the originals are not kept beside it
        assert {finding.where.partition("/")[0] for finding in found} == {"files"}
    finally:
        ws.close()


def test_only_one_thread_writes_at_a_time(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the window saves while a worker writes neither joins nor undoes the worker's work."""
    monkeypatch.setattr(ledger, "BUSY_SECONDS", 0.01)
    said: list[str] = []

    def save() -> None:
        try:
            with ws.change("试", "试", {}):
                settings.put(ws.ledger, "meanwhile", "1")
        except UserError as error:
            said.append(error.what)

    with ws.change("试", "试", {}):
        other = threading.Thread(target=save)
        other.start()
        other.join()
        settings.put(ws.ledger, "long", "1")
    assert said == ["程序正在往台账里写别的内容，没有保存"]
    assert settings.get(ws.ledger, "long") == "1"
    assert not settings.get(ws.ledger, "meanwhile")
    save()
    assert settings.get(ws.ledger, "meanwhile") == "1"


READ_AND_CLOSE = """
import sys
from pathlib import Path
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.store.ledger import open_reading
read = open_reading(DataFolder(Path(sys.argv[1])))
print(read.value("SELECT value FROM settings WHERE key = 'said'"))
read.close()
"""


def _said_elsewhere(root: Path) -> str:
    """What another process reads."""
    command = [sys.executable, "-c", READ_AND_CLOSE, str(root)]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()


def test_a_reader_of_this_program_and_one_of_another_take_nothing_from_the_writer(
    folder: DataFolder,
) -> None:
    """POSIX drops all locks of a process on a file when it closes any descriptor of that file.

    Looking into the file beside SQLite would let another process, the last one as it seems then,
    take the write-ahead log away from under the writer: what is saved afterwards would be lost.
    """
    opened = open_writing(folder, at=NOW)
    try:
        for turn in ("一", "二", "三"):
            with opened.transaction():
                settings.put(opened, "said", turn)
            open_reading(folder).close()
            assert ledger.version_of(folder.ledger) == schema.SCHEMA_VERSION
            assert _said_elsewhere(folder.root) == turn
    finally:
        opened.close()
    assert _said_elsewhere(folder.root) == "三"


def test_an_open_ledger_that_is_harmed_meanwhile_is_no_ledger(folder: DataFolder) -> None:
    opened = open_reading(folder)
    try:
        with folder.ledger.open("r+b") as file:
            file.write(bytes(100))
        with pytest.raises(UserError, match="不是本程序的台账"):
            ledger.version_of(folder.ledger)
    finally:
        opened.close()
        opened.close()
