"""五分钟导览: a small panel that goes from place to place and points; never in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import TOUR_DONE, TOUR_KEY
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window

WIDTH, SIDE, RING, GAP = 440, 14, 3, 10


@dataclass(frozen=True)
class Station:
    """A stop: the page it is on, what it points at, and what is said.

    spot: title of a pane of that page, or rail, figures or more.
    """

    page: str
    spot: str
    title: str
    words: str


STATIONS = (
    Station(
        "今日",
        "rail",
        "左边一列是各页",
        "从上到下就是办事的次序：收件、审核、汇总、导出。按 Alt+1 到 Alt+9 换页，"
        "数字圆点是等您处理的件数。这本是练习台账，随便点，不影响真账。",
    ),
    Station(
        "今日",
        "figures",
        "每个数字都能点",
        "应报、已报、未报、按时……点一个数字，打开的就是它数的那份名单。鼠标停在上面，会写明怎么算。",
    ),
    Station(
        "今日",
        "今天要办",
        "每天从这里开始",
        "要催报的、待审的、承诺到期的、收件箱里的，都列在这里。按 Enter 就到办理的地方。",
    ),
    Station(
        "今日",
        "未报单位",
        "催报",
        "选一家单位，按 Ctrl+T 登记电话：谁接的、答应哪天报。催报函、短信文字也在这里；"
        "程序本身不发送。",
    ),
    Station(
        "收件",
        "收件箱",
        "收到的文件拖到这里",
        "附件、邮件、压缩包、整个文件夹一起拖进来，自动认出是哪家的。右边先看登记以后的样子，"
        "再按 Ctrl+Enter 登记。",
    ),
    Station(
        "任务",
        "任务",
        "电话和纸质的，在这里填",
        "左边选措施，中间选单位，右边填写；Ctrl+Enter 登记并看下一条。正在输入的文字自动存成草稿。",
    ),
    Station(
        "审核",
        "报送件",
        "一件一件审",
        "与上一轮并排对照，雷同、空白、数字下降会提示。"
        "Ctrl+Enter 通过，Ctrl+R 退回补报，F8 看下一处差异。",
    ),
    Station(
        "汇总",
        "措施",
        "汇总成报告",
        "按 Ctrl+G 起草全部，每句话都知道出自哪家单位；单位后来改了数字，会标出来。",
    ),
    Station(
        "导出",
        "导出内容",
        "导出、打印、盖章",
        "勾选要的文件，按 Ctrl+E 导出；一页一页预览，逐项自检版式。盖章以后按 Ctrl+G 登记用印。",
    ),
    Station(
        "今日",
        "more",
        "其余的都在更多里",
        "单位名册、数字台账、备份与还原、封存、交接包，还有这份导览。哪里不明白，就在哪里按 F1。",
    ),
)


class Ring(QWidget):
    """A frame around what is pointed at; the mouse goes through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().accent), RING))
        painter.drawRoundedRect(self.rect().adjusted(RING, RING, -RING, -RING), 6, 6)


class TourPanel(QFrame):
    """Says what is at the station `at` (from 0); 上一站, 下一站 and 结束导览, each with its key."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.setObjectName("strip")
        self.setProperty("state", "info")
        self._window, self.at = window, 0
        self.ring = Ring(window)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 12, SIDE, 12)
        column.setSpacing(theme.GAP)
        self.title = label("", theme.PANE_TITLE, bold=True)
        self.words = label("")
        self.words.setWordWrap(True)
        self.count = label("", theme.CAPTION, ink="text2")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        column.addLayout(head)
        column.addWidget(self.words)
        self.back = Button("上一站", lambda: self.go(self.at - 1), key="Alt+←", bind_key=False)
        self.next = Button("下一站", self._forward, key="Alt+→", primary=True, bind_key=False)
        self.end = Button("结束导览", self.finish, key="Alt+End", bind_key=False)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(6)
        for button in (self.end, self.back, self.next):
            self.foot.addWidget(button)
        column.addLayout(self.foot)
        for key, act in (
            ("Alt+Left", lambda: self.go(self.at - 1)),
            ("Alt+Right", self._forward),
            ("Alt+End", self.finish),
        ):
            QShortcut(QKeySequence(key), self, act)
        window.installEventFilter(self)
        window.ledger_closing.connect(self.leave)

    def go(self, at: int) -> None:
        """Show a station: its page, the ring around its place, and the panel beside it."""
        if not 0 <= at < len(STATIONS):
            return
        station = STATIONS[at]
        page = self._window.page  # hidden while the start page lies over it
        chosen = self._window.rail.item(station.page).isChecked()
        there = chosen and page is not None and page.isVisible()
        if not there and not self._window.show_page(station.page):
            return
        self.at = at
        self.title.setText(station.title)
        self.words.setText(station.words)
        self.count.setText(f"第 {at + 1} 站，共 {len(STATIONS)} 站")
        self.setAccessibleName(f"{self.count.text()}。{station.title}。{station.words}")
        self.back.setEnabled(at > 0)
        self.next.set_text("下一站" if at + 1 < len(STATIONS) else "看完了")
        self.place()
        self.show()
        QTimer.singleShot(0, self, self.place)  # once more when the page has been laid out

    def _forward(self) -> None:
        if self.at + 1 < len(STATIONS):
            self.go(self.at + 1)
        else:
            self.finish()

    def finish(self) -> None:
        """The tour is over and does not begin by itself again."""
        self._window.preferences.put(TOUR_KEY, TOUR_DONE)
        self.leave()

    def leave(self) -> None:
        """The panel and its ring go."""
        self._window.removeEventFilter(self)
        for widget in (self.ring, self):
            widget.hide()
            widget.deleteLater()

    def place(self) -> None:
        """Put the ring around the place and the panel where it covers least of it."""
        spot = spot_of(self._window, STATIONS[self.at])
        # The fonts of Windows are wider: the keys decide how wide the panel must be.
        width = max(WIDTH, self.foot.sizeHint().width() + 2 * SIDE)
        self.setFixedWidth(width)
        self.adjustSize()
        size = QSize(width, self.heightForWidth(width))
        self.resize(size)
        self.move(beside(spot, size, self._window.rect()))
        self.ring.setGeometry(spot.adjusted(-RING, -RING, RING, RING))
        self.ring.show()
        self.ring.raise_()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the place when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.place)
        return super().eventFilter(watched, event)


def spot_of(window: Window, station: Station) -> QRect:
    """Where a station points, in coordinates of the window."""
    fixed: dict[str, QWidget] = {
        "rail": window.rail,
        "figures": window.header.figures,
        "more": window.rail.more,
    }
    widget = fixed.get(station.spot) or _pane(window, station.spot)
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _pane(window: Window, title: str) -> QWidget:
    page = window.page
    assert page is not None
    found = (
        pane
        for pane in page.findChildren(Pane)
        if title in {words.text() for words in pane.head.findChildren(QLabel)}
    )
    return next(found, page)  # another page was opened meanwhile


def beside(spot: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a panel of that size stands beside a spot; inside it at the foot if nowhere else."""
    right = QPoint(spot.right() + GAP, max(spot.top(), GAP))
    below = QPoint(max(spot.left(), GAP), spot.bottom() + GAP)
    left = QPoint(spot.left() - GAP - size.width(), max(spot.top(), GAP))
    above = QPoint(max(spot.left(), GAP), spot.top() - GAP - size.height())
    for at in (right, below, left, above):
        level = QPoint(
            min(at.x(), room.right() - GAP - size.width()),
            min(at.y(), room.bottom() - GAP - size.height()),
        )
        if room.contains(QRect(level, size)) and not spot.intersects(QRect(level, size)):
            return level
    return QPoint(spot.center().x() - size.width() // 2, spot.bottom() - 2 * GAP - size.height())


def start(window: Window) -> TourPanel:
    """Begin the tour at its first station; one that is under way begins again."""
    for old in window.findChildren(TourPanel):
        if not old.isHidden():
            old.go(0)
            return old
    panel = TourPanel(window)
    panel.go(0)
    return panel
