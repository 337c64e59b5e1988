"""From a sentence to its sources and back: what is under the mouse, asked about, or stale."""

from hs_credit_desktop.ui.pages.compose_base import ComposeBase
from hs_credit_desktop.ui.pages.compose_desk import ComposeDesk


class ComposeLight:
    """Lights sentences of the draft and rows of the sources that belong together."""

    def __init__(self, page: ComposeBase, desk: ComposeDesk) -> None:
        self._page, self._desk = page, desk

    def light(self, keys: set[tuple[str, str]]) -> None:
        """Light the sentences of the draft that go back to these sources."""
        self._desk.lit = {
            (at, number)
            for at, inner in enumerate(self._desk.draft.paragraphs)
            for number, sentence in enumerate(inner)
            if any(one.key in keys for one in sentence.cited)
        }
        self._desk.mark()

    def hover(self, offset: int) -> None:
        """The sentence under the mouse is lit, its source shown among the sources."""
        desk, view = self._desk, self._page.sources.view
        at = desk.where.sentence_at(offset) if offset >= 0 else None
        lit = {at} if at else set()
        if lit == desk.lit:
            return
        desk.lit = lit
        desk.mark()
        if at:
            sentence = desk.draft.paragraphs[at[0]][at[1]]
            places = self._page.sources.model.places({one.key for one in sentence.cited})
            if places:
                view.scrollTo(self._page.sources.model.index(places[0]))
            view.show_lit(places)
        else:
            view.show_lit([])

    def show_sources(self, block: int) -> None:
        """The paragraph of a line is lit, and its first source is the current one."""
        desk, sources = self._desk, self._page.sources
        paragraph = desk.where.paragraph_of(block)
        if paragraph < 0:
            return
        sentences = desk.draft.paragraphs[paragraph]
        cited = [one for sentence in sentences for one in sentence.cited]
        if cited:
            desk.show_entry(cited[0].entry_id)
        places = sources.model.places({one.key for one in cited})
        if places:
            sources.view.show_row(places[0])
        sources.view.show_lit(places)
        desk.lit = {(paragraph, number) for number in range(len(sentences))}
        desk.mark()

    # Stale sentences

    def next_stale(self, way: int) -> bool:
        """Go to the next stale sentence of the node; False at its end."""
        desk = self._desk
        if not 0 <= desk.stale_at + way < len(desk.stale):
            return False
        desk.stale_at += way
        desk.refresh()
        self.look_at_stale()
        return True

    def look_at_stale(self) -> None:
        """Bring the stale sentence of the strip into sight, in the draft and among the sources."""
        desk, sources = self._desk, self._page.sources
        if not desk.stale:
            return
        item = desk.stale[desk.stale_at]
        desk.show_entry(item.entry_id)
        if item.at:
            desk.show_paragraph(item.at[0])
            here = (item.at[0] - desk.part.first, item.at[1])
            if here in desk.where.sentences:
                self._page.pane.edit.go_to(desk.where.sentences[here][0])
        places = [at for at, row in enumerate(sources.model.rows) if row.fresh]
        mine = [at for at in places if sources.model.rows[at].source.entry_id == item.entry_id]
        if mine or places:
            sources.view.show_row((mine or places)[0])
