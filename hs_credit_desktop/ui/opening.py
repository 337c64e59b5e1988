"""Opening a kept file with whatever the PC opens such files: always a copy, never the original."""

import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import returns
from hs_credit_desktop.services.workspace import Workspace


def open_path(path: Path) -> None:
    """Open a file or folder."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def copy_of(ws: Workspace, sha256: str, name: str) -> Path:
    """A copy of a kept file under its own name; UserError when the kept file is not there."""
    folder = Path(tempfile.mkdtemp(prefix="hs-credit-"))
    try:
        source = returns.attachment_path(ws, sha256)
        return Path(shutil.copyfile(source, folder / Path(name).name))
    except OSError as error:
        raise UserError(f"{name} 打不开", "请检查数据文件夹里的原件是否还在。") from error
