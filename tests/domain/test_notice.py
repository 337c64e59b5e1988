"""The figures of a draft and the words the clerk sees for roles and doubts."""

from hs_credit_desktop.domain.draft import (
    DraftGroup,
    DraftMeasure,
    DraftNotice,
    DraftPillar,
    DraftResponsibility,
    DraftUnit,
    NoticeCounts,
)
from hs_credit_desktop.domain.notice import Contact, DoubtKind, Place, Responsibility, Role
from hs_credit_desktop.domain.units import UnitKind

PLACE = Place(1, 0, 1, "")


def _pair(printed: str, *, unit: str | None = None, group: bool = False) -> DraftResponsibility:
    return DraftResponsibility(printed, unit or printed, Role.CO, False, group)


def _measure(number: int, *pairs: DraftResponsibility) -> DraftMeasure:
    return DraftMeasure(number, "事", None, "", None, pairs, PLACE)


def test_counts_expand_groups_and_count_an_open_group_as_nobody() -> None:
    county = _pair("各县区人民政府", group=True)
    slip = _pair("各区县人民政府", unit="各县区人民政府", group=True)
    draft = DraftNotice(
        title="分解",
        doc_number=None,
        issued_on=None,
        issuer=None,
        addressees=None,
        contact=Contact(),
        rounds=(),
        pillars=(
            DraftPillar(1, "总", (_measure(1, _pair("市甲局"), _pair("乙县"), county),)),
            DraftPillar(
                2,
                "分",
                (
                    _measure(2, _pair("市甲办", unit="市甲局"), slip),
                    _measure(3, _pair("有关部门", group=True)),
                ),
            ),
        ),
        units=(
            DraftUnit("市甲局", UnitKind.GOVERNMENT, ("市甲办",)),
            DraftUnit("乙县", UnitKind.COUNTY),
        ),
        groups=(DraftGroup("各县区人民政府", ("乙县", "丙区")), DraftGroup("有关部门")),
        doubts=(),
    )
    assert draft.counts == NoticeCounts(
        pillars=2,
        measures=3,
        pairs=6,
        printed_units=6,
        units=2,
        groups=2,
        returns=3,
        entries=6,
    )


def test_labels() -> None:
    lead = Responsibility("1", "m", "u", None, "市甲局", Role.LEAD, True, 1)
    assert lead.label == "牵头（推定）"
    assert Responsibility("2", "m", "u", None, "市乙局", Role.CO, False, 2).label == "配合"
    words = [kind.label for kind in DoubtKind]
    assert len(set(words)) == len(DoubtKind)
