"""F1: which topic explains what is in front, and the tables the program knows best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.services import manual
from hs_credit_desktop.ui.header import RULES
from hs_credit_desktop.ui.rail import MORE, PLACES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.domain.manual import Rows, Topic

FIRST = "start"
PAGE_TOPICS = {
    "今日": "chase",
    "任务": "entry",
    "单位": "entry",
    "收件": "inbox",
    "审核": "review",
    "汇总": "compose",
    "统计": "stats",
    "导出": "export",
    "设置": "settings",
}
# The class of a window beside the main one → the topic that explains it.
WINDOW_TOPICS = {
    "AboutWindow": "start",
    "BackupsBox": "backup",
    "Box": manual.TROUBLE,
    "ChasePapers": "chase",
    "CheckBox": "backup",
    "CheckupWindow": "notice",
    "ChooseUnit": "inbox",
    "CompareEntries": "inbox",
    "FiguresBox": "figures",
    "FreezeBox": "freeze",
    "HandOverBox": "twopcs",
    "MakeForms": "forms",
    "ManualWindow": "start",
    "MergeBox": "twopcs",
    "MoveBox": "settings",
    "NextYearBox": "nextyear",
    "NumberRegister": "export",
    "PaperRegister": "export",
    "PassphraseBox": "twopcs",
    "PlanBox": "notice",
    "PrintPaper": "export",
    "RecycleBox": "backup",
    "RegisterWindow": "register",
    "ReportWindow": "compose",
    "RestoreBox": "backup",
    "ReturnNotices": "review",
    "SealLog": "export",
    "SealPicture": "export",
    "SourceTextWindow": "notice",
    "TextBox": "inbox",
    "UnitRecords": "chase",
    "YearsBox": "nextyear",
}
# (page the key works on, "" for all; key; what it does)
KEYS = (
    ("", "F6 / Shift+F6", "下一个、上一个窗格"),
    ("", "Ctrl+K", "搜索单位、措施、反馈；单位可用拼音首字母"),
    ("", "Ctrl+F", "在本页的文字和列表里查找"),
    ("", "F3 / Shift+F3", "查到的下一处、上一处"),
    ("", "F12", "把本页的列表存成 Excel 文件"),
    ("", "Alt+0、字母", "打开更多，再按菜单里的字母"),
    ("", "Ctrl+Z / Ctrl+Y", "撤销、重做刚才的一步，不论在哪一页；在文字里只管输入"),
    ("今日", "Ctrl+T", "登记电话催报"),
    ("任务", "Ctrl+Enter", "登记，看下一条"),
    ("任务", "Ctrl+S", "保存，留在这一条"),
    ("任务", "Ctrl+PgUp / Ctrl+PgDn", "上一条、下一条"),
    ("任务", "Ctrl+F", "在左边的列表里筛选"),
    ("任务", "F3 / Shift+F3", "筛选后的下一行、上一行"),
    ("单位", "字母或数字、Enter", "按拼音首字母或序号找单位，接着填第一条空白"),
    ("单位", "Tab、Ctrl+Enter", "四个部分之间；登记，看下一条"),
    ("单位", "Ctrl+PgUp / Ctrl+PgDn", "上一家、下一家"),
    ("单位", "Ctrl+F、F3 / Shift+F3", "筛选单位，筛选后的下一家、上一家"),
    ("收件", "Ctrl+Enter", "登记全部可接收的；都处理完后去审核"),
    ("收件", "Enter", "处理所选的这一件"),
    ("收件", "Ctrl+O / Ctrl+V", "添加文件，粘贴复制的文件或文字"),
    ("审核", "Ctrl+Enter", "通过，看下一件"),
    ("审核", "Ctrl+R / Ctrl+D", "退回补报，存疑"),
    ("审核", "F8 / Shift+F8", "下一处、上一处差异"),
    ("审核", "Ctrl+PgUp / Ctrl+PgDn", "上一件、下一件"),
    ("汇总", "Ctrl+G / Ctrl+B", "起草全部，起草这一条"),
    ("汇总", "Ctrl+Enter / Ctrl+S", "完成，看下一条；保存"),
    ("汇总", "空格、Alt+↑ / Alt+↓", "采用这一句；调整段落顺序"),
    ("汇总", "F8、F9 / Shift+F9", "下一处来源已变更；用新的、保留原句"),
    ("汇总", "Ctrl+H、Ctrl+O", "取回上一版；核对改过的报告"),
    ("统计", "Ctrl+E / Ctrl+P", "把所看的图表导出成图片、打印"),
    ("导出", "Ctrl+E / Ctrl+P", "导出、打印"),
    ("", "Ctrl+O / Ctrl+V", "在开始页选择、粘贴任务分解通知"),
    ("", "Enter", "打开所选的一行"),
    ("", "Esc", "关闭小窗，从不丢弃文字"),
    ("", "F1", "使用手册，翻到眼前这一页"),
)


def topic_of(front: QWidget | None, page: str) -> str:
    """The topic of the window in front; else of the page shown, "" being the start page."""
    for kind in type(front).__mro__ if front is not None else ():
        if kind.__name__ in WINDOW_TOPICS:
            return WINDOW_TOPICS[kind.__name__]
    return PAGE_TOPICS.get(page, FIRST)


def key_rows(names: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """(page, key, what it does): the pages there are first, then the keys that work on them."""
    pages = tuple(("", place.key, place.name) for place in (*PLACES, MORE) if place.name in names)
    own = tuple((page, key, text) for page, key, text in KEYS if page in names)
    return pages + tuple((page, key, text) for page, key, text in KEYS if not page) + own


def tables() -> dict[str, Rows]:
    """The tables of the manual that are made from what the program does: they cannot drift."""
    from hs_credit_desktop.ui.commands import all_commands

    names = (*(place.name for place in PLACES), MORE.name)
    keys = ((page or "各页", key, words) for page, key, words in key_rows(names))
    rules = ((status.label, rule) for status, rule in RULES.items())
    commands = ((each.name, each.letter, each.hint) for each in all_commands())
    return {
        "keys": (("哪一页", "按键", "做什么"), *keys),
        "rules": (("数字", "数的是什么"), *rules),
        "commands": (("命令", "字母", "做什么"), *commands),
    }


def topics() -> tuple[Topic, ...]:
    """The manual as this program shows it."""
    return manual.topics(tables())
