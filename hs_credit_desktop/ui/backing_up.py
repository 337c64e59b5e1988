"""A backup before what brings in much at once; the work goes on even when none could be made."""

from collections.abc import Callable

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import backups
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.run import Run


def before_import(run: Run, ws: Workspace, go_on: Callable[[], object]) -> None:
    """Back up on a worker when something was saved since the newest backup, then go on.

    What keeps the backup from being made is said after the import, which has its own checks.
    """

    def refused(error: UserError) -> None:
        go_on()
        run.failed.emit(error.what, f"已照常登记，只是登记之前没有备份。{error.advice}")

    run.background(
        lambda _job: backups.if_changed(ws, backups.Kind.BEFORE_IMPORT),
        lambda _made: go_on(),
        on_error=refused,
        words="正在备份，然后登记…",
    )
