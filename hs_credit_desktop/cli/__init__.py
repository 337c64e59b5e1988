"""The command line: the same services without a window, Chinese for people, JSON for scripts."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum
from pathlib import Path

from hs_credit_desktop import PRODUCT, __version__
from hs_credit_desktop.cli import papers, reading, receiving, safety
from hs_credit_desktop.cli.answer import Answer, Command
from hs_credit_desktop.cli.arguments import Parser, day
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.log import LOGGER, close_log, open_log
from hs_credit_desktop.paths import (
    LEDGER_NAME,
    PACKAGE_SUFFIX,
    DataFolder,
    default_data_root,
    local_data_root,
)


class Exit(IntEnum):
    """Exit status: done, done with refusals or findings, wrong use or a clear error."""

    DONE = 0
    FINDINGS = 1
    WRONG = 2


# The data folder (None: the user's own), the day, and a hand-over package that was double-clicked.
Window = Callable[..., int]


def main(arguments: Sequence[str], open_window: Window) -> int:
    """Run a command, or `open_window` when none is given; never a traceback for the clerk.

    SystemExit for --help and --version, which have said all.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    root = local_data_root()
    try:
        options = parser().parse_args(arguments)
        root = options.data or root
        if options.self_test:
            return _self_test()
        if options.command is None:
            return _open_window(options, open_window)
        root = options.data or default_data_root()
        return _say(options.run(options, root), as_json=options.json)
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
    return Exit.FINDINGS if answer.findings else Exit.DONE


def _plain(value: object) -> str:
    if isinstance(value, date | Path):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _self_test() -> Exit:
    from hs_credit_desktop.services import selftest

    passed = selftest.run(system_clock(), lambda line: print(line, flush=True))
    return Exit.DONE if passed else Exit.FINDINGS


def _open_window(options: argparse.Namespace, open_window: Window) -> int:
    """Open the window on a folder, on a ledger that was double-clicked, or with a package."""
    if options.open is None:
        return open_window(options.data, options.today)
    if options.open.suffix == PACKAGE_SUFFIX:
        return open_window(options.data, options.today, options.open.absolute())
    return open_window(options.open.parent, options.today)


def _opened_file(words: str) -> Path:
    """A ledger file or hand-over package that was double-clicked."""
    path = Path(words)
    if not path.is_file():
        raise UserError(f"“{path.name}”不在了，没有打开", "请看看文件是否改了名或移走了。")
    if path.name != LEDGER_NAME and path.suffix != PACKAGE_SUFFIX:
        raise UserError(
            f"“{path.name}”不是数据文件夹里的台账文件 {LEDGER_NAME}，没有打开",
            "备份文件请先打开程序，再从备份还原。",
        )
    return path


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = Parser(prog="hs-credit", description=f"{PRODUCT}：不带命令时打开窗口。")
    top.add_argument(
        "--version", action="version", version=f"{PRODUCT} {__version__}", help="显示版本"
    )
    top.add_argument("--self-test", action="store_true", help="自检：试做一遍主要工作，不留痕迹")
    top.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹")
    top.add_argument(
        "--open", type=_opened_file, metavar="FILE", help="打开这个台账或交接包（双击时用）"
    )
    top.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="按这一天计算")
    commands = top.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=Parser)

    def command(name: str, run: Command, says: str) -> Parser:
        made: Parser = commands.add_parser(name, help=says, description=says)
        made.add_argument("--json", action="store_true", help="输出一个 JSON 文档")
        made.set_defaults(run=run)
        return made

    for part in (reading, papers, receiving, safety):
        part.add_commands(command)
    return top
