"""What accepting a file would do: entries old beside new, what stops it, what to look at first."""

from collections.abc import Iterator
from dataclasses import dataclass

from hs_credit_desktop.domain.matching import free_parts
from hs_credit_desktop.domain.reading import FileKind, Finding, FindingKind, Reading, Weight
from hs_credit_desktop.domain.recognition import How
from hs_credit_desktop.domain.returns import (
    Entry,
    ExpectedReturn,
    FeedbackParts,
    ReturnState,
    changed_parts,
)
from hs_credit_desktop.domain.revision import Mode, combined
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services import freezing, overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import lists
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.staging import Outcome, Proposal, StagedItem

_MANY = 8
_FORMS = (".xlsx", ".xls", ".et", ".docx", ".doc", ".wps")
_MISNAMED = (
    "文件名像反馈表，内容却不是表格或文档，可能没有存完整。请用 WPS 打开原件，另存后重新发来。"
)


@dataclass(frozen=True)
class EntryPlan:
    """One entry that the file answers: what stands now, and what the file says."""

    entry: Entry
    new: FeedbackParts

    @property
    def old(self) -> FeedbackParts:
        """What the unit has reported so far; blank for a first answer."""
        return self.entry.parts

    def result(self, mode: Mode) -> FeedbackParts:
        """What the entry will say."""
        return combined(self.old, self.new, mode)

    def changed(self, mode: Mode = Mode.REPLACE) -> tuple[str, ...]:
        """Names of the fields that will differ."""
        return changed_parts(self.old, self.result(mode))


@dataclass(frozen=True)
class Look:
    """A file of the inbox with everything that follows from it."""

    item: StagedItem
    round: Round
    expected: ExpectedReturn | None
    plans: tuple[EntryPlan, ...]
    findings: tuple[Finding, ...]

    @property
    def answered(self) -> int:
        """How many entries the file answers with words: the 21 of 21/24."""
        return sum(not plan.new.blank for plan in self.plans)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What stops acceptance, then what asks for a look."""
        found = [item for item in self.findings if item.kind.weight is not Weight.REMARK]
        return tuple(sorted(found, key=lambda item: item.kind.weight is not Weight.STOPS))

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What is only said."""
        return tuple(item for item in self.findings if item.kind.weight is Weight.REMARK)

    @property
    def certain(self) -> bool:
        """Known by its code, nothing to look at: may be taken in with all the others."""
        return (
            self.item.outcome is Outcome.STAGED
            and self.item.how is How.CODE
            and self.expected is not None
            and not self.problems
        )

    @property
    def proposal(self) -> Proposal:
        """What the program proposes."""
        kinds = {item.kind for item in self.findings}
        if self.item.outcome is not Outcome.STAGED:
            return self.item.proposal
        if self.certain:
            return Proposal.ACCEPT
        if FindingKind.OTHER_ROUND in kinds or self.misnamed:
            return Proposal.REFUSE
        if kinds & {FindingKind.UNREADABLE} and self.item.reading.kind is FileKind.UNKNOWN:
            return Proposal.OTHER
        nothing_here = not self.item.how and not any(self.item.assigned)
        scan = self.item.reading.kind is FileKind.SCAN  # it waits for the clerk, typed or not
        return Proposal.OTHER if nothing_here and not scan else Proposal.ASK

    @property
    def misnamed(self) -> bool:
        """Named like a return form, but no workbook or document, and nothing known is in it."""
        item = self.item
        content = item.reading.kind in (FileKind.UNKNOWN, FileKind.TEXT)
        named = item.name.lower().endswith(_FORMS)
        return named and content and not (item.how or any(item.assigned))

    @property
    def typed_later(self) -> bool:
        """A scan or photo whose content must still be typed."""
        reading = self.item.reading
        return reading.kind is FileKind.SCAN and not (reading.rows or reading.paragraphs)

    @property
    def word(self) -> str:
        """The word of the 处理 column: 可接收, 待确认, 重报, 往轮, 需拆分, 需录入, 无关."""
        if self.item.outcome is not Outcome.STAGED:
            return self.item.outcome.label
        kinds = {item.kind for item in self.findings}
        for kind in (
            FindingKind.OTHER_ROUND,
            FindingKind.TO_TYPE,
            FindingKind.TO_SPLIT,
            FindingKind.RESUBMISSION,
            FindingKind.UNREQUESTED,
        ):
            if kind in kinds:
                return kind.label
        words = {Proposal.ACCEPT: "可接收", Proposal.OTHER: "无关"}
        return words.get(self.proposal, "待确认")

    @property
    def proposed_reason(self) -> str:
        """The sentence for refusing it or filing it as other, ready to be copied."""
        if self.misnamed:
            return _MISNAMED
        if self.proposal is Proposal.OTHER and self.item.reading.kind is not FileKind.UNKNOWN:
            return "文件里没有反馈内容，也认不出是哪家单位，归入其他。"
        return self.problems[0].text if self.problems else ""


def look_at(ws: Workspace, item: StagedItem, round_: Round) -> Look:
    """Everything about one file; for a decided one only what was noticed then."""
    expected = (
        lists.expected_return(ws.ledger, item.expected_return_id)
        if item.expected_return_id
        else None
    )
    if item.outcome is not Outcome.STAGED or expected is None:
        findings = item.findings
        if item.outcome is Outcome.STAGED and item.reading.kind is not FileKind.UNKNOWN:
            words = item.why or "认不出是哪家单位，请指定。"
            findings = (Finding(FindingKind.NO_UNIT, "文件", words), *findings)
        return Look(item, round_, expected, (), findings)
    query = EntryQuery(round_.id, expected_return_id=expected.id)
    entries = {entry.measure_number: entry for entry in overview.entries(ws, round_, query)}
    said, doubled = parts_by_measure(item)
    plans = tuple(
        EntryPlan(entry, said[number]) for number, entry in entries.items() if number in said
    )
    found = (
        *_from_ledger(ws, item, round_, expected),
        *item.findings,
        *_from_rows(item, entries, said, doubled),
        *_from_plans(item, expected, entries, plans),
    )
    return Look(item, round_, expected, plans, tuple(dict.fromkeys(found)))


def parts_by_measure(item: StagedItem) -> tuple[dict[int, FeedbackParts], set[int]]:
    """Measure number → its answer, and the numbers that several different rows answer."""
    reading, said, doubled = item.reading, dict[int, FeedbackParts](), set[int]()
    if not reading.rows:
        return _from_paragraphs(reading, item.assigned), doubled
    for row, number in zip(reading.rows, item.assigned, strict=True):
        if number is None:
            continue
        if number in said and not row.parts.blank:
            if not said[number].blank and said[number] != row.parts:
                doubled.add(number)
            said[number] = combined(said[number], row.parts, Mode.MERGE)
        else:
            said.setdefault(number, row.parts)
    return said, doubled


def _from_paragraphs(
    reading: Reading, assigned: tuple[int | None, ...]
) -> dict[int, FeedbackParts]:
    texts: dict[int, list[str]] = {}
    for text, number in zip(reading.paragraphs, assigned, strict=False):
        if number is not None:
            texts.setdefault(number, []).append(text)
    return {number: free_parts(mine) for number, mine in texts.items()}


def _from_ledger(
    ws: Workspace, item: StagedItem, round_: Round, expected: ExpectedReturn
) -> Iterator[Finding]:
    """What the state of the round and of the unit says."""
    if freezing.shut(ws, round_, expected.id):
        yield Finding(
            FindingKind.ROUND_FROZEN, round_.name, f"{round_.name}已封存，不能再登记，请先解封。"
        )
    if expected.exempt:
        words = f"{expected.unit_name}本轮免报，如确需登记，请先取消免报。"
        yield Finding(FindingKind.EXEMPT, expected.unit_name, words)
    if item.received_on and item.received_on > ws.today:
        words = f"邮件上的日期 {item.received_on} 在今天之后，请核对电脑日期和收到日期。"
        yield Finding(FindingKind.LATE_DATE, "邮件", words)
    if expected.version:
        asked = expected.state is ReturnState.SENT_BACK
        kind = FindingKind.RESUBMISSION if asked else FindingKind.UNREQUESTED
        words = (
            f"第 {expected.version + 1} 次报送，登记后成为新的一版，旧版保留。"
            if asked
            else f"{expected.unit_name}已报过第 {expected.version} 版且没有退回，请对照差异后登记。"
        )
        yield Finding(kind, expected.unit_name, words)


def _from_rows(
    item: StagedItem,
    entries: dict[int, Entry],
    said: dict[int, FeedbackParts],
    doubled: set[int],
) -> Iterator[Finding]:
    """Rows that fit no measure of the unit, and measures answered twice."""
    for row, number in zip(item.reading.rows, item.assigned, strict=False):
        if number not in entries and not row.parts.blank:
            name = row.title or "没有写措施的一行"
            words = f"“{name}”不在这家单位的任务里，不会登记，请指定措施或核对。"
            yield Finding(FindingKind.FOREIGN_ROW, row.where, words)
    if doubled:
        words = f"{_numbers(sorted(doubled))}有多行不同的内容，已上下合并，请核对。"
        yield Finding(FindingKind.DUPLICATE_ROW, "文件", words)
    if not item.reading.rows and item.reading.paragraphs:
        loose = sum(number not in entries for number in item.assigned)
        rest = f"，还有 {loose} 段没有归入" if loose else ""
        words = f"没有用反馈表，文字已按标题和内容分给 {len(said)} 条措施{rest}，请逐段核对。"
        yield Finding(FindingKind.TO_SPLIT, "文件", words)


def _from_plans(
    item: StagedItem,
    expected: ExpectedReturn,
    entries: dict[int, Entry],
    plans: tuple[EntryPlan, ...],
) -> Iterator[Finding]:
    """Nothing said, blank rows, measures that the file does not mention."""
    if all(plan.new.blank for plan in plans):
        if not any(found.kind is FindingKind.TO_TYPE for found in item.findings):
            words = "四个部分都是空的，没有可登记的内容，请单位填写后重新发来。"
            yield Finding(FindingKind.NOTHING_SAID, "文件", words)
        return
    blank = [plan.entry.measure_number for plan in plans if plan.new.blank]
    if blank:
        words = f"{_numbers(blank)}没有填写，登记后可以退回补报。"
        yield Finding(FindingKind.BLANK_ROW, f"{len(blank)} 行空白", words)
    named = {plan.entry.measure_number for plan in plans}
    absent = [number for number in entries if number not in named]
    if absent and item.reading.rows and not expected.version:
        words = f"文件里没有{_numbers(absent)}，只登记其余 {len(plans)} 条，请核对是否还有另一份。"
        yield Finding(FindingKind.PARTIAL, "文件", words)


def _numbers(numbers: list[int]) -> str:
    """（五）（六）（七）, shortened when there are many."""
    shown = "".join(f"（{chinese_number(number)}）" for number in numbers[:_MANY])
    return shown if len(numbers) <= _MANY else f"{shown}等 {len(numbers)} 条"
