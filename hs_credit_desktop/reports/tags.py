"""Structure of a PDF: what is heading, paragraph or table cell (ISO 32000-1, 14.7 and 14.8).

Programs that read a page aloud, or turn it into another format, need it. What only fills the page
(rules, page numbers, repeated heads of tables) is marked as artifact.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc

# Title is a type of PDF 2.0; older readers take it for a paragraph.
_ROLES = "<< /Title /P >>"
_ATTRIBUTES = {"TH": " /A << /O /Table /Scope /Column >>"}


@dataclass(eq=False, slots=True)
class Element:
    """A piece of the document. kind: Title, H1–H4, P, Table, TR, TH or TD.

    kids: elements inside it, and (page from 0, number of a marked stretch there) for its own text.
    """

    kind: str
    parent: "Element | None" = None
    kids: list["Element | tuple[int, int]"] = field(default_factory=list)
    placed: bool = False


class Tags:
    """The structure of one file, put together while its pages are drawn."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self.root = Element("Document", placed=True)
        self.pages: list[list[Element]] = [[]]
        canvas.tags = self

    def begin(self, element: Element) -> None:
        """What is drawn next belongs to the element; it takes its place at its first stretch."""
        self._place(element)
        page = self.pages[-1]
        element.kids.append((len(self.pages) - 1, len(page)))
        self.canvas.addLiteral(f"/{element.kind} <</MCID {len(page)}>> BDC")
        page.append(element)

    def end_page(self) -> None:
        """The next stretch stands on the next page."""
        self.pages.append([])

    def finish(self) -> None:
        """Write the tree into the file; the canvas is saved afterwards."""
        document = self.canvas._doc
        tree = _Raw()
        elements = list(_inside(self.root))
        raws = [_Raw() for _ in elements]
        top = _number(document, tree)
        numbers = {one: _number(document, raw) for one, raw in zip(elements, raws, strict=True)}
        pages = [_number(document, page) for page in document.Pages.pages]
        for one, raw in zip(elements, raws, strict=True):
            raw.text = _said(one, numbers, pages, top)
        tree.text = _tree(self.pages, numbers, numbers[self.root])
        for at, page in enumerate(document.Pages.pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = at, pdfdoc.PDFName("S")
        document.Catalog.StructTreeRoot = tree
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})

    def _place(self, element: Element) -> None:
        if not element.placed:
            element.placed = True
            element.parent = element.parent or self.root
            self._place(element.parent)
            element.parent.kids.append(element)


def begin(canvas: Any, element: Element | None) -> bool:
    """Mark what is drawn next, if the file has a structure; whether `end` must follow."""
    tags: Tags | None = getattr(canvas, "tags", None)
    if tags is None:
        return False
    if element is None:
        canvas.addLiteral("/Artifact BMC")
    else:
        tags.begin(element)
    return True


def end(canvas: Any) -> None:
    """The marked stretch is over."""
    canvas.addLiteral("EMC")


@contextmanager
def marked(canvas: Any, element: Element | None = None) -> Iterator[None]:
    """All that is drawn inside belongs to the element, or is an artifact without one."""
    open_ = begin(canvas, element)
    yield
    if open_:
        end(canvas)


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object of the file that is written as it stands: a thousand pages have many."""

    __RefOnly__ = 1
    text = ""

    def format(self, _document: Any) -> bytes:
        """Bytes between obj and endobj."""
        return self.text.encode("ascii")


def _inside(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _inside(kid)


def _number(document: Any, thing: Any) -> int:
    """The number of an object of the file, given now if it has none."""
    number: int = document.idToObjectNumberAndVersion[document.Reference(thing).name][0]
    return number


def _said(element: Element, numbers: dict[Element, int], pages: Sequence[int], top: int) -> str:
    """The dictionary of an element: type, parent, page of its first stretch, kids."""
    own = [kid for kid in element.kids if isinstance(kid, tuple)]
    page = own[0][0] if own else None
    kids = " ".join(_kid(kid, page, numbers, pages) for kid in element.kids)
    parent = numbers[element.parent] if element.parent else top
    where = f" /Pg {pages[page]} 0 R" if page is not None else ""
    more = _ATTRIBUTES.get(element.kind, "")
    return f"<< /Type /StructElem /S /{element.kind} /P {parent} 0 R{where}{more} /K [{kids}] >>"


def _kid(
    kid: Element | tuple[int, int],
    page: int | None,
    numbers: dict[Element, int],
    pages: Sequence[int],
) -> str:
    if isinstance(kid, Element):
        return f"{numbers[kid]} 0 R"
    at, mark = kid
    if at == page:
        return str(mark)
    return f"<< /Type /MCR /Pg {pages[at]} 0 R /MCID {mark} >>"


def _tree(pages: Sequence[Sequence[Element]], numbers: dict[Element, int], root: int) -> str:
    """The root of the structure; its parent tree leads from each stretch to its element."""
    parents = " ".join(
        f"{at} [{' '.join(f'{numbers[one]} 0 R' for one in page)}]" for at, page in enumerate(pages)
    )
    return (
        f"<< /Type /StructTreeRoot /K {root} 0 R /RoleMap {_ROLES} "
        f"/ParentTree << /Nums [{parents}] >> /ParentTreeNextKey {len(pages)} >>"
    )
