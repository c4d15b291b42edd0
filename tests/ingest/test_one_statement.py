"""Several sheets of one form, unit and period: one statement where they agree, none where they do not."""

import pytest

from pipeline.model import Severity
from tests.ingest.sheets import AREAS, Statement, plain_rows

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
    assert all("工作表“白河县”的合计与它自己的县区不符" in f.message for f in reading.findings)


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
