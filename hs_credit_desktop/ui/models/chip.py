"""A chip as a model hands it to a delegate."""

from dataclasses import dataclass

from hs_credit_desktop.domain.notice import DoubtKind, OpenDoubt


@dataclass(frozen=True)
class ChipSign:
    """Words on a soft ground: ink is a colour of the look, icon a file of resources/icons or ''."""

    text: str
    ink: str = "accent"
    icon: str = ""


def doubt_chips(doubts: tuple[OpenDoubt, ...]) -> dict[str, ChipSign]:
    """Measure id → its chip: units nobody named are counted, other doubts are 待确认."""
    chips: dict[str, ChipSign] = {}
    for measure_id in {doubt.measure_id for doubt in doubts if doubt.measure_id}:
        mine = [doubt.doubt.kind for doubt in doubts if doubt.measure_id == measure_id]
        vague = mine.count(DoubtKind.VAGUE_GROUP)
        words = f"{vague} 家待定" if vague else "待确认"
        chips[measure_id] = ChipSign(words, "warn", "warning")
    return chips
