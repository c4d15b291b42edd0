"""Exports whose Chinese was written as question marks: told as what they are, in any format."""

import io

import openpyxl
import pytest

from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, Unreadable

STATEMENT = (
    "农业银行安康分行金融扶贫小额贷款统计表(2018年3月),,\r\n"
    "县(区),授信户数,授信金额\r\n"
    "汉滨区,20,60.5\r\n汉阴县,21,61.5\r\n石泉县,22,62.5\r\n"
)
TOLD = (
    "文件里的汉字已变成问号或乱码（导出时用的编码没有汉字），原来的字找不回来，没有读取。"
    "请报送单位用 UTF-8 或 GB18030（简体中文）编码重新导出，或直接导出 .xlsx 后重新报送。"
)


def lost_as_marks(text):
    return text.encode("ascii", "replace").decode()


def lost_as_replacements(text):
    return "".join(sign if sign.isascii() else "\ufffd" for sign in text)


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("an encoding without Chinese", lost_as_marks(STATEMENT).encode()),
        ("two marks for two bytes", lost_as_marks(STATEMENT).replace("?", "??").encode()),
        ("replacement characters", lost_as_replacements(STATEMENT).encode()),
        (
            "these read as GB18030",
            lost_as_replacements(STATEMENT).replace("\ufffd" * 2, "锟斤拷").encode(),
        ),
        ("as a page", b"<table><tr><td>???<td>????<tr><td>???<td>20<tr><td>???<td>21</table>"),
    ],
)
def test_it_is_told(why, data):
    assert open_grid(data, "报表.csv") == Unreadable("F01", TOLD), why


def test_in_a_workbook():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in lost_as_marks(STATEMENT).splitlines():
        book.active.append(line.split(","))
    book.save(out)
    assert open_grid(out.getvalue()) == Unreadable("F01", TOLD)


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("a character or two", STATEMENT.replace("石泉", "??")),
        ("a question in words", "name,what\nA,is it??\nB,no\nC,yes\n"),
        ("signs for what is not known", "a,b\n1,?\n2,?\n3,?\n4,?\n"),
        ("a western table", "name,n\nalpha,1\nbeta,2\n"),
    ],
)
def test_others_are_opened(why, text):
    assert isinstance(open_grid(text.encode()), Grid), why
