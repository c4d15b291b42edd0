import os
import sys
import time

import pytest

from pipeline.ingest import limits, worker
from pipeline.ingest.worker import open_all, open_file
from pipeline.model import Grid, Unreadable
from tests.ingest.files import SHEET1, plain_xlsx, rezipped, xls, xlsx

linux_only = pytest.mark.parametrize("_", [0] if sys.platform == "linux" else [])


def numbered(folder, count):
    """Small workbooks that each say their number."""
    files = []
    for number in range(count):
        path = folder / f"{number}.xlsx"
        path.write_bytes(xlsx(lambda _, sheet, number=number: sheet.write(0, 0, number)))
        files.append((f"第{number}个", path))
    return files


def as_opened(_, opened):
    return opened


def said(opened):
    return opened.sheets[0].cells[0, 0].value if isinstance(opened, Grid) else opened.message


def test_nothing_to_open_starts_nothing():
    assert list(open_all([], as_opened)) == []


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_given(tmp_path, workers):
    files = numbered(tmp_path, 20)
    assert [(key, said(opened)) for key, opened in open_all(files, as_opened, workers)] == [
        (f"第{number}个", float(number)) for number in range(20)
    ]


def test_grids_arrive_from_the_worker_as_they_were_made(tmp_path):
    contents = {
        "a.xlsx": plain_xlsx(),
        "b.xls": xls(lambda _, sheet: sheet.write_merge(0, 1, 0, 1, "标题")),
        "c.csv": "甲,乙\n1,2\n".encode(),
        "d.docx": b"",
    }
    paths = []
    for name, content in contents.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    assert [opened for _, opened in open_all(((p.name, p) for p in paths), as_opened)] == [
        open_file(path) for path in paths
    ]


def test_a_file_that_is_gone_is_said(tmp_path):
    (result,) = open_all([("甲", tmp_path / "没有.xlsx")], as_opened)
    assert result[0] == "甲"
    assert result[1].rule == "F01"
    assert result[1].message.startswith("文件从磁盘上读不出来（文件或文件夹不存在）。")


def test_stopping_early_stops_the_workers(tmp_path):
    opened = open_all(numbered(tmp_path, 30), as_opened)
    assert next(opened)[0] == "第0个"
    opened.close()
    assert list(opened) == []


def test_a_file_that_never_ends_costs_only_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS_PER_FILE", 1.0)
    files = numbered(tmp_path, 4)
    os.mkfifo(tmp_path / "管道.xlsx")
    files.insert(2, ("管道", tmp_path / "管道.xlsx"))
    results = dict(open_all(files, as_opened))
    assert list(results) == ["第0个", "第1个", "管道", "第2个", "第3个"]
    assert results["管道"].message.startswith("文件打开超过10秒仍未完成，已停止读取。请只保留报表本身")
    assert [said(results[f"第{number}个"]) for number in range(4)] == [0, 1, 2, 3]


@linux_only
def test_a_file_that_takes_the_worker_down_costs_only_itself(tmp_path, monkeypatch, _):
    """With little memory, calamine cannot lay out a far-flung sheet; Rust then aborts the whole process."""
    monkeypatch.setattr(limits, "MEMORY_BYTES", 48 * 2**20)
    files = numbered(tmp_path, 4)
    vast = tmp_path / "大.xlsx"
    vast.write_bytes(rezipped(plain_xlsx(), SHEET1, b'r="B2"', b'r="C1048576"'))
    files.insert(1, ("大", vast))
    results = dict(open_all(files, as_opened))
    assert isinstance(results["大"], Unreadable)
    assert results["大"].message.startswith("文件在打开时使读取程序异常终止，内容可能已损坏或过大，没有读取。")
    assert [said(results[f"第{number}个"]) for number in range(4)] == [0, 1, 2, 3]


def test_large_files_travel_alone(tmp_path):
    sizes = [10, 10, worker.CHUNK_BYTES, 10, *[1] * 9]
    files = []
    for number, size in enumerate(sizes):
        path = tmp_path / str(number)
        path.write_bytes(b"x" * size)
        files.append((str(number), path))
    chunks = [[key for key, _ in chunk] for chunk in worker._chunks(files)]
    assert chunks == [["0", "1"], ["2"], ["3", "4", "5", "6", "7", "8", "9", "10"], ["11", "12"]]


def test_what_is_done_with_an_opened_file_is_stopped_too(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS_PER_FILE", 1.0)
    results = dict(open_all(numbered(tmp_path, 3), dawdling_over_the_second))
    assert results["第1个"].message.startswith("文件打开超过10秒仍未完成")
    assert said(results["第2个"]) == 2


def dawdling_over_the_second(key, opened):
    if key == "第1个" and isinstance(opened, Grid):
        time.sleep(30)
    return opened
