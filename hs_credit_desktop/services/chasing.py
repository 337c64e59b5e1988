"""Chasing (催报): who owes what, the phone log, what was promised, texts to copy, statistics."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hs_credit_desktop.domain import chasing
from hs_credit_desktop.domain.chasing import (
    LEVEL_NAMES,
    Chase,
    ChaseKind,
    ChaseLevel,
    Contact,
    Owing,
    UnitRecord,
)
from hs_credit_desktop.domain.returns import ExpectedReturn, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office, overview
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import chases, lists, settings
from hs_credit_desktop.store.ledger import new_id

CHASED = Changes(returns=True)


def missing(ws: Workspace, round_: Round) -> tuple[Owing, ...]:
    """Units that have not reported, in official order."""
    return _owing(ws, round_, Status.MISSING, ReturnState.MISSING)


def sent_back(ws: Workspace, round_: Round) -> tuple[Owing, ...]:
    """Units whose return was sent back and has not come again, in official order."""
    return _owing(ws, round_, Status.SENT_BACK, ReturnState.SENT_BACK)


def _owing(ws: Workspace, round_: Round, status: Status, state: ReturnState) -> tuple[Owing, ...]:
    log = chases.of_round(ws.ledger, round_.id, state)
    people = chases.contacts(ws.ledger)
    reasons = chases.last_reasons(ws.ledger, round_.id)
    return tuple(
        _made(
            item,
            round_,
            reasons.get(item.id, ""),
            people.get(item.unit_id, ()),
            log.get(item.id, ()),
        )
        for item in overview.expected_returns(ws, round_, status)
    )


def owing(ws: Workspace, round_: Round, item: ExpectedReturn) -> Owing:
    """What one unit owes, whom to call there, and what was tried."""
    back = item.state is ReturnState.SENT_BACK
    known = chases.all_contacts(ws.ledger, item.unit_id)
    return _made(
        item,
        round_,
        chases.last_reason(ws.ledger, item.return_id) if back else "",
        tuple(contact for contact in known if contact.active),
        chases.of_return(ws.ledger, item.id),
    )


def _made(
    item: ExpectedReturn,
    round_: Round,
    reason: str,
    people: tuple[Contact, ...],
    tried: tuple[Chase, ...],
) -> Owing:
    return Owing(
        item.id,
        item.unit_id,
        item.unit_name,
        item.state,
        _due(item, round_),
        item.entries,
        item.entries - item.covered,
        reason,
        people,
        tried,
    )


def _due(item: ExpectedReturn, round_: Round) -> date:
    """The day that holds for the unit now."""
    if item.state is ReturnState.SENT_BACK and item.resubmit_by:
        return item.resubmit_by
    return item.extended_to or round_.due_on


def promises_due(ws: Workspace, round_: Round) -> tuple[Owing, ...]:
    """Units that still owe and whose promised day is today or past, the missing ones first."""
    due = chases.promises_due(ws.ledger, round_.id, ws.today)
    return tuple(owing(ws, round_, lists.expected_return(ws.ledger, item)) for item in due)


def log_call(
    ws: Workspace,
    *,
    expected_return_id: str,
    kind: ChaseKind = ChaseKind.PHONE,
    level: ChaseLevel = ChaseLevel.REMINDER,
    answered_by: str = "",
    promise: str = "",
    promised_by: date | None = None,
) -> Changes:
    """Log one attempt: who answered, what was promised, by when; 催报次数 goes up by one.

    UserError for a promise in the past, or a unit that owes nothing.
    """
    item = lists.expected_return(ws.ledger, expected_return_id)
    _refuse_settled(item)
    if promised_by and promised_by < ws.today:
        raise UserError(
            f"{item.unit_name}承诺的日期 {promised_by} 在今天之前，没有登记", "请核对日期。"
        )
    chase = Chase(
        new_id(),
        item.id,
        kind,
        level,
        ws.actor,
        ws.clock.now(),
        answered_by.strip() or None,
        promise.strip() or None,
        promised_by,
    )
    detail = {
        "kind": kind.value,
        "level": level.value,
        "answered_by": chase.answered_by,
        "promise": chase.promise,
        "promised_by": promised_by.isoformat() if promised_by else None,
    }
    with ws.change("催报", item.unit_name, detail):
        chases.add(ws.ledger, chase)
    return CHASED


def _refuse_settled(item: ExpectedReturn) -> None:
    if item.exempt:
        raise UserError(f"{item.unit_name}本轮免报，不用催报", "没有登记。")
    if item.state not in (ReturnState.MISSING, ReturnState.SENT_BACK):
        raise UserError(f"{item.unit_name}已经报送，不用催报", "没有登记。")


def log_letter(
    ws: Workspace,
    owing: Sequence[Owing],
    *,
    level: ChaseLevel = ChaseLevel.LETTER,
    promised_by: date | None = None,
) -> Changes:
    """Log that a letter or circular went to these units: one line in the log of each, all or none.

    promised_by: the day the letter asks for, as a note to come back to; None for none.
    """
    names = "、".join(item.unit_name for item in owing)
    with ws.change("催报", names, {"kind": ChaseKind.LETTER.value, "level": level.value}):
        for item in owing:
            chases.add(
                ws.ledger,
                Chase(
                    new_id(),
                    item.expected_return_id,
                    ChaseKind.LETTER,
                    level,
                    ws.actor,
                    ws.clock.now(),
                    promised_by=promised_by,
                ),
            )
    return CHASED


def level_names(ws: Workspace) -> dict[ChaseLevel, str]:
    """The levels as the office names them."""
    return {
        level: settings.get(ws.ledger, f"chase_level_{level.value}", word)
        for level, word in LEVEL_NAMES.items()
    }


def name_levels(ws: Workspace, names: Mapping[ChaseLevel, str]) -> Changes:
    """Name levels; an empty name brings the usual word back."""
    said = {f"chase_level_{level.value}": word.strip() for level, word in names.items()}
    with ws.change("修改设置", "催报级别", {"new": said}):
        for level, word in names.items():
            settings.put(
                ws.ledger, f"chase_level_{level.value}", word.strip() or LEVEL_NAMES[level]
            )
    return Changes(settings=True)


def mail_text(ws: Workspace, round_: Round, owing: Owing) -> str:
    """A mail to copy; nothing is sent by the program."""
    said = office.office(ws)
    paper = _paper(ws, round_)
    return chasing.mail_text(
        owing,
        round_name=round_.name,
        doc_number=paper,
        office=said["office_name"],
        phone=said["office_phone"],
    )


def _paper(ws: Workspace, round_: Round) -> str | None:
    return overview.notice_of(ws, round_).doc_number


def chat_text(round_: Round, owing: Owing) -> str:
    """A short message to one unit, to copy."""
    return chasing.chat_text(owing, round_name=round_.name)


def group_text(ws: Workspace, round_: Round) -> str:
    """One message for the group chat with all that is owed; '' when nothing is."""
    owing = (*missing(ws, round_), *sent_back(ws, round_))
    return chasing.group_text(owing, round_name=round_.name)


def add_contact(
    ws: Workspace, *, unit_id: str, name: str, phone: str = "", mailbox: str = "", note: str = ""
) -> Changes:
    """Add a contact of a unit; UserError without a name."""
    if not name.strip():
        raise UserError("联系人没有姓名，没有保存", "请填写姓名。")
    contact = chases.new_contact(
        unit_id,
        name=name.strip(),
        phone=phone.strip(),
        mailbox=mailbox.strip(),
        note=note.strip(),
        since=ws.today,
    )
    with ws.change("添加联系人", contact.name, {"unit": unit_id, "phone": contact.phone}):
        chases.add_contact(ws.ledger, contact)
    return CHASED


def remove_contact(ws: Workspace, contact: Contact) -> Changes:
    """The contact left the unit; the history keeps the name."""
    with ws.change("停用联系人", contact.name, {"unit": contact.unit_id}):
        chases.deactivate_contact(ws.ledger, contact.id, at=ws.clock.now())
    return CHASED


def records(ws: Workspace, round_ids: Sequence[str] | None = None) -> tuple[UnitRecord, ...]:
    """Every unit over all rounds (or those named): on time, late, missing, sent back, chased.

    In official order; `repeated` is not counted here (see with_repeats).
    """
    return chases.records(ws.ledger, ws.today, round_ids)


def with_repeats(
    ws: Workspace, counted: Sequence[UnitRecord], rounds: Sequence[Round]
) -> tuple[UnitRecord, ...]:
    """The records with how many entries repeat the unit's own text of the round before.

    Compares every text of every round: for a worker.
    """
    from hs_credit_desktop.services import flagging  # with what it loads: not at the start

    times: Counter[str] = Counter()
    for round_ in rounds:
        times += flagging.repeating(ws, round_)
    return tuple(replace(item, repeated=times[item.unit_id]) for item in counted)


def circular_text(ws: Workspace, units: Sequence[UnitRecord] | None = None) -> str:
    """A neutral circular of the figures, to copy or to set as a letter."""
    wanted = records(ws) if units is None else units
    return chasing.circular_text(wanted, office=office.office(ws)["office_name"])
