"""The command export: the report, the ledger workbook, the stamped summary."""

import argparse
from dataclasses import asdict
from pathlib import Path

from hs_credit_desktop.cli.answer import AddCommand, Answer, opened, round_of
from hs_credit_desktop.cli.arguments import about_round


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
    rows = [asdict(file) | {"kind": file.kind.replace(WORD, REPORT)} for file in files]
    failed = [rule for row in rows for rule in row["layout_check"] if not rule["ok"]]
    lines = [
        f"已导出 {file.path}" + (f"（{file.pages} 页）" if file.pages else "") for file in files
    ]
    lines += [
        f"版式自检：{rule['rule']} 实测 {rule['measured']}，应为 {rule['limit']}" for rule in failed
    ]
    return Answer({"files": rows}, lines, findings=bool(failed))
