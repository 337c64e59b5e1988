"""The return form on paper: printed, filled in by hand, stamped and sent back as a scan."""

from collections.abc import Iterator

from hs_credit_desktop.domain.form import (
    CODE_LABEL,
    COMPLETIONS,
    FOOTER_LABELS,
    HEADINGS,
    UNIT_LABEL,
    FormRow,
    ReturnForm,
)
from hs_credit_desktop.domain.returns import PART_LABELS
from hs_credit_desktop.reports.content import (
    Block,
    Column,
    Document,
    Heading,
    Signature,
    Table,
    paragraph,
)

ROOM = 4  # blank lines to write in for each part
_COLUMNS = (Column("栏目", 7.0, "center"), Column("内容", 29.0))
_STATEMENT = "以上内容经本单位审核，情况属实。"
_BLANK_DAY = "　　　年　　月　　日"


def paper_form(form: ReturnForm) -> Document:
    """One unit's form with blank lines to write in; its code stands at the head of every page."""
    return Document(
        title=form.title,
        blocks=(
            paragraph(f"{UNIT_LABEL}：{form.unit_name}"),
            paragraph(f"{CODE_LABEL}：{form.identity.code}"),
            paragraph(f"对应通知：{form.notice_title}"),
            paragraph(_how(form)),
            *(block for row in form.rows for block in _row(row)),
            Table(_COLUMNS, tuple((label, "") for label in FOOTER_LABELS.values())),
            paragraph(_STATEMENT),  # the stamp must not stand alone on a page
        ),
        signature=Signature(f"{form.unit_name}（盖章）", _BLANK_DAY),
        notice=f"{CODE_LABEL}：{form.identity.code}　{form.unit_name}　{form.round_name}",
        subject=form.title,
        keywords=(form.identity.code,),
    )


def _how(form: ReturnForm) -> str:
    contact = f"联系：{form.contact}。" if form.contact else ""
    return f"请逐条填写，没有的写“无”；填好后加盖单位公章，{form.due_words}。{contact}"


def _row(row: FormRow) -> Iterator[Block]:
    """A measure: its heading and text, last round's answer, and a table to write in."""
    yield Heading(2, row.heading)
    yield paragraph(f"（{row.role}）{row.text}")
    if row.last_words:
        yield paragraph(f"{HEADINGS['last']}：{row.last_words}")
    rows = [(label, "\n" * (ROOM - 1)) for label in PART_LABELS.values()]
    rows.append((HEADINGS["completion"], "　".join(f"□{word}" for word in COMPLETIONS)))
    rows.append((HEADINGS["figures"], "\n"))
    yield Table(_COLUMNS, tuple(rows))
