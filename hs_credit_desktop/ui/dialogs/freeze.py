"""封存与归档: what is not finished, freezing, opening again for a reason, the archive package."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem

from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.services import archive, export, freezing, overview
from hs_credit_desktop.services.workspace import reading
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.workbox import WorkBox
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.widgets.basics import Button, NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.tick import TickBox

if TYPE_CHECKING:
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.domain.statistics import Status
    from hs_credit_desktop.services.archive import Archived
    from hs_credit_desktop.services.export import ExportedFile
    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window

WHOLE_ROUND = "整轮"


class FreezeBox(WorkBox):
    """One box for the three, because they follow each other; it shows what can be done now."""

    SIZE = (760, 520)

    def __init__(self, window: Window) -> None:
        super().__init__(window, "封存与归档")
        assert window.round is not None
        self.round: Round = window.round
        self.head = label("", theme.PANE_TITLE, bold=True)
        self.words = label("")
        self.words.setWordWrap(True)
        self.body.addWidget(self.head)
        self.body.addWidget(self.words)
        self._add_unfinished()
        self._add_reopen()
        self._add_history()
        self.again_button = Button("按封存时重印…", self.reprint)
        self.archive_button = Button("生成归档包…", self.archive, icon="archive")
        self.go = Button("封存", self.freeze, key="Ctrl+Enter", primary=True, bind_key=False)
        self.bind_primary(self.go)
        self.add_foot(self.again_button, self.archive_button, self.go)
        self.show_state()

    def _add_unfinished(self) -> None:
        self._doors = QHBoxLayout()
        self._doors.setSpacing(theme.PADDING)
        self.doors: dict[Status | None, NumberLink] = {}
        self.tick = TickBox("")
        self.tick.toggled.connect(lambda _on: self._fit_go())
        self.body.addLayout(self._doors)
        self.body.addWidget(self.tick)

    def _add_reopen(self) -> None:
        self.unit, self.reason = ComboBox("解封哪一家"), QLineEdit()
        self.reason.setAccessibleName("解封的原因")
        self.reason.setPlaceholderText("必填，例如：县里补交了盖章件")
        self.reopen_button = Button("解封", self.reopen, key="Enter", bind_key=False)
        self.reason.returnPressed.connect(self.reopen)
        self.reopen_pane = Pane("解封", "只解封一家单位，或整轮；原来的快照保留")
        grid = QGridLayout()
        grid.setContentsMargins(theme.PADDING, 8, theme.PADDING, 8)
        grid.setHorizontalSpacing(theme.PADDING)
        grid.setVerticalSpacing(theme.GAP)
        for row, (words, field) in enumerate((("范围", self.unit), ("原因", self.reason))):
            grid.addWidget(label(words, ink="text2"), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.reopen_button, 1, 2)
        grid.setColumnStretch(1, 1)
        self.reopen_pane.body.addLayout(grid)
        self.body.addWidget(self.reopen_pane)

    def _add_history(self) -> None:
        self.history = QListWidget()
        self.history.setAccessibleName("封存和解封的经过")
        self.history.setFont(theme.font())
        pane = Pane("经过")
        pane.body.addWidget(self.history, 1)
        self.body.addWidget(pane, 1)

    # What is shown

    @property
    def frozen(self) -> bool:
        """Whether the round is frozen and nothing of it is open."""
        return self.round.state is RoundState.FROZEN and not self._open

    def show_state(self) -> None:
        """Read the round again and show what can be done with it."""
        rounds = overview.rounds(self.ws, self.round.notice_id)
        self.round = next(item for item in rounds if item.id == self.round.id)
        self._open = freezing.open_reopenings(self.ws, self.round)
        self.head.setText(f"{self.round.name}：{self.round.state.label}")
        self.setWindowTitle(f"封存与归档　{self.round.name}")
        taken = bool(freezing.snapshots_of(self.ws, self.round))
        self.tick.setVisible(not self.frozen)
        self.go.setVisible(not self.frozen)
        self.reopen_pane.setVisible(self.frozen)
        for button in (self.again_button, self.archive_button):
            button.setVisible(taken)
        self._show_unfinished()
        self._show_units()
        self._show_history()
        self._fit_go()
        (self.reason if self.frozen else self.tick).setFocus()

    def _show_unfinished(self) -> None:
        while item := self._doors.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.doors = {}
        if self.frozen:
            self.words.setText("本轮只读，每一份材料都能按封存时的样子重印。如需改动，请先解封。")
            return
        left = freezing.unfinished(self.ws, self.round)
        for status, count in left.returns:
            self._add_door(status, status.label, count)
        if left.blank_entries:
            self._add_door(None, "没有反馈的条目", left.blank_entries)
        self._doors.addStretch(1)
        said = "还有下面这些没有完成，封存以后不能再补。" if not left.nothing else "都已完成。"
        opened = f"现在解封着 {len(self._open)} 处，再封存一次就关上。" if self._open else ""
        self.words.setText(f"{opened}{said}封存后本轮只读，并存下一份带校验的快照。")
        self.tick.setText(f"已核对，封存{self.round.name}")
        self.tick.setAccessibleName(self.tick.text())
        self.tick.updateGeometry()

    def _add_door(self, status: Status | None, words: str, count: int) -> None:
        door = NumberLink(words, "warn")
        door.set_number(count)
        if status is None:
            door.setToolTip("打开矩阵，空格处就是没有反馈的条目")
            door.clicked.connect(lambda: self.main.show_page("统计"))
        else:
            door.clicked.connect(partial(self.main.open_status, status))
        self.doors[status] = door
        self._doors.addWidget(door)

    def _show_units(self) -> None:
        self._units = overview.expected_returns(self.ws, self.round)
        chosen = self.unit.currentIndex()
        self.unit.clear()
        self.unit.addItems([WHOLE_ROUND, *(item.unit_name for item in self._units)])
        self.unit.setCurrentIndex(max(chosen, 0))

    def _show_history(self) -> None:
        self.history.clear()
        names = {item.id: item.unit_name for item in self._units}
        said = [
            (item.frozen_at, f"封存　第 {item.version} 版快照　校验 {item.sha256[:16]}…")
            for item in freezing.snapshots_of(self.ws, self.round)
        ]
        for item in freezing.history(self.ws, self.round):
            name = names.get(item.expected_return_id or "", WHOLE_ROUND)
            said.append((item.opened_at, f"解封　{name}　原因：{item.reason}"))
        for at, words in sorted(said):
            self.history.addItem(f"{at:%Y-%m-%d %H:%M}　{words}")
        if not said:
            nothing = QListWidgetItem("还没有封存过", self.history)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)

    def _fit_go(self) -> None:
        self.go.set_text(f"封存{self.round.name}")
        self.go.setEnabled(self.tick.isChecked() and not self.ws.read_only)
        self.go.setToolTip("请先勾选“已核对”" if not self.tick.isChecked() else "")
        self.reopen_button.setEnabled(not self.ws.read_only)

    # What is done

    def freeze(self) -> None:
        """Freeze the round."""
        if not self.tick.isChecked() or not self.may_write():
            return
        self.work(
            lambda _job: freezing.freeze(self.ws, self.round),
            self._done,
            f"正在封存{self.round.name}…",
            locking=True,
        )

    def _done(self, changes: Changes) -> None:
        self.tick.setChecked(False)
        self.run.changed.emit(changes)
        self.show_state()

    def reopen(self) -> None:
        """Open the round, or one unit of it, for a reason."""
        place = self.unit.currentIndex()
        one = self._units[place - 1] if place > 0 else None
        reason = self.reason.text()
        if self.command(freezing.reopen, self.ws, self.round, reason=reason, unit=one):
            self.reason.clear()
            self.show_state()
        else:
            self.reason.setFocus()

    def archive(self) -> None:
        """Write the archive package."""
        name = f"{self.round.name}归档包_{self.ws.today:%Y%m%d}.zip"
        out = messages.save_file(self, "生成归档包", Path.home() / name, "压缩文件 (*.zip)")
        if out is not None:
            self.work(partial(self._archive, out), self._archived, "正在生成归档包…")

    def _archive(self, out: Path, _job: Job) -> Archived:
        with reading(self.ws) as own:
            return archive.archive(own, self.round, out)

    def _archived(self, made: Archived) -> None:
        self.said.say(f"已生成 {made.file.name}，共 {made.files} 个文件，附清单和校验")

    def reprint(self) -> None:
        """Print every paper again as it was when the round was frozen."""
        folder = messages.choose_folder(self, "重印到哪个文件夹", Path.home())
        if folder is not None:
            self.work(partial(self._reprint, folder), self._reprinted, "正在按快照重印…")

    def _reprint(self, folder: Path, _job: Job) -> tuple[ExportedFile, ...]:
        with reading(self.ws) as own, freezing.as_frozen(own, self.round) as then:
            return export.export(then, self.round, folder, export.KINDS)

    def _reprinted(self, made: tuple[ExportedFile, ...]) -> None:
        self.said.say(f"已重印 {len(made)} 份，与封存时相同")
        open_path(made[0].path.parent)
