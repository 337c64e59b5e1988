"""The right pane of 今日: who has not reported, who was sent back, who need not; chasing them."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget

from hs_credit_desktop.ui import icons
from hs_credit_desktop.ui.models.missing import (
    BACK_COLUMNS,
    EXEMPT_COLUMNS,
    MISSING_COLUMNS,
    MissingRow,
    people_words,
)
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.pages.today_ask import AskLine, What
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label
from hs_credit_desktop.ui.widgets.segments import Segments
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

MISSING, BACK, EXEMPT = 0, 1, 2
_WORDS = (
    ("未报", "应报而还没有收到的单位"),
    ("退回", "退回补报、还没有再报的单位"),
    ("免报", "本轮免报的单位，不算在应报里"),
)


class MissingPane(Pane):
    """Three lists in one table.

    opened: a unit shall be opened; asked: (What, expected return id); taken_back: (What, id);
    copied: the chat message to that unit is wanted, '' for one to all; mailed: its mail;
    letter_asked: the chase letter, to that unit or ('') to all; print_asked: the list of missing.
    """

    opened = Signal(str)
    asked = Signal(object, str)
    taken_back = Signal(object, str)
    copied = Signal(str)
    mailed = Signal(str)
    letter_asked = Signal(str)
    print_asked = Signal()

    def __init__(self, form: AskLine) -> None:
        super().__init__("未报单位")
        self.form = form
        self._rows: dict[int, Sequence[MissingRow]] = {
            MISSING: (),
            BACK: (),
            EXEMPT: (),
        }
        self._locked = ""
        self.which = Segments(_WORDS)
        self.letter = Button(
            "催报函…",
            lambda: self.letter_asked.emit(""),
            key="Ctrl+E",
            icon="document_text",
            bind_key=False,
        )
        self.print = Button(
            "打印名单", self.print_asked.emit, key="Ctrl+P", icon="print", bind_key=False
        )
        for widget in (self.which, self.letter, self.print):
            self.tools.addWidget(widget)
        self.models = {
            MISSING: RowsModel(MISSING_COLUMNS, self),
            BACK: RowsModel(BACK_COLUMNS, self),
            EXEMPT: RowsModel(EXEMPT_COLUMNS, self),
        }
        self.table = RowsTable("未报单位")
        self.nothing = EmptyState("checkmark_circle", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(form)
        self._add_buttons()
        self._listen()

    def _add_buttons(self) -> None:
        """What can be done with the current row, under the table."""
        foot = self.add_foot()
        self._foot = foot.parentWidget()
        self.chosen = label("", ink="text2")
        self.extend = Button("延期…", lambda: self._ask(What.EXTEND))
        self.exempt = Button("免报…", lambda: self._ask(What.EXEMPT))
        self.expect = Button("取消免报", lambda: self._take_back(What.EXEMPT))
        self.open = Button("打开", self._open, key="Enter", bind_key=False)
        self.call = Button(
            "登记电话催报",
            lambda: self._ask(What.CALL),
            key="Ctrl+T",
            icon="call",
            primary=True,
            bind_key=False,
        )
        foot.addWidget(self.chosen, 1)
        for button in (self.extend, self.exempt, self.expect, self.open, self.call):
            foot.addWidget(button)

    def _listen(self) -> None:
        self.which.chosen.connect(self.show_list)
        self.table.opened.connect(self.opened)
        self.table.moved.connect(lambda _id: self._say_chosen())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._popup)
        self.form.toggled.connect(lambda shown: self._foot.setVisible(not shown))
        self.form.left.connect(self.table.setFocus)

    def show_rows(
        self,
        missing: Sequence[MissingRow],
        back: Sequence[MissingRow],
        exempt: Sequence[MissingRow],
    ) -> None:
        """Show the lists; the one on view stays on view, its current row too if it is there."""
        self._rows = {MISSING: missing, BACK: back, EXEMPT: exempt}
        self.show_list(self.which.group.checkedId())

    def show_list(self, which: int) -> None:
        """Show 未报, 退回 or 免报."""
        self.which.choose(which)
        rows, place = self._rows[which], self.table.currentIndex().row()
        kept, top = self.table.current_id(), self.table.verticalScrollBar().value()
        model = self.models[which]
        model.show_rows(rows)
        self.table.show_model(model)
        if model.paged:
            self.table.sort_again()
        if rows and not self.table.select(kept):
            self.table.select_row(min(max(place, 0), len(rows) - 1))
        self.table.verticalScrollBar().setValue(top)
        self.title.setText(f"{_WORDS[which][0]}单位")
        self.subtitle.setText(f"{len(rows)} 家" if rows else "")
        self.subtitle.setToolTip("按正式排序")
        self._stack.setCurrentIndex(0 if rows else 1)
        if which == MISSING:
            self.nothing.show_words("没有未报的单位", "应报的单位都已报送")
        elif which == BACK:
            self.nothing.show_words("没有退回补报的单位", "退回的都已补报，或还没有退回过")
        else:
            self.nothing.show_words("没有免报的单位", "在未报单位里选一家，可以登记免报和原因")
        self._say_chosen()

    def lock(self, sentence: str) -> None:
        """Nothing can be changed, for the reason in the sentence; '' opens again."""
        self._locked = sentence
        self._say_chosen()

    def current(self) -> MissingRow | None:
        """The row the buttons act on."""
        model, kept = self.models[self.which.group.checkedId()], self.table.current_id()
        place = model.row_of(kept) if kept else -1
        return model.rows[place] if place >= 0 else None

    def _say_chosen(self) -> None:
        row, which = self.current(), self.which.group.checkedId()
        self.chosen.setText(row.expected.unit_name if row else "")
        people = people_words(row.owing) if row else ""
        if people:
            self.chosen.setText(f"{self.chosen.text()}　{people}")
        self.chosen.setToolTip(people)
        for button in (self.extend, self.exempt):
            button.setVisible(which == MISSING)
        self.call.setVisible(which != EXEMPT)
        self.expect.setVisible(which == EXEMPT)
        for button, tip in (
            (self.call, "登记谁接的电话、答复了什么"),
            (self.extend, "给这家单位更多时间，要写原因"),
            (self.exempt, "这家单位本轮不用报，要写原因"),
            (self.expect, "重新列入应报"),
        ):
            button.setEnabled(row is not None and not self._locked)
            button.setToolTip(self._locked or tip)
        self._say_papers()
        self.open.setEnabled(row is not None)
        self.open.setToolTip("看这家单位的每一条，可以直接填写")
        if self._locked or which == EXEMPT:
            self.form.put_away()

    def _say_papers(self) -> None:
        """Letter and list are about the missing units, whichever list is on view."""
        any_missing = bool(self._rows[MISSING])
        for button, tip in (
            (self.letter, "给未报的单位写催报函，可以勾选单位；程序不发送"),
            (self.print, "打印未报单位名单，一页；存成 Excel：F12"),
        ):
            button.setEnabled(any_missing)
            button.setToolTip(tip if any_missing else "没有未报的单位")

    def _open(self) -> None:
        if row := self.current():
            self.opened.emit(row.id)

    def _ask(self, what: What) -> None:
        row = self.current()
        if row is not None and not row.expected.exempt and not self._locked:
            self.asked.emit(what, row.id)

    def ask_call(self) -> None:
        """Ctrl+T: log a call to the current unit."""
        self._ask(What.CALL)

    def _take_back(self, what: What) -> None:
        if row := self.current():
            self.taken_back.emit(what, row.id)

    def _popup(self, place: QPoint) -> None:
        if self.current() is not None:
            self.menu().popup(self.table.viewport().mapToGlobal(place))

    def menu(self) -> QMenu:
        """What can be done with the current row."""
        row, menu = self.current(), QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("open"), "看整份报送件\tEnter").triggered.connect(self._open)
        menu.addSeparator()
        if row is not None and row.expected.exempt:
            lines = [("取消免报", lambda: self._take_back(What.EXEMPT))]
        else:
            lines = [
                ("登记电话催报…", lambda: self._ask(What.CALL)),
            ]
            if self.which.group.checkedId() == MISSING:
                lines += [
                    ("延期…", lambda: self._ask(What.EXTEND)),
                    ("免报…", lambda: self._ask(What.EXEMPT)),
                ]
            if row is not None and row.expected.extended_to:
                lines.insert(2, ("取消延期", lambda: self._take_back(What.EXTEND)))
        for words, act in lines:
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, done=act: done())
            action.setEnabled(not self._locked)
        if row is not None and not row.expected.exempt:
            self._add_copies(menu, row.id)
        return menu

    def _add_copies(self, menu: QMenu, row_id: str) -> None:
        """The messages to copy; the program sends nothing itself."""
        menu.addSeparator()
        if self.which.group.checkedId() == MISSING:
            letter = menu.addAction(icons.icon("document_text"), "给这家单位写催报函…")
            letter.triggered.connect(lambda: self.letter_asked.emit(row_id))
        one = menu.addAction(icons.icon("copy"), "复制给这家单位的催报短信")
        one.triggered.connect(lambda: self.copied.emit(row_id))
        mail = menu.addAction(icons.icon("mail"), "复制给这家单位的催报邮件")
        mail.triggered.connect(lambda: self.mailed.emit(row_id))
        every = menu.addAction(icons.icon("copy"), "复制给工作群的催报消息")
        every.triggered.connect(lambda: self.copied.emit(""))
