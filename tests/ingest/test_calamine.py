"""The door to calamine: a panic of the Rust library is no Exception of Python, and still only damage of one file."""

import io

import pytest
from python_calamine import CalamineWorkbook

from pipeline.ingest.calamine import read_values
from pipeline.ingest.refusal import Refused
from pipeline.ingest.worker import open_all
from pipeline.model import Grid
from tests.ingest.files import plain_xlsx, xls

_MERGED = b"\xe5\0\x0a\0"
"""The record of merged ranges, ten bytes long: a count, and one range."""


def panicking():
    """A workbook whose merged ranges are said to be 257, of which one is there: calamine reads beyond the record."""
    data = xls(lambda _, sheet: sheet.write_merge(2, 3, 0, 1, "标题"))
    assert data.count(_MERGED + b"\1\0") == 1
    return data.replace(_MERGED + b"\1\0", _MERGED + b"\1\1")


def read_bare(data):
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return workbook.get_sheet_by_index(0).to_python()


def test_the_file_does_make_it_panic():
    with pytest.raises(BaseException) as raised:
        read_bare(panicking())
    assert type(raised.value).__name__ == "PanicException"
    assert not isinstance(raised.value, Exception)


def test_a_panic_is_damage_of_the_file():
    with pytest.raises(Refused) as refused:
        read_values(panicking(), [0])
    assert refused.value.unreadable.rule == "F01"
    assert refused.value.unreadable.message.startswith("文件已损坏或不完整（工作簿结构不符合规范），没有读取。")


@pytest.mark.parametrize("meant", [KeyboardInterrupt, SystemExit, MemoryError])
def test_what_is_meant_for_the_process_goes_through(monkeypatch, meant):
    def stopped(_):
        raise meant

    monkeypatch.setattr("pipeline.ingest.calamine.CalamineWorkbook.from_filelike", stopped, raising=False)
    with pytest.raises(meant):
        read_values(plain_xlsx(), [0])


def at_the_door(key, opened):
    """What a reader does that asks calamine about the third file."""
    if key == "2":
        try:
            return str(read_values(panicking(), [0]))
        except Refused as refused:
            return refused.unreadable.message
    return said(opened)


def past_the_door(key, opened):
    """The same without the door: the panic goes up through everything, and cannot even be pickled."""
    return str(read_bare(panicking())) if key == "2" and isinstance(opened, Grid) else said(opened)


def said(opened):
    return opened.sheets[0].cells[0, 0].value if isinstance(opened, Grid) else opened.message


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        (at_the_door, "文件已损坏或不完整（工作簿结构不符合规范）"),
        (past_the_door, "读取时遇到没有预料到的内容（PanicException），没有读取。"),
    ],
)
def test_in_the_pool_a_panic_costs_only_its_file(tmp_path, reader, told):
    paths = [tmp_path / str(number) for number in range(5)]
    for number, path in enumerate(paths):
        path.write_bytes(f"甲{number},乙\n1,2\n".encode())
    results = dict(open_all([(path.name, path) for path in paths], reader))
    assert results.pop("2").startswith(told)
    assert results == {str(number): f"甲{number}" for number in (0, 1, 3, 4)}
