"""The reference period as cells hold it: dates of both systems, serial numbers, words; never a guess."""

import io

import pytest
import xlsxwriter
import xlwt

from pipeline.ingest.period_words import months_alone, months_named, why_no_month, years_named
from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from tests.ingest.sheets import AREAS, CATALOG, HEADERS, Statement, found, plain_rows

TITLE = "农业银行安康分行统计表"


def statement(*line, title=TITLE, formats=None, **more):
    """A statement whose second line is this one."""
    return Statement(above=[[title], [*line, "单位：万元"]], formats=formats or {}, **more)


def period(reading):
    return [submission.period for submission in reading.submissions]


def read(data, name="报表.xls"):
    return read_file(open_grid(data, name), ReceivedFile("b" * 64, name, "2018-04-05 09:00"), CATALOG)


# ------------------------------------------------------------------ words


@pytest.mark.parametrize("lead", ["报告期：", ""])
@pytest.mark.parametrize(
    "words",
    [
        "2018年3月",
        "2018年03月份",
        "2018 年 3 月",
        "２０１８年３月",
        "2018年3月末",
        "2018.3.31",
        "2018-03",
        "2018/3",
        "2018-03-31",
        "二〇一八年三月",
        "二零一八年三月份",
        "二○一八年三月三十一日",
        "2018年三月",
        "18年3月",
        "一八年三月",
        "截至2018年3月31日",
        "2018年3月1日至31日",
        "2018年3月1日—3月31日",
    ],
)
def test_spellings_of_march(lead, words):
    reading = statement(f"{lead}{words}").read()
    assert (period(reading), found(reading)) == (["2018-03"], [])


@pytest.mark.parametrize("words", ["201803", "20180331", "20180301", "2018-03-01", "2018年3月1日"])
def test_spellings_that_need_a_label(words):
    assert period(statement(f"报告期：{words}").read()) == ["2018-03"]
    assert [rule for rule, _ in found(statement(words).read())] == ["F04"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("民国107年3月", "像是民国纪年"),
        ("107年3月", "像是民国纪年"),
        ("民国一〇七年三月", "像是民国纪年"),
        ("2018年第1季度", "季度"),
        ("2018年1季度", "季度"),
        ("2018年一季度", "季度"),
        ("2018年上半年", "半年"),
        ("2018年", "没有写月份"),
        ("截至3月末", "没有写年份"),
        ("三月份", "没有写年份"),
        ("2018年3月15日", "是某一天"),
        ("2018年3月31日前", "是某一天"),
        ("43190", "序列号"),
        ("2018年13月", "没有写月份"),
        ("    年  月", ""),
    ],
)
@pytest.mark.parametrize("lead", ["报告期：", ""])
def test_words_that_name_no_month_for_sure(lead, words, told):
    reading = statement(f"{lead}{words}").read()
    assert period(reading) == []
    (finding,) = reading.findings
    assert (finding.rule, told in finding.message) == ("F04", True)
    assert finding.cell == ("A2" if told else "")


def test_a_label_of_days_does_not_make_a_month_of_the_first_day():
    assert found(statement("数据日期：2018-04-01").read()) == [("F04", "A2")]
    assert period(statement("数据日期：2018-03-31").read()) == ["2018-03"]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        (f"{TITLE}（2018年）", "截至3月末"),
        (f"{TITLE}（2018年度）", "报告期：3月"),
        (f"2018年{TITLE}", "三月份"),
        (f"2018年{TITLE}", "截至3月31日"),
    ],
)
def test_a_month_in_one_place_and_its_year_in_another(title, line):
    reading = statement(line, title=title).read()
    assert (period(reading), found(reading)) == (["2018-03"], [])


@pytest.mark.parametrize(
    ("title", "line"),
    [
        (f"{TITLE}（2017年、2018年）", "截至3月末"),
        (f"2018年{TITLE}", "2月、3月"),
        (f"2018年{TITLE}", "1-3月"),
        (f"2018年{TITLE}", "请于3月31日前报送"),
        (f"2018年版{TITLE}", "截至3月末"),
        (f"{TITLE}（2018年2月）", "截至3月末"),
        (f"{TITLE}（2018年2月）", "报告期：3月"),
    ],
)
def test_a_month_alone_is_put_together_with_nothing_unsure(title, line):
    assert [rule for rule, _ in found(statement(line, title=title).read())] == ["F04"]


def test_a_day_by_which_something_is_due_is_no_period():
    reading = statement("请于2018年4月30日前报送", title=f"{TITLE}（2018年3月）").read()
    assert (period(reading), found(reading)) == (["2018-03"], [])


# ------------------------------------------------------------------ cells


@pytest.mark.parametrize(
    ("value", "look"),
    [
        (43190, "yyyy-mm-dd"),
        (43190, 'yyyy"年"m"月"d"日"'),
        (43160, "yyyy-mm-dd"),
        (43174, 'yyyy"年"m"月"'),
        (43174, "yyyy-mm"),
        (43174, "mmm-yy"),
        (43190.5, "yyyy-mm-dd hh:mm"),
        (201803, None),
        (20180331, None),
        (2018.3, None),
        (2018.3, "0.0"),
        (2018.03, None),
    ],
)
def test_numbers_and_dates_beside_the_label(value, look):
    reading = statement("报告期：", value, formats={(1, 1): look} if look else {}).read()
    assert (period(reading), found(reading)) == (["2018-03"], [])


@pytest.mark.parametrize(
    ("value", "look"),
    [(43174, "yyyy-mm-dd"), (2018.1, None), ("2018.1", None), (3, None), (9999, None), (43190.5, None)],
)
def test_numbers_and_dates_that_are_no_month(value, look):
    reading = statement("报告期：", value, formats={(1, 1): look} if look else {}).read()
    assert (period(reading), [rule for rule, _ in found(reading)]) == ([], ["F04"])


def test_october_is_told_from_january_by_what_is_shown():
    read_in_december = {"received_at": "2018-12-05 09:00"}
    reading = statement("报告期：", 2018.1, formats={(1, 1): "0.00"}, **read_in_december).read()
    assert period(reading) == ["2018-10"]


@pytest.mark.parametrize(("serial", "day"), [(43190, "3月31日"), (43160, "3月1日")])
def test_a_serial_number_without_a_format_is_read_and_told(serial, day):
    reading = statement("报告期：", serial).read()
    assert (period(reading), found(reading)) == (["2018-03"], [("F09", "B2")])
    assert f"按2018年{day}读入" in reading.findings[0].message


def test_a_date_that_nothing_labels_counts_only_as_the_end_of_a_month_or_shown_as_one():
    assert period(statement(43190, formats={(1, 0): "yyyy-mm-dd"}).read()) == ["2018-03"]
    assert period(statement(43160, formats={(1, 0): 'yyyy"年"m"月"'}).read()) == ["2018-03"]
    assert period(statement(43195, formats={(1, 0): "yyyy-mm-dd"}).read()) == []


@pytest.mark.parametrize(("look", "findings"), [("yyyy-mm-dd", []), (None, [("F09", "B2")])])
def test_a_workbook_that_counts_from_1904(look, findings):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True}) as book:
        sheet = book.add_worksheet("表")
        for r, line in enumerate([[TITLE], ["报告期：", None, "单位：万元"], HEADERS, *plain_rows()]):
            sheet.write_row(r, 0, line)
        sheet.write_number(1, 1, 41728, book.add_format({"num_format": look}) if look else None)
    reading = read(out.getvalue(), "报表.xlsx")
    assert (period(reading), found(reading)) == (["2018-03"], findings)


@pytest.mark.parametrize("from_1904", [False, True])
@pytest.mark.parametrize("look", ["yyyy-mm-dd", "General"])
def test_the_same_in_the_old_format(from_1904, look):
    book = xlwt.Workbook()
    book.dates_1904 = from_1904
    sheet = book.add_sheet("表")
    for r, line in enumerate([[TITLE], ["报告期：", None, "单位：万元"], HEADERS, *plain_rows()]):
        for c, value in enumerate(line):
            if value is not None:
                sheet.write(r, c, value)
    sheet.write(1, 1, 41728 if from_1904 else 43190, xlwt.easyxf(num_format_str=look))
    out = io.BytesIO()
    book.save(out)
    assert period(read(out.getvalue())) == ["2018-03"]


def test_a_date_among_the_figures_is_never_a_number():
    rows = plain_rows()
    rows[1][3] = 43190
    reading = Statement(rows=rows, formats={(4, 3): "yyyy-mm-dd"}).read()
    assert found(reading) == [("F07", "D5")]
    assert AREAS[1] == "汉阴县"


# ------------------------------------------------------------------ the words by themselves


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2018年1—3月", []),
        ("2018年2—3月", ["2018-02", "2018-03"]),
        ("2017年12月至2018年3月", ["2017-12", "2018-03"]),
        ("2018年1月1日至2018年3月31日", []),
        ("2018年3月1日至3月31日", ["2018-03"]),
        ("2018年3月11日至3月31日", []),
        ("2018年3月1日至3月20日", []),
        ("截至2018年3月20日", []),
        ("2018.3.1-2018.3.31", ["2018-03"]),
        ("20180301-20180331", ["2018-03"]),
        ("2018年3号文件", []),
        ("2018.3万元", []),
        ("2018-3号", []),
        ("第18年3月", ["2018-03"]),
        ("二〇一八年四月五日", []),
        ("二〇一八年十二月", ["2018-12"]),
        ("2018年2月28日", ["2018-02"]),
        ("2016年2月28日", []),
    ],
)
def test_months_in_a_text(text, months):
    assert [str(month) for month in months_named(text)] == months


def test_months_and_years_apart():
    assert months_alone("截至3月末") == months_alone("三月份") == [3]
    assert months_alone("3个月、近3月、1-3月、4月5日、2018年3月") == []
    assert months_alone("上年12月末", surely=True) == []
    assert years_named("2018年度，2017年版，民国107年") == ["2018"]
    assert why_no_month("金融扶贫小额贷款统计表") == ""
