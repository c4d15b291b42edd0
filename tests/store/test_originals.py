"""Copies of received files to look at: only what opens harmlessly, apart from the archive, and never for writing."""

import pytest

from pipeline.store.archive import Archive
from pipeline.store.originals import lay_out, place


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("农行3月.xlsx", ".xlsx"),
        ("邮储.XLS", ".xls"),
        ("压缩包.zip/汉阴.csv", ".csv"),
        ("带宏.xlsm", None),
        ("报表.exe", None),
        ("网页.html", None),
        ("报表.xlsx.lnk", None),
        ("没有后缀", None),
        (".xlsx", None),
        ("", None),
    ],
)
def test_only_what_opens_without_running_anything(name, ending):
    assert place("ab12", name) == (f"originals/ab12{ending}" if ending else "")


def test_of_nothing_received_there_is_no_copy():
    assert place("", "农行3月.xlsx") == ""


def test_a_copy_that_nobody_can_save_into_and_the_archive_as_it_was(tmp_path):
    archive = Archive(tmp_path / "store" / "archive")
    digest = archive.put(b"figures")
    wanted = place(digest, "农行.xlsx")
    lay_out(archive, [wanted, "", wanted])
    copy = tmp_path / "store" / wanted
    assert copy.read_bytes() == b"figures"
    assert not copy.stat().st_mode & 0o222
    assert not copy.samefile(archive.path(digest))
    lay_out(archive, [wanted])
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_what_the_archive_lost_stops_nothing(tmp_path):
    archive = Archive(tmp_path / "store" / "archive")
    lay_out(archive, ["originals/ab12.xlsx"])
    assert list((tmp_path / "store" / "originals").iterdir()) == []
