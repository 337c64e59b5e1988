"""逐条对照: the entries of a file in full, what stands now beside what will stand."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.domain.revision import Mode
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.look import EntryPlan
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.compare import Compared, CompareView
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.find_bar import find_in


class CompareEntries(QDialog):
    """One entry at a time; Ctrl+PgUp and Ctrl+PgDn go on."""

    def __init__(
        self, parent: QWidget | None, plans: Sequence[EntryPlan], mode: Mode, start: str
    ) -> None:
        super().__init__(parent)
        self._plans, self._mode = tuple(plans), mode
        self._at = next((at for at, plan in enumerate(plans) if plan.entry.id == start), 0)
        self.setWindowTitle("逐条对照")
        self.name = ElidedLabel(1, theme.PANE_TITLE, bold=True)
        self.place = label("", theme.CAPTION, ink="text2")
        self.view = CompareView()
        self.back = Button("上一条", lambda: self.step(-1), key="Ctrl+PgUp", bind_key=False)
        self.on = Button("下一条", lambda: self.step(1), key="Ctrl+PgDn", bind_key=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.place)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.back)
        foot.addWidget(self.on)
        foot.addStretch(1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        column.addLayout(foot)
        for key, way in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(key), self, lambda way=way: self.step(way))
        for key, way in (("Shift+F8", -1), ("F8", 1)):
            QShortcut(QKeySequence(key), self, lambda way=way: self.view.step(way))
        find_in(self)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(900, 560)

    def step(self, way: int) -> None:
        """Show the next or previous entry."""
        self._at = min(max(self._at + way, 0), len(self._plans) - 1)
        self._show()

    def _show(self) -> None:
        plan = self._plans[self._at]
        entry = plan.entry
        self.name.setText(f"（{chinese_number(entry.measure_number)}）{entry.measure_title}")
        self.place.setText(f"第 {self._at + 1} 条，共 {len(self._plans)} 条")
        self.back.setEnabled(self._at > 0)
        self.on.setEnabled(self._at < len(self._plans) - 1)
        old = None if plan.old.blank else plan.old
        self.view.show_texts(Compared("登记后", plan.result(self._mode), "现在", old))
