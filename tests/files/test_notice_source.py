"""Notice files: encodings read, everything else refused with a plain sentence."""

import time
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files import convert, guard, notice_source
from tests.files.word import docx, p, package, root

WORDS = "关于印发任务分解的通知\n一、总则\n〔责任单位：市发改委〕"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-be"]
)
def test_text_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    data = WORDS.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    path = tmp_path / "通知.txt"
    path.write_bytes(data)
    source = notice_source.read(path)
    assert source == notice_source.SourceText(
        "通知.txt", "txt", sha256(data).hexdigest(), data, WORDS
    )


def test_real_notice_in_gb18030_is_the_same(tmp_path: Path, real_notice: Path) -> None:
    words = real_notice.read_text("utf-8")
    path = tmp_path / "a.txt"
    path.write_bytes(words.encode("gb18030"))
    assert notice_source.read(path).text == words


@pytest.mark.parametrize("name", ["通知.docx", "通知.DOCX", "没有后缀"])
def test_word_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(docx(p("一、总则")))
    source = notice_source.read(path)
    assert (source.format, source.text) == ("docx", "一、总则")


def _encrypted_flag(data: bytes) -> bytes:
    """The same package with the encryption flag of its first part set."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BODY = root("document", "<w:body/>")
BAD = {
    "empty.txt": (b"", "空文件"),
    "blank.txt": (b" \n\r\n", "空文件"),
    "binary.txt": (bytes(range(256)) * 9, "不是文字文件"),
    "nul.txt": ("通知\x00".encode(), "不是文字文件"),
    "utf16.txt": (b"\xff\xfe\x00\xd8\x00", "不是文字文件"),
    "novel.txt": (("通知。\n" * 60_000).encode(), "文字太多"),
    "only-mark.txt": (b"\xef\xbb\xbf\n", "没有文字"),
    "a.doc": (OLD, "旧版 Word 或 WPS"),
    "a.wps": (OLD, "旧版 Word 或 WPS"),
    "secret.docx": (OLD + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "a.pdf": (b"%PDF-1.7", "已损坏"),
    "pdf-as.txt": (b"%PDF-1.7", "已损坏"),
    "text.pdf": (WORDS.encode(), "已损坏"),
    "a.rtf": (b"{\\rtf1 a}", "RTF"),
    "text.wps": (WORDS.encode(), "WPS 文字文档"),
    "a.xlsx": (package({"xl/workbook.xml": "<a/>"}), "Excel 工作簿"),
    "a.docm": (docx(""), "带宏的 Word 文档"),
    "a.jpg": (b"\xff\xd8\xff\xe0", "图片"),
    "text.docx": (WORDS.encode(), "不是 Word 文档"),
    "other.docx": (package({"a.txt": "b"}), "不是 Word 文档"),
    "scan.docx": (docx(p("")), "没有文字"),
    "macro.docx": (package({"word/document.xml": BODY, "word/vbaProject.bin": b"x"}), "带有宏"),
    "locked.docx": (_encrypted_flag(docx(p("甲"))), "设有密码"),
    "bomb.docx": (package({"word/document.xml": b" " * 30_000_000}), "异常庞大"),
    "parts.docx": (package({f"{n}": b"" for n in range(guard.MAX_PARTS + 1)}), "异常庞大"),
}


@pytest.fixture
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "office", lambda: None)


@pytest.mark.usefixtures("_no_office")
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    started = time.process_time()
    with pytest.raises(UserError) as caught:
        notice_source.read(path)
    assert time.process_time() - started < 1
    assert name in caught.value.what
    assert reason in caught.value.what
    assert caught.value.advice.endswith("。")


def test_folder_missing_and_unreadable_files(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(UserError, match="是文件夹"):
        notice_source.read(tmp_path)
    with pytest.raises(UserError, match="找不到文件"):
        notice_source.read(tmp_path / "没有.txt")
    path = tmp_path / "a.txt"
    path.write_text(WORDS, "utf-8")

    def busy(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", busy)
    with pytest.raises(UserError, match="打不开文件"):
        notice_source.read(path)


def test_large_files_are_refused_before_reading(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(guard, "MAX_FILE_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(UserError, match="太大"):
        notice_source.read(path)


def test_damaged_part_is_refused(tmp_path: Path) -> None:
    data = package({"word/document.xml": BODY * 40})
    at = data.index(b"word/document.xml") + 40
    path = tmp_path / "a.docx"
    path.write_bytes(data[:at] + b"\xff" * 20 + data[at + 20 :])
    with pytest.raises(UserError, match="已损坏"):
        notice_source.read(path)


def test_missing_part_is_refused() -> None:
    archive = zipfile.ZipFile(_file(package({"a": b""})))
    with pytest.raises(UserError, match="已损坏"):
        guard.read_part("a.docx", archive, "b")


def _file(data: bytes):
    import io

    return io.BytesIO(data)
