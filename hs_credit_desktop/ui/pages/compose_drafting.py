"""起草全部: first drafts of all nodes on a worker, written in one go."""

from typing import TYPE_CHECKING

from hs_credit_desktop.domain.composing import Draft
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import composing
from hs_credit_desktop.services.workspace import Changes, reading
from hs_credit_desktop.ui.run import Job

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.compose import ComposePage


class _StoppedError(Exception):
    """The clerk pressed 停止; nothing was written."""


class Drafting:
    """The work behind 起草全部 and 重新起草全部; one at a time."""

    def __init__(self, page: "ComposePage") -> None:
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

        def work(job: Job) -> dict[str, Draft]:
            def told(done: int, total: int) -> None:
                if job.stopped:
                    raise _StoppedError
                job.report(f"正在起草 {done}/{total}…")

            try:
                with reading(ws) as own:
                    return composing.propose(own, round_, again=again, heads=heads, told=told)
            except _StoppedError:
                return {}

        self._job = page.run.background(
            work,
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
        self._over()
        self._page.run.show_error(error)

    def _composed(self, made: dict[str, Draft]) -> None:
        page = self._page
        stopped = self._job is not None and self._job.stopped
        self._over()
        if stopped or page.round is None:
            page.pane.say("已停止，没有改动")
        elif page.run.command(self._keep_all, made):
            page.pane.say(f"已起草 {len(made)} 条", "ok")

    def _keep_all(self, made: dict[str, Draft]) -> Changes:
        assert self._page.round is not None
        return composing.keep(self._page.ws, self._page.round, made)
