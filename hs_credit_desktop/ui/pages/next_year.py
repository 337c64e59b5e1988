"""导入下一份通知: decide as for a new ledger, then compare with the last plan, then write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.domain.aligning import Fate
from hs_credit_desktop.domain.differences import spans
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services import backups, next_year
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.source_text import open_measure, open_place
from hs_credit_desktop.ui.dialogs.workbox import WorkBox
from hs_credit_desktop.ui.pages.confirm import ConfirmPane
from hs_credit_desktop.ui.pages.editing_box import RowDelegate
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label
from hs_credit_desktop.ui.widgets.diff_text import DiffText, Side
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.splitter import box_panes

if TYPE_CHECKING:
    from hs_credit_desktop.domain.aligning import Aligned, Wording
    from hs_credit_desktop.services.next_year import Comparison
    from hs_credit_desktop.services.notices import ReadNotice
    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window

_NONE = "上一份没有这一条"
_ROW = Qt.ItemDataRole.UserRole


class ReviewPane(QWidget):
    """Left every measure of both plans with its fate, right the words of both with what differs.

    paired: (new place, old place or None), as the clerk corrects it. text_asked: the row shown.
    """

    paired = Signal(int, object)
    text_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._found: Comparison | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("两份通知的措施")
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.left, self.right = Pane("对照"), Pane("措施")
        self.left.body.addWidget(self.list, 1)
        self.other = ComboBox("对应上一份的哪一条")
        self.other.activated.connect(self._pair)
        self.old = DiffText(Side.OLD, "上一份的文字")
        self.new = DiffText(Side.NEW, "这一份的文字")
        self.units = label("")
        self.units.setWordWrap(True)
        self._build()

    def _build(self) -> None:
        for text in (self.old, self.new):
            text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        row = QHBoxLayout()
        row.addWidget(label("对应上一份的", ink="text2"))
        row.addWidget(self.other, 1)
        row.addWidget(Button("对照原文", self._ask_text, key="F4", icon="notebook"))
        column.addLayout(row)
        texts = QHBoxLayout()
        for name, text in (("上一份", self.old), ("这一份", self.new)):
            side = QVBoxLayout()
            side.addWidget(label(name, theme.CAPTION, ink="text2"))
            side.addWidget(text, 1)
            texts.addLayout(side, 1)
        column.addLayout(texts, 1)
        column.addWidget(self.units)
        self.right.body.addWidget(inside, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(box_panes("两年对照", (self.left, self.right), (440, 780)))

    def show_comparison(self, found: Comparison) -> None:
        """Show every measure; the row that is looked at stays."""
        at = max(self.list.currentRow(), 0)
        self._found = found
        counts = [row.fate for row in found.rows]
        self.left.subtitle.setText("，".join(f"{fate.label} {counts.count(fate)}" for fate in Fate))
        self.list.blockSignals(True)
        self.list.clear()
        for row in found.rows:
            item = QListWidgetItem(self._words(row), self.list)
            item.setData(_ROW, row)
            item.setToolTip(item.text())
            item.setFont(theme.font(bold=row.fate is not Fate.KEPT))
        self.list.blockSignals(False)
        self.list.setCurrentRow(min(at, self.list.count() - 1))
        self._show()

    def _words(self, row: Aligned) -> str:
        assert self._found is not None
        if row.new is not None:
            item = self._found.new[row.new]
            return f"{row.fate.label}　（{chinese_number(item.number)}）{item.title}"
        assert row.old is not None
        old = self._found.old[row.old]
        return f"{row.fate.label}　原（{chinese_number(old.number)}）{old.title}"

    @property
    def row(self) -> Aligned | None:
        """The row that is looked at."""
        item = self.list.currentItem()
        row: Aligned | None = item.data(_ROW) if item is not None else None
        return row

    def _show(self) -> None:
        row, found = self.row, self._found
        if row is None or found is None:
            return
        before = found.old_words[row.old] if row.old is not None else None
        after = found.new_words[row.new] if row.new is not None else None
        made = spans(_text(before), _text(after))
        self.old.show_spans(made, _NONE)
        self.new.show_spans(made, "这一份不再列入")
        self.units.setText(_unit_words(before, after))
        self.other.clear()
        self.other.addItem(_NONE, None)
        for place, old in enumerate(found.old):
            self.other.addItem(f"（{chinese_number(old.number)}）{old.title}", place)
        self.other.setCurrentIndex(0 if row.old is None else row.old + 1)
        self.other.setEnabled(row.new is not None)

    def _pair(self) -> None:
        if self.row is not None and self.row.new is not None:
            self.paired.emit(self.row.new, self.other.currentData())

    def _ask_text(self) -> None:
        if self.row is not None:
            self.text_asked.emit(self.row)


def _text(wording: Wording | None) -> str:
    return f"{wording.title}。\n{wording.body}" if wording else ""


def _unit_words(before: Wording | None, after: Wording | None) -> str:
    """责任单位：不变, or which came and went."""
    old = before.units if before else ()
    new = after.units if after else ()
    came = [name for name in new if name not in old]
    gone = [name for name in old if name not in new]
    said = [f"增加 {'、'.join(came)}"] if came else []
    said += [f"减少 {'、'.join(gone)}"] if gone else []
    return "责任单位：" + ("；".join(said) or "不变")


class NextYearBox(WorkBox):
    """Steps of deciding, then 对照, then 写入台账; nothing is written before."""

    SIZE = (1300, 660)

    def __init__(self, window: Window, source: ReadNotice) -> None:
        super().__init__(window, f"导入下一份通知：{source.name}")
        found = next_year.compare(self.ws, source)
        self._by_hand = False
        self._found, self._source = found, next_year.with_leads(source, found)
        self.confirm = ConfirmPane(self._source, Path(), self.ws.today, self.run, new_ledger=False)
        self.review = ReviewPane()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.confirm)
        self.stack.addWidget(self.review)
        self.body.addWidget(self.stack, 1)
        self.back_button = Button("返回核对", self._back, key="Alt+B")
        self.write_button = Button("写入台账", self.write, key="Ctrl+Enter", primary=True)
        self.write_button.setShortcut("Ctrl+Return")  # 对照上一份 has it while this is hidden
        self.add_foot(self.back_button, self.write_button)
        self.confirm.agreed.connect(self._compare)
        self.confirm.returned.connect(self.close)
        self.review.paired.connect(self._pair)
        self.review.text_asked.connect(self._show_text)
        self._back()

    def _back(self) -> None:
        self.stack.setCurrentWidget(self.confirm)
        self.back_button.hide()
        self.write_button.hide()
        self.said.say("单位名称、别名、群组和以前的答案沿用现在的台账；不带入任何反馈")

    def _compare(self, source: ReadNotice, _folder: Path) -> None:
        """Compare what is decided; what the clerk paired by hand stays paired."""
        again = next_year.compare(self.ws, source, self._found.former)
        if self._by_hand and len(again.new) == len(self._found.new):
            again = next_year.with_pairs(again, self._found.pairs)
        self._source, self._found = source, again
        self.stack.setCurrentWidget(self.review)
        self.back_button.show()
        self.write_button.show()
        self.review.show_comparison(self._found)
        self.review.list.setFocus()
        self.said.say("逐条看一眼对应关系；不对的，在右边改选")

    def _pair(self, new: int, old: int | None) -> None:
        self._found, self._by_hand = self._found.paired(new, old), True
        self.review.show_comparison(self._found)

    def _show_text(self, row: Aligned) -> None:
        if row.new is not None:
            item = self._found.new[row.new]
            words = f"（{chinese_number(item.number)}）{item.title}"
            open_place(self, self._source.text, item.place, words)
        elif row.old is not None:
            open_measure(self, self.ws, self._found.former.id, self._found.old[row.old])

    def write(self) -> None:
        """Write the notice beside the last and show its first round."""
        if not self.may_write():
            return
        source, found = self._source, self._found

        def work(_job: Job) -> Changes:
            backups.if_changed(self.ws, backups.Kind.BEFORE_IMPORT)
            return next_year.add(self.ws, source, found)

        self.work(work, self._written, "正在备份，然后写入台账…", locking=True)

    def _written(self, changes: Changes) -> None:
        self.main.show_newest_notice()
        self.run.changed.emit(changes)
        self.close()
