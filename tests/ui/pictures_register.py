"""Pictures of 单位名册: contacts of a unit, a merger with its preview, a pasted table."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hs_credit_desktop.services import register_contacts, register_units
from hs_credit_desktop.ui.dialogs.register import RegisterWindow
from hs_credit_desktop.ui.dialogs.register_change import Change

if TYPE_CHECKING:
    from hs_credit_desktop.ui.main_window import MainWindow

TABLE = """单位\t联系人\t电话\t邮箱\t备注
市财政局\t甲某\t0000-1234567\tjia@example.org\t演示
市教育局\t乙某\t0000-2345678\tyi@example.org
黄石市商务局\t丙某\t0000-3456789
某某办公室\t丁某\t0000-4567890
市税务局\t戊某\t打不通
"""


def register_boxes(window: "MainWindow") -> Iterator[tuple[str, RegisterWindow]]:
    """(name of the picture, the window as it shall stand); close each before the next."""
    assert window.ws is not None
    first = TABLE.splitlines()[1]
    register_contacts.apply(window.ws, register_contacts.plan(window.ws, first))
    box = _box(window, "市财政局")
    box.show_tab(2)
    yield "register", box
    box = _box(window, "市教育局")
    box.ask(Change.MERGE)
    box.change.other.edit.setText("黄石市科技局")
    yield "register-merge", box
    box = _box(window, "市财政局")
    box.start_paste()
    box.paste.text.setPlainText(TABLE)
    yield "register-contacts", box


def _box(window: "MainWindow", name: str) -> RegisterWindow:
    box = RegisterWindow(window)
    unit = next(row for row in register_units.rows(box.ws) if row.unit.canonical_name == name)
    box.list.select(unit.id)
    return box
