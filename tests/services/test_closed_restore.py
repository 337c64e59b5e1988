"""A ledger that is gone or does not open: a backup stands in for it, and it is set aside."""

from __future__ import annotations

import lzma
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import backups, closed_restore, handover
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit
from hs_credit_desktop.store.lock import LedgerInUseError
from tests.benchmarks.safety.apart import second_pc
from tests.ledgers import KEPT, TODAY, clock_at, entry, make_workspace, record

if TYPE_CHECKING:
    from hs_credit_desktop.services.backups import Made
    from hs_credit_desktop.services.workspace import Workspace

CLOCK = clock_at(TODAY)


@pytest.fixture
def closed(tmp_path: Path) -> tuple[Path, Made]:
    """A data folder whose ledger is closed, and a backup of it; one more entry came since."""
    ws = make_workspace(tmp_path)
    record(ws, "市数据局", 1, "备份里有")
    made = backups.make(ws)
    record(ws, "市商务局", 1, "后来的")
    ws.close()
    return ws.folder.root, made


def _restore(root: Path, file: Path) -> Workspace:
    return closed_restore.restore(root, file, CLOCK, partial(open_workspace, root, CLOCK))


def test_a_damaged_ledger_is_set_aside(closed: tuple[Path, Made]) -> None:
    root, made = closed
    for number in (1, 2):
        (root / "ledger.hscredit").write_bytes(b"gone")
        (root / "ledger.hscredit-wal").write_bytes(b"its log")
        seen = closed_restore.preview(root, made.file, CLOCK)
        assert (seen.sha256, seen.contents, seen.present) == (made.sha256, made.contents, None)
        ws = _restore(root, made.file)
        assert entry(ws, "市数据局", 1).parts.progress == "备份里有"
        assert entry(ws, "市商务局", 1).parts.blank
        assert check(ws) == []
        last = audit.last(ws.ledger)
        assert (last.action, last.subject) == ("还原备份", made.file.name)
        assert f"set-aside/0{number}_ledger.hscredit" in last.detail
        ws.close()
        aside = root / "set-aside" / f"0{number}_ledger.hscredit"
        assert aside.read_bytes() == b"gone"
        assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"its log"
        assert not list(root.glob("restore.new*"))


def test_a_ledger_that_is_gone(closed: tuple[Path, Made], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is restored, though its originals cannot be fetched."""
    root, made = closed
    monkeypatch.setattr(closed_restore, "fetch_files", _full)
    (root / "ledger.hscredit").unlink()
    ws = _restore(root, made.file)
    assert entry(ws, "市数据局", 1).parts.progress == "备份里有"
    assert '"present": ""' in audit.last(ws.ledger).detail
    ws.close()


def test_a_backup_of_an_earlier_release(tmp_path: Path) -> None:
    old = tmp_path / "手动_20240701_090000.hscredit"
    old.write_bytes(lzma.decompress((KEPT / "schema-1.hscredit.xz").read_bytes()))
    ws = _restore(tmp_path / "台账", old)
    assert ws.ledger.value("SELECT count(*) FROM expected_entries") == 2 * 267
    ws.close()


def test_it_goes_on_as_a_site_of_its_own(closed: tuple[Path, Made], tmp_path: Path) -> None:
    """Else its next lines would carry the numbers of lines that the other PC has already."""
    root, made = closed
    before = open_workspace(root, CLOCK)
    two = second_pc(before, tmp_path)
    before.close()
    (root / "ledger.hscredit").write_bytes(b"gone")
    ws = _restore(root, made.file)
    record(ws, "市文旅局", 2, "还原以后写的")
    packed = handover.handover(two, tmp_path / "包.hspack")
    assert handover.merge_package(ws, packed.file).conflicts == ()
    assert entry(ws, "市商务局", 1).parts.progress == "后来的"
    assert entry(ws, "市文旅局", 2).parts.progress == "还原以后写的"
    ws.close()
    two.close()


def test_what_is_refused_changes_nothing(
    closed: tuple[Path, Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, made = closed
    ws = open_workspace(root, CLOCK)
    with pytest.raises(LedgerInUseError):
        _restore(root, made.file)
    ws.close()
    ledger = root / "ledger.hscredit"
    ledger.write_bytes(b"gone")
    content = bytearray(made.file.read_bytes())
    content[content.index("备份里有".encode()) + 1] ^= 1
    damaged = made.file.with_name("手动_20240101_000000.hscredit")
    damaged.write_bytes(content)
    for act in (_restore, partial(closed_restore.preview, clock=CLOCK)):
        with pytest.raises(UserError, match=r"没有通过检查.*没有还原"):
            act(root, damaged)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", _refuse)
        with pytest.raises(UserError, match="没有还原（磁盘读写出错）"):
            _restore(root, made.file)
    assert ledger.read_bytes() == b"gone"
    _restore(root, made.file).close()


def _full(*_: object) -> int:
    raise UserError("原件没有取回（磁盘空间不足）", "请腾出空间。")


def _refuse(self: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
    if self.name == closed_restore.SET_ASIDE:
        raise PermissionError


def test_no_backup_stands_in_for_a_ledger_that_is_sound(closed: tuple[Path, Made]) -> None:
    root, made = closed
    damaged = UserError("台账已损坏，没有打开", "请还原。")
    assert [item.file for item in closed_restore.ways_back(root, damaged)] == [made.file]
    in_use = LedgerInUseError("台账正在被使用", "请先关闭。")
    assert closed_restore.ways_back(root, in_use) == ()
