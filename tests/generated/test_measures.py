"""The words of the measures form: every figure in them is the unit's own, and they change, or not, as the month asks."""

from __future__ import annotations

import pytest

from pipeline.periods import Month
from tests.generated.checker import BANKS, rows_of
from tests.generated.quoted import claims, contradictions
from tests.generator import months_until, simulate
from tests.generator.measures import ITEMS, measures
from tests.generator.senders import SENDERS

SAME = "与上月相同"
DEC, JAN, FEB, MAR = Month(2017, 12), Month(2018, 1), Month(2018, 2), Month(2018, 3)
QUOTING = ("measure_rates", "measure_rating", "measure_results")


def forms_of(city, months):
    """What every sender says in these months, by unit and month."""
    return {
        (sender.unit, month): measures(city, sender.unit, month, "示例甲")
        for month in months
        for sender in SENDERS
        if sender.sends(month)
    }


@pytest.fixture(scope="session")
def forms(clean_city, months):
    return forms_of(clean_city, months)


@pytest.fixture(scope="session")
def long_city():
    """Thirty-six months."""
    return simulate(3, Month(2019, 12), planted=False)


@pytest.fixture(scope="session")
def long_forms(long_city):
    return forms_of(long_city, months_until(long_city.last))


def resolved(forms, unit, month, item):
    """The item's words, 「与上月相同」 followed back."""
    while forms[unit, month].texts[item] == SAME:
        month = month.previous
    return forms[unit, month].texts[item]


def wrong_figures(city, forms):
    found = []
    for (unit, month), form in forms.items():
        bank = unit in BANKS
        rows, total = (rows_of(city, unit, month), city.reported_total(unit, month)) if bank else ({}, {})
        for text in form.texts.values():
            found += [f"{month} {words}" for words in contradictions(text, unit, rows, total)]
    return found


def test_every_bank_sends_from_december_and_departments_as_they_like(forms):
    assert {unit for unit, month in forms if month == FEB} == {*BANKS, "dept-poverty"}
    assert {unit for unit, month in forms if month == MAR} == {*BANKS, "dept-poverty", "dept-pboc"}
    assert min(month for _, month in forms) == DEC


def test_every_figure_quoted_is_the_statements(clean_city, forms):
    assert wrong_figures(clean_city, forms) == []


def test_another_and_longer_city_quotes_itself_too(long_city, long_forms):
    assert wrong_figures(long_city, long_forms) == []


def test_much_is_quoted(forms):
    """Or the tests above would hold for nothing: in each bank's own words, from each of the three items."""
    for unit in BANKS:
        quoted = {item: len(claims(forms[unit, MAR].texts[item])) for item in QUOTING}
        assert min(quoted.values()) >= 2
        assert sum(quoted.values()) >= 10, quoted
    units = {word for unit in BANKS for text in forms[unit, MAR].texts.values() for _, _, word in claims(text)}
    assert units == {"万元", "余万元", "亿元", "户", "笔", "%"}


@pytest.mark.parametrize(
    ("why", "before", "after"),
    [
        ("two digits changed round", "余额1323.40万元", "余额1233.40万元"),
        ("a household more", "贷款户数455户", "贷款户数456户"),
        ("元 for 万元", "本月新发放101.97万元", "本月新发放1019700万元"),
        ("the last decimal of a ratio", "逾期率2.21%", "逾期率2.22%"),
        ("a figure that nobody knows", "风险总体可控", "另有321户"),
    ],
)
def test_the_checker_can_fail(clean_city, forms, why, before, after):
    text = forms["rcb-pingli", MAR].texts["measure_results"] + "风险总体可控"
    assert before in text, text
    rows, total = rows_of(clean_city, "rcb-pingli", MAR), clean_city.reported_total("rcb-pingli", MAR)
    assert contradictions(text, "rcb-pingli", rows, total) == []
    assert len(contradictions(text.replace(before, after), "rcb-pingli", rows, total)) == 1


def test_a_misread_balance_is_the_only_thing_wrong(city):
    """Two digits changed round: 1323.40 becomes 1233.40."""
    said, clean = (measures(city, "rcb-pingli", MAR, "示例甲", misread=wrong) for wrong in (True, False))
    changed = {item for item in ITEMS if said.texts[item] != clean.texts[item]}
    assert changed == {"measure_results"}
    assert said.texts["measure_results"] == clean.texts["measure_results"].replace("余额1323.40万元", "余额1233.40万元")


@pytest.mark.parametrize(("which", "quarters"), [("forms", 1), ("long_forms", 8)])
def test_at_a_quarters_end_every_item_says_something_new(request, which, quarters):
    forms = request.getfixturevalue(which)
    ends = [(unit, month) for unit, month in forms if month.month % 3 == 0 and (unit, month.previous) in forms]
    assert len(ends) == 13 * quarters
    for unit, month in ends:
        assert SAME not in forms[unit, month].texts.values()
        for item in ITEMS:
            if item != "measure_contact":
                before = resolved(forms, unit, month.previous, item)
                assert forms[unit, month].texts[item] != before, (unit, month, item)


def test_between_quarters_ends_some_declare_and_some_repeat(forms):
    """Single items or the whole form, once or twice running; and words that stay as they were without saying so."""
    declared = {key: form.declared for key, form in forms.items() if form.declared}
    assert {month for _, month in declared} == {JAN, FEB}
    whole = {key for key, items in declared.items() if len(items) == len(ITEMS) - 1}
    assert whole == {("rcb-langao", JAN), ("rcb-langao", FEB), ("rcb-zhenping", JAN), ("rcb-shiquan", FEB)}
    some = {key for key, items in declared.items() if len(items) == 5}
    assert {unit for unit, _ in some} == {"abc", "rcb-hanbin", "rcb-ziyang", "rcb-xunyang", "dept-poverty"}
    assert ("rcb-ziyang", JAN) in some
    assert ("rcb-ziyang", FEB) in some
    again = forms["rcb-hanbin", JAN].texts["measure_organisation"]
    assert again == forms["rcb-hanbin", DEC].texts["measure_organisation"]
    assert all(len(resolved(forms, *key, item)) > 10 for key, items in declared.items() for item in items)


def test_lengths_are_those_of_real_forms(forms):
    lengths = {
        (unit, item): len(text)
        for (unit, _), form in forms.items()
        for item, text in form.texts.items()
        if text not in (SAME, "—") and item != "measure_contact"
    }
    assert min(lengths.values()) >= 40
    assert [key for key, length in lengths.items() if length > 400] == [("abc", "measure_results")]
    assert 850 <= lengths["abc", "measure_results"] <= 950


def test_units_write_differently(forms):
    """Some branches may have the same rules in the same words; no two forms are alike."""
    for item in ITEMS:
        texts = [forms[unit, MAR].texts[item] for unit in BANKS]
        assert item == "measure_contact" or len(set(texts)) >= len(BANKS) - 2, item
    assert len({tuple(forms[unit, MAR].texts.values()) for unit in BANKS}) == len(BANKS)


def test_people_and_companies_are_plainly_invented(forms):
    for form in forms.values():
        assert "示例" in form.texts["measure_contact"]
        if form.texts["measure_contact"] != SAME:
            assert "0915-0000000" in form.texts["measure_contact"]
        industry = form.texts["measure_industry"]
        for firm in ("专业合作社", "有限公司", "家庭农场贷款"):
            place = industry.find(firm)
            assert place < 0 or "示例" in industry[max(0, place - 12) : place]


def test_products_are_listed_unless_declared(forms):
    for form in forms.values():
        assert bool(form.products) == (form.listed and "measure_products" not in form.declared)
        assert all(len(product) == 6 and all(product) for product in form.products)
    names = {product[0] for product in forms["abc", MAR].products}
    assert names == {"富民贷", "惠农e贷", "扶贫产业贷", "农村个人生产经营贷款"}
    assert len({forms[unit, MAR].products for unit in BANKS}) == len(BANKS)
