"""Two ledgers compared field by field: what is new there, what changed, and where both changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.merge_names import Clash, clashes
from hs_credit_desktop.store.merge_rows import (
    NAMED,
    SERIES,
    Ids,
    Key,
    Row,
    Shape,
    buried,
    read,
    shapes,
    translated,
    unify,
)
from hs_credit_desktop.store.seals import Stamp
from hs_credit_desktop.store.vectors import Vector, vector

# Worked out anew from other fields after a merge (store/merge_after.py).
DERIVED = {
    "expected_returns": {"entries", "covered", "version", "chases"},
    "expected_entries": {"state", "exempt", "covered"},
    "feedback": {"row_hash"},
}
# When both sides changed them the greater one stands: moments, and numbers in a series.
GREATER = {"saved_at", "recorded_at", "made_at", "version", "opened_at", "stored_at"}
# Fields that only make sense together.
TOGETHER = {
    "expected_returns": (
        ("return_id", "state", "resubmit_by", "first_received_on"),
        ("extended_to", "extension_reason"),
    ),
}
FOLLOWS = ("expected_entries", "feedback_id", "expected_returns", "expected_return_id")


@dataclass(frozen=True)
class Conflict:
    """A field (or fields that belong together) that both sides changed since they last met."""

    table: str
    key: Key
    columns: tuple[str, ...]
    here: Row
    there: Row

    @property
    def id(self) -> str:
        """The name under which a decision is given."""
        return f"{self.table}|{self.key}|{self.columns[0]}"


@dataclass(frozen=True)
class Update:
    """A row that both have: fields taken over with their stamps; conflicts are decided later."""

    shape: Shape
    key: Key
    here: Row
    values: Mapping[str, object]
    stamps: Mapping[str, Stamp]


@dataclass
class Plan:
    """What a merge would do, by tables with parents first."""

    theirs: Vector
    shapes: list[Shape] = field(default_factory=list)
    renames: list[tuple[Shape, object, object]] = field(default_factory=list)
    inserts: list[tuple[Shape, Row]] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    deletes: list[tuple[Shape, Row]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    following: list[Conflict] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    revived: list[tuple[Shape, Key]] = field(default_factory=list)
    same: int = 0


Side = tuple[Shape, Mapping[Key, Row], Mapping[Key, Row]]


def plan(here: Ledger, there: Ledger) -> Plan:
    """Compare; nothing is written."""
    mine, theirs = vector(here), vector(there)
    made = Plan(theirs)
    graves_here, graves_there = buried(here), buried(there)
    ids_here: Ids = {}
    ids_there: Ids = {}
    sides: list[Side] = []
    made.shapes = shapes(here)
    for shape in made.shapes:
        ours = translated(shape, read(here, shape), ids_here)
        others = translated(shape, read(there, shape), ids_there)
        renamed, renamed_there = unify(shape, ours, others)
        ids_here |= renamed
        ids_there |= renamed_there
        made.renames += [(shape, old, new) for old, new in renamed[shape.name].items()]
        sides.append((shape, ours, others))
    # Once more: links that run both ways know their ids only now.
    sides = [
        (shape, translated(shape, ours, ids_here), translated(shape, others, ids_there))
        for shape, ours, others in sides
    ]
    for side in sides:
        _compare(made, side, (mine, theirs), (graves_here, graves_there))
    _tie(made)
    _keep_parents(made, sides)
    made.clashes = [clash for side in sides for clash in _clashes(made, side)]
    return made


Graves = Mapping[tuple[str, Key], Stamp]


def _compare(
    made: Plan, side: Side, known: tuple[Vector, Vector], graves: tuple[Graves, Graves]
) -> None:
    shape, ours, others = side
    mine, theirs = known
    for key, row in others.items():
        if key in ours:
            _compare_row(made, shape, key, (ours[key], row), known)
        elif (shape.name, key) not in graves[0] or not _all_known(row, mine):
            made.inserts.append((shape, row))
    for key, row in ours.items():
        if key not in others and (shape.name, key) in graves[1] and _all_known(row, theirs):
            made.deletes.append((shape, row))
    if shape.name == "summaries":
        made.conflicts += _both_wrote(shape, ours, others, known)


def _all_known(row: Row, known: Vector) -> bool:
    return all(known.knows(stamp) for stamp in row.every_stamp)


def _compare_row(
    made: Plan, shape: Shape, key: Key, rows: tuple[Row, Row], known: tuple[Vector, Vector]
) -> None:
    here, there = rows
    values: dict[str, object] = {}
    stamps: dict[str, Stamp] = {}
    conflicts = []
    for columns in _groups(shape):
        changed_there = any(not known[0].knows(there.stamp(name)) for name in columns)
        changed_here = any(not known[1].knows(here.stamp(name)) for name in columns)
        differ = [name for name in columns if here.values[name] != there.values[name]]
        if changed_there and changed_here and differ and columns[0] not in GREATER:
            conflicts.append(Conflict(shape.name, key, columns, here, there))
        elif changed_there and (not changed_here or _greater(columns, here, there)):
            values |= {name: there.values[name] for name in differ}
            stamps |= {name: there.stamp(name) for name in columns}
    made.conflicts += conflicts
    if stamps:
        made.updates.append(Update(shape, key, here, values, stamps))
    if not values and not conflicts:
        made.same += 1


def _greater(columns: tuple[str, ...], here: Row, there: Row) -> bool:
    """Of two equal values or of moments, the one that stands on both sides."""
    name = columns[0]
    ours, theirs = here.values[name], there.values[name]
    if ours == theirs or None in (ours, theirs):
        return (theirs is not None, there.stamp(name)) > (ours is not None, here.stamp(name))
    return bool(theirs > ours)  # type: ignore[operator]  # two texts or two numbers of a column


def _groups(shape: Shape) -> Iterator[tuple[str, ...]]:
    together = TOGETHER.get(shape.name, ())
    left_out = {*shape.table.key, *DERIVED.get(shape.name, ()), *(n for g in together for n in g)}
    yield from together
    yield from ((name,) for name in shape.table.columns if name not in left_out)


def _both_wrote(
    shape: Shape,
    ours: Mapping[Key, Row],
    others: Mapping[Key, Row],
    known: tuple[Vector, Vector],
) -> Iterator[Conflict]:
    """Series of texts whose newest one both sides wrote without knowing of each other."""
    newest_there = _newest(shape, others)
    for series, mine in _newest(shape, ours).items():
        theirs = newest_there.get(series)
        if theirs is None or known[1].knows(mine.first) or known[0].knows(theirs.first):
            continue
        if mine.values["text"] != theirs.values["text"]:
            yield Conflict(shape.name, shape.key(mine.values), ("text",), mine, theirs)


def _newest(shape: Shape, rows: Mapping[Key, Row]) -> dict[tuple[object, ...], Row]:
    found: dict[tuple[object, ...], Row] = {}
    for row in rows.values():
        series = tuple(row.values[name] for name in SERIES[shape.name][0])
        if series not in found or _version(found[series]) < _version(row):
            found[series] = row
    return found


def _version(row: Row) -> int:
    return int(str(row.values["version"]))


def _tie(made: Plan) -> None:
    """Which text an entry shows follows the decision on its return, where there is one."""
    table, column, parent, link = FOLLOWS
    decided = {item.key for item in made.conflicts if item.table == parent}
    tied = [
        item
        for item in made.conflicts
        if (item.table, item.columns) == (table, (column,)) and item.here.values[link] in decided
    ]
    made.following = tied
    made.conflicts = [item for item in made.conflicts if item not in tied]


def _clashes(made: Plan, side: Side) -> Iterator[Clash]:
    """Names that two rows would share if every name that comes from there came."""
    shape, ours, others = side
    if shape.name not in NAMED:
        return
    column = NAMED[shape.name]
    updated = [item.key for item in made.updates if item.shape is shape and column in item.values]
    disputed = [
        item.key for item in made.conflicts if (item.table, item.columns) == (shape.name, (column,))
    ]
    brought = [row for to, row in made.inserts if to is shape]
    brought += [others[key] for key in (*updated, *disputed)]
    gone = [shape.key(row.values) for of, row in made.deletes if of is shape]
    yield from clashes(shape, ours, (*gone, *updated), brought)


def _keep_parents(made: Plan, sides: Sequence[Side]) -> None:
    """Nothing is deleted that something else still belongs to, on whichever side that is.

    A row that stays or comes back so is stamped anew: then it comes back on the other side too.
    """
    by_name = {shape.name: (shape, others) for shape, _, others in sides}
    while True:
        gone = {(shape.name, shape.key(row.values)) for shape, row in made.deletes}
        held = {
            (shape.name, key)
            for shape, ours, _ in sides
            for key in ours
            if (shape.name, key) not in gone
        }
        held |= {(shape.name, shape.key(row.values)) for shape, row in made.inserts}
        needed = _needed(made, sides, gone)
        # What neither side has any more cannot be kept: the merge is refused for it later.
        missing = sorted(
            (name, key)
            for name, key in needed - held
            if (name, key) in gone or key in by_name[name][1]
        )
        kept = [item for item in missing if item in gone]
        for shape, row in list(made.deletes):
            if (shape.name, shape.key(row.values)) in kept:
                made.deletes.remove((shape, row))
        for name, key in missing:
            shape, others = by_name[name]
            if (name, key) not in gone:
                made.inserts.append((shape, others[key]))
            made.revived.append((shape, key))
        if not missing:
            return


def _needed(made: Plan, sides: Sequence[Side], gone: set[tuple[str, Key]]) -> set[tuple[str, Key]]:
    """(table, key) of every row that a row of the merged ledger refers to."""
    found: set[tuple[str, Key]] = set()

    def add(shape: Shape, values: Mapping[str, object]) -> None:
        for column, parent in shape.parents.items():
            if values.get(column) is not None:
                found.add((parent, str(values[column])))

    shape_of = {shape.name: shape for shape, _, _ in sides}
    for shape, ours, _ in sides:
        changed = {item.key: item.values for item in made.updates if item.shape is shape}
        for key, row in ours.items():
            if (shape.name, key) not in gone:
                add(shape, {**row.values, **changed.get(key, {})})
    for shape, row in made.inserts:
        add(shape, row.values)
    for item in (*made.conflicts, *made.following):
        add(shape_of[item.table], item.there.values)
    return found
