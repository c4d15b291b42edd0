"""Several sheets of one form, unit and period: one statement where they agree, none where they do not."""

import pytest

from pipeline.model import Severity
from tests.ingest.sheets import AREAS, HEADERS, Statement, plain_rows

FIGURES = range(1, 6)


def total_of(rows, but=None):
    """The row of totals of these rows; `but` is added to its first figure."""
    sums = [sum(row[col] for row in rows) for col in FIGURES]
    return ["合计", sums[0] + (but or 0), *sums[1:], None]


def sheet(*rows):
    return Statement(rows=list(rows)).lines()


def county_sheets(rows, total=total_of):
    """A sheet a county, each with the total of its one county, by its name."""
    return {row[0]: sheet(total([row]), row) for row in rows}


def told(reading):
    return [(f.rule, f.sheet) for f in reading.findings]


def typed(reading):
    """(area, indicator) → figure and the sheet that it was read from, of the one statement."""
    (submission,) = reading.submissions
    return {(o.area, o.indicator): (o.raw, o.sheet) for o in submission.observations if not o.total and o.raw}


def whole():
    return typed(Statement().read())


def test_a_sheet_a_county_is_one_statement_and_each_figure_keeps_its_sheet():
    first, *others = plain_rows()
    reading = Statement(rows=[first], sheet=first[0], more_sheets=county_sheets(others)).read()
    assert told(reading) == [("F09", name) for name in AREAS]
    figures = typed(reading)
    assert {place: raw for place, (raw, _) in figures.items()} == {place: raw for place, (raw, _) in whole().items()}
    assert {figures[place][1] for place in figures if place[0] == "xunyang"} == {"旬阳县"}
    assert {f.submission for f in reading.findings} == {reading.submissions[0].id}


def test_the_blank_rows_of_other_counties_are_no_other_word_on_them():
    rows = plain_rows()
    blank = [[name, *[None] * 6] for name in AREAS]

    def only(places):
        return [rows[i] if i in places else blank[i] for i in range(len(AREAS))]

    reading = Statement(rows=only(range(5)), more_sheets={"东": sheet(*only(range(5, 10)))}).read()
    assert {place: raw for place, (raw, _) in typed(reading).items()} == {p: raw for p, (raw, _) in whole().items()}


def test_a_sheet_of_totals_alone_has_the_totals_of_them_all():
    rows = plain_rows()
    reading = Statement(rows=[total_of(rows)], sheet="汇总", more_sheets=county_sheets(rows)).read()
    (submission,) = reading.submissions
    totals = [o for o in submission.observations if o.total and o.raw]
    assert {o.sheet for o in totals} == {"汇总"}
    assert len(totals) == len(FIGURES)
    assert len(typed(reading)) == len(whole())


def test_the_total_of_all_may_stand_on_the_last_sheet():
    rows = plain_rows()
    reading = Statement(rows=rows[:5], more_sheets={"续表": sheet(*rows[5:], total_of(rows))}).read()
    (submission,) = reading.submissions
    assert {o.sheet for o in submission.observations if o.total and o.raw} == {"续表"}
    assert len(typed(reading)) == len(whole())
    assert told(reading) == [("F09", "统计表"), ("F09", "续表")]


def test_a_wrong_total_on_the_last_sheet_is_left_to_the_rule_on_totals():
    rows = plain_rows()
    reading = Statement(rows=rows[:5], more_sheets={"续表": sheet(*rows[5:], total_of(rows, but=9))}).read()
    (submission,) = reading.submissions
    totals = {o.indicator: o.value for o in submission.observations if o.total}
    assert totals["credit_line_households"] == 254


def test_totals_that_are_rounded_are_no_contradiction():
    """Each county in 万元 to two places: the total, rounded by itself, may be some hundredths off."""
    rows = [[name, 1, 0.33, 1, 1, 0.33, None] for name in AREAS]
    total = ["合计", 10, 3.33, 10, 10, 3.33, None]
    more = {"续表": sheet(*rows[5:], ["合计", 5, 1.67, 5, 5, 1.67, None])}
    reading = Statement(rows=[total, *rows[:5]], more_sheets=more).read()
    (submission,) = reading.submissions
    assert {o.sheet for o in submission.observations if o.total and o.raw} == {"统计表"}


def test_indicators_may_be_shared_out_as_well():
    rows = plain_rows()
    first = Statement(headers=[*HEADERS[:3], None], rows=[row[:3] for row in rows], sheet="授信")
    second = Statement(headers=[HEADERS[0], *HEADERS[3:]], rows=[[row[0], *row[3:]] for row in rows])
    first.more_sheets = {"余额": second.lines()}
    figures = typed(first.read())
    assert {place: raw for place, (raw, _) in figures.items()} == {p: raw for p, (raw, _) in whole().items()}


@pytest.mark.parametrize(
    "name",
    [
        "上年同期", "上年", "去年3月", "上月末", "2月", "2017", "17年", "2017Q1", "201802", "3月计划", "预测", "预估", "草稿", "初稿",
        "旧表", "废", "测试", "年初数", "对比", "往期", "目标", "企业", "户贷企用", "调整前", "参照", "前期", "底稿", "上报前",
    ],
)  # fmt: skip
def test_a_sheet_whose_name_speaks_of_something_else_completes_nothing(name):
    rows = plain_rows()
    reading = Statement(rows=rows[:5], more_sheets={name: sheet(*rows[5:])}).read()
    assert "F02" in {rule for rule, _ in told(reading)}
    assert any(f"工作表“{name}”从名称或标题看不是同一批数" in f.message for f in reading.findings)


@pytest.mark.parametrize(
    "name",
    ["续表", "Sheet2", "2", "第二页", "3月（2）", "2018年3月", "201803", "汉滨区、白河县", "农行续", "附件5-2", "授信"],
)
def test_a_sheet_whose_name_says_nothing_else_completes_the_statement(name):
    rows = plain_rows()
    reading = Statement(rows=rows[:5], more_sheets={name: sheet(*rows[5:])}).read()
    assert len(typed(reading)) == len(whole())


@pytest.mark.parametrize("more", ["计划", "作废", "（其中：企业）"])
def test_a_sheet_whose_title_speaks_of_something_else_completes_nothing(more):
    rows = plain_rows()
    other = sheet(*rows[5:])
    other[0] = [f"农业银行安康分行金融扶贫小额贷款统计表{more}（2018年3月）"]
    reading = Statement(rows=rows[:5], more_sheets={"续表": other}).read()
    assert any("工作表“续表”从名称或标题看不是同一批数" in f.message for f in reading.findings)


def test_the_same_again_on_the_next_sheet_contradicts_nothing():
    rows = plain_rows()
    headers = [HEADERS[0], *HEADERS[3:]]
    first = Statement(headers=[*HEADERS[:3], HEADERS[5], None], rows=[[*row[:3], row[5], None] for row in rows])
    first.more_sheets = {"续表": Statement(headers=headers, rows=[[row[0], *row[3:]] for row in rows]).lines()}
    assert {place: raw for place, (raw, _) in typed(first.read()).items()} == {
        p: raw for p, (raw, _) in whole().items()
    }


def test_a_whole_sheet_and_the_counties_behind_it_are_read_once():
    rows = plain_rows()
    whole_sheet = Statement(rows=[total_of(rows), *rows], sheet="全市", more_sheets=county_sheets(rows))
    reading = whole_sheet.read()
    assert {sheet for _, sheet in typed(reading).values()} == {"全市"}
    assert told(reading) == [("F09", name) for name in AREAS]


@pytest.mark.parametrize("col", [1, 5])
def test_a_county_that_says_something_else_than_the_whole_is_refused_at_its_cells(col):
    rows = plain_rows()
    other = plain_rows()[3]
    other[col] += 1
    reading = Statement(rows=rows, sheet="全市", more_sheets={"宁陕县": sheet(other)}).read()
    assert told(reading) == [("F02", "全市"), ("F02", "宁陕县")]
    column = "ABCDEF"[col]
    assert f"工作表“全市”{column}7是" in reading.findings[0].message
    assert f"工作表“宁陕县”{column}4是" in reading.findings[0].message


def test_the_total_of_a_county_sheet_that_is_not_its_countys_is_refused():
    first, *others = plain_rows()
    more = county_sheets(others)
    more["白河县"] = sheet(total_of([others[-1]], but=3), others[-1])
    reading = Statement(rows=[first], sheet=first[0], more_sheets=more).read()
    assert {rule for rule, _ in told(reading)} == {"F02"}
    assert all("工作表“白河县”B4的合计与各县区不符" in f.message for f in reading.findings)


def test_a_whole_sheet_beside_a_county_with_a_wrong_total_is_refused():
    rows = plain_rows()
    more = {"白河县": sheet(total_of([rows[-1]], but=3), rows[-1])}
    reading = Statement(rows=rows, sheet="全市", more_sheets=more).read()
    assert {rule for rule, _ in told(reading)} == {"F02"}


def test_a_copy_that_left_a_figure_out_is_not_the_same():
    rows = plain_rows()
    rows[4][5] = None
    reading = Statement(more_sheets={"副本": sheet(*rows)}).read()
    assert {rule for rule, _ in told(reading)} == {"F02"}


def test_what_is_wrong_on_a_copy_is_told_of_the_statement():
    rows = plain_rows()
    lines = [*sheet(*rows), [], [None, None, None, None, None, None, None, None, 7.5]]
    reading = Statement(more_sheets={"副本": lines}).read()
    (submission,) = reading.submissions
    hard = [f for f in reading.findings if f.severity is Severity.HARD]
    assert [(f.rule, f.sheet, f.submission) for f in hard] == [("F06", "副本", submission.id)]
