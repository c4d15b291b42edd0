import pytest

from pipeline.ingest.ragged import ends_short, unsure_rows
from pipeline.ingest.refusal import Refused

HEADING = "区县,授信户数,授信金额,备注"


def records(*lines):
    return [line.split(",") for line in lines]


@pytest.mark.parametrize(
    ("why", "heading", "rows"),
    [
        ("thousands without quotes in all rows", HEADING, ["汉滨,1,234,5,", "旬阳,2,468,7,"]),
        ("a figure behind the last column", HEADING, ["汉滨,1,20,5,7", "旬阳,2,46,7,8"]),
        ("a comma for the point in all rows", HEADING, ["汉滨,20,60,5,", "旬阳,21,61,5,"]),
        ("in the second of two rows of headings", "区县,授信,,备注\n,户数,金额,", ["汉滨,1,234,5,", "旬阳,2,468,7,"]),
    ],
)
def test_rows_that_are_all_wider_than_their_heading_are_refused(why, heading, rows):
    with pytest.raises(Refused) as error:
        unsure_rows(records("农业银行2018年3月", *heading.split("\n"), *rows))
    assert "每行的列数都比表头多" in error.value.unreadable.message, why


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("a delimiter at the end of each row of figures", ["汉滨,20,60.5,,", "旬阳,21,61.5,,"]),
        ("a remark behind the last column", ["汉滨,20,60.5,,另报", "旬阳,21,61.5,,另报"]),
        ("hundreds beside one another, as wide as the heading", ["汉滨,1,234,", "旬阳,2,468,"]),
    ],
)
def test_rows_whose_figures_cannot_have_moved_are_sure(why, rows):
    assert unsure_rows(records("农业银行2018年3月", HEADING, *rows)) == [], why


def test_lines_of_a_name_and_a_value_are_no_heading():
    """Years are the heading here; what stands above describes the table."""
    assert unsure_rows(records("地区,德国", "性别,全部", ",1985,1993,2000", "外科,1,2,3")) == []


@pytest.mark.parametrize(
    ("why", "text", "short"),
    [
        ("cut off inside the last figure", "a,1.50\nb,2.25\nc,3,2.5", False),
        ("one place less than all others", "a,1,1.50\nb,2,2.25\nc,3,2.5", True),
        ("a row of figures and the end of its line", "a,1,1.50\nb,2,2.25\nc,3,2.5\n", False),
        ("places that differ anyway", "a,1,1.5\nb,2,2.25\nc,3,2", False),
        ("a signature", "a,1,1.50\nb,2,2.25\n填表人：示例乙,电话", False),
    ],
)
def test_a_last_figure_that_may_have_lost_its_end(why, text, short):
    assert ends_short(text, records(*text.splitlines())) is short, why
