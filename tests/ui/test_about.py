"""关于 lists every component and shows the licence of the chosen one."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from hs_credit_desktop import __version__
from hs_credit_desktop.services.components import components, licence_text
from hs_credit_desktop.ui.dialogs.about import AboutWindow


def test_each_component_shows_its_own_licence(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    about = AboutWindow(parent)
    qtbot.addWidget(about)
    listed = components()
    assert about.parts.count() == len(listed)
    for row in (0, len(listed) - 1):
        about.parts.setCurrentRow(row)
        assert about.licence.text() == listed[row].licence
        assert about.text.toPlainText().strip()[:40] == licence_text(listed[row]).strip()[:40]
    said = " ".join(item.text() for item in about.findChildren(QLabel))
    assert __version__ in said
    assert "不得录入涉密信息" in said
