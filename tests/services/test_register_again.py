"""A name that is printed again after its unit went out of use."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.units import UnitKind
from hs_credit_desktop.services import register, register_merge, register_units
from hs_credit_desktop.services.integrity import check
from tests.services.test_register import uid, unit

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace


def _put(ws: Workspace, name: str) -> str:
    with ws.change("写入单位", name, {}):
        found = register.put_unit(ws, name, UnitKind.GOVERNMENT, ())
    assert check(ws) == []
    return found


def test_a_deactivated_unit_is_used_again(ws: Workspace) -> None:
    gone = uid(ws, "市文旅局")
    register_units.deactivate(ws, gone)
    assert _put(ws, "市文旅局") == gone
    assert unit(ws, "市文旅局").active


def test_the_name_of_a_merged_unit_means_the_one_it_went_into(ws: Workspace) -> None:
    stays = uid(ws, "市商务局")
    register_merge.merge(ws, uid(ws, "市文旅局"), stays, on=date(2024, 8, 1))
    register_units.deactivate(ws, stays)
    assert _put(ws, "市文旅局") == stays
    assert unit(ws, "市商务局").active
    assert not unit(ws, "市文旅局").active
