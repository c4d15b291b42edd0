"""Form H01 as a whole: header, sheets, doubles, encodings, hostile files; its sources."""

from __future__ import annotations

import io

import docx
import pytest

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from tests.ingest.documents import document, tbl, tc, tr
from tests.ingest.files import rezipped, xls, xlsx
from tests.ingest.history_tables import CATALOG, HEADER, ROW, csv, only, read, told, workbook

# ------------------------------------------------------------------ sources


def test_a_source_is_one_line_without_unseen_signs():
    assert only(workbook([*ROW[:5], "  《2016年\n年报》\u202e 第3页 "])).source == "《2016年 年报》 第3页"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (None, "没有写来源"),
        ("——", "没有写来源"),
        (0, "没有写来源"),
        ("长" * 101, "最多100个字"),
        ("示例甲 13800000000 提供", "身份证号或手机号"),
        ("示例乙，138-0000-0000", "身份证号或手机号"),
        ("台账 61240119800101001X", "身份证号或手机号"),
        ("台账 ６１２４０１１９８００１０１００１１", "身份证号或手机号"),
    ],
)
def test_no_figure_without_a_source(source, words):
    ((cell, message),) = told(workbook([*ROW[:5], source]))
    assert cell == "F2"
    assert words in message


@pytest.mark.parametrize(
    "source", ["长" * 100, "2016年12月报表（安政办函〔2017〕284号）第13页", "档案 201612-000123456789", "年报 1386"]
)
def test_a_source_may_hold_numbers_that_are_nobodys(source):
    assert only(workbook([*ROW[:5], source])).source == source


def test_an_identity_number_is_never_told_again():
    ((cell, message),) = told(workbook([ROW[0], "示例丙612401198001010011", *ROW[2:]]))
    assert cell == "B2" and "［身份证号已隐去］" in message and "61240" not in message


# ------------------------------------------------------------------ the table as a whole


def test_every_problem_is_told_at_once():
    problems = told(workbook(["2016", "某银行", "某县", "某指标", "某数", None]))
    assert [cell for cell, _ in problems] == ["A2", "B2", "F2", "C2", "D2"]


@pytest.mark.parametrize(
    "header",
    [
        ["期别", "机构", "地区", "指标名称", "值(万元)", "资料来源"],
        ["period", "unit", "area", "indicator", "value（万元）", "source"],
        ["报告 期", "单位", "县（区）", "指 标", "金额(万元)", "出处"],
    ],
)
def test_a_header_in_other_words(header):
    assert only(workbook(ROW, header=header)).value == 1_234_500_000


def test_order_titles_notes_and_the_sheet_of_instructions_do_not_matter():
    header = [HEADER[5], HEADER[4], *HEADER[:4]]
    row = [ROW[5], ROW[4], *ROW[:4]]
    data = workbook(row, ["填表人：示例甲"], header=header, above=(["历史数据补录表"], ["单位：户、笔"]))
    assert only(data).cell == "B4"


@pytest.mark.parametrize(
    ("header", "cell", "words"),
    [
        (HEADER[:5], "A1", "表头缺少“来源”"),
        ([*HEADER, "利率"], "G1", "表头“利率”不是补录表的栏目"),
        ([*HEADER, "期别"], "G1", "“期别”与另一栏都是报告期"),
        ([*HEADER[:4], "数值（万元、元）", "来源"], "E1", "写了几个金额单位（万元、元）"),
    ],
)
def test_a_header_that_is_wrong_is_told(header, cell, words):
    ((where, message),) = told(workbook(ROW[: len(header)], header=header))
    assert where == cell
    assert words in message


def test_a_column_without_a_header_is_told():
    ((cell, message),) = told(workbook([*ROW, "什么"]))
    assert (cell, message[:12]) == ("G1", "这一栏没有表头，却有内容"[:12])


def test_a_file_without_the_table_is_told():
    ((_, message),) = told(workbook(["甲", 1], header=["县区", "期末余额"]))
    assert "报告期、填报单位、县区、指标、数值、来源" in message
    assert "一个数字" in told(workbook())[0][1]


def test_hidden_rows_and_sheets_are_not_taken_unseen():
    def write(book, sheet):
        for r, row in enumerate([HEADER, ROW, [ROW[0], ROW[1], "汉阴县", *ROW[3:]]]):
            sheet.write_row(r, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        other = book.add_worksheet("另一张")
        other.write_row(0, 0, HEADER)
        other.hide()

    problems = told(xlsx(write))
    assert [message[:8] for _, message in problems] == ["有隐藏或被筛选掉", "这张工作表是隐藏"]


def test_merged_cells_name_all_their_rows_but_a_value_is_one():
    def write(_, sheet):
        sheet.write_row(0, 0, HEADER)
        for r, area in ((1, "汉滨区"), (2, "汉阴县")):
            sheet.write_row(r, 2, [area, "期末余额/金额"])
        sheet.merge_range(1, 0, 2, 0, "2016-12")
        sheet.merge_range(1, 1, 2, 1, "abc")
        sheet.merge_range(1, 4, 2, 4, 7)
        sheet.merge_range(1, 5, 2, 5, "年报")

    reading = read(xlsx(write))
    assert [f.area for f in reading.figures] == ["hanbin"]
    assert [(p.cell, p.message[:5]) for p in reading.problems] == [("E3", "没有写数值")]


def test_the_same_figure_twice_counts_once_and_with_two_values_not_at_all():
    reading = read(workbook(ROW, ROW))
    assert (len(reading.figures), reading.doubled, reading.problems) == (1, 1, [])
    ((cell, message),) = told(workbook(ROW, [*ROW[:4], 9, ROW[5]]))
    assert cell == "E3"
    assert "单元格E2" in message
    assert "“1234.5”和“9.0”" in message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_the_office(encoding):
    text = '报告期,填报单位,县区,指标,数值（万元）,来源\n2016年12月,农业银行安康分行,汉滨区,期末余额/金额,"1,234.50",旧系统'
    assert only(csv(text, encoding)).value == 1_234_500_000


def test_an_old_workbook():
    def write(_, sheet):
        for r, row in enumerate([HEADER, ROW]):
            for c, value in enumerate(row):
                sheet.write(r, c, value)

    assert only(xls(write)).value == 1_234_500_000


def test_a_formula_error_is_told_and_nothing_is_calculated():
    def write(_, sheet):
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")

    ((cell, message),) = told(xlsx(write))
    assert cell == "E2"
    assert "公式出错" in message


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4 x", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99]
)
def test_a_file_that_is_none_is_told(data):
    reading = read(data)
    assert reading.figures == []
    (problem,) = reading.problems
    assert "重新报送" not in problem.message, "nobody reports it: it is imported"


def test_a_table_in_a_word_file():
    document = docx.Document()
    table = document.add_table(rows=2, cols=len(HEADER))
    for row, words in enumerate((HEADER, ROW)):
        for col, word in enumerate(words):
            table.cell(row, col).text = str(word)
    out = io.BytesIO()
    document.save(out)
    figure = only(out.getvalue())
    assert (figure.value, figure.cell) == (1_234_500_000, "表1第2行第5列")


def test_what_a_word_file_does_not_show_is_told():
    """Deleted by a revision, hidden: a figure may have gone with it."""
    deleted = "<w:p><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:r><w:t>{}</w:t></w:r></w:p>"
    rows = [tr(*HEADER), tr(*map(str, ROW[:-1]), tc(deleted.format(ROW[-1])))]
    (problem,) = read(document(tbl(*rows))).problems
    assert (problem.cell, problem.message[:15]) == (f"表1第2行第{len(ROW)}列", "有修订中删除的内容，没有读取。")


def test_a_hostile_workbook_is_refused_whole():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    data = rezipped(
        workbook(ROW), "xl/worksheets/sheet1.xml", b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', bomb
    )
    reading = read(data)
    assert (reading.figures, len(reading.problems)) == ([], 1)


def test_text_from_a_file_stays_text():
    figure = only(workbook([*ROW[:5], '<script>alert(1)</script>=HYPERLINK("http://x")']))
    assert figure.source == '<script>alert(1)</script>=HYPERLINK("http://x")'


def test_in_the_inbox_the_table_is_nobodys_form():
    """H01 is taken in by its own command: as a received file it is no form at all, and nothing of it is read."""
    received = ReceivedFile("a" * 64, "历史.xlsx", "2017-02-11 09:00")
    county = ["2016-12", "石泉县金融办", "石泉县", "建档立卡贫困户数", 8000, "台账"]
    reading = read_file(open_grid(workbook(ROW, county)), received, CATALOG)
    assert reading.submissions == []
    assert [finding.rule for finding in reading.findings] == ["F02"]


def test_a_unit_that_was_not_there_yet_is_told():
    unit = CATALOG.units.by_id["abc"]
    later = unit.model_copy(
        update={
            "names": (unit.names[0].model_copy(update={"since": CATALOG.units.by_id["rcb-hanyin"].names[1].since}),)
        }
    )
    units = tuple(later if entry.id == "abc" else entry for entry in CATALOG.units.units)
    catalog = CATALOG.model_copy(update={"units": CATALOG.units.model_copy(update={"units": units})})
    catalog.units.__dict__.pop("by_id", None)
    reading = read(workbook(ROW), catalog)
    assert "自2017年7月起" in reading.problems[0].message
