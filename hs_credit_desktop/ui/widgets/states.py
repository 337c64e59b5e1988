"""What a pane shows when it is empty, when something is wrong, or when it is read-only."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.widgets.basics import Button, label


class Glyph(QLabel):
    """An icon in a layout that follows the look."""

    def __init__(
        self, name: str, ink: str = "text2", size: int = 16, style: str = "regular"
    ) -> None:
        super().__init__()
        self._what = (name, ink, size, style)
        self.setFixedSize(size, size)
        self.setPixmap(icons.pixmap(*self._what))

    def show_icon(self, name: str, ink: str, style: str = "regular") -> None:
        """Change the icon, keeping its size."""
        self._what = (name, ink, self._what[2], style)
        self.setPixmap(icons.pixmap(*self._what))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_what"):
            self.setPixmap(icons.pixmap(*self._what))
        super().changeEvent(event)


class EmptyState(QWidget):
    """Glyph, fact, next step and at most one button, in the middle of a pane."""

    def __init__(
        self,
        icon: str,
        fact: str,
        step: str,
        button: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        size: int = 32,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme.GAP)
        self.fact = label(fact, theme.BODY, bold=True)
        self.step = label(step, theme.CAPTION, ink="text2")
        self.step.setWordWrap(True)
        self.step.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(button, on_click)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(Glyph(icon, "text2", size), 0, middle)
        column.addWidget(self.fact, 0, middle)
        column.addWidget(self.step)
        column.addWidget(self.button, 0, middle)
        self.button.setVisible(bool(button))  # not before it has a parent: it would be a window
        column.addStretch(1)

    def show_words(self, fact: str, step: str) -> None:
        """Change both sentences."""
        self.fact.setText(fact)
        self.step.setText(step)


class InlineError(QWidget):
    """The triangle and sentence below a field: what is wrong and how to write it."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        self._sentence = label("", theme.CAPTION, ink="bad")
        self._sentence.setWordWrap(True)
        row.addWidget(Glyph("warning", "bad", 16, "filled"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, empty when all is well."""
        return self._sentence.text()

    def show_error(self, sentence: str) -> None:
        """Show the sentence, or hide when it is empty."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class ReadOnlyHint(QWidget):
    """Lock glyph and the one sentence that says why a pane cannot be changed."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.sentence = label(sentence, theme.CAPTION, ink="text2")
        row.addWidget(Glyph("lock_closed"))
        row.addWidget(self.sentence, 1)
