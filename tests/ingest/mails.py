"""Mails made for one test each, as programs write them."""

from email.message import EmailMessage
from email.policy import SMTP

DATE = "Thu, 05 Apr 2018 16:30:12 +0800"


def mail(*attached, subject="报送3月报表", date=DATE, text="您好，见附件。", **headers):
    """The bytes of a mail with these (file name, content) attachments."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "a@bank.example", "b@city.example"
    message["Subject"] = subject
    if date:
        message["Date"] = date
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content in attached:
        if isinstance(content, EmailMessage):
            message.add_attachment(content, filename=name)
        else:
            message.add_attachment(content, "application", "octet-stream", filename=name)
    return message.as_bytes()


def raw_mail(*parts, date=DATE, subject="x", kind="mixed", closed=True):
    """A mail of parts as bytes, headers and all; nothing is made right."""
    lines = [b"From: a@bank.example", b"To: b@city.example", f"Date: {date}".encode(), b"MIME-Version: 1.0"]
    lines += [f"Subject: {subject}".encode(), f'Content-Type: multipart/{kind}; boundary="=b"'.encode(), b""]
    for part in parts:
        lines += [b"--=b", part]
    return b"\r\n".join([*lines, b"--=b--" if closed else b"", b""])
