"""The two kinds of error: UserError is for the clerk, anything else is ours."""


class UserError(Exception):
    """Something the clerk can understand and mend.

    what: what happened, naming the thing (file, unit, line). advice: what was not changed and what
    to do next. Both are plain Chinese; the command line prints them as one sentence.
    """

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(f"{what}：{advice}")
        self.what = what
        self.advice = advice
