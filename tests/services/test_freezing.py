"""Frozen rounds: nothing writes to them, papers print again the same, reopening has a reason."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.returns import Channel, FeedbackParts, ReturnState
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import (
    archive,
    export,
    freezing,
    office,
    overview,
    papers_seal,
    returns,
)
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit, files, schema, snapshots
from hs_credit_desktop.store import returns as return_store
from tests.ledgers import TODAY, clock_at, dump, entry, exempt, expected, record, round_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


@pytest.fixture
def full(ws: Workspace, tmp_path: Path) -> Workspace:
    """A round with two returns, one reviewed, and evidence; not frozen yet."""
    mine = record(ws, "市数据局", 1)
    record(ws, "市商务局", 2, "归集数据，办结 3 件")
    (tmp_path / "证据.txt").write_text("证据", encoding="utf-8")
    returns.attach(ws, entry_id=mine.id, paths=[tmp_path / "证据.txt", tmp_path / "证据.txt"])
    returns.review(
        ws, expected_return_id=expected(ws, "市数据局").id, decision=ReturnState.ACCEPTED
    )
    ws.undo_stack.clear()
    return ws


@pytest.fixture
def frozen(full: Workspace) -> Workspace:
    """The same, frozen."""
    freezing.freeze(full, round_number(full))
    return full


def _record(ws: Workspace) -> object:
    return record(ws, "市文旅局", 2)


def _record_return(ws: Workspace) -> object:
    place, mine = expected(ws, "市文旅局"), entry(ws, "市文旅局", 2)
    said = {mine.id: FeedbackParts("新的")}
    receipt = Receipt(TODAY, Channel.MAIL)
    return returns.record_return(ws, expected_return_id=place.id, feedback=said, receipt=receipt)


def _review(ws: Workspace) -> object:
    place = expected(ws, "市商务局")
    return returns.review(ws, expected_return_id=place.id, decision=ReturnState.ACCEPTED)


def _attach(ws: Workspace) -> object:
    file = ws.folder.root.parent / "证据.txt"
    return returns.attach(ws, entry_id=entry(ws, "市数据局", 1).id, paths=[file])


def _detach(ws: Workspace) -> object:
    mine = entry(ws, "市数据局", 1)
    kept = overview.entry_detail(ws, mine.id).attachments[0]
    return returns.detach(ws, entry_id=mine.id, attachment_id=kept.id, name=kept.name)


def _exempt(ws: Workspace) -> object:
    return exempt(ws, "市文旅局")


def _delete(ws: Workspace) -> object:
    with ws.change("试删", "", {}):
        return ws.ledger.execute("DELETE FROM reviews")


def _move_due_date(ws: Workspace) -> object:
    with ws.change("改期", "", {}):
        return ws.ledger.execute("UPDATE rounds SET due_on = '2025-01-01' WHERE number = 1")


def _move_into(ws: Workspace) -> object:
    other = record(ws, "市商务局", 2, number=2)
    with ws.change("挪入", "", {}):
        place = expected(ws, "市商务局")
        return ws.ledger.execute(
            "UPDATE returns SET expected_return_id = ?, version = 9 WHERE id ="
            " (SELECT return_id FROM feedback WHERE id = ?)",
            place.id,
            other.feedback_id,
        )


def _write_summary(ws: Workspace) -> object:
    with ws.change("汇总", "", {}):
        return ws.ledger.insert(
            "summaries",
            id="x",
            round_id=round_number(ws).id,
            version=1,
            text="",
            saved_at="2024-08-20",
        )


WRITES = (
    _record,
    _record_return,
    _review,
    _attach,
    _detach,
    _exempt,
    _delete,
    _move_due_date,
    _move_into,
    _write_summary,
)


@pytest.mark.parametrize("write", WRITES)
def test_every_write_to_a_frozen_round_is_refused(
    frozen: Workspace, write: Callable[[Workspace], object]
) -> None:
    contents = snapshots.contents_of(frozen.ledger, round_number(frozen).id)
    with pytest.raises(UserError, match="这一轮已封存，没有保存：如确需改动，请先写明理由解封"):
        write(frozen)
    assert snapshots.contents_of(frozen.ledger, round_number(frozen).id) == contents
    assert check(frozen) == []


@pytest.mark.parametrize("write", WRITES)
def test_the_same_writes_pass_in_an_open_round(
    full: Workspace, write: Callable[[Workspace], object]
) -> None:
    write(full)


def test_the_other_round_goes_on(frozen: Workspace) -> None:
    record(frozen, "市文旅局", 2, number=2)
    assert check(frozen) == []


def test_a_frozen_round_is_not_frozen_twice(frozen: Workspace) -> None:
    assert round_number(frozen).state is RoundState.FROZEN
    with pytest.raises(UserError, match="已经封存"):
        freezing.freeze(frozen, round_number(frozen))


def test_reopening_one_unit(frozen: Workspace) -> None:
    with pytest.raises(UserError, match="请写明解封的原因"):
        freezing.reopen(frozen, round_number(frozen), reason=" ")
    unit = expected(frozen, "市文旅局")
    freezing.reopen(frozen, round_number(frozen), reason="漏报一条", unit=unit)
    assert [item.reason for item in freezing.open_reopenings(frozen, round_number(frozen))] == [
        "漏报一条"
    ]
    with pytest.raises(UserError, match="这一轮已封存"):
        record(frozen, "市商务局", 1)
    record(frozen, "市文旅局", 2, "补报的")
    assert check(frozen) == []
    freezing.freeze(frozen, round_number(frozen))
    assert freezing.open_reopenings(frozen, round_number(frozen)) == ()
    assert len(freezing.snapshots_of(frozen, round_number(frozen))) == 2
    with pytest.raises(UserError, match="这一轮已封存"):
        record(frozen, "市文旅局", 3)
    assert check(frozen) == []


def test_reopening_the_round(frozen: Workspace) -> None:
    freezing.reopen(frozen, round_number(frozen), reason="全部重审")
    assert round_number(frozen).state is RoundState.OPEN
    record(frozen, "市商务局", 1)
    assert audit.lines(frozen.ledger)[-2].action == "解封"
    with pytest.raises(UserError, match="没有封存，不用解封"):
        freezing.reopen(frozen, round_number(frozen), reason="再来")
    freezing.freeze(frozen, round_number(frozen))
    [said] = freezing.history(frozen, round_number(frozen))
    assert said.closed_at is not None


def test_a_damaged_ledger_is_not_frozen(full: Workspace) -> None:
    guard = full.ledger.guard
    assert guard
    path = next(full.folder.files.glob("*/*"))
    path.write_bytes(b"harmed")
    with pytest.raises(UserError, match="台账检查没有通过"):
        freezing.freeze(full, round_number(full))
    assert round_number(full).state is RoundState.OPEN


def test_a_reader_cannot_freeze(full: Workspace) -> None:
    full.close()
    reader = open_workspace(full.folder.root, clock_at(TODAY), read_only=True)
    with pytest.raises(UserError, match="台账是只读打开的"):
        freezing.freeze(reader, round_number(reader))
    reader.close()


def test_papers_print_again_the_same_whatever_changed_since(
    frozen: Workspace, tmp_path: Path
) -> None:
    round_ = round_number(frozen)
    first = export.export(frozen, round_, tmp_path / "当时", export.KINDS)
    office.set_office(frozen, {"office_name": "改了名的信用办"})
    with frozen.change("改名", "市数据局", {}):
        frozen.ledger.execute("UPDATE measures SET title = title || '（改）'")
    frozen.close()
    ws = open_workspace(frozen.folder.root, clock_at(TODAY + timedelta(days=900)))
    with freezing.as_frozen(ws, round_) as then:
        assert then.read_only
        again = export.export(then, round_, tmp_path / "再印", export.KINDS)
    live = export.export(ws, round_, tmp_path / "现在", export.KINDS)
    assert [item.path.name for item in again] == [item.path.name for item in first]
    for one, two, three in zip(first, again, live, strict=True):
        if one.kind == export.REPORT:
            assert one.path.read_bytes() == two.path.read_bytes()
        assert _parts(one.path) == _parts(two.path)
        assert _parts(one.path) != _parts(three.path)
    ws.close()


def _parts(path: Path) -> dict[str, bytes]:
    """What a workbook holds but for the moment it was written; a PDF as one part."""
    if path.suffix != ".xlsx":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}


def test_snapshot_of_an_older_program_is_brought_up_to_date(
    frozen: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = schema.migration_set()

    @migrations()
    def m9999_next(db: object) -> None:
        db.execute("ALTER TABLE notices ADD COLUMN remark TEXT")  # type: ignore[attr-defined]

    frozen.close()
    monkeypatch.setattr(schema, "migration_set", lambda: migrations)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    ws = open_workspace(frozen.folder.root, clock_at(TODAY))
    assert check(ws) == []
    before = {path: path.read_bytes() for path in ws.folder.files.rglob("*") if path.is_file()}
    with freezing.as_frozen(ws, round_number(ws)) as then:
        assert then.ledger.value("SELECT count(remark) FROM notices") == 0
        assert overview.figures(then, round_number(then)).received == 2
    assert before == {
        path: path.read_bytes() for path in ws.folder.files.rglob("*") if path.is_file()
    }
    ws.close()


def test_no_snapshot_to_print_from(full: Workspace) -> None:
    with (
        pytest.raises(UserError, match="没有这份封存快照"),
        freezing.as_frozen(full, round_number(full)),
    ):
        pass
    freezing.freeze(full, round_number(full))
    with (
        pytest.raises(UserError, match="没有这份封存快照"),
        freezing.as_frozen(full, round_number(full), 2),
    ):
        pass
    [snapshot] = freezing.snapshots_of(full, round_number(full))
    files.path_of(full.ledger, snapshot.sha256).unlink()
    with (
        pytest.raises(UserError, match="快照丢失或损坏"),
        freezing.as_frozen(full, round_number(full), 1),
    ):
        pass


def test_a_frozen_round_that_was_written_to_all_the_same_is_found(frozen: Workspace) -> None:
    with frozen.change("绕过", "", {}), frozen.ledger.thawed():
        place = expected(frozen, "市商务局")
        return_store.set_state(frozen.ledger, place.id, ReturnState.ACCEPTED, resubmit_by=None)
    assert [(item.where, item.text) for item in check(frozen)] == [
        ("第一轮", "这一轮已封存，但内容与封存时不一致")
    ]


def test_archive_package_reads_without_the_program(frozen: Workspace, tmp_path: Path) -> None:
    made = archive.archive(frozen, round_number(frozen), tmp_path / "归档.zip")
    assert archive.wrong_in(made.file) == []
    with zipfile.ZipFile(made.file) as package:
        names = package.namelist()
        assert len(names) == made.files
        assert [name for name in names if name.startswith("2 ")] == [
            "2 原件与佐证/市数据局/证据.txt",
            "2 原件与佐证/市数据局/证据（2）.txt",
        ]
        said = json.loads(package.read("3 数据/数据摘录.json"))
        assert len(said) == 11
        assert said[0]["进展情况"] == "已印发方案。"
        ledger = package.read("3 数据/封存时的台账.hscredit")
        assert ledger.startswith(b"SQLite format 3")
    with zipfile.ZipFile(made.file, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("2 原件与佐证/市数据局/证据.txt", "改过")
    assert archive.wrong_in(made.file) == ["2 原件与佐证/市数据局/证据.txt"]


def test_archive_needs_whole_originals(frozen: Workspace, tmp_path: Path) -> None:
    [kept, *_] = files.of_round(frozen.ledger, round_number(frozen).id)
    files.path_of(frozen.ledger, kept.sha256).write_bytes(b"")
    with pytest.raises(UserError, match=r"市数据局的证据\.txt丢失或损坏，没有归档"):
        archive.archive(frozen, round_number(frozen), tmp_path / "归档.zip")
    assert not (tmp_path / "归档.zip").exists()


def test_archive_into_no_place(frozen: Workspace, tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(UserError, match="没有写成"):
        archive.archive(frozen, round_number(frozen), tmp_path / "文件" / "归档.zip")
    assert dump(frozen)


def test_scans_of_sealed_papers_are_in_the_archive(frozen: Workspace, tmp_path: Path) -> None:
    round_ = round_number(frozen)
    for copies in (1, 2):
        papers_seal.log(
            frozen,
            kind="report",
            title="执行情况报告",
            copies=copies,
            sealed_by="丙某",
            sealed_on=frozen.today,
            purpose="报送领导小组",
            round_id=round_.id,
        )
    (tmp_path / "盖章.pdf").write_bytes(b"%PDF-1.4 scan")
    stands, void = papers_seal.lines(frozen, round_.id)
    for line in (stands, void):
        papers_seal.add_scan(frozen, line.id, tmp_path / "盖章.pdf")
    papers_seal.void(frozen, void.id, "登记重复")
    made = archive.archive(frozen, round_, tmp_path / "归档.zip")
    with zipfile.ZipFile(made.file) as package:
        scans = [name for name in package.namelist() if name.startswith(archive.SCANS)]
        assert scans == [f"{archive.SCANS}/执行情况报告/盖章.pdf"]
        assert package.read(scans[0]) == b"%PDF-1.4 scan"
    assert archive.wrong_in(made.file) == []
    [scan] = papers_seal.lines(frozen, round_.id)[0].scans
    files.path_of(frozen.ledger, scan.sha256).unlink()
    with pytest.raises(UserError, match=r"扫描件.*丢失或损坏"):
        archive.archive(frozen, round_, tmp_path / "归档二.zip")
