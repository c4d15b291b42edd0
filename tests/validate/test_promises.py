"""What every rule owes: cases of both kinds, a source, a level, and the weight that the forms' description gives it."""

import pkgutil
import string
from importlib import import_module

import pytest

import pipeline.validate.rules as rules
from pipeline.validate.registry import RULES, WORKING
from tests.validate.returns import catalog

WEIGHTS = {
    "A01": "H",
    "A08": "H",
    "A09": "H/N",
    "A10": "H/Q",
    "A11": "H",
    "A12": "Q",
    "A13": "H/Q",
    "A14": "Q",
    "A16": "H",
    "A19": "Q",
    "A20": "Q",
    "C01-1": "H",
    "C01-2": "Q",
    "C01-3": "Q",
    "C01-4": "Q",
    "C01-5": "Q",
    "Q01-1": "Q",
    "Q01-2": "Q",
    "Q01-3": "Q",
    "T01-1": "H",
    "T01-2": "H",
    "T01-3": "H",
}
"""Typed by hand from the table of edit rules: H hard, Q soft, N note."""

LETTERS = {"hard": "H", "soft": "Q", "note": "N"}
LEVELS = {"A20": 5, "Q01-1": 2, "Q01-2": 2, "Q01-3": 2}
MODULES = (
    *("areas", "averages", "county", "grades", "lines", "loans"),
    *("measures", "outside", "signs", "spans", "targets", "totals"),
)


def cases():
    """(rule, is something found) for every line of every table of cases."""
    for name in MODULES:
        for case in import_module(f"tests.validate.rules.test_{name}").CASES:
            if hasattr(case, "rule"):
                yield case.rule, case.message is not None
            elif name == "targets":
                yield case[0], case[4] is not None
            else:
                yield {"totals": "A01", "outside": "A20"}[name], case[-1] is not None


def test_every_module_of_rules_is_imported_and_tested():
    modules = {module.name for module in pkgutil.iter_modules(rules.__path__)}
    assert modules == set(MODULES) == set(rules.__all__) - {"RULES"}


def test_the_rules_are_all_here():
    assert {entry.code for entry in RULES} == set(WEIGHTS)


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.code)
def test_every_rule_keeps_its_promises(entry):
    judged = set(cases())
    assert (entry.code, False) in judged, "no case in which nothing is found"
    assert (entry.code, True) in judged, "no case in which something is found"
    assert entry.level == LEVELS.get(entry.code, 1)
    assert "/".join(LETTERS[severity] for severity in entry.severities) in (
        WEIGHTS[entry.code],
        "/".join(reversed(WEIGHTS[entry.code].split("/"))),
    )
    assert entry.source == "安政办函〔2017〕284号 二.1" or entry.source.startswith(f"{WORKING}：")
    assert entry.title
    assert entry.check.__doc__
    assert set(entry.reads) <= set(catalog().forms)


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.code)
def test_every_sentence_names_the_place_and_the_next_step(entry):
    for broken in entry.breaks.values():
        fields = {name for _, name, *_ in string.Formatter().parse(broken.message) if name}
        assert fields & {"area", "name", "indicator", "cases"}
        assert "请" in broken.message or broken.severity == "note"
        assert broken.message.endswith("。")


def test_every_indicator_that_a_rule_names_is_in_its_form():
    from pipeline.validate.owed import ABSENT_IS_NONE, LENT, RATE, SIGNED
    from pipeline.validate.rules import averages, county, grades, lines, loans, spans

    statement = {
        *(code for measure in loans.MEASURES for code in measure),
        *(code for pair in (*averages.MEASURES, *lines.PAIRS) for code in pair),
        *(f"{stem}{span}" for stem in spans.MONTH_AND_YEAR for span in ("_mtd", "_ytd")),
        *(f"{stem}_cum" for stem in spans.DISBURSED),
        *grades.GRADES,
        *ABSENT_IS_NONE,
        *SIGNED,
        grades.OUTSTANDING,
        RATE,
        LENT,
    }
    assert statement <= set(catalog().forms["M01"].by_code)
    assert {code for pair in county.POSTS for code in pair} <= set(catalog().forms["C01"].by_code)
