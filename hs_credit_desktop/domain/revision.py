"""What a later answer does to an earlier one: replace, supplement, or merge two departments."""

from enum import StrEnum

from hs_credit_desktop.domain.returns import FeedbackParts


class Mode(StrEnum):
    """How a file's answers go into what a unit has reported already."""

    REPLACE = "replace"
    SUPPLEMENT = "supplement"
    MERGE = "merge"

    @property
    def label(self) -> str:
        """The words the clerk chooses from."""
        words = {"replace": "以新代旧", "supplement": "只补空白", "merge": "合并两份"}
        return words[self.value]


def combined(old: FeedbackParts, new: FeedbackParts, mode: Mode) -> FeedbackParts:
    """The answer after taking `new` in. A blank new answer never wipes out an old one."""
    if new.blank:
        return old
    if mode is Mode.REPLACE or old.blank:
        return new
    join = _filled if mode is Mode.SUPPLEMENT else _under
    progress, results, problems, next_steps = map(join, old.texts, new.texts)
    first, second = (old, new) if mode is Mode.SUPPLEMENT else (new, old)
    done = first.completion or second.completion
    return FeedbackParts(progress, results, problems, next_steps, done)


def _filled(old: str, new: str) -> str:
    return old if old.strip() else new


def _under(old: str, new: str) -> str:
    """Both texts; one that holds the other stands alone."""
    if new in old:
        return old
    return new if old in new else f"{old}\n{new}"
