"""Before an export: the characters of a paper that no font has."""

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.content import Document, texts


def missing_characters(document: Document) -> tuple[str, ...]:
    """Each character that would be printed as 〓, once, in the order of the paper.

    UserError when a font file is missing or damaged.
    """
    return fonts.missing("\n".join((document.notice, *texts(document))))
