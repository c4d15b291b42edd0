"""Which texts beside what is sent are only words: what may be a report is a file, whatever it is called."""

from hashlib import sha256

import pytest

from pipeline.ingest.contained import told_of
from pipeline.ingest.mail_content import is_note
from pipeline.ingest.unpacking import unpack
from tests.ingest.files import zipped

NOTE = "各位领导：\n附上3月报表，请查收。联系电话0900-7654321，报送日期2018年4月5日。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("name", "text"), [("说明.txt", NOTE), ("README.TXT", "请查收"), ("a/说明.md", "本月无业务")])
def test_a_few_words_are_a_note(encoding, name, text):
    assert is_note(name, text.encode(encoding))


@pytest.mark.parametrize(
    ("why", "name", "content"),
    [
        ("a table", "说明.txt", "县区,户数\n汉滨区,5\n汉阴县,6\n".encode()),
        ("a table parted by blanks", "3月.txt", "汉滨区 20 60.5\n汉阴县 21 61.5\n".encode()),
        ("one row", "3月.txt", "汉滨区\t20\t60.5".encode()),
        ("a page", "说明.txt", "<table><tr><td>县区<td>户数</table>".encode()),
        ("no text", "说明.txt", b"\0\1\2" * 9),
        ("nothing", "说明.txt", b""),
        ("long", "说明.txt", "说明。".encode() * 5000),
        ("a name that promises a table", "3月.csv", "请查收".encode()),
    ],
)
def test_what_may_be_a_report_is_none(why, name, content):
    assert not is_note(name, content), why


def opened(*parts):
    """Names of the files in an archive, and what is told of it."""
    data = zipped(*parts)
    found = unpack(data, "3月.zip", "zip", lambda content: sha256(content).hexdigest())
    digest = sha256(data).hexdigest()
    return [member.name for member in found[digest].members], [one.message for one in told_of(digest, found)]


def test_a_note_beside_a_file_is_no_file_by_itself_and_told_where_there_is_nothing_else():
    assert opened(("说明.txt", "请查收"), ("农行.csv", "a,b\n1,2\n")) == (["农行.csv"], [])
    names, (told,) = opened(("说明.txt", "请查收"), ("扫描.pdf", b"%PDF-1.4\n"))
    assert names == ["扫描.pdf"]
    assert told.startswith("这是压缩包，里面只有1个PDF 文件、文字说明，没有可读的报表，已登记存档。")
