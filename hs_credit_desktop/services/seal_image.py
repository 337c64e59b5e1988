"""The office's seal as a picture: kept under a passphrase, used for one paper at a time, logged."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import papers_seal
from hs_credit_desktop.services.papers_register import PAPERS_CHANGED
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import papers, sealed_box, whole_files

LEAST_PASSPHRASE = 8
LARGEST_FILE = 5 * 1024 * 1024
WIDTHS = (20.0, 60.0)  # millimetres: seals of offices are 42 mm as a rule
ENDING = "_电子印章.pdf"


def kept(ws: Workspace) -> tuple[str, float] | None:
    """Name and width in mm of the picture in use; None when there is none."""
    found = papers.seal_image(ws.ledger)
    return (found[0], found[2]) if found else None


def keep(ws: Workspace, file: Path, *, passphrase: str, width: float) -> Changes:
    """Keep a PNG under a passphrase, in place of the one before; it is stored nowhere else.

    UserError for what is no PNG, a passphrase that is too short, a width that no seal has.
    """
    from hs_credit_desktop.reports import seal_print

    if len(passphrase) < LEAST_PASSPHRASE:
        raise UserError(
            "口令太短，印章图没有保存",
            f"请用至少 {LEAST_PASSPHRASE} 个字符的口令，并记牢：忘了不能找回。",
        )
    if not WIDTHS[0] <= width <= WIDTHS[1]:
        raise UserError(
            f"印章宽度不能是 {width:g} 毫米",
            f"请填 {WIDTHS[0]:g} 到 {WIDTHS[1]:g} 毫米，一般是 42。",
        )
    png = _read(file)
    seal_print.check_picture(png)
    sealed = sealed_box.seal_bytes(png, passphrase)
    with ws.change("存入印章图", file.name, {"width": width}):
        papers.put_seal_image(
            ws.ledger,
            name=file.name,
            sealed=sealed,
            width=width,
            at=ws.clock.now(),
            actor=ws.actor,
        )
    return PAPERS_CHANGED


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UserError(f"“{file.name}”超过 5 MB，没有保存", "请换一张小一些的 PNG。")
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"“{file.name}”打不开，没有保存", "请检查文件是否还在。") from error


def remove(ws: Workspace) -> Changes:
    """Take the picture out of the ledger; uses of it stay in the log."""
    with ws.change("移除印章图", "印章图", {}):
        papers.remove_seal_image(ws.ledger, at=ws.clock.now())
    return PAPERS_CHANGED


def unlock(ws: Workspace, passphrase: str) -> tuple[bytes, float]:
    """The picture and its width in mm; UserError for a wrong passphrase or no picture."""
    found = papers.seal_image(ws.ledger)
    if found is None:
        raise UserError("还没有存入印章图", "请先选一张底色透明的 PNG。")
    name, sealed, width = found
    return sealed_box.unseal_bytes(sealed, passphrase, f"印章图“{name}”"), width


def seal_paper(
    ws: Workspace,
    paper: Path,
    *,
    kind: PaperKind,
    passphrase: str,
    copies: int,
    sealed_by: str,
    sealed_on: date,
    purpose: str,
    number: str = "",
    round_id: str | None = None,
) -> Path:
    """Write the paper once more with the seal on it, and log the use; the new file.

    What cannot be logged is not written. The paper itself stays as it
    is. UserError for a wrong passphrase, no place for the seal, or what the log misses.
    """
    from hs_credit_desktop.reports import seal_print

    if not kind.sealed:
        raise UserError(f"{kind.label}不用盖章", "没有写出文件。")
    png, width = unlock(ws, passphrase)
    target = paper.with_name(paper.stem + ENDING)
    with _plain_words(target), whole_files.whole(target) as draft:
        seal_print.put_seal(paper, draft, png, width)
        papers_seal.log(
            ws,
            kind=kind.value,
            title=paper.stem,
            copies=copies,
            sealed_by=sealed_by,
            sealed_on=sealed_on,
            purpose=purpose,
            sha256=whole_files.sha256_of(draft),
            number=number,
            round_id=round_id,
            image=True,
        )
    return target


@contextmanager
def _plain_words(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"“{target.name}”没有写成",
            "文件可能正被别的程序打开，或磁盘已满。请关闭它或换一个文件夹，再试一次。",
        ) from error
