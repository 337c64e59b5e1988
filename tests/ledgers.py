"""A small ledger for tests: 2 pillars, 3 measures, 4 units, a group of 2, a group left open.

Every round expects 6 returns with 11 entries: 市数据局 (1, 3), 市商务局 (1, 2), 市文旅局 (2, 3),
市信用中心 (3), 东区 (1, 3), 西区 (1, 3).
"""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.clock import CHINA, Clock
from hs_credit_desktop.domain.draft import (
    DraftGroup,
    DraftMeasure,
    DraftNotice,
    DraftPillar,
    DraftResponsibility,
    DraftRound,
    DraftUnit,
)
from hs_credit_desktop.domain.notice import Contact, Deadline, Doubt, DoubtKind, Place, Role
from hs_credit_desktop.domain.returns import Channel, FeedbackParts
from hs_credit_desktop.domain.units import UnitKind
from hs_credit_desktop.services import overview, returns
from hs_credit_desktop.services.notices import ReadNotice, create_ledger
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.store import lists
from hs_credit_desktop.store.lists import EntryQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hs_credit_desktop.domain.returns import Entry, ExpectedReturn
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "data" / "ledgers"  # as earlier programs made them, a schema each
FIRST_DUE = date(2024, 8, 30)
SECOND_DUE = date(2024, 11, 30)
TODAY = date(2024, 8, 20)
OPEN_GROUP, GROUP = "市有关部门", "各区人民政府"
MEMBERS = ("东区", "西区")
TEXT = """关于印发信用工作任务分解的通知
请于8月30日和11月30日前报送。
一、制度建设
（一）完善信用制度。修订《信用管理办法》。〔市数据局、市商务局、各区人民政府〕
（二）归集信用信息。归集率达到95%以上。〔市商务局、市文旅局、市有关部门〕
二、信用监管
（三）推进信用监管。
对A级企业减少检查。〔市数据局、市文旅局、市信用中心、各区人民政府〕
"""


def _measure(number: int, title: str, body: str, units: str, due: date | None) -> DraftMeasure:
    start = TEXT.index(f"{title}。")
    end = TEXT.index("〕", start) + 1
    return DraftMeasure(
        number,
        title,
        "重点任务" if number == 1 else None,
        body,
        Deadline("8月底前", due) if due else None,
        tuple(
            DraftResponsibility(
                unit, unit, Role.CO if place else Role.LEAD, not place, unit in (GROUP, OPEN_GROUP)
            )
            for place, unit in enumerate(units.split("、"))
        ),
        Place(
            TEXT.count("\n", 0, start) + 1,
            start,
            end,
            hashlib.sha256(TEXT[start:end].encode()).hexdigest(),
        ),
    )


def draft_notice() -> DraftNotice:
    """The notice as an importer would read TEXT."""
    one = _measure(
        1,
        "完善信用制度",
        "修订《信用管理办法》。",
        f"市数据局、市商务局、{GROUP}",
        date(2024, 8, 31),
    )
    two = _measure(
        2, "归集信用信息", "归集率达到95%以上。", f"市商务局、市文旅局、{OPEN_GROUP}", None
    )
    three = _measure(
        3, "推进信用监管", "对A级企业减少检查。", f"市数据局、市文旅局、市信用中心、{GROUP}", None
    )
    return DraftNotice(
        title="关于印发信用工作任务分解的通知",
        doc_number="测信办〔2024〕1号",
        issued_on=date(2024, 7, 3),
        issuer="测试市信用办",
        addressees="各有关单位",
        contact=Contact("甲某", "0000-0000000", None),
        rounds=(DraftRound("第一轮", FIRST_DUE), DraftRound("第二轮", SECOND_DUE)),
        pillars=(
            DraftPillar(1, "制度建设", (one, two)),
            DraftPillar(2, "信用监管", (three,)),
        ),
        units=(
            DraftUnit("市数据局", UnitKind.GOVERNMENT, ("市政务数据局",)),
            DraftUnit("市商务局", UnitKind.GOVERNMENT),
            DraftUnit("市文旅局", UnitKind.GOVERNMENT),
            DraftUnit("市信用中心", UnitKind.GOVERNMENT),
        ),
        groups=(DraftGroup(GROUP, MEMBERS, ("各市区人民政府",)), DraftGroup(OPEN_GROUP)),
        doubts=(
            Doubt(DoubtKind.YEAR, "报送日期", 2, "没有年份，按成文日期取 2024 年。", ("2024年",)),
            Doubt(
                DoubtKind.VAGUE_GROUP, "（二）责任单位", 5, "没有指明是哪些部门。", ("暂缺", "指定")
            ),
        ),
        left_out=((9, "—1—"),),
    )


def source(draft: DraftNotice | None = None) -> ReadNotice:
    """The notice with its paper, as read_notice hands it over."""
    return ReadNotice(draft or draft_notice(), "通知.txt", TEXT.encode(), TEXT)


def clock_at(day: date, hour: int = 9) -> Clock:
    """A clock that stands still."""
    return Clock(lambda: datetime.combine(day, time(hour, 30), CHINA))


def make_workspace(root: Path, today: date = TODAY) -> Workspace:
    """A fresh ledger of the small notice in root/台账, open for writing; close it."""
    return create_ledger(root / "台账", clock_at(today), source())


def round_number(ws: Workspace, number: int = 1) -> Round:
    """Round 1 or 2 of the notice."""
    return overview.round_of(ws, overview.notice(ws).id, number)


def expected(ws: Workspace, unit: str, number: int = 1) -> ExpectedReturn:
    """A unit's place in the expected list, exempt or not."""
    [row] = ws.ledger.query(
        "SELECT id FROM expected_returns WHERE round_id = ? AND unit_name = ?",
        round_number(ws, number).id,
        unit,
    )
    return lists.expected_return(ws.ledger, row["id"])


def entry(ws: Workspace, unit: str, measure: int, number: int = 1) -> Entry:
    """A unit's entry for a measure."""
    place = expected(ws, unit, number)
    query = EntryQuery(place.round_id, expected_return_id=place.id)
    found = overview.entries(ws, round_number(ws, number), query)
    return next(item for item in found if item.measure_number == measure)


def record(
    ws: Workspace,
    unit: str,
    measure: int,
    text: str = "已印发方案。",
    *,
    number: int = 1,
    on: date = TODAY,
    **parts: str,
) -> Entry:
    """Log a feedback; the entry as it stands afterwards."""
    returns.record(
        ws,
        entry_id=entry(ws, unit, measure, number).id,
        parts=FeedbackParts(text, **parts),
        receipt=Receipt(on, Channel.MAIL),
    )
    return entry(ws, unit, measure, number)


def exempt(ws: Workspace, unit: str, reason: str = "机构已撤并", number: int = 1) -> None:
    """Exempt a unit (免报), as a later command will."""
    place = expected(ws, unit, number)
    with ws.change("免报", unit, {"reason": reason}):
        ws.ledger.execute(
            "UPDATE expected_returns SET exempt_reason = ? WHERE id = ?", reason, place.id
        )
        ws.ledger.execute(
            "UPDATE expected_entries SET exempt = 1 WHERE expected_return_id = ?", place.id
        )


def extend(ws: Workspace, unit: str, until: date, number: int = 1) -> None:
    """Give a unit more time, as a later command will."""
    with ws.change("延期", unit, {"until": until.isoformat()}):
        ws.ledger.execute(
            "UPDATE expected_returns SET extended_to = ? WHERE id = ?",
            until.isoformat(),
            expected(ws, unit, number).id,
        )


RETURN_TABLES = (
    "expected_returns",
    "expected_entries",
    "returns",
    "feedback",
    "attachments",
    "reviews",
)


# What the ledger notes about its own rows; a change taken back is still a change that happened.
BOOKKEEPING = ("seal", "stamps")
Rows = set[tuple[object, ...]]


def damage(file: Path, table: str) -> None:
    """Make the first page of a table of a closed ledger unreadable; the ledger still opens."""
    with closing(sqlite3.connect(file)) as connection:
        [size] = connection.execute("PRAGMA page_size").fetchone()
        named = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [page] = connection.execute(named, (table,)).fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(content)


def dump(
    ws: Workspace, tables: Iterable[str] = RETURN_TABLES
) -> dict[str, set[tuple[object, ...]]]:
    """Whole rows of tables, and the tallies that count something."""
    rows = {name: _rows(ws, f"SELECT {_columns(ws, name)} FROM {name}") for name in tables}
    rows["return_tallies"] = _rows(ws, "SELECT * FROM return_tallies WHERE returns <> 0")
    rows["entry_tallies"] = _rows(ws, "SELECT * FROM entry_tallies WHERE entries <> 0")
    return rows


def _columns(ws: Workspace, table: str) -> str:
    names = [row["name"] for row in ws.ledger.query(f"PRAGMA table_info({table})")]
    return ", ".join(name for name in names if name not in BOOKKEEPING)


def _rows(ws: Workspace, sql: str) -> Rows:
    """Rows without seal and stamps, which tell of the writing and not of what is written."""
    return {
        tuple(row[name] for name in row.keys() if name not in ("seal", "stamps"))  # noqa: SIM118
        for row in ws.ledger.query(sql)
    }


class _BackError(Exception):
    """Ends a transaction without keeping it."""


@contextmanager
def rolled_back(ws: Workspace) -> Iterator[None]:
    """Write what you like; afterwards the ledger is as before."""
    with suppress(_BackError), ws.ledger.transaction():
        yield
        raise _BackError


def folder_state(folder: Path) -> dict[str, str]:
    """Every path below a folder with the SHA-256 of what it holds."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        )
        for path in sorted(folder.rglob("*"))
    }


@dataclass(frozen=True)
class Said:
    """What another process said before it was done."""

    status: int
    out: str
    err: str


def python(code: str, *arguments: str, env: dict[str, str] | None = None) -> Said:
    """Run a script with the program on its path, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)
