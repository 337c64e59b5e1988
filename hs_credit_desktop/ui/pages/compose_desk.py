"""Between the draft pane and the ledger: what is shown, typed, ticked and answered."""

from dataclasses import replace

from hs_credit_desktop.domain.composing import Draft
from hs_credit_desktop.domain.composing_changes import move, remap, tick
from hs_credit_desktop.domain.composing_part import DraftPart, part_of
from hs_credit_desktop.domain.composing_phrases import strike_empty
from hs_credit_desktop.domain.composing_stale import (
    Stale,
    keep_old,
    known_keys,
    stale,
    still_stale,
    use_new,
)
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.services import composing, composing_outline, undo
from hs_credit_desktop.services.composing_board import Node, NodeReader
from hs_credit_desktop.services.composing_outline import Opened
from hs_credit_desktop.services.workspace import reading
from hs_credit_desktop.ui import drafts
from hs_credit_desktop.ui.models.compose import SourceRow
from hs_credit_desktop.ui.pages.compose_base import ComposeBase
from hs_credit_desktop.ui.pages.compose_marks import At, Placed, chips_of, marks_of, placed

KEY = "compose:"


class ComposeDesk:
    """The draft in hand: `part` as it stands in the editor, `known` what the clerk has seen.

    Of a long node only a page of the sources is here; known None: all of them have been seen.
    """

    def __init__(self, page: ComposeBase) -> None:
        self._page = page
        self.opened: Opened | None = None
        self._reader: NodeReader | None = None  # of the node in hand, once its pages are turned
        self.part = DraftPart()
        self.known: frozenset[str] | None = frozenset()
        self.stale: tuple[Stale, ...] = ()
        self.stale_at = 0
        self.lit: set[At] = set()
        self.where = Placed({}, ())

    @property
    def node(self) -> Node | None:
        """The node in hand."""
        return self.opened.node if self.opened else None

    @property
    def draft(self) -> Draft:
        """The paragraphs in the editor."""
        return self.part.inner

    # Showing

    def show(self, opened: Opened) -> None:
        """Show a node: what was typed and not saved, else its newest version."""
        again = self.node is not None and self.node.id == opened.node.id
        first, before = self.part.first if again else 0, self.opened
        self._reader = None
        if again and before is not None and before.at and before.rows == opened.rows:
            opened = composing_outline.turned(self._node_reader(), opened, before.at)
        node, self.opened = opened.node, opened
        self.known = (
            node.saved.known if node.saved else None if opened.rows else known_keys(node.sources)
        )
        self.part = part_of(opened.draft, first)
        self.stale_at = 0
        self.lit = set()
        typed = self.typed_words(node.id)
        text = typed if typed and not self.part.outer.paragraphs else self.draft.text
        self._page.pane.edit.show_text(text, keep_undo=again)
        self.refresh()

    def key(self, node_id: str) -> str:
        """Under which the words of a node that are not saved are kept."""
        assert self._page.round is not None
        return f"{KEY}{self._page.round.id}:{node_id}"

    def typed_words(self, node_id: str) -> str:
        """The words of a node that are not saved, '' for none."""
        found = self._page.typed.get(self.key(node_id))
        return found.parts.progress if found else ""

    @property
    def changed(self) -> bool:
        """Whether the draft is not as it was saved."""
        assert self.node is not None
        saved = self.node.saved
        return self.part.whole != self.node.draft or bool(saved and saved.known != self.known)

    def refresh(self) -> None:
        """Show what follows from the draft: stale sentences, ticks, chips, marks."""
        node, page = self.node, self._page
        if self.opened is None or node is None:
            return
        self.stale = self._stale(node)
        self.stale_at = min(self.stale_at, max(len(self.stale) - 1, 0))
        self.where = placed(page.pane.edit.text, self.draft)
        locked = page.locked()
        page.pane.show_head(node, self.part, self.stale, locked)
        page.sources.show_node(self.opened, self.part, self.stale, locked)
        page.pane.edit.show_chips(chips_of(self.draft, self._stale_here(), self.where))
        current = self.stale[self.stale_at] if self.stale else None
        page.pane.strip.show_stale(current, self.stale_at, len(self.stale), locked)
        page.pane.undo.setEnabled(bool(undo.next_undo(page.ws)))
        page.pane.undo.setToolTip(f"撤销：{undo.next_undo(page.ws)}")
        self.mark()

    def _stale(self, node: Node) -> tuple[Stale, ...]:
        """What is stale now; of a long node, of what was found when it was read."""
        if self.known is None:
            return ()
        if not (self.opened and self.opened.rows):
            return stale(self.part.whole, self.known, node.sources, node.parts)
        return still_stale(node.stale, self.part.whole, self.known) if node.stale else ()

    def _stale_here(self) -> list[Stale]:
        """The stale sentences of the paragraphs in the editor, with their places there."""
        first, count = self.part.first, len(self.draft.paragraphs)
        return [
            replace(item, at=(item.at[0] - first, item.at[1]))
            for item in self.stale
            if item.at and 0 <= item.at[0] - first < count
        ]

    def mark(self) -> None:
        """Draw stale, lit and figures."""
        edit = self._page.pane.edit
        edit.show_marks(marks_of(self._stale_here(), self.lit, self.where, edit.text))

    # Turning over a long node

    def turn_sources(self, way: int) -> None:
        """The next or previous page of the sources; read on a worker."""
        opened, ws, round_ = self.opened, self._page.ws, self._page.round
        if opened is None or round_ is None or not 0 <= opened.at + way < opened.pages:
            return

        def look(_job: object) -> Opened:
            with reading(ws) as own:
                reader = NodeReader(own, round_)
                return composing_outline.turned(reader, opened, opened.at + way)

        self._page.run.background(look, lambda found: self._turned(opened, found))

    def _turned(self, before: Opened, opened: Opened) -> None:
        if self.opened is before:
            self.opened = opened
            self.refresh()
            self._page.sources.view.scrollToTop()

    def show_page(self, at: int) -> None:
        """Show a page of the sources at once."""
        if self.opened is not None and at != self.opened.at:
            before = self.opened
            self._turned(before, composing_outline.turned(self._node_reader(), before, at))

    def show_entry(self, entry_id: str) -> None:
        """Show the page of the sources an entry stands on."""
        if self.opened is not None and self.opened.rows:
            self.show_page(composing_outline.page_of(self._node_reader(), self.opened, entry_id))

    def _node_reader(self) -> NodeReader:
        assert self._page.round is not None
        self._reader = self._reader or NodeReader(self._page.ws, self._page.round)
        return self._reader

    def turn_draft(self, way: int) -> None:
        """The next or previous part of a long draft."""
        self.show_paragraph(
            self.part.first + (len(self.draft.paragraphs) if way > 0 else -1), at_start=way > 0
        )

    def show_paragraph(self, paragraph: int, *, at_start: bool = True) -> None:
        """Bring the part of a long draft with that paragraph of the whole into the editor."""
        first, count = self.part.first, len(self.draft.paragraphs)
        inside = first <= paragraph < first + count
        if inside or not 0 <= paragraph < self.part.paragraphs:
            return
        self.part = part_of(self.part.whole, paragraph)
        self.lit = set()
        edit = self._page.pane.edit
        edit.show_text(self.draft.text, keep_undo=False)
        self.refresh()
        edit.go_to(0 if at_start else len(edit.text))

    # Changing

    def edited(self) -> None:
        """The clerk typed: sentences find their sources again, the words are kept."""
        if self.node is None:
            return
        text = self._page.pane.edit.text
        self.part = self.part.edited(remap(text, self.draft, self.node.sources))
        self.keep()
        self.refresh()

    def put(self, draft: Draft) -> None:
        """Another draft in the editor, not saved yet; Ctrl+Z in the field brings the words back."""
        self.part = part_of(draft, self.part.first)
        self._page.pane.edit.show_text(self.draft.text)
        self.keep()
        self.refresh()

    def keep(self) -> None:
        """Keep unsaved words like those of 任务, or forget them when they say nothing new."""
        if self.node is None or self._page.locked():
            return
        key, text = self.key(self.node.id), self._page.pane.edit.text
        if self.part.outer.paragraphs:
            text = self.part.whole.text
        if self.changed and text.strip():
            self._page.typed.put(key, drafts.Draft(FeedbackParts(text)))
        else:
            self._page.typed.drop(key)

    def toggle(self, row: SourceRow) -> None:
        """Take a sentence or leave it out."""
        if self.node is not None and not self._page.locked():
            self._learn(known_keys((row.source,)))
            self.put(
                tick(
                    self.part.whole,
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

    def _learn(self, keys: frozenset[str]) -> None:
        if self.known is not None:
            self.known |= keys

    def take_all(self, *, heads: bool = False) -> None:
        """Every sentence the units sent, composed by rules; heads: the first of each unit."""
        node = self.node
        if node is None or self.opened is None or self._page.locked():
            return
        if not self.opened.rows:
            self._learn(known_keys(node.sources))
            self._taken(node, composing.first_draft(node, heads=heads))
            return
        ws, round_ = self._page.ws, self._page.round
        assert round_ is not None
        self._page.run.background(
            lambda _job: composing.draft_of(ws, round_, node.id, heads=heads),
            lambda draft: self._taken(node, draft, all_seen=True),
            words="正在起草…",
        )

    def _taken(self, node: Node, draft: Draft, *, all_seen: bool = False) -> None:
        if self.node is None or self.node.id != node.id:
            return  # another node has been chosen meanwhile
        if all_seen:
            self.known = None
        self.put(draft)
        self._page.pane.say("已按单位反馈起草，按 Ctrl+S 保存")

    def strike(self) -> None:
        """删套话, on request."""
        before = self.part.characters
        self.put(strike_empty(self.part.whole))
        gone = before - self.part.characters
        self._page.pane.say(f"删去套话 {gone} 字" if gone else "没有找到套话")

    def reorder(self, block: int, to: int) -> None:
        """Move the paragraph of a line to where another one stands."""
        first, second = self.where.paragraph_of(block), self.where.paragraph_of(to)
        moved = move(self.draft, first, second)
        if moved != self.draft and not self._page.locked():
            self.put(self.part.edited(moved).whole)
            edit = self._page.pane.edit
            edit.go_to(self.where.sentences[second, 0][0])

    def step(self, way: int) -> None:
        """Alt+↑/↓: the paragraph of the cursor goes up or down."""
        paragraph = self.where.paragraph_of(self._page.pane.edit.paragraph)
        if paragraph >= 0 and 0 <= paragraph + way < len(self.where.blocks):
            self.reorder(self.where.blocks[paragraph], self.where.blocks[paragraph + way])

    def answer(self, use: bool) -> bool:
        """用新的 or 保留原句, for the stale sentence in the strip; True when it was the last."""
        if not self.stale or self.node is None or self._page.locked():
            return False
        item = self.stale[self.stale_at]
        self.show_entry(item.entry_id)  # a new sentence finds its place among its neighbours
        self._learn(known_keys(item.added))
        whole = self.part.whole
        self.put(use_new(whole, item, self.node.sources) if use else keep_old(whole, item))
        return not self.stale
