"""Small hand-made rounds for report tests: invented units, real shapes."""

from datetime import date

from hs_credit_desktop.domain.notice import Contact, Measure, Notice, Pillar, Place
from hs_credit_desktop.domain.returns import (
    Completion,
    Entry,
    ExpectedReturn,
    FeedbackParts,
    ReturnState,
)
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.statistics import Tally, reckon
from hs_credit_desktop.domain.summary import (
    MeasureFacts,
    PillarFacts,
    RoundFacts,
    UnitEntry,
    ordered,
)

TODAY = date(2024, 12, 2)
DUE = date(2024, 11, 30)
ISSUER = "甲市社会信用体系建设领导小组办公室"
NOTICE = Notice(
    id="notice",
    title="关于印发《全面推进“信用甲省”建设的若干措施（2024年版）》任务分解的通知",
    doc_number="甲信用办〔2024〕1号",
    issued_on=date(2024, 7, 3),
    issuer=ISSUER,
    addressees=None,
    contact=Contact(),
)
ROUND = Round("round", "notice", 2, "第二轮", DUE, RoundState.OPEN)
GROUP = "各县（市、区）人民政府"


def parts(progress: str, **more) -> FeedbackParts:
    return FeedbackParts(progress=progress, **more)


def entry(unit: str, number: int, said: FeedbackParts | None = None, **more) -> Entry:
    known = {
        "id": f"{unit}-{number}",
        "round_id": ROUND.id,
        "expected_return_id": unit,
        "unit_id": unit,
        "unit_name": unit,
        "measure_id": f"m{number}",
        "measure_number": number,
        "measure_title": TITLES[number],
        "pillar_id": "p1" if number < 3 else "p2",
        "role": "co",
        "suggested": False,
        "state": ReturnState.ACCEPTED if said else ReturnState.MISSING,
        "covered": said is not None,
        "exempt": False,
        "first_received_on": date(2024, 11, 20) if said else None,
        "extended_to": None,
        "resubmit_by": None,
        "received_on": date(2024, 11, 20) if said else None,
        "feedback_id": "f" if said else None,
        "parts": said or FeedbackParts(),
    }
    return Entry(**{**known, **more})


def expected(unit: str, ordinal: int, state: ReturnState, **more) -> ExpectedReturn:
    missing = state is ReturnState.MISSING
    known = {
        "id": unit,
        "round_id": ROUND.id,
        "unit_id": unit,
        "unit_name": unit,
        "ordinal": ordinal,
        "state": state,
        "entries": 1,
        "covered": 0 if missing else 1,
        "first_received_on": None if missing else date(2024, 11, 20),
        "return_id": None if missing else f"r-{unit}",
    }
    return ExpectedReturn(**{**known, **more})


TITLES = {1: "建立政府信用档案", 2: "强化违约失信治理", 3: "推进质量品牌信用建设"}


def measure(number: int, *entries: UnitEntry) -> MeasureFacts:
    found = Measure(
        f"m{number}", "p1", number, TITLES[number], None, "", None, Place(number, 0, 1, "")
    )
    return MeasureFacts(found, ordered(entries))


def facts(**more) -> RoundFacts:
    """Two pillars, three measures, five units: one late, one missing, one exempt, one county."""
    lead = parts(
        "印发《工作方案》，归集信用信息12.6万条，同比增长8.5%。",
        results="全市政务诚信水平稳步提升",
        problems="数据共享不够及时。",
        next_steps="继续推进系统对接。",
        completion=Completion.IN_PROGRESS,
    )
    first = measure(
        1,
        UnitEntry(
            entry("市乙局", 1, parts("开展自查自纠\n建立台账3本。"), state=ReturnState.TO_REVIEW)
        ),
        UnitEntry(entry("大丙县", 1, parts("归集信息1200条。")), GROUP),
        UnitEntry(entry("市发改委", 1, lead, role="lead")),
    )
    second = measure(2, UnitEntry(entry("市丁局", 2)), UnitEntry(entry("市发改委", 2, lead)))
    third = measure(3, UnitEntry(entry("市丁局", 3, role="lead", suggested=True)))
    returns = (
        expected("市发改委", 0, ReturnState.ACCEPTED, entries=2, covered=2),
        expected("市乙局", 1, ReturnState.TO_REVIEW, first_received_on=date(2024, 12, 1)),
        expected("市丁局", 2, ReturnState.MISSING, entries=2, chases=1),
        expected("大丙县", 3, ReturnState.ACCEPTED),
        expected("市戊局", 4, ReturnState.MISSING, exempt_reason="机构改革"),
    )
    tallies = [
        Tally(item.state, item.exempt, item.first_received_on, 1, item.entries, item.covered)
        for item in returns
    ]
    known = {
        "notice": NOTICE,
        "round": ROUND,
        "today": TODAY,
        "figures": reckon(tallies, due_on=DUE, today=TODAY),
        "pillars": (
            PillarFacts(Pillar("p1", 1, "树立政务诚信建设标杆"), (first, second)),
            PillarFacts(Pillar("p2", 2, "打造商务诚信建设高地"), (third,)),
        ),
        "returns": returns,
        "issuer": ISSUER,
    }
    return RoundFacts(**{**known, **more})
