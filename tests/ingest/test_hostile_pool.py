"""Hostile files among good ones: the good ones are read, in order, whatever the others do to their reader."""

import os
import signal
import sys
from concurrent.futures import BrokenExecutor

import pytest
from pebble import ProcessFuture

from pipeline.ingest import worker
from pipeline.ingest.worker import open_all
from pipeline.model import Grid
from tests.ingest.files import SHEET1, plain_xlsx, rezipped
from tests.ingest.hostile import with_parts, with_sheet

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the reader is stopped by signals")
HOSTILE = {
    "炸弹": lambda: with_parts(("xl/media/1.bin", bytes(8 << 20))),
    "远处": lambda: rezipped(plain_xlsx(), SHEET1, b'r="B2"', b'r="XFD1048576"'),
    "实体": lambda: rezipped(plain_xlsx(), SHEET1, b"?>\n", b'?>\n<!DOCTYPE a [<!ENTITY l "l">]>'),
    "乱码": lambda: b"PK\3\4" + bytes(range(256)) * 4,
    "复合文档": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000,
}


def laid(folder, contents):
    paths = []
    for number, content in enumerate(contents):
        paths.append(folder / f"{number}.xlsx")
        paths[-1].write_bytes(content)
    return [(path.stem, path) for path in paths]


def said(_, opened):
    return opened.sheets[0].cells[0, 0].value if isinstance(opened, Grid) else opened.message


def dying_of_the_third(key, opened):
    if key == "3" and isinstance(opened, Grid):
        os.kill(os.getpid(), signal.SIGKILL)
    return said(key, opened)


def failing_at_the_third(key, opened):
    if key == "3" and isinstance(opened, Grid):
        raise ZeroDivisionError
    return said(key, opened)


def numbers(count):
    return [with_sheet(f"<row><c><v>{number}</v></c></row>") for number in range(count)]


def test_good_files_among_hostile_ones_are_read_in_order(tmp_path):
    mixed = [content for good, bad in zip(numbers(5), HOSTILE.values(), strict=True) for content in (good, bad())]
    results = list(open_all(laid(tmp_path, mixed), said))
    assert [key for key, _ in results] == [str(number) for number in range(10)]
    assert [value for _, value in results[::2]] == [0, 1, 2, 3, 4]
    assert all(message.endswith("重新报送。") for _, message in results[1::2])


@linux_only
def test_a_reader_killed_in_the_middle_costs_only_the_file_that_it_was_at(tmp_path):
    results = dict(open_all(laid(tmp_path, numbers(12)), dying_of_the_third))
    assert results.pop("3").startswith("文件在打开时使读取程序异常终止")
    assert results == {str(number): number for number in range(12) if number != 3}


def test_what_nobody_foresaw_costs_only_its_file(tmp_path):
    results = dict(open_all(laid(tmp_path, numbers(12)), failing_at_the_third))
    assert results.pop("3").startswith("读取时遇到没有预料到的内容（ZeroDivisionError），没有读取。")
    assert results == {str(number): number for number in range(12) if number != 3}


@linux_only
def test_where_all_readers_are_gone_they_start_anew(tmp_path, monkeypatch):
    prepare, marks = worker._prepare, tmp_path / "begun"
    marks.mkdir()

    def die_at_first(then, parent):
        if len(list(marks.iterdir())) < 2:
            (marks / str(os.getpid())).touch()
            os._exit(1)
        prepare(then, parent)

    monkeypatch.setattr(worker, "_prepare", die_at_first)
    assert dict(open_all(laid(tmp_path, numbers(10)), said)) == {str(number): number for number in range(10)}


class Gone:
    """A pool that broke: its threads ended, and left what waited in the queue as it was."""

    active = False


def test_what_a_broken_pool_has_left_waiting_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(worker, "_LOOK_EVERY", 0.01)
    with pytest.raises(BrokenExecutor):
        worker._result(Gone(), ProcessFuture())


def test_a_file_that_took_too_long_is_told_as_such_by_any_pool(monkeypatch):
    monkeypatch.setattr(worker, "_LOOK_EVERY", 0.01)
    late = ProcessFuture()
    late.set_exception(TimeoutError("Task timeout", 1))
    with pytest.raises(TimeoutError, match="Task timeout"):
        worker._result(Gone(), late)


@linux_only
def test_where_none_can_start_the_run_ends_and_does_not_wait(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "_prepare", lambda *_: os._exit(1))
    with pytest.raises((RuntimeError, OSError)):
        list(open_all(laid(tmp_path, numbers(2)), said))
