"""The fixed parts of a Word file: settings, page set-up, header and footers (ECMA-376)."""

import re
from html import escape

from hs_credit_desktop.reports.content import Document
from hs_credit_desktop.reports.docx_styles import LINE_PITCH, NAMES, RELATIONS, XML_HEAD
from hs_credit_desktop.reports.page import MM, Layout

CREATOR = "信用任务台账"
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RED = "DD0000"
_NUMBER_FROM_BOTTOM = 22.5  # millimetres: the foot line whose dashes stand 7 mm below the 版心
_LANDSCAPE_NUMBER = 12.0
_HEADER_FROM_TOP = 20.0

CONTENT_TYPES = (
    f'{XML_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("header", "header"),
            ("footer-odd", "footer"),
            ("footer-even", "footer"),
            ("footer-first", "footer"),
        )
    )
    + '<Override PartName="/docProps/core.xml" ContentType="application/'
    'vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
PACKAGE_RELATIONS = (
    f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELATIONS = (
    f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>'
        for name, kind in (
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("header", "header"),
            ("footer-odd", "footer"),
            ("footer-even", "footer"),
            ("footer-first", "footer"),
        )
    )
    + "</Relationships>"
)
SETTINGS = (
    f"{XML_HEAD}<w:settings {NAMES}><w:mirrorMargins/><w:evenAndOddHeaders/>"
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
    "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def clean_line(text: str) -> str:
    """Text without what XML cannot hold; blanks at its ends stay."""
    return _NOT_XML.sub("", text)


def words(text: str) -> str:
    """A text as XML: its words stay words, whatever characters they hold."""
    return escape(clean_line(text), quote=False)


def core(document: Document) -> str:
    """Title, author, subject and keywords of the file."""
    author = document.signature.issuer if document.signature else CREATOR
    keywords = "，".join(word for word in document.keywords if word)
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{words(document.title)}</dc:title>"
        f"<dc:creator>{words(author)}</dc:creator>"
        f"<dc:subject>{words(document.subject)}</dc:subject>"
        f"<cp:keywords>{words(keywords)}</cp:keywords>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def header(notice: str) -> str:
    """What every page must say above the text, or nothing."""
    return (
        f'{XML_HEAD}<w:hdr {NAMES}><w:p><w:pPr><w:pStyle w:val="Notice"/></w:pPr>'
        f"<w:r><w:t>{words(notice)}</w:t></w:r></w:p></w:hdr>"
    )


def footer(*, odd: bool) -> str:
    """— 1 —: odd pages right, even pages left, one character in."""
    side = "right" if odd else "left"
    return (
        f'{XML_HEAD}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val="Foot"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="280" w:firstLine="0"/>'
        f'<w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def first_footer() -> str:
    """The foot of a letter's first page: the second red rule and no number."""
    return (
        f'{XML_HEAD}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val="Foot"/>'
        f"{rule(double=True, printed=True)}</w:pPr></w:p></w:ftr>"
    )


def mark_look(size: float, squeeze: float, *, printed: bool) -> str:
    """Run properties of the mark: red, squeezed to fit; white when it is not printed."""
    half = round(size * 2)
    return (
        f'<w:rPr><w:color w:val="{_RED if printed else "FFFFFF"}"/>'
        f'<w:w w:val="{round(squeeze * 100)}"/>'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    )


def rule(*, double: bool, printed: bool) -> str:
    """A red rule below a paragraph: double in letters, none on pre-printed paper."""
    kind = "thickThinSmallGap" if double else "single"
    line = f'<w:bottom w:val="{kind}" w:sz="18" w:space="8" w:color="{_RED}"/>'
    return f"<w:pBdr>{line}</w:pBdr>" if printed else ""


def _twips(millimetres: float) -> int:
    return round(millimetres * MM * 20)


def document(body: str, section: str) -> str:
    """The text with the page set-up of its last pages."""
    return f"{XML_HEAD}<w:document {NAMES}><w:body>{body}{section}</w:body></w:document>"


def section(layout: Layout, *, letter: bool, landscape: bool) -> str:
    """The page set-up of the standard: margins, grid of lines, mirrored footers.

    letter: its first page has a foot of its own. landscape: the page turned, its head at the edge
    where the others are bound.
    """
    first = '<w:footerReference w:type="first" r:id="footer-first"/>' if letter else ""
    top, right, bottom, left = layout.top, layout.fore, layout.bottom, layout.binding
    size = '<w:pgSz w:w="11906" w:h="16838"/>'
    if landscape:
        top, right, bottom, left = left, top, right, bottom
        size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    margins = (
        f'w:top="{_twips(top)}" w:bottom="{_twips(bottom)}" '
        f'w:left="{_twips(left)}" w:right="{_twips(right)}" '
        f'w:header="{_twips(_HEADER_FROM_TOP)}" w:footer="{_twips(_number_from_foot(landscape))}" '
        'w:gutter="0"'
    )
    heads = "".join(
        f'<w:headerReference w:type="{kind}" r:id="header"/>'
        for kind in ("default", "even", "first")
    )
    return (
        f'<w:sectPr>{heads}<w:footerReference w:type="default" r:id="footer-odd"/>'
        f'<w:footerReference w:type="even" r:id="footer-even"/>{first}'
        f'<w:type w:val="nextPage"/>{size}<w:pgMar {margins}/>'
        f"{'<w:titlePg/>' if letter and not landscape else ''}"
        f'<w:docGrid w:type="lines" w:linePitch="{LINE_PITCH}"/></w:sectPr>'
    )


def _number_from_foot(landscape: bool) -> float:
    """Millimetres; the lower margin of a landscape page is too small for the usual place."""
    return _LANDSCAPE_NUMBER if landscape else _NUMBER_FROM_BOTTOM


def colophon_look(width: int, *, ruled: bool) -> str:
    """Properties of the colophon's table: at the foot of the page, rules thick outside."""
    rules = (("top", 8), ("bottom", 8), ("insideH", 6)) if ruled else ()
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for edge, size in rules
    )
    place = (
        '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="left" '
        'w:tblpYSpec="bottom"/>'
    )
    return (
        f'<w:tblPr>{place}<w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
