"""Forms and files for tests of the readers."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from hs_credit_desktop.domain.form import FormIdentity, FormRow, ReturnForm
from hs_credit_desktop.domain.return_code import make
from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.files.form_xlsx import write_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

CODE = str(make(2024, 2, 6))
OTHER_CODE = str(make(2024, 2, 7))
TITLES = {
    2: "开展诚信监测评价",
    5: "加强供应链信用管理",
    13: "完善企业信用新型监管机制",
}
ANSWERS = {
    2: FeedbackParts("归集1.2万条。\n=1+1", "准确率96%", "无", "12月底前完成", Completion.DONE),
    5: FeedbackParts("建立台账", "", "人手不足", "继续推进", Completion.IN_PROGRESS),
    13: FeedbackParts("分级监管　已开展", "检查减少30%", "", "", Completion.ONGOING),
}


def form(**changes: object) -> ReturnForm:
    """A filled form of three measures, the second round, with last round's answer for one."""
    rows = tuple(
        FormRow(number, title, f"{title}的任务原文。", "配合", ANSWERS[2] if number == 2 else None)
        for number, title in TITLES.items()
    )
    made = ReturnForm(
        FormIdentity(CODE, 2, "unit-6"),
        "市财政局",
        "关于印发任务分解的通知",
        "测信办〔2024〕1号",
        "第二轮",
        date(2024, 11, 30),
        rows,
        "测试市信用办",
        "甲某　0000-0000000",
        ANSWERS,
        "乙某",
        "0000-1111111",
    )
    return replace(made, **changes)


def workbook(change: Callable[[Workbook], object] = lambda _book: None, **changes: object) -> bytes:
    """The form as a workbook after `change` was done to it."""
    book = load_workbook(io.BytesIO(write_form(form(**changes))))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def rezip(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A package with parts changed; None takes a part out."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
    return target.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in files.items():
            package.writestr(name, body)
    return target.getvalue()
