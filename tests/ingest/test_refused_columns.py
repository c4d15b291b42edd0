"""A column that could not be read is one finding, with the column that it was copied from where it is another's."""

from pipeline.model import Severity
from pipeline.validate.diagnosis.slips import Cause
from tests.ingest.sheets import Statement, found, plain_rows

HOUSEHOLDS, AMOUNT = 4, 5


def only(reading):
    (root,) = [f for f in reading.findings if not f.under]
    return root


def observed(reading, indicator):
    return {o.area: (o.value, o.raw) for o in reading.submissions[0].observations if o.indicator == indicator}


def with_households(value_of):
    rows = plain_rows()
    for row in rows:
        row[HOUSEHOLDS] = value_of(row)
    return Statement(rows=rows)


def test_amounts_in_the_column_of_households_are_one_finding():
    """30.25, 31.25 … 39.25万元."""
    reading = with_households(lambda row: row[AMOUNT]).read()
    root = only(reading)
    assert (root.rule, root.cell, root.places, root.severity) == ("F07", "E4", "E4:E13", Severity.HARD)
    assert root.cause == Cause.OTHER_COLUMN.name.lower()
    assert root.message == (
        "“期末余额/户数”一栏填的是“期末余额/金额”的数，共10处，如“30.25”：疑似填了别的栏的数。"
        "请改填“期末余额/户数”（户），重新报送。"
    )
    assert [f.under for f in reading.findings] == ["", *[root.id] * 9]


def test_an_amount_without_decimals_is_no_number_of_households_there_either():
    rows = plain_rows()
    rows[2][AMOUNT] = 32
    for row in rows:
        row[HOUSEHOLDS] = row[AMOUNT]
    reading = Statement(rows=rows).read()
    assert only(reading).places == "E4:E13"
    assert observed(reading, "outstanding_households")["shiquan"] == (None, "32")
    assert observed(reading, "outstanding_amount")["shiquan"] == (32_000_000, "32")


def test_nought_in_both_columns_is_what_it_is():
    rows = plain_rows()
    rows[2][AMOUNT] = 0
    for row in rows:
        row[HOUSEHOLDS] = row[AMOUNT]
    reading = Statement(rows=rows).read()
    assert only(reading).places == "E4:E5、E7:E13"
    assert observed(reading, "outstanding_households")["shiquan"] == (0, "0")


def test_a_column_of_halves_is_one_finding_without_a_source():
    root = only(with_households(lambda row: row[1] + 0.5).read())
    assert (root.cell, root.places, root.cause) == ("E4", "E4:E13", "")
    assert root.message == (
        "“期末余额/户数”的内容“20.5”无法确定读法：户数、笔数应为整数。请核对是否填错栏，改正后重新报送。"
        "这一栏共有10处这样的内容，请一并改正。"
    )


def test_one_that_is_not_the_same_is_not_copied():
    rows = plain_rows()
    for row in rows:
        row[HOUSEHOLDS] = row[AMOUNT]
    rows[0][HOUSEHOLDS] = 30.5
    assert only(Statement(rows=rows).read()).cause == ""


def test_most_areas_of_the_column_are_a_column():
    """Seven of ten are two thirds, six are not."""
    for wrong, told in ((7, 1), (6, 6)):
        rows = plain_rows()
        for row in rows[:wrong]:
            row[HOUSEHOLDS] = row[AMOUNT]
        reading = Statement(rows=rows).read()
        assert len([f for f in reading.findings if not f.under]) == told
        assert len(found(reading)) == wrong


def test_two_columns_are_two_findings():
    rows = plain_rows()
    for row in rows:
        row[HOUSEHOLDS], row[1] = row[AMOUNT], "约二十"
    told = [f.places for f in Statement(rows=rows).read().findings if not f.under]
    assert sorted(told) == ["B4:B13", "E4:E13"]
