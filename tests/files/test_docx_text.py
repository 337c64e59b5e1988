"""Words of Word files: order, numbers, tables, boxes, tracked changes."""

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files import docx_text as module
from hs_credit_desktop.files.docx_text import docx_text
from hs_credit_desktop.notice import Seed, read
from tests.files.word import docx, p, package, root, tbl, tc, tr

NUMBERING = root(
    "numbering",
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:isLgl/><w:lvlText w:val="%1.%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"/>',
)
STYLES = root(
    "styles",
    '<w:style w:styleId="Lead"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Plain"><w:pPr/></w:style>',
)


def _in_list(number: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def test_paragraphs_and_breaks_in_order() -> None:
    body = (
        p("第一段")
        + "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:t/></w:r></w:p>"
        + "<w:sdt><w:sdtPr/><w:sdtContent>"
        + p("控件里")
        + "</w:sdtContent></w:sdt>"
        + "<w:p><w:ins><w:r><w:t>新增</w:t></w:r></w:ins>"
        + "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        + "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    )
    assert docx_text("a.docx", docx(body)) == "第一段\n甲 乙\n丙\n控件里\n新增链接"


def test_generated_numbers() -> None:
    body = "".join(
        [
            p("总则", _in_list(1, 0)),
            p("范围", _in_list(1, 1)),
            p("对象", _in_list(1, 1)),
            p("细目", _in_list(1, 2)),
            p("细目", _in_list(1, 2)),
            p("要点", _in_list(1, 3)),
            p("分则", '<w:pStyle w:val="Lead"/>'),
            p("范围", _in_list(1, 1)),
            p("附则", _in_list(2, 0)),
            p("附录", _in_list(2, 0)),
            p("正文", '<w:pStyle w:val="Plain"/>'),
            p("无此表", _in_list(9, 0)),
        ]
    )
    words = docx_text("a.docx", docx(body, numbering=NUMBERING, styles=STYLES)).split("\n")
    assert words == [
        "一、总则", "（三）范围", "（四）对象", "1.1.细目", "1.2.细目", "要点",
        "二、分则", "（三）范围", "五、附则", "六、附录", "正文", "无此表",
    ]  # fmt: skip


def test_tables_with_merged_cells(seed: Seed) -> None:
    goes_on = "<w:vMerge/>"
    body = p("任务分解表") + tbl(
        tr(*(tc(head) for head in ("领域", "序号", "任务", "牵头单位", "配合单位", "完成时限"))),
        tr(
            tc("政务诚信", properties='<w:vMerge w:val="restart"/>'),
            tc("1"),
            tc("建立档案", "归集信息。"),
            tc("市发改委"),
            tc("市司法局", "市财政局"),
            tc("2025年6月底前"),
        ),
        tr(tc("", properties=goes_on), tc("2"), tc("公开承诺"), tc("市政务局"), tc(""), tc("长期")),
        tr(tc("商务诚信", properties='<w:gridSpan w:val="6"/>')),
        tr(tc(""), tc("3"), tc("查处虚假宣传"), tc("市市场监管局"), tc("—"), tc("")),
    )
    words = docx_text("a.docx", docx(body))
    assert words.split("\n")[2] == (
        "政务诚信\t1\t建立档案\v归集信息。\t市发改委\t市司法局\v市财政局\t2025年6月底前"
    )
    assert words.split("\n")[3].startswith("〃\t2\t")
    assert words.split("\n")[4] == "商务诚信" + "\t" * 5
    draft = read(words, seed=seed)
    assert [(each.title, len(each.measures)) for each in draft.pillars] == [
        ("政务诚信", 2),
        ("商务诚信", 1),
    ]
    assert [pair.printed for pair in draft.measures[0].responsibilities] == [
        "市发改委",
        "市司法局",
        "市财政局",
    ]


def test_nested_table_stays_in_its_cell() -> None:
    inner = tbl(tr(tc("甲"), tc("乙")))
    cell = f"<w:tc><w:tcPr/>{p('外')}{inner}</w:tc>"
    body = tbl(tr(cell, tc("右")), "<w:tblPr/>")
    assert docx_text("a.docx", docx(body)) == "外\v甲 乙\t右"


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice>"
        f"<w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>框外</w:t></w:r></w:p>"
    )
    assert docx_text("a.docx", docx(body)) == "框外\n框内"


def test_real_notice_as_word_reads_the_same(real_notice, seed: Seed) -> None:
    paper = real_notice.read_text("utf-8")
    words = docx_text("a.docx", docx("".join(map(p, paper.split("\n")))))
    assert read(words, seed=seed) == read(paper.rstrip("\n") + "\n", seed=seed)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 not a zip",
        package({"word/other.xml": "<a/>"}),
        package({"word/document.xml": "<w:document"}),
        package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}),
        package({"word/document.xml": root("document", "<w:body/>")})[:-40],
    ],
)
def test_damaged_files_are_refused(data: bytes) -> None:
    with pytest.raises(UserError, match=r"a\.docx"):
        docx_text("a.docx", data)


def test_too_many_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CHARACTERS", 3)
    with pytest.raises(UserError, match="文字太多"):
        docx_text("a.docx", docx(p("四个字的")))
