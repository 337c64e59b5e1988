"""The register of document numbers (发文登记): which paper got which number, gaps and doubles."""

import re
from dataclasses import dataclass

from hs_credit_desktop.domain import papers as domain
from hs_credit_desktop.domain.papers import DocumentNumber, PaperKind, RegisterLine, parse_number
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import notices, papers, settings
from hs_credit_desktop.store.ledger import new_id

PAPERS_CHANGED = Changes(papers=True)
# The office's words (机关代字) for papers and for letters.
WORD_KEYS = {False: "document_word", True: "letter_word"}
_WORD = re.compile(r"[^\s\d〔〕\[\]（）()【】]{1,20}")


@dataclass(frozen=True)
class Register:
    """All lines, the numbers left out, the numbers taken twice, and those of the notices."""

    lines: tuple[RegisterLine, ...]
    gaps: tuple[DocumentNumber, ...]
    doubles: frozenset[DocumentNumber]
    notices: tuple[DocumentNumber, ...]


def words(ws: Workspace) -> dict[bool, str]:
    """The office's word for papers (False) and letters (True); '' while neither is known.

    Until the office sets them: the word of its newest notice, and that with 函.
    """
    of_notice = _of_notices(ws)
    usual = of_notice[0].word if of_notice else ""
    plain = settings.get(ws.ledger, WORD_KEYS[False]) or usual
    letters = settings.get(ws.ledger, WORD_KEYS[True]) or (f"{plain}函" if plain else "")
    return {False: plain, True: letters}


def set_words(ws: Workspace, *, plain: str, letters: str) -> Changes:
    """Set the words; an empty one brings the usual word back. UserError for one with a bracket."""
    said = {WORD_KEYS[False]: plain.strip(), WORD_KEYS[True]: letters.strip()}
    for word in filter(None, said.values()):
        if not _WORD.fullmatch(word):
            raise UserError(f"机关代字“{word}”不对", "请只写代字，例如“黄信用办”。")
    with ws.change("修改设置", "发文字号", {"new": said}):
        for key, word in said.items():
            settings.put(ws.ledger, key, word)
    return Changes(settings=True, papers=True)


def _of_notices(ws: Workspace) -> tuple[DocumentNumber, ...]:
    """The numbers of the notices themselves, newest first; those that cannot be read are left."""
    found = (parse_number(item.doc_number or "") for item in notices.notices(ws.ledger))
    return tuple(item for item in found if item is not None)


def register(ws: Workspace) -> Register:
    """The register with what is not in order in it."""
    lines, of_notices = papers.numbers(ws.ledger), _of_notices(ws)
    taken = (*(line.number for line in lines), *of_notices)
    return Register(lines, domain.gaps(taken), domain.doubles(lines), of_notices)


def number_of(ws: Workspace, round_: Round, kind: PaperKind) -> str:
    """The newest number registered for that paper of the round that stands, '' for none."""
    numbers = {
        line.kind: str(line.number)
        for line in papers.numbers(ws.ledger)
        if line.valid and line.round_id == round_.id
    }
    return numbers.get(kind.value, "")


def propose(ws: Workspace, *, letter: bool) -> str:
    """The next number of the year, '' while the office has no word."""
    word, shown = words(ws)[letter], register(ws)
    if not word:
        return ""
    taken = (*(line.number for line in shown.lines), *shown.notices)
    return str(domain.next_number(taken, word, ws.today.year))


def take(
    ws: Workspace, number: str, *, kind: str, title: str, round_id: str | None = None
) -> Changes:
    """Enter a number for a paper; UserError when it cannot be read or is spent."""
    wanted = free(ws, number)
    if not title.strip():
        raise UserError("没有写文件标题，没有登记", "请写明这个文号给了哪份文件。")
    line = RegisterLine(
        new_id(), wanted, kind, title.strip(), round_id, ws.today, ws.clock.now(), ws.actor
    )
    with ws.change("发文登记", str(wanted), {"title": line.title}):
        papers.add_number(ws.ledger, line)
    return PAPERS_CHANGED


def free(ws: Workspace, number: str) -> DocumentNumber:
    """The number as it is to be entered; UserError when it cannot be read or is spent."""
    wanted = parse_number(number)
    if wanted is None:
        raise UserError(f"发文字号“{number.strip()}”没有读懂", "请写成“黄信用办〔2024〕2号”。")
    shown = register(ws)
    if wanted in shown.notices:
        raise UserError(f"{wanted} 是任务分解通知的文号，不能再用", "请换一个号。")
    for line in shown.lines:
        if line.number == wanted:
            why = "已经给了" if line.valid else "已作废，不再使用；原来给了"
            raise UserError(f"{wanted} {why}《{line.title}》", "请换一个号。")
    return wanted


def void(ws: Workspace, line_id: str, reason: str) -> Changes:
    """The number stands for nothing any more and stays spent; UserError without a reason."""
    if not reason.strip():
        raise UserError("没有写作废原因，没有作废", "请写明原因，例如“文件没有发出”。")
    line = next(item for item in papers.numbers(ws.ledger) if item.id == line_id)
    if not line.valid:
        raise UserError(f"{line.number} 早已作废", "没有改动。")
    with ws.change("文号作废", str(line.number), {"reason": reason.strip()}):
        papers.void_number(ws.ledger, line_id, reason=reason.strip(), at=ws.clock.now())
    return PAPERS_CHANGED
