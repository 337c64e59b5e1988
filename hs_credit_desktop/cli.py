"""The command line: the same services without a window, Chinese for people, JSON for scripts."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hs_credit_desktop import PRODUCT, __version__, cli_receiving, cli_safety
from hs_credit_desktop.arguments import Parser
from hs_credit_desktop.clock import Clock, clock_on, system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.log import LOGGER, close_log, open_log
from hs_credit_desktop.paths import LEDGER_NAME, DataFolder, default_data_root

if TYPE_CHECKING:
    from hs_credit_desktop.services.status import RoundStatus


class Exit(IntEnum):
    """Exit status: done, done with refusals or findings, wrong use or a clear error."""

    DONE = 0
    FINDINGS = 1
    WRONG = 2


@dataclass(frozen=True)
class Answer:
    """What a command found: one JSON document for scripts, lines for people, an exit status."""

    data: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    status: Exit = Exit.DONE


Window = Callable[[Path | None, date | None], int]


def main(arguments: Sequence[str], open_window: Window) -> int:
    """Run a command, or `open_window` when none is given; never a traceback for the clerk.

    SystemExit for --help and --version, which have said all.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    root = default_data_root()
    try:
        options = parser().parse_args(arguments)
        root = _root(options)
        if options.self_test:
            return _self_test()
        if options.command is None:
            return open_window(options.data, options.today)
        return _say(options.run(options), as_json=options.json)
    except UserError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # whoever read our lines has seen enough
        sys.stdout = None  # or the interpreter complains at its end
    except KeyboardInterrupt:
        print("命令已中断，没有做完：已保存的内容不受影响。", file=sys.stderr)
    except Exception as error:
        print(_fault(error, DataFolder(root)), file=sys.stderr)
    return Exit.WRONG


def _fault(error: Exception, folder: DataFolder) -> str:
    """Keep a fault of ours in the log; the sentence about it."""
    said = f"程序内部出错（{type(error).__name__}），没有做完：已保存的内容不受影响。"
    try:
        handler = open_log(folder.logs)
    except OSError:
        return f"{said}请把这句话告诉维护人员（{error}）。"
    LOGGER.error("command line", exc_info=error)
    close_log(handler)
    return f"{said}请把 {folder.logs} 里的日志交给维护人员。"


def _say(answer: Answer, *, as_json: bool) -> Exit:
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False, indent=1, default=_plain), flush=True)
    else:
        print("\n".join(answer.lines), flush=True)
    return answer.status


def _plain(value: object) -> str:
    if isinstance(value, date | Path):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _self_test() -> Exit:
    from hs_credit_desktop.services import selftest

    passed = selftest.run(system_clock(), lambda line: print(line, flush=True))
    return Exit.DONE if passed else Exit.FINDINGS


def _folder_of(ledger: str) -> Path:
    """The data folder of a ledger file that was double-clicked."""
    path = Path(ledger)
    if path.name != LEDGER_NAME or not path.is_file():
        raise UserError(
            f"“{path.name}”不是数据文件夹里的台账文件 {LEDGER_NAME}，没有打开",
            "备份文件请先打开程序，再从备份恢复。",
        )
    return path.parent


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"日期“{text}”不对", "请按“2024-12-02”的格式填写。") from None


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = Parser(prog="hs-credit", description=f"{PRODUCT}：不带命令时打开窗口。")
    top.add_argument(
        "--version", action="version", version=f"{PRODUCT} {__version__}", help="显示版本"
    )
    top.add_argument("--self-test", action="store_true", help="自检：试做一遍主要工作，不留痕迹")
    top.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹")
    top.add_argument(
        "--open", dest="data", type=_folder_of, metavar="FILE", help="打开这个台账文件（双击时用）"
    )
    top.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="按这一天计算")
    commands = top.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=Parser)

    def command(name: str, run: Callable[[argparse.Namespace], Answer], says: str) -> Parser:
        made: Parser = commands.add_parser(name, help=says, description=says)
        made.add_argument("--json", action="store_true", help="输出一个 JSON 文档")
        made.set_defaults(run=run)
        return made

    def about_round(made: argparse.ArgumentParser) -> None:
        made.add_argument("--round", type=int, metavar="N", help="第几轮")
        made.add_argument("--notice", metavar="文号", help="哪一份通知，默认最新一份")

    notice_parser = command("notice", notice, "读一份通知，不写任何东西")
    notice_parser.add_argument("file", type=Path, metavar="通知文件")
    init_parser = command("init", init, "用一份通知建立台账")
    init_parser.add_argument("file", type=Path, metavar="通知文件")
    init_parser.add_argument("--decisions", type=Path, metavar="FILE", help="疑点的答案（JSON）")
    status_parser = command("status", status, "看一轮的数字")
    about_round(status_parser)
    status_parser.add_argument(
        "--by", choices=("unit", "measure", "pillar"), default="unit", help="按什么分行"
    )
    export_parser = command("export", export, "导出报告和台账")
    about_round(export_parser)
    export_parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="放到哪个文件夹"
    )
    for kind, says in (
        ("pdf", "执行情况报告（PDF）"),
        ("docx", "执行情况报告（Word）"),
        ("xlsx", "台账（Excel）"),
        ("summary", "一页盖章汇总表（PDF）"),
    ):
        export_parser.add_argument(f"--{kind}", action="store_true", help=says)
    cli_receiving.add_commands(
        lambda name, run, says: command(name, lambda options: _answer(run, options), says),
        about_round,
        _day,
    )
    cli_safety.add_commands(
        lambda name, run, says: command(name, lambda options: _answer(run, options), says),
        about_round,
    )
    command("search", search, "在全部文字里查找").add_argument("text", metavar="文字")
    command("check", check, "检查台账是否完好")
    demo_parser = command("demo", demo, "建立练习台账（演示数据）")
    demo_parser.add_argument("dir", type=Path, metavar="DIR", help="建在哪个文件夹")
    demo_parser.add_argument("--entries", type=int, default=0, metavar="N", help="大规模练习用")
    return top


def _answer(
    run: Callable[[argparse.Namespace, Path], cli_receiving.Said], options: argparse.Namespace
) -> Answer:
    said = run(options, _root(options))
    return Answer(said.data, said.lines, Exit.FINDINGS if said.findings else Exit.DONE)


def _clock(options: argparse.Namespace) -> Clock:
    clock = system_clock()
    return clock_on(options.today, clock) if options.today else clock


def _root(options: argparse.Namespace) -> Path:
    return options.data or default_data_root()


def notice(options: argparse.Namespace) -> Answer:
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


def init(options: argparse.Namespace) -> Answer:
    """Create the ledger from a notice and open all its rounds."""
    from hs_credit_desktop.services.notices import create_ledger, read_notice

    source = read_notice(options.file)
    if options.decisions:
        from hs_credit_desktop.services.decision_file import read_decisions

        source = replace(source, decisions=read_decisions(options.decisions, source.draft))
    ws = create_ledger(_root(options), _clock(options), source)
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


def status(options: argparse.Namespace) -> Answer:
    """The figures of a round, with rows by unit, measure or pillar."""
    from hs_credit_desktop.services import status as service
    from hs_credit_desktop.services.workspace import open_workspace

    ws = open_workspace(_root(options), system_clock(), read_only=True, today=options.today)
    try:
        found = service.status(ws, number=options.round, doc_number=options.notice, by=options.by)
    finally:
        ws.close()
    figures = found.figures
    data = asdict(figures) | {"rate": figures.rate, "on_time_rate": figures.on_time_rate}
    data |= {"rows": found.rows, "missing_units": found.missing_units}
    return Answer(data, _status_lines(found))


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


def export(options: argparse.Namespace) -> Answer:
    """Write the report and the ledger workbook."""
    from hs_credit_desktop.services import overview
    from hs_credit_desktop.services.export import LEDGER, REPORT, SUMMARY, WORD
    from hs_credit_desktop.services.export import export as write
    from hs_credit_desktop.services.workspace import open_workspace

    named = {
        REPORT: options.pdf,
        WORD: options.docx,
        LEDGER: options.xlsx,
        SUMMARY: options.summary,
    }
    kinds = {kind for kind, wanted in named.items() if wanted}
    ws = open_workspace(_root(options), system_clock(), read_only=True, today=options.today)
    try:
        paper = overview.notice(ws, options.notice)
        round_ = overview.round_of(ws, paper.id, options.round)
        files = write(ws, round_, options.out, kinds or set(named))
    finally:
        ws.close()
    # The contract knows one kind for the report, whatever file it is.
    rows = [asdict(file) | {"kind": file.kind.replace(WORD, REPORT)} for file in files]
    failed = [rule for row in rows for rule in row["layout_check"] if not rule["ok"]]
    lines = [
        f"已导出 {file.path}" + (f"（{file.pages} 页）" if file.pages else "") for file in files
    ]
    lines += [
        f"版式自检：{rule['rule']} 实测 {rule['measured']}，应为 {rule['limit']}" for rule in failed
    ]
    return Answer({"files": rows}, lines, Exit.FINDINGS if failed else Exit.DONE)


def search(options: argparse.Namespace) -> Answer:
    """Find a text everywhere, and units by their initials."""
    from hs_credit_desktop.services.find import find
    from hs_credit_desktop.services.workspace import open_workspace

    ws = open_workspace(_root(options), system_clock(), read_only=True, today=options.today)
    try:
        found = find(ws, options.text)
    finally:
        ws.close()
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


def check(options: argparse.Namespace) -> Answer:
    """Check the ledger, its files and its audit log."""
    from hs_credit_desktop.services.integrity import check as examine
    from hs_credit_desktop.services.workspace import open_workspace

    ws = open_workspace(_root(options), system_clock(), read_only=True, today=options.today)
    try:
        found = examine(ws)
    finally:
        ws.close()
    lines = [f"{item.where}：{item.text}。{item.advice}" for item in found]
    return Answer(
        {"ok": not found, "findings": [asdict(item) for item in found]},
        lines or ["台账完好，没有发现问题。"],
        Exit.FINDINGS if found else Exit.DONE,
    )


def demo(options: argparse.Namespace) -> Answer:
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
