"""Random plans printed in each convention and read back equal."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from hs_credit_desktop.domain.draft import DraftNotice
from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.notice import Seed, read

_UNITS = (
    "市发改委", "市财政局", "市司法局", "市教育局", "市公安局", "市税务局", "市法院", "团市委",
    "市委宣传部", "黄梅海关", "市政府办公室", "市总工会", "城东供电公司", "市数据局", "市文旅局",
)  # fmt: skip
_VERBS = ("推进", "完善", "加强", "健全", "规范", "拓展")
_THINGS = ("信用承诺", "诚信档案", "信息归集", "信用修复", "“信易贷”服务", "红黑名单", "合同履约")
_WAYS = ("试点工作", "制度体系", "闭环管理", "场景应用")


@dataclass(frozen=True)
class Task:
    """A measure to print: leads first, then the others."""

    title: str
    body: str
    leads: tuple[str, ...]
    others: tuple[str, ...]
    groups: tuple[str, ...]


@st.composite
def _tasks(draw: st.DrawFn) -> Task:
    title = "".join(draw(st.sampled_from(words)) for words in (_VERBS, _THINGS, _WAYS))
    clauses = draw(st.lists(st.sampled_from(_THINGS), max_size=4))
    body = "".join(
        f"围绕{clause}，到2025年底形成{number}项成果。" for number, clause in enumerate(clauses)
    )
    units = draw(st.lists(st.sampled_from(_UNITS), min_size=2, max_size=7, unique=True))
    leads = draw(st.integers(1, min(2, len(units) - 1)))
    groups = draw(st.sampled_from([(), ("各县（市、区）人民政府",), ("各有关部门",)]))
    return Task(title, body, tuple(units[:leads]), tuple(units[leads:]), groups)


_PLANS = st.lists(st.lists(_tasks(), min_size=1, max_size=4), min_size=1, max_size=5)


def _brackets(task: Task) -> str:
    units = "、".join((*task.leads, *task.others))
    return f"〔责任单位：{'，'.join((units, *task.groups))}〕"


def _labels(task: Task) -> str:
    others = "，".join(("、".join(task.others), *task.groups))
    return f"（牵头单位：{'、'.join(task.leads)}；责任单位：{others}）"


def _verbs(task: Task) -> str:
    others = "、".join((*task.others, *task.groups))
    return f"（{'、'.join(task.leads)}牵头，{others}配合）"


def _lines(task: Task) -> str:
    others = "、".join((*task.others, *task.groups))
    return f"\n牵头单位：{'、'.join(task.leads)}\n配合单位：{others}"


_FORMS = {"brackets": _brackets, "labels": _labels, "verbs": _verbs, "lines": _lines}


def _paper(plan: list[list[Task]], form: str, *, restart: bool) -> str:
    lines = ["关于印发任务分解的通知", "各有关单位：", "请于2025年9月30日前报送进展情况。", ""]
    number = 0
    for index, pillar in enumerate(plan, 1):
        lines.append(f"{chinese_number(index)}、{pillar[0].title[:6]}")
        number = 0 if restart else number
        for task in pillar:
            number += 1
            mark = f"（{chinese_number(number)}）"
            lines.append(f"{mark}{task.title}。{task.body}{_FORMS[form](task)}")
    return "\n".join(lines)


def _table(plan: list[list[Task]]) -> str:
    lines = ["任务分解表", "领域\t序号\t重点任务\t具体措施\t牵头单位\t配合单位"]
    number = 0
    for pillar in plan:
        for index, task in enumerate(pillar):
            number += 1
            head = pillar[0].title[:6] if index == 0 else "〃"
            others = "\v".join((*task.others, *task.groups))
            lines.append(
                f"{head}\t{number}\t{task.title}\t{task.body}\t{'、'.join(task.leads)}\t{others}"
            )
    return "\n".join(lines)


def _read_back(draft: DraftNotice, *, told: bool) -> list[list[Task]]:
    plan = []
    for pillar in draft.pillars:
        tasks = []
        for measure in pillar.measures:
            pairs = measure.responsibilities
            named = [pair for pair in pairs if not pair.group]
            leads = tuple(pair.printed for pair in named if pair.role is Role.LEAD)
            others = tuple(pair.printed for pair in named if pair.role is Role.CO)
            groups = tuple(pair.printed for pair in pairs if pair.group)
            assert all(pair.suggested is (not told and pair.role is Role.LEAD) for pair in pairs)
            tasks.append(Task(measure.title, measure.body, leads, others, groups))
        plan.append(tasks)
    return plan


def _as_listed(plan: list[list[Task]]) -> list[list[Task]]:
    """Without words that say who leads, the first-listed unit is the lead."""
    return [
        [
            Task(each.title, each.body, each.leads[:1], each.leads[1:] + each.others, each.groups)
            for each in pillar
        ]
        for pillar in plan
    ]


@settings(max_examples=40)
@given(_PLANS, st.sampled_from(sorted(_FORMS)), st.booleans())
def test_a_printed_plan_is_read_back(plan: list[list[Task]], form: str, restart: bool) -> None:
    draft = read(_paper(plan, form, restart=restart), seed=Seed())
    told = form != "brackets"
    assert _read_back(draft, told=told) == (plan if told else _as_listed(plan))


@settings(max_examples=25)
@given(_PLANS)
def test_a_table_is_read_back(plan: list[list[Task]]) -> None:
    assert _read_back(read(_table(plan), seed=Seed()), told=True) == plan
