"""The buttons under a file of 收件: the primary is what is proposed for it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.domain.reading import Weight
from hs_credit_desktop.services.look import Look
from hs_credit_desktop.store.staging import Outcome, Proposal
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button


class PreviewFoot(QFrame):
    """改认为其他单位…, 拒收…, 归为其他…, 打开原件 and 登记这一件.

    One signal a button; primary: the proposed step (登记, 指定单位, 拒收 or 归为其他).
    """

    unit_asked = Signal()
    refuse_asked = Signal()
    other_asked = Signal()
    original_asked = Signal()
    back_asked = Signal()
    copy_asked = Signal()
    type_asked = Signal()
    receipt_asked = Signal()
    primary_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneFoot")
        self.setFixedHeight(theme.FOOTER)
        self.unit = Button("改认为其他单位…", self.unit_asked.emit)
        self.refuse = Button("拒收…", self.refuse_asked.emit)
        self.other = Button("归为其他…", self.other_asked.emit)
        self.back = Button("退回收件箱", self.back_asked.emit)
        self.copy = Button("复制理由", self.copy_asked.emit, icon="copy")
        self.type = Button("录入内容…", self.type_asked.emit, key="F2", bind_key=False)
        self.receipt = Button("出回执", self.receipt_asked.emit, icon="document_text")
        self.original = Button("打开原件", self.original_asked.emit, icon="document")
        self.accept = Button(
            "登记这一件", self.primary_asked.emit, key="Enter", primary=True, bind_key=False
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        row.setSpacing(theme.GAP)
        for button in (self.unit, self.refuse, self.other, self.back, self.copy, self.receipt):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.type)
        row.addWidget(self.original)
        row.addWidget(self.accept)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No file is chosen."""
        for button in (
            self.unit,
            self.refuse,
            self.other,
            self.back,
            self.copy,
            self.type,
            self.receipt,
            self.original,
            self.accept,
        ):
            button.hide()

    def show_look(self, look: Look, locked: str) -> None:
        """Offer what can be done with a file."""
        staged = look.item.outcome is Outcome.STAGED
        decided = look.item.outcome in (Outcome.REFUSED, Outcome.OTHER)
        for button, there in (
            (self.unit, staged),
            (self.refuse, staged),
            (self.other, staged),
            (self.back, decided),
            (self.copy, decided and bool(look.item.reason)),
            (self.type, staged and look.typed_later),
            (self.receipt, look.item.outcome is Outcome.ACCEPTED),
            (self.original, look.item.sha256 is not None),
            (self.accept, staged),
        ):
            button.setVisible(there)
        self.unit.set_text("改认为其他单位…" if look.expected else "指定单位…")
        for button in (self.unit, self.refuse, self.other, self.back, self.type):
            button.setEnabled(not locked)
            button.setToolTip(locked)
        self._show_primary(look, locked)

    def _show_primary(self, look: Look, locked: str) -> None:
        words = {
            Proposal.REFUSE: "拒收这一件…",
            Proposal.OTHER: "归为其他…",
        }.get(look.proposal, "登记这一件" if look.expected else "指定单位…")
        self.accept.set_text(words)
        stops = [item.text for item in look.findings if item.kind.weight is Weight.STOPS]
        why = locked or (stops[0] if stops and words == "登记这一件" else "")
        self.accept.setEnabled(not why)
        self.accept.setToolTip(why)
        # The primary says it already.
        self.refuse.setVisible(self.refuse.isVisibleTo(self) and words != "拒收这一件…")
        self.other.setVisible(self.other.isVisibleTo(self) and words != "归为其他…")
        self.unit.setVisible(self.unit.isVisibleTo(self) and words != "指定单位…")
