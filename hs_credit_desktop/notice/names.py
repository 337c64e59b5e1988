"""Printed names: which are groups, which spellings look like one unit, which units look alike."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from hs_credit_desktop.notice.seed import Seed

_GROUP = re.compile(
    r"^各|^(?:市|县|区|州|省)[直级]?各|(?:有关|相关)(?:部门|单位|方面|地方)|成员单位$|^其他"
)
_AREA = re.compile("[市县区州盟旗]|乡镇|街道|[乡镇]")
_GROUP_TAIL = re.compile("(?:人民)?政府$")
_BRANCH = re.compile(
    r"(?P<head>.+?(?:总局|总队|总行|银行|集团|公司))(?P<place>.+?)(?:自治州|[市县区])?"
    r"(?:监督管理)?(?P<tail>分局|分行|支局|支行|分公司|总队|支队)"
)
_MOST_UNITS = 300
_TAIL = re.compile("(?:委|局|办|中心|厅|部|处)$")
_AND = re.compile("[和与及、]")
_SHORT_TAILS = (("委员会", "委"), ("办公室", "办"), ("人民政府", "政府"))


def is_group(name: str) -> bool:
    """Whether a printed name stands for several units (各县（市、区）人民政府, 市有关部门)."""
    return _GROUP.search(name) is not None


def group_shape(name: str) -> str:
    """What decides whether two group names mean the same: the kinds of area in it and its tail.

    各县（市、区）人民政府, 各县（市）区政府, 各市县（市、区）人民政府 and 各县（市、区） share one.
    """
    if not name.startswith("各"):
        return name
    words = re.sub("[（()）、]", "", name.removeprefix("各"))
    areas = _GROUP_TAIL.sub("", words)
    if _AREA.sub("", areas):
        return "各" + words
    return "各" + "".join(sorted(set(_AREA.findall(areas)))) + "政府"


def _slipped(name: str) -> bool:
    """Whether an area stands twice (各市县（市、区）) or a bracket is lost."""
    areas = _AREA.findall(_GROUP_TAIL.sub("", name))
    lost = len(re.findall("[（(]", name)) != len(re.findall("[）)]", name))
    return lost or len(areas) > len(set(areas))


def city_of(issuer: str | None) -> str:
    """黄石市 from an issuer's full name, empty when it does not begin with a place."""
    found = re.match("[\u3400-\u9fff]{2,8}?[市州县区盟]", issuer or "")
    return found.group() if found else ""


@dataclass(frozen=True)
class Normaliser:
    """Brings printed names into one form, with general abbreviations and the office's own city."""

    abbreviations: Mapping[str, str]
    city: str

    def _expanded(self, name: str) -> str:
        """Abbreviations written out once; what is already written out stays."""
        words = sorted({*self.abbreviations, *self.abbreviations.values()}, key=len, reverse=True)
        if not words:
            return name
        pattern = "|".join(map(re.escape, words))
        return re.sub(pattern, lambda m: self.abbreviations.get(m.group(), m.group()), name)

    def normal(self, name: str) -> str:
        """The form in which spellings of one unit agree."""
        if self.city and name.startswith(self.city) and len(name) > len(self.city) + 1:
            name = self.city[-1] + name[len(self.city) :]
        name = re.sub(r"[（()）·\s]", "", self._expanded(name))
        for long, short in _SHORT_TAILS:
            name = re.sub(f"{long}$", short, name)
        name = re.sub(r"^([市县区州省])(?:人民)?政府(?!办)(?=.{2})", r"\1", name)
        if branch := _BRANCH.fullmatch(name):
            name = branch["head"] + branch["place"] + branch["tail"]
        return name


@dataclass(frozen=True)
class Reconciled:
    """name_of: printed → reconciled; spellings: reconciled → printed, by first appearance."""

    name_of: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]


def reconcile(printed: Sequence[str], seed: Seed, city: str) -> Reconciled:
    """Proposes one name for spellings that agree when written out.

    printed: all names in printed order with repeats. The name the office uses wins, then the most
    frequent spelling, then the first printed; a group takes its usual name when it is printed so
    anywhere or is plainly a slip. What the office keeps apart stays apart.
    """
    normaliser = Normaliser(seed.abbreviations, city)
    counts = Counter(printed)
    name_of: dict[str, str] = {}
    spellings: dict[str, tuple[str, ...]] = {}
    for used, forms in _classes(list(counts), normaliser, seed):
        chosen = max(forms, key=lambda form: counts[form])
        if used:
            chosen = used
        elif is_group(chosen):
            chosen = _group_name(forms, chosen, seed)
        name_of |= dict.fromkeys(forms, chosen)
        spellings[chosen] = tuple(forms)
    return Reconciled(name_of, spellings)


def _classes(
    names: Sequence[str], normaliser: Normaliser, seed: Seed
) -> list[tuple[str, list[str]]]:
    """The names that look like one, with the name the office uses for them ("" for none)."""

    def key(name: str) -> str:
        return group_shape(name) if is_group(name) else normaliser.normal(name)

    used_for = {key(name): used for name, used in seed.same.items()}
    classes: dict[tuple[str, str], list[str]] = {}
    for name in names:
        used = seed.same.get(name) or used_for.get(key(name), "")
        classes.setdefault((used, "" if used else key(name)), []).append(name)
    return [(used, forms) for (used, _), forms in classes.items()]


def _group_name(forms: list[str], frequent: str, seed: Seed) -> str:
    """The usual name when it is printed anywhere or the printed one is a slip, else the printed."""
    usual = usual_group(frequent, seed)
    if usual and (usual in forms or _slipped(frequent)):
        return usual
    return frequent


def usual_group(name: str, seed: Seed) -> str | None:
    """The group of the seed that this printed name means, whatever its brackets."""
    shape = group_shape(name)
    return next((usual for usual in seed.group_members if group_shape(usual) == shape), None)


def group_members(name: str, seed: Seed) -> tuple[str, ...]:
    """The default members of a printed group, none when nobody has said."""
    if name in seed.group_members:
        return seed.group_members[name]
    usual = usual_group(name, seed)
    return seed.group_members[usual] if usual and name not in seed.same else ()


def similar_pairs(names: Sequence[str], seed: Seed, city: str) -> list[tuple[str, str]]:
    """Units that may be one body or a slip of the pen: (later, earlier), by first appearance.

    None when there are more units than any plan has: a question for each pair would help nobody.
    """
    if len(names) > _MOST_UNITS:
        return []
    pairs = ((later, earlier) for earlier, later in combinations(names, 2))
    return _alike(pairs, names, seed, city)


def registered_pairs(names: Sequence[str], seed: Seed, city: str) -> list[tuple[str, str]]:
    """Units the office has not met that may be one it knows: (printed, known), by appearance.

    A known unit that is printed here under its own name is compared in `similar_pairs`.
    """
    known = [
        name
        for name in dict.fromkeys(seed.same.values())
        if not is_group(name) and name not in names
    ]
    new = [name for name in names if name not in seed.same]
    if len(known) > _MOST_UNITS or len(new) > _MOST_UNITS:
        return []
    return _alike(product(new, known), [*new, *known], seed, city)


def _alike(
    pairs: Iterable[tuple[str, str]], names: Sequence[str], seed: Seed, city: str
) -> list[tuple[str, str]]:
    """The pairs that look alike and that nobody keeps apart."""
    normaliser = Normaliser(seed.abbreviations, city)
    normals = {name: normaliser.normal(name) for name in names}
    return [
        (one, other)
        for one, other in pairs
        if not seed.are_apart(one, other)
        and (_shares_duty(normals[other], normals[one]) or _one_slip(other, one))
    ]


def _shares_duty(one: str, other: str) -> bool:
    """住房和城乡建设 beside 自然资源和城乡建设, 水利 beside 水利和湖泊."""
    duties = [_TAIL.sub("", re.sub("^[市县区州省]委?(?=.{2})", "", name)) for name in (one, other)]
    short, long = sorted(duties, key=len)
    if len(short) > 1 and long.startswith(short) and one[-1] == other[-1]:
        return True
    parts = [set(_AND.split(duty)) for duty in duties]
    shared = parts[0] & parts[1]
    whole = any(part == shared for part in parts)
    return any(len(part) >= (2 if whole else 3) for part in shared)


def _one_slip(one: str, other: str) -> bool:
    """Whether two long names differ by one character, replaced or left out."""
    short, long = sorted((one, other), key=len)
    if len(short) < 5 or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        return len(short) > 5 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))
