"""Which file a row of 收件登记.csv means, and which files no row means."""

import pytest

from pipeline.ingest.inbox import scan, told_unlisted
from tests.ingest.inboxes import put, register

UNLISTED = "没有写在《收件登记.csv》里，收到时间按本次读取的时间计。今后请先登记再运行。"


@pytest.mark.parametrize(
    ("why", "files", "registers", "notes"),
    [
        ("no register, nothing expected", ["甲.xlsx"], {}, []),
        ("every file has its row", ["甲.xlsx"], {"": ["甲.xlsx"]}, []),
        ("one has none", ["甲.xlsx", "乙.xlsx"], {"": ["甲.xlsx"]}, [f"《乙.xlsx》{UNLISTED}"]),
        ("a register with a header only", ["甲.xlsx"], {"": []}, [f"《甲.xlsx》{UNLISTED}"]),
        ("the inbox's register is for its folders too", ["三月/甲.xlsx"], {"": []}, [f"《三月/甲.xlsx》{UNLISTED}"]),
        (
            "a folder's register is for that folder",
            ["甲.xlsx", "三月/乙.xlsx"],
            {"三月/": []},
            [f"《三月/乙.xlsx》{UNLISTED}"],
        ),
        (
            "one note for all folders",
            ["二月/甲.xlsx", "三月/乙.xlsx"],
            {"二月/": [], "三月/": []},
            [f"《三月/乙.xlsx》、《二月/甲.xlsx》{UNLISTED}"],
        ),
        (
            "five are named",
            [f"{number}.xlsx" for number in range(7)],
            {"": []},
            [f"《0.xlsx》、《1.xlsx》、《2.xlsx》、《3.xlsx》、《4.xlsx》等7个文件{UNLISTED}"],
        ),
    ],
)
def test_files_without_a_row_are_said_where_a_register_is_kept(tmp_path, why, files, registers, notes):
    for name in files:
        put(tmp_path, name)
    for folder, rows in registers.items():
        register(tmp_path, *(f"{row},2018-04-08,,," for row in rows), folder=folder)
    found = scan(tmp_path)
    assert [*found.notes, *told_unlisted(found.unlisted)] == notes, why
    assert len(found.arrivals) == len(files)


@pytest.mark.parametrize(
    ("why", "files", "registers", "received"),
    [
        (
            "a bare name finds the only file of that name, however deep",
            ["三月/深/甲.xlsx"],
            {"": ["甲.xlsx,2018-04-01"]},
            {"三月/深/甲.xlsx": "2018-04-01 00:00"},
        ),
        (
            "a folder's register does so too, and knows nothing of other folders",
            ["三月/深/甲.xlsx", "二月/甲.xlsx"],
            {"三月/": ["甲.xlsx,2018-04-01"]},
            {"三月/深/甲.xlsx": "2018-04-01 00:00", "二月/甲.xlsx": None},
        ),
        (
            "the file that lies beside the register is meant, not its namesake below",
            ["甲.xlsx", "三月/甲.xlsx"],
            {"": ["甲.xlsx,2018-04-01"]},
            {"甲.xlsx": "2018-04-01 00:00", "三月/甲.xlsx": None},
        ),
        (
            "a full path comes before a bare name",
            ["三月/甲.xlsx"],
            {"": ["甲.xlsx,2018-04-01", "三月/甲.xlsx,2018-04-02"]},
            {"三月/甲.xlsx": "2018-04-02 00:00"},
        ),
        (
            "a full path in the inbox's register comes before a bare name in a nearer one",
            ["三月/深/甲.xlsx"],
            {"": ["三月/深/甲.xlsx,2018-04-01"], "三月/": ["甲.xlsx,2018-04-02"]},
            {"三月/深/甲.xlsx": "2018-04-01 00:00"},
        ),
        (
            "of two bare names the nearer",
            ["三月/深/甲.xlsx"],
            {"": ["甲.xlsx,2018-04-01"], "三月/": ["甲.xlsx,2018-04-02"]},
            {"三月/深/甲.xlsx": "2018-04-02 00:00"},
        ),
    ],
)
def test_a_bare_name_is_enough_where_it_can_mean_one_file_only(tmp_path, why, files, registers, received):
    for name in files:
        put(tmp_path, name)
    for folder, rows in registers.items():
        register(tmp_path, *(f"{row},,," for row in rows), folder=folder)
    found = scan(tmp_path)
    assert {a.name: a.received_at for a in found.arrivals} == received, why
    assert not [note for note in found.notes if "不在文件夹里" in note]


def test_a_bare_name_that_may_mean_two_files_is_said_and_not_used(tmp_path):
    put(tmp_path, "二月/甲.xlsx")
    put(tmp_path, "三月/甲.xlsx")
    register(tmp_path, "甲.xlsx,2018-04-08,,,")
    found = scan(tmp_path)
    assert [a.received_at for a in found.arrivals] == [None, None]
    assert [*found.notes, *told_unlisted(found.unlisted)] == [
        (
            "《收件登记.csv》登记的《甲.xlsx》（第2行）在几个子文件夹里都有，分不清是哪一个，没有采用。"
            "请连子文件夹一起写，如 2018-03/报表.xlsx。"
        ),
        f"《三月/甲.xlsx》、《二月/甲.xlsx》{UNLISTED}",
    ]
