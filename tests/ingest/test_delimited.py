import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import limits
from pipeline.ingest.characters import reads_as_chinese
from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import Cell, CellKind, Grid, ReceivedFile, Severity, Unreadable
from pipeline.validate import check
from tests.ingest.dialects import as_csv
from tests.ingest.files import refused
from tests.ingest.sheets import CATALOG, Statement, found

TABLE = '邮储银行安康市分行2018年3月\n区县,授信_户数,授信_金额(元)\n汉滨,120,"1,234,500.00"\n旬阳,80,—\n'
VALUES = {
    (0, 0): "邮储银行安康市分行2018年3月",
    (1, 0): "区县",
    (1, 1): "授信_户数",
    (1, 2): "授信_金额(元)",
    (2, 0): "汉滨",
    (2, 1): "120",
    (2, 2): "1,234,500.00",
    (3, 0): "旬阳",
    (3, 1): "80",
    (3, 2): "—",
}


def values(data):
    grid = open_grid(data)
    assert isinstance(grid, Grid), grid
    assert (grid.format, [sheet.name for sheet in grid.sheets]) == ("csv", ["csv"])
    cells = grid.sheets[0].cells
    assert all((cell.row, cell.col, cell.kind) == (*place, CellKind.TEXT) for place, cell in cells.items())
    return {place: cell.value for place, cell in cells.items()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_same_table_in_every_encoding_that_is_sure(encoding):
    assert values(TABLE.encode(encoding)) == VALUES


@pytest.mark.parametrize(("why", "end"), [("Windows", "\r\n"), ("old Macintosh", "\r")])
def test_line_ends(why, end):
    assert values(TABLE.replace("\n", end).encode()) == VALUES, why


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_delimiters(delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(TABLE)))
    assert values(out.getvalue().encode()) == VALUES


def test_rows_are_counted_as_a_spreadsheet_would_show_them():
    found = values('标题\n\n甲,"两\n行"\n丙,丁\n'.encode())
    assert found == {(0, 0): "标题", (2, 0): "甲", (2, 1): "两\n行", (3, 0): "丙", (3, 1): "丁"}


def test_blank_fields_are_no_cells_and_others_keep_their_blanks():
    assert values("甲, ,\u3000\n乙,, 1 \n".encode()) == {(0, 0): "甲", (1, 0): "乙", (1, 2): " 1 "}


def test_rare_characters_of_county_names_do_not_make_a_file_unsure():
    assert values("区县,户数\n岚皋,1\n汉滨,2\n旬阳,3\n镇坪,4\n紫阳,5\n".encode("gb18030"))[1, 0] == "岚皋"


@pytest.mark.parametrize(
    ("why", "data"),
    [
        (
            "Korean decodes as GB18030 without an error",
            "번호,이름\n1,서울 도쿄\n2,중국과 나라의 말씀\n".encode("euc-kr"),
        ),
        ("so does Russian", "номер,название\n1,москва и область\n".encode("koi8-r")),
        ("Japanese", "番号,名称\n一,東京タワー\n二,スカイツリー\n".encode("shift_jis")),
        ("French in Latin-1", "région,préfecture\nRhône-Alpes,Lyon à côté\n".encode("latin-1")),
        ("cut inside a character", "甲,乙\n丙,丁\n".encode()[:-2]),
        ("a mark that does not hold", b"\xef\xbb\xbf\xff\xfea,b\nc,d\n"),
    ],
)
def test_an_encoding_that_is_not_sure_is_refused_and_never_garbage(why, data):
    found = refused(data)
    assert found.rule == "F01", why
    assert found.message.startswith("文字编码无法确定（不是 UTF-8，也不像简体中文的 GB18030")
    assert found.message.endswith("请用 Excel 或 WPS 打开，确认内容无误后另存为 .xlsx 工作簿重新报送。")


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("NUL bytes", b"a,b\0\n1,2\n"),
        ("control characters", b"a,b\n\x01,2\n"),
        ("random bytes with NUL", bytes(range(256))),
    ],
)
def test_binary_is_no_text(why, data):
    found = refused(data)
    assert (found.rule, found.message[:17]) == ("F02", "文件不是表格，也不是文字（内容是二"), why


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("a letter", "尊敬的领导：\n现将三月份工作情况报告如下。\n此致\n"),
        ("one column", "汉滨\n旬阳\n"),
        ("nothing but blanks", " \n\n"),
    ],
)
def test_text_that_is_no_table_is_named(why, text):
    found = refused(text.encode())
    assert (found.rule, found.message[:16]) == ("F02", "文件内容是一般文字，不是表格。请"), why


@pytest.mark.parametrize("line", ["汉滨,旬阳", "请查收", '{"a": [1, 2, 3]}', "kitten,win"])
def test_one_line_is_no_report_though_it_may_be_what_a_broken_transfer_left(line):
    assert refused(line.encode()) == Unreadable(
        "F02",
        "文件只有一行文字，不是报表。请核对是否发错文件；如应是报表，可能没有导出完整或没有传完，请重新导出后重新报送。",
    )


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_by_its_mark(encoding):
    mark = "" if encoding == "utf-32" else "\ufeff"
    assert values((mark + TABLE).encode(encoding)) == VALUES


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("nuls", [1, 512])
def test_room_behind_a_text_for_what_never_came_is_told(encoding, nuls):
    found = refused(TABLE.encode(encoding) + "\0".encode(encoding.replace("-sig", "").replace("16", "16-le")) * nuls)
    assert found.rule == "F01"
    assert found.message.startswith(f"文件已损坏或不完整（文字后面有{nuls}个空字节，可能没有传完或没有存好）")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(encoding):
    assert values(TABLE.encode(encoding)) == VALUES


def test_traditional_chinese_in_big5_is_read_as_it_is_and_told():
    """It decodes as GB18030 without an error: 春翴絪腹."""
    data = "景點編號,景點名稱\n一,臺北孔廟\n二,龍山寺\n".encode("cp950")
    assert values(data)[0, 0] == "景點編號"
    assert list(open_grid(data).notes) == ["文字是繁体中文（Big5 编码），已按 Big5 读取。"]


def test_a_few_chinese_characters_that_are_also_utf_8_are_chinese():
    """目 is C4 BF in GB18030: U+013F in UTF-8."""
    data = "目,数目\n目,目\n".encode("gb18030").replace("数目".encode("gb18030"), "目目".encode("gb18030"))
    assert data.decode("utf-8")[0] == "\u013f"
    assert values(data) == {(0, 0): "目", (0, 1): "目目", (1, 0): "目", (1, 1): "目"}


def test_french_in_utf_8_is_french():
    assert values("région,nom\nîle,à côté\n".encode())[0, 0] == "région"


def test_the_delimiter_that_a_first_line_states_for_excel():
    assert values("sep=;\n甲;乙,丙\n丁;1,5\n".encode("gb18030")) == {
        (0, 0): "甲",
        (0, 1): "乙,丙",
        (1, 0): "丁",
        (1, 1): "1,5",
    }


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("behind every field", lambda line: line.replace(",", "\t,") + "\t"),
        ("before every field but the first", lambda line: line.replace(",", ",\t")),
        ("behind every line", lambda line: line + "\t"),
        ("behind the first field", lambda line: line.replace(",", "\t,", 1)),
    ],
)
def test_tabs_that_keep_excel_from_changing_a_field_are_no_delimiters(why, change):
    found = values("\n".join(map(change, ["区县,户数,金额", "汉滨,1,2.5", "旬阳,3,4.5"])).encode())
    assert {place: text.strip() for place, text in found.items()} == {
        (0, 0): "区县", (0, 1): "户数", (0, 2): "金额", (1, 0): "汉滨", (1, 1): "1", (1, 2): "2.5",
        (2, 0): "旬阳", (2, 1): "3", (2, 2): "4.5",
    }, why  # fmt: skip


def test_a_table_by_tabs_may_hold_commas():
    assert values("区县\t户数\t备注\n汉滨\t1\t甲,乙\n旬阳\t2\t丙,丁\n".encode())[1, 2] == "甲,乙"


def test_guards_against_excel_are_taken_off_and_told_once():
    grid = open_grid('区县,户数,代码\n="汉滨","=""1""","=""61"""\n旬阳,2,="=1+1"\n'.encode())
    found = {place: cell.value for place, cell in grid.sheets[0].cells.items() if place[0]}
    assert found == {(1, 0): "汉滨", (1, 1): "1", (1, 2): "61", (2, 0): "旬阳", (2, 1): "2", (2, 2): "=1+1"}
    assert list(grid.notes) == ['有些内容写成 ="…" 的形式（导出程序为防止 Excel 改动格式而加），已按引号里的内容读取。']


def test_figures_at_the_very_end_without_the_end_of_their_line_are_told():
    assert list(open_grid("区县,户数,金额\n汉滨,1,2\n旬阳,2,3".encode()).notes) == [
        "文件最后一行（第3行）末尾没有换行，可能没有传完，请核对这一行的数是否完整。"
    ]
    assert list(open_grid("区县,户数,金额\n汉滨,1,2\n填表人,示例甲,乙".encode()).notes) == []


def test_signs_of_old_systems_at_page_and_file_end_are_no_cells():
    assert values("甲,乙\r\n\f\r\n丙,丁\r\n\x1a".encode("gb18030")) == {
        (0, 0): "甲",
        (0, 1): "乙",
        (2, 0): "丙",
        (2, 1): "丁",
    }


def test_words_for_nothing_stay_words():
    found = values(b"a,b,c\nnull,NULL,NA\n0,,None\n")
    assert [found.get((r, c)) for r in (1, 2) for c in (0, 1, 2)] == ["null", "NULL", "NA", "0", None, "None"]


@pytest.mark.parametrize(
    ("why", "rows", "at"),
    [
        ("all as wide as the heading", ["汉滨,1,2,3", "旬阳,4,5,6"], []),
        ("a thousands' comma without quotes", ["汉滨,1,2,3", "旬阳,4,1,200,6"], ["A4"]),
        ("a delimiter left out", ["汉滨,1,2,3", "旬阳,4,5", "白河,7,8,9"], ["A4"]),
        ("a comma too many, and the last field blank", ["汉滨,1,2,", "旬阳,4,1,200,", "白河,7,8,"], ["A4"]),
        ("the last column left out throughout", ["汉滨,1,2", "旬阳,4,5"], []),
        ("left out where it is blank", ["汉滨,1,2", "旬阳,4,5", "白河,7,8,9"], []),
        ("a note of another width", ["汉滨,1,2,3", "旬阳,4,5,6", "填表人：示例乙,电话"], []),
    ],
)
def test_a_row_of_figures_of_another_width_is_told(why, rows, at):
    text = "\n".join(["农业银行2018年3月", "区县,授信户数,授信金额,备注", *rows])
    grid = open_grid(text.encode())
    assert isinstance(grid, Grid)
    assert [place for place, _ in grid.sheets[0].unread] == at, why


def test_a_row_of_another_width_sends_a_statement_back():
    lines = Statement().lines()
    data = as_csv(lines).decode("gb18030").replace("旬阳县,28,68.5,", "旬阳县,28,1,068.5,")
    reading = read_file(open_grid(data.encode()), ReceivedFile("f" * 64, "农行.csv", "2018-04-05 09:00"), CATALOG)
    assert found(reading) == [("F06", "A12")]
    (sent,) = reading.submissions
    row = [seen for seen in sent.observations if seen.area == "xunyang"]
    assert row and all(seen.value is None and seen.raw for seen in row), "not read, and not blank either"
    assert [f.rule for f in check([sent], CATALOG) if f.severity is not Severity.NOTE and f.area] == []


def test_so_does_a_row_of_totals():
    lines = [*Statement().lines()[:-1], ["合计", *range(100, 100 + len(Statement().headers) - 1)]]
    text = as_csv(lines).decode("gb18030")
    total = next(line for line in text.splitlines() if line.startswith("合计"))
    data = text.replace(total, total.replace(",", ",1,", 1))
    reading = read_file(open_grid(data.encode()), ReceivedFile("f" * 64, "农行.csv", "2018-04-05 09:00"), CATALOG)
    assert [rule for rule, _ in found(reading)] == ["F06"]
    (sent,) = reading.submissions
    assert not [seen for seen in sent.observations if seen.total and seen.value is not None]


def test_a_quote_that_never_closes_does_not_swallow_the_rest():
    found = refused('区县,户数\n汉滨,1\n"旬阳,2\n白河,3\n'.encode())
    assert (found.rule, found.sheet, found.cell) == ("F01", "csv", "A3")
    assert found.message.startswith("第3行的引号不成对")


def test_a_long_text_after_a_quote_that_never_closes_is_told_as_what_it_is():
    found = refused(b'a,b\n1,2\n"c,d\n' + b"1,2\n" * 40_000)
    assert (found.cell, found.message[:8]) == ("A3", "第3行的引号不成")


def test_words_behind_a_closing_quote():
    found = refused('区县,户数\n汉滨,1\n"旬阳"县,2\n白河,3\n'.encode())
    assert (found.cell, found.message[:8]) == ("A3", "第3行的引号不成")


def test_too_wide_and_too_large_are_refused(monkeypatch):
    wide = ",".join("x" * (limits.MAX_COLUMNS + 1))
    assert "第1行有2001列" in refused(f"{wide}\n{wide}\n".encode()).message
    monkeypatch.setattr(limits, "MAX_CELLS", 3)
    assert "单元格超过3个" in refused(b"1,2\n3,4\n").message


def test_a_field_longer_than_any_is_refused():
    found = refused(b"a,b\nc,d\n" + b"x" * 200_000 + b",e\n")
    assert found.cell == "A3"
    assert "第3行有一格的文字超过131072个字" in found.message


def test_share_of_common_characters():
    assert reads_as_chinese("安康市金融扶贫小额贷款统计表（2018年3月）")
    assert reads_as_chinese("plain ASCII has nothing to judge")
    assert not reads_as_chinese("春翴絪腹")


fields = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), max_size=8)


@given(st.lists(st.lists(fields, min_size=3, max_size=3), min_size=2, max_size=6))
def test_what_a_csv_writer_wrote_is_read_cell_by_cell(rows):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["甲", "乙", "丙"], ["丁", "戊", "己"], *rows])
    expected = {(r, c): text for r, row in enumerate(rows, start=2) for c, text in enumerate(row) if text.strip()}
    grid = open_grid(out.getvalue().encode())
    assert isinstance(grid, Grid)
    assert {p: cell.value for p, cell in grid.sheets[0].cells.items() if p[0] >= 2} == expected
    assert grid.sheets[0].cells[0, 0] == Cell(0, 0, CellKind.TEXT, "甲")
