"""What a merge brings, in the clerk's words: each new or changed record by round, unit, measure."""

from collections.abc import Mapping
from dataclasses import dataclass

from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.conflicts import FIELDS, SETTINGS, STATES
from hs_credit_desktop.store import merge_rows
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.merge_plan import Plan, Update
from hs_credit_desktop.store.merge_rows import Key, Row, Shape

Values = Mapping[str, object]


@dataclass(frozen=True)
class MergeRow:
    """A record: what kind it is, where it belongs, and what it says or what of it changes."""

    id: str
    kind: str
    where: str
    what: str


# Table → (what the clerk calls its records, the columns that tell one from another).
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "files": ("原件", ("sha256",)),
    "notices": ("通知", ("title",)),
    "pillars": ("大类", ("title",)),
    "measures": ("措施", ("title",)),
    "units": ("单位", ("canonical_name",)),
    "unit_groups": ("群组", ("name",)),
    "rounds": ("轮次", ("name",)),
    "expected_returns": ("应报单位", ("unit_name",)),
    "expected_entries": ("应反馈条目", ()),
    "returns": ("报送件", ("received_on",)),
    "feedback": ("反馈", ("progress", "results", "problems", "next_steps")),
    "attachments": ("佐证材料", ("name",)),
    "chases": ("催报记录", ("answered_by", "promise")),
    "document_numbers": ("发文登记", ("word", "title")),
    "doubts": ("疑点", ("text", "answer")),
    "figure_marks": ("数字核对", ("printed", "note")),
    "holidays": ("节假日", ("day", "name")),
    "published_papers": ("导出的文件", ("name",)),
    "reopenings": ("解封", ("reason",)),
    "responsibilities": ("责任单位", ("printed",)),
    "return_codes": ("回执码", ("code",)),
    "reviews": ("审核", ("decision", "reason")),
    "seal_images": ("印章图", ("name",)),
    "seal_log": ("用印登记", ("title",)),
    "seal_scans": ("盖章扫描件", ("name",)),
    "settings": ("设置", ("key", "value")),
    "snapshots": ("封存快照", ("frozen_at",)),
    "summaries": ("汇总文字", ("text",)),
    "unit_aliases": ("别名", ("alias",)),
    "unit_contacts": ("联系人", ("name", "phone")),
    "unit_group_aliases": ("群组别名", ("alias",)),
    "unit_group_members": ("群组成员", ()),
}
# Columns by which a record belongs to another one that the clerk knows.
_BELONGS = (
    *("round_id", "unit_id", "group_id", "measure_id"),
    *("expected_return_id", "expected_entry_id", "return_id"),
)
_PLACES = ("rounds", "units", "unit_groups", "measures")  # in the order they are said


def added(here: Ledger, there: Ledger, plan: Plan) -> tuple[MergeRow, ...]:
    """Every record that is new here; as many as the plan inserts."""
    teller = _Teller(here, there, plan)
    return tuple(
        MergeRow(
            f"{shape.name}|{shape.key(row.values)}",
            teller.kind(shape),
            teller.where(shape, row.values),
            teller.said(shape, row.values),
        )
        for shape, row in plan.inserts
    )


def updated(here: Ledger, there: Ledger, plan: Plan) -> tuple[MergeRow, ...]:
    """Every record here that changes or goes; as many as are updated or deleted."""
    teller = _Teller(here, there, plan)
    changes = [teller.change(item) for item in plan.updates if item.values]
    return (*changes, *(teller.going(shape, row) for shape, row in plan.deletes))


class _Teller:
    """Names records, each looked up once: among what comes in, in this ledger, in the other."""

    def __init__(self, here: Ledger, there: Ledger, plan: Plan) -> None:
        self._ledgers = (here, there)
        self._shapes = {shape.name: shape for shape in plan.shapes}
        self._coming = {
            (shape.name, shape.key(row.values)): row.values for shape, row in plan.inserts
        }
        self._places: dict[tuple[str, Key], dict[str, str]] = {}

    def kind(self, shape: Shape) -> str:
        """What the clerk calls a record of a table."""
        return KINDS[shape.name][0]

    def change(self, item: Update) -> MergeRow:
        """A record of which fields are taken over: which ones, and what stands there then."""
        known = {FIELDS[name]: value for name, value in item.values.items() if name in FIELDS}
        words = (f"{field}：{_word(value) or '（空）'}" for field, value in known.items())
        what = "；".join(words) or "先后次序或时间"
        where = self.where(item.shape, {**item.here.values, **item.values})
        return MergeRow(f"{item.shape.name}|{item.key}", self.kind(item.shape), where, what)

    def going(self, shape: Shape, row: Row) -> MergeRow:
        """A record that the other side took away."""
        what = f"那边已去掉：{self.said(shape, row.values)}".removesuffix("：")
        where = self.where(shape, row.values)
        return MergeRow(f"{shape.name}|{shape.key(row.values)}", self.kind(shape), where, what)

    def said(self, shape: Shape, values: Values) -> str:
        """What a record says itself."""
        columns = KINDS[shape.name][1]
        return "，".join(word for word in (_word(values[name]) for name in columns) if word)

    def where(self, shape: Shape, values: Values) -> str:
        """Round, unit or group, and measure that a record belongs to."""
        found = self._place(shape, values)
        return "·".join(found[name] for name in _PLACES if name in found)

    def _place(self, shape: Shape, values: Values) -> dict[str, str]:
        found: dict[str, str] = {}
        for column in _BELONGS:
            parent = shape.parents.get(column)
            # The list of expected units names its newest return, which belongs to it in turn.
            if (
                parent
                and values[column]
                and (shape.name, column) != ("expected_returns", "return_id")
            ):
                found |= self._place_of(parent, str(values[column]))
        if shape.name == "expected_returns":
            found["units"] = str(values["unit_name"])
        elif shape.name == "measures":
            found["measures"] = f"（{chinese_number(int(str(values['number'])))}）{values['title']}"
        elif shape.name in _PLACES:
            found[shape.name] = self.said(shape, values)
        return found

    def _place_of(self, table: str, row_id: Key) -> dict[str, str]:
        at = (table, row_id)
        if at not in self._places:
            self._places[at] = {}
            if values := self._coming.get(at) or self._looked_up(table, row_id):
                self._places[at] = self._place(self._shapes[table], values)
        return self._places[at]

    def _looked_up(self, table: str, row_id: Key) -> Values | None:
        found = (merge_rows.values_of(ledger, table, row_id) for ledger in self._ledgers)
        return next((values for values in found if values), None)


def _word(value: object) -> str:
    """A value on one line, as the clerk knows it."""
    if value is None:
        return ""
    text = SETTINGS.get(str(value)) or STATES.get(str(value)) or str(value)
    return " ".join(text.split())
