"""The archive package (归档包) of a frozen round: one zip that needs no program to be read."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from hs_credit_desktop.domain.returns import labelled
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import export, freezing, overview, papers_seal
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import files, snapshots
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.whole_files import sha256_of, whole

PAPERS, ORIGINALS, DATA = "1 报告与台账", "2 原件与佐证", "3 数据"
SCANS = "4 盖章扫描件"
LIST, SUMS = "清单.xlsx", "SHA256校验.txt"
_NOT_IN_NAMES = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")


@dataclass(frozen=True)
class Archived:
    """A finished package: its SHA-256, and how many files lie in it."""

    file: Path
    sha256: str
    files: int


@dataclass(frozen=True)
class _Part:
    """A file of the package: its place there, where its bytes lie, and a remark for the list."""

    place: str
    file: Path
    remark: str

    @property
    def sha256(self) -> str:
        return sha256_of(self.file)


def archive(ws: Workspace, round_: Round, out: Path) -> Archived:
    """Write the package of a frozen round: papers, originals by unit, data, scans, list, sums.

    The papers are printed from the snapshot. UserError when the round is not frozen, an original
    is lost or damaged, or the file cannot be written.
    """
    with freezing.as_frozen(ws, round_) as then, TemporaryDirectory(prefix="hs-credit-") as folder:
        parts = [
            *_papers(then, round_, Path(folder)),
            *_originals(then, round_),
            *_data(ws, then, round_, Path(folder)),
            *_scans(ws, round_),
        ]
        parts += _lists(parts, round_, Path(folder))
        with plain_words(out, "没有写成"), whole(out) as draft, _zip(draft) as package:
            for part in parts:
                package.write(part.file, part.place)
    return Archived(out, sha256_of(out), len(parts))


def _zip(draft: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED)


def _papers(then: Workspace, round_: Round, folder: Path) -> list[_Part]:
    made = export.export(then, round_, folder, export.KINDS)
    return [_Part(f"{PAPERS}/{item.path.name}", item.path, "") for item in made]


def _originals(then: Workspace, round_: Round) -> Iterator[_Part]:
    taken: set[str] = set()
    for kept in files.of_round(then.ledger, round_.id):
        if not files.intact(then.ledger, kept.sha256):
            raise UserError(
                f"{kept.unit_name}的{kept.name}丢失或损坏，没有归档", "请先在检查里取回这个原件。"
            )
        name = _free(f"{ORIGINALS}/{kept.unit_name}/{kept.name.translate(_NOT_IN_NAMES)}", taken)
        yield _Part(name, files.path_of(then.ledger, kept.sha256), kept.what)


def _scans(ws: Workspace, round_: Round) -> Iterator[_Part]:
    """Scans of the sealed papers: a paper is sealed after freezing, so they are those of today."""
    taken: set[str] = set()
    for line in reversed(papers_seal.lines(ws, round_.id)):
        for scan in line.scans if line.voided_at is None else ():
            if not files.intact(ws.ledger, scan.sha256):
                raise UserError(
                    f"《{line.title}》的扫描件{scan.name}丢失或损坏，没有归档",
                    "请在“用印登记”里移除它，重新扫描存入。",
                )
            folder, name = (words.translate(_NOT_IN_NAMES) for words in (line.title, scan.name))
            remark = f"{line.sealed_on} 用印，{line.sealed_by}"
            place = _free(f"{SCANS}/{folder}/{name}", taken)
            yield _Part(place, files.path_of(ws.ledger, scan.sha256), remark)


def _free(place: str, taken: set[str]) -> str:
    """The place, with a number before its suffix when another file has it."""
    path, number = PurePosixPath(place), 1
    while place in taken:
        number += 1
        place = f"{path.parent}/{path.stem}（{number}）{path.suffix}"
    taken.add(place)
    return place


def _data(ws: Workspace, then: Workspace, round_: Round, folder: Path) -> Iterator[_Part]:
    snapshot = snapshots.of_round(ws.ledger, round_.id)[-1]
    yield _Part(
        f"{DATA}/封存时的台账.hscredit",
        files.path_of(ws.ledger, snapshot.sha256),
        f"内容校验 {snapshot.contents}",
    )
    extract = folder / "extract.json"
    said = [
        {
            "单位": entry.unit_name,
            "措施": f"（{entry.measure_number}）{entry.measure_title}",
            "审核": entry.state.label,
            "收到日期": entry.received_on and entry.received_on.isoformat(),
            "完成情况": entry.parts.completion and entry.parts.completion.label,
            **dict(labelled(entry.parts)),
        }
        for entry in overview.entries(then, round_)
    ]
    extract.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    yield _Part(f"{DATA}/数据摘录.json", extract, "逐条内容，任何文本软件都能打开")


def _lists(parts: list[_Part], round_: Round, folder: Path) -> list[_Part]:
    """The list of the package as a workbook, and the sums that `sha256sum -c` reads."""
    from hs_credit_desktop.reports.sheets import Sheet, SheetColumn
    from hs_credit_desktop.reports.xlsx import render_xlsx

    rows = tuple(
        (number, part.place, part.file.stat().st_size, part.sha256, part.remark)
        for number, part in enumerate(parts, 1)
    )
    columns = (
        SheetColumn("序号", 6, centred=True),
        SheetColumn("文件", 60),
        SheetColumn("字节", 12),
        SheetColumn("SHA-256", 68),
        SheetColumn("说明", 30),
    )
    title = f"{round_.name}归档清单"
    render_xlsx([Sheet("清单", title, columns, rows)], folder / LIST, title)
    listed = _Part(LIST, folder / LIST, "")
    sums = "".join(f"{part.sha256}  {part.place}\n" for part in (*parts, listed))
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="\n")
    return [listed, _Part(SUMS, folder / SUMS, "")]


def wrong_in(file: Path) -> list[str]:
    """The files of a package that are not what its sums say, or are missing."""
    with zipfile.ZipFile(file) as package:
        found = []
        for line in package.read(SUMS).decode("utf-8").splitlines():
            sha256, _, place = line.partition("  ")
            there = place in package.namelist()
            if not there or hashlib.sha256(package.read(place)).hexdigest() != sha256:
                found.append(place)
        return found
