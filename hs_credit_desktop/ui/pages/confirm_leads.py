"""The step 确认牵头: the first-listed unit is only a suggestion until the clerk confirms it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hs_credit_desktop.domain.decisions import Decisions
from hs_credit_desktop.domain.draft import DraftMeasure, DraftNotice
from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, Pane
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.fields import ComboBox


class LeadRow(QWidget):
    """A measure with its lead; another unit of the measure can be chosen."""

    def __init__(self, measure: DraftMeasure, choose: Callable[[str], object]) -> None:
        super().__init__()
        title = ElidedLabel(1, theme.BODY)
        title.setText(f"（{chinese_number(measure.number)}）{measure.title}")
        self.leads = ComboBox(f"（{chinese_number(measure.number)}）的牵头单位")
        self.leads.setFixedWidth(300)
        duties = measure.responsibilities
        named = [each for each in duties if each.role is Role.LEAD]
        self.leads.addItems(list(dict.fromkeys(each.unit for each in duties)))
        self.leads.setCurrentText(named[0].unit if named else "")
        if not named:
            self.leads.setCurrentIndex(-1)
        suggested = any(each.suggested for each in duties)
        many = f"牵头 {len(named)} 家" if len(named) > 1 else "牵头"
        self.chip = Chip("牵头（推定）", "warn") if suggested else Chip(many, "ok")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 3, theme.PADDING, 3)
        row.setSpacing(theme.PADDING)
        row.addWidget(title, 1)
        row.addWidget(self.leads)
        row.addWidget(self.chip)
        self.leads.textActivated.connect(choose)


class LeadsStep(QWidget):
    """decided: the Decisions with leads confirmed or changed."""

    decided = Signal(object)

    def __init__(self, on_next: Callable[[], object]) -> None:
        super().__init__()
        self._decisions, self._on_next = Decisions(), on_next
        self.rows: list[LeadRow] = []
        self.pane = Pane("牵头单位")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.pane.body.addWidget(self.area, 1)
        foot = self.pane.add_foot()
        self.sure = Button("全部确认为牵头", self.confirm, primary=True)
        foot.addStretch(1)
        foot.addWidget(self.sure)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)

    def show_draft(self, decisions: Decisions, draft: DraftNotice, decided: DraftNotice) -> None:
        """Show the lead of every measure; draft: as read, whose places the decisions name."""
        self._decisions = decisions
        scroll = self.area.verticalScrollBar().value()
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        places = {measure.place: place for place, measure in enumerate(draft.measures)}
        self.rows = [
            LeadRow(measure, self._chooser(places[measure.place])) for measure in decided.measures
        ]
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        self.area.setWidget(inside)
        self.area.verticalScrollBar().setValue(scroll)
        duties = [each for measure in decided.measures for each in measure.responsibilities]
        left = sum(each.suggested for each in duties)
        self.pane.subtitle.setText(
            f"通知没有写明牵头单位的 {left} 条措施，先推定首列单位为牵头" if left else "都已确认"
        )
        self.sure.set_text("全部确认为牵头" if left else "牵头无误")

    def _chooser(self, place: int) -> Callable[[str], object]:
        return lambda unit: self.decided.emit(self._decisions.with_leads(place, (unit,)))

    def confirm(self) -> None:
        """All suggested leads are leads."""
        self.decided.emit(replace(self._decisions, leads_confirmed=True))
        self._on_next()
