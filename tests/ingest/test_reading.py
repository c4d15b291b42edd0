import pytest

from pipeline.model import Severity, Symbol
from tests.ingest.sheets import AREAS, HEADERS, Statement, found, plain_rows


def only(reading):
    (submission,) = reading.submissions
    return submission


def values(submission, indicator):
    return {o.area: o.value for o in submission.observations if o.indicator == indicator and not o.total}


def test_a_plain_statement_is_understood_cell_by_cell():
    reading = Statement().read()
    submission = only(reading)
    assert reading.findings == []
    assert (submission.form, submission.unit, submission.period) == ("M01", "abc", "2018-03")
    assert (submission.money_unit, submission.layout, submission.sheet) == ("万元", "M01-abc", "统计表")
    first = next(o for o in submission.observations if o.indicator == "outstanding_amount" and o.area == "hanbin")
    assert (first.value, first.cell, first.raw, first.institution) == (30_250_000, "F4", "30.25", "abc")
    assert values(submission, "outstanding_households")["baihe"] == 18
    assert submission.step == 10_000, "two decimals of 万元 are 100 元"


def test_a_blank_cell_is_an_observation_that_is_missing_and_never_zero():
    rows = plain_rows()
    rows[3][5] = None
    rows[4][5] = "—"
    observed = {
        o.area: o for o in only(Statement(rows=rows).read()).observations if o.indicator == "outstanding_amount"
    }
    assert (observed["ningshan"].value, observed["ningshan"].symbol) == (None, Symbol.MISSING)
    assert (observed["ziyang"].value, observed["ziyang"].symbol) == (None, Symbol.NOT_APPLICABLE)
    assert observed["ningshan"].cell == "F7"


def test_what_stands_for_a_blank_is_owed_like_one():
    rows = plain_rows()
    rows[3][5] = "null"
    observed = next(
        o
        for o in only(Statement(rows=rows).read()).observations
        if (o.indicator, o.area) == ("outstanding_amount", "ningshan")
    )
    assert (observed.value, observed.symbol, observed.raw) == (None, Symbol.MISSING, ""), "A16 asks for blanks"
    assert observed.changes == "null → 空（数据库导出的空值）"


@pytest.mark.parametrize(
    ("why", "typed", "fen"),
    [
        ("full-width digits", "１２．３４", 12_340_000),
        ("thousands separators", "1,234.50", 1_234_500_000),
        ("a trailing unit overrides the caption's", "2000元", 200_000),
        ("text numbers", "12.34", 12_340_000),
        ("spaces", " 12.34 ", 12_340_000),
    ],
)
def test_typed_forms_of_a_number_are_understood_and_the_change_is_recorded(why, typed, fen):
    rows = plain_rows()
    rows[0][5] = typed
    observation = next(
        o
        for o in only(Statement(rows=rows).read()).observations
        if (o.indicator, o.area) == ("outstanding_amount", "hanbin")
    )
    assert observation.value == fen
    assert observation.raw == typed
    assert observation.changes


def test_typed_totals_and_of_which_rows_are_kept_apart():
    rows = plain_rows()
    rows.insert(1, ["其中：高新区", 3, 5.5, 2, 2, 4.25, None])
    rows.append(["合 计", 245, 650, 145, 135, 347.5, None])
    submission = only(Statement(rows=rows).read())
    totals = [o for o in submission.observations if o.total]
    assert {o.area for o in totals} == {"total"}
    assert values(submission, "outstanding_amount")["gaoxin"] == 4_250_000


def test_the_unit_in_a_header_wins_over_the_caption():
    headers = [*HEADERS[:5], "期末余额/金额(元)", "备注"]
    assert values(only(Statement(headers=headers).read()), "outstanding_amount")["hanbin"] == 3025


def test_serial_numbers_column_numbers_and_typed_ratios_are_accounted_for():
    headers = ["序号", *HEADERS[:6], "不良率(%)", "备注"]
    rows = [[i, *row[:6], 1.25, row[6]] for i, row in enumerate(plain_rows(), 1)]
    numbers = [["甲", "乙", *range(1, 8)]]
    reading = Statement(headers=headers, rows=numbers + rows).read()
    assert reading.findings == []
    assert reading.cells["ignored: typed ratio, always recomputed"] == 10
    assert reading.cells["ignored: column number"] == 9


# ------------------------------------------------------------------ what is not understood


def test_an_unknown_column_is_one_finding_and_nothing_of_it_is_read():
    headers = [*HEADERS[:6], "绿色贷款余额", "备注"]
    rows = [[*row[:6], 1.5, None] for row in plain_rows()]
    reading = Statement(headers=headers, rows=rows).read()
    assert found(reading) == [("F06", "G3")]
    assert "绿色贷款余额" in reading.findings[0].message


def test_a_number_outside_the_table_is_a_finding_at_its_cell():
    reading = Statement(below=[["单位负责人：示例甲"], [None, None, 77.5]]).read()
    assert found(reading) == [("F06", "C15")]


def test_a_date_or_a_telephone_number_beside_a_label_is_a_note():
    assert Statement(below=[["联系电话：", 9150000000, "报出日期", "2018-04-05"]]).read().findings == []


def test_a_cell_that_is_no_number_is_told_with_what_to_do():
    rows = plain_rows()
    rows[2][5] = "约30万"
    reading = Statement(rows=rows).read()
    assert found(reading) == [("F07", "F6")]
    assert reading.findings[0].told.startswith("文件《农行报表.xlsx》工作表“统计表”单元格F6：")


def test_an_unknown_area_is_carried_to_the_rules_by_its_label():
    rows = plain_rows()
    rows[9][0] = "白何县"
    assert "unknown:白何县" in values(only(Statement(rows=rows).read()), "outstanding_amount")


@pytest.mark.parametrize(
    ("why", "above", "rules"),
    [
        ("no unit of money", [["农业银行安康分行（2018年3月）"]], ["F05"]),
        ("two units of money", [["农业银行安康分行（2018年3月）"], ["单位：万元、元"]], ["F05"]),
        ("no period", [["农业银行安康分行"], ["单位：万元"]], ["F04"]),
        ("two periods", [["农业银行安康分行2018年2月"], ["报告期：2018年3月", None, "单位：万元"]], ["F04"]),
        ("no reporting unit", [["金融扶贫统计表（2018年3月）"], ["单位：万元"]], ["F03"]),
        ("a reporting unit that nobody knows", [["2018年3月"], ["填报单位：某某银行", None, "单位：万元"]], ["F03"]),
        (
            "two reporting units",
            [["农业银行安康分行2018年3月"], ["填报单位：邮储银行安康市分行", None, "单位：万元"]],
            ["F03"],
        ),
        ("a unit that does not owe this form", [["汉阴县金融办2018年3月"], ["单位：万元"]], ["F03"]),
    ],
)
def test_what_a_sheet_must_say_of_itself(why, above, rules):
    reading = Statement(above=above).read()
    assert [rule for rule, _ in found(reading)] == rules
    assert all("请" in f.message for f in reading.findings)


@pytest.mark.parametrize(
    ("why", "name", "rules"),
    [
        ("a name that says nothing", "新建工作表.xlsx", []),
        ("a name that agrees", "农业银行安康分行2018年3月.xlsx", []),
        ("a day in the name is when it was made", "报表20180405.xlsx", []),
        ("another month", "报表2018年2月.xlsx", ["F04"]),
        ("another month, written compactly", "报表_201802.xlsx", ["F04"]),
        ("another unit", "邮储银行安康市分行.xlsx", ["F03"]),
    ],
)
def test_the_name_of_a_file_may_only_agree(why, name, rules):
    assert [rule for rule, _ in found(Statement(name=name).read())] == rules


def test_a_month_that_has_not_begun_cannot_have_been_reported():
    reading = Statement(received_at="2018-02-28 17:00").read()
    assert [rule for rule, _ in found(reading)] == ["F04"]


@pytest.mark.parametrize("words", ["截至2018年3月31日", "2018年3月份", "２０１８年３月", "2018.3", "2018-03"])
def test_spellings_of_the_period(words):
    above = [["农业银行安康分行扶贫小额贷款统计表"], [words, None, None, "单位：万元"]]
    assert only(Statement(above=above).read()).period == "2018-03"


def test_hidden_rows_are_read_and_told():
    reading = Statement(hidden_rows=(5,)).read()
    assert found(reading) == [("F08", "A6")]
    assert len(values(only(reading), "outstanding_amount")) == 10


def test_a_hidden_sheet_is_not_read_and_told():
    reading = Statement(more_sheets={"旧表": [["草稿", 1]]}, hidden_sheets=("旧表",)).read()
    assert [(f.rule, f.sheet, f.submission) for f in reading.findings] == [("F08", "旧表", only(reading).id)]


def test_a_second_sheet_that_is_no_form_is_told_as_a_whole():
    reading = Statement(more_sheets={"测算": [["甲", 1], ["乙", 2]]}).read()
    assert [(f.rule, f.sheet, f.submission) for f in reading.findings] == [("F06", "测算", only(reading).id)]


def test_a_sheet_of_instructions_is_left_alone():
    assert Statement(more_sheets={"填表说明": [["请如实填写"]]}).read().findings == []


def test_the_same_form_twice_in_a_file_is_never_chosen_silently():
    statement, other = Statement(), Statement()
    other.rows[0][1] += 1
    statement.more_sheets = {"副本": other.lines()}
    reading = statement.read()
    assert [f.rule for f in reading.findings] == ["F02", "F02"]


def test_another_offices_workbook_is_refused_as_a_form():
    reading = Statement(above=[["车辆登记"]], headers=["车牌", "里程"], rows=[["甲", 1]], below=[]).read()
    assert [rule for rule, _ in found(reading)] == ["F02"]
    assert reading.submissions == []


def test_sample_data_says_so_of_itself():
    assert only(Statement(below=[["示例数据，纯属虚构"]]).read()).sample
    assert not only(Statement().read()).sample


@pytest.mark.parametrize(
    ("words", "nil"), [("本月无业务", True), ("□本月无业务", False), ("本月无业务：否", False), ("☑本月无业务", True)]
)
def test_a_nil_return_is_declared(words, nil):
    assert only(Statement(below=[[words]]).read()).nil is nil


def test_three_header_levels_that_are_merged(tmp_path):
    headers = [
        ["县(区)", "评级授信", None, "期末余额", None, None],
        [None, "授信户数", "授信金额", "笔数", "户数", "金额"],
    ]
    import io

    import xlsxwriter

    from pipeline.ingest.reading import read_file
    from pipeline.ingest.workbook import open_grid
    from pipeline.model import ReceivedFile
    from tests.ingest.sheets import CATALOG

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "农业银行安康分行2018年3月 单位：万元")
        sheet.merge_range(1, 0, 2, 0, "县(区)")
        sheet.merge_range(1, 1, 1, 2, "评级授信")
        sheet.merge_range(1, 3, 1, 5, "期末余额")
        for col, word in enumerate(headers[1]):
            if word:
                sheet.write(2, col, word)
        for r, name in enumerate(AREAS, 3):
            sheet.write_row(r, 0, [name, 5, 10.5, 4, 3, 8.25])
    reading = read_file(
        open_grid(out.getvalue(), "x.xlsx"), ReceivedFile("e" * 64, "x.xlsx", "2018-04-05 09:00"), CATALOG
    )
    assert reading.findings == []
    assert values(only(reading), "credit_line_amount")["hanyin"] == 10_500_000


def test_a_cell_that_cannot_be_read_is_not_also_called_blank():
    from pipeline import validate
    from tests.ingest.sheets import CATALOG

    rows = plain_rows()
    rows[2][5] = "约30万"
    submission = only(Statement(rows=rows).read())
    assert not [f for f in validate.check([submission], CATALOG) if f.cell == "F6"]


def test_no_business_this_month_makes_blank_flows_zero_and_nothing_else():
    headers = [*HEADERS[:6], "发放情况/本月/笔数", "发放情况/本月/金额"]
    rows = [[*row[:6], None, None] for row in plain_rows()]
    rows[1][5] = None
    observed = {
        (o.indicator, o.area): (o.value, o.changes)
        for o in only(Statement(headers=headers, rows=rows, below=[["本月无业务"]]).read()).observations
    }
    assert observed["disbursed_amount_mtd", "hanbin"] == (0, "空白 → 0（本月无业务）")
    assert observed["outstanding_amount", "hanyin"] == (None, "")


def test_an_untouched_table_with_the_declaration_is_a_return_without_figures():
    from pipeline import validate
    from tests.ingest.sheets import CATALOG

    rows = [[name, *[None] * 6] for name in AREAS]
    submission = only(Statement(rows=rows, below=[["本月无业务"]]).read())
    assert submission.observations == []
    assert validate.check([submission], CATALOG) == []


def test_what_comes_with_a_file_is_told_of_its_form_and_sends_nothing_back():
    statement = Statement()
    (finding,) = statement.read(notes=["文件带有宏，没有运行。"]).findings
    assert (finding.rule, finding.severity, finding.message) == ("F09", Severity.NOTE, "文件带有宏，没有运行。")
    assert finding.submission == only(statement.read()).id
