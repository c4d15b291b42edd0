"""The real annexes: titles as the office's notice gives them, columns as specified."""

import pytest

from pipeline.catalog import Catalog, load_catalog

COMMON = """
number area credit_line_households credit_line_amount disbursed_households_mtd disbursed_amount_mtd
disbursed_households_ytd disbursed_amount_ytd disbursed_amount_ytd_yoy disbursed_households_cum
disbursed_amount_cum outstanding_households outstanding_amount outstanding_amount_change
past_due_households past_due_amount past_due_ratio npl_amount npl_ratio target_amount
target_completion_ratio target_rank
"""
SUMMARY_ONLY = """
registered_households lending_coverage_ratio loan_household_ratio outstanding_amount_yoy
fund_balance_amount lending_coverage_rank
"""


@pytest.mark.parametrize(
    ("number", "institution", "title"),
    [
        (1, "", "安康市金融机构扶贫工作措施汇总表"),
        (2, "", "安康市金融扶贫小额贷款进展情况汇总表"),
        (3, "rcb", "安康市农商银行小额贷款进展情况统计表"),
        (4, "psbc", "安康市邮储银行小额贷款进展情况统计表"),
        (5, "abc", "安康市农业银行小额贷款进展情况统计表"),
    ],
)
def test_titles_are_those_of_the_notice(catalog: Catalog, number, institution, title):
    annex = catalog.annexes[number]
    assert (annex.institution, annex.title, annex.file_name) == (institution, title, f"附件{number} {title}")


MEASURES = """
number unit measure_organisation measure_rules measure_products measure_rates measure_service measure_rating
measure_industry measure_results measure_problems measure_next_steps measure_contact remark
"""


@pytest.mark.parametrize(
    ("number", "columns"),
    [
        (1, MEASURES),
        (2, COMMON + SUMMARY_ONLY + "remark"),
        (3, COMMON + "remark"),
        (4, COMMON + "remark"),
        (5, COMMON + "remark"),
    ],
)
def test_columns_stand_in_the_specified_order(catalog: Catalog, number, columns):
    assert [column.id for column in catalog.annexes[number].columns] == columns.split()


def test_the_banks_annexes_have_the_same_columns(catalog: Catalog):
    """One file says them once, so a new column is one edit."""
    rural, postal, agricultural = (catalog.annexes[number] for number in (3, 4, 5))
    assert rural.columns == postal.columns == agricultural.columns
    assert len(rural.columns) == 23


def test_annexes_stand_by_number_in_order(catalog: Catalog):
    assert [(number, annex.number) for number, annex in catalog.annexes.items()] == [(n, n) for n in (1, 2, 3, 4, 5)]


def test_a_new_column_of_the_banks_is_one_edit(schemas):
    path = schemas / "annexes/banks.yaml"
    column = "  - {id: extensions, header: [展期], unit: fen, derivation: sum, indicator: extended_amount_ytd}\n"
    path.write_text(path.read_text(encoding="utf-8") + column, encoding="utf-8")
    last = {number: annex.columns[-1].id for number, annex in load_catalog(root=schemas).annexes.items()}
    assert last == {1: "remark", 2: "remark", 3: "extensions", 4: "extensions", 5: "extensions"}


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_ratios_are_measured_as_specified(catalog: Catalog, number):
    columns = {column.id: column for column in catalog.annexes[number].columns}
    assert {c.id: (c.of, c.to) for c in columns.values() if c.derivation == "ratio"}.items() >= {
        "past_due_ratio": ("past_due_amount", "outstanding_amount"),
        "npl_ratio": ("npl_amount", "outstanding_amount"),
        "target_completion_ratio": ("disbursed_amount_ytd", "target_amount"),
    }.items()
    assert columns["npl_amount"].indicator == "substandard_amount+doubtful_amount+loss_amount"
    assert columns["disbursed_amount_ytd_yoy"].derivation == "growth"
    assert columns["outstanding_amount_change"].derivation == "change"
    assert columns["target_rank"].of == "target_completion_ratio"


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_households_summed_over_banks_are_marked(catalog: Catalog, number):
    leaves = {c.header[-1] for c in catalog.annexes[number].columns if c.unit == "户" and len(c.header) > 1}
    assert leaves == ({"户次"} if number == 2 else {"户数"})


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_formulas_find_their_columns_in_the_same_sheet(catalog: Catalog, number):
    columns = catalog.annexes[number].columns
    ids = {column.id for column in columns}
    assert {name for column in columns for name in (column.of, column.to) if name} <= ids


def test_no_printed_column_rests_on_a_figure_that_is_only_compared(catalog: Catalog):
    published = {c.code for form in catalog.forms.values() for c in form.columns if not c.compared}
    used = {name for a in catalog.annexes.values() for c in a.columns for name in c.indicator.split("+") if name}
    assert used <= published
