"""The practice returns: four piles, every one made from the practice ledger itself."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.files.incoming import open_all
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.practice_files import files_folder, script

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return files_folder(create_practice(tmp_path_factory.mktemp("练习") / "台账"))


def test_the_piles_of_the_script(folder: Path) -> None:
    piles = {path.name: len(list(path.iterdir())) for path in folder.iterdir()}
    assert piles == {"1_周五上午": 13, "2_周五下午": 5, "3_周一上午": 4, "4_周一补报": 1}
    assert len(open_all([folder]).files) == 25
    assert [pile["folder"] for pile in script()["piles"]] == sorted(piles)


def test_the_zip_is_written_as_windows_does(folder: Path) -> None:
    with zipfile.ZipFile(folder / "1_周五上午" / "县区.zip") as package:
        assert not any(info.flag_bits & 0x800 for info in package.infolist())
    names = [item.name for item in open_all([folder / "1_周五上午" / "县区.zip"]).files]
    assert names == ["阳新县反馈表.xlsx", "下陆区.xlsx", "会议座次表.xlsx"]


def test_mails_carry_their_day(folder: Path) -> None:
    found = open_all([folder / "3_周一上午"]).files
    assert sorted(str(item.sent_at) for item in found) == [
        "2024-11-30 20:10:00+08:00",
        "2024-11-30 22:41:00+08:00",
        "2024-12-01 09:12:00+08:00",
        "2024-12-02 08:20:00+08:00",
    ]
