"""Submissions as arrays, and the way back to cells."""

import random

import numpy as np
import pytest

from pipeline.errors import PolicyUndefined
from pipeline.validate.building import books
from tests.validate.returns import COUNTY, TEN, WAN, catalog, cell_of, county_return, seen, statement, table, targets


def book_of(*submissions):
    (only,) = books(submissions, catalog()).values()
    return only


def test_a_row_for_each_area_in_the_register_s_order_whatever_the_order_of_cells():
    sent = table(
        {area: COUNTY for area in ("hengkou", "baihe", "gaoxin", "hanbin", "xunyang")}, {"outstanding_amount": 1}
    )
    random.Random(7).shuffle(sent.observations)
    book = book_of(sent)
    assert [record.area for record in book.records] == ["hanbin", "gaoxin", "hengkou", "xunyang", "baihe", "total"]
    assert list(book.added) == [True, False, False, True, True, False]
    assert list(book.single) == [True] * 5 + [False]


def test_figures_are_whole_numbers_and_a_gap_is_no_zero():
    book = book_of(statement({"past_due_amount": None, "loss_amount": 0}))
    assert book.now("outstanding_amount").dtype == np.int64
    assert book.now("outstanding_amount")[0] == 1200 * WAN
    assert book.now("past_due_amount")[0] is np.ma.masked
    assert book.now("past_due_amount").data[0] == 0
    assert book.now("loss_amount")[0] == 0
    assert (book.month[0], book.step[0]) == (3, 10_000)


def test_large_amounts_stay_exact():
    """As floats they would not."""
    assert book_of(statement({"outstanding_amount": 2**53 + 1})).now("outstanding_amount")[0] == 2**53 + 1


def test_every_figure_leads_back_to_its_cell():
    book = book_of(table({area: COUNTY for area in TEN}))
    for row, record in enumerate(book.records):
        for code in COUNTY:
            at = book.origins[row][code]
            assert (at.sheet, at.cell, at.area) == ("报表", cell_of(code, 5 + row), record.area)


def test_all_submissions_of_a_form_stand_in_one_book_in_the_order_of_months_and_units():
    sent = [county_return(), statement(period="2018-04"), table({"hanbin": COUNTY}), statement(), targets()]
    found = books(sent, catalog())
    assert [(s.period, s.unit) for s in found["M01"].submissions] == [
        ("2018-03", "rcb-hanyin"),
        ("2018-03", "abc"),
        ("2018-04", "rcb-hanyin"),
    ]
    assert len(found["M01"].records) == 3
    assert set(found) == {"C01", "M01", "T01"}
    assert found["M01"].submissions == books(list(reversed(sent)), catalog())["M01"].submissions


def test_what_is_reported_by_institution_or_by_item_has_rows_of_its_own():
    book = book_of(county_return())
    assert [(r.institution, r.item) for r in book.records] == [("", 0), ("", 1), ("", 2), ("rcb", 0), ("abc", 0)]
    assert [book.place("project_total_amount", row) for row in (1, 2)] == [
        "project_total_amount#1",
        "project_total_amount#2",
    ]
    assert book.label(book.place("mirror_outstanding_amount", 4)) == "农业银行期末贷款余额"


def test_an_indicator_that_the_form_does_not_have_is_nowhere_reported():
    book = book_of(statement())
    assert np.ma.getmaskarray(book.now("no_such_indicator")).all()
    assert book.where(book.now("no_such_indicator") > 0) == []


def test_observations_of_unknown_indicators_do_no_harm():
    sent = statement()
    sent.observations.append(seen("fund_balance_amount", 5, "hanyin", 5, "rcb"))
    assert "fund_balance_amount" not in book_of(sent).figures


def test_a_yearly_form_asks_the_registers_about_january():
    assert str(book_of(targets()).months[0]) == "2018-01"


def test_a_parameter_that_nobody_has_set():
    with pytest.raises(PolicyUndefined, match="no_such_parameter"):
        book_of(statement()).threshold("no_such_parameter")
