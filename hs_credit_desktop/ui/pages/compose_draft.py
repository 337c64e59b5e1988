"""The right pane of 汇总: head, draft with its sources, the stale strip, the foot."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from hs_credit_desktop.domain.composing_part import DraftPart
from hs_credit_desktop.domain.composing_stale import Change, Stale
from hs_credit_desktop.domain.differences import spans
from hs_credit_desktop.domain.text import excerpt
from hs_credit_desktop.services.composing_board import Node
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.compose_edit import DraftEdit
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, Pane, label
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.pager import Pager
from hs_credit_desktop.ui.widgets.states import Glyph, ReadOnlyHint

MOST_SHOWN = 44  # characters of an old or new wording in the strip


class StaleStrip(QFrame):
    """来源已变更: old → new of one sentence. answered: True 用新的, False 保留原句."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.head = label("", bold=True, ink="warn")
        self.detail = ElidedLabel(2)
        self.keep = Button(
            "保留原句", lambda: self.answered.emit(False), key="Shift+F9", bind_key=False
        )
        self.use = Button("用新的", lambda: self.answered.emit(True), key="F9", bind_key=False)
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(Glyph("arrow_sync", "warn", 16, "filled"))
        top.addWidget(self.head, 1)
        low = QHBoxLayout()
        low.setSpacing(theme.GAP)
        low.addWidget(self.detail, 1)
        low.addWidget(self.keep)
        low.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, 6, theme.PADDING, 6)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(low)
        self.hide()

    def show_stale(self, item: Stale | None, at: int, count: int, locked: str) -> None:
        """Show the stale sentence `at` of `count`; None puts the strip away."""
        self.setVisible(item is not None)
        if item is None:
            return
        who = item.unit or "台账"
        more = f"（第 {at + 1} 处，共 {count} 处，F8 看下一处）" if count > 1 else ""
        self.head.setText(f"{item.change.label}：{who}{more}")
        self.detail.setText(_difference(item))
        self.keep.set_text("不采用" if item.change is Change.ADDED else "保留原句")
        self.use.set_text(
            {"changed": "用新的", "gone": "删去这一句", "added": "采用"}[item.change.value]
        )
        for button in (self.keep, self.use):
            button.setEnabled(not locked)


def _difference(item: Stale) -> str:
    """“受理 96 件”改为“受理 104 件”, with only the stretch that changed and its neighbours."""
    if item.change is Change.ADDED:
        return f"新报：{excerpt(item.new, MOST_SHOWN * 2)}"
    if item.change is Change.GONE:
        return f"原文已没有“{excerpt(item.old, MOST_SHOWN)}”"
    runs = spans(item.old, item.new)
    places = [at for at, run in enumerate(runs) if not run.same]
    first, last = places[0], places[-1]
    before = re.split("[，。；]", runs[first - 1].old)[-1] if first else ""
    after = re.split("[，。；]", runs[last + 1].old)[0] if last + 1 < len(runs) else ""
    old = before + "".join(run.old for run in runs[first : last + 1]) + after
    new = before + "".join(run.new for run in runs[first : last + 1]) + after
    return f"“{excerpt(old, MOST_SHOWN)}”改为“{excerpt(new, MOST_SHOWN)}”"


class DraftPane(Pane):
    """The draft of a node. finished: 完成，看下一条; the other signals are the buttons."""

    finished = Signal()
    struck = Signal()
    versions_asked = Signal()
    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__(" ")
        self.head.setFixedHeight(58)
        self.edit = DraftEdit()
        self.stale_chip = Chip()
        self.facts = label("", theme.CAPTION, ink="text2")
        self.versions = IconButton("history", "取回上一版…  Ctrl+H", self.versions_asked.emit)
        self.undo = IconButton("arrow_undo", "撤销上一步  Ctrl+U", self.undo_asked.emit)
        self.strip = StaleStrip()
        self.pager = Pager("段", "Shift+F7", "F7")
        self.locked_hint = ReadOnlyHint()
        self.strike = Button("删套话", self.struck.emit, key="Ctrl+L", bind_key=False)
        self.done = Button(
            "完成，看下一条",
            self.finished.emit,
            key="Ctrl+Enter",
            primary=True,
            bind_key=False,
        )
        self.sign = Glyph("checkmark_circle", "ok", 16, "filled")
        self.said = label("", theme.CAPTION, ink="text2")
        self._build()

    def _build(self) -> None:
        while self.tools.count():
            self.tools.takeAt(0)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.name = ElidedLabel(1, theme.PANE_TITLE, bold=True)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        words.addStretch(1)
        self.title.hide()
        self.subtitle.hide()
        self.tools.addLayout(words, 1)
        for widget in (self.stale_chip, self.versions, self.undo):
            self.tools.addWidget(widget)
        hint = QHBoxLayout()
        hint.setContentsMargins(theme.PADDING, 4, theme.PADDING, 4)
        hint.addWidget(self.locked_hint)
        self.body.addLayout(hint)
        self.body.addWidget(self.pager)
        self.body.addWidget(self.edit, 1)
        self.body.addWidget(self.strip)
        row = self.add_foot()
        row.addWidget(self.sign)
        row.addWidget(self.said, 1)
        for button in (self.strike, self.done):
            row.addWidget(button)
        self.strike.setToolTip("删去没有数字、只有套话的分句；可以按 Ctrl+Z 找回")
        self.edit.setPlaceholderText("还没有汇总。按 Ctrl+G 起草全部，或在中间勾选要用的句子。")

    def show_head(self, node: Node, part: DraftPart, stale: Sequence[Stale], locked: str) -> None:
        """Say what is shown, how long it is, and whether a sentence has no source."""
        self.name.setText(node.label)
        words = [node.lead, f"{part.sentences:,} 句 · {part.characters:,} 字"]
        words += [f"第 {node.saved.version} 版"] if node.saved else ["还没有保存过"]
        self.facts.setText("　".join(word for word in words if word))
        self.stale_chip.setVisible(bool(stale))
        self.stale_chip.show_text(f"{len(stale)} 处来源已变更", "warn", icon="arrow_sync")
        office = part.without_source
        calm = not office
        self.sign.show_icon(
            "checkmark_circle" if calm else "edit",
            "ok" if calm else "hold",
            "filled" if calm else "regular",
        )
        self.said.setText("没有无来源的句子" if calm else f"{office} 句办内撰写")
        self.pager.show_place(part.first, len(part.inner.paragraphs), part.paragraphs)
        self.locked_hint.sentence.setText(locked)
        self.locked_hint.setVisible(bool(locked))
        self.edit.setReadOnly(bool(locked))
        for button in (self.strike, self.done):
            button.setEnabled(not locked)
        self.versions.setEnabled(node.saved is not None)

    def show_waiting(self, label: str) -> None:
        """The node is being read."""
        self.name.setText(label)
        self.facts.setText("正在读取…")
        self.stale_chip.hide()
        self.strip.hide()
        self.pager.hide()
        self.edit.show_text("", keep_undo=False)
        self.edit.setReadOnly(True)
        self.edit.show_chips(())
        for button in (self.strike, self.done, self.versions):
            button.setEnabled(False)

    def say(self, words: str, ink: str = "text2") -> None:
        """Say in the foot what just happened."""
        self.said.setText(words)
        self.sign.show_icon("checkmark_circle" if ink == "ok" else "info", ink, _style(ink))


def _style(ink: str) -> str:
    return "filled" if ink == "ok" else "regular"
