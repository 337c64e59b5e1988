"""A draft as plain lines, so that a whole tree can be compared and read in a diff."""

from hs_credit_desktop.domain.draft import DraftMeasure, DraftNotice
from hs_credit_desktop.domain.notice import Doubt


def outline(draft: DraftNotice) -> str:
    """Everything in a draft, one thing a line; ？ marks a suggested lead, 群 a group."""
    contact = draft.contact
    return "\n".join(
        [
            f"标题 {draft.title}",
            f"文号 {draft.doc_number}",
            f"日期 {draft.issued_on}",
            f"单位 {draft.issuer}",
            f"主送 {draft.addressees}",
            f"联系 {contact.name} {contact.phone} {contact.mailbox}",
            *(f"轮次 {each.name} {each.due_on}" for each in draft.rounds),
            *tree(draft),
            *(f"单位 {each.name} {'、'.join(each.aliases)}".rstrip() for each in draft.units),
            *(
                f"群组 {each.name} {'、'.join(each.members)} {'、'.join(each.aliases)}".rstrip()
                for each in draft.groups
            ),
            *map(doubt_line, draft.doubts),
            *(f"略 {line} {words}" for line, words in draft.left_out),
            "",
        ]
    )


def tree(draft: DraftNotice) -> list[str]:
    """Pillars and measures without their places."""
    lines: list[str] = []
    for pillar in draft.pillars:
        lines.append(f"{pillar.number} {pillar.title}")
        for measure in pillar.measures:
            lines += measure_lines(measure)
    return lines


def measure_lines(measure: DraftMeasure) -> list[str]:
    """A measure in two lines: its words, its units."""
    head = f"  {measure.number} {measure.title}"
    if measure.heading:
        head += f" ＜{measure.heading}＞"
    if measure.body:
        head += f" ｜{measure.body}"
    if measure.deadline:
        head += f" ｜限 {measure.deadline.printed}={measure.deadline.due_on}"
    units = " ".join(
        each.role.label
        + ("？" if each.suggested else "")
        + ("群" if each.group else "")
        + f":{each.printed}"
        + (f"→{each.unit}" if each.unit != each.printed else "")
        for each in measure.responsibilities
    )
    return [head, f"    {units}".rstrip()]


def doubt_line(doubt: Doubt) -> str:
    """A doubt without its sentence."""
    return f"疑 {doubt.line} {doubt.kind} {doubt.where} {'／'.join(doubt.choices)}"
