"""Old Word files: converted by an installed office, otherwise refused with a way out."""

import subprocess
import sys
from pathlib import Path

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files import convert, notice_source
from hs_credit_desktop.files.plain_docx import write_paragraphs
from hs_credit_desktop.notice import read
from hs_credit_desktop.services.seed import load_seed
from tests.notice.outline import tree

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def fake(folder: Path, code: str) -> Path:
    """A program that stands in for the office: Python code given its arguments."""
    (folder / "office.py").write_text(code, "utf-8")
    program = folder / "soffice"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{folder / "office.py"}" "$@"\n')
    program.chmod(0o755)
    return program


SAVES = """
import sys, pathlib
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
(out / "notice.docx").write_bytes(pathlib.Path(__file__).with_name("made.docx").read_bytes())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize("name", ["通知.doc", "通知.wps"])
def test_an_office_that_converts(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.docx").write_bytes(write_paragraphs(["一、总则", "（一）事"]))
    program = fake(tmp_path, SAVES)
    monkeypatch.setattr(convert, "office", lambda: program)
    path = tmp_path / name
    path.write_bytes(OLD)
    source = notice_source.read(path)
    assert (source.text, source.data) == ("一、总则\n（一）事", OLD)
    assert source.format == path.suffix[1:]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    "code", ["raise SystemExit(3)", "", "import time; time.sleep(60)"], ids=["fails", "no", "hangs"]
)
@pytest.mark.parametrize("groups", [True, False])
def test_an_office_that_does_not(
    code: str, groups: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = fake(tmp_path, code)
    monkeypatch.setattr(convert, "office", lambda: program)
    monkeypatch.setattr(convert, "SECONDS", 0.3 if "sleep" in code else 20)
    if not groups:
        monkeypatch.delattr(convert.os, "killpg")
    path = tmp_path / "通知.doc"
    path.write_bytes(OLD)
    with pytest.raises(UserError, match="旧版 Word") as caught:
        notice_source.read(path)
    assert "另存为" in caught.value.advice


def test_where_the_office_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert convert.office() == Path("/usr/bin/soffice")
    only = {"libreoffice": "/usr/bin/libreoffice"}
    monkeypatch.setattr(convert.shutil, "which", only.get)
    assert convert.office() == Path("/usr/bin/libreoffice")
    monkeypatch.setattr(convert.shutil, "which", lambda name: None)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    monkeypatch.delenv("ProgramFiles(x86)", raising=False)
    assert convert.office() is None
    assert convert.as_docx(".doc", OLD) is None
    place = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"")
    assert convert.office() == place


@pytest.mark.office
def test_the_real_notice_in_every_format(real_notice: Path, tmp_path: Path) -> None:
    """As .txt in two encodings, .docx, .pdf and .doc made by LibreOffice: the same tree."""
    words = real_notice.read_text("utf-8")
    # Every paragraph broken anew, so that no format is helped by the line ends of the paper.
    broken = "\n".join(
        "\n".join(line[at : at + 37] for at in range(0, len(line), 37))
        for line in words.split("\n")
    )
    (tmp_path / "a.txt").write_text(broken, "utf-8")
    (tmp_path / "b.txt").write_bytes(broken.encode("gb18030"))
    (tmp_path / "c.docx").write_bytes(write_paragraphs(broken.split("\n")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for form in ("pdf", "doc"):
        subprocess.run(
            [
                *("soffice", profile, "--headless", "--convert-to", form),
                *("--outdir", str(tmp_path), str(tmp_path / "c.docx")),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    expected = tree(read(words, seed=load_seed()))
    for name in ("a.txt", "b.txt", "c.docx", "c.pdf", "c.doc"):
        source = notice_source.read(tmp_path / name)
        assert tree(read(source.text, seed=load_seed())) == expected, name
