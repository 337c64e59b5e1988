"""argparse in Chinese: its help, and its complaint as one sentence."""

import argparse
import re
from datetime import date
from typing import Any, NoReturn

from hs_credit_desktop.errors import UserError

# What argparse complains of, in Chinese; {0} is what it names.
_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "少了 {0}"),
    (r"unrecognized arguments: (.+)", "不认识 {0}"),
    (r"argument (\S+): expected one argument", "{0} 后面要写内容"),
    (r"argument (\S+): invalid int value: '(.*)'", "{0} 要写整数，不能写 {1}"),
    (r"argument (\S+): ignored explicit argument '(.*)'", "{0} 后面不能写 {1}"),
    (r"argument (\S+): invalid choice: '(.*?)' \(choose from (.+)\)", "{0} 不能是 {1}，可选 {2}"),
)


def _complaint(message: str) -> str:
    """A complaint of argparse in Chinese."""
    for pattern, said in _COMPLAINTS:
        if match := re.fullmatch(pattern, message):
            return said.format(*match.groups()).replace("'", "")
    return "写法有误"


class _Help(argparse.HelpFormatter):
    """Help with Chinese headings."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose help is Chinese and whose complaint is a UserError."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, allow_abbrev=False, formatter_class=_Help)
        self._positionals.title, self._optionals.title = "内容", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Raise a UserError instead of printing and leaving."""
        raise UserError(f"命令写得不对，{_complaint(message)}", f"请看 {self.prog} --help。")


def day(text: str) -> date:
    """A day as typed; UserError says how to write it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"日期“{text}”不对", "请按“2024-12-02”的格式填写。") from None


def about_round(made: argparse.ArgumentParser) -> None:
    """Add the options that name a round and its notice."""
    made.add_argument("--round", type=int, metavar="N", help="第几轮")
    made.add_argument("--notice", metavar="文号", help="哪一份通知，默认最新一份")
