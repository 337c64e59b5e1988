"""The commands export (report, ledger, stamped summary) and chase (missing list, letter)."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hs_credit_desktop.cli.answer import AddCommand, Answer, opened, round_of
from hs_credit_desktop.cli.arguments import about_round

if TYPE_CHECKING:
    from hs_credit_desktop.services.export import ExportedFile


def add_commands(command: AddCommand) -> None:
    """Add the command with its options."""
    made = command("export", export, "导出报告和台账")
    about_round(made)
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="放到哪个文件夹")
    for kind, says in (
        ("pdf", "执行情况报告（PDF）"),
        ("docx", "执行情况报告（Word）"),
        ("xlsx", "台账（Excel）"),
        ("summary", "一页盖章汇总表（PDF）"),
    ):
        made.add_argument(f"--{kind}", action="store_true", help=says)
    made = command("chase", chase, "生成未报清单和催报函")
    about_round(made)
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="放到哪个文件夹")


def export(options: argparse.Namespace, root: Path) -> Answer:
    """Write the report and the ledger workbook."""
    from hs_credit_desktop.services.export import LEDGER, REPORT, SUMMARY, WORD
    from hs_credit_desktop.services.export import export as write

    named = {
        REPORT: options.pdf,
        WORD: options.docx,
        LEDGER: options.xlsx,
        SUMMARY: options.summary,
    }
    kinds = {kind for kind, wanted in named.items() if wanted}
    with opened(options, root, read_only=True) as ws:
        files = write(ws, round_of(ws, options), options.out, kinds or set(named))
    # The contract knows one kind for the report, whatever file it is.
    rows = [_row(file) | {"kind": file.kind.replace(WORD, REPORT)} for file in files]
    failed = [rule for row in rows for rule in row["layout_check"] if not rule["ok"]]
    lines = [
        f"已导出 {file.path}" + (f"（{file.pages} 页）" if file.pages else "") for file in files
    ]
    lines += [_failed(rule) for rule in failed]
    return Answer({"files": rows}, lines, findings=bool(failed))


def chase(options: argparse.Namespace, root: Path) -> Answer:
    """Write the missing list and the chase letter; nothing is sent and nothing logged."""
    from hs_credit_desktop.services import chasing
    from hs_credit_desktop.services.papers_publish import chase_papers

    with opened(options, root, read_only=True) as ws:
        round_ = round_of(ws, options)
        owing = chasing.missing(ws, round_)
        files = chase_papers(ws, round_, options.out)
    rows = [_row(file) for file in files]
    failed = [rule for row in rows for rule in row["layout_check"] if not rule["ok"]]
    units = [item.unit_name for item in owing]
    lines = [f"{round_.name}未报 {len(units)} 家" + ("：" if units else "，不用催报")]
    lines += [f"　{item.unit_name}　应反馈 {item.entries} 条" for item in owing]
    lines += [f"已写出 {file.path}" for file in files]
    lines += [_failed(rule) for rule in failed]
    return Answer({"units": units, "files": rows}, lines, findings=bool(failed))


def _row(file: "ExportedFile") -> dict[str, Any]:
    """A file as the contract names it (command-line.md)."""
    said = ("path", "kind", "pages", "sha256", "layout_check")
    return {key: value for key, value in asdict(file).items() if key in said}


def _failed(rule: dict[str, object]) -> str:
    return f"版式自检：{rule['rule']} 实测 {rule['measured']}，应为 {rule['limit']}"
