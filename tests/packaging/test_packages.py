"""What the packages say of themselves: to Windows, to Debian, to whoever downloads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop import PRODUCT, __version__, paths

if TYPE_CHECKING:
    from pathlib import Path


def test_names_are_the_programs_own(script) -> None:
    common, windows = script("common"), script("windows")
    assert (PRODUCT, __version__) == (common.PRODUCT, common.VERSION)
    assert windows.MARKER == paths.PORTABLE_MARKER


@pytest.mark.parametrize(
    ("version", "four"),
    [("0.1.0", (0, 1, 0, 0)), ("2.10", (2, 10, 0, 0)), ("1.2.3.4", (1, 2, 3, 4))],
)
def test_windows_wants_four_numbers(script, version: str, four: tuple[int, ...]) -> None:
    assert script("version_resource").numbers(version) == four


def test_properties_are_chinese(script) -> None:
    words = script("version_resource").texts(PRODUCT, "某单位", "0.1.0", f"{PRODUCT}.exe")
    assert words["FileDescription"] == words["ProductName"] == PRODUCT
    assert words["OriginalFilename"] == f"{PRODUCT}.exe"


def test_installer_touches_no_data_and_asks_no_rights(repo_root: Path) -> None:
    text = (repo_root / "packaging" / "installer.nsi").read_text(encoding="utf-8")
    assert "RequestExecutionLevel user" in text
    assert "HKLM" not in text
    removed = re.findall(r"RMDir /r \"(.*?)\"", text)
    assert set(removed) == {r"$INSTDIR\_internal"}
    assert "${DATA}" in text
    shown = re.findall(r'MessageBox.*?"(.*?)"', text, re.S)
    assert shown
    assert not [words for words in shown if "你" in words or "！" in words]


def test_no_script_names_a_folder_of_one_machine(repo_root: Path) -> None:
    for path in sorted((repo_root / "packaging").iterdir()):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"/work/|/home/\w", text), path.name


def test_debian_package_asks_for_what_the_folder_lacks(script, tmp_path, monkeypatch) -> None:
    linux = script("linux")
    (tmp_path / "libQt6Core.so.6").write_bytes(b"\x7fELF")
    (tmp_path / "resources.txt").write_bytes(b"text")
    said = "  NEEDED   libglib-2.0.so.0\n  NEEDED   libc.so.6\n  0x00 GLIBC_2.28\n 0x00 GLIBC_2.4\n"
    monkeypatch.setattr(linux, "run", lambda command: said)
    text = linux.control(tmp_path, 1000)
    assert "Depends: libc6 (>= 2.28), libglib2.0-0 | libglib2.0-0t64\n" in text
    assert f"Version: {__version__}\n" in text
    monkeypatch.setattr(linux, "run", lambda command: "  NEEDED   libunheard.so.1\n")
    with pytest.raises(linux.BuildError, match=r"libunheard\.so\.1"):
        linux.control(tmp_path, 1000)


def test_a_trace_of_the_machine_stops_the_build(script, tmp_path: Path) -> None:
    freeze = script("freeze")
    (tmp_path / "clean.bin").write_bytes(b"\0resources/icons\0")
    freeze.complain_of_traces(tmp_path)
    (tmp_path / "traced.bin").write_bytes(b"\0" + str(freeze.ROOT).encode() + b"/packaging/x\0")
    with pytest.raises(freeze.BuildError, match=r"traced\.bin"):
        freeze.complain_of_traces(tmp_path)


def test_hashes_are_listed_as_sha256sum_reads_them(script, tmp_path, monkeypatch) -> None:
    windows = script("windows")
    monkeypatch.setattr(windows, "RESULTS", tmp_path)
    (tmp_path / "安装程序.exe").write_bytes(b"abc")
    (tmp_path / "pictures").mkdir()
    windows.list_hashes()
    listed = windows.list_hashes().read_text(encoding="utf-8")
    assert listed == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  安装程序.exe\n"
    )


def test_a_certificate_signs_each_program(script, tmp_path, monkeypatch) -> None:
    windows = script("windows")
    done: list[list[str]] = []
    monkeypatch.setattr(windows, "run", done.append)
    windows.sign(tmp_path / "a.exe")
    assert done == []
    monkeypatch.setattr(windows, "SIGN", "signer --with 'a certificate'")
    windows.sign(tmp_path / "a.exe")
    assert done == [["signer", "--with", "a certificate", tmp_path / "a.exe"]]


def test_each_step_for_outsiders_is_one_command_of_dev(repo_root: Path) -> None:
    text = (repo_root / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
    steps = [line.split("run:", 1)[1].strip() for line in text.splitlines() if " run:" in line]
    assert steps
    assert not [
        step for step in steps if not re.match(r"(sudo )?python3? dev\.py \w+[^;&|]*$", step)
    ]


def test_an_installer_is_tried_on_windows_only(script, tmp_path) -> None:
    installed = script("installed")
    with pytest.raises(installed.BuildError, match="要在 Windows 上运行"):
        installed.try_installer(tmp_path)


def test_both_file_types_are_known_everywhere(repo_root: Path, script) -> None:
    text = (repo_root / "packaging" / "installer.nsi").read_text(encoding="utf-8")
    suffixes = {paths.LEDGER_NAME.rpartition(".")[2], paths.PACKAGE_SUFFIX.strip(".")}
    for macro in ("Register", "Unregister"):
        assert set(re.findall(rf'insertmacro {macro} "\.(\w+)"', text)) == suffixes
    assert set(re.findall(r'glob pattern="\*\.(\w+)"', script("linux").MIME)) == suffixes
