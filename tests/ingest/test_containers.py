"""Archives and mails as senders and attackers make them: each file in them comes out once, or it is said why not."""

import gzip
import io
import stat
import struct
import zipfile
import zlib
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import limits
from pipeline.ingest.contained import told_of
from pipeline.ingest.containers import kind_of
from pipeline.ingest.unpacking import unpack
from tests.ingest.files import plain_xlsx, zipped
from tests.ingest.mails import mail


class Opened:
    """A container opened in this process."""

    def __init__(self, data, name="3月.zip"):
        self.kept = {}
        self.digest = sha256(data).hexdigest()
        self.opened = unpack(data, name, kind_of(data), self._keep)

    def _keep(self, data):
        digest = sha256(data).hexdigest()
        self.kept[digest] = data
        return digest

    @property
    def contents(self):
        return self.opened[self.digest]

    def files(self, digest=None, prefix=""):
        """(name, bytes) of everything that is no container itself, in the order in which it lies there."""
        found = []
        for member in self.opened[digest or self.digest].members:
            if member.sha256 in self.opened:
                found += self.files(member.sha256, f"{prefix}{member.name}/")
            else:
                found.append((prefix + member.name, self.kept[member.sha256]))
        return found

    def names(self):
        return [name for name, _ in self.files()]

    def told(self):
        return [(one.rule, one.message) for one in told_of(self.digest, self.opened)]


def archive(*entries, **flags):
    """A zip of (name or ZipInfo, content), stored unless asked otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", flags.get("method", zipfile.ZIP_STORED)) as target:
        for name, content in entries:
            target.writestr(name, content)
    return out.getvalue()


def named_in_bytes(raw, content=b"x", extra=b""):
    """A zip with one file whose name is these bytes, without a word about their encoding."""
    fields = struct.pack(
        "<HHHHHLLLHH", 20, 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(raw), len(extra)
    )
    local = b"PK\x03\x04" + fields + raw + extra + content
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + raw + extra
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


# ------------------------------------------------------------------ what it is


@pytest.mark.parametrize(
    ("why", "data", "kind"),
    [
        ("a zip", zipped(("报表.xlsx", "x")), "zip"),
        ("a workbook", plain_xlsx(), None),
        ("a workbook within a zip", archive(("报表.xlsx", plain_xlsx())), "zip"),
        ("OpenDocument", zipped(("mimetype", "application/vnd.oasis.opendocument.spreadsheet")), None),
        ("OFD", zipped(("OFD.xml", "x")), None),
        ("an empty zip, as some tools damage workbooks", zipped(), None),
        ("a zip without an end", zipped(("报表.csv", "x"))[:40], "zip"),
        ("a workbook without an end", plain_xlsx()[:400], None),
        ("gzip", gzip.compress(b"x", mtime=0), "gzip"),
        ("a mail", mail(), "mail"),
        ("a mail after a mark", b"\xef\xbb\xbf" + mail(), "mail"),
        ("a mail with many lines of its way", b"Received: from x\r\n by y\r\n" * 200 + mail(), "mail"),
        ("a page saved by a browser", b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\nSubject: x\r\nDate: x\r\n\r\n", None),
        ("a page saved by a browser of old", b'From: "Saved by Internet Explorer 8"\r\nSubject: x\r\nDate: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n', None),
        ("a mail with pictures in its text", b"From: a@b\r\nTo: c@d\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "mail"),
        ("a mail out of a mail box", b"From a@b Thu Apr  5 08:30:00 2018\r\n" + mail(), "mail"),
        ("a workbook saved as a page", b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n", None),
        ("a table", "县区,户数\r\n汉滨区,1\r\n".encode(), None),
        ("a table with a colon", b"From: 2018\r\nTo: 2019\r\na,b\r\n", None),
        ("nothing", b"", None),
    ],
)  # fmt: skip
def test_what_holds_files_is_known_by_its_content(why, data, kind):
    assert kind_of(data) == kind, why


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("why", "name", "shown"),
    [
        ("folders stay", "2018年3月/农行/表.xlsx", "2018年3月/农行/表.xlsx"),
        ("as Windows writes it", "农行\\表.xlsx", "农行/表.xlsx"),
        ("a way up", "../../etc/表.xlsx", "etc/表.xlsx"),
        ("a way up and down", "农行/../../表.xlsx", "农行/表.xlsx"),
        ("from the root", "/etc/表.xlsx", "etc/表.xlsx"),
        ("from a drive", "C:\\Users\\表.xlsx", "Users/表.xlsx"),
        ("a line break and a turn", "表\n\u202excod.xlsx", "表⟨U+000A⟩⟨U+202E⟩xcod.xlsx"),
        ("a name that ends at a zero for others", "表.xlsx\x00.exe", "表.xlsx⟨U+0000⟩.exe"),
        ("very long", "长" * 300 + ".xlsx", "长" * 115 + "….xlsx"),
        ("a formula", "=cmd|' /c calc'!A1.xlsx", "=cmd|' /c calc'!A1.xlsx"),
    ],
)
def test_names_are_shown_and_never_followed(why, name, shown):
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    opened = Opened(archive((info, b"a,b")))
    assert opened.files() == [(shown, b"a,b")], why
    assert opened.told() == []


@pytest.mark.parametrize(
    ("why", "raw", "shown"),
    [
        ("GBK without a word, as Windows packs", "农行报表.xlsx".encode("gbk"), "农行报表.xlsx"),
        ("GB18030 beyond GBK", "㐀䶮.xlsx".encode("gb18030"), "㐀䶮.xlsx"),
        ("a second byte that is a backslash", "昞表.xlsx".encode("gbk"), "昞表.xlsx"),
        ("UTF-8 without the flag, as a Mac packs", "农行报表.xlsx".encode(), "农行报表.xlsx"),
        ("GBK that could be UTF-8", "一.xlsx".encode("gbk"), "一.xlsx"),
        ("UTF-8 with a letter from elsewhere", "报é.xlsx".encode(), "报é.xlsx"),
        ("UTF-8 that means nothing in GB18030", "✓.csv".encode(), "✓.csv"),
        ("plain", b"table.xlsx", "table.xlsx"),
    ],
)
def test_names_in_bytes_are_read_as_they_were_typed(why, raw, shown):
    assert Opened(named_in_bytes(raw)).names() == [shown], why


def test_a_name_in_unicode_beside_the_bytes_goes_before_them_if_it_is_about_them():
    raw = "农行.xlsx".encode("gbk")
    field = b"\x01" + zlib.crc32(raw).to_bytes(4, "little") + "真名.xlsx".encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert Opened(named_in_bytes(raw, extra=extra)).names() == ["真名.xlsx"]
    assert Opened(named_in_bytes(b"other.xlsx", extra=extra)).names() == ["other.xlsx"]


def test_what_programs_leave_behind_is_nobodys_file():
    left = ("__MACOSX/._表.xlsx", ".DS_Store", "农行/Thumbs.db", "农行/~$表.xlsx")
    assert Opened(zipped(*((name, "x") for name in left), ("农行/", ""), ("农行/表.csv", "a"))).names() == [
        "农行/表.csv"
    ]


# ------------------------------------------------------------------ what is refused alone


def info(name, **settings):
    made = zipfile.ZipInfo(name)
    for key, value in settings.items():
        setattr(made, key, value)
    return made


def flagged(data, flag):
    """The same zip with a flag on every entry."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] |= flag
            place = changed.find(mark, place + 4)
    return bytes(changed)


def lying_size(data, name, size):
    """The same zip whose directory says another size of one file."""
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(name))
    return data[: place + 24] + struct.pack("<L", size) + data[place + 28 :]


GOOD = ("好.csv", b"a,b")
LINK = info("链.xlsx", create_system=3, external_attr=(stat.S_IFLNK | 0o777) << 16)
PIPE = info("管.xlsx", create_system=3, external_attr=(stat.S_IFIFO | 0o777) << 16)


@pytest.mark.parametrize(
    ("why", "data", "said"),
    [
        ("a checksum", archive(("坏.csv", b"abc123"), GOOD).replace(b"abc123", b"abc124"), "里面的《坏.csv》已损坏或没有传完（校验不符）"),
        ("a deflated stream", archive(("坏.csv", b"abc" * 50), GOOD, method=zipfile.ZIP_DEFLATED).replace(b"KLJN", b"\xff\xff\xff\xff"), "里面的《坏.csv》已损坏"),
        ("less than it says", lying_size(archive(("bad.csv", b"abc"), GOOD), b"bad.csv", 5), "里面的《bad.csv》已损坏"),
        ("more than it says", lying_size(archive(("bad.csv", b"abc"), GOOD), b"bad.csv", 2), "里面的《bad.csv》已损坏"),
        ("a symbolic link", archive((LINK, "/etc/passwd"), GOOD), "里面的《链.xlsx》不是文件，只是指向别处的链接"),
        ("a pipe", archive((PIPE, ""), GOOD), "里面的《管.xlsx》不是文件"),
        ("a folder with content", archive((info("夹/"), b"abc"), GOOD), "里面的《夹》名称是文件夹，里面却藏有内容"),
        ("a method of few", archive((info("坏.csv", compress_type=zipfile.ZIP_LZMA), b"a" * 99), GOOD), "里面的《坏.csv》用的压缩方法不通用"),
    ],
)  # fmt: skip
def test_one_bad_member_is_told_and_never_stops_the_others(why, data, said):
    opened = Opened(data)
    assert opened.files() == [GOOD], why
    ((rule, message),) = opened.told()
    assert (rule, message.startswith(f"这是压缩包，{said}"), message.endswith("其余1个文件已收取。")) == (
        "F01",
        True,
        True,
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_one_if_they_are_equal_and_none_if_not():
    assert Opened(archive(("表.csv", b"a"), ("表.csv", b"a"), GOOD)).names() == ["表.csv", "好.csv"]
    opened = Opened(archive(("表.csv", b"a"), ("x/../表.csv", b"c"), ("表.csv", b"b"), GOOD))
    assert opened.names() == ["x/表.csv", "好.csv"]
    ((rule, message),) = opened.told()
    assert (rule, message[:27]) == ("F01", "这是压缩包，里面的《表.csv》同名的有几个，内容不同")


def test_a_file_too_large_is_told_alone(monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1000)
    opened = Opened(archive(("大.csv", b"ab" * 501), GOOD))
    assert opened.names() == ["好.csv"]
    assert "里面的《大.csv》超过" in opened.told()[0][1]


def test_a_password_is_told_once_for_all():
    opened = Opened(flagged(archive(("甲.xlsx", b"x"), ("乙.xlsx", b"y")), 1))
    assert opened.files() == []
    assert opened.told() == [
        ("F01", "这是压缩包，里面的《甲.xlsx》、《乙.xlsx》有密码，打不开。请报送单位去掉密码后重新发送。")
    ]


# ------------------------------------------------------------------ what is refused whole


def nested(depth, name="内.zip"):
    data = archive(GOOD)
    for _ in range(depth - 1):
        data = archive((name, data))
    return data


def quine_like():
    """An archive in which the same archive lies many times under many names, ten levels deep."""
    data = archive(("0.csv", b"0" * 1000))
    for _ in range(4):
        data = archive(*((f"{number}.zip", data) for number in range(10)))
    return data


@pytest.mark.parametrize(
    ("why", "data", "said"),
    [
        ("a bomb", zipped(("零.csv", b"\0" * (8 << 20))), "解压后至少是原来的"),
        ("torn", archive(GOOD, ("乙.csv", b"x" * 100))[:-60], "已损坏或没有传完，打不开"),
        ("an end that points nowhere", archive(GOOD)[:-10] + b"\xff\xff\xff\x7f" * 2 + b"\0\0", "已损坏"),
        ("a gzip that is torn", gzip.compress(b"a,b" * 100, mtime=0)[:-9], "已损坏或没有传完，打不开"),
        ("a gzip whose checksum is wrong", gzip.compress(b"a,b", mtime=0)[:-8] + b"\0" * 8, "已损坏或没有传完，打不开"),
        ("a bomb of gzip", gzip.compress(b"\0" * (8 << 20), mtime=0), "解压后至少是原来的"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_one_finding(why, data, said):
    opened = Opened(data)
    assert (opened.kept, opened.contents.members) == ({}, ()), why
    ((rule, message),) = opened.told()
    assert (rule, message.startswith(f"这是压缩包，{said}")) == ("F01", True), message


def test_too_many_files(monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBERS", 3)
    assert len(Opened(archive(*((f"{n}.csv", str(n)) for n in range(3)))).names()) == 3
    ((rule, message),) = Opened(archive(*((f"{n}.csv", str(n)) for n in range(4)))).told()
    assert (rule, message) == ("F01", "这是压缩包，里面的文件太多（一次最多3个），没有打开。请分几次发送。")


def test_a_bomb_is_not_asked_for_again_in_parts(monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 2 << 20)
    ((_, message),) = Opened(archive(("大.csv", bytes(6 << 20)), method=zipfile.ZIP_DEFLATED)).told()
    assert "解压后至少是原来的" in message
    assert "分几次" not in message


def test_a_directory_of_a_hundred_thousand_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(limits, "MAX_PARTS", 50)
    monkeypatch.setattr(zipfile.ZipFile, "__init__", None)
    ((_, message),) = Opened(b"PK\x03\x04" + b"PK\x01\x02" + b"\0" * 42 + b"PK\x01\x02" * 60 + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, 46 + 240, 4, 0)).told()  # fmt: skip
    assert "个以上的文件" in message


def test_too_much_altogether(monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 2 << 20)
    opened = Opened(archive(("甲.zip", archive(("1.csv", bytes(1 << 20)))), ("乙.csv", b"x"), ("丙.csv", b"y")))
    assert opened.names() == ["乙.csv", "丙.csv"], "what the inner one would need is no longer there"
    inner = next(iter(opened.contents.members)).sha256
    assert "连同一起送来的其他内容，解压后超过2 MB，没有打开" in opened.opened[inner].unreadable.message


def test_depth():
    assert Opened(nested(limits.MAX_NESTED)).names() == ["内.zip/" * (limits.MAX_NESTED - 1) + "好.csv"]
    opened = Opened(nested(limits.MAX_NESTED + 1))
    (deepest,) = (contents for contents in opened.opened.values() if contents.unreadable)
    assert deepest.unreadable.message == "这是压缩包，套在5层压缩包或邮件里，没有打开。请解压后直接发送报表。"
    assert Opened(archive(("深.zip", nested(limits.MAX_NESTED)), GOOD)).names()[-1] == "好.csv"


def test_the_same_archive_many_times_is_opened_once():
    opened = Opened(quine_like())
    assert len(opened.opened) == 5
    assert len(opened.kept) == 5


def test_an_archive_of_folders_alone():
    assert Opened(zipped(("空/", ""))).told()[0] == (
        "F02",
        "这是压缩包，里面没有文件，已登记存档。如报表只在图片、扫描件或正文里，请用代录表：在该单位当月的空白表（用 forms 命令生成）里照原件录入，放入收件文件夹，并在“收件登记.csv”的“代录人”栏写明录入的人；或请报送单位填写空白表后重新报送。",
    )


# ------------------------------------------------------------------ gzip


@pytest.mark.parametrize(
    ("why", "data", "name", "shown"),
    [
        ("as it says", gzip.compress(b"a,b", mtime=0), "x.gz", "x"),
        ("its own name", b"\x1f\x8b\x08\x08" + bytes(6) + b"../t.csv\0" + gzip.compress(b"a,b", mtime=0)[10:], "x.gz", "t.csv"),
        ("in GBK", b"\x1f\x8b\x08\x08" + bytes(6) + "表.csv\0".encode("gbk") + gzip.compress(b"a,b", mtime=0)[10:], "x.gz", "表.csv"),
        ("without the suffix", gzip.compress(b"a,b", mtime=0), "夹/表.csv", "表.csv"),
        ("a tar", gzip.compress(b"a,b", mtime=0), "表.tgz", "表.tar"),
    ],
)  # fmt: skip
def test_gzip_holds_one_file(why, data, name, shown):
    assert Opened(data, name).files() == [(shown, b"a,b")], why


# ------------------------------------------------------------------ any tree

LEAF = st.binary(min_size=1, max_size=40).map(lambda data: b"a," + data)
NAME = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9F00), min_size=1, max_size=6)
TREE = st.recursive(
    st.tuples(NAME, LEAF),
    lambda inner: st.tuples(NAME, st.lists(inner, min_size=1, max_size=4, unique_by=lambda pair: pair[0])),
    max_leaves=12,
)


def levels(tree):
    return 1 + max(map(levels, tree[1])) if isinstance(tree[1], list) else 0


def packed(tree, number=0):
    """(name, bytes) of a tree: branches are archives and mails in turn."""
    name, content = tree
    if isinstance(content, bytes):
        return f"{name}.csv", content
    inner = [packed(branch, number + 1) for branch in content]
    return (f"{name}.zip", archive(*inner)) if number % 2 == 0 else (f"{name}.eml", mail(*inner, subject=name))


def leaves(tree):
    return [tree[1]] if isinstance(tree[1], bytes) else [leaf for branch in tree[1] for leaf in leaves(branch)]


@settings(max_examples=40, deadline=None)
@given(st.tuples(NAME, st.lists(TREE, min_size=1, max_size=4, unique_by=lambda pair: pair[0])))
def test_any_tree_of_files_comes_out_each_once(tree):
    if levels(tree) > limits.MAX_NESTED:
        return
    name, data = packed(tree)
    opened = Opened(data, name)
    assert [content for _, content in opened.files()] == leaves(tree)
    assert all(contents.unreadable is None and not contents.refused for contents in opened.opened.values())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_broken_something_is_said_and_nothing_is_raised(data):
    whole = bytearray(
        archive(("甲.csv", b"a,b,c"), ("来信.eml", mail(("乙.csv", b"d,e"))), method=zipfile.ZIP_DEFLATED)
    )
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    if kind_of(bytes(whole)) is None:
        return
    opened = Opened(bytes(whole))
    good = [content for _, content in opened.files() if content in (b"a,b,c", b"d,e")]
    assert len(good) == 2 or any(told_of(digest, opened.opened) for digest in opened.opened)
