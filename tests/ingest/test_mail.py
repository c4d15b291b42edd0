"""Mails as programs write them, and as broken ones and attackers do."""

import base64
import binascii
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import limits
from pipeline.ingest.containers import is_mail
from pipeline.ingest.mail import open_mail, sent_at
from pipeline.ingest.refusal import Refused
from tests.ingest.mails import mail, raw_mail

DATA = b"a,b\r\n1,2\r\n"
IN_BASE64 = b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(DATA)
TEXT = b"Content-Type: text/plain\r\n\r\nhello"


def opened(data):
    assert is_mail(data)
    return open_mail(data, limits.MAX_UNPACKED_BYTES, limits.MAX_MEMBERS)


def attached(data):
    return [(lying.name, lying.data) for lying in opened(data).attached if not lying.why]


def refused(data):
    return [(lying.name, lying.why) for lying in opened(data).attached if lying.why]


def disposition(value, content=IN_BASE64):
    value = value if isinstance(value, bytes) else value.encode()
    return b"Content-Type: application/octet-stream\r\nContent-Disposition: " + value + b"\r\n" + content


def word(charset, text, how="B"):
    encoded = base64.b64encode(text.encode(charset)).decode()
    return f"=?{charset}?{how}?{encoded}?="


# ------------------------------------------------------------------ names

SPLIT = base64.b64encode("农行".encode("gb18030")[:3]).decode(), base64.b64encode("农行".encode("gb18030")[3:]).decode()


@pytest.mark.parametrize(
    ("why", "value", "name"),
    [
        ("plain", 'attachment; filename="table.csv"', "table.csv"),
        ("RFC 2231 in UTF-8", "attachment; filename*=UTF-8''%E5%86%9C%E8%A1%8C.csv", "农行.csv"),
        ("RFC 2231 in GBK", "attachment; filename*=GBK''%C5%A9%D0%D0.csv", "农行.csv"),
        ("RFC 2231 in what is called GB2312 and is GBK", "attachment; filename*=gb2312''%95%4E.csv", "昞.csv".replace("昞", b"\x95\x4e".decode("gbk"))),
        ("RFC 2231 in pieces", "attachment;\r\n filename*0*=UTF-8''%E5%86%9C;\r\n filename*1*=%E8%A1%8C;\r\n filename*2=.csv", "农行.csv"),
        ("RFC 2047 in GB2312", f'attachment; filename="{word("gb2312", "农行.csv")}"', "农行.csv"),
        ("RFC 2047 in GBK", f'attachment; filename="{word("GBK", "农行镕.csv")}"', "农行镕.csv"),
        ("RFC 2047 called GB2312", f'attachment; filename="{word("gbk", "镕.csv").replace("gbk", "gb2312")}"', "镕.csv"),
        ("RFC 2047 in UTF-8, without quotes", f"attachment; filename={word('utf-8', '农行.csv')}", "农行.csv"),
        ("RFC 2047 in two words", f'attachment; filename="{word("utf-8", "农")}\r\n {word("utf-8", "行.csv")}"', "农行.csv"),
        ("a character split between two words", f'attachment; filename="=?gb18030?B?{SPLIT[0]}?= =?gb18030?B?{SPLIT[1]}?=.csv"', "农行.csv"),
        ("an encoding that nobody knows", f'attachment; filename="{word("utf-8", "农行.csv").replace("utf-8", "x-none")}"', "农行.csv"),
        ("an encoded word that is broken", 'attachment; filename="=?utf-8?B?5Yac?.csv"', "=?utf-8?B?5Yac?.csv"),
        ("bytes of GBK", b'attachment; filename="' + "农行.csv".encode("gbk") + b'"', "农行.csv"),
        ("bytes of UTF-8", 'attachment; filename="农行.csv"', "农行.csv"),
        ("a way up", 'attachment; filename="../../etc/cron.csv"', "cron.csv"),
        ("a folder of Windows", 'attachment; filename="C:\\\\Users\\\\表.csv"', "表.csv"),
        ("a turn", "attachment; filename*=UTF-8''%E2%80%AExslx.csv", "⟨U+202E⟩xslx.csv"),
        ("no name", "attachment", "附件1"),
        ("an empty name", 'attachment; filename=""', "附件1"),
        ("shown in the text, yet a file", 'inline; filename="table.csv"', "table.csv"),
    ],
)  # fmt: skip
def test_names_of_attachments(why, value, name):
    assert attached(raw_mail(TEXT, disposition(value))) == [(name, DATA)], why


def test_a_name_may_stand_with_the_type_alone():
    part = b'Content-Type: text/csv; name="=?utf-8?B?5Yac6KGM?=.csv"\r\n' + IN_BASE64
    assert attached(raw_mail(TEXT, part)) == [("农行.csv", DATA)]


def test_two_attachments_of_one_name_are_two_files():
    data = mail(("表.csv", b"1"), ("表.csv", b"2"), ("表", b"3"), ("表", b"4"))
    assert attached(data) == [("表.csv", b"1"), ("表（2）.csv", b"2"), ("表", b"3"), ("表（2）", b"4")]


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "binary", "quoted-printable"])
def test_encodings(encoding):
    part = f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + DATA
    assert attached(raw_mail(disposition("attachment; filename=t.csv", part)))[0][1].split() == DATA.split()


# ------------------------------------------------------------------ what is no attachment


def test_text_and_pictures_in_it_are_no_attachments():
    shown = b"Content-Type: image/png\r\nContent-ID: <1>\r\nContent-Disposition: inline; filename=image001.png\r\n"
    logo = b"Content-Type: image/gif\r\nContent-ID: <2>\r\nContent-Disposition: attachment; filename=logo.gif\r\n"
    page = b"Content-Type: text/html\r\n\r\n<img src='cid:1'>"
    signature = b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n" + IN_BASE64
    found = opened(raw_mail(TEXT, page, shown + IN_BASE64, logo + IN_BASE64, signature))
    assert (found.attached, found.beside) == ([], ["正文", "正文里的图片2张"])


def test_a_picture_that_is_attached_is_a_file():
    part = b"Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename=scan.jpg\r\n" + IN_BASE64
    assert [name for name, _ in attached(raw_mail(TEXT, part))] == ["scan.jpg"]


def test_what_servers_add_is_no_attachment():
    report = (
        b"Content-Type: message/delivery-status; name=details.txt\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed"
    )
    added = b"Content-Type: text/html; name=ATT00001.htm\r\n\r\n<p>"
    assert opened(raw_mail(TEXT, report, added)).attached == []


WORKBOOK = b"PK\x03\x04 a workbook"
AS_WORKBOOK = b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(WORKBOOK)


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("image/png; name=a.xlsx", "a.xlsx"),
        ("image/jpeg; name=a.xlsx\r\nContent-ID: <1>\r\nContent-Disposition: attachment", "a.xlsx"),
        ("image/png", "附件1"),
        ("text/calendar; name=a.xlsx", "a.xlsx"),
        ("text/plain", "附件1"),
        ("text/html; name=ATT00001.htm", "ATT00001.htm"),
    ],
)
def test_a_workbook_is_a_file_whatever_it_is_declared_as(declared, name):
    part = f"Content-Type: {declared}\r\n".encode() + AS_WORKBOOK
    assert attached(raw_mail(TEXT, part)) == [(name, WORKBOOK)]


def test_a_broken_workbook_is_told_even_if_it_is_declared_as_a_picture():
    part = b"Content-Type: image/png; name=a.xlsx\r\n" + AS_WORKBOOK[:-3]
    assert refused(raw_mail(TEXT, part)) == [("a.xlsx", "的编码不完整，取不出来。请报送单位重新发送")]


def test_a_table_that_a_server_named_is_a_file_and_its_notice_is_none():
    table, notice = "区县,户数,金额\n汉滨,1,2.5\n旬阳,2,3.5\n", "本邮件已扫描，未发现病毒，\n如有疑问，请来电。\n"
    named = b"Content-Type: text/plain; name=ATT00001.txt\r\n\r\n"
    assert attached(raw_mail(TEXT, named + table.encode("gb18030"))) == [("ATT00001.txt", table.encode("gb18030"))]
    assert opened(raw_mail(TEXT, named + notice.encode())).attached == []


def test_a_table_without_a_name_is_a_file_and_an_invitation_is_none():
    assert attached(raw_mail(TEXT, b"Content-Type: text/csv\r\n" + IN_BASE64)) == [("附件1", DATA)]
    invitation = b"Content-Type: text/calendar; name=invite.ics\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"
    assert opened(raw_mail(TEXT, invitation)).attached == []


def uuencoded(content, name="t.xls", end=b"`\nend\n"):
    lines = [binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45)]
    return b"begin 644 " + name.encode() + b"\n" + b"".join(lines) + end


def test_files_written_into_the_text_come_out_of_it():
    first, second = bytes(range(256)), b"x" * 46
    text = b"Content-Type: text/plain\r\n\r\nhello\n" + uuencoded(first) + b"and\n" + uuencoded(second, "表.csv")
    assert attached(raw_mail(text)) == [("t.xls", first), ("表.csv", second)]


@pytest.mark.parametrize(
    "broken", [uuencoded(b"x" * 99, end=b""), uuencoded(b"x" * 99).replace(b">", b"~", 1) + b"end"]
)
def test_a_file_written_into_the_text_in_part_is_told(broken):
    text = b"Content-Type: text/plain\r\n\r\n" + broken
    whole, told = attached(raw_mail(text)), refused(raw_mail(text))
    assert not whole
    assert told == [("t.xls", "的编码不完整，取不出来。请报送单位重新发送")]


def test_blanks_that_a_server_cut_off_are_put_back():
    content = bytes(90)
    text = b"Content-Type: text/plain\r\n\r\n" + uuencoded(content).replace(b"`", b" ").replace(b" \n", b"\n")
    lines = [line.rstrip() for line in text.splitlines()]
    assert attached(raw_mail(b"\r\n".join(lines))) == [("t.xls", content)]


ENVELOPE = b"From a@bank.example Thu Apr  5 08:30:00 2018\n"


def test_a_mail_out_of_a_mail_box_is_a_mail():
    data = ENVELOPE + raw_mail(disposition("attachment; filename=t.csv"), subject="3")
    assert attached(data) == [("t.csv", DATA)]
    assert sent_at(data) == "2018-04-05 16:30"


def test_a_mail_box_with_several_is_refused_and_nothing_in_it_lost():
    with pytest.raises(Refused) as error:
        opened((ENVELOPE + raw_mail(TEXT)) * 3)
    assert error.value.unreadable.message.startswith("这是邮箱文件（mbox），里面有3封邮件，没有打开。")
    quoted = TEXT + b"\r\n" + ENVELOPE
    assert opened(raw_mail(quoted)).beside == ["正文"], "a line of a letter"


def test_a_large_attachment_that_is_only_a_link_is_seen():
    for encoding in ("utf-8", "gbk"):
        text = b"Content-Type: text/html\r\n\r\n" + "从QQ邮箱发来的超大附件：3月报表.xlsx".encode(encoding)
        assert opened(raw_mail(text)).beside == ["“超大附件”的链接", "正文"]


# ------------------------------------------------------------------ mails in mails


def forwarded(*attached, subject="3月报表"):
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "c@bank.example", "a@bank.example", subject
    message.set_content("见附件")
    for name, content in attached:
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message


def test_what_is_attached_to_a_forwarded_mail_comes_out_of_it():
    found = opened(mail(("转.eml", forwarded(("表.csv", DATA))), ("表.csv", b"other"), subject="转发")).attached
    assert [(one.name, one.data, one.subject) for one in found] == [
        ("转.eml/表.csv", DATA, "3月报表"),
        ("表.csv", b"other", "转发"),
    ]


def test_a_forwarded_mail_without_a_name_is_called_by_its_subject():
    part = b"Content-Type: message/rfc822\r\n\r\n" + forwarded(("t.csv", DATA), subject="农行/3月").as_bytes()
    assert attached(raw_mail(TEXT, part, part)) == [("农行 3月.eml/t.csv", DATA), ("农行 3月（2）.eml/t.csv", DATA)]


def test_a_forwarded_mail_in_base64_is_read_too():
    inner = base64.encodebytes(forwarded(("t.csv", DATA)).as_bytes())
    part = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + inner
    assert attached(raw_mail(TEXT, part)) == [("3月报表.eml/t.csv", DATA)]


def test_mails_within_mails_end_somewhere():
    message = forwarded(("t.csv", DATA), subject="0")
    for number in range(1, 8):
        outer = forwarded(("t.csv", DATA + b"%d" % number), subject=str(number))
        outer.add_attachment(message)
        message = outer
    data = message.as_bytes()
    assert [name.count("/") for name, _ in attached(data)] == [0, 1, 2, 3, 4]
    assert [(name.count("/"), why[:9]) for name, why in refused(data)] == [(4, "套在5层邮件里，没")]


# ------------------------------------------------------------------ what cannot be taken out


@pytest.mark.parametrize(
    ("why", "part", "said"),
    [
        ("half of base64", disposition("attachment; filename=t.csv", IN_BASE64[:-3]), "的编码不完整"),
        ("no base64 at all", disposition("attachment; filename=t.csv", b"Content-Transfer-Encoding: base64\r\n\r\n\xff\xfe**"), "的编码不完整"),
        ("Outlook's own", disposition("attachment; filename=t.csv", b"\r\n\x78\x9f\x3e\x22\0"), "是 Outlook 专用格式"),
        ("sealed", b"Content-Type: application/pkcs7-mime; name=t.csv\r\n" + IN_BASE64, "经过加密或签名封装"),
        ("elsewhere", b"Content-Type: message/external-body; name=t.csv; access-type=URL; URL=http://x.example\r\n\r\nContent-Type: text/csv\r\n\r\n", "不在邮件里"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_out_is_said(why, part, said):
    data = raw_mail(TEXT, part, disposition("attachment; filename=u.csv"))
    ((name, told),) = refused(data)
    assert (name, told.startswith(said)) == ("t.csv", True), why
    assert attached(data) == [("u.csv", DATA)]


def test_a_mail_that_breaks_off_gives_what_is_whole():
    parts = (TEXT, disposition("attachment; filename=t.csv"), disposition("attachment; filename=u.csv"))
    whole, torn = raw_mail(*parts), raw_mail(*parts, closed=False)
    assert [name for name, _ in attached(whole)] == ["t.csv", "u.csv"]
    assert [name for name, _ in attached(torn)] == ["t.csv"]
    assert refused(torn) == [("u.csv", "没有传完（邮件到这里中断）。请报送单位重新发送")]
    assert refused(raw_mail(TEXT, closed=False))[0][1].startswith("没有传完")
    assert refused(raw_mail()[:-10])[0][1].startswith("没有传完")


def test_an_encrypted_mail_is_said():
    assert refused(raw_mail(TEXT, kind="encrypted")) == [
        ("邮件内容", "经过加密或签名封装，取不出来。请报送单位不加密重新发送")
    ]


def test_more_attachments_than_may_be_taken():
    found = open_mail(mail(*((f"{n}.csv", b"x%d" % n) for n in range(5))), limits.MAX_UNPACKED_BYTES, 3).attached
    assert [(one.name, bool(one.why)) for one in found] == [
        ("0.csv", False), ("1.csv", False), ("2.csv", False), ("其余附件", True),
    ]  # fmt: skip


def test_more_bytes_than_may_be_taken():
    found = open_mail(mail(("大.csv", b"x" * 90), ("中.csv", b"x" * 20), ("小.csv", b"x" * 5)), 99, 9).attached
    assert [(one.name, bool(one.why)) for one in found] == [("大.csv", False), ("中.csv", True), ("小.csv", False)]


def test_parts_within_parts_without_end_are_refused():
    head = raw_mail().split(b"Content-Type")[0] + b'Content-Type: multipart/mixed; boundary="b0"\r\n\r\n'
    deep = b"".join(b'--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % (n, n + 1) for n in range(3000))
    with pytest.raises(Refused) as error:
        open_mail(head + deep, limits.MAX_UNPACKED_BYTES, limits.MAX_MEMBERS)
    assert error.value.unreadable.message.startswith("这是邮件，结构过于复杂或已损坏，没有打开。")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_whatever_is_broken_nothing_else_is_raised(data):
    whole = bytearray(mail(("农行.csv", DATA), ("转.eml", forwarded(("t.csv", DATA)))))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=4))
    with suppress(Refused):
        found = open_mail(bytes(whole), limits.MAX_UNPACKED_BYTES, limits.MAX_MEMBERS)
        assert all(bool(one.data) != bool(one.why) or not one.data for one in found.attached)


# ------------------------------------------------------------------ when


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("Mon, 9 Apr 2018 10:00:59 +0800", "2018-04-09 10:00"),
        ("Mon, 9 Apr 2018 10:00:00 +0800 (CST)", "2018-04-09 10:00"),
        ("Sun, 8 Apr 2018 23:30:00 +0000", "2018-04-09 07:30"),
        ("Sun, 8 Apr 2018 23:30:00 GMT", "2018-04-09 07:30"),
        ("Sun, 8 Apr 2018 23:30:00 -0000", "2018-04-09 07:30"),
        ("Sun, 8 Apr 2018 20:00:00 -0700", "2018-04-09 11:00"),
        ("9 Apr 18 10:00 +0800", "2018-04-09 10:00"),
        ("Mon, 9 Apr 2018 10:00:00", "2018-04-09 10:00"),
        ("Mon Apr 09 10:00:00 CST 2018", "2018-04-09 10:00"),
        ("2018-04-09 10:00:00", "2018-04-09 10:00"),
        ("Mon,\r\n 9 Apr 2018\r\n\t10:00:00 +0800", "2018-04-09 10:00"),
        ("Mon, 31 Dec 2018 16:00:00 +0000", "2019-01-01 00:00"),
        ("Mon, 9 Apr 2018", None),
        ("Mon, 9 Apr 2018 26:00:00 +0800", None),
        ("Mon, 30 Feb 2018 10:00:00 +0800", None),
        ("Mon, 9 Apr 2018 10:00:00 +9999", None),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("Fri, 31 Dec 9999 23:59:59 -0800", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_the_date_in_china(said, at):
    assert sent_at(raw_mail(TEXT, date=said)) == at


def test_no_date():
    assert sent_at(mail(date="")) is None
    assert sent_at(b"From: a@b\r\nTo: c@d\r\n\r\nDate: Mon, 9 Apr 2018 10:00:59 +0800\r\n") is None, "that is text"


@pytest.mark.parametrize(
    ("why", "raw", "subject"),
    [
        ("UTF-8", word("utf-8", "农行3月报表"), "农行3月报表"),
        ("GBK", word("gbk", "农行3月报表"), "农行3月报表"),
        ("bytes", "农行3月报表", "农行3月报表"),
        ("an identity number in it", f"{word('utf-8', '报表 610000199001010011 补')}", "报表 ［身份证号已隐去］ 补"),
        ("none", "", ""),
    ],
)
def test_the_subject_goes_with_each_file(why, raw, subject):
    assert opened(raw_mail(disposition("attachment; filename=t.csv"), subject=raw)).attached[0].subject == subject, why
