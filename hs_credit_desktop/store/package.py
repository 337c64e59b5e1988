"""The hand-over package (交接包): a zip with a ledger, kept files and their sums."""

import json
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import PACKAGE_SUFFIX
from hs_credit_desktop.store import sealed_box, whole_files
from hs_credit_desktop.store.faults import plain_words

MANIFEST, LEDGER, FILES = "manifest.json", "ledger.hscredit", "files/"
FORMAT = 1
SUFFIX = PACKAGE_SUFFIX


@dataclass(frozen=True)
class Package:
    """A package unpacked into a folder: its ledger, its kept files, what its maker says."""

    ledger: Path
    files: Path
    manifest: dict[str, Any]


def write(
    out: Path,
    ledger: Path,
    kept: Collection[Path],
    manifest: dict[str, object],
    passphrase: str | None = None,
) -> None:
    """Write a package whole; kept files lie under their SHA-256 already."""
    sums = {LEDGER: whole_files.sha256_of(ledger)}
    said = {"format": FORMAT, "sums": sums, **manifest}
    with plain_words(out, "没有写成"), whole_files.whole(out) as draft:
        plain = draft.with_name(f"{draft.name}.zip") if passphrase else draft
        try:
            with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as package:
                package.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))
                package.write(ledger, LEDGER)
                for file in sorted(kept):
                    package.write(file, FILES + file.name)
            if passphrase:
                sealed_box.seal(plain, draft, passphrase)
        finally:
            if passphrase:
                plain.unlink(missing_ok=True)


@contextmanager
def opened(file: Path, passphrase: str | None = None) -> Iterator[Package]:
    """Unpack a package into a temporary folder and hold every part against its sum.

    UserError when it is none, damaged, of a newer program, or the passphrase is missing or wrong.
    """
    with TemporaryDirectory(prefix="hs-credit-") as temporary:
        folder = Path(temporary)
        plain = file
        with plain_words(file, "没有读出来"):
            if sealed_box.is_sealed(file):
                plain = folder / "package.zip"
                sealed_box.unseal(file, plain, passphrase)
            try:
                package = _unpack(plain, folder)
            except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError):
                raise _damaged(file) from None
        yield package


def _unpack(plain: Path, folder: Path) -> Package:
    with zipfile.ZipFile(plain) as package:
        manifest = json.loads(package.read(MANIFEST))
        if manifest["format"] != FORMAT:
            raise UserError("交接包是更新版本的程序做的", "请安装新版本的信用任务台账再打开。")
        for name in package.namelist():
            if name == LEDGER or _is_kept(name):
                package.extract(name, folder)
    if whole_files.sha256_of(folder / LEDGER) != manifest["sums"][LEDGER]:
        raise ValueError(LEDGER)
    for kept in (folder / FILES).glob("*"):
        if whole_files.sha256_of(kept) != kept.name:
            raise ValueError(kept.name)
    return Package(folder / LEDGER, folder / FILES, manifest)


def _is_kept(name: str) -> bool:
    """Whether an entry is a kept file by its name, and no way out of the folder."""
    last = name.removeprefix(FILES)
    return name == FILES + last and len(last) == 64 and all(c in "0123456789abcdef" for c in last)


def _damaged(file: Path) -> UserError:
    return UserError(f"{file.name} 不是完整的交接包，没有合并", "请在那台电脑上重新制作一份。")
