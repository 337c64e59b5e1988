"""The office's seal as a picture: under a passphrase, for one paper at a time, every use logged."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports import seal_print
from hs_credit_desktop.reports.page import MM, STANDARD
from hs_credit_desktop.reports.pages import page_images
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.reports.seal import seal_place
from hs_credit_desktop.services import papers_publish, papers_seal, seal_image
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.store import sealed_box
from tests.ledgers import TODAY, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

PASSPHRASE = "演示口令-2024"


def picture(mode: str = "RGBA", size: tuple[int, int] = (60, 60)) -> bytes:
    """A red block with a clear edge of ten pixels."""
    made = Image.new("RGBA", size, (0, 0, 0, 0))
    made.paste((220, 0, 0, 255), (10, 10, size[0] - 10, size[1] - 10))
    out = io.BytesIO()
    made.convert(mode).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def png(tmp_path: Path) -> Path:
    file = tmp_path / "章.png"
    file.write_bytes(picture())
    return file


@pytest.fixture
def paper(ws: Workspace, tmp_path: Path) -> Path:
    files = papers_publish.write_kind(ws, round_number(ws), PaperKind.CHASE_LETTER, tmp_path / "出")
    return files[0].path


def use(ws: Workspace, paper: Path, **other: object) -> Path:
    usual: dict[str, object] = {
        "kind": PaperKind.CHASE_LETTER,
        "passphrase": PASSPHRASE,
        "copies": 1,
        "sealed_by": "甲某",
        "sealed_on": TODAY,
        "purpose": "发函",
        "round_id": round_number(ws).id,
    }
    return seal_image.seal_paper(ws, paper, **(usual | other))  # type: ignore[arg-type]


def test_the_picture_is_nowhere_in_the_clear(ws: Workspace, png: Path) -> None:
    assert seal_image.kept(ws) is None
    seal_image.keep(ws, png, passphrase=PASSPHRASE, width=42)
    assert seal_image.kept(ws) == ("章.png", 42.0)
    assert seal_image.unlock(ws, PASSPHRASE) == (picture(), 42.0)
    ws.ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in ws.folder.root.rglob("*"):
        assert not file.is_file() or b"IHDR" not in file.read_bytes()
    assert check(ws) == []
    seal_image.remove(ws)
    assert seal_image.kept(ws) is None
    assert ws.ledger.value("SELECT max(length(sealed)) FROM seal_images") == 0


def test_a_wrong_passphrase_is_said_and_nothing_written(
    ws: Workspace, png: Path, paper: Path
) -> None:
    with pytest.raises(UserError, match="还没有存入印章图"):
        use(ws, paper)
    seal_image.keep(ws, png, passphrase=PASSPHRASE, width=42)
    for wrong, why in (("演示口令-2023", "口令不对"), ("", "设了口令")):
        with pytest.raises(UserError, match=why):
            use(ws, paper, passphrase=wrong)
    assert papers_seal.lines(ws) == ()
    assert not list(paper.parent.glob("*电子印章*"))


def test_the_seal_stands_at_its_place_and_the_use_is_logged(
    ws: Workspace, png: Path, paper: Path
) -> None:
    seal_image.keep(ws, png, passphrase=PASSPHRASE, width=42)
    before = paper.read_bytes()
    made = use(ws, paper)
    assert paper.read_bytes() == before
    place = seal_place(read_pages(made), STANDARD, 42)
    assert place is not None
    assert [page.text for page in read_pages(made)] == [page.text for page in read_pages(paper)]
    image = next(page_images(made, 72, first=place.page, last=place.page))

    def red(dx: float, dy: float) -> bool:
        x, y = round(place.x + dx * MM), round(image.height - place.y - dy * MM)
        r, g, _ = image.rgb[y * image.stride + 3 * x :][:3]
        return r > 150 and g < 60

    assert red(-12, 12)
    assert red(12, -12)
    assert not red(-19, 19)  # the edge is clear
    assert not red(30, 0)
    [line] = papers_seal.lines(ws)
    assert (line.image, line.copies, line.title) == (True, 1, paper.stem)
    assert line.sha256


def test_what_cannot_be_logged_is_not_written(ws: Workspace, png: Path, paper: Path) -> None:
    seal_image.keep(ws, png, passphrase=PASSPHRASE, width=42)
    with pytest.raises(UserError, match="在今天"):
        use(ws, paper, sealed_on=TODAY + timedelta(days=1))
    with pytest.raises(UserError, match="不用盖章"):
        use(ws, paper, kind=PaperKind.MISSING_LIST)
    assert [file.suffix for file in sorted(paper.parent.iterdir())] == [".docx", ".pdf"]


def test_a_paper_without_signature_has_no_place(ws: Workspace, png: Path, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "空.pdf"))
    canvas.showPage()
    canvas.save()
    seal_image.keep(ws, png, passphrase=PASSPHRASE, width=42)
    with pytest.raises(UserError, match="没有落款和日期"):
        use(ws, tmp_path / "空.pdf")


def test_a_file_that_cannot_be_written_is_said(
    ws: Workspace, png: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal_image.keep(ws, png, passphrase=PASSPHRASE, width=42)

    def full(*_what: object) -> int:
        raise OSError(28, "no room")

    monkeypatch.setattr(seal_print, "put_seal", full)
    with pytest.raises(UserError, match="没有写成"):
        use(ws, paper)


@pytest.mark.parametrize(
    ("data", "given", "why"),
    [
        (b"GIF89a", {}, "不是 PNG"),
        (picture()[:30], {}, "不是 PNG"),
        (picture(), {"passphrase": "短"}, "口令太短"),
        (picture(), {"width": 80.0}, "不能是 80 毫米"),
        (picture(size=(4001, 21)), {}, "太大了"),
        (None, {}, "打不开"),
    ],
)
def test_what_is_no_seal_is_refused(
    ws: Workspace, tmp_path: Path, data: bytes | None, given: dict[str, object], why: str
) -> None:
    file = tmp_path / "章.png"
    if data is not None:
        file.write_bytes(data)
    usual: dict[str, object] = {"passphrase": PASSPHRASE, "width": 42.0}
    with pytest.raises(UserError, match=why):
        seal_image.keep(ws, file, **(usual | given))  # type: ignore[arg-type]
    assert seal_image.kept(ws) is None


def test_a_huge_file_is_refused_unread(
    ws: Workspace, png: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal_image, "LARGEST_FILE", 10)
    with pytest.raises(UserError, match="超过 5 MB"):
        seal_image.keep(ws, png, passphrase=PASSPHRASE, width=42)


def test_bytes_are_sealed_as_files_are() -> None:
    data = bytes(range(256)) * 5000  # more than one piece
    box = sealed_box.seal_bytes(data, "x")
    assert sealed_box.unseal_bytes(box, "x", "名") == data
    with pytest.raises(UserError, match="名 口令不对"):
        sealed_box.unseal_bytes(box[:-1], "x", "名")
