"""Opens what the clerk drops: files, folders, zips and mails, down to the single files inside."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.guard import check_package, read_bytes, read_part
from hs_credit_desktop.files.kinds import Content, content_of
from hs_credit_desktop.files.mail import read_mail

MAX_FILES = 3_000
MAX_TOTAL_BYTES = 1_000_000_000
MAX_DEPTH = 3  # a zip in a mail in a zip
_MAX_NAME = 180
_IGNORED = {"thumbs.db", "desktop.ini", ".ds_store"}
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Incoming:
    """One single file. source: the zip, mail or folder it came in; refusal: why it was not opened.

    mail_text: the mail's own words, when the file is a mail without attachments; content: what the
    bytes are, where that was looked at.
    """

    name: str
    data: bytes
    source: str = ""
    sender: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    refusal: str = ""
    mail_text: str | None = None
    content: Content | None = None


@dataclass
class Opened:
    """All single files found, and names that were left aside (temporary and system files)."""

    files: list[Incoming] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True)
class _Origin:
    """Where a file stands: what it came in, how deep, and the mail around it."""

    source: str = ""
    depth: int = 0
    sender: str = ""
    subject: str = ""
    sent_at: datetime | None = None


def open_all(
    paths: Sequence[Path], progress: Progress = lambda _done, _total, _label: None
) -> Opened:
    """Every single file under `paths`. progress(files so far, 0, name) may raise to stop.

    A path that cannot be read is a refused file, not an error: the others go on.
    """
    opened = Opened()
    for path in paths:
        for file, origin in _walk(path):
            progress(len(opened.files), 0, file.name)
            if _set_aside(file.name):
                opened.ignored.append(file.name)
            else:
                _open_path(file, origin, opened)
    return opened


def _walk(path: Path) -> list[tuple[Path, _Origin]]:
    """The files of a folder, sorted; links are not followed out of it."""
    if not path.is_dir():
        return [(path, _Origin())]
    found = sorted(item for item in path.rglob("*") if item.is_file() and not item.is_symlink())
    return [(item, _Origin(f"文件夹“{path.name}”")) for item in found]


def _set_aside(name: str) -> bool:
    return name.startswith(("~$", "._")) or name.lower() in _IGNORED


def _open_path(path: Path, origin: _Origin, opened: Opened) -> None:
    try:
        data = read_bytes(path)
    except UserError as error:
        _add(
            opened,
            origin,
            Incoming(_clean_name(path.name), b"", refusal=f"{error.what}。{error.advice}"),
        )
        return
    _open(path.name, data, origin, opened)


def _open(name: str, data: bytes, origin: _Origin, opened: Opened) -> None:
    """A single file, or what is inside a zip or a mail."""
    name = _clean_name(name)
    content = content_of(data)
    if content in (Content.ZIP, Content.MAIL) and origin.depth >= MAX_DEPTH:
        words = "压缩包或邮件套得太深，没有打开，请解开后把里面的文件拖进来。"
        _add(opened, origin, Incoming(name, data, refusal=words))
    elif content is Content.ZIP:
        _open_zip(name, data, origin, opened)
    elif content is Content.MAIL:
        _open_mail(name, data, origin, opened)
    else:
        _add(opened, origin, Incoming(name, data, content=content))


def _add(opened: Opened, origin: _Origin, file: Incoming) -> None:
    opened.total += len(file.data)
    if len(opened.files) >= MAX_FILES or opened.total > MAX_TOTAL_BYTES:
        raise UserError(
            f"一次拖入的文件太多（超过 {MAX_FILES} 个或 1 GB）", "没有存入任何文件，请分几次拖入。"
        )
    opened.files.append(
        replace(
            file,
            source=origin.source,
            sender=origin.sender,
            subject=origin.subject,
            sent_at=origin.sent_at,
        )
    )


def _open_zip(name: str, data: bytes, origin: _Origin, opened: Opened) -> None:
    inner = replace(origin, source=_within(origin, f"压缩包“{name}”"), depth=origin.depth + 1)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        try:
            check_package(name, package)
        except UserError as error:
            _add(opened, origin, Incoming(name, data, refusal=f"{error.what}。{error.advice}"))
            return
        entries = [info for info in package.infolist() if not info.is_dir()]
        if not entries:
            _add(opened, origin, Incoming(name, data, refusal="压缩包是空的，请核对后重新发来。"))
        for info in entries:
            inside = zip_name(info)
            if _set_aside(PurePosixPath(inside).name) or inside.startswith("__MACOSX/"):
                opened.ignored.append(_clean_name(inside))
                continue
            try:
                body = read_part(name, package, info.filename)
            except (UserError, RuntimeError):
                words = "压缩包里的这个文件已损坏，读不出来，请联系来件单位重发。"
                _add(opened, inner, Incoming(_clean_name(inside), b"", refusal=words))
                continue
            _open(inside, body, inner, opened)


def zip_name(info: zipfile.ZipInfo) -> str:
    """A name inside a zip: UTF-8 where the zip says so, else what Windows wrote (GBK)."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _clean_name(name: str) -> str:
    """The last part of a name without what could be a path or spoil a line; for showing only."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    shown = "".join(char for char in last if char.isprintable()).strip()[:_MAX_NAME]
    return shown if shown.strip(".") else "未命名文件"


def _within(origin: _Origin, place: str) -> str:
    return f"{origin.source} › {place}" if origin.source else place


def _open_mail(name: str, data: bytes, origin: _Origin, opened: Opened) -> None:
    mail = read_mail(data)
    inner = _Origin(
        _within(origin, f"邮件“{_clean_name(mail.subject or name)}”"),
        origin.depth + 1,
        mail.sender or origin.sender,
        mail.subject,
        mail.sent_at or origin.sent_at,
    )
    opened.ignored += [_clean_name(item) for item in mail.ignored]
    if not mail.attachments:
        around = replace(inner, source=origin.source)
        _add(opened, around, Incoming(name, data, mail_text=mail.text))
    for attached in mail.attachments:
        if _set_aside(attached.name):
            opened.ignored.append(_clean_name(attached.name))
        else:
            _open(attached.name, attached.data, inner, opened)
