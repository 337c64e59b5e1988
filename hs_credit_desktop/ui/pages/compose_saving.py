"""Saving the draft in hand, its versions, and the step back."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import composing, undo
from hs_credit_desktop.services.workspace import Changes, reading
from hs_credit_desktop.ui.pages.compose_base import ComposeBase
from hs_credit_desktop.ui.pages.compose_desk import ComposeDesk


class ComposeSaving:
    """Writes the draft of the desk as the next version of its node."""

    def __init__(self, page: ComposeBase, desk: ComposeDesk) -> None:
        self._page, self._desk = page, desk

    def save(self) -> bool:
        """Save the draft as the next version; True when nothing is left unsaved."""
        node, page, desk = self._desk.node, self._page, self._desk
        if node is None or page.locked() or page.round is None:
            return False
        if not desk.changed:
            page.pane.say("没有改动" if node.saved else "还没有内容可以保存")
            return True
        if desk.opened is not None and desk.opened.rows:
            self._save_long()
            return True
        page.typed.drop(desk.key(node.id))
        done = page.run.command(
            composing.save, page.ws, page.round, node.id, desk.part.whole, known=desk.known
        )
        if not done:
            desk.keep()
            return False
        page.typed.write()
        page.pane.say(f"已保存 {page.ws.clock.now():%H:%M}", "ok")
        return True

    def _save_long(self) -> None:
        """Save a long draft on a worker; its words stay kept until it is written."""
        page, desk = self._page, self._desk
        ws, round_, node = page.ws, page.round, desk.node
        assert round_ is not None
        assert node is not None
        draft, known, key = desk.part.whole, desk.known, desk.key(node.id)

        def work(_job: object) -> Changes:
            with reading(ws) as own:
                made = composing.prepare(own, round_, node.id, draft, known=known)
            return composing.put(ws, round_, (made,)) if made else Changes()

        def done(changes: Changes) -> None:
            page.typed.drop(key)
            page.typed.write()
            page.run.changed.emit(changes)
            page.pane.say(f"{node.label}已保存 {ws.clock.now():%H:%M}", "ok")

        def failed(error: UserError) -> None:
            page.pane.say("没有保存成功，文字还留着", "bad")
            page.run.show_error(error)

        page.pane.say("正在保存…")
        page.run.background(work, done, on_error=failed, words="正在保存汇总稿…")

    def undo(self) -> None:
        """Take the last step back."""
        self._page.run.command(undo.undo, self._page.ws)

    def ask_version(self) -> None:
        """The versions of the draft; choosing one brings it back as the newest."""
        node, page = self._desk.node, self._page
        if node is None or page.round is None or node.saved is None:
            return
        menu = QMenu(page)
        menu.setAccessibleName("汇总稿的版本")
        for saved in composing.versions(page.ws, page.round, node.id):
            words = (
                f"第 {saved.version} 版　{saved.saved_at:%m-%d %H:%M}　{saved.draft.characters} 字"
            )
            action = QAction(words + ("（现在的）" if saved.id == node.saved.id else ""), menu)
            action.setEnabled(saved.id != node.saved.id and not page.locked())
            action.triggered.connect(lambda _=False, at=saved.version: self.take_version(at))
            menu.addAction(action)
        button = page.pane.versions
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        self.menu = menu

    def take_version(self, version: int) -> None:
        """Bring an older version back."""
        node, page = self._desk.node, self._page
        if node is not None and page.round is not None:
            page.typed.drop(self._desk.key(node.id))
            if page.run.command(composing.take_version, page.ws, page.round, node.id, version):
                page.pane.say(f"已取回第 {version} 版", "ok")
