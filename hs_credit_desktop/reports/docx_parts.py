"""The fixed parts of a Word file: styles, settings, page set-up, header and footers (ECMA-376)."""

import re
from html import escape

from hs_credit_desktop.reports.content import Document
from hs_credit_desktop.reports.page import MM, PAGE_NUMBER_SIZE, TITLE_LEADING, TITLE_SIZE, Layout

CREATOR = "信用任务台账"
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES = f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}"'
# Fonts that every Windows has; offices with the GB2312 faces have them under the second name.
FANG, KAI, HEI, SONG, XIAO = "仿宋", "楷体", "黑体", "宋体", "方正小标宋简体"
_OTHER_NAMES = {
    FANG: "仿宋_GB2312",
    KAI: "楷体_GB2312",
    HEI: "SimHei",
    SONG: "SimSun",
    XIAO: "宋体",
}
_RED = "DD0000"
_NUMBER_FROM_BOTTOM = 22.5  # millimetres: the foot line whose dashes stand 7 mm below the 版心
_LANDSCAPE_NUMBER = 12.0
_HEADER_FROM_TOP = 20.0
COLOPHON_INSET = 280  # twips: one character of 4号
# 16 pt type a quarter point closer: 28 characters in 156 mm, in Word, WPS and LibreOffice.
_TIGHTER = -5  # twentieths of a point
_NO_GAPS = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'  # beside figures and letters
_LINE = 579  # 28.95 pt; 29.0 gives 21 lines in LibreOffice

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
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
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{name}.xml"/>'
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
    f"{_HEAD}<w:settings {_NAMES}><w:mirrorMargins/><w:evenAndOddHeaders/>"
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
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{words(document.title)}</dc:title>"
        f"<dc:creator>{words(author)}</dc:creator>"
        f"<dc:subject>{words(document.subject)}</dc:subject>"
        f"<cp:keywords>{words(keywords)}</cp:keywords>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def font_table() -> str:
    """The faces with the other name under which an office may have them."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _OTHER_NAMES.items()
    )
    return f"{_HEAD}<w:fonts {_NAMES}>{fonts}</w:fonts>"


def _face(font: str, size: float, tighter: int = 0) -> str:
    """Run properties that name the font for every script, so that no theme font comes in."""
    names = " ".join(f'w:{kind}="{font}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    spacing = f'<w:spacing w:val="{tighter}"/>' if tighter else ""
    half = round(size * 2)
    return (
        f'<w:rPr><w:rFonts {names} w:hint="eastAsia"/><w:color w:val="000000"/>{spacing}'
        f'<w:kern w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    )


def _style(key: str, name: str, paragraph: str, run: str, *, based: bool = True) -> str:
    default = ' w:default="1"' if key == "Normal" else ""
    base = '<w:basedOn w:val="Normal"/>' if based else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{base}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr>{run}</w:style>"
    )


def styles(layout: Layout) -> str:
    """All styles: body on the grid, four levels, title, annex label, tables."""
    size = layout.size
    body = _face(FANG, size, _TIGHTER)
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{_LINE}" w:lineRule="exact"/>'
    flush = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    two = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    keep = "<w:keepNext/>"
    levels = "".join(
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'{keep}{exact}<w:outlineLvl w:val="{level - 1}"/>',
            _face(font, size, _TIGHTER),
        )
        for level, font in ((1, HEI), (2, KAI), (3, FANG), (4, FANG))
    )
    title = (
        f'{keep}<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" '
        f'w:line="{round(TITLE_LEADING * 20)}" w:lineRule="exact"/>{flush}<w:jc w:val="center"/>'
    )
    table = (
        '<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="340" '
        f'w:lineRule="atLeast"/>{flush}'
    )
    return (
        f"{_HEAD}<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FANG}" w:hAnsi="{FANG}" w:eastAsia="{FANG}" w:cs="{FANG}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        + _style(
            "Normal",
            "Normal",
            f'<w:widowControl/>{_NO_GAPS}{exact}{two}<w:jc w:val="both"/>',
            body,
            based=False,
        )
        + _style("Flush", "顶格", flush, "")
        + levels
        + _style("Title", "Title", title, _face(XIAO, TITLE_SIZE))
        + _style("AnnexLabel", "附件", f"<w:pageBreakBefore/>{flush}", _face(HEI, size, _TIGHTER))
        + _style("TableText", "表格文字", table, _face(FANG, 12))
        + _style("TableHead", "表格标题", f"{keep}{table}", _face(HEI, 12))
        + _style("TableTextSmall", "表格小字", table, _face(FANG, 10.5))
        + _style("TableHeadSmall", "表格小字标题", f"{keep}{table}", _face(HEI, 10.5))
        + _style("Colophon", "版记", _colophon("280", "0"), _face(FANG, 14))
        + _style("ColophonCopies", "抄送", _colophon("1120", "840"), _face(FANG, 14))
        + _style("Tiny", "版记后", _gap(1), _face(FANG, 1))
        + _style("BelowTable", "表后", _gap(12), _face(FANG, 1))
        + _style("Mark", "发文机关标志", f"{_single()}{flush}", _face(XIAO, TITLE_SIZE))
        + _style("Foot", "页码", f"{_single()}{flush}", _face(SONG, PAGE_NUMBER_SIZE))
        + _style("Notice", "页眉说明", f'{_single()}{flush}<w:jc w:val="center"/>', _face(KAI, 12))
        + f'<w:style w:type="character" w:styleId="Lead"><w:name w:val="单位"/>'
        f"{_face(KAI, size, _TIGHTER)}</w:style>" + _table_style() + "</w:styles>"
    )


def _gap(points: int) -> str:
    """A paragraph for distance alone, so many points high."""
    return (
        f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{points * 20}" '
        'w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
    )


def _colophon(left: str, hanging: str) -> str:
    """One character free on both sides; further lines of 抄送 stand under the first name."""
    return (
        '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="560" '
        f'w:lineRule="exact"/><w:ind w:left="{left}" w:right="{COLOPHON_INSET}" '
        f'w:hanging="{hanging}"/><w:jc w:val="left"/>'
    )


def _single() -> str:
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return f'<w:snapToGrid w:val="0"/>{spacing}'


def _table_style() -> str:
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="表格"/><w:tblPr>'
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )


def header(notice: str) -> str:
    """What every page must say above the text, or nothing."""
    return (
        f'{_HEAD}<w:hdr {_NAMES}><w:p><w:pPr><w:pStyle w:val="Notice"/></w:pPr>'
        f"<w:r><w:t>{words(notice)}</w:t></w:r></w:p></w:hdr>"
    )


def footer(*, odd: bool) -> str:
    """— 1 —: odd pages right, even pages left, one character in."""
    side = "right" if odd else "left"
    return (
        f'{_HEAD}<w:ftr {_NAMES}><w:p><w:pPr><w:pStyle w:val="Foot"/>'
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
        f'{_HEAD}<w:ftr {_NAMES}><w:p><w:pPr><w:pStyle w:val="Foot"/>'
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
    return f"{_HEAD}<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>"


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
        f'<w:docGrid w:type="lines" w:linePitch="{_LINE}"/></w:sectPr>'
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
