"""The rows of 未报单位, 退回单位 and 免报单位: many are read by the page."""

from collections.abc import Sequence

from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import chasing, office, overview
from hs_credit_desktop.services.return_lists import ReturnList
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.return_pages import By, ReturnQuery
from hs_credit_desktop.ui.models.missing import MissingRow
from hs_credit_desktop.ui.models.rows import PagedRows

LONG = 200  # rows; a list that is longer is read by the page


def rows_of(ws: Workspace, round_: Round, status: Status) -> Sequence[MissingRow]:
    """Exactly the returns a figure counts, in official order."""
    limits = office.thresholds(ws)

    def made(item: ExpectedReturn) -> MissingRow:
        lamp = overview.lamp_of_return(ws, item, round_.due_on, limits)
        return MissingRow(item, lamp, None if item.exempt else chasing.owing(ws, round_, item))

    def paged(found: ReturnList) -> PagedRows[MissingRow]:
        return PagedRows(
            len(found),
            lambda start, stop: [made(item) for item in found.read(start, stop)],
            found.place,
            lambda by, falling: paged(found.sorted(By(by) if by else None, falling=falling)),
            found.order,
        )

    rows = paged(ReturnList(ws, round_, ReturnQuery(round_.id, status)))
    return rows if len(rows) > LONG else tuple(rows)
