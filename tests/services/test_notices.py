"""From paper to ledger: what is written, in one transaction, and nothing when it fails."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.draft import DraftGroup, DraftUnit
from hs_credit_desktop.domain.notice import Contact, Deadline, Role
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.domain.units import UnitKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice import read
from hs_credit_desktop.services import notices, office, overview
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.notices import (
    add_notice,
    bundled_notice,
    create_ledger,
    read_notice,
    read_pasted,
)
from hs_credit_desktop.services.register import pinyin_initials
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import Changes, create_workspace
from hs_credit_desktop.store import audit, files, search, units
from hs_credit_desktop.store import notices as store_notices
from tests.ledgers import (
    FIRST_DUE,
    SECOND_DUE,
    TEXT,
    TODAY,
    clock_at,
    draft_notice,
    entry,
    round_number,
    source,
)

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def test_the_paper_is_kept_as_it_is(ws: Workspace) -> None:
    notice = overview.notice(ws)
    kept = store_notices.source_of(ws.ledger, notice.id)
    assert (kept.name, kept.text) == ("通知.txt", TEXT)
    assert files.path_of(ws.ledger, kept.sha256).read_bytes() == TEXT.encode()
    assert (notice.issued_on, notice.issuer, notice.addressees) == (
        date(2024, 7, 3),
        "测试市信用办",
        "各有关单位",
    )
    assert notice.contact == Contact("甲某", "0000-0000000", None)


def test_the_tree_is_the_draft(ws: Workspace) -> None:
    [one, two] = store_notices.tree(ws.ledger, overview.notice(ws).id)
    assert [(item.number, item.title) for item in (one, two)] == [(1, "制度建设"), (2, "信用监管")]
    for stored, drafted in zip(
        (*one.measures, *two.measures), draft_notice().measures, strict=True
    ):
        for name in ("number", "title", "heading", "body", "deadline", "place"):
            assert getattr(stored, name) == getattr(drafted, name), name
        assert [
            (item.printed, item.role, item.suggested, item.group_id is not None, item.ordinal)
            for item in stored.responsibilities
        ] == [
            (item.printed, item.role, item.suggested, item.group, place)
            for place, item in enumerate(drafted.responsibilities)
        ]
    assert one.measures[0].deadline == Deadline("8月底前", date(2024, 8, 31))
    lead, co, *_ = one.measures[0].responsibilities
    assert (lead.label, co.label, lead.role) == ("牵头（推定）", "配合", Role.LEAD)


def test_doubts_stand_beside_the_measure_they_are_about(ws: Workspace) -> None:
    head, vague = store_notices.open_doubts(ws.ledger, overview.notice(ws).id)
    assert (head.doubt, vague.doubt) == draft_notice().doubts
    assert (head.measure_id, vague.measure_id) == (None, entry(ws, "市商务局", 2).measure_id)
    assert (head.answer, vague.answer) == (None, None)


def test_rounds_open_with_their_expected_lists(ws: Workspace) -> None:
    for number, due in ((1, FIRST_DUE), (2, SECOND_DUE)):
        round_ = round_number(ws, number)
        assert (round_.due_on, round_.state, round_.name) == (
            due,
            RoundState.OPEN,
            f"第{'一二'[number - 1]}轮",
        )
        assert len(overview.entries(ws, round_)) == 11
    assert ws.ledger.value("SELECT count(opened_at) FROM rounds") == 2


def test_register_of_units_and_groups(ws: Workspace) -> None:
    data, *rest = units.units(ws.ledger)
    assert (data.canonical_name, data.aliases, data.initials) == (
        "市数据局",
        ("市政务数据局",),
        "ssjj",
    )
    assert (data.kind, data.active, data.ordinal) == (UnitKind.GOVERNMENT, True, 0)
    assert [unit.kind for unit in rest[-2:]] == [UnitKind.COUNTY, UnitKind.COUNTY]
    members, vague = units.groups(ws.ledger)
    assert (members.name, len(members.member_ids)) == ("各区人民政府", 2)
    assert members.member_ids == tuple(unit.id for unit in rest[-2:])
    assert (vague.name, vague.member_ids) == ("市有关部门", ())


def test_one_unit_named_twice_reports_once(ws: Workspace, tmp_path: Path) -> None:
    """A member of a group that is also listed itself has one entry, with its first role."""
    draft = draft_notice()
    groups = (DraftGroup("各区人民政府", ("东区", "市数据局")), draft.groups[1])
    named_twice = replace(draft, groups=groups)
    other = create_ledger(tmp_path / "另一本", clock_at(TODAY), source(named_twice))
    try:
        mine = entry(other, "市数据局", 1)
        assert mine.role == "lead"
        figures = overview.figures(other, round_number(other))
        assert (figures.expected, figures.entries_expected) == (5, 9)
        assert named_twice.counts.entries == 9
    finally:
        other.close()


def test_the_office_is_filled_once_from_the_first_notice(ws: Workspace) -> None:
    assert office.office(ws) == {
        "office_name": "测试市信用办",
        "office_contact": "甲某",
        "office_phone": "0000-0000000",
        "office_mailbox": "",
    }
    office.set_office(ws, {"office_contact": "乙某"})
    contact = Contact("丙某", None, "a@example.invalid")
    changed = add_notice(ws, source(replace(draft_notice(), contact=contact)))
    assert changed == Changes(notice=True, returns=True, settings=True)
    assert office.office(ws)["office_contact"] == "乙某"
    assert office.office(ws)["office_mailbox"] == "a@example.invalid"


def test_next_notice_knows_the_units_of_the_last(ws: Workspace) -> None:
    draft = draft_notice()
    more = replace(draft, units=(*draft.units, DraftUnit("市新局", UnitKind.GOVERNMENT)))
    add_notice(ws, source(more))
    names = [unit.canonical_name for unit in units.units(ws.ledger)]
    assert names == ["市数据局", "市商务局", "市文旅局", "市信用中心", "东区", "西区", "市新局"]
    assert len(units.groups(ws.ledger)) == 2
    assert units.units(ws.ledger)[-1].ordinal == 6
    assert ws.ledger.value("SELECT max(ordinal) FROM notices") == 2
    assert check(ws) == []


def test_a_known_alias_changes_nothing(ws: Workspace) -> None:
    mine = units.units(ws.ledger)[0]
    with ws.ledger.transaction():
        units.add_alias(ws.ledger, mine.id, "市政务数据局")
        units.add_alias(ws.ledger, mine.id, "市大数据局")
    assert units.units(ws.ledger)[0].aliases == ("市政务数据局", "市大数据局")


def test_measures_and_units_are_searchable(ws: Workspace) -> None:
    assert len(search.find(ws.ledger, "A级企业", kind="measure")) == 1
    for text in ("数据局", "政务数据", "ssjj", "SSJJ"):
        assert len(search.find(ws.ledger, text, kind="unit")) == 1, text


def test_initials_leave_out_what_is_no_chinese_character() -> None:
    assert pinyin_initials("市发改委") == "sfgw"
    assert pinyin_initials("开发区·铁山区") == "kfqtsq"


def test_failure_leaves_no_ledger_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UserError("磁盘坏了", "请换一个磁盘。")

    monkeypatch.setattr(notices.rounds, "open_round", fail)
    with pytest.raises(UserError, match="磁盘坏了"):
        create_ledger(tmp_path / "台账", clock_at(TODAY), source())
    assert [path.name for path in (tmp_path / "台账").glob("ledger.hscredit*")] == []
    monkeypatch.undo()
    create_ledger(tmp_path / "台账", clock_at(TODAY), source()).close()


def test_a_second_notice_that_fails_leaves_the_first(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(audit.lines(ws.ledger))

    def fail(*_: object, **__: object) -> None:
        raise UserError("磁盘坏了", "请换一个磁盘。")

    monkeypatch.setattr(notices.rounds, "open_round", fail)
    with pytest.raises(UserError):
        add_notice(ws, source())
    assert ws.ledger.value("SELECT count(*) FROM notices") == 1
    assert len(audit.lines(ws.ledger)) == before


def test_create_refuses_where_a_ledger_is(ws: Workspace) -> None:
    root = ws.folder.root
    ws.close()
    content = ws.folder.ledger.read_bytes()
    with pytest.raises(UserError, match="已有台账，没有改动"):
        create_ledger(root, clock_at(TODAY), source())
    assert ws.folder.ledger.read_bytes() == content


# --- the real notice --------------------------------------------------------------------------

COUNTS = {
    "pillars": 7,
    "measures": 24,
    "pairs": 148,
    "printed_units": 43,
    "units": 38,
    "groups": 2,
    "returns": 44,
    "entries": 267,
}


def test_the_real_notice_becomes_a_ledger(real_notice: Path, tmp_path: Path) -> None:
    read = read_notice(real_notice)
    assert vars(read.draft.counts) == COUNTS
    ws = create_ledger(tmp_path, clock_at(date(2024, 7, 5)), read)
    try:
        for number in (1, 2):
            figures = overview.figures(ws, round_number(ws, number))
            assert (figures.expected, figures.entries_expected) == (44, 267)
        assert overview.notice(ws).doc_number == "黄信用办〔2024〕1号"
        doubts = overview.open_doubts(ws, overview.notice(ws).id)
        assert len(doubts) == len(read.draft.doubts)
        titles = {
            item.measure_id: item.doubt.where for item in doubts if item.measure_id is not None
        }
        assert titles
        assert json.loads(audit.lines(ws.ledger)[0].detail)["counts"] == COUNTS
        assert check(ws) == []
    finally:
        ws.close()


def test_the_bundled_notice_is_the_real_one_without_its_contact(real_notice: Path) -> None:
    bundled, real = read_notice(bundled_notice()).draft, read_notice(real_notice).draft
    assert bundled.counts == real.counts
    assert [item.title for item in bundled.measures] == [item.title for item in real.measures]
    assert bundled.contact == Contact()
    words = bundled_notice().read_text(encoding="utf-8")
    assert real.contact != Contact()
    for said in vars(real.contact).values():
        assert said not in words


def test_pasted_notice_is_read_like_a_file(real_notice: Path) -> None:
    text = bundled_notice().read_text(encoding="utf-8")
    pasted = read_pasted(text)
    assert (pasted.name, pasted.data) == ("粘贴的通知.txt", text.encode())
    assert vars(pasted.draft.counts) == COUNTS


def test_seed_names_no_unit_of_the_notice() -> None:
    seed = load_seed()
    assert seed.group_members
    assert seed.abbreviations["住建"] == "住房和城乡建设"
    assert read(bundled_notice().read_text("utf-8"), seed=seed).counts.units == COUNTS["units"]


def test_an_empty_ledger_can_take_its_notice_later(tmp_path: Path) -> None:
    ws = create_workspace(tmp_path / "空", clock_at(TODAY))
    add_notice(ws, source())
    assert overview.figures(ws, round_number(ws)).expected == 6
    ws.close()
