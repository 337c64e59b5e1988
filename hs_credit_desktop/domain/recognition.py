"""Whose answer a file is: by its code, else by the measures it answers, else by a name; and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hs_credit_desktop.domain import return_code
from hs_credit_desktop.domain.form import find_identity
from hs_credit_desktop.domain.matching import MeasureText, match_row
from hs_credit_desktop.domain.reading import Finding, FindingKind, Reading


class How(StrEnum):
    """What a file was recognised by."""

    CODE = "code"
    CONTENT = "content"
    NAME = "name"
    TYPED = "typed"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return {"code": "回执码", "content": "按内容", "name": "按名称", "typed": "人工指定"}[
            self.value
        ]


_MOST_CODES = 3  # more is a list, such as our own delivery list


@dataclass(frozen=True)
class Candidate:
    """A unit's place in a round. names: canonical, short, aliases; measures: their numbers."""

    expected_return_id: str
    round_id: str
    round_number: int
    unit_id: str
    unit_name: str
    names: tuple[str, ...]
    measures: frozenset[int]


@dataclass(frozen=True)
class Names:
    """Every name that means one unit only (市教育局 is also known as 教育局), and their lengths."""

    owners: Mapping[str, Candidate]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, candidates: Iterable[Candidate]) -> "Names":
        """The names of these units."""
        owners: dict[str, Candidate | None] = {}
        for item in candidates:
            for name in item.names:
                for form in {name, name.removeprefix("市") if len(name) > 3 else name}:
                    mine = owners.setdefault(form, item) is item
                    owners[form] = item if mine else None
        known = {name: unit for name, unit in owners.items() if unit is not None}
        return cls(known, tuple(sorted({len(name) for name in known}, reverse=True)))

    def found_in(self, text: str) -> tuple[Candidate, ...]:
        """Units that a text names, leftmost longest name first."""
        plain = "".join(text.split())
        found: dict[str, Candidate] = {}
        at = 0
        while at < len(plain):
            size = next((n for n in self.lengths if plain[at : at + n] in self.owners), 0)
            if size:
                unit = self.owners[plain[at : at + size]]
                found[unit.expected_return_id] = unit
            at += size or 1
        return tuple(found.values())


@dataclass(frozen=True)
class Register:
    """What files are recognised against: the round being received, all codes ever printed."""

    candidates: tuple[Candidate, ...]
    codes: Mapping[str, Candidate]
    measures: tuple[MeasureText, ...]

    @cached_property
    def names(self) -> Names:
        """The names of the units of the round, worked out once for a whole pile."""
        return Names.of(self.candidates)


@dataclass(frozen=True)
class Hints:
    """What stands around a file: its name, the mail's sender and subject, what it came in."""

    file_name: str = ""
    sender: str = ""
    subject: str = ""
    source: str = ""


@dataclass(frozen=True)
class Recognition:
    """candidate None: the clerk must say; `why` is a sentence; choices: who it may be."""

    how: How | None
    candidate: Candidate | None
    why: str
    choices: tuple[Candidate, ...] = ()
    findings: tuple[Finding, ...] = ()


def recognise(reading: Reading, hints: Hints, register: Register) -> Recognition:
    """Whose answer it is. Codes of two units, or a code beside another unit's name, ask."""
    by_code = _by_code(reading, hints, register)
    if by_code.why:
        return by_code
    found = _by_content(reading, hints, register) or _by_name(reading, hints, register)
    if found is None:
        said = "没有回执码，内容和名称里也认不出是哪家单位，请指定。"
        found = Recognition(None, None, said)
    return Recognition(
        found.how, found.candidate, found.why, found.choices, by_code.findings + found.findings
    )


def _by_code(reading: Reading, hints: Hints, register: Register) -> Recognition:
    places: dict[Candidate, list[str]] = {}
    findings = []
    for place, words in reading.codes:
        found = return_code.find(words)
        identity = find_identity(words)
        for code in found.valid:
            owner = register.codes.get(str(code))
            if owner is None:
                said = f"{place}的回执码 {code} 不是本台账发出的。"
                findings.append(Finding(FindingKind.CODE_BROKEN, place, said))
            elif (
                identity is None
                or identity.unit_id == owner.unit_id
                or not _ours(identity.unit_id, register)
            ):
                places.setdefault(owner, []).append(place)
            else:
                said = f"{place}里的单位标识与回执码 {code} 不是同一家，请核对。"
                findings.append(Finding(FindingKind.CODE_CONFLICT, place, said))
        for code_text in found.broken:
            said = f"{place}的回执码 {code_text} 校验不符，可能有错字。"
            findings.append(Finding(FindingKind.CODE_BROKEN, place, said))
    if not places:
        return Recognition(None, None, "", findings=_once(findings))
    if len(places) > 1:
        return _several_codes(places, findings)
    [(owner, where)] = places.items()
    other = _other_unit(reading, hints, register, owner)
    if other:
        said = (
            f"回执码是{owner.unit_name}的，但文件里写的单位是{other.unit_name}，请核对是谁的反馈。"
        )
        findings.append(Finding(FindingKind.NAME_CONFLICT, "文件", said))
    why = f"回执码校验相符（{'、'.join(dict.fromkeys(where))}）。"
    # A slip in one place does not matter when another place holds the code whole.
    kept = [item for item in findings if item.kind is not FindingKind.CODE_BROKEN]
    return Recognition(How.CODE, owner, why, (owner,), _once(kept))


def _ours(unit_id: str, register: Register) -> bool:
    return any(item.unit_id == unit_id for item in register.candidates)


def _several_codes(places: dict[Candidate, list[str]], findings: list[Finding]) -> Recognition:
    if len(places) > _MOST_CODES:
        said = f"文件里列有 {len(places)} 家单位的回执码，不是一家单位的反馈表。"
        return Recognition(None, None, said)
    named = "；".join(
        f"{where[0]}是{owner.unit_name}第 {owner.round_number} 轮的"
        for owner, where in places.items()
    )
    said = f"文件里有不同的回执码：{named}。请核对后指定单位。"
    findings.append(Finding(FindingKind.CODE_CONFLICT, "文件", said))
    return Recognition(None, None, said, tuple(places), _once(findings))


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def _other_unit(
    reading: Reading, hints: Hints, register: Register, owner: Candidate
) -> Candidate | None:
    """Another unit that the form's own 报送单位 line, or the file's name, names alone."""
    for words in (reading.unit_words, hints.file_name):
        named = register.names.found_in(words)
        if len(named) == 1 and named[0].unit_id != owner.unit_id:
            return named[0]
    return None


def answered(reading: Reading, register: Register) -> frozenset[int]:
    """The numbers of the measures that the rows of a file answer or name."""
    found = (match_row(row, register.measures) for row in reading.rows)
    return frozenset(number for number in found if number is not None)


def _by_content(reading: Reading, hints: Hints, register: Register) -> Recognition | None:
    """A unit whose measures are exactly those in the file; a name decides between several."""
    numbers = answered(reading, register)
    fitting = [item for item in register.candidates if item.measures == numbers]
    if len(fitting) > 1:
        named = _named(reading, hints, Names.of(fitting))
        fitting = [named[0]] if named else fitting
    if len(fitting) == 1:
        [unit] = fitting
        why = f"没有回执码；表里的 {len(numbers)} 条措施与{unit.unit_name}的任务完全一致，请确认。"
        return Recognition(How.CONTENT, unit, why, (unit,))
    return None


def _by_name(reading: Reading, hints: Hints, register: Register) -> Recognition | None:
    found = _named(reading, hints, register.names)
    if not found:
        return None
    unit, place = found
    return Recognition(
        How.NAME, unit, f"没有回执码；{place}写的是{unit.unit_name}，请确认。", (unit,)
    )


def _named(reading: Reading, hints: Hints, names: Names) -> tuple[Candidate, str] | None:
    """The first place that names exactly one unit, and where that is."""
    places = (
        ("报送单位一栏", reading.unit_words),
        ("文件开头或落款", reading.opening),
        ("文件名", hints.file_name),
        ("邮件主题", hints.subject),
        ("发件人", hints.sender),
        ("来源", hints.source),
    )
    for place, words in places:
        named = names.found_in(words)
        if len(named) == 1:
            return named[0], place
    return None
