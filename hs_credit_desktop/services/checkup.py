"""发文前体检: what a reader of the draft notice would stumble over, as a Word file to print."""

from pathlib import Path

from hs_credit_desktop.domain.decisions import settles
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.plain_docx import write_paragraphs
from hs_credit_desktop.services.notices import ReadNotice
from hs_credit_desktop.store.whole_files import whole


def lines(source: ReadNotice) -> list[str]:
    """The report, a paragraph an element: figures, rounds, every doubt, what was left out."""
    draft, count = source.draft, source.decided.counts
    figures = (
        f"大类 {count.pillars} 个，措施 {count.measures} 条，"
        f"责任单位 {count.printed_units} 种写法、{count.pairs} 对；"
        f"归并为 {count.units} 家单位和 {count.groups} 个群组，"
        f"每轮应报 {count.returns} 家 {count.entries} 条。"
    )
    found = [
        "发文前体检报告",
        f"{draft.title}（{draft.doc_number or '没有读到文号'}）",
        f"文件：{source.name}",
        figures,
        *(f"{item.name}：{item.due_on.isoformat()} 前报送" for item in source.decided.rounds),
        f"一、需要核对的地方（{len(draft.doubts)} 处）",
    ]
    for number, doubt in enumerate(draft.doubts, 1):
        answer = source.decisions.answers.get(number - 1)
        if answer is None:
            said = f"未决定，先按默认：{doubt.choices[0]}"
        else:
            said = f"{'已决定' if settles(doubt, answer) else '待处理'}：{answer.choice}"
        found.append(
            f"{number}. 第 {doubt.line} 行，{doubt.where}，{doubt.kind.label}。{doubt.text}"
        )
        found.append(f"　　{said}")
    found.append(f"二、没有作为任务采用的文字（{len(draft.left_out)} 处）")
    found += [f"第 {line} 行　{words}" for line, words in draft.left_out]
    return found


def save(source: ReadNotice, file: Path) -> Path:
    """Write the report as .docx; UserError when it cannot be, nothing half written is left."""
    try:
        with whole(file) as draft:
            draft.write_bytes(write_paragraphs(lines(source)))
    except OSError as error:
        raise UserError(
            f"没有存成“{file.name}”",
            "文件可能正被其他程序打开，或文件夹不能写入，请换一个名称或文件夹再试。",
        ) from error
    return file
