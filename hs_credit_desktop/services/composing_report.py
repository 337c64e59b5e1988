"""What the report takes from the composing desk: newest drafts, live figures."""

from hs_credit_desktop.domain.composing import FIGURES, OVERVIEW, Source, split
from hs_credit_desktop.domain.composing_stale import live
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.domain.summary import MeasureFacts, PillarFacts, RoundFacts, overview
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services import overview as figures
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import composing, summaries

MANY = 2000  # entries: a round that is most of its ledger


def composed(ws: Workspace, facts: RoundFacts) -> dict[str, str]:
    """Node (measure id or key of CHAPTERS) → its text as the report prints it, a line a paragraph.

    Sentences of the overview that nobody edited say the figures of today.
    """
    newest = summaries.newest(ws.ledger, facts.round.id)
    found = {node: saved.draft for node, saved in newest.items()}
    if OVERVIEW in found:
        known = newest[OVERVIEW].known
        found[OVERVIEW] = live(found[OVERVIEW], known, overview_sources(facts))
    return {node: draft.text for node, draft in found.items() if draft.text.strip()}


def overview_sources(facts: RoundFacts) -> tuple[Source, ...]:
    """The sentences of 总体情况 as the ledger says them now.

    measure_number counts their paragraphs.
    """
    return tuple(
        Source("", "", FIGURES, sentence, measure_number=paragraph)
        for paragraph, text in enumerate(overview(facts))
        for sentence in split(text)
    )


def overview_facts(ws: Workspace, round_: Round) -> RoundFacts:
    """What 总体情况 says of a round, counted without reading any entry."""
    named = (Status.LATE, Status.MISSING, Status.EXEMPT)
    counted = figures.figures(ws, round_)
    found = (item for status in named for item in figures.expected_returns(ws, round_, status))
    return RoundFacts(
        notice=figures.notice_of(ws, round_),
        round=round_,
        today=ws.today,
        figures=counted,
        pillars=tuple(
            PillarFacts(node.pillar, tuple(MeasureFacts(one.measure, ()) for one in node.measures))
            for node in figures.tree(ws, round_)
        ),
        returns=tuple(sorted(found, key=lambda item: item.ordinal)),
        levels=composing.levels(ws.ledger, round_.id, many=counted.entries_covered > MANY),
    )


def missing_words(facts: RoundFacts) -> str:
    """Which measures of a round that is being composed are not; "" when none is or all are."""
    left = [item.measure for item in facts.measures if item.measure.id not in facts.composed]
    if not facts.composed or not left:
        return ""
    numbers = "、".join(f"（{chinese_number(item.number)}）" for item in left)
    return f"{len(left)} 条措施还没有汇总，报告里照录各单位原文：{numbers}"
