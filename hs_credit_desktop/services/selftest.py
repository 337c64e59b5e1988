"""The program tries itself out: a temporary ledger, every capability once, nothing left behind.

A later capability joins by one function and one line in STEPS.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain.recognition import How
from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import find, integrity, notices, overview, returns
from hs_credit_desktop.services.workspace import Workspace, create_workspace, open_workspace

if TYPE_CHECKING:
    from hs_credit_desktop.services.export import ExportedFile

# A name with Chinese and a space, since data folders have such names.
FOLDER = "自检 台账"
WORDS = "自检用语"  # nothing of the notice; two of its characters are searched for
PRINTER_DOTS = 600
A4_WIDTH, A4_HEIGHT = 4961, 7016  # pixels at PRINTER_DOTS: 210 × 297 mm
TOLERANCE = 2
FAILED = "自检没有通过：请把以上文字交给技术人员，台账数据不受影响。"
# The bundled notice: 大类, 措施, 报送件 and 反馈 of a round.
NOTICE_COUNTS = (7, 24, 44, 267)


class StepError(Exception):
    """A step did not give what it must; the words say what was seen instead."""


@dataclass(frozen=True)
class Trial:
    """What the steps share: the temporary ledger, its first round, a folder for files."""

    ws: Workspace
    round: Round
    out: Path


def run(clock: Clock, say: Callable[[str], object]) -> bool:
    """Try everything once, say one line a step; True when all steps passed."""
    done = 0
    with tempfile.TemporaryDirectory(prefix="hs-credit-") as temporary:
        opened = _step("建立台账", say, lambda: _create(Path(temporary), clock))
        if opened:
            with _reopened(Path(temporary), clock) as trial:
                done = sum(_step(name, say, partial(act, trial)) for name, act in STEPS)
    passed = opened and done == len(STEPS)
    say("自检全部通过。" if passed else FAILED)
    return passed


def _step(name: str, say: Callable[[str], object], act: Callable[[], str]) -> bool:
    try:
        say(f"通过　{name}：{act()}")
    except (UserError, StepError) as error:
        say(f"失败　{name}：{error}")
    except Exception as error:  # whatever it is, the clerk gets a line and no traceback
        say(f"失败　{name}：程序内部错误（{type(error).__name__}：{error}）")
    else:
        return True
    return False


def _expect(holds: bool, seen: str) -> None:
    if not holds:
        raise StepError(f"结果不对（{seen}）")


def _create(temporary: Path, clock: Clock) -> str:
    source = notices.read_notice(notices.bundled_notice())
    ws = notices.create_ledger(temporary / FOLDER, clock, source)
    ws.close()
    counts = source.draft.counts
    seen = f"{counts.pillars} 类 {counts.measures} 条，应报 {counts.returns} 家 {counts.entries} 条"
    read = (counts.pillars, counts.measures, counts.returns, counts.entries)
    _expect(read == NOTICE_COUNTS, seen)
    return seen


@contextmanager
def _reopened(temporary: Path, clock: Clock) -> Iterator[Trial]:
    """The ledger just made, opened again as on any other day."""
    ws = open_workspace(temporary / FOLDER, clock)
    try:
        yield Trial(ws, overview.round_of(ws, overview.notice(ws).id, 1), temporary)
    finally:
        ws.close()


def _log(trial: Trial) -> str:
    entry = overview.entries(trial.ws, trial.round)[0]
    parts = FeedbackParts(WORDS, "", "", "", completion=Completion.IN_PROGRESS)
    receipt = returns.Receipt(trial.ws.today)
    returns.record(trial.ws, entry_id=entry.id, parts=parts, receipt=receipt)
    received = overview.expected_returns(trial.ws, trial.round, Status.RECEIVED)
    names = "、".join(item.unit_name for item in received)
    _expect(names == entry.unit_name, f"已报 {len(received)} 家")
    return f"{entry.unit_name}，已报 {len(received)} 家"


def _search(trial: Trial) -> str:
    hits = find.find(trial.ws, WORDS[1:3])
    _expect([hit.kind for hit in hits] == ["feedback"], f"找到 {len(hits)} 处，应为 1 处")
    return "两个字的词找到 1 处"


def _export(trial: Trial, kind: str) -> "ExportedFile":
    from hs_credit_desktop.services.export import export

    (made,) = export(trial.ws, trial.round, trial.out, {kind})
    failed = [rule.rule for rule in made.layout_check if not rule.ok]
    _expect(not failed, "版式自检未过：" + "、".join(failed))
    return made


def _report(trial: Trial) -> str:
    made = _export(trial, "report")
    _expect(made.path.read_bytes().startswith(b"%PDF"), "文件开头不是 PDF")
    return f"{made.path.name}，{made.pages} 页"


def _print(trial: Trial) -> str:
    from hs_credit_desktop.reports.pages import page_images

    (pdf,) = trial.out.glob("*.pdf")
    printed = 0
    for page in page_images(pdf, PRINTER_DOTS):
        printed += 1
        _expect(not page.blank, f"第 {printed} 页是空白")
        fits = abs(page.width - A4_WIDTH) + abs(page.height - A4_HEIGHT) <= TOLERANCE
        _expect(fits, f"第 {printed} 页不是 A4：{page.width}×{page.height}")
    _expect(printed > 0, "没有一页")
    return f"{printed} 页，每英寸 {PRINTER_DOTS} 点"


def _workbook(trial: Trial) -> str:
    return _office_file(trial, "ledger", "xl/workbook.xml")


def _word(trial: Trial) -> str:
    return _office_file(trial, "word", "word/document.xml")


def _office_file(trial: Trial, kind: str, main_part: str) -> str:
    made = _export(trial, kind)
    with zipfile.ZipFile(made.path) as book:
        _expect(main_part in book.namelist() and book.testzip() is None, "文件不完整")
    return made.path.name


def _forms(trial: Trial) -> str:
    """Write return forms and read them back as they would come in a mail."""
    from hs_credit_desktop.services import forms, inbox, receiving

    unit = overview.entries(trial.ws, trial.round)[0].unit_id
    folder = trial.out / "反馈表"
    made = [
        form.path
        for kind in ("xlsx", "docx")
        for form in forms.make_forms(trial.ws, trial.round, folder, fmt=kind, unit_ids={unit}).forms
    ]
    batch = receiving.stage(trial.ws, receiving.read_files(made), trial.round)
    seen = [look.item.how for look in inbox.tray(trial.ws, trial.round, batch.id)]
    _expect(seen == [How.CODE] * 2, f"{len(made)} 份反馈表认出 {seen.count(How.CODE)} 份")
    return "Excel 和 Word 反馈表各一份，都凭回执码认出"


def _backup(trial: Trial) -> str:
    """Back up, do something more, look what restoring would undo, restore."""
    from hs_credit_desktop.services import backups

    made = backups.make(trial.ws)
    _expect(made.findings == 0, f"备份里有 {made.findings} 处问题")
    entry = overview.entries(trial.ws, trial.round)[-1]
    parts = FeedbackParts("备份以后写的", "", "", "", completion=None)
    receipt = returns.Receipt(trial.ws.today)
    returns.record(trial.ws, entry_id=entry.id, parts=parts, receipt=receipt)
    lost = len(backups.preview(trial.ws, made.file).would_lose)
    _expect(lost == 1, f"还原会丢失 {lost} 步，应为 1 步")
    backups.restore(trial.ws, made.file)
    received = len(overview.expected_returns(trial.ws, trial.round, Status.RECEIVED))
    _expect(received == 1, f"还原后已报 {received} 家，应为 1 家")
    return "备份后多做的一步，还原后没有了"


def _handover(trial: Trial) -> str:
    """Write an encrypted package for another PC and see that it holds what is here."""
    from hs_credit_desktop.services import handover

    made = handover.handover(trial.ws, trial.out / "交接包.zip", passphrase=WORDS)
    seen = handover.preview(trial.ws, made.file, passphrase=WORDS)
    _expect(seen.same > 0, "交接包是空的")
    differ = seen.new + seen.changed + len(seen.conflicts)
    _expect(differ == 0, f"交接包与台账有 {differ} 处不同")
    return f"加口令写出再读回，{seen.same} 行一致"


def _move(trial: Trial) -> str:
    """Move a second ledger to another folder, see that it is whole and the old place names it."""
    from hs_credit_desktop.services import folders, relocation

    source = trial.out / "搬前"
    create_workspace(source, trial.ws.clock).close()
    chosen = relocation.plan(source, trial.out)
    relocation.move(chosen, trial.ws.clock)
    moved = open_workspace(chosen.target, trial.ws.clock)
    findings = integrity.check(moved)
    moved.close()
    _expect(not findings, f"搬到新位置的台账有 {len(findings)} 处问题")
    _expect(folders.moved_to(source) == chosen.target, "旧文件夹没有指向新位置")
    return f"{chosen.files} 个文件搬到新位置，旧的还在"


def _check(trial: Trial) -> str:
    findings = integrity.check(trial.ws)
    _expect(not findings, "；".join(f"{item.where}：{item.text}" for item in findings))
    return "没有发现问题"


STEPS: tuple[tuple[str, Callable[[Trial], str]], ...] = (
    ("登记反馈", _log),
    ("查找", _search),
    ("导出报告（PDF）", _report),
    ("打印到文件", _print),
    ("导出台账（Excel）", _workbook),
    ("导出报告（Word）", _word),
    ("反馈表与收件", _forms),
    ("备份与还原", _backup),
    ("交接包", _handover),
    ("搬数据文件夹", _move),
    ("检查台账", _check),
)
