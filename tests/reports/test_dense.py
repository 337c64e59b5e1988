"""What the office must never see, on a thousand random paragraphs and every place of a seal."""

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import pytest

from hs_credit_desktop import paths
from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.content import Document, Head, Signature, paragraph
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import GridRows, Piece, cells, typeset, with_orphans_kept
from hs_credit_desktop.reports.ink import Row
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.linebreak import HALF, NO_END, NO_START
from hs_credit_desktop.reports.page import MM, PRESETS, STANDARD, Layout
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.pieces import whole_pieces
from hs_credit_desktop.reports.redhead import head_depth
from hs_credit_desktop.reports.seal import CENTRE_ABOVE
from hs_credit_desktop.reports.setting import body_style, document_flow

STOCK = (
    *"信用建设责任单位社会体系数据共享推进落实，。、；：！？",
    *("（试行）", "《方案》", "“双公示”", "〔2024〕1号", "——", "……", "3000余家", "8.5个百分点"),
    *("2024年", "12.6万条", "1—2个", "98.5%", "AEO", "App", "Wi-Fi", "12345热线", "，“", "》）"),
    *("国家金融监督管理总局黄石监管分局", "开发区·铁山区", "≥30个", "7×24小时", "m²"),
)


def dense(rng: random.Random, longest: int = 120) -> str:
    """A paragraph in which every other character is a mark, a figure or a name."""
    return "信" + "".join(rng.choices(STOCK, k=rng.randint(1, longest))) + "。"


@pytest.fixture(autouse=True)
def _registered():
    fonts.register()


def words(row: Row) -> str:
    return "".join(run.text for run in row.runs)


def right_edge(row: Row, layout: Layout) -> float:
    """Where the row's last cell ends, without what its spacing leaves behind it, in points."""
    wide = row.x
    for run in row.runs:
        face = Face(run.font)
        natural = sum(cell.width for cell in cells([Piece(run.text)], face)) * row.size
        wide += natural + run.spacing * len(run.text)
    return wide - row.runs[-1].spacing


def test_a_thousand_dense_paragraphs_break_no_rule_at_three_presets():
    rng = random.Random(20241130)
    texts = [dense(rng) for _ in range(1000)]
    for layout in PRESETS[:3]:
        rows = []
        for text in texts:
            lines = typeset([Piece(text)], body_style(layout), layout.width)
            assert "".join(map(words, lines)) == text
            _holds(lines, layout)
            rows += with_orphans_kept(lines)
        counts = [len(page) for page in _pages(rows, layout, layout.height)]
        assert set(counts[:-1]) <= {layout.lines, layout.lines - 1}
        assert len(counts) > 150


def _holds(lines: Sequence[Row], layout: Layout) -> None:
    for line, after in pairwise(lines):
        left, right = words(line).rstrip(" "), words(after)
        assert left[-1] not in NO_END, left
        assert right[0] not in NO_START, right
        seam = len(words(line))
        both = words(line) + right
        assert not any(start < seam < end for start, end in whole_pieces(both)), both
        hanging = HALF * layout.pitch if left[-1] in NO_START else 0.0
        beyond = right_edge(line, layout) - layout.width
        # Type is a little wider than its pitch; a mark may hang over by its blank half.
        assert -0.3 <= beyond <= hanging + 0.3, (left, beyond)


def _pages(rows: Sequence[Row], layout: Layout, first: float) -> Iterator[Sequence[Row]]:
    rest, room = GridRows(rows), first
    while rest.wrap(layout.width, room)[1] > room + 0.01:
        parts = rest.split(layout.width, room)
        part, rest = parts or (GridRows(()), rest)
        yield part.rows[part.first : part.end]
        room = layout.height
        rest = rest.without_blank_top()
    yield rest.rows[rest.first : rest.end]


ISSUER = "甲市社会信用体系建设领导小组办公室"
MODES = {
    "electronic": Head(ISSUER + "文件", "甲信用办〔2024〕5号"),
    "pre-printed": Head(ISSUER + "文件", "甲信用办〔2024〕5号", printed=False),
    "plain": None,
}


def signed(lines: int, last: int, diameter: float, head: Head | None = None) -> Document:
    """Paragraphs of one line, then one of `last` lines, then issuer and date."""
    blocks = [paragraph("信用") for _ in range(lines)]
    blocks.append(paragraph("信" * (26 + 28 * (last - 1))))
    signature = Signature(ISSUER, "2024年12月2日", seal=diameter)
    return Document("标题", tuple(blocks), signature, head=head)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("diameter", [38.0, 42.0, 45.0])
def test_the_seal_has_its_place_whatever_the_length(mode, diameter):
    head = MODES[mode]
    first = STANDARD.height - (head_depth(head, STANDARD) if head else 0.0)
    for lines, last in product(range(46), range(1, 5)):
        [rows] = document_flow(signed(lines, last, diameter, head), STANDARD)
        page = list(_pages(rows, STANDARD, first))[-1]
        _sealed_well([words(row) for row in page], diameter, least=min(2, lines + last))


def _sealed_well(shown: Sequence[str], diameter: float, least: int) -> None:
    at = shown.index(ISSUER)
    assert sum(line.startswith("信") for line in shown[:at]) >= least
    above = max(number for number in range(at) if shown[number])
    type_height = STANDARD.size / STANDARD.leading
    centre = at + (1 + type_height) / 2 - CENTRE_ABOVE
    top = centre - diameter * MM / 2 / STANDARD.leading
    assert 0 <= top - (above + type_height) <= 1
    assert at + 2 < len(shown), "the seal must not reach the page number"


def test_the_finished_pages_of_dense_text_break_no_rule(tmp_path):
    rng = random.Random(7)
    document = Document("报告", tuple(paragraph(dense(rng)) for _ in range(120)))
    assert render_pdf(document, tmp_path / "a.pdf") > 25
    assert [one for one in check_layout(tmp_path / "a.pdf") if not one.ok] == []


@pytest.mark.parametrize(
    ("lines", "last", "mode", "diameter"),
    [
        *((0, 1, "plain", 42.0), (9, 1, "electronic", 38.0), (13, 3, "plain", 45.0)),
        *((16, 4, "plain", 42.0), (20, 2, "pre-printed", 42.0), (45, 4, "electronic", 45.0)),
    ],
)
def test_the_finished_page_shows_the_same(tmp_path, lines, last, mode, diameter):
    render_pdf(signed(lines, last, diameter, MODES[mode]), tmp_path / "a.pdf")
    found = {one.rule: one for one in check_layout(tmp_path / "a.pdf", diameter=diameter)}
    assert found["印章上沿距正文"].ok, found["印章上沿距正文"]
    assert found["盖章页有正文"].ok or lines + last < 2
    assert f"直径 {diameter:g} mm" in found["印章上沿距正文"].measured


def test_the_real_notice_is_set_without_a_fault(tmp_path):
    notice = paths.resources() / "notices" / "huangshi-2024-1.txt"
    lines = [line.strip() for line in notice.read_text("utf-8").splitlines() if line.strip()]
    document = Document("任务分解", tuple(map(paragraph, lines)), addressee="各责任单位")
    assert render_pdf(document, tmp_path / "a.pdf") >= 9
    found = {one.rule: one for one in check_layout(tmp_path / "a.pdf", sealed=False)}
    assert [one for one in found.values() if not one.ok] == []
    assert found["每页行数"].measured in ("22 行", "21—22 行")
    assert found["满行字数"].measured == "28.0 字"
