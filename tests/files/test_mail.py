"""Mails in any usual encoding: the day they were sent, attachments by name, their own text."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hs_credit_desktop.clock import CHINA
from hs_credit_desktop.files.mail import header_words, page_text, read_mail

GBK_NAME = "财政局反馈表.xlsx".encode("gbk")


def _mail(*lines: bytes) -> bytes:
    return b"\r\n".join(lines)


def test_a_usual_mail() -> None:
    message = EmailMessage()
    message["From"] = "市财政局 <a@example.invalid>"
    message["Subject"] = "报送反馈"
    message["Date"] = "Sat, 30 Nov 2024 22:41:00 +0800"
    message.set_content("请查收")
    message.add_attachment(b"123", maintype="application", subtype="x", filename="反馈表.xlsx")
    mail = read_mail(message.as_bytes())
    assert mail.subject == "报送反馈"
    assert mail.sender.startswith("市财政局")
    assert mail.sent_at == datetime(2024, 11, 30, 22, 41, tzinfo=CHINA)
    assert [(item.name, item.data) for item in mail.attachments] == [("反馈表.xlsx", b"123")]
    assert mail.text.strip() == "请查收"


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Sat, 30 Nov 2024 16:30:00 +0000", "2024-12-01"),
        ("30 Nov 2024 15:59:00 -0000", "2024-11-30"),
        ("Sat, 30 Nov 2024 08:00:00 -0800", "2024-12-01"),
    ],
)
def test_the_day_is_reckoned_in_china(date: str, day: str) -> None:
    sent = read_mail(f"Date: {date}\nFrom: a\n\nx".encode()).sent_at
    assert sent
    assert sent.date().isoformat() == day


@pytest.mark.parametrize("date", ["", "Date: 昨天\n", "Date: Sat, 99 Nov 2024 99:00:00 +0800\n"])
def test_a_senseless_date_is_none(date: str) -> None:
    assert read_mail(f"{date}From: a\n\nx".encode()).sent_at is None


@pytest.mark.parametrize(
    "header",
    [
        b'Content-Disposition: attachment; filename="=?GBK?B?ssbV/r7Wt7TAobHtLnhsc3g=?="',
        f"Content-Disposition: attachment; filename*=UTF-8''{quote('财政局反馈表')}.xlsx".encode(),
        b'Content-Type: application/octet-stream; name="' + GBK_NAME + b'"',
        b"Content-Type: x/y; name*0*=gbk''%B2%C6%D5%FE%BE%D6; name*1*=%B7%B4%C0%A1%B1%ED.xlsx",
    ],
)
def test_names_in_every_usual_encoding(header: bytes) -> None:
    part = header if header.startswith(b"Content-Type") else b"Content-Type: x/y\r\n" + header
    data = _mail(
        b"From: a",
        b"MIME-Version: 1.0",
        b"Content-Type: multipart/mixed; boundary=B",
        b"",
        b"--B",
        part,
        b"",
        b"data",
        b"--B--",
    )
    assert [item.name for item in read_mail(data).attachments] == ["财政局反馈表.xlsx"]


def test_headers_cut_inside_a_character_and_raw_bytes() -> None:
    whole = "反馈".encode("gbk")
    cut = f"=?gbk?Q?{''.join(f'={byte:02X}' for byte in whole[:3])}?="
    rest = f"=?gbk?Q?={whole[3]:02X}?="
    assert header_words(f"{cut}\r\n {rest}") == "反馈"
    assert header_words("报送".encode("gbk").decode("ascii", "surrogateescape")) == "报送"
    assert header_words("=?utf-8?B?5oql6YCB?= x") == "报送 x"
    assert header_words(None) == ""
    assert header_words("=?utf-8?B?abcde?=") == "=?utf-8?B?abcde?="


def test_nested_mail_picture_and_nameless_part() -> None:
    inner = EmailMessage()
    inner["From"] = "b"
    inner["Subject"] = "内"
    inner.set_content("内文")
    message = EmailMessage()
    message["From"] = "a"
    message.set_content("<p>一</p><table><tr><td>甲</td><td>乙</td></tr></table>", subtype="html")
    message.add_related(b"png", maintype="image", subtype="png", cid="<logo>")
    message.add_attachment(inner)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf")
    message.add_attachment(b"", maintype="application", subtype="pdf", filename="空.pdf")
    mail = read_mail(message.as_bytes())
    assert [item.name for item in mail.attachments] == ["转发的邮件.eml", "未命名附件"]
    assert b"Subject" in mail.attachments[0].data
    assert mail.ignored == ("正文图片",)
    assert mail.text.split() == ["一", "甲", "乙"]


def test_broken_parts_cost_their_words_only() -> None:
    data = _mail(
        b"From: a",
        b"MIME-Version: 1.0",
        b"Content-Type: multipart/mixed; boundary=B",
        b"",
        b"--B",
        b"Content-Type: text/plain; charset=nothing-such",
        b"",
        "正文".encode(),
        b"--B",
        b"Content-Type: text/plain; charset*=x''%ZZ",
        b"",
        b"\xff\xfe\xfa",
        b"--B",
        b"Content-Type: message/rfc822",
        b"",
        b"",
        b"--B",
        b"Content-Disposition: attachment; filename*=unknown-set''%ff.txt",
        b"",
        b"x",
        b"--B--",
    )
    mail = read_mail(data)
    assert "正文" in mail.text
    assert read_mail(b"From: a\nContent-Type: multipart/mixed\n\nx").text == "x"


def test_pages_without_style_and_script() -> None:
    page = "<head>t</head><style>a{}</style>一<br>二<script>x</script></div></td></style>三"
    assert page_text(page).split() == ["一", "二", "三"]
    assert page_text("<table><tr><td><p>甲</p>乙</td><td>丙</td></tr></table>") == "甲乙\t丙\t"


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_break_it(data: bytes) -> None:
    read_mail(b"From: a\nDate: x\nContent-Type: multipart/mixed; boundary=B\n\n--B\n" + data)
    read_mail(data)


def test_parameters_that_no_rule_knows() -> None:
    data = b"From: a\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"
    bad = b"Content-Type: text/plain; charset*=1'x; name*9999999999999=a\n\nx\n--B--"
    assert read_mail(data + bad).text.strip() == "x" or read_mail(data + bad).attachments
