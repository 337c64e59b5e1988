"""What the clerk drops is opened down to single files; nothing is lost or leaves its place."""

from __future__ import annotations

import struct
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files import incoming
from hs_credit_desktop.files.incoming import open_all, zip_name
from tests.files.samples import archive

if TYPE_CHECKING:
    from pathlib import Path


def _mail(name: str | None, data: bytes, subject: str = "报送") -> bytes:
    message = EmailMessage()
    message["From"] = "甲局 <a@example.invalid>"
    message["Subject"] = subject
    message["Date"] = "Sat, 30 Nov 2024 20:10:00 +0800"
    message.set_content("正文在此")
    if name:
        message.add_attachment(data, maintype="application", subtype="x", filename=name)
    return message.as_bytes()


def _write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


def test_folders_zips_and_mails_become_single_files(tmp_path: Path) -> None:
    inner = archive({"深/甲.txt": "甲的反馈".encode(), "~$甲.txt": b"x", "__MACOSX/甲.txt": b"x"})
    folder = _write(
        tmp_path / "收到",
        {
            "乙.txt": "乙的反馈".encode(),
            "子/Thumbs.db": b"x",
            "包.zip": archive({"里.zip": inner, "空夹/": b""}),
            "信.eml": _mail("丙.txt", "丙的反馈".encode()),
            "无附件.eml": _mail(None, b""),
        },
    )
    (folder / "链接.txt").symlink_to(folder / "乙.txt")
    opened = open_all([folder])
    assert {(item.name, item.source) for item in opened.files} == {
        ("丙.txt", "文件夹“收到” › 邮件“报送”"),
        ("甲.txt", "文件夹“收到” › 压缩包“包.zip” › 压缩包“里.zip”"),
        ("无附件.eml", "文件夹“收到”"),
        ("乙.txt", "文件夹“收到”"),
    }
    assert sorted(opened.ignored) == ["Thumbs.db", "~$甲.txt", "甲.txt"]
    [mail] = [item for item in opened.files if item.mail_text is not None]
    assert mail.mail_text
    assert "正文在此" in mail.mail_text
    [attached] = [item for item in opened.files if item.name == "丙.txt"]
    assert (attached.sender[:2], attached.subject) == ("甲局", "报送")
    assert str(attached.sent_at) == "2024-11-30 20:10:00+08:00"


def test_temporary_files_in_mails_are_set_aside(tmp_path: Path) -> None:
    folder = _write(tmp_path, {"信.eml": _mail("~$a.xlsx", b"x")})
    opened = open_all([folder / "信.eml"])
    assert (opened.files, opened.ignored) == ([], ["~$a.xlsx"])


def test_names_written_by_windows() -> None:
    def name(raw: bytes, flag: int = 0) -> str:
        info = zipfile.ZipInfo()
        info.filename = raw.decode("cp437")
        info.flag_bits = flag
        return zip_name(info)

    assert name("反馈表".encode("gbk")) == "反馈表"
    assert name("反馈表".encode()) == "反馈表"
    assert name(b"\xff\xff") == b"\xff\xff".decode("cp437")
    marked = zipfile.ZipInfo("反馈表")
    marked.flag_bits = 0x800
    assert zip_name(marked) == "反馈表"
    odd = zipfile.ZipInfo("表㎡")
    odd.flag_bits = 0
    assert zip_name(odd) == "表㎡"


def test_paths_inside_a_zip_stay_inside(tmp_path: Path) -> None:
    data = archive({"../../外.txt": b"a", "C:\\x\\里.txt": b"b", "..": b"c", "/绝.txt": b"d"})
    opened = open_all([_write(tmp_path, {"包.zip": data}) / "包.zip"])
    assert [item.name for item in opened.files] == ["外.txt", "里.txt", "未命名文件", "绝.txt"]
    assert list(tmp_path.iterdir()) == [tmp_path / "包.zip"]


def test_what_cannot_be_opened_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    deep = b"text"
    for _ in range(5):
        deep = archive({"里.zip" if deep != b"text" else "里.txt": deep})
    damaged = bytearray(archive({"好.txt": b"good" * 50, "坏.txt": b"bad" * 50}))
    at = damaged.index("坏.txt".encode()) + len("坏.txt".encode())
    damaged[at + 2] ^= 0xFF
    locked = bytearray(archive({"密.txt": b"secret"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", locked, locked.index(mark) + place, 1)
    folder = _write(
        tmp_path,
        {
            "深.zip": deep,
            "坏.zip": bytes(damaged),
            "密.zip": bytes(locked),
            "空.zip": archive({}),
            "空.txt": b"",
            "好.txt": b"ok",
        },
    )
    opened = open_all([*sorted(folder.iterdir()), tmp_path / "没有.txt"])
    refused = {item.name: item.refusal for item in opened.files if item.refusal}
    assert "套得太深" in refused["里.zip"]
    assert "损坏" in refused["坏.txt"]
    assert "密码" in refused["密.zip"]
    assert "空的" in refused["空.zip"]
    assert "空文件" in refused["空.txt"]
    assert "找不到" in refused["没有.txt"]
    assert [item.name for item in opened.files if not item.refusal] == ["好.txt", "好.txt"]


def test_too_many_files_stop_before_anything_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MAX_FILES", 2)
    folder = _write(tmp_path, {f"{at}.txt": b"x" for at in range(3)})
    with pytest.raises(UserError, match="太多"):
        open_all([folder])


def test_progress_may_stop_it(tmp_path: Path) -> None:
    folder = _write(tmp_path, {"a.txt": b"x"})

    def stop(_done: int, _total: int, _label: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        open_all([folder], stop)
