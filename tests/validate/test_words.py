"""A form of words beside forms of figures: rules of figures let it alone."""

from pipeline import validate
from pipeline.validate.building import books
from tests.ingest.documents import CATALOG, Measures, only, read
from tests.ingest.sheets import Statement


def test_a_measures_form_breaks_no_rule_of_figures():
    measures = [only(read(form.docx())) for form in (Measures(), Measures.blank("各项与上月相同"))]
    assert validate.check(measures, CATALOG) == []
    assert validate.check_beyond(measures, CATALOG) == []


def test_beside_a_statement_it_changes_nothing():
    (statement,) = Statement().read().submissions
    alone = validate.check([statement], CATALOG)
    assert alone, "the plain statement lacks columns"
    assert validate.check([statement, only(read(Measures().docx()))], CATALOG) == alone


def test_its_book_has_a_row_for_the_form_and_one_for_each_product():
    book = books([only(read(Measures().docx()))], CATALOG)["Q01"]
    assert [(record.area, record.institution, record.item) for record in book.records] == [
        ("", "rcb", 0),
        ("", "rcb", 1),
        ("", "rcb", 2),
    ]
    assert book.origins[2]["product_name"].text == "茶农贷"
