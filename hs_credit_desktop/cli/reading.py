"""Commands that make or read a ledger: notice, init, status, search, check and demo."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.cli.answer import AddCommand, Answer, opened
from hs_credit_desktop.cli.arguments import about_round
from hs_credit_desktop.clock import Clock, clock_on, system_clock

if TYPE_CHECKING:
    from hs_credit_desktop.services.status import RoundStatus


def add_commands(command: AddCommand) -> None:
    """Add the commands with their options."""
    made = command("notice", notice, "读一份通知，不写任何东西")
    made.add_argument("file", type=Path, metavar="通知文件")
    made = command("init", init, "用一份通知建立台账")
    made.add_argument("file", type=Path, metavar="通知文件")
    made.add_argument("--decisions", type=Path, metavar="FILE", help="疑点的答案（JSON）")
    made = command("status", status, "看一轮的数字")
    about_round(made)
    by = ("unit", "measure", "pillar")
    made.add_argument("--by", choices=by, default="unit", help="按什么分行")
    command("search", search, "在全部文字里查找").add_argument("text", metavar="文字")
    command("check", check, "检查台账是否完好")
    made = command("demo", demo, "建立练习台账（演示数据）")
    made.add_argument("dir", type=Path, metavar="DIR", help="建在哪个文件夹")
    made.add_argument("--entries", type=int, default=0, metavar="N", help="大规模练习用")


def _clock(options: argparse.Namespace) -> Clock:
    clock = system_clock()
    return clock_on(options.today, clock) if options.today else clock


def notice(options: argparse.Namespace, _root: Path) -> Answer:
    """Read a notice and say what was read."""
    from hs_credit_desktop.services.notices import read_notice

    draft = read_notice(options.file).draft
    data = asdict(draft)
    counts = asdict(draft.counts)
    del data["left_out"], data["addressees"]
    for pillar in data["pillars"]:
        for measure in pillar["measures"]:
            del measure["place"]
    for group in data["groups"]:
        del group["aliases"]
    for doubt in data["doubts"]:
        del doubt["names"]
    head = (draft.doc_number or "没有文号", draft.issuer or "没有发文机关")
    lines = [
        draft.title,
        "　".join((*head, str(draft.issued_on or "没有日期"))),
        _counts_line(counts),
        *(f"{item.name}：{item.due_on} 前报送" for item in draft.rounds),
        f"需要您核对的疑点 {len(draft.doubts)} 处：",
        *(f"  第 {doubt.line} 行　{doubt.where}：{doubt.text}" for doubt in draft.doubts),
        *(f"  第 {line} 行　没有采用：{words}" for line, words in draft.left_out),
    ]
    return Answer(data | {"counts": counts}, lines)


def _counts_line(counts: dict[str, int]) -> str:
    return (
        f"识别到 {counts['pillars']} 类 {counts['measures']} 条，"
        f"责任单位 {counts['printed_units']} 种写法，{counts['pairs']} 对；"
        f"归并为 {counts['units']} 家单位和 {counts['groups']} 个群组，"
        f"每轮应报 {counts['returns']} 家 {counts['entries']} 条。"
    )


def init(options: argparse.Namespace, root: Path) -> Answer:
    """Create the ledger from a notice and open all its rounds."""
    from hs_credit_desktop.services.notices import create_ledger, read_notice

    source = read_notice(options.file)
    if options.decisions:
        from hs_credit_desktop.services.decision_file import read_decisions

        source = replace(source, decisions=read_decisions(options.decisions, source.draft))
    ws = create_ledger(root, _clock(options), source)
    ws.close()
    counts = asdict(source.decided.counts)
    doubts_open = len(source.decided.doubts)
    lines = [
        f"台账已建立：{ws.folder.ledger}",
        _counts_line(counts),
        f"还有 {doubts_open} 处疑点按默认处理，请在窗口里核对。"
        if doubts_open
        else "疑点都已核对。",
    ]
    return Answer({"counts": counts, "doubts_open": doubts_open}, lines)


def status(options: argparse.Namespace, root: Path) -> Answer:
    """The figures of a round, with rows by unit, measure or pillar."""
    from hs_credit_desktop.services import pc_date
    from hs_credit_desktop.services import status as service

    with opened(options, root, read_only=True) as ws:
        found = service.status(ws, number=options.round, doc_number=options.notice, by=options.by)
        doubted = None if options.today else pc_date.doubt(ws, found.round)
    figures = found.figures
    data = asdict(figures) | {"rate": figures.rate, "on_time_rate": figures.on_time_rate}
    data |= {"rows": found.rows, "missing_units": found.missing_units}
    warned = [f"{doubted.what}。{doubted.advice}"] if doubted else []
    return Answer(data, [*warned, *_status_lines(found)])


def _status_lines(found: "RoundStatus") -> list[str]:
    figures = found.figures
    returns = (
        f"应报 {figures.expected} · 已报 {figures.received}（{figures.rate:.1%}）"
        f" · 按时 {figures.on_time}（{figures.on_time_rate:.1%}） · 逾期报送 {figures.late}"
        f" · 逾期未报 {figures.overdue} · 未报 {figures.missing} · 免报 {figures.exempt}"
    )
    reviews = (
        f"通过 {figures.accepted} · 退回补报 {figures.sent_back} · 待审 {figures.to_review}"
        f" · 存疑 {figures.on_hold}"
    )
    return [
        f"{found.round.name}（{found.round.due_on} 前报送）　截至 {found.today}",
        returns,
        f"{reviews}；反馈 {figures.entries_covered}/{figures.entries_expected} 条",
        *(["未报单位：" + "、".join(found.missing_units)] if found.missing_units else []),
    ]


def search(options: argparse.Namespace, root: Path) -> Answer:
    """Find a text everywhere, and units by their initials."""
    from hs_credit_desktop.services.find import find

    with opened(options, root, read_only=True) as ws:
        found = find(ws, options.text)
    keys = ("kind", "round", "unit", "measure", "excerpt")
    hits = [{key: getattr(hit, key) for key in keys} for hit in found]
    words = {"unit": "单位", "measure": "措施", "feedback": "反馈"}
    lines = [
        "　".join(
            [
                words[hit.kind],
                *([f"第{hit.round}轮"] if hit.round else []),
                *(part for part in (hit.unit, hit.measure) if part),
                hit.excerpt,
            ]
        )
        for hit in found
    ]
    missed = f"没有找到“{options.text}”。换个说法，或只写其中两三个字再试。"
    return Answer({"hits": hits}, lines or [missed])


def check(options: argparse.Namespace, root: Path) -> Answer:
    """Check the ledger, its files and its audit log."""
    from hs_credit_desktop.services.integrity import check as examine

    with opened(options, root, read_only=True) as ws:
        found = examine(ws)
    lines = [f"{item.where}：{item.text}。{item.advice}" for item in found]
    return Answer(
        {"ok": not found, "findings": [asdict(item) for item in found]},
        lines or ["台账完好，没有发现问题。"],
        findings=bool(found),
    )


def demo(options: argparse.Namespace, _root: Path) -> Answer:
    """Make the practice ledger."""
    from hs_credit_desktop.services.practice import create_practice
    from hs_credit_desktop.services.practice_files import files_folder

    folder = create_practice(options.dir, extra_entries=options.entries)
    files = files_folder(folder)
    lines = [
        f"练习台账已建立：{folder}",
        f"打开：hs-credit --data {folder}",
        f"练习用的报送件：{files}",
    ]
    return Answer({"data": folder, "files": files}, lines)
