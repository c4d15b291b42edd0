"""Styles of OpenDocument that set signs apart, and texts that stand where no program looks for one."""

import pytest

from pipeline.ingest.apart import Apart
from tests.ingest.dialects import ods
from tests.ingest.files import opened_as, refused

STRIKE = 'style:text-line-through-style="solid" style:text-line-through-type="single"'


def style(name, properties, family="text", parent=""):
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


STYLES = "".join(
    (
        style("sup", 'style:text-position="super 58%"'),
        style("high", 'style:text-position="33% 58%"'),
        style("sub", 'style:text-position="-33% 58%"'),
        style("line", 'style:text-position="0% 100%"'),
        style("cut", STRIKE),
        style("whole", 'style:text-line-through-style="none" style:text-line-through-type="none"'),
        style("bold", 'fo:weight="bold"'.replace("fo:", "style:")),
        style("cutCell", STRIKE, "table-cell"),
        style("childCell", 'style:weight="bold"', "table-cell", "cutCell"),
        style("cutP", STRIKE, "paragraph"),
    )
)


def table(cell, before=""):
    row = f"<table:table-row>{cell}</table:table-row>"
    return ods(f'<table:table table:name="表">{before}{row}</table:table>', STYLES)


def first(cell, before=""):
    return opened_as("ods", table(cell, before)).sheets[0].cells[0, 0]


def text(inside, attributes=""):
    return f'<table:table-cell office:value-type="string" {attributes}>{inside}</table:table-cell>'


def span(name, words):
    return f'<text:span text:style-name="{name}">{words}</text:span>'


@pytest.mark.parametrize(
    ("why", "inside", "attributes", "apart"),
    [
        ("plain", "<text:p>30.25</text:p>", "", ""),
        ("a footnote's mark", f"<text:p>30{span('sup', '2')}</text:p>", "", Apart.RAISED),
        ("by how far", f"<text:p>30{span('high', '2')}</text:p>", "", Apart.RAISED),
        ("below", f"<text:p>30{span('sub', '2')}</text:p>", "", Apart.LOWERED),
        ("on the line", f"<text:p>30{span('line', '.25')}</text:p>", "", ""),
        ("bold", f"<text:p>30{span('bold', '.25')}</text:p>", "", ""),
        ("a style that is not there", f"<text:p>30{span('none', '.25')}</text:p>", "", ""),
        ("the old figure", f"<text:p>{span('cut', '100')}30.25</text:p>", "", Apart.STRUCK),
        ("within bold words", f"<text:p>{span('bold', span('cut', '100'))}30.25</text:p>", "", Apart.STRUCK),
        ("a paragraph", '<text:p text:style-name="cutP">30.25</text:p>', "", Apart.ALL_STRUCK),
        ("one of two", '<text:p text:style-name="cutP">100</text:p><text:p>30.25</text:p>', "", Apart.STRUCK),
        ("the cell", "<text:p>30.25</text:p>", 'table:style-name="cutCell"', Apart.ALL_STRUCK),
        ("by its style's parent", "<text:p>30.25</text:p>", 'table:style-name="childCell"', Apart.ALL_STRUCK),
        ("but for a piece", f"<text:p>100{span('whole', '30')}</text:p>", 'table:style-name="cutCell"', Apart.STRUCK),
        ("a comment is no part of it", f"<text:p>30</text:p><office:annotation><text:p>{span('cut', '1')}</text:p></office:annotation>", "", ""),
    ],
)  # fmt: skip
def test_texts(why, inside, attributes, apart):
    assert first(text(inside, attributes)).apart == apart, why


@pytest.mark.parametrize("shown", ["<text:p>30.25</text:p>", ""])
def test_a_number_in_a_struck_cell_or_column(shown):
    number = f'<table:table-cell office:value-type="float" office:value="30.25" {{}}>{shown}</table:table-cell>'
    assert first(number.format('table:style-name="cutCell"')).apart == Apart.ALL_STRUCK
    column = '<table:table-column table:default-cell-style-name="cutCell"/>'
    assert first(number.format(""), column).apart == Apart.ALL_STRUCK
    assert first(number.format("")).apart == ""


@pytest.mark.parametrize(
    ("why", "inside"),
    [
        ("a heading", "<text:h>30.25</text:h>"),
        ("the cell itself", "30.25"),
        ("a list", "<text:list><text:list-item><text:p>30.25</text:p></text:list-item></text:list>"),
        ("beside a paragraph", "<text:p>30</text:p>25"),
    ],
)
def test_a_text_where_no_program_looks_for_one_is_refused_at_its_cell(why, inside):
    assert "单元格A1的内容无法解读" in refused(table(text(inside))).message, why


def test_a_text_that_is_stated_otherwise_than_shown():
    stated = 'office:string-value="{}"'
    assert first(text("<text:p>30.25</text:p>", stated.format("30.25"))).value == "30.25"
    assert first(text("", stated.format("30.25"))).value == "30.25"
    assert "单元格A1" in refused(table(text("<text:p>30.25</text:p>", stated.format("77")))).message


@pytest.mark.parametrize("number", ["3_0", "３０", "30,25", "nan", ""])
def test_a_number_that_no_xml_writes(number):
    cell = f'<table:table-cell office:value-type="float" office:value="{number}"><text:p>30</text:p></table:table-cell>'
    assert "单元格A1的内容无法解读" in refused(table(cell)).message
