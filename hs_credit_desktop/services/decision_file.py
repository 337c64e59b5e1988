"""Decisions about a notice from a file: what `init --decisions` reads.

A JSON list (UTF-8). Each element answers one doubt of the notice or states one thing more:
  {"kind": "unit_spelling", "line": 55, "answer": "国家金融监督管理总局黄石监管分局"}
  {"kind": "vague_group", "line": 57, "answer": "指定成员单位", "members": ["市公安局"]}
  {"kind": "members", "group": "各县（市、区）人民政府", "members": ["大冶市", "阳新县"]}
  {"kind": "leads", "answer": "全部确认"}
  {"kind": "leads", "measure": 24, "units": ["市发改委"]}
  {"kind": "rounds", "rounds": [{"name": "第一轮", "due_on": "2024-08-30"}]}
kind and line are those that `notice --json` gives. answer: one of the doubt's choices in its words
or by its number from 1, else a name in full (unit_spelling, similar_units), a year (year), an ISO
date (weekend). where: the doubt's where, needed only when a line holds two doubts of one kind.
measure: the place of the measure in the notice, counted from 1.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hs_credit_desktop.domain.decisions import Answer, Decisions, checked
from hs_credit_desktop.domain.draft import DraftNotice, DraftRound
from hs_credit_desktop.errors import UserError

_NOTHING = "没有写入任何内容。"


def read_decisions(path: Path, draft: DraftNotice) -> Decisions:
    """The decisions of a file about this draft; UserError for what does not fit it."""
    try:
        items = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"打不开答案文件“{path.name}”", f"请核对位置；{_NOTHING}") from error
    except ValueError as error:
        raise UserError(
            f"答案文件“{path.name}”不是 JSON 格式", f"请按 UTF-8 保存后再试；{_NOTHING}"
        ) from error
    if not isinstance(items, list):
        raise UserError(f"答案文件“{path.name}”应是一个列表", _NOTHING)
    decisions = Decisions()
    for number, item in enumerate(items, 1):
        try:
            decisions = _with(decisions, item, draft)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UserError(
                f"答案文件第 {number} 项缺少内容或写法不对", f"请对照说明修改；{_NOTHING}"
            ) from error
    return decisions


def _with(decisions: Decisions, item: dict[str, Any], draft: DraftNotice) -> Decisions:
    """One element more; KeyError, TypeError or ValueError when it is not of the form."""
    kind = item["kind"]
    if kind == "members":
        return _with_members(decisions, item, draft)
    if kind == "leads":
        return _with_leads(decisions, item, draft)
    if kind == "rounds":
        rounds = (
            DraftRound(str(each["name"]), date.fromisoformat(each["due_on"]))
            for each in item["rounds"]
        )
        return replace(decisions, rounds=tuple(sorted(rounds, key=lambda each: each.due_on)))
    place = _place(item, draft)
    doubt = draft.doubts[place]
    said = item["answer"]
    choice = doubt.choices[said - 1] if said in range(1, len(doubt.choices) + 1) else str(said)
    return decisions.with_answer(place, checked(doubt, Answer(choice, _names(item))))


def _names(item: dict[str, Any], key: str = "members") -> tuple[str, ...]:
    names = item.get(key, [])
    if not isinstance(names, list):
        raise TypeError(key)
    return tuple(str(name) for name in names)


def _place(item: dict[str, Any], draft: DraftNotice) -> int:
    """The place of the doubt an element is about."""
    places = [
        place
        for place, doubt in enumerate(draft.doubts)
        if (doubt.kind.value, doubt.line) == (item["kind"], item["line"])
        and item.get("where", doubt.where) == doubt.where
    ]
    if len(places) != 1:
        said = "没有这个疑点" if not places else f"有 {len(places)} 个这样的疑点，请写明 where"
        raise UserError(
            f"第 {item['line']} 行{said}：{item['kind']}",
            f"可先用 notice 命令查看疑点；{_NOTHING}",
        )
    return places[0]


def _with_members(decisions: Decisions, item: dict[str, Any], draft: DraftNotice) -> Decisions:
    group = str(item["group"])
    if group not in {each.name for each in draft.groups}:
        raise UserError(f"通知里没有群组“{group}”", f"请核对名称；{_NOTHING}")
    return decisions.with_members(group, _names(item))


def _with_leads(decisions: Decisions, item: dict[str, Any], draft: DraftNotice) -> Decisions:
    if "measure" not in item:
        return replace(decisions, leads_confirmed=True)
    place, units = int(item["measure"]), _names(item, "units")
    named = {
        name
        for measure in draft.measures[max(place - 1, 0) : place]
        for duty in measure.responsibilities
        for name in (duty.unit, duty.printed)
    }
    if not named or not named.issuperset(units):
        raise UserError(f"第 {place} 条措施没有列出“{'、'.join(units)}”", _NOTHING)
    return decisions.with_leads(place - 1, units)
