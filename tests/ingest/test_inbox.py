import contextlib
import os
import socket
import tempfile
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InboxError
from pipeline.ingest import limits
from pipeline.ingest.inbox import Arrival, read_time, scan
from tests.ingest.inboxes import HEADER, put, register


def names(inbox):
    return [arrival.name for arrival in scan(inbox).arrivals]


def test_an_empty_inbox_is_fine(tmp_path):
    found = scan(tmp_path)
    assert (found.arrivals, found.notes) == ([], [])


def test_files_of_all_folders_in_the_order_of_their_names(tmp_path):
    for name in ("乙.xlsx", "2018-03/甲.csv", "2018-03/深/丙.xls", "a.xlsx"):
        put(tmp_path, name)
    assert names(tmp_path) == ["2018-03/深/丙.xls", "2018-03/甲.csv", "a.xlsx", "乙.xlsx"]
    assert scan(tmp_path).arrivals[2] == Arrival(tmp_path / "a.xlsx", "a.xlsx")


@pytest.mark.parametrize(
    "name",
    [
        "~$报表.xlsx",
        ".隐藏.xlsx",
        ".~lock.报表.xlsx#",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "报表.xlsx~",
        "~WRL0001.tmp",
        "报表.xlsx.crdownload",
        "__MACOSX/报表.xlsx",
        ".git/config",
        "子/收件登记.csv",
    ],
)
def test_what_nobody_put_there_on_purpose_is_left_out(tmp_path, name):
    put(tmp_path, name, HEADER)
    put(tmp_path, "报表.xlsx")
    assert names(tmp_path) == ["报表.xlsx"]
    assert scan(tmp_path).notes == []


def test_a_register_is_no_file_that_came_in(tmp_path):
    register(tmp_path, "报表.xlsx,2018-04-08,,,")
    put(tmp_path, "报表.xlsx")
    assert names(tmp_path) == ["报表.xlsx"]
    assert scan(tmp_path).notes == []


def test_the_register_says_when_and_how(tmp_path):
    put(tmp_path, "甲.xlsx")
    put(tmp_path, "乙.xlsx")
    register(tmp_path, "甲.xlsx,2018-04-08 16:30,邮件,示例甲,", "乙.xlsx,2018/4/9 9:05:59,纸质,示例乙,示例收件员")
    found = scan(tmp_path)
    assert found.notes == []
    assert [(a.name, a.received_at, a.method, a.sender, a.transcribed_by) for a in found.arrivals] == [
        ("乙.xlsx", "2018-04-09 09:05", "纸质", "示例乙", "示例收件员"),
        ("甲.xlsx", "2018-04-08 16:30", "邮件", "示例甲", ""),
    ]


@pytest.mark.parametrize(
    ("why", "header", "row", "encoding"),
    [
        ("GB18030, as an old Excel saves it", HEADER, "甲.xlsx,2018-04-08 16:30,邮件,示例甲,", "gb18030"),
        ("UTF-8 without a mark", HEADER, "甲.xlsx,2018-04-08 16:30,邮件,示例甲,", "utf-8"),
        ("columns in another order", "方式,报送人,收到时间,文件\n", "邮件,示例甲,2018-04-08 16:30,甲.xlsx", "utf-8"),
        (
            "full-width header and blanks",
            " 文件 ,收到时间,方式,报送人\n",
            "甲.xlsx , 2018-04-08 16:30 ,邮件 , 示例甲",
            "utf-8",
        ),
        ("tabs", HEADER.replace(",", "\t"), "甲.xlsx\t2018-04-08 16:30\t邮件\t示例甲\t", "utf-8"),
        ("a blank line before the header", f"\n{HEADER}", "甲.xlsx,2018-04-08 16:30,邮件,示例甲,", "utf-8"),
        ("a row that ends early", HEADER, "甲.xlsx,2018-04-08 16:30,邮件,示例甲", "utf-8"),
        ("a path as Windows writes it", HEADER, ".\\甲.xlsx,2018-04-08 16:30,邮件,示例甲,", "utf-8"),
    ],
)
def test_registers_as_they_are_kept(tmp_path, why, header, row, encoding):
    put(tmp_path, "甲.xlsx")
    register(tmp_path, row, header=header, encoding=encoding)
    (arrival,) = scan(tmp_path).arrivals
    assert (arrival.received_at, arrival.method, arrival.sender) == ("2018-04-08 16:30", "邮件", "示例甲"), why


def test_the_nearest_register_wins_and_names_are_relative_to_its_folder(tmp_path):
    for name in ("2018-03/甲.xlsx", "2018-03/乙.xlsx", "2018-03/深/丙.xlsx"):
        put(tmp_path, name)
    register(
        tmp_path, "2018-03/甲.xlsx,2018-04-01,,,", "2018-03/乙.xlsx,2018-04-02,,,", "2018-03/深/丙.xlsx,2018-04-03,,,"
    )
    register(tmp_path, "甲.xlsx,2018-04-08 16:30,,,", folder="2018-03/")
    found = scan(tmp_path)
    assert found.notes == []
    assert {a.name: a.received_at for a in found.arrivals} == {
        "2018-03/甲.xlsx": "2018-04-08 16:30",
        "2018-03/乙.xlsx": "2018-04-02 00:00",
        "2018-03/深/丙.xlsx": "2018-04-03 00:00",
    }


def test_names_are_compared_composed_whatever_the_disk_holds(tmp_path):
    composed, apart = "Ångström é.xlsx", unicodedata.normalize("NFD", "Ångström é.xlsx")
    put(tmp_path, apart)
    register(tmp_path, f"{composed},2018-04-08 16:30,,,")
    (arrival,) = scan(tmp_path).arrivals
    assert (arrival.name, arrival.received_at) == (composed, "2018-04-08 16:30")
    assert arrival.path.read_bytes() == b"x"
    put(tmp_path, composed)
    assert names(tmp_path) == [composed, composed], "two files, though their names show the same"


def test_a_name_of_bytes_is_read_as_chinese(tmp_path):
    (tmp_path / os.fsdecode("报表.xlsx".encode("gb18030"))).write_bytes(b"x")
    (arrival,) = scan(tmp_path).arrivals
    assert arrival.name == "报表.xlsx"
    assert arrival.path.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("why", "rows", "note"),
    [
        (
            "a time that is none",
            ["甲.xlsx,上周五,,,"],
            (
                "《收件登记.csv》第2行《甲.xlsx》的收到时间“上周五”无法识别，按本次读取的时间计。"
                "请改为 2018-04-08 16:30 这样的写法。"
            ),
        ),
        (
            "no file named",
            ["甲.xlsx,2018-04-08,,,", ",2018-04-08,邮件,,"],
            "《收件登记.csv》第3行没有写文件名，没有采用。请补上文件名。",
        ),
        (
            "a file twice",
            ["甲.xlsx,2018-04-08,,,", "甲.xlsx,2018-04-09,,,"],
            "《收件登记.csv》第3行与第2行是同一个文件《甲.xlsx》，以先登记的为准。请删去多余的一行。",
        ),
        (
            "a file that is not there",
            ["甲.xlsx,2018-04-08,,,", "丁.xlsx,2018-04-09,,,"],
            "《收件登记.csv》登记的《丁.xlsx》（第3行）不在文件夹里。请核对文件名是否一致，或补放文件。",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_said_and_never_fatal(tmp_path, why, rows, note):
    put(tmp_path, "甲.xlsx")
    register(tmp_path, *rows)
    found = scan(tmp_path)
    assert found.notes == [note], why
    assert found.arrivals[0].received_at in (None, "2018-04-08 00:00")


def test_many_missing_files_are_one_note(tmp_path):
    register(tmp_path, *(f"{number}.xlsx,2018-04-08,,," for number in range(9)))
    (note,) = scan(tmp_path).notes
    assert note.startswith("《收件登记.csv》登记的《0.xlsx》（第2行）、")
    assert "《4.xlsx》（第6行）等9个文件不在文件夹里。" in note


@pytest.mark.parametrize(
    ("why", "content", "note"),
    [
        ("no such columns", "名称,时间\n甲.xlsx,2018-04-08\n".encode(), "第一行缺少“文件”或“收到时间”"),
        ("empty", b"", "不是可读的登记表"),
        ("a workbook under this name", b"PK\x03\x04\xff\xfe\x00\x81\xff", "不是可读的登记表"),
        ("a quote that never closes", (HEADER + '"甲.xlsx,2018-04-08,,,\n').encode(), "不是可读的登记表"),
    ],
)
def test_a_register_that_cannot_be_read_is_said_and_the_files_still_come(tmp_path, why, content, note):
    put(tmp_path, "甲.xlsx")
    put(tmp_path, "收件登记.csv", content)
    found = scan(tmp_path)
    assert [(a.name, a.received_at) for a in found.arrivals] == [("甲.xlsx", None)], why
    assert len(found.notes) == 1
    assert found.notes[0].startswith(f"《收件登记.csv》{note}")


@pytest.mark.parametrize(
    ("text", "received_at"),
    [
        ("2018-04-08 16:30", "2018-04-08 16:30"),
        ("2018/4/8 16:30:45", "2018-04-08 16:30"),
        ("2018.4.8 9:05", "2018-04-08 09:05"),
        ("2018年4月8日 16:30", "2018-04-08 16:30"),
        ("2018年4月8日16时30分", "2018-04-08 16:30"),
        ("2018年4月8日16时", "2018-04-08 16:00"),
        ("2018-04-08T16:30:00", "2018-04-08 16:30"),
        ("２０１８－０４－０８　１６：３０", "2018-04-08 16:30"),
        ("2018/4/8 下午 4:30:00", "2018-04-08 16:30"),
        ("2018/4/8 上午 12:05", "2018-04-08 00:05"),
        ("2018-04-08 4:30 PM", "2018-04-08 16:30"),
        ("2018-04-08", "2018-04-08 00:00"),
        ("2018年4月8日", "2018-04-08 00:00"),
        ("2018-02-30", None),
        ("0218-04-08", None),
        ("2018-04-08 25:00", None),
        ("43198.6875", None),
        ("4月8日", None),
        ("", None),
    ],
)
def test_times_as_they_are_written(text, received_at):
    assert read_time(text) == received_at


@given(st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2099-12-31")))
def test_a_time_as_it_is_shown_is_read_as_itself(moment):
    shown = f"{moment:%Y-%m-%d %H:%M}"
    assert read_time(shown) == shown


# ------------------------------------------------------------------ what cannot be read


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InboxError) as error:
        scan(tmp_path / "没有")
    assert str(error.value) == f"收件文件夹 {tmp_path / '没有'} 不存在。请核对路径，或新建该文件夹并放入收到的报表。"


def test_a_file_in_place_of_the_folder(tmp_path):
    with pytest.raises(InboxError) as error:
        scan(put(tmp_path, "甲.xlsx"))
    assert str(error.value) == f"{tmp_path / '甲.xlsx'} 不是文件夹。请指定存放收到报表的文件夹。"


@pytest.fixture
def guarded():
    """A folder outside pytest's own, looked at without root's rights: root may read everything."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        if os.getuid() == 0:
            os.seteuid(0)


def drop_rights():
    if os.getuid() == 0:
        os.seteuid(65534)


def test_what_may_not_be_read_is_said(guarded):
    put(guarded, "甲.xlsx").chmod(0)
    put(guarded, "锁/乙.xlsx").parent.chmod(0)
    put(guarded, "丙.xlsx")
    put(guarded, "子/丁.xlsx")
    register(guarded, "丁.xlsx,2018-04-08,,,", folder="子/").chmod(0)
    drop_rights()
    found = scan(guarded)
    assert [(a.name, a.received_at) for a in found.arrivals] == [("丙.xlsx", None), ("子/丁.xlsx", None)]
    assert found.notes == [
        "文件《子/收件登记.csv》读不出来（没有权限），没有读取。请检查权限，或请报送单位重新发送。",
        "文件《甲.xlsx》读不出来（没有权限），没有读取。请检查权限，或请报送单位重新发送。",
        "子文件夹《锁》读不出来（没有权限），其中的文件没有读取。请检查权限。",
    ]


def test_an_inbox_that_may_not_be_read(guarded):
    inbox = guarded / "收件"
    inbox.mkdir(mode=0)
    drop_rights()
    with pytest.raises(InboxError) as error:
        scan(inbox)
    assert str(error.value) == f"收件文件夹 {inbox} 读不出来（没有权限）。请检查该文件夹的权限。"


def test_links_that_lead_out_are_not_followed(tmp_path):
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    put(outside, "密.xlsx")
    put(inbox, "甲.xlsx")
    (inbox / "链接.xlsx").symlink_to(outside / "密.xlsx")
    (inbox / "文件夹").symlink_to(outside)
    (inbox / "断.xlsx").symlink_to(outside / "没有.xlsx")
    (inbox / "内.xlsx").symlink_to(inbox / "甲.xlsx")
    (inbox / "环").symlink_to(inbox)
    (inbox / "自环.xlsx").symlink_to(inbox / "自环.xlsx")
    (inbox / "长.xlsx").symlink_to("长" * 300)
    found = scan(inbox)
    assert [a.name for a in found.arrivals] == ["内.xlsx", "甲.xlsx"]
    assert found.notes == [
        f"《{name}》是指向别处的链接，没有读取。请把文件本身放进收件文件夹。"
        for name in ("文件夹", "断.xlsx", "环", "自环.xlsx", "链接.xlsx", "长.xlsx")
    ]


def test_a_register_of_absurd_size_is_not_read(tmp_path):
    put(tmp_path, "报表.xlsx")
    with (tmp_path / "收件登记.csv").open("wb") as file:
        file.truncate(limits.MAX_TEXT_BYTES + 1)
    found = scan(tmp_path)
    assert [arrival.received_at for arrival in found.arrivals] == [None]
    assert found.notes == ["《收件登记.csv》大得不像登记表，没有采用，收到时间按本次读取的时间计。请只保留登记的各行。"]


def test_what_is_no_regular_file_is_said_and_left_alone(tmp_path):
    with socket.socket(socket.AF_UNIX) as listening, contextlib.chdir(tmp_path):
        listening.bind("插座")
        found = scan(tmp_path)
    assert found.arrivals == []
    assert found.notes == ["《插座》不是普通文件，没有读取。请移出收件文件夹。"]


def test_a_name_shows_what_cannot_be_seen(tmp_path):
    (tmp_path / "措施\u202excod.xlsx").write_bytes(b"x")
    (tmp_path / "报\n表.xlsx").write_bytes(b"x")
    assert {arrival.name for arrival in scan(tmp_path).arrivals} == {"措施⟨U+202E⟩xcod.xlsx", "报⟨U+000A⟩表.xlsx"}


def test_a_row_of_the_register_means_a_name_with_what_cannot_be_seen(tmp_path):
    (tmp_path / "措施\u202excod.xlsx").write_bytes(b"x")
    (tmp_path / "收件登记.csv").write_text(
        "文件,收到时间,方式,报送人,代录人\n措施\u202excod.xlsx,2018-04-08 16:30,邮件,,\n", encoding="utf-8"
    )
    inbox = scan(tmp_path)
    assert ([arrival.received_at for arrival in inbox.arrivals], inbox.notes) == (["2018-04-08 16:30"], [])
