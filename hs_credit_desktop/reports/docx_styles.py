"""The styles of a Word file: each names its font for every script and stands on the grid."""

from hs_credit_desktop.reports.page import PAGE_NUMBER_SIZE, TITLE_LEADING, TITLE_SIZE, Layout

XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = f'xmlns:w="{_MAIN}" xmlns:r="{RELATIONS}"'
# Fonts that every Windows has; offices with the GB2312 faces have them under the second name.
FANG, KAI, HEI, SONG, XIAO = "仿宋", "楷体", "黑体", "宋体", "方正小标宋简体"
_OTHER_NAMES = {
    FANG: "仿宋_GB2312",
    KAI: "楷体_GB2312",
    HEI: "SimHei",
    SONG: "SimSun",
    XIAO: "宋体",
}
COLOPHON_INSET = 280  # twips: one character of 4号
# 16 pt type a quarter point closer: 28 characters in 156 mm, in Word, WPS and LibreOffice.
_TIGHTER = -5  # twentieths of a point
_NO_GAPS = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'  # beside figures and letters
LINE_PITCH = 579  # 28.95 pt; 29.0 gives 21 lines in LibreOffice


def font_table() -> str:
    """The faces with the other name under which an office may have them."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _OTHER_NAMES.items()
    )
    return f"{XML_HEAD}<w:fonts {NAMES}>{fonts}</w:fonts>"


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
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{LINE_PITCH}" w:lineRule="exact"/>'
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
        f"{XML_HEAD}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>"
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
