"""Conflicts of a merge in the clerk's words: where, which field, what stands here and there."""

from dataclasses import dataclass
from datetime import datetime

from hs_credit_desktop.domain.returns import PART_LABELS, Channel, Completion, ReturnState
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.domain.units import UnitKind
from hs_credit_desktop.services.office import DUE_SOON_DAYS, OFFICE_KEYS
from hs_credit_desktop.store import integrity, units, vectors
from hs_credit_desktop.store.integrity import WrongRow
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.merge_names import Clash
from hs_credit_desktop.store.merge_plan import Conflict
from hs_credit_desktop.store.merge_rows import NAMED, Row
from hs_credit_desktop.store.seals import Stamp


@dataclass(frozen=True)
class ConflictShown:
    """A conflict for the screen: values as words, and who wrote each when (ISO, '' unknown)."""

    id: str
    where: str
    field: str
    here: str
    there: str
    here_by: str
    here_at: str
    there_by: str
    there_at: str


# What the clerk calls the fields of records.
FIELDS = {
    **PART_LABELS,
    "completion": "完成情况",
    "return_id": "报送件和审核",
    "extended_to": "延期",
    "exempt_reason": "免报原因",
    "paper_copy_on": "纸质件",
    "received_on": "收到日期",
    "channel": "报送方式",
    "on_behalf": "代报",
    "canonical_name": "规范名称",
    "short_name": "简称",
    "kind": "单位类别",
    "initials": "拼音首字母",
    "ordinal": "顺序",
    "title": "标题",
    "body": "正文",
    "text": "汇总文字",
    "value": "内容",
    "due_on": "截止日期",
    "name": "名称",
    "phone": "电话",
    "mailbox": "邮箱",
    "note": "备注",
    "answer": "疑点的答复",
    "role": "分工",
    "feedback_id": "采用的反馈",
    "from_on": "起用日期",
    "to_on": "停用日期",
    "merged_into": "并入的单位",
    "merged_on": "并入日期",
    "state": "状态",
    "deactivated_at": "停用",
    "number": "序号",
    "pillar_id": "所在大类",
    "previous_id": "对应上一份通知的措施",
    "deadline_printed": "完成时限",
    "unit_id": "责任单位",
    "group_id": "责任群组",
    "voided_at": "作废",
    "void_reason": "作废原因",
}
SETTINGS = {**OFFICE_KEYS, DUE_SOON_DAYS: "临期天数"}
_TABLES = {
    "settings": "设置",
    "holidays": "节假日",
    "summaries": "汇总",
    "unit_contacts": "联系人",
    "doubts": "疑点",
    "document_numbers": "发文登记",
    "seal_log": "用印登记",
    "seal_scans": "盖章扫描件",
    "seal_images": "印章图",
}
STATES = {item.value: item.label for item in (*ReturnState, *RoundState, *Completion)}


def shown(here: Ledger, there: Ledger, conflict: Conflict) -> ConflictShown:
    """A conflict as the screen shows it."""
    column = conflict.columns[0]
    name = integrity.name_of_row(here, WrongRow(conflict.table, conflict.key))
    name = SETTINGS.get(name, name) if conflict.table == "settings" else name
    table = _TABLES.get(conflict.table, "")
    by_here = vectors.told_by(here, _newest(conflict, conflict.here))
    by_there = vectors.told_by(there, _newest(conflict, conflict.there))
    return ConflictShown(
        conflict.id,
        "·".join(part for part in (table, name) if part) or conflict.table,
        FIELDS.get(column, column),
        _words(here, conflict, conflict.here),
        _words(there, conflict, conflict.there),
        *by_here,
        *by_there,
    )


_CLASHING = {"units": "两家单位", "unit_groups": "两个群组"}


def shown_clash(here: Ledger, there: Ledger, clash: Clash) -> ConflictShown:
    """Two units that would be called the same, as the screen asks about them."""
    column, other = NAMED[clash.table], next(clash.other_names())
    return ConflictShown(
        clash.id,
        f"{_CLASHING[clash.table][2:]}·{clash.name}",
        f"{_CLASHING[clash.table]}同名",
        _called(here, clash.here, clash.name, other),
        _called(there, clash.there, clash.name, other),
        *vectors.told_by(here, clash.here.stamp(column)),
        *vectors.told_by(there, clash.there.stamp(column)),
    )


def _called(side: Ledger, row: Row, name: str, other: str) -> str:
    """What the clerk can tell a unit by that shares its name, and what becomes of the other one."""
    words = []
    if "kind" in row.values:
        words.append(UnitKind(str(row.values["kind"])).label)
        known = [one.name for one in units.aliases(side) if one.unit_id == row.values["id"]]
        words += [f"又名{'、'.join(known)}"] if known else []
    return "\n".join(
        (
            f"{name}（{'，'.join(words)}）" if words else name,
            f"选它留用这个名称，则另一个先叫“{other}”。",
            "合并后请到单位名册给它改名；本来是同一家的，在那里并成一家。",
        )
    )


def _newest(conflict: Conflict, row: Row) -> Stamp:
    return max((row.stamp(name) for name in conflict.columns), key=lambda stamp: stamp.seq)


def _words(ledger: Ledger, conflict: Conflict, row: Row) -> str:
    """The value of the conflict on one side, in words."""
    if conflict.columns[0] == "return_id":
        return _return(ledger, row)
    if conflict.columns[0] == "feedback_id":
        return _text(ledger, row)
    if conflict.columns[0] == "merged_into":
        into = str(row.values["merged_into"])
        return units.names_of(ledger, [into]).get(into, "")
    said = (row.values[name] for name in conflict.columns)
    return " ".join(STATES.get(str(value), str(value)) for value in said if value is not None)


def _return(ledger: Ledger, row: Row) -> str:
    """State, first receipt, date of resubmission, and what tells this return from the other."""
    state = STATES[str(row.values["state"])]
    received, again = row.values["first_received_on"], row.values["resubmit_by"]
    made = ledger.row(
        "SELECT channel, recorded_at, (SELECT count(*) FROM feedback WHERE return_id = returns.id)"
        " AS entries FROM returns WHERE id = ?",
        row.values["return_id"],
    )
    words = [state]
    words += [f"{received} 收到"] if received else []
    words += [f"{again} 前补报"] if again else []
    if made:
        when = datetime.fromisoformat(made["recorded_at"])
        words.append(f"{Channel(made['channel']).label}，{made['entries']} 条")
        words.append(f"{when:%m月%d日 %H:%M:%S} 登记")
    texts = ledger.query(
        "SELECT m.number, m.title, f.progress FROM feedback f"
        " JOIN expected_entries e ON e.id = f.expected_entry_id"
        " JOIN measures m ON m.id = e.measure_id WHERE f.return_id = ? ORDER BY e.measure_ordinal",
        row.values["return_id"],
    )
    said = (f"（{chinese_number(text[0])}）{text[1]}：{text[2]}" for text in texts)
    return "\n".join(("，".join(words), *said))


def _text(ledger: Ledger, row: Row) -> str:
    found = ledger.row(
        "SELECT progress, results, problems, next_steps FROM feedback WHERE id = ?",
        row.values["feedback_id"],
    )
    return "\n".join(part for part in found if part) if found else ""
