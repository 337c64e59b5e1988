"""The small widgets keep the promises of the look."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolTip
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.statistics import Progress
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.tokens import DARK, LIGHT
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, NumberLink, Pane
from hs_credit_desktop.ui.widgets.chips import Chip, ProgressBar, bar_segments
from hs_credit_desktop.ui.widgets.fields import ComboBox, DateField, parse_date
from hs_credit_desktop.ui.widgets.states import EmptyState, Glyph, InlineError
from hs_credit_desktop.ui.widgets.todo import Todo, TodoRow

TODAY = date(2024, 11, 29)


def test_a_button_prints_its_key_and_is_named_without_it(qtbot: QtBot) -> None:
    button = Button("通过，看下一家", key="Ctrl+Enter", primary=True)
    qtbot.addWidget(button)
    assert button.text().endswith("Ctrl+Enter")
    assert button.accessibleName() == "通过，看下一家"
    button.set_text("登记")
    assert button.text().startswith("登记")
    assert button.shortcut().toString() == "Ctrl+Enter"


@pytest.mark.parametrize("primary", [True, False])
def test_focus_shows_without_a_change_of_size(qtbot: QtBot, primary: bool) -> None:
    button = Button("退回补报", primary=primary)
    pane = Pane("窗格")
    foot = pane.add_foot()
    foot.addWidget(button)
    other = Button("取消")
    foot.addWidget(other)
    qtbot.addWidget(pane)
    pane.show()
    pane.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    size, before = button.size(), button.grab().toImage()
    button.setFocus()
    assert button.hasFocus()
    assert button.size() == size
    assert button.grab().toImage() != before


def test_everything_follows_the_look(qtbot: QtBot, qapp: QApplication) -> None:
    for widget in (Button("打开", icon="folder_open"), IconButton("filter", "筛选"), Glyph("info")):
        qtbot.addWidget(widget)
        widget.show()
        before = widget.grab().toImage()
        theme.apply(qapp, theme.Mode.DARK)
        qapp.processEvents()
        assert widget.grab().toImage() != before, widget
        theme.apply(qapp, theme.Mode.LIGHT)


def test_a_number_link_grows_with_its_number(qtbot: QtBot) -> None:
    door = NumberLink("未报", "warn")
    qtbot.addWidget(door)
    narrow = door.sizeHint().width()
    door.set_number(1234)
    assert door.sizeHint().width() > narrow
    assert door.accessibleName() == "未报 1234"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Button("导出"),
        lambda: IconButton("print", "打印"),
        lambda: NumberLink("未报"),
        lambda: TodoRow(Todo(("call", 16, "regular"), "warn", "催报", "", "看名单")),
    ],
)
def test_enter_presses_what_has_the_keyboard(
    qtbot: QtBot, make: Callable[[], QAbstractButton]
) -> None:
    button, heard = make(), []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: heard.append("pressed"))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(button, key)
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["pressed"] * 3


def test_the_wheel_never_changes_a_value(qtbot: QtBot) -> None:
    box = ComboBox("完成情况")
    box.addItems(["未启动", "推进中"])
    qtbot.addWidget(box)
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    box.wheelEvent(event)
    assert box.currentText() == "未启动"
    assert not event.isAccepted()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-12-02", date(2024, 12, 2)),
        ("2024.12.2", date(2024, 12, 2)),
        ("20241202", date(2024, 12, 2)),
        ("12月2日", date(2024, 12, 2)),
        ("2025年1月5日", date(2025, 1, 5)),
    ],
)
def test_dates_are_read_as_clerks_type_them(typed: str, day: date) -> None:
    assert parse_date(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2024-13-02", "没有 13 月。请按“2024-12-02”的格式填写。"),
        ("2024-02-30", "2024 年 2 月没有 30 日。请按“2024-12-02”的格式填写。"),
        ("下周", "没有看懂这个日期。请按“2024-12-02”的格式填写。"),
        ("", "请填写日期，例如“2024-12-02”。"),
    ],
)
def test_a_wrong_date_says_how_to_write_it(qtbot: QtBot, typed: str, said: str) -> None:
    field = DateField("补报期限", TODAY)
    qtbot.addWidget(field)
    field.edit.setText(typed)
    assert not field.check()
    assert field.error.text == said
    assert field.edit.property("state") == "error"
    assert field.date() is None


def test_a_right_date_is_written_out(qtbot: QtBot) -> None:
    field = DateField("补报期限", TODAY)
    qtbot.addWidget(field)
    field.edit.setText("12-2")
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert chosen.args == [date(2024, 12, 2)]
    assert field.edit.text() == "2024-12-02"
    assert not field.error.text


def test_bar_segments_add_up() -> None:
    progress = Progress(expected=17, covered=10, accepted=6, to_review=2, sent_back=1, on_hold=1)
    parts = dict(bar_segments(progress))
    assert parts == {"bar_ok": 6, "bar_review": 3, "bar_back": 1, "bar_none": 7}


def test_a_bar_draws_its_segments_and_says_them(qtbot: QtBot) -> None:
    bar = ProgressBar(Progress(expected=4, covered=2, accepted=1, to_review=1))
    qtbot.addWidget(bar)
    bar.resize(100, 8)
    image = bar.grab().toImage()
    colours = [image.pixelColor(x, 4).name() for x in (12, 37, 75)]
    assert colours == [LIGHT.bar_ok.lower(), LIGHT.bar_review.lower(), LIGHT.bar_none.lower()]
    assert bar.accessibleName().startswith("应反馈 4 条，已覆盖 2 条")


def test_chips_have_ink_and_ground_of_their_state(qtbot: QtBot, qapp: QApplication) -> None:
    chip = Chip("1 家待定", "warn", icon="warning")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    assert chip.grab().toImage().pixelColor(4, 10).name() == LIGHT.warn_s.lower()
    theme.apply(qapp, theme.Mode.DARK)
    assert chip.grab().toImage().pixelColor(4, 10).name() == DARK.warn_s.lower()


def test_an_empty_state_has_one_button(qtbot: QtBot) -> None:
    pressed: list[bool] = []
    state = EmptyState(
        "search", "没有找到“两书”", "换个说法", "清除条件", lambda: pressed.append(True)
    )
    qtbot.addWidget(state)
    assert not state.button.isVisible()
    assert state.button.windowHandle() is None
    qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_an_inline_error_comes_and_goes(qtbot: QtBot) -> None:
    error = InlineError()
    qtbot.addWidget(error)
    error.show_error("没有 13 月。")
    assert (error.isHidden(), error.accessibleName()) == (False, "没有 13 月。")
    error.show_error("")
    assert error.isHidden()


def test_a_button_without_room_for_its_key_shows_its_words(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _where, words, _part: said.append(words))
    button = Button("起草全部", key="Ctrl+G", icon="edit")
    qtbot.addWidget(button)
    whole = button.sizeHint().width()
    for width, words in ((whole - 10, " 起草全部"), (60, "…")):
        button.resize(width, 30)
        button.show()
        assert button.short_text().endswith(words)
        assert not button.grab().isNull()
        assert button.sizeHint().width() == whole
    where = QPoint(5, 5)
    QApplication.sendEvent(
        button, QHelpEvent(QEvent.Type.ToolTip, where, button.mapToGlobal(where))
    )
    assert said == ["起草全部\u2002\u2002Ctrl+G"]
