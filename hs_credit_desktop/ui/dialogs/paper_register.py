"""What 发文登记 and 用印登记 share: the chosen line, commands with their errors, voiding a line."""

from collections.abc import Callable
from typing import Any, Generic

from PySide6.QtWidgets import QDialog, QWidget

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.void_line import VoidLine
from hs_credit_desktop.ui.models.rows import AnyRow, RowsModel
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import label
from hs_credit_desktop.ui.widgets.states import InlineError
from hs_credit_desktop.ui.widgets.table import RowsTable


class PaperRegister(QDialog, Generic[AnyRow]):
    """A list whose lines stay when they are voided.

    void: the command that voids a line (its id, the reason); hint: what to write as the reason.
    """

    model: RowsModel[AnyRow]
    table: RowsTable

    def __init__(
        self,
        parent: QWidget | None,
        ws: Workspace,
        run: Run,
        void: Callable[[Workspace, str, str], Changes],
        hint: str,
    ) -> None:
        super().__init__(parent)
        self._ws, self._run, self._void_line = ws, run, void
        self.error, self.said = InlineError(), label("", theme.CAPTION, ink="ok")
        self.void = VoidLine(hint)
        self.void.agreed.connect(self._void)

    def reload(self) -> None:
        """Read the register again."""
        raise NotImplementedError

    def current(self) -> AnyRow | None:
        """The row that is chosen."""
        kept = self.table.current_id()
        return next((row for row in self.model.rows if row.id == kept), None)

    def _do(self, command: Callable[..., Changes], *values: Any, **named: Any) -> bool:
        """Run a command; what is wrong stands above the foot, a change is shown."""
        self.error.show_error("")
        self.said.setText("")
        done = self._run.command(command, self._ws, *values, on_error=self._failed, **named)
        if done:
            self.reload()
        return done

    def _failed(self, error: UserError) -> None:
        self.error.show_error(f"{error.what}。{error.advice}")

    def _void(self, reason: str) -> None:
        row = self.current()
        if row is not None and self._do(self._void_line, row.id, reason):
            self.void.clear()
