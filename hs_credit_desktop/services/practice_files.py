"""The practice returns to drop in: the piles of Friday and Monday, from resources/practice."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from hs_credit_desktop import paths
from hs_credit_desktop.domain.form import FormIdentity, ReturnForm
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services import forms, overview, practice_texts
from hs_credit_desktop.services.practice_repeats import nearly_repeated
from hs_credit_desktop.services.practice_subject import PracticeMeasure
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.whole_files import write_whole

_FILLER = "演示填报人"


@dataclass(frozen=True)
class _Desk:
    """What every practice file is made from."""

    ws: Workspace
    rounds: tuple[Round, ...]
    writer: practice_texts.PracticeWriter
    subjects: Mapping[int, PracticeMeasure]


def script() -> dict[str, Any]:
    """Which practice files there are, and what is odd about each."""
    source = paths.resources() / "practice" / "files.json"
    found: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return found


def files_folder(root: Path) -> Path:
    """Where the practice returns of a practice ledger lie."""
    return root / str(script()["folder"])


def write_practice_files(
    ws: Workspace, root: Path, subjects: Mapping[int, PracticeMeasure]
) -> Path:
    """Write the piles into `root`; the folder that holds them.

    subjects: measure number → what the practice writer must know of it.
    """
    plan = script()
    rounds = overview.rounds(ws, overview.notice(ws).id)
    desk = _Desk(ws, rounds, practice_texts.PracticeWriter(), subjects)
    folder = files_folder(root)
    for pile in plan["piles"]:
        for file in pile["files"]:
            write_whole(folder / pile["folder"] / file["name"], _content(desk, file))
    return folder


def _content(desk: _Desk, file: Mapping[str, Any]) -> bytes:
    if "mail" in file:
        return _mail(desk, file)
    if "inside" in file:
        return _zip(desk, file)
    if "unrelated" in file:
        return _seating_plan()
    return _return(desk, file)


def _mail(desk: _Desk, file: Mapping[str, Any]) -> bytes:
    message = EmailMessage()
    message["From"] = f"{_FILLER} <demo@example.invalid>"
    message["Subject"] = f"报送第二轮反馈：{file['name'].removesuffix('.eml')}（演示）"
    message["Date"] = format_datetime(datetime.fromisoformat(file["mail"]))
    message.set_content("请查收附件。（演示）\n")
    for inner in file["inside"]:
        message.add_attachment(
            _content(desk, inner),
            maintype="application",
            subtype="octet-stream",
            filename=inner["name"],
        )
    return message.as_bytes()


class _WindowsName(zipfile.ZipInfo):
    """A name inside a zip as Windows writes it here: GBK bytes without the mark of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits


def _zip(desk: _Desk, file: Mapping[str, Any]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for inner in file["inside"]:
            info = _WindowsName(inner["name"], (2024, 11, 29, 8, 11, 0))
            package.writestr(info, _content(desk, inner), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _seating_plan() -> bytes:
    from hs_credit_desktop.files.delivery_xlsx import write_table

    rows = [(f"第{at}排", f"演示人员{at}") for at in range(1, 9)]
    return write_table("会议座次表（演示）", (("座位", 12), ("姓名", 20)), rows)


def _return(desk: _Desk, file: Mapping[str, Any]) -> bytes:
    from hs_credit_desktop.files.form_docx import write_form_docx
    from hs_credit_desktop.files.form_xlsx import write_form
    from hs_credit_desktop.files.plain_docx import write_paragraphs

    form = _filled(desk, file)
    if "free" in file:
        return write_paragraphs(_report(form))
    if "without_code" in file:
        form = replace(form, identity=FormIdentity("", form.identity.round, ""), unit_name="")
    return write_form_docx(form) if file["name"].endswith(".docx") else write_form(form)


def _filled(desk: _Desk, file: Mapping[str, Any]) -> ReturnForm:
    number = file.get("round", 2)
    round_ = desk.rounds[number - 1]
    [expected] = [
        item
        for item in overview.expected_returns(desk.ws, round_)
        if item.unit_name == file["unit"]
    ]
    query = EntryQuery(round_.id, expected_return_id=expected.id)
    answers = {
        entry.measure_number: _answer(desk, file, entry.measure_number, number)
        for entry in overview.entries(desk.ws, round_, query)
    }
    made = forms.form_of(desk.ws, round_, expected, answers)
    last = {row.number: row.last for row in made.rows}
    for measure, target in file.get("repeats", {}).items():
        before = last[int(measure)]
        assert before, "only what was reported can be repeated"
        answers[int(measure)] = nearly_repeated(before, target)
    return replace(made, answers=answers, filled_by=_FILLER, phone=practice_texts.PRACTICE_PHONE)


def _answer(desk: _Desk, file: Mapping[str, Any], measure: int, turn: int) -> FeedbackParts:
    if measure in file.get("blank", ()):
        return FeedbackParts()
    total = file.get("totals", {}).get(str(measure))
    turn = turn + 1 if measure in file.get("revised", ()) else turn
    return desk.writer.write(desk.subjects[measure], file["unit"], turn, total)


def _report(form: ReturnForm) -> list[str]:
    """A free report: title, salutation, a heading a measure, its text, the unit at the end."""
    paragraphs = ["关于信用工作的情况汇报（演示）", "市信用办：", "现将有关工作情况汇报如下。"]
    for at, row in enumerate(form.rows, 1):
        answer = form.answers[row.number]
        paragraphs += [f"{chinese_number(at)}、{row.title}", *answer.progress.split("\n")]
        paragraphs += [f"主要成效：{answer.results}"] if answer.results else []
        paragraphs += [f"存在问题：{answer.problems}"] if answer.problems else []
        paragraphs += [f"下一步打算：{answer.next_steps}"] if answer.next_steps else []
    return [*paragraphs, form.unit_name, "2024年11月28日"]
