"""One of every paper, with invented units, for tests and pictures."""

from datetime import UTC, date, datetime

from hs_credit_desktop.domain.chasing import Chase, ChaseKind, ChaseLevel, Owing, UnitRecord
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Figures
from hs_credit_desktop.reports.content import Document
from hs_credit_desktop.reports.execution import execution_report
from hs_credit_desktop.reports.ledger import ledger_document
from hs_credit_desktop.reports.letters import chase_letter, missing_list, return_notice
from hs_credit_desktop.reports.papers import RoundLine, circular, deputy_list, receipt
from hs_credit_desktop.reports.stamped import stamped_summary
from tests.reports.facts import DUE, ISSUER, TODAY, facts

CITED = "《关于印发〈甲〉的通知》（甲信用办〔2024〕1号）"
CONTACT = "张同志，电话 000-0000000"
UNITS = (
    *(f"市{name}局" for name in "甲乙丙丁戊己庚辛壬癸"),
    *("国家金融监督管理总局甲市监管分局", "大丙县", "开发区·铁山区"),
)
RECORDS = tuple(
    UnitRecord(name, name, 2, 2 - at % 2, at % 2, 0, int(at == 3), 0)
    for at, name in enumerate(UNITS)
)
ROUNDS = (
    RoundLine("第一轮", date(2024, 8, 30), Figures(expected=13, received=13, on_time=13)),
    RoundLine(
        "第二轮", DUE, Figures(expected=13, received=12, on_time=7, late=5, missing=1, overdue=1)
    ),
)
PROMISED = Chase(
    "c",
    "e",
    ChaseKind.PHONE,
    ChaseLevel.REMINDER,
    "甲",
    datetime(2024, 11, 29, 9, 40, tzinfo=UTC),
    "李",
    "周一上午报送",
    date(2024, 12, 2),
)


def owing(name: str, state: ReturnState = ReturnState.MISSING, *chases: Chase) -> Owing:
    """A unit that owes five entries; sent back: until the 6th."""
    due = date(2024, 12, 6) if state is ReturnState.SENT_BACK else DUE
    return Owing(name, name, name, state, due, 5, 1, "", (), chases)


def return_notice_sample() -> Document:
    """A notice of return with faults of two measures and of the whole."""
    return return_notice(
        unit="市甲局",
        round_name="第二轮",
        faults=(
            ("（三）推进质量品牌信用建设", "与上一轮内容基本相同，请说明本轮进展"),
            ("（七）强化违约失信治理", "归集信用信息由12.6万条减少为11.9万条，请核实"),
            ("", "第2、5项未填写"),
        ),
        resubmit_by=TODAY,
        issuer=ISSUER,
        day=date(2024, 11, 29),
        received_on=date(2024, 11, 28),
        contact=CONTACT,
        number="甲信用办函〔2024〕4号",
    )


def circular_sample() -> Document:
    """A circular on two rounds, with copies to two offices."""
    return circular(
        rounds=ROUNDS,
        records=RECORDS,
        issuer=ISSUER,
        day=TODAY,
        cited=CITED,
        number="甲信用办〔2024〕5号",
        copies_to=("市委办公室", "市政府办公室", "省社会信用体系建设领导小组办公室"),
    )


def deputy_list_sample() -> Document:
    """Three units missing and one sent back."""
    return deputy_list(
        round_name="第二轮",
        due_on=DUE,
        day=TODAY,
        missing=(owing("市甲局", ReturnState.MISSING, PROMISED), owing("市乙局"), owing("大丙县")),
        sent_back=(owing("市丁局", ReturnState.SENT_BACK),),
        issuer=ISSUER,
    )


def papers() -> dict[str, Document]:
    """Name → paper, all kinds the office publishes."""
    return {
        "report": execution_report(facts()),
        "summary": stamped_summary(facts()),
        "ledger": ledger_document(facts()),
        "chase-letter": chase_letter(
            round_name="第二轮",
            cited=CITED,
            due_on=DUE,
            units=UNITS[:7],
            reply_by=date(2024, 12, 6),
            issuer=ISSUER,
            day=TODAY,
            contact=CONTACT,
            number="甲信用办函〔2024〕3号",
        ),
        "return-notice": return_notice_sample(),
        "missing-list": missing_list(
            round_name="第二轮",
            rows=[("市甲局", 8, 1, date(2024, 11, 29), "周一报送"), ("市乙局", 3, 0, None, "")],
            issuer=ISSUER,
            day=TODAY,
        ),
        "deputy-list": deputy_list_sample(),
        "receipt": receipt(
            unit="市甲局",
            round_name="第二轮",
            received_on=date(2024, 11, 28),
            covered=7,
            expected=8,
            issuer=ISSUER,
            day=TODAY,
            file_name="市甲局_第二轮反馈表.xlsx",
            channel="电子邮件",
            return_code="2024-2-017-K",
            blank=("（三）强化违约失信治理",),
        ),
        "circular": circular_sample(),
    }
