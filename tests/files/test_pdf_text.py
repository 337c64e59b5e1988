"""PDF with a text layer: words in the order of the page; what has none is refused."""

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from hs_credit_desktop.domain.reading import FileKind, FindingKind
from hs_credit_desktop.domain.return_code import make
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files import notice_source, pdf_text
from hs_credit_desktop.files.read_return import read_return
from tests.files.paper import paper


def pdf(*pages: list[tuple[float, float, str]], password: str = "") -> bytes:
    """Pages with pieces of Latin text at (x, y) in points, drawn in this order."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, encrypt=password or None)
    for page in pages:
        for x, y, words in page:
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_lines_from_top_to_bottom_whatever_the_order(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf(
            [(90, 700, "second"), (90, 720, "first"), (200, 700, "right"), (90, 680, "third")],
            [(90, 720, "next page"), (90, 700, "b"), (90, 680, "c"), (90, 620, "after a gap")],
        )
    )
    source = notice_source.read(path)
    assert source.format == "pdf"
    assert source.text == "first\nsecondright\nthird\n\nnext page\nb\nc\n\nafter a gap"


def test_one_line_alone() -> None:
    assert pdf_text.pdf_text("a.pdf", pdf([(90, 720, "one")], [])) == "one"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "已损坏或设有密码"),
        (pdf([(9, 9, "a")], password="x"), "已损坏或设有密码"),
        (pdf([]), "扫描件"),
        (pdf(*[[(9, 9, "a")]] * 3), "3 页"),
        (pdf([(9, 9, "a" * 30)]), "文字太多"),
    ],
)
def test_what_cannot_be_read(data: bytes, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "MAX_PAGES", 2)
    monkeypatch.setattr(pdf_text, "MAX_CHARACTERS", 20)
    with pytest.raises(UserError) as caught:
        pdf_text.pdf_text("a.pdf", data)
    assert said in str(caught.value)


LONG = "按照方案要求，建立信用承诺、信用公示、信用修复三本台账，逐条明确责任科室和时限，" * 3


def test_a_return_as_pdf_is_a_free_report() -> None:
    paragraphs = [
        "市财政局关于信用工作的情况汇报",
        "一、完善信用制度",
        f"{LONG}全部完成。",
        "二、推进信用监管",
        f"{LONG}成效明显。",
    ]
    reading = read_return("汇报.pdf", paper(paragraphs))
    assert reading.kind is FileKind.DOCUMENT
    assert list(reading.paragraphs) == paragraphs
    assert reading.findings == ()


def test_the_code_on_a_printed_form_is_seen() -> None:
    code = str(make(2024, 2, 6))
    reading = read_return("汇报.pdf", paper([f"回执码：{code}", "进展情况良好。"]))
    assert any(code in words for _, words in reading.codes)


def test_a_pdf_without_text_is_a_scan_and_a_broken_one_is_refused() -> None:
    scan = read_return("扫描.pdf", pdf([]))
    assert (scan.kind, scan.findings[0].kind) == (FileKind.SCAN, FindingKind.TO_TYPE)
    locked = read_return("锁.pdf", pdf([(9, 9, "a")], password="x"))
    assert locked.kind is FileKind.UNREADABLE
    assert "设有密码" in locked.findings[0].text
