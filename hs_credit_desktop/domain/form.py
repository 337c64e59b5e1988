"""The return form (反馈表): what one unit gets, and how the same form is known again."""

import re
from dataclasses import dataclass, field
from datetime import date

from hs_credit_desktop.domain.returns import Completion, FeedbackParts, labelled
from hs_credit_desktop.domain.text import chinese_number

FORM_VERSION = "1"
SHEET = "反馈表"
EXAMPLE_SHEET = "填报说明"
HIDDEN_SHEET = "_hs_form"
IDENTITY_NAME = "hs_return_form"
CODE_LABEL = "回执码"
UNIT_LABEL = "报送单位"
STAMP_LABEL = "（单位盖章处）"
PLACEHOLDER = "（在此填写）"
COMPLETIONS = tuple(item.label for item in Completion)
# Column of the form → heading, in printed order; the reader knows them by these words and others.
HEADINGS = {
    "number": "序号",
    "measure": "措施",
    "role": "责任",
    "last": "上轮反馈（供参考）",
    "progress": "进展情况",
    "results": "主要成效",
    "problems": "存在问题",
    "next_steps": "下一步打算",
    "completion": "完成情况",
    "figures": "主要数据",
}
FOOTER_LABELS = {"filled_by": "填报人", "phone": "联系电话", "checked_by": "审核人"}
ANSWERS = ("progress", "results", "problems", "next_steps", "completion", "figures")


@dataclass(frozen=True)
class FormIdentity:
    """What a form carries in several places: code, round, unit and the version of the form."""

    code: str
    round: int
    unit_id: str
    version: str = FORM_VERSION

    def __str__(self) -> str:
        return f"{self.code}|v{self.version}|{self.round}|{self.unit_id}"


_IDENTITY = re.compile(
    r"(HS\d{2}-\d{1,2}-\d{4,6}-[0-9A-Z])\|v(\w+)\|(\d{1,2})\|([0-9A-Za-z-]{1,40})"
)


def find_identity(text: str) -> FormIdentity | None:
    """The identity written somewhere in `text`, or None."""
    match = _IDENTITY.search(text)
    return FormIdentity(match[1], int(match[3]), match[4], match[2]) if match else None


@dataclass(frozen=True)
class FormRow:
    """One measure of a unit's form; `last` is what it reported in the round before, if it did."""

    number: int
    title: str
    text: str
    role: str
    last: FeedbackParts | None = None

    @property
    def heading(self) -> str:
        """（十三）完善企业信用新型监管机制."""
        return f"（{chinese_number(self.number)}）{self.title}"

    @property
    def last_words(self) -> str:
        """Last round's answer as one text with its headings; empty when there is none."""
        if self.last is None:
            return ""
        said = [f"{label}：{text}" for label, text in labelled(self.last)]
        done = [f"完成情况：{self.last.completion.label}"] if self.last.completion else []
        return "\n".join(said + done)


@dataclass(frozen=True)
class ReturnForm:
    """One unit's form for one round. answers: measure number → what is filled in already."""

    identity: FormIdentity
    unit_name: str
    notice_title: str
    doc_number: str | None
    round_name: str
    due_on: date
    rows: tuple[FormRow, ...]
    office: str = ""
    contact: str = ""
    answers: dict[int, FeedbackParts] = field(default_factory=dict)
    filled_by: str = ""
    phone: str = ""

    @property
    def title(self) -> str:
        """The heading of the form."""
        return f"任务分解执行情况反馈表（{self.round_name}）"

    @property
    def due_words(self) -> str:
        """2024年11月30日前报送."""
        return f"{self.due_on.year}年{self.due_on.month}月{self.due_on.day}日前报送"


def instructions(form: ReturnForm) -> tuple[str, ...]:
    """How to fill in the form, a sentence a line."""
    return (
        "一、只在白色格内填写，灰色格是任务原文和上轮反馈，供对照，不用改。",
        "二、“进展情况”写本轮的做法和数据，“主要成效”写结果；“存在问题”没有的写“无”。",
        f"三、“完成情况”从下拉列表中选一项：{'、'.join(COMPLETIONS)}。",
        "四、“主要数据”写累计数，注明单位，如“累计归集信息12.6万条”。",
        "五、可以插入行、调整列宽，请不要删除右上角的回执码，收件时凭它认出贵单位。",
        f"六、填好后请{form.due_words}，原样发回本文件；如需盖章，请打印本表盖章后一并报送。",
        *((f"联系：{form.contact}",) if form.contact else ()),
    )


EXAMPLE = {
    "measure": "（示例）推进某项信用建设",
    "progress": "制定实施方案，召开部门协调会2次；组织3家试点单位录入信用信息，累计归集1.2万条。",
    "results": "试点单位信用信息报送及时率由82%提高到96%。",
    "problems": "部分历史数据缺少统一社会信用代码，需要逐条补录。",
    "next_steps": "12月底前完成历史数据补录，并在全系统推开。",
    "completion": Completion.IN_PROGRESS.label,
    "figures": "累计归集信息1.2万条",
}
