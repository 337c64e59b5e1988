"""What a practice text is about: words of the measure's own text and of the unit's trade."""

import re
from dataclasses import dataclass

from hs_credit_desktop.domain.units import UnitKind, kind_of
from hs_credit_desktop.services.practice_phrases import Stock, Words, stocks

_LEADING_VERB = re.compile(
    "^(?:建立|开展|强化|推进|加强|优化|打造|组织|推行|完善|鼓励|构建|创新|实施|夯实|加大|推动|健全)"
)
# A stripped title names a work only when it ends like one (供应链信用管理, not 信用城市品牌).
_ACTIVITY = re.compile(
    "(?:治理|建设|管理|评价|发展|教育|改革|修复|监管|试点|工程|培训|监测|宣传|示范)$"
)
_LIST = re.compile(
    r"((?:[^，。；、：“”（）]{2,8}、)+[^，。；、：“”（）]{2,8}?)等(?=[^，。；]{0,3}(?:领域|方面|部门|行业))"
)
_QUOTED = re.compile("“[^“”（）]{2,8}”")
_UNQUOTABLE = re.compile(
    r"[“”（）《》\dA-Za-z省市县—]|^(?:以|并|等|在|对|将|利用|依托|围绕|聚焦|充分|通过|多种)"
)
_INNER_QUOTES = str.maketrans("“”", "‘’")
_FALLBACK_FIELDS = ("信息归集", "结果应用", "信用核查", "奖惩落实")
_OWN_NAMES = (
    ("我公司", r"公司$|集团$"),
    ("我办", r"办公室$|办$"),
    ("我中心", r"中心$"),
    ("我支队", r"支队$"),
    ("我局", r"局$"),
    ("我委", r"委$"),
    ("我院", r"院$"),
    ("我关", r"海关$"),
    ("我行", r"行$"),
    ("我部", r"部$"),
    ("我区", r"区(?:人民政府)?$"),
    ("我县", r"县(?:人民政府)?$"),
    ("我市", r"市(?:人民政府)?$"),
)
_THEMES_USED = 3
_THEME_SCORE = 3  # a word in passing does not make a theme


@dataclass(frozen=True)
class PracticeMeasure:
    """What the writer must know of a measure: its number, title and text (units left out)."""

    number: int
    title: str
    body: str


def own_name(unit: str) -> str:
    """How the unit speaks of itself: 市财政局 → 我局, 阳新县 → 我县; 我单位 where nothing fits."""
    return next((own for own, rule in _OWN_NAMES if re.search(rule, unit)), "我单位")


def trade_of(unit: str) -> Stock:
    """The unit's line of work, by the words in its name; a county has its own."""
    trades = stocks("trades")
    if kind_of(unit) is UnitKind.COUNTY:
        return next(trade for trade in trades if "县区" in trade.keys)
    return next((trade for trade in trades if any(key in unit for key in trade.keys)), trades[-1])


def themes_of(measure: PracticeMeasure) -> tuple[Stock, ...]:
    """The one to three themes that fit best; the title weighs four times the text."""
    themes = stocks("themes")
    scores = [
        sum(4 * measure.title.count(key) + measure.body.count(key) for key in theme.keys)
        for theme in themes
    ]
    best = sorted(range(len(themes)), key=lambda at: -scores[at])[:_THEMES_USED]
    chosen = [at for at in best if scores[at] >= _THEME_SCORE] or best[:1]
    return tuple(themes[at] for at in chosen)


def topic_of(title: str) -> str:
    """The measure as a noun: 推进质量品牌信用建设 → 质量品牌信用建设, else “title”任务."""
    stripped = _LEADING_VERB.sub("", title)
    if _ACTIVITY.search(stripped):
        return stripped
    return f"“{title.translate(_INNER_QUOTES)}”任务"


def words_of(measure: PracticeMeasure, unit: str) -> Words:
    """The words that fill the slots of a pattern, for this unit and this measure."""
    nouns = trade_of(unit).nouns
    body = re.sub(r"\s+", "", measure.body)
    topic = topic_of(measure.title)
    return {
        "we": (own_name(unit),),
        "sec": nouns["科室"],
        "who": nouns["对象"],
        "data": nouns["数据"],
        "topic": (topic,),
        "topic_again": ("该项工作", "此项工作", "这项任务", topic),
        "field": _fields(body) or _FALLBACK_FIELDS,
        "term": tuple(dict.fromkeys(_QUOTED.findall(body))) or (topic,),
        "phrase": _phrases(body) or (measure.title,),
    }


def _fields(body: str) -> tuple[str, ...]:
    """Members of 甲、乙、丙等领域 and the like; the first may carry a verb and is left out."""
    return tuple(
        item for found in _LIST.findall(body) for item in found.split("、")[1:] if len(item) > 2
    )


def _phrases(body: str) -> tuple[str, ...]:
    """Whole clauses short enough to quote, with no quotation, figure or name of a place in them."""
    clauses = re.split("[，。；：]", body)
    return tuple(
        clause for clause in clauses if 7 <= len(clause) <= 20 and not _UNQUOTABLE.search(clause)
    )
