"""Every edit rule of levels 1 and 2 is checked by some blank form, and broken by a case, or named with its reason."""

from __future__ import annotations

import re

import pytest

from pipeline.jobs.form_past import Known
from pipeline.jobs.live_later import AT_ONCE, NEVER, PARTS
from pipeline.periods import Month
from pipeline.render.form_content import LastItem
from pipeline.validate.history import History
from pipeline.validate.rules import RULES
from tests.jobs import test_forms_january as january
from tests.jobs import test_forms_live as february
from tests.jobs import test_forms_live_words as words
from tests.jobs.live_known import CATALOG, WAN, form_of, record

UNITS = {"M01": ("abc", "rcb-shiquan"), "C01": ("fin-shiquan",), "Q01": ("rcb-shiquan",), "T01": ("office",)}
JANUARY, MARCH = Month(2018, 1), Month(2018, 3)
OWN = {"pass_amount": 1000 * WAN, "weighted_average_rate": 5_000_000}
A_HUNDREDTH = 50_000
"""A rate that the office took for true: a hundred times it is one that can be."""


def _figure(column, month) -> int:
    if column.is_rate and month is JANUARY:
        return A_HUNDREDTH
    return OWN.get(column.code, 100 * WAN if column.is_amount else 100)


def _known(month: Month) -> Known:
    """A year and a month in which all was told: every amount 100.00 万元, every count 100; two grades far apart."""
    figures, records = {}, {}
    areas = [*(area.id for area in CATALOG.areas.counties), *(area.id for area in CATALOG.areas.of_which)]
    for form in ("M01", "C01"):
        told = {c.code: _figure(c, month) for c in CATALOG.forms[form].columns if not c.is_text and not c.repeatable}
        for unit in UNITS[form]:
            own = {area for area in areas if area in CATALOG.units.by_id[unit].areas or unit == "abc"}
            for back in range(1, 14):
                place = unit, form, month.shifted(-back)
                records[place] = record(*place)
                figures[place] = {(area, code): value for area in own for code, value in told.items()}
    year = str(month.year - 1)
    banks = [bank.id for bank in CATALOG.units.institutions]
    targets = [
        ("office", area, year, f"{code}@{bank}", 100)
        for area in areas for bank in banks for code in ("target_amount", "target_households")
    ]  # fmt: skip
    items = {("fin-shiquan", "C01", month.previous): [LastItem("示例项目", {"project_total_amount": 100 * WAN})]}
    said = {"rcb-shiquan": {"measure_organisation": "示例内容"}}
    return Known(month, figures, records, History.of(targets), items, said)


@pytest.fixture(scope="module")
def forms():
    """Every form in January, when years start anew, and at a quarter's end; a statement and words after nothing."""
    found = {
        (form, unit, month): form_of(unit, form, _known(month))
        for month in (JANUARY, MARCH)
        for form, units in UNITS.items()
        for unit in units
        if form != "T01" or month is JANUARY
    }
    first = {(form, "new", MARCH): form_of("rcb-shiquan", form, Known(MARCH)) for form in ("M01", "Q01")}
    return found | first


@pytest.fixture(scope="module")
def live(forms):
    """(code, level, kind) of all that these forms check; what is not filled in, and what is copied, by its one kind."""
    found = {(rule.code, rule.level, rule.kind) for form in forms.values() for rule in (*form.rules, *form.nil_rules)}
    found |= {(owed.code, 1, "blank") for form in forms.values() for owed in form.owed}
    return found | {(one.code, 1, "copied") for form in forms.values() for one in form.copied}


def _ways():
    return {(rule.code, rule.level, kind) for rule in RULES if rule.level in (1, 2) for kind in rule.breaks}


def test_every_way_to_break_a_rule_is_checked_or_named(live):
    adjusted = {way for way in _ways() if way[2].endswith("_adjusted")}
    """Told instead of the others where a profile allows households to be adjusted."""
    named = {*PARTS, *adjusted, *(way for way in _ways() if way[:2] in NEVER)}
    assert _ways() - live - named == set()


def test_nothing_is_named_that_is_checked(live):
    assert {way for way in live if way in PARTS or way[:2] in NEVER} == set()
    assert set(PARTS) <= _ways()
    assert set(NEVER) <= {way[:2] for way in _ways()}
    assert all(len(reason) >= 8 for reason in (*PARTS.values(), *NEVER.values()))


def test_every_rule_that_is_checked_is_broken_by_a_case(live):
    broken = {code for case in february.CASES for code in case.codes}
    broken |= {code for case in february.FIRST_CASES for code in case.codes}
    broken |= {code for *_, told in february.OTHER_CASES for code, *_ in told}
    broken |= {code for *_, codes in (*january.STATEMENT, *january.RETURN) for code in codes}
    broken |= {code for case in words.CASES for code, _ in case.told}
    assert {code for code, *_ in live} - broken == set()


def test_the_guide_says_of_every_rule_when_it_is_checked(forms):
    """By hand: of a statement with a year behind it all is checked, but for what needs other forms or tables."""
    told = {code: when for code, *_, when in forms["M01", "abc", MARCH].guide.relations}
    later = {code: when for code, when in told.items() if not when.startswith(AT_ONCE)}
    assert set(later) == {"A12", "A17", "A20", "A29", "A30", "Q01-2"}
    assert later["A30"] == "已有采用的上月、上年末数，按A02、A03审核"
    assert told["A18"].startswith("填写时；收到以后：整张表与以前各月比对")
    assert told["A02"] == "填写时"
    alone = {code: when for code, *_, when in form_of("rcb-shiquan", "M01", Known(MARCH)).guide.relations}
    assert (alone["A01"], alone["A02"]) == ("本表没有这种情况", "收到以后：以前各期采用的数不够，不能先比")
    said = {code: when for code, *_, when in forms["Q01", "rcb-shiquan", MARCH].guide.relations}
    assert re.match("收到以后：要与本单位同期月报对照", said["Q01-2"])
