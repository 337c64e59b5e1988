"""What was read from a file that came in: kinds of file, rows, findings; no decision yet."""

from dataclasses import dataclass, field
from enum import StrEnum

from hs_credit_desktop.domain.returns import FeedbackParts


class FileKind(StrEnum):
    """What a file is by its content."""

    WORKBOOK = "workbook"
    DOCUMENT = "document"
    TEXT = "text"
    MAIL = "mail"
    SCAN = "scan"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    FileKind.WORKBOOK: "表格",
    FileKind.DOCUMENT: "文档",
    FileKind.TEXT: "文字",
    FileKind.MAIL: "邮件正文",
    FileKind.SCAN: "扫描件或照片",
    FileKind.UNREADABLE: "不能读取",
    FileKind.UNKNOWN: "无法识别",
}


class Weight(StrEnum):
    """What a finding does: stops acceptance, asks the clerk to look first, or is a remark."""

    STOPS = "stops"
    ASKS = "asks"
    REMARK = "remark"


class FindingKind(StrEnum):
    """What was noticed about a file; `label` is its short word, `weight` what follows from it."""

    UNREADABLE = "unreadable"
    NO_UNIT = "no_unit"
    NOT_EXPECTED = "not_expected"
    EXEMPT = "exempt"
    ROUND_FROZEN = "round_frozen"
    NOTHING_SAID = "nothing_said"
    OTHER_ROUND = "other_round"
    CODE_BROKEN = "code_broken"
    CODE_CONFLICT = "code_conflict"
    NAME_CONFLICT = "name_conflict"
    FOREIGN_ROW = "foreign_row"
    DUPLICATE_ROW = "duplicate_row"
    COLUMN_GUESSED = "column_guessed"
    MERGED_CELLS = "merged_cells"
    FORMULA_EMPTY = "formula_empty"
    TO_SPLIT = "to_split"
    TO_TYPE = "to_type"
    PARTIAL = "partial"
    RESUBMISSION = "resubmission"
    UNREQUESTED = "unrequested"
    NO_DATE = "no_date"
    LATE_DATE = "late_date"
    COMPLETION_UNKNOWN = "completion_unknown"
    BLANK_ROW = "blank_row"
    CODE_LOST = "code_lost"
    ROWS_MOVED = "rows_moved"
    EXTRA_COLUMN = "extra_column"
    COLUMN_MOVED = "column_moved"
    HIDDEN_ROW = "hidden_row"
    FORMULA = "formula"
    SEVERAL_SHEETS = "several_sheets"
    CUT = "cut"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _FINDINGS[self][0]

    @property
    def weight(self) -> Weight:
        """Whether it stops, asks or only remarks."""
        return _FINDINGS[self][1]


_FINDINGS = {
    FindingKind.UNREADABLE: ("不能读取", Weight.STOPS),
    FindingKind.NO_UNIT: ("未识别单位", Weight.STOPS),
    FindingKind.NOT_EXPECTED: ("本轮不应报", Weight.STOPS),
    FindingKind.EXEMPT: ("本轮免报", Weight.STOPS),
    FindingKind.ROUND_FROZEN: ("轮次已封存", Weight.STOPS),
    FindingKind.NOTHING_SAID: ("没有内容", Weight.STOPS),
    FindingKind.OTHER_ROUND: ("往轮", Weight.STOPS),
    FindingKind.CODE_BROKEN: ("回执码有误", Weight.ASKS),
    FindingKind.CODE_CONFLICT: ("回执码不一致", Weight.ASKS),
    FindingKind.NAME_CONFLICT: ("单位名称不一致", Weight.ASKS),
    FindingKind.FOREIGN_ROW: ("行未对上", Weight.ASKS),
    FindingKind.DUPLICATE_ROW: ("同一措施多行", Weight.ASKS),
    FindingKind.COLUMN_GUESSED: ("列名改动", Weight.ASKS),
    FindingKind.MERGED_CELLS: ("合并单元格", Weight.ASKS),
    FindingKind.FORMULA_EMPTY: ("公式没有结果", Weight.ASKS),
    FindingKind.TO_SPLIT: ("需拆分", Weight.ASKS),
    FindingKind.TO_TYPE: ("需录入", Weight.STOPS),
    FindingKind.PARTIAL: ("部分措施", Weight.ASKS),
    FindingKind.RESUBMISSION: ("重报", Weight.REMARK),
    FindingKind.UNREQUESTED: ("重报", Weight.ASKS),
    FindingKind.NO_DATE: ("缺收到日期", Weight.REMARK),
    FindingKind.LATE_DATE: ("收到日期有误", Weight.ASKS),
    FindingKind.COMPLETION_UNKNOWN: ("完成情况未识别", Weight.ASKS),
    FindingKind.BLANK_ROW: ("空白", Weight.REMARK),
    FindingKind.CODE_LOST: ("标识缺失", Weight.REMARK),
    FindingKind.ROWS_MOVED: ("行序改动", Weight.REMARK),
    FindingKind.EXTRA_COLUMN: ("多出列", Weight.REMARK),
    FindingKind.COLUMN_MOVED: ("列序改动", Weight.REMARK),
    FindingKind.HIDDEN_ROW: ("隐藏行", Weight.REMARK),
    FindingKind.FORMULA: ("公式", Weight.REMARK),
    FindingKind.SEVERAL_SHEETS: ("多张工作表", Weight.REMARK),
    FindingKind.CUT: ("内容过长", Weight.ASKS),
}


@dataclass(frozen=True)
class Finding:
    """One thing noticed: where it stands in the file, and a sentence that says what follows."""

    kind: FindingKind
    where: str
    text: str


@dataclass(frozen=True)
class ReadRow:
    """One row or section that answers a measure. number: as printed, None when it is not there."""

    where: str
    number: int | None
    title: str
    parts: FeedbackParts


@dataclass(frozen=True)
class Reading:
    """A file as read. codes: (place, words that hold it); opening: where a unit names itself."""

    kind: FileKind
    rows: tuple[ReadRow, ...] = ()
    paragraphs: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    unit_words: str = ""
    opening: str = ""
    filled_by: str = ""
    phone: str = ""
    checked_by: str = ""
    findings: tuple[Finding, ...] = field(default_factory=tuple)
