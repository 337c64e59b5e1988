"""Check: is the ledger whole, and does every row still say what was saved; and ways to mend it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import audit, files, integrity, ledger, search_check, snapshots
from hs_credit_desktop.store.integrity import WrongRow
from hs_credit_desktop.store.ledger import Ledger

FROM_BACKUP = "请从备份还原，并保留现在的文件备查。"


class Action(StrEnum):
    """A way out that the program can take by itself."""

    RESTORE = "restore"
    REBUILD_SEARCH = "rebuild_search"
    RECOUNT = "recount"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        """The words of its button."""
        return {
            "restore": "从备份还原",
            "rebuild_search": "重建查找索引",
            "recount": "重新计数",
            "set_aside": "取回或移出损坏的原件",
        }[self.value]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as saved: where, what it is in a sentence, and the way out."""

    where: str
    text: str
    advice: str
    action: Action = Action.RESTORE


def _never() -> bool:
    """Nobody asks to stop."""
    return False


def check(
    ws: Workspace, *, light: bool = False, stopped: Callable[[], bool] = _never
) -> list[Finding]:
    """All findings, worst first; an empty list means the ledger is whole.

    It reads over a connection of its own, so that it may run on a worker while the window goes on.
    light: only what a paper is printed from (no originals, no search index). stopped: asked
    between the parts; what was found until then is returned.
    """
    try:
        own = ledger.open_reading(ws.folder)
    except UserError as error:
        return [Finding("数据库", error.what, error.advice)]
    try:
        return check_ledger(own, light=light, stopped=stopped)
    finally:
        own.close()


def check_ledger(
    own: Ledger, *, light: bool = False, stopped: Callable[[], bool] = _never
) -> list[Finding]:
    """All findings of an opened ledger file; its connection is of no other use afterwards."""
    integrity.read_tolerantly(own)
    found: list[Finding] = []
    for part in _LIGHT if light else _PARTS:
        if stopped():
            break
        try:
            found += part(own)
        except UserError as error:  # so damaged that SQLite cannot read on
            found.append(Finding("数据库", error.what, error.advice))
        except integrity.UNREADABLE as error:
            found.append(Finding("数据库", f"有内容读不懂（{type(error).__name__}）", FROM_BACKUP))
    return found


def _database(own: Ledger) -> list[Finding]:
    said = integrity.structure(own)
    if not said and not integrity.schema_agrees(own):
        said = ["表的结构与程序建立时不一致"]
    return [Finding("数据库", f"数据库结构检查发现问题：{text}", FROM_BACKUP) for text in said]


def _audit(own: Ledger) -> list[Finding]:
    broken = audit.broken_at(own)
    if broken is not None:
        text = "操作日志被程序以外的方式改动过，从这一行起对不上"
    elif integrity.unheard_of_line(own):
        broken, text = audit.last(own).seq + 1, "操作日志的末尾缺了，有些改动没有对应的日志"
    else:
        return []
    advice = "请查明是谁改动了台账文件，必要时从备份还原。"
    return [Finding(f"操作日志第 {broken} 行", text, advice)]


_TABLES = {
    "feedback": "反馈",
    "expected_entries": "应反馈条目",
    "expected_returns": "应报名单",
    "returns": "报送件",
    "reviews": "审核记录",
    "chases": "催报记录",
    "measures": "措施",
    "pillars": "大类",
    "notices": "通知",
    "units": "单位",
    "rounds": "轮次",
    "settings": "设置",
    "summaries": "汇总文字",
    "attachments": "佐证材料",
    "files": "原件登记",
    "responsibilities": "责任单位",
    "staged_items": "收件箱",
}


def _rows(own: Ledger) -> list[Finding]:
    return [_wrong(own, row) for row in integrity.wrong_rows(own)]


def _wrong(own: Ledger, row: WrongRow) -> Finding:
    table = _TABLES.get(row.table, row.table)
    if row.key is None:
        return Finding(table, "有记录不见了，或被程序以外的方式增加、改动过", FROM_BACKUP)
    if row.table == "feedback":
        text = "这条反馈的文字与保存时不一致"
        advice = "请对照原件核对后重新登记，或从备份还原。"
    else:
        text, advice = "这条记录与保存时不一致", "请从备份还原，或核对后重新登记。"
    return Finding(integrity.name_of_row(own, row) or table, text, advice)


def _files(own: Ledger) -> list[Finding]:
    found = []
    for sha256 in integrity.kept_files(own):
        path = files.path_of(own, sha256)
        if not path.exists():
            text, advice = "保存的原件不见了", "请插上备份盘后取回，或从备份还原这个文件。"
        elif not files.intact(own, sha256):
            text, advice = "保存的原件被改动过", "请插上备份盘后取回，损坏的文件会移到一边备查。"
        else:
            continue
        found.append(Finding(f"files/{sha256[:12]}…", text, advice, Action.SET_ASIDE))
    return found


def _tallies(own: Ledger) -> list[Finding]:
    if integrity.tallies_agree(own):
        return []
    advice = "请重新计数；在此之前，报表暂勿使用。"
    return [Finding("计数", "计数与逐条重数的结果不一致", advice, Action.RECOUNT)]


def _frozen(own: Ledger) -> list[Finding]:
    return [
        Finding(name, "这一轮已封存，但内容与封存时不一致", FROM_BACKUP)
        for name in snapshots.changed_since_frozen(own)
    ]


def _search(own: Ledger) -> list[Finding]:
    if search_check.agrees(own):
        return []
    advice = "请重建查找索引；台账内容不受影响。"
    return [Finding("查找", "查找索引与台账内容不一致", advice, Action.REBUILD_SEARCH)]


_PARTS: tuple[Callable[[Ledger], list[Finding]], ...] = (
    _database,
    _audit,
    _rows,
    _files,
    _tallies,
    _frozen,
    _search,
)
_LIGHT = tuple(part for part in _PARTS if part not in (_files, _search))


def rebuild_search(ws: Workspace) -> Changes:
    """Make the search index anew from the texts."""
    with ws.change("重建查找索引", "查找", {}):
        search_check.rebuild(ws.ledger)
    return Changes()


def recount(ws: Workspace) -> Changes:
    """Count all tallies anew from the lists."""
    with ws.change("重新计数", "计数", {}):
        integrity.recount(ws.ledger)
    return Changes(returns=True)


def refuse_damaged(ws: Workspace, *, light: bool = False) -> None:
    """UserError when the ledger is damaged, for whatever would print from it.

    light: the originals are not looked at; for a paper, which prints nothing from them.
    """
    found = [item for item in check(ws, light=light) if item.action is not Action.REBUILD_SEARCH]
    if found:
        first = found[0]
        raise UserError(
            f"台账检查没有通过（{first.where}：{first.text}），没有导出",
            f"请先处理检查发现的 {len(found)} 个问题。{first.advice}",
        )


def trust(ws: Workspace) -> None:
    """Before anything is printed: UserError when the ledger is damaged, so that none is silent.

    A workspace opened for reading is one job's own and is looked through once.
    """
    if not (ws.read_only and ws.looked_through):
        refuse_damaged(ws, light=True)
        ws.looked_through = True
