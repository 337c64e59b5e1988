"""From the words of a paper to the draft of a notice."""

import hs_credit_desktop.notice.doubts as doubts
import hs_credit_desktop.notice.names as names
import hs_credit_desktop.notice.sequence as sequence
from hs_credit_desktop.domain.draft import (
    DraftGroup,
    DraftMeasure,
    DraftNotice,
    DraftPillar,
    DraftResponsibility,
    DraftRound,
    DraftUnit,
)
from hs_credit_desktop.domain.units import kind_of
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice.flow import Flow, flow_of
from hs_credit_desktop.notice.front import Front, Stretch, front_of, tail_start, with_tail
from hs_credit_desktop.notice.grammar import Reading, ReadMeasure, ReadPillar, read_tree
from hs_credit_desktop.notice.rounds import rounds_of
from hs_credit_desktop.notice.seed import Seed
from hs_credit_desktop.notice.tree import Item, items_of, plan_of
from hs_credit_desktop.notice.unit_doubts import name_doubts


def read(text: str, *, seed: Seed) -> DraftNotice:
    """Reads a notice (任务分解) of any usual form.

    text: the paper, a line or paragraph a line, table rows with tabs. Places and lines in the draft
    are those of this text. UserError when no measure with responsible units is found.
    """
    flow = flow_of(text)
    top, tail, front = _outline(flow)
    reading = Reading(flow, front.issued_on, front.issuer)
    reading.left_out += flow.left_out
    rounds, asked, others = rounds_of(flow, front.letter, front.issued_on)
    reading.doubts += asked
    for stretch in (*front.left_out, *front.unread, *others, Stretch(tail, len(flow.text))):
        reading.leave_out(stretch.start, stretch.end)
    _ask_about_unread(reading, front)
    read_tree(reading, top, front.title)
    reading.doubts += sequence.doubts_of(flow, top, reading.pillars)
    return _draft(reading, front, rounds, seed)


def _outline(flow: Flow) -> tuple[list[Item], int, Front]:
    """The plan's topmost items, where the colophon begins, and the letter before the plan."""
    plan = plan_of(items_of(flow, len(flow.text)))
    if not plan:
        raise UserError(
            "没有读到措施",
            "文件里没有带责任单位的条目，请确认选的是任务分解通知，扫描件请先转成文字；没有写入任何内容。",
        )
    front = front_of(flow, plan[0].mark.start)
    last = plan[-1]
    while last.children:
        last = last.children[-1]
    tail = tail_start(flow, front.issuer, last.mark.end)
    return plan_of(items_of(flow, tail)), tail, with_tail(front, flow, tail)


def _ask_about_unread(reading: Reading, front: Front) -> None:
    for line, words in reading.flow.unread:
        reading.doubts.append(doubts.unread("表格", line, words, "所在的表格没有读懂，没有采用"))
    for stretch in front.unread:
        words = reading.flow.text[stretch.start : stretch.end]
        line = reading.flow.line(stretch.start)
        reading.doubts.append(doubts.unread("正文之前", line, words, "没有读懂，没有采用"))


def _draft(
    reading: Reading, front: Front, rounds: tuple[DraftRound, ...], seed: Seed
) -> DraftNotice:
    measures = [measure for pillar in reading.pillars for measure in pillar.measures]
    city = names.city_of(front.issuer)
    printed = [entry.printed for each in measures for entry, _, _ in each.entries]
    reconciled = names.reconcile(printed, seed, city)
    asked = [*reading.doubts, *name_doubts(reading.flow, measures, reconciled, seed, city)]
    return DraftNotice(
        title=front.title,
        doc_number=front.doc_number,
        issued_on=front.issued_on,
        issuer=front.issuer,
        addressees=front.addressees,
        contact=front.contact,
        rounds=rounds,
        pillars=tuple(_pillar(each, reconciled) for each in reading.pillars),
        units=_units(reconciled),
        groups=_groups(reconciled, seed),
        doubts=tuple(sorted(asked, key=lambda doubt: doubt.line)),
        left_out=tuple(sorted(reading.left_out)),
    )


def _pillar(pillar: ReadPillar, reconciled: names.Reconciled) -> DraftPillar:
    measures = tuple(_measure(measure, reconciled) for measure in pillar.measures)
    return DraftPillar(pillar.number, pillar.title, measures)


def _measure(measure: ReadMeasure, reconciled: names.Reconciled) -> DraftMeasure:
    return DraftMeasure(
        number=measure.number,
        title=measure.title,
        heading=measure.heading,
        body=measure.body,
        deadline=measure.deadline,
        responsibilities=tuple(
            DraftResponsibility(
                entry.printed,
                reconciled.name_of[entry.printed],
                role,
                suggested,
                names.is_group(entry.printed),
            )
            for entry, role, suggested in measure.entries
        ),
        place=measure.place,
    )


def _units(reconciled: names.Reconciled) -> tuple[DraftUnit, ...]:
    return tuple(
        DraftUnit(name, kind_of(name), tuple(each for each in forms if each != name))
        for name, forms in reconciled.spellings.items()
        if not names.is_group(name)
    )


def _groups(reconciled: names.Reconciled, seed: Seed) -> tuple[DraftGroup, ...]:
    return tuple(
        DraftGroup(
            name,
            names.group_members(name, seed),
            tuple(each for each in forms if each != name),
        )
        for name, forms in reconciled.spellings.items()
        if names.is_group(name)
    )
