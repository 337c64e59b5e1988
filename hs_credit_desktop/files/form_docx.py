"""Writes one unit's return form as a Word document: content controls for the answers, codes around.

The parts are written directly: a form is one page of plain tables, and Word, WPS and LibreOffice
read this small set alike.
"""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from hs_credit_desktop.domain.form import (
    CODE_LABEL,
    COMPLETIONS,
    EXAMPLE,
    FOOTER_LABELS,
    HEADINGS,
    IDENTITY_NAME,
    PLACEHOLDER,
    STAMP_LABEL,
    UNIT_LABEL,
    FormRow,
    ReturnForm,
    instructions,
)
from hs_credit_desktop.domain.returns import TEXTS, FeedbackParts
from hs_credit_desktop.domain.text import clean

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LABEL_WIDTH, _ANSWER_WIDTH = 1700, 12300  # twentieths of a point; together A4 landscape
_MAIN = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "/word/document.xml": f"{_MAIN}.wordprocessingml.document.main+xml",
    "/word/styles.xml": f"{_MAIN}.wordprocessingml.styles+xml",
    "/word/header1.xml": f"{_MAIN}.wordprocessingml.header+xml",
    "/word/footer1.xml": f"{_MAIN}.wordprocessingml.footer+xml",
    "/docProps/custom.xml": f"{_MAIN}.custom-properties+xml",
}
_FORM_SPACE = "urn:hs-credit:return-form"


def write_form_docx(form: ReturnForm) -> bytes:
    """The document's bytes; no macros, nothing linked from outside."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in _parts(form).items():
            package.writestr(name, _HEAD + xml)
    return target.getvalue()


def _parts(form: ReturnForm) -> dict[str, str]:
    said = escape(str(form.identity))
    return {
        "[Content_Types].xml": content_types(*_TYPES),
        "_rels/.rels": relations(
            (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            (f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
        ),
        "docProps/custom.xml": (
            f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
            f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" '
            f'name="{IDENTITY_NAME}"><vt:lpwstr>{said}</vt:lpwstr></property></Properties>'
        ),
        "word/_rels/document.xml.rels": relations(
            (f"{_OFFICE}/relationships/styles", "styles.xml"),
            (f"{_OFFICE}/relationships/header", "header1.xml"),
            (f"{_OFFICE}/relationships/footer", "footer1.xml"),
            (f"{_OFFICE}/relationships/customXml", "../customXml/item1.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/header1.xml": f"<w:hdr {_W}>{_line(_code(form), align='right', size=18)}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_W}>{_footer(form)}</w:ftr>",
        "customXml/item1.xml": f'<form xmlns="{_FORM_SPACE}">{said}</form>',
        "word/document.xml": _document(form),
    }


def content_types(*parts: str) -> str:
    """[Content_Types].xml for the named parts."""
    items = "".join(f'<Override PartName="{part}" ContentType="{_TYPES[part]}"/>' for part in parts)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )


def relations(*links: tuple[str, str]) -> str:
    """A relations part: (kind, target), numbered rId1, rId2 …"""
    items = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/>'
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        '<w:sz w:val="21"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style></w:styles>"
    )


def _code(form: ReturnForm) -> str:
    return f"{CODE_LABEL}：{form.identity.code}"


def _footer(form: ReturnForm) -> str:
    pages = (
        '<w:r><w:t xml:space="preserve">　第 </w:t></w:r>'
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> 页</w:t></w:r>'
    )
    words = f"{form.unit_name}　{_code(form)}"
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_run(words, size=18)}{pages}</w:p>'


def _run(text: str, *, size: int = 21, bold: bool = False, grey: bool = False) -> str:
    """Runs of one paragraph; line feeds become breaks. size in half points."""
    look = (
        ("<w:b/>" if bold else "")
        + ('<w:color w:val="6B7280"/>' if grey else "")
        + f'<w:sz w:val="{size}"/>'
    )
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r>"


def _line(
    text: str, *, align: str = "left", size: int = 21, bold: bool = False, grey: bool = False
) -> str:
    runs = _run(clean(text), size=size, bold=bold, grey=grey)
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _document(form: ReturnForm) -> str:
    head = [
        _line(form.title, align="center", size=32, bold=True),
        _line(f"{UNIT_LABEL}：{form.unit_name}　{form.due_words}　{_code(form)}", align="center"),
        _line(f"对应通知：{form.notice_title}", align="center", size=18, grey=True),
    ]
    blocks = [_block(row, form.answers.get(row.number)) for row in form.rows]
    tail = [
        _who(form),
        _line(STAMP_LABEL + "　　　　年　　月　　日", align="right"),
        *(_line("") for _ in range(4)),
        *(_line(text, size=18, grey=True) for text in ("怎样填写", *instructions(form))),
        _line(f"示例：{EXAMPLE['progress']}", size=18, grey=True),
    ]
    references = (
        '<w:headerReference w:type="default" r:id="rId2"/>'
        '<w:footerReference w:type="default" r:id="rId3"/>'
    )
    page = (
        f'<w:sectPr>{references}<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1134" w:right="1418" w:bottom="1134" w:left="1418" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    body = "".join([*head, *blocks, *tail, page])
    return (
        f'<w:document {_W} xmlns:r="{_OFFICE}/relationships"><w:body>{body}</w:body></w:document>'
    )


def _block(row: FormRow, answer: FeedbackParts | None) -> str:
    """One measure: its heading, then a table of label and answer."""
    given = answer or FeedbackParts()
    rows = [
        _table_row("原文", _line(row.text, size=18)),
        _table_row("责任", _line(row.role, size=18)),
        *([_table_row(HEADINGS["last"], _grey(row.last_words))] if row.last_words else []),
        *(
            _table_row(HEADINGS[key], _control(row, key, getattr(given, key)), tall=True)
            for key in TEXTS
        ),
        _table_row(HEADINGS["completion"], _choice(row, given)),
        _table_row(HEADINGS["figures"], _control(row, "figures", "")),
    ]
    return _line(row.heading, size=24, bold=True) + _table(rows)


def _grey(text: str) -> str:
    return "".join(_line(part, size=18, grey=True) for part in text.split("\n"))


def _table(rows: list[str]) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA3AF"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_LABEL_WIDTH + _ANSWER_WIDTH}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_LABEL_WIDTH}"/>'
        f'<w:gridCol w:w="{_ANSWER_WIDTH}"/></w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _table_row(label: str, content: str, *, tall: bool = False) -> str:
    height = f'<w:trPr><w:trHeight w:val="{900 if tall else 340}"/></w:trPr>'
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F1F3F6"/>'
    return (
        f'<w:tr>{height}<w:tc><w:tcPr><w:tcW w:w="{_LABEL_WIDTH}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{_line(label, bold=True)}</w:tc>"
        f'<w:tc><w:tcPr><w:tcW w:w="{_ANSWER_WIDTH}" w:type="dxa"/></w:tcPr>{content}</w:tc></w:tr>'
    )


def _control(row: FormRow, key: str, text: str) -> str:
    """A content control that cannot be deleted; an empty one shows the placeholder."""
    plain = "" if text else "<w:showingPlcHdr/>"
    kind = f"{plain}<w:richText/>"  # plain-text controls are multiplied by LibreOffice 7.4
    return _sdt(f"{row.number}.{key}", HEADINGS[key], kind, text)


def _choice(row: FormRow, answer: FeedbackParts) -> str:
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(word)} w:value={quoteattr(word)}/>"
        for word in COMPLETIONS
    )
    chosen = answer.completion.label if answer.completion else ""
    kind = ("" if chosen else "<w:showingPlcHdr/>") + f"<w:dropDownList>{items}</w:dropDownList>"
    return _sdt(f"{row.number}.completion", HEADINGS["completion"], kind, chosen)


def _sdt(tag: str, title: str, kind: str, text: str) -> str:
    """Inside its paragraph: around paragraphs LibreOffice multiplies the text when it saves."""
    inner = _run(clean(text)) if text else _run(PLACEHOLDER, grey=True)
    return (
        f"<w:p><w:sdt><w:sdtPr><w:alias w:val={quoteattr(title)}/><w:tag w:val={quoteattr(tag)}/>"
        f'<w:lock w:val="sdtLocked"/>{kind}</w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt></w:p>"
    )


def _who(form: ReturnForm) -> str:
    """填报人, 联系电话, 审核人, 填报日期: label and answer in a table of their own."""
    given = {"filled_by": form.filled_by, "phone": form.phone}
    labels = {**FOOTER_LABELS, "day": "填报日期"}
    return _line("") + _table(
        [_table_row(label, _line(given.get(key, ""))) for key, label in labels.items()]
    )
