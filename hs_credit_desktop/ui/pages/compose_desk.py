"""Between the draft pane and the ledger: what is shown, typed, ticked, saved and taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from hs_credit_desktop.domain.composing import Draft
from hs_credit_desktop.domain.composing_changes import move, remap, tick
from hs_credit_desktop.domain.composing_phrases import strike_empty
from hs_credit_desktop.domain.composing_stale import Stale, keep_old, known_keys, stale, use_new
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.services import composing, undo
from hs_credit_desktop.services.composing_board import Node
from hs_credit_desktop.ui import drafts
from hs_credit_desktop.ui.models.compose import SourceRow
from hs_credit_desktop.ui.pages.compose_marks import Placed, chips_of, marks_of, placed

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.compose import ComposePage

KEY = "compose:"


class ComposeDesk:
    """The draft in hand: `draft` as it stands in the editor, `known` what the clerk has seen."""

    def __init__(self, page: "ComposePage") -> None:
        self._page = page
        self.node: Node | None = None
        self.draft = Draft()
        self.known: frozenset[str] = frozenset()
        self.stale: tuple[Stale, ...] = ()
        self.stale_at = 0
        self.lit: set[tuple[int, int]] = set()
        self.where = Placed({}, ())

    # Showing

    def show(self, node: Node) -> None:
        """Show a node: what was typed and not saved, else its newest version."""
        again = self.node is not None and self.node.id == node.id
        self.node = node
        self.known = node.saved.known if node.saved else known_keys(node.sources)
        typed = self._typed(node.id)
        self.draft = remap(typed, node.draft, node.sources) if typed else node.draft
        self.stale_at = 0
        self.lit = set()
        self._page.pane.edit.show_text(typed or node.draft.text, keep_undo=again)
        self.refresh()

    def _key(self, node_id: str) -> str:
        assert self._page.round is not None
        return f"{KEY}{self._page.round.id}:{node_id}"

    def _typed(self, node_id: str) -> str:
        found = self._page.drafts.get(self._key(node_id))
        return found.parts.progress if found else ""

    def typed_nodes(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The nodes of the round with words that are not saved."""
        return tuple(one for one in ids if self._key(one) in self._page.drafts)

    @property
    def changed(self) -> bool:
        """Whether the draft is not as it was saved."""
        assert self.node is not None
        saved = self.node.saved
        return self.draft != self.node.draft or bool(saved and saved.known != self.known)

    def refresh(self) -> None:
        """Show what follows from the draft: stale sentences, ticks, chips, marks."""
        node, page = self.node, self._page
        if node is None:
            return
        self.stale = stale(self.draft, self.known, node.sources, node.parts)
        self.stale_at = min(self.stale_at, max(len(self.stale) - 1, 0))
        self.where = placed(page.pane.edit.text, self.draft)
        locked = page.locked()
        page.pane.show_head(node, self.draft, self.stale, locked)
        page.sources.show_node(node, self.draft, self.stale, locked)
        page.pane.edit.show_chips(chips_of(self.draft, self.stale, self.where))
        current = self.stale[self.stale_at] if self.stale else None
        page.pane.strip.show_stale(current, self.stale_at, len(self.stale), locked)
        page.pane.undo.setEnabled(bool(undo.next_undo(page.ws)))
        page.pane.undo.setToolTip(f"撤销：{undo.next_undo(page.ws)}")
        self.mark()

    def mark(self) -> None:
        """Draw stale, lit and figures."""
        edit = self._page.pane.edit
        edit.show_marks(marks_of(self.stale, self.lit, self.where, edit.text))

    # Changing

    def edited(self) -> None:
        """The clerk typed: sentences find their sources again, the words are kept."""
        if self.node is None:
            return
        text = self._page.pane.edit.text
        self.draft = remap(text, self.draft, self.node.sources)
        self.keep()
        self.refresh()

    def put(self, draft: Draft) -> None:
        """Another draft in the editor, not saved yet; Ctrl+Z in the field brings the words back."""
        self.draft = draft
        self._page.pane.edit.show_text(draft.text)
        self.keep()
        self.refresh()

    def keep(self) -> None:
        """Keep unsaved words like those of 任务, or forget them when they say nothing new."""
        if self.node is None or self._page.locked():
            return
        key, text = self._key(self.node.id), self._page.pane.edit.text
        if self.changed and text.strip():
            self._page.drafts.put(key, drafts.Draft(FeedbackParts(text)))
        else:
            self._page.drafts.drop(key)

    def toggle(self, row: SourceRow) -> None:
        """Take a sentence or leave it out."""
        if self.node is not None and not self._page.locked():
            self.known |= known_keys((row.source,))
            self.put(
                tick(
                    self.draft,
                    row.source,
                    [
                        one
                        for one in self.node.sources
                        if one.part in self.node.parts or one == row.source
                    ],
                    taken=not row.taken,
                    labelled=not self.node.is_measure,
                )
            )

    def take_all(self, *, heads: bool = False) -> None:
        """Every sentence the units sent, composed by rules; heads: the first of each unit."""
        if self.node is not None and not self._page.locked():
            self.known |= known_keys(self.node.sources)
            self.put(composing.first_draft(self.node, heads=heads))
            self._page.pane.say("已按单位反馈起草，按 Ctrl+S 保存")

    def strike(self) -> None:
        """删套话, on request."""
        before = len(self.draft.text)
        self.put(strike_empty(self.draft))
        gone = before - len(self.draft.text)
        self._page.pane.say(f"删去套话 {gone} 字" if gone else "没有找到套话")

    def reorder(self, block: int, to: int) -> None:
        """Move the paragraph of a line to where another one stands."""
        first, second = self.where.paragraph_of(block), self.where.paragraph_of(to)
        moved = move(self.draft, first, second)
        if moved != self.draft and not self._page.locked():
            self.put(moved)
            edit = self._page.pane.edit
            edit.go_to(self.where.sentences[second, 0][0])

    def step(self, way: int) -> None:
        """Alt+↑/↓: the paragraph of the cursor goes up or down."""
        paragraph = self.where.paragraph_of(self._page.pane.edit.paragraph)
        if paragraph >= 0 and 0 <= paragraph + way < len(self.where.blocks):
            self.reorder(self.where.blocks[paragraph], self.where.blocks[paragraph + way])

    # Stale sentences

    def answer(self, use: bool) -> None:
        """用新的 or 保留原句, for the stale sentence in the strip."""
        if not self.stale or self.node is None or self._page.locked():
            return
        item = self.stale[self.stale_at]
        self.known |= known_keys(item.added)
        if use:
            self.put(use_new(self.draft, item, self.node.sources))
        else:
            self.put(keep_old(self.draft, item))
        if not self.stale:
            self.save()

    def next_stale(self, way: int) -> bool:
        """Go to the next stale sentence of the node; False at its end."""
        if not 0 <= self.stale_at + way < len(self.stale):
            return False
        self.stale_at += way
        self.refresh()
        self.look_at_stale()
        return True

    def look_at_stale(self) -> None:
        """Bring the stale sentence of the strip into sight, in the draft and among the sources."""
        if not self.stale:
            return
        item = self.stale[self.stale_at]
        if item.at in self.where.sentences:
            self._page.pane.edit.go_to(self.where.sentences[item.at][0])
        places = [at for at, row in enumerate(self._page.sources.model.rows) if row.fresh]
        if places:
            self._page.sources.view.show_row(places[min(self.stale_at, len(places) - 1)])

    # Looking

    def light(self, keys: set[tuple[str, str]]) -> None:
        """Light the sentences of the draft that go back to these sources."""
        self.lit = {
            (at, number)
            for at, inner in enumerate(self.draft.paragraphs)
            for number, sentence in enumerate(inner)
            if any(one.key in keys for one in sentence.cited)
        }
        self.mark()

    def hover(self, offset: int) -> None:
        """The sentence under the mouse is lit, its source shown among the sources."""
        at = self.where.sentence_at(offset) if offset >= 0 else None
        lit = {at} if at else set()
        if lit == self.lit:
            return
        self.lit = lit
        self.mark()
        if at:
            sentence = self.draft.paragraphs[at[0]][at[1]]
            places = self._page.sources.model.places({one.key for one in sentence.cited})
            view = self._page.sources.view
            if places:
                view.scrollTo(self._page.sources.model.index(places[0]))
            view.show_lit(places)
        else:
            self._page.sources.view.show_lit([])

    def show_sources(self, block: int) -> None:
        """The paragraph of a line is lit, and its first source is the current one."""
        paragraph = self.where.paragraph_of(block)
        if paragraph < 0:
            return
        sentences = self.draft.paragraphs[paragraph]
        keys = {one.key for sentence in sentences for one in sentence.cited}
        places = self._page.sources.model.places(keys)
        if places:
            self._page.sources.view.show_row(places[0])
        self._page.sources.view.show_lit(places)
        self.lit = {(paragraph, number) for number in range(len(sentences))}
        self.mark()

    # Saving

    def save(self) -> bool:
        """Save the draft as the next version; True when nothing is left unsaved."""
        node, page = self.node, self._page
        if node is None or page.locked() or page.round is None:
            return False
        if not self.changed:
            page.pane.say("没有改动" if node.saved else "还没有内容可以保存")
            return True
        page.drafts.drop(self._key(node.id))
        done = page.run.command(
            composing.save, page.ws, page.round, node.id, self.draft, known=self.known
        )
        if not done:
            self.keep()
            return False
        page.drafts.write()
        page.pane.say(f"已保存 {page.ws.clock.now():%H:%M}", "ok")
        return True

    def undo(self) -> None:
        """Take the last step back."""
        self._page.run.command(undo.undo, self._page.ws)

    def ask_version(self) -> None:
        """The versions of the draft; choosing one brings it back as the newest."""
        node, page = self.node, self._page
        if node is None or page.round is None or node.saved is None:
            return
        menu = QMenu(page)
        menu.setAccessibleName("汇总稿的版本")
        for saved in composing.versions(page.ws, page.round, node.id):
            count = len("".join(saved.draft.text.split()))
            words = f"第 {saved.version} 版　{saved.saved_at:%m-%d %H:%M}　{count} 字"
            action = QAction(words + ("（现在的）" if saved.id == node.saved.id else ""), menu)
            action.setEnabled(saved.id != node.saved.id and not page.locked())
            action.triggered.connect(lambda _=False, at=saved.version: self.take_version(at))
            menu.addAction(action)
        button = page.pane.versions
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        self.menu = menu

    def take_version(self, version: int) -> None:
        """Bring an older version back."""
        node, page = self.node, self._page
        if node is not None and page.round is not None:
            page.drafts.drop(self._key(node.id))
            if page.run.command(composing.take_version, page.ws, page.round, node.id, version):
                page.pane.say(f"已取回第 {version} 版", "ok")
