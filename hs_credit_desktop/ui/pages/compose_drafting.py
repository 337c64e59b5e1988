"""起草全部: first drafts of all nodes on a worker, written there in one go."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from hs_credit_desktop.domain.composing import CHAPTERS
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import composing
from hs_credit_desktop.services.composing import Prepared
from hs_credit_desktop.services.workspace import Changes, reading
from hs_credit_desktop.ui.pages.compose_base import ComposeBase
from hs_credit_desktop.ui.run import Job


class _StoppedError(Exception):
    """The clerk pressed 停止; nothing was written."""


class Drafting(QObject):
    """The work behind 起草全部 and 重新起草全部; one at a time. said: how it ended, and its ink."""

    said = Signal(str, str)

    def __init__(self, page: ComposeBase) -> None:
        super().__init__(page)
        self._page = page
        self._job: Job | None = None

    def start(self, *, again: bool = False, heads: bool = False) -> None:
        """Draft on a worker, then write in one go; 停止 leaves everything as it was.

        heads: only the first sentence of each unit.
        """
        page = self._page
        if page.round is None or page.locked() or self._job is not None:
            return
        ws, round_ = page.ws, page.round
        page.nodes.show_busy("正在起草…")

        def work(job: Job) -> tuple[str, Changes]:
            def told(done: int, total: int) -> None:
                if job.stopped:
                    raise _StoppedError
                job.report(f"正在起草 {done}/{total}…")

            with reading(ws) as own:
                made = composing.prepare_all(own, round_, again=again, heads=heads, told=told)
            if job.stopped:
                raise _StoppedError
            return made_words(made), composing.put(ws, round_, made)

        def tried(job: Job) -> tuple[str, Changes] | None:
            try:
                return work(job)
            except _StoppedError:
                return None

        self._job = page.run.background(
            tried,
            self._composed,
            on_error=self._failed,
            on_progress=page.nodes.show_busy,
            words="正在起草…",
        )
        if not page.run.working:
            self._job = None

    def stop(self) -> None:
        """Stop drafting."""
        if self._job is not None:
            self._job.stop()

    def _over(self) -> None:
        self._job = None
        self._page.nodes.show_busy("")

    def _failed(self, error: UserError) -> None:
        if isValid(self):
            self._over()
            self._page.run.show_error(error)

    def _composed(self, made: tuple[str, Changes] | None) -> None:
        if made is not None:
            self._page.run.changed.emit(made[1])
        if not isValid(self):
            return
        self._over()
        if made is None:
            self.said.emit("已停止，没有改动", "text2")
        else:
            self.said.emit(f"已起草 {made[0]}", "ok")


def made_words(made: Sequence[Prepared]) -> str:
    """24 条措施和 3 个章节: what was drafted, counted as 已汇总 counts it (measures alone)."""
    chapters = sum(item.node in CHAPTERS for item in made)
    counted = ((len(made) - chapters, "条措施"), (chapters, "个章节"))
    return "和".join(f" {number} {unit}" for number, unit in counted if number).strip()
