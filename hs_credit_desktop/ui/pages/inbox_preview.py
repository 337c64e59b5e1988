"""The right pane of 收件: one file, what taking it in would change, what was noticed about it."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.services.look import Look
from hs_credit_desktop.store.staging import Outcome
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.inbox import (
    AGAIN_COLUMNS,
    NEW_COLUMNS,
    PlanRow,
    pieces,
    sign_of,
)
from hs_credit_desktop.ui.models.roles import Index
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.pages.inbox_foot import PreviewFoot
from hs_credit_desktop.ui.pages.inbox_pieces import PiecesPane
from hs_credit_desktop.ui.pages.inbox_receipt import ReceiptBar
from hs_credit_desktop.ui.widgets.basics import Pane
from hs_credit_desktop.ui.widgets.cells import CellDelegate, is_selected, rect_of
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.findings import Findings
from hs_credit_desktop.ui.widgets.segments import Segments
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

PLANS, PIECES, NOTHING = range(3)
VIEWS = (
    ("登记效果", "登记后每一条措施会怎样"),
    ("逐段归类", "文件里的每一段归入哪条措施"),
)


class PlanDelegate(CellDelegate):
    """A blank entry has the whole row in the colour of a warning."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        last = model.index(index.row(), model.columnCount() - 1)
        if last.data() == "（空白）" and not is_selected(option):
            painter.fillRect(rect_of(option), QColor(theme.current().warn_s))
        super().paint(painter, option, index)


class PreviewPane(Pane):
    """One file of the tray; plan_opened: id of the entry to be looked at in full."""

    plan_opened = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.look: Look | None = None
        self._titles: dict[int, str] = {}
        self.name = ElidedLabel(1, theme.PANE_TITLE, bold=True)
        self.chip, self.views = Chip(), Segments(VIEWS)
        self.detail = ElidedLabel(2, theme.CAPTION, ink="text2")
        self.receipt, self.pieces = ReceiptBar(today), PiecesPane()
        self.fresh: RowsModel[PlanRow] = RowsModel(NEW_COLUMNS, self)
        self.again: RowsModel[PlanRow] = RowsModel(AGAIN_COLUMNS, self)
        self.table, self.findings = RowsTable("登记后的反馈"), Findings()
        self.nothing = EmptyState("document_text", "", "")
        self.foot = PreviewFoot()
        self._build()

    def _build(self) -> None:
        head = self.head = QFrame()
        head.setObjectName("paneHead")
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.PADDING, 8, theme.PADDING, 6)
        column.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(theme.GAP)
        first.addWidget(self.name, 1)
        first.addWidget(self.views)
        first.addWidget(self.chip)
        column.addLayout(first)
        column.addWidget(self.detail)
        self.table.setItemDelegate(PlanDelegate(self.table))
        self.table.opened.connect(self.plan_opened)
        self.table.setToolTip("按 Enter 或双击，逐条看原来和登记后的全文")
        self._stack = QStackedWidget()
        for shown in (self.table, self.pieces, self.nothing):
            self._stack.addWidget(shown)
        self.views.chosen.connect(self._stack.setCurrentIndex)
        self.receipt.mode_chosen.connect(self._show_plans)
        self.body.addWidget(head)
        self.body.addWidget(self.receipt)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.findings)
        self.body.addWidget(self.foot)

    def show_look(self, look: Look | None, own: dict[int, str], locked: str) -> None:
        """Show a file; own: number → title of its unit's measures; locked: why it must stay."""
        before = self.look.item.id if self.look else ""
        self.look, self._titles = look, own
        for widget in (self.head, self.receipt, self.views, self.chip, self.findings):
            widget.setVisible(look is not None)
        if look is None:
            self.nothing.show_words("没有选中文件", "在左边选一个文件，看登记后会改什么")
            self._stack.setCurrentIndex(NOTHING)
            self.foot.show_nothing()
            return
        staged = look.item.outcome is Outcome.STAGED
        self.name.setText(look.item.name)
        icon, ink, style = sign_of(look)
        self.chip.show_text(look.word, ink, icon=icon, style=style)
        self.detail.setText(came_words(look))
        self.receipt.setVisible(staged and look.expected is not None)
        fresh = before != look.item.id
        self.receipt.show_look(look, fresh=fresh)
        self._show_pieces(look, fresh=fresh, open_=staged and not locked)
        self._show_plans()
        self.findings.show_findings(look.findings, "没有发现问题")
        self.findings.setVisible(staged or bool(look.findings))
        self.foot.show_look(look, locked)

    def _show_plans(self) -> None:
        look = self.look
        if look is None:
            return
        again = look.expected is not None and any(not plan.old.blank for plan in look.plans)
        model = self.again if again else self.fresh
        kept = self.table.current_id()
        model.show_rows([PlanRow(plan, self.receipt.mode) for plan in look.plans])
        self.table.show_model(model)
        if not kept or not self.table.select(kept):
            mode = self.receipt.mode
            changed = [plan.entry.id for plan in look.plans if plan.changed(mode)]
            self.table.select(next(iter((*changed, *self.table.ids())), ""))

    def _show_pieces(self, look: Look, *, fresh: bool, open_: bool) -> None:
        """A report without our table, or a table with rows that fit nothing, can be given out."""
        rows = pieces(look, self._titles)
        free = bool(look.item.reading.paragraphs) and not look.item.reading.rows
        loose = any(row.measure is None for row in rows)
        useful = open_ and look.expected is not None and bool(rows) and (free or loose)
        self.views.setVisible(useful)
        self.pieces.show_pieces(rows if useful else [], self._titles, open_=open_)
        if not look.plans and not useful:
            self.nothing.show_words(*nothing_words(look))
            self._stack.setCurrentIndex(NOTHING)
        elif fresh or self._stack.currentIndex() == NOTHING or not useful:
            start = PIECES if useful and free else PLANS
            self._stack.setCurrentIndex(start)
            self.views.choose(start)

    def panes(self) -> list[QWidget]:
        """What F6 moves the keyboard to."""
        shown = self._stack.currentIndex()
        first = self.pieces.table if shown == PIECES else self.table
        return [first, self.foot.accept]


def nothing_words(look: Look) -> tuple[str, str]:
    """Why there are no entries to be shown."""
    item = look.item
    if item.outcome is Outcome.ACCEPTED:
        unit = look.expected.unit_name if look.expected else ""
        return f"已登记到{unit}", "内容在“审核”和“任务”页，原件保留"
    if item.outcome is not Outcome.STAGED:
        return f"{item.outcome.label}：{item.reason}", "原件保留；如果处理错了，可以退回收件箱"
    if look.typed_later:
        return "扫描件或照片，文字读不出来", "原件保留；按 F2 照着原件录入内容，再核对登记"
    if look.expected is None:
        return "认不出是哪家单位", "可以指定单位，也可以拒收或归为其他"
    return "没有可以登记的内容", "可以拒收，把理由发给来件单位"


def came_words(look: Look) -> str:
    """阳新县 · 第二轮 · 回执码校验相符 · 邮件 11-29 08:11 · 来自压缩包“县区.zip”."""
    item = look.item
    words = [look.expected.unit_name] if look.expected else []
    words += [look.round.name, item.why.rstrip("。")]
    if item.sender:
        words.append(f"发件人 {item.sender}")
    if item.received_at:
        moment = datetime.fromisoformat(item.received_at)
        words.append(f"邮件 {moment:%m-%d %H:%M}")
    if item.source:
        words.append(f"来自{item.source}")
    return " · ".join(word for word in words if word)
