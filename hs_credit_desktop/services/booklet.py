"""交接手册: what the next clerk needs to know, from the ledger, as PDF and Word."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.chasing import LEVEL_NAMES, Owing, day_words
from hs_credit_desktop.domain.figure_ledger import MarkState
from hs_credit_desktop.domain.rounds import Round, RoundState, current_round
from hs_credit_desktop.domain.units import Unit
from hs_credit_desktop.services import (
    backup_list,
    chasing,
    composing_board,
    figure_ledger,
    forms,
    office,
    overview,
    papers_register,
    register_names,
    second_copy,
)
from hs_credit_desktop.services.export import ExportedFile, Progress, publish
from hs_credit_desktop.services.integrity import trust
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.services.years_paper import practice_notice
from hs_credit_desktop.store import chases, units

if TYPE_CHECKING:
    from hs_credit_desktop.reports.booklet import Section
    from hs_credit_desktop.reports.content import Document

Keys = Sequence[tuple[str, str]]
Row = tuple[str, ...]
FORMAT_NAMES = {"xlsx": "Excel", "docx": "Word", "pdf": "纸质 PDF"}
_NOT_SAID = "—"


def write(
    ws: Workspace, folder: Path, keys: Keys = (), progress: Progress | None = None
) -> tuple[ExportedFile, ...]:
    """Write it as PDF and Word; keys: (key, what it does). Errors as in services.export."""
    trust(ws)
    name = f"交接手册_{ws.today:%Y%m%d}"
    return publish(document(ws, keys), folder, name, sealed=False, progress=progress)


def document(ws: Workspace, keys: Keys = ()) -> "Document":
    """The booklet as the ledger stands now; it holds no passphrase and no picture of a seal."""
    from hs_credit_desktop.reports import booklet

    known = [unit for unit in overview.units_of(ws) if unit.active]
    sections = [
        _office(ws),
        _rounds(ws),
        _contacts(ws, known),
        _names(ws, known),
        _groups(ws),
        _doubts(ws),
        *(_open_matters(ws, round_, name) for name, round_ in _running(ws)),
        _habits(ws, known),
        _data(ws),
        booklet.Section("常用按键", heads=("按键", "作用"), rows=tuple(keys)),
    ]
    name = office.office(ws)["office_name"] or overview.notice(ws).issuer or "本办公室"
    return booklet.booklet(sections, office=name, day=ws.today, notice=practice_notice(ws))


def _section(
    title: str, sentences: Sequence[str] = (), heads: Row = (), rows: Sequence[Row] = ()
) -> "Section":
    from hs_credit_desktop.reports.booklet import Section

    return Section(title, tuple(sentences), heads, tuple(rows))


def _office(ws: Workspace) -> "Section":
    said = office.office(ws)
    return _section(
        "本办公室",
        [f"{label}：{said[key] or '没有填写'}。" for key, label in office.OFFICE_KEYS.items()],
    )


def _rounds(ws: Workspace) -> "Section":
    heads = ("通知", "轮次", "截止日期", "状态", "应报", "已报", "未报", "退回")
    rows = []
    for notice, rounds in overview.rounds_by_notice(ws):
        for one in rounds:
            said = overview.figures(ws, one)
            counts = (said.expected, said.received, said.missing, said.sent_back)
            named = (notice.doc_number or notice.title, one.name, one.due_on.isoformat())
            rows.append((*named, one.state.label, *map(str, counts)))
    return _section("通知、轮次和期限", (), heads, rows)


def _contacts(ws: Workspace, known: Sequence[Unit]) -> "Section":
    people, wishes = chases.contacts(ws.ledger), forms.preferred(ws)
    rows: list[Row] = []
    for number, unit in enumerate(known, 1):
        wish = f"反馈表用{FORMAT_NAMES[wishes[unit.id]]}" if unit.id in wishes else ""
        named = (str(number), unit.canonical_name)
        for one in people.get(unit.id, ()):
            note = "；".join(filter(None, (one.note, wish)))
            rows.append((*named, one.name, one.phone, one.mailbox, note))
        if unit.id not in people:
            rows.append((*named, "没有登记", "", "", wish))
    without = sum(unit.id not in people for unit in known)
    words = f"共{len(known)}家，按正式排序；没有登记联系人的{without}家。"
    return _section(
        "单位和联系人", [words], ("序号", "单位", "联系人", "电话", "邮箱", "备注"), rows
    )


def _names(ws: Workspace, known: Sequence[Unit]) -> "Section":
    rows = [
        (unit.canonical_name, item.name, item.kind.label, item.period or _NOT_SAID)
        for unit in known
        for item in register_names.aliases(ws, unit.id)
    ]
    apart = [f"{one}与{other}是两家，不要合并。" for one, other in register_names.apart_pairs(ws)]
    return _section("别名、曾用名和分开的单位", apart, ("单位", "另一个名称", "类别", "时间"), rows)


def _groups(ws: Workspace) -> "Section":
    names = {unit.id: unit.canonical_name for unit in overview.units_of(ws)}
    return _section(
        "群组单位",
        [
            f"{group.name}：{'、'.join(names[one] for one in group.member_ids)}。"
            if group.member_ids
            else f"{group.name}：还没有指定成员，不计入应报。"
            for group in units.groups(ws.ledger)
        ],
    )


def _doubts(ws: Workspace) -> "Section":
    return _section(
        "通知里还没有决定的疑点",
        (),
        ("通知", "位置", "内容"),
        [
            (notice.doc_number or notice.title, item.doubt.where, item.doubt.text)
            for notice, _ in overview.rounds_by_notice(ws)
            for item in overview.open_doubts(ws, notice.id)
        ],
    )


def _running(ws: Workspace) -> Iterator[tuple[str, Round]]:
    """(name, round) of those that have begun to be due and are not frozen, the newest first."""
    for notice, rounds in overview.rounds_by_notice(ws):
        last = current_round(rounds, ws.today).number if rounds else 0
        for one in rounds:
            if one.number <= last and one.state is not RoundState.FROZEN:
                yield f"{notice.doc_number or notice.title}{one.name}", one


def _open_matters(ws: Workspace, round_: Round, name: str) -> "Section":
    """Who is missing or was sent back, what was promised, what is doubted, stale or undecided."""
    missing, back = chasing.missing(ws, round_), chasing.sent_back(ws, round_)
    said = [_listed("未报", missing)] if missing else []
    said += [f"收件箱里还有{count}件没有处理。"] if (count := overview.staged(ws, round_)) else []
    stale = composing_board.board(ws, round_).stale
    said += [f"汇总稿来源已变更：{'、'.join(node.label for node in stale)}。"] if stale else []
    rows: list[Row] = [("退回补报", item.unit_name, _back_words(item)) for item in back]
    rows += [
        ("承诺", item.unit_name, f"{day_words(item.promised_by)}前报送")
        for item in (*missing, *back)
        if item.promised_by
    ]
    rows += [
        ("存疑数字", line.entry.unit_name, f"{line.figure.printed}：{line.mark.note}")
        for line in figure_ledger.figure_lines(ws, round_)
        if line.mark.state is MarkState.DOUBTED
    ]
    return _section(f"{name}没有办完的事", said, ("事项", "单位", "内容"), rows)


def _listed(words: str, items: Sequence[Owing]) -> str:
    return f"{words}{len(items)}家：{'、'.join(item.unit_name for item in items)}。"


def _back_words(item: Owing) -> str:
    return f"{day_words(item.due_on)}前补报；{item.reason or '没有写原因'}"


def _habits(ws: Workspace, known: Sequence[Unit]) -> "Section":
    levels, words = chasing.level_names(ws), papers_register.words(ws)
    wishes = forms.preferred(ws)
    own = office.work_calendar(ws).days.keys() - office.shipped_calendar().days.keys()
    said = [
        f"截止前{office.thresholds(ws).due_soon_days}天起亮临期灯。",
        f"催报分三级：{'、'.join(levels[level] for level in LEVEL_NAMES)}。",
        f"文件的机关代字是{words[False] or '（没有设置）'}，函是{words[True] or '（没有设置）'}。",
        f"反馈表按条数自动选Excel或Word；单独要求格式的单位{_wished(wishes, known)}。",
    ]
    said += [f"办公室另外登记了{len(own)}天节假日或调班。"] if own else []
    return _section("习惯", said)


def _wished(wishes: dict[str, str], known: Sequence[Unit]) -> str:
    named = [
        f"{unit.canonical_name}（{FORMAT_NAMES[wishes[unit.id]]}）"
        for unit in known
        if unit.id in wishes
    ]
    return f"{len(named)}家：{'、'.join(named)}" if named else "没有"


def _data(ws: Workspace) -> "Section":
    second = second_copy.folder_of(ws.ledger)
    return _section(
        "数据和备份在哪里",
        [
            f"数据文件夹：{ws.folder.root}。原件、佐证和扫描件都在里面，不要单独搬动其中的文件。",
            f"{_last_backup(ws)}备份在数据文件夹的“{ws.folder.backups.name}”里。",
            f"第二份备份：{second}。"
            if second
            else "第二份备份：没有设置，建议放在U盘或另一个磁盘。",
            "换电脑或换人时，用“更多”里的“交接包”，不要直接拷贝正在使用的文件夹。",
        ],
    )


def _last_backup(ws: Workspace) -> str:
    words = backup_list.last_words(ws)
    return f"{words}。" if words == backup_list.NONE_YET else f"最近一次{words}。"
