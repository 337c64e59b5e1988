"""Two PCs: what was edited apart comes together, field by field, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.returns import FeedbackParts, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import freezing, handover, overview, receiving, returns
from hs_credit_desktop.services.integrity import Finding, check
from hs_credit_desktop.services.workspace import create_workspace, open_workspace
from hs_credit_desktop.store import audit, files, integrity, merge_after, package, sealed_box, units
from hs_credit_desktop.store.merge import Choice
from tests.benchmarks.safety.apart import edit_apart, second_pc
from tests.benchmarks.safety.editor import contents
from tests.ledgers import TODAY, clock_at, entry, expected, make_workspace, record, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Two PCs with the same ledger."""
    one = make_workspace(tmp_path)
    record(one, "市数据局", 1)
    two = second_pc(one, tmp_path)
    yield one, two
    one.close()
    two.close()


def bring(
    source: Workspace, target: Workspace, folder: Path, **options: object
) -> handover.MergePreview:
    """Hand over and merge."""
    made = handover.handover(source, folder / "包.hspack")
    return handover.merge_package(target, made.file, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(3))
def test_edited_apart_and_merged_both_ways(tmp_path: Path, seed: int) -> None:
    assert edit_apart(tmp_path, seed, rounds=4, edits=30).rounds == 4


def test_a_conflict_is_shown_with_who_and_what(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    record(one, "市数据局", 1, "甲改的")
    record(two, "市数据局", 1, "乙改的", results="乙加的成效")
    record(two, "市信用中心", 3, "乙独有")
    made = handover.handover(two, tmp_path / "包.hspack")
    shown = handover.preview(one, made.file)
    [conflict] = shown.conflicts
    assert (conflict.where, conflict.field) == ("市数据局·完善信用制度", "进展情况")
    assert (conflict.here, conflict.there) == ("甲改的", "乙改的")
    assert conflict.here_by == conflict.there_by == one.actor
    assert conflict.there_at == "2024-08-20T09:30:00+08:00"
    assert (shown.made_by, shown.new) == (two.actor, 2)
    before = contents(one)
    with pytest.raises(UserError, match="有 1 处两边都改过（市数据局·完善信用制度·进展情况）"):
        handover.merge_package(one, made.file)
    assert contents(one) == before
    handover.merge_package(one, made.file, choices={conflict.id: Choice.THERE})
    assert entry(one, "市数据局", 1).parts == FeedbackParts("乙改的", "乙加的成效")
    bring(one, two, tmp_path)
    assert contents(one) == contents(two)
    assert handover.preview(two, made.file).conflicts == ()


def test_both_logged_the_same_unit(pair: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    one, two = pair
    record(one, "市商务局", 1, "甲记的")
    record(two, "市商务局", 1, "乙记的", on=TODAY.replace(day=18))
    record(two, "市商务局", 2, "乙还记了", on=TODAY.replace(day=18))
    seen = bring(two, one, tmp_path, otherwise=Choice.HERE)
    [conflict] = seen.conflicts
    assert (conflict.here, conflict.there) == (
        "待审，2024-08-20 收到，电子邮件，1 条，08月20日 09:30:00 登记\n（一）完善信用制度：甲记的",
        (
            "待审，2024-08-18 收到，电子邮件，2 条，08月20日 09:30:00 登记"
            "\n（一）完善信用制度：乙记的\n（二）归集信用信息：乙还记了"
        ),
    )
    place = expected(one, "市商务局")
    assert entry(one, "市商务局", 1).parts.progress == "甲记的"
    assert entry(one, "市商务局", 2).parts.progress == "乙还记了"
    assert (place.version, place.covered, str(place.first_received_on)) == (2, 2, "2024-08-18")
    bring(one, two, tmp_path)
    assert contents(one) == contents(two)
    assert [check(one), check(two)] == [[], []]


def test_units_added_on_both_sides_become_one(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    for ws, row_id in ((one, "b-甲"), (two, "a-乙")):
        with ws.change("新增单位", "市新局", {}):
            ws.ledger.insert(
                "units",
                id=row_id,
                canonical_name="市新局",
                short_name=f"新{row_id}",
                kind="government",
                initials="sxj",
                ordinal=9,
            )
            units.add_alias(ws.ledger, row_id, "新局")
    seen = bring(two, one, tmp_path, otherwise=Choice.THERE)
    assert [item.field for item in seen.conflicts] == ["简称"]
    bring(one, two, tmp_path)
    assert contents(one) == contents(two)
    found = [unit for unit in units.units(one.ledger) if unit.canonical_name == "市新局"]
    assert [(unit.id, unit.short_name, unit.aliases) for unit in found] == [
        ("a-乙", "新a-乙", ("新局",))
    ]


@pytest.mark.parametrize("who_undoes", [0, 1])
def test_taken_back_here_and_added_to_there(
    pair: tuple[Workspace, Workspace], tmp_path: Path, who_undoes: int
) -> None:
    one, two = pair
    record(one, "市商务局", 1, "先记的")
    undone = list(one.undo_stack)
    bring(one, two, tmp_path)
    one.undo_stack[:] = undone
    returns.undo(one)
    place = expected(two, "市商务局")
    returns.review(two, expected_return_id=place.id, decision=ReturnState.ACCEPTED)
    source, target = (two, one) if who_undoes else (one, two)
    bring(source, target, tmp_path, otherwise=Choice.HERE)
    bring(target, source, tmp_path)
    assert contents(one) == contents(two)
    assert one.ledger.value("SELECT count(*) FROM reviews") == 1
    assert [check(one), check(two)] == [[], []]


def test_taken_back_stays_taken_back(pair: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    one, two = pair
    record(one, "市商务局", 1, "记错了")
    undone = list(one.undo_stack)
    bring(one, two, tmp_path)
    one.undo_stack[:] = undone
    returns.undo(one)
    bring(two, one, tmp_path)
    assert expected(one, "市商务局").return_id is None
    bring(one, two, tmp_path)
    assert expected(two, "市商务局").return_id is None
    assert contents(one) == contents(two)


def test_evidence_comes_along(pair: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    one, two = pair
    (tmp_path / "证据.txt").write_text("证据", encoding="utf-8")
    returns.attach(two, entry_id=entry(two, "市数据局", 1).id, paths=[tmp_path / "证据.txt"])
    bring(two, one, tmp_path)
    [kept] = overview.entry_detail(one, entry(one, "市数据局", 1).id).attachments
    assert files.path_of(one.ledger, kept.sha256).read_text(encoding="utf-8") == "证据"
    assert check(one) == []


def test_a_frozen_round_is_not_changed_by_a_merge(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    freezing.freeze(one, round_number(one))
    record(two, "市商务局", 1)
    before = contents(one)
    with pytest.raises(UserError, match="第一轮已封存，而交接包里有它的改动"):
        bring(two, one, tmp_path)
    assert contents(one) == before
    with pytest.raises(UserError, match="第一轮已封存"):
        bring(one, two, tmp_path, otherwise=Choice.HERE)
    freezing.reopen(one, round_number(one), reason="合并")
    bring(two, one, tmp_path)
    freezing.freeze(one, round_number(one))
    bring(one, two, tmp_path)
    assert contents(one) == contents(two)
    assert [check(one), check(two)] == [[], []]


@pytest.mark.parametrize("step", ["settle", "_feedback"])
def test_broken_off_in_the_middle_nothing_is_merged(
    pair: tuple[Workspace, Workspace],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    one, two = pair
    record(two, "市商务局", 1)
    made = handover.handover(two, tmp_path / "包.hspack")
    before, lines = contents(one), len(audit.lines(one.ledger))

    def fail(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(merge_after, step, fail)
        with pytest.raises(UserError, match="没有保存成功"):
            handover.merge_package(one, made.file)
    assert (contents(one), len(audit.lines(one.ledger))) == (before, lines)
    with monkeypatch.context() as patch:
        patch.setattr(integrity, "broken_references", lambda _: ["returns"])
        with pytest.raises(UserError, match="引用不完整，没有合并"):
            handover.merge_package(one, made.file)
    assert contents(one) == before
    handover.merge_package(one, made.file)
    assert check(one) == []


def test_passphrase(pair: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    one, two = pair
    record(two, "市商务局", 1, "不许别人看")
    made = handover.handover(two, tmp_path / "包.hspack", passphrase="口令一")
    with pytest.raises(UserError, match="设了口令，没有打开"):
        handover.preview(one, made.file)
    with pytest.raises(UserError, match="口令不对，或文件已损坏"):
        handover.preview(one, made.file, passphrase="口令二")
    assert handover.preview(one, made.file, passphrase="口令一").new == 2
    assert not zipfile.is_zipfile(made.file)
    assert [path.name for path in tmp_path.glob("包*")] == ["包.hspack"]
    cut = made.file.read_bytes()[:-1]
    made.file.write_bytes(cut)
    with pytest.raises(UserError, match="口令不对，或文件已损坏"):
        handover.preview(one, made.file, passphrase="口令一")


def test_a_box_of_many_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_box, "PIECE", 16)
    plain, sealed = tmp_path / "明", tmp_path / "暗"
    for length in (0, 1, 16, 17, 32, 50):
        plain.write_bytes(bytes(range(length)))
        sealed_box.seal(plain, sealed, "口令")
        sealed_box.unseal(sealed, tmp_path / "开", "口令")
        assert (tmp_path / "开").read_bytes() == plain.read_bytes()
    pieces = sealed.read_bytes()
    sealed.write_bytes(pieces[: -(50 % 16 + 16)])  # the last piece cut off whole
    with pytest.raises(UserError, match="口令不对，或文件已损坏"):
        sealed_box.unseal(sealed, tmp_path / "开", "口令")


def _rewrite(file: Path, **changed: bytes) -> None:
    with zipfile.ZipFile(file) as package_:
        parts = {name: package_.read(name) for name in package_.namelist()}
    with zipfile.ZipFile(file, "w") as package_:
        for name, data in (parts | changed).items():
            package_.writestr(name, data)


def test_packages_that_are_not_whole_are_refused(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    made = handover.handover(two, tmp_path / "包.hspack")
    before = contents(one)
    with zipfile.ZipFile(made.file) as whole:
        manifest = json.loads(whole.read(package.MANIFEST))
    newer = json.dumps(manifest | {"format": 99}).encode()
    for changed in (
        {package.LEDGER: b"other"},
        {package.FILES + "0" * 64: b"other"},
        {package.MANIFEST: b"{}"},
        {package.MANIFEST: b"no json"},
    ):
        broken = shutil.copy(made.file, tmp_path / "坏.hspack")
        _rewrite(tmp_path / "坏.hspack", **changed)
        with pytest.raises(UserError, match="坏.hspack 不是完整的交接包".replace(".", r"\.")):
            handover.merge_package(one, tmp_path / "坏.hspack")
        assert broken
    _rewrite(tmp_path / "坏.hspack", **{package.MANIFEST: newer})
    with pytest.raises(UserError, match="更新版本的程序"):
        handover.preview(one, tmp_path / "坏.hspack")
    (tmp_path / "别的").write_bytes(b"PK")
    for wrong in ("别的", "没有"):
        with pytest.raises(UserError):
            handover.preview(one, tmp_path / wrong)
    _rewrite(made.file, **{"../外面": b"x", "files/../../外面": b"x"})
    handover.preview(one, made.file)
    assert not list(tmp_path.rglob("外面"))
    assert contents(one) == before


def test_only_copies_of_one_ledger_are_merged(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, _ = pair
    other = make_workspace(tmp_path / "另一本")
    with pytest.raises(UserError, match="来自另一本台账，不能合并"):
        bring(other, one, tmp_path)
    other.close()
    empty = create_workspace(tmp_path / "空的", clock_at(TODAY))
    with pytest.raises(UserError, match="来自另一本台账"):
        bring(one, empty, tmp_path)
    empty.close()


def test_a_folder_copied_back_is_noticed(pair: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    one, two = pair
    shutil.copytree(one.folder.root, tmp_path / "旧的")
    record(one, "市商务局", 1, "会丢的")
    bring(one, two, tmp_path)
    made = handover.handover(two, tmp_path / "二.hspack")
    one.close()
    shutil.rmtree(one.folder.root)
    shutil.copytree(tmp_path / "旧的", one.folder.root)
    back = open_workspace(one.folder.root, clock_at(TODAY))
    record(back, "市文旅局", 2, "又写了")
    record(back, "市文旅局", 3, "再写了")
    with pytest.raises(UserError, match="没有的同号操作，没有合并"):
        handover.merge_package(back, made.file)
    back.close()


def test_opening_a_package_needs_an_empty_place_and_a_full_package(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    with pytest.raises(UserError, match="不知道对方有什么"):
        handover.handover(one, tmp_path / "包.hspack", changes_only=True)
    bring(two, one, tmp_path)
    part = handover.handover(one, tmp_path / "改动.hspack", changes_only=True)
    with pytest.raises(UserError, match="只有改动，不能单独打开"):
        handover.open_package(tmp_path / "三", part.file, lambda: one)
    full = handover.handover(one, tmp_path / "全.hspack")
    with pytest.raises(UserError, match="已有台账"):
        handover.open_package(two.folder.root, full.file, lambda: one)
    assert not (tmp_path / "三").exists()


def test_a_reader_does_not_merge(pair: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    one, two = pair
    made = handover.handover(two, tmp_path / "包.hspack")
    one.close()
    reader = open_workspace(one.folder.root, clock_at(TODAY), read_only=True)
    with pytest.raises(UserError, match="台账是只读打开的，没有合并"):
        handover.merge_package(reader, made.file)
    reader.close()


def test_both_wrote_the_same_summary(pair: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    one, two = pair
    round_id = round_number(one).id

    def write(ws: Workspace, text: str, version: int) -> None:
        with ws.change("汇总", "", {}):
            ws.ledger.insert(
                "summaries",
                id=f"{text}的",
                round_id=round_id,
                version=version,
                text=text,
                saved_at=f"2024-08-2{version}",
            )

    write(one, "甲一", 1)
    write(one, "甲二", 2)
    write(two, "乙一", 1)
    seen = bring(two, one, tmp_path, otherwise=Choice.THERE)
    assert [(item.where, item.field, item.here, item.there) for item in seen.conflicts] == [
        ("汇总", "汇总文字", "甲二", "乙一")
    ]
    bring(one, two, tmp_path)
    assert contents(one) == contents(two)
    rows = two.ledger.query("SELECT text FROM summaries ORDER BY version")
    assert [row["text"] for row in rows] == ["甲一", "甲二", "乙一"]
    write(one, "一样", 4)
    with two.change("汇总", "", {}):
        two.ledger.insert(
            "summaries", id="另", round_id=round_id, version=4, text="一样", saved_at="2024-08-25"
        )
    assert bring(two, one, tmp_path).conflicts == ()
    bring(one, two, tmp_path)
    assert contents(one) == contents(two)


def test_each_shows_another_text_for_an_entry(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    record(one, "市商务局", 1, "第一次")
    bring(one, two, tmp_path)
    place, mine = expected(one, "市商务局"), entry(one, "市商务局", 1)
    for ws, text in ((one, "甲换的"), (two, None)):
        with ws.change("换用", "", {}):
            if text:
                ws.ledger.insert(
                    "returns",
                    id="又一版",
                    expected_return_id=place.id,
                    version=2,
                    received_on="2024-08-20",
                    channel="mail",
                    recorded_at="2024-08-20T10:00:00+08:00",
                )
                ws.ledger.insert(
                    "feedback",
                    id="又一条",
                    return_id="又一版",
                    expected_entry_id=mine.id,
                    progress=text,
                    results="",
                    problems="",
                    next_steps="",
                    saved_at="2024-08-20",
                    row_hash=FeedbackParts(text).row_hash,
                )
            ws.ledger.execute(
                "UPDATE expected_entries SET feedback_id = ? WHERE id = ?",
                "又一条" if text else None,
                mine.id,
            )
    made = handover.handover(one, tmp_path / "包.hspack")
    [conflict] = handover.preview(two, made.file).conflicts
    assert (conflict.field, conflict.here, conflict.there) == ("采用的反馈", "", "甲换的")
    handover.merge_package(two, made.file, otherwise=Choice.THERE)
    bring(two, one, tmp_path)
    assert contents(one) == contents(two)
    assert entry(two, "市商务局", 1).parts.progress == "甲换的"
    assert [check(one), check(two)] == [[], []]


def test_a_package_that_does_not_pass_the_check_is_not_opened(
    pair: tuple[Workspace, Workspace], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    made = handover.handover(one, tmp_path / "包.hspack")
    found = [Finding("反馈", "不一致", "恢复")]
    monkeypatch.setattr(handover, "check_ledger", lambda _: found)
    with pytest.raises(UserError, match="没有通过检查，没有打开"):
        handover.open_package(tmp_path / "三", made.file, lambda: one)
    assert not (tmp_path / "三").exists()


def test_the_later_moment_stands_and_the_tray_of_a_pc_stays_there(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    record(one, "市商务局", 1, "先写的")
    bring(one, two, tmp_path)
    for ws, moment in ((one, "2024-08-21"), (two, "2024-08-22")):
        with ws.change("续写", "", {}):
            ws.ledger.execute("UPDATE feedback SET saved_at = ?", moment)
    bring(two, one, tmp_path)
    assert {row[0] for row in one.ledger.query("SELECT saved_at FROM feedback")} == {"2024-08-22"}
    (tmp_path / "来信.txt").write_text("无关", encoding="utf-8")
    inbound = receiving.read_files([tmp_path / "来信.txt"])
    receiving.stage(one, inbound, round_number(one), received_on=TODAY)
    assert one.ledger.value("SELECT count(*) FROM staged_items") == 1
    handed = handover.handover(one, tmp_path / "包.hspack", changes_only=True)
    handover.merge_package(two, handed.file)
    assert two.ledger.value("SELECT count(*) FROM staged_items") == 0
    assert [check(one), check(two)] == [[], []]
