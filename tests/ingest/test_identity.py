"""Who reports and about when: each place that may say it, and each pair of places that may disagree."""

import io
from itertools import combinations

import pytest
import xlsxwriter

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from tests.ingest.sheets import CATALOG, HEADERS, plain_rows

UNIT, OTHER_UNIT = "农业银行安康分行", "邮储银行安康市分行"
MARCH, FEBRUARY = "2018年3月", "2018年2月"
INSIDE = ("title", "caption", "block", "footer")
OUTSIDE = ("file", "subject")


def read(unit=None, period=None):
    """A statement in which these places say these words; the caption is a line of its own, the block has labels."""
    unit, period = unit or {}, period or {}

    def words(place, before=""):
        return before + unit.get(place, "") + period.get(place, "")

    block = [f"填报单位：{unit['block']}" if "block" in unit else None, None]
    block[1] = f"报告期：{period['block']}" if "block" in period else None
    footer = [
        f"填报单位：{unit['footer']}（公章）" if "footer" in unit else None,
        f"报告期：{period['footer']}" if "footer" in period else None,
        "填表人：示例乙",
    ]
    lines = [
        [words("title") + "小额贷款统计表"],
        [words("caption") or None, None, "单位：万元"],
        block,
        HEADERS,
        *plain_rows(),
        footer,
    ]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for r, line in enumerate(lines):
            sheet.write_row(r, 0, line)
    name = f"{words('file') or '报表'}.xlsx"
    received = ReceivedFile("a" * 64, name, "2018-04-05 09:00", subject=words("subject"))
    reading = read_file(open_grid(out.getvalue(), name), received, CATALOG)
    assert sum(reading.cells.values()) == reading.non_blank
    return reading


def sent(reading):
    return [(submission.unit, submission.period) for submission in reading.submissions]


def rules(reading):
    return sorted(finding.rule for finding in reading.findings)


@pytest.mark.parametrize("place", INSIDE)
def test_each_place_may_say_who(place):
    reading = read(unit={place: UNIT}, period={"title": MARCH})
    assert (sent(reading), rules(reading)) == ([("abc", "2018-03")], [])


@pytest.mark.parametrize("place", INSIDE)
def test_each_place_may_say_when(place):
    reading = read(unit={"title": UNIT}, period={place: MARCH})
    assert (sent(reading), rules(reading)) == ([("abc", "2018-03")], [])


@pytest.mark.parametrize("place", OUTSIDE)
def test_a_name_alone_never_says_who_but_is_told(place):
    reading = read(unit={place: UNIT}, period={"title": MARCH})
    assert (sent(reading), rules(reading)) == ([], ["F03"])
    where = {"file": "文件名", "subject": "邮件标题"}[place]
    assert f"{where}写的是{UNIT}，只作参考" in reading.findings[0].message


@pytest.mark.parametrize("place", OUTSIDE)
def test_a_name_alone_never_says_when_but_is_told(place):
    reading = read(unit={"title": UNIT}, period={place: MARCH})
    assert (sent(reading), rules(reading)) == ([], ["F04"])
    where = {"file": "文件名", "subject": "邮件标题"}[place]
    assert f"{where}写的是2018年3月，只作参考" in reading.findings[0].message


PAIRS = [*combinations(INSIDE, 2), *((inside, outside) for inside in INSIDE for outside in OUTSIDE)]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_any_two_places_that_agree(first, second):
    reading = read(unit={first: UNIT, second: UNIT}, period={first: MARCH, second: MARCH})
    assert (sent(reading), rules(reading)) == ([("abc", "2018-03")], [])


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_any_two_places_that_disagree_about_who(first, second):
    assert rules(read(unit={first: UNIT, second: OTHER_UNIT}, period={"title": MARCH})) == ["F03"]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_any_two_places_that_disagree_about_when(first, second):
    assert rules(read(unit={"title": UNIT}, period={first: MARCH, second: FEBRUARY})) == ["F04"]


def test_a_footer_without_a_label_says_neither():
    reading = read(unit={"title": UNIT}, period={"title": MARCH})
    assert (sent(reading), rules(reading)) == ([("abc", "2018-03")], [])


def test_a_subject_that_names_several_months_agrees_with_each():
    assert rules(read(unit={"title": UNIT}, period={"title": MARCH, "subject": f"{FEBRUARY}、{MARCH}报表"})) == []


def test_a_subject_with_another_institution_is_a_finding():
    reading = read(unit={"title": UNIT, "subject": "转发：邮储银行报表"}, period={"title": MARCH})
    assert rules(reading) == ["F03"]
    assert "邮件标题写的是邮储银行" in reading.findings[0].message
