"""The package (只读材料包) for a leader: a page and the papers, with nothing to install."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.services import export, freezing
from hs_credit_desktop.services.integrity import trust
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.whole_files import sha256_of, whole

PAGE = "打开这个文件.html"
PAPERS = (export.REPORT, export.SUMMARY, export.LEDGER)


@dataclass(frozen=True)
class LeaderPackage:
    """A finished package: its SHA-256 and the names of the files in it."""

    file: Path
    sha256: str
    names: tuple[str, ...]


def make(
    ws: Workspace, round_: Round, out: Path, progress: export.Progress | None = None
) -> LeaderPackage:
    """Write the zip: one page with figures, texts and links, and the papers beside it.

    A frozen round is printed from its snapshot. UserError when the ledger is damaged or the file
    cannot be written; progress may raise to cancel, nothing is left then.
    """
    trust(ws)
    if round_.state is RoundState.FROZEN and not freezing.open_reopenings(ws, round_):
        with freezing.as_frozen(ws, round_) as then:
            return _make(then, round_, out, progress)
    return _make(ws, round_, out, progress)


def _make(
    ws: Workspace, round_: Round, out: Path, progress: export.Progress | None
) -> LeaderPackage:
    from hs_credit_desktop.reports.leader_page import leader_page

    with TemporaryDirectory(prefix="hs-credit-") as folder:
        made = export.export(ws, round_, Path(folder), PAPERS, progress)
        links = [(export.KINDS[item.kind], item.path.name) for item in made]
        page = Path(folder) / PAGE
        page.write_text(leader_page(export.gather(ws, round_), links), encoding="utf-8")
        names = (PAGE, *(item.path.name for item in made))
        with (
            plain_words(out, "没有写成"),
            whole(out) as draft,
            zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as package,
        ):
            for name in names:
                package.write(Path(folder) / name, name)
    return LeaderPackage(out, sha256_of(out), names)
