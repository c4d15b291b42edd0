"""What every rule owes: cases of both kinds, a source, a level, and the weight that the forms' description gives it."""

import pkgutil
import re
import string
from importlib import import_module

import pytest

import pipeline.validate.rules as rules
from pipeline.validate.registry import RULES, WORKING
from tests.validate.returns import catalog

WEIGHTS = {
    "A01": "H",
    "A02": "H",
    "A03": "H",
    "A04": "H",
    "A05": "H",
    "A06": "H/Q",
    "A07": "Q",
    "A08": "H",
    "A09": "H/N",
    "A10": "H/Q",
    "A11": "H",
    "A12": "Q",
    "A13": "H/Q",
    "A14": "Q",
    "A15": "Q",
    "A16": "H",
    "A17": "Q",
    "A18": "H/Q",
    "A19": "Q",
    "A20": "Q",
    "A21": "Q",
    "A22": "Q",
    "A23": "Q",
    "A24": "Q",
    "A25": "Q",
    "A26": "Q",
    "A27": "Q",
    "A28": "Q",
    "A29": "Q",
    "A30": "Q",
    "A31": "Q",
    "C01-1": "H",
    "C01-2": "Q",
    "C01-3": "Q",
    "C01-4": "Q",
    "C01-5": "Q",
    "C01-6": "Q",
    "C01-7": "Q",
    "C01-8": "Q",
    "C01-9": "Q",
    "Q01-1": "Q",
    "Q01-2": "Q",
    "Q01-3": "Q",
    "Q01-4": "Q",
    "T01-1": "H",
    "T01-2": "H",
    "T01-3": "H/Q",
    "T01-4": "Q",
    "T01-5": "Q",
    "T01-6": "Q",
    "T01-7": "Q",
}
"""Typed by hand from the table of edit rules: H hard, Q soft, N note."""

LETTERS = {"hard": "H", "soft": "Q", "note": "N"}
LEVELS = {f"A0{number}": 2 for number in range(2, 8)} | {
    **{"A15": 2, "A17": 3, "A18": 2, "A20": 5, "A23": 2, "A25": 2, "A27": 2, "A28": 2, "A29": 2, "A30": 2, "A31": 2},
    **{"C01-6": 2, "C01-7": 2, "C01-8": 2, "Q01-1": 2, "Q01-2": 2, "Q01-3": 2},
}
AGAINST_LAST_MONTH = {("A12", 2): "Q", ("A13", 2): "Q", ("A14", 2): "Q"}
"""The parts of rules of level 1 that look at last month: rules of their own with the same code, and their weight."""
WHOLE_RETURN = {"A18"}
"""What these find is the whole return's: whose it is, is the place."""
MODULES = (
    *(
        "areas",
        "averages",
        "balances",
        "bases",
        "counts",
        "county",
        "earlier",
        "exchanged",
        "fund",
        "grades",
        "growing",
        "households",
        "jumps",
    ),
    *(
        "lines",
        "loans",
        "measures",
        "mechanism",
        "migration",
        "mirror",
        "outside",
        "parts",
        "pasted",
        "repeats",
        "settled",
        "signs",
        "spans",
        "subsidy",
        "targets",
        "targets_banks",
        "targets_counties",
    ),
    *("tenfold", "totals", "vanished"),
)
MORE = [("balances", "balances_so_far"), ("targets", "targets_years"), ("settled", "settled_households")]
"""A module of rules whose cases are too many for one table: the other table."""
OVER_TIME = ("balances", "bases", "households", "jumps", "pasted", "repeats")


def cases():
    """(rule, level, is something found) for every line of every table of cases."""
    for name, table in [(name, name) for name in MODULES] + MORE:
        for case in import_module(f"tests.validate.rules.test_{table}").CASES:
            if hasattr(case, "rule"):
                code, message = case.rule, case.message
            elif name.startswith("targets"):
                code, message = case[0], case[4]
            else:
                code, message = {"totals": "A01", "outside": "A20"}[name], case[-1]
            yield code, 2 if name in OVER_TIME else LEVELS.get(code, 1), message is not None


def test_every_module_of_rules_is_imported_and_tested():
    modules = {module.name for module in pkgutil.iter_modules(rules.__path__)}
    assert modules == set(MODULES) == set(rules.__all__) - {"RULES"}


def test_the_rules_are_all_here():
    assert {entry.code for entry in RULES} == set(WEIGHTS)
    both = {(entry.code, entry.level) for entry in RULES}
    assert both == {(code, LEVELS.get(code, 1)) for code in WEIGHTS} | set(AGAINST_LAST_MONTH)
    assert len(RULES) == len(both)


def named(entry):
    return f"{entry.code} at level {entry.level}"


@pytest.mark.parametrize("entry", RULES, ids=named)
def test_every_rule_keeps_its_promises(entry):
    judged = set(cases())
    assert (entry.code, entry.level, False) in judged, "no case in which nothing is found"
    assert (entry.code, entry.level, True) in judged, "no case in which something is found"
    weights = AGAINST_LAST_MONTH.get((entry.code, entry.level), WEIGHTS[entry.code])
    assert "/".join(LETTERS[severity] for severity in entry.severities) in (
        weights,
        "/".join(reversed(weights.split("/"))),
    )
    assert entry.source == "安政办函〔2017〕284号 二.1" or entry.source.startswith(f"{WORKING}：")
    assert entry.title
    assert re.fullmatch(r"[\u4e00-\u9fff]{2,8}", entry.subject), "a word or two, with a code in brackets behind it"
    assert {other.subject for other in RULES if other.code == entry.code} == {entry.subject}, "one code, one subject"
    assert entry.check.__doc__
    assert set(entry.reads) <= set(catalog().forms)


@pytest.mark.parametrize("entry", RULES, ids=named)
def test_every_sentence_names_the_place_and_the_next_step(entry):
    for broken in entry.breaks.values():
        fields = {name for _, name, *_ in string.Formatter().parse(broken.message) if name}
        assert fields & ({"unit"} if entry.code in WHOLE_RETURN else {"area", "name", "indicator", "cases"})
        assert "请" in broken.message or broken.severity == "note"
        assert broken.message.endswith("。")


def test_every_indicator_that_a_rule_names_is_in_its_form():
    from pipeline.validate.equations import FLOWS, SINCE_LAST_MONTH, SINCE_YEAR_START, SO_FAR, YEAR_SO_FAR
    from pipeline.validate.owed import ABSENT_IS_NONE, LENT, RATE, SIGNED
    from pipeline.validate.rules import (
        averages,
        counts,
        exchanged,
        grades,
        growing,
        households,
        jumps,
        lines,
        loans,
        mirror,
        parts,
        settled,
        spans,
        subsidy,
        vanished,
    )

    statement = {
        *(code for measure in loans.MEASURES for code in measure),
        *(code for pair in (*averages.MEASURES, *lines.PAIRS) for code in pair),
        *(f"{stem}{span}" for stem in spans.MONTH_AND_YEAR for span in ("_mtd", "_ytd")),
        *(f"{stem}_cum" for stem in spans.DISBURSED),
        *(f"{stem}{span}" for stem, _ in FLOWS for span in ("_mtd", "_ytd")),
        *(equation.figure for equation in (SINCE_LAST_MONTH, SINCE_YEAR_START, *YEAR_SO_FAR, *SO_FAR)),
        *(term.indicator for equation in (*YEAR_SO_FAR, *SO_FAR) for term in equation.terms),
        *(households.MTD, households.YTD, households.CUM, *jumps.STOCKS, *jumps.FLOWS),
        *(code for _, code in mirror.MIRRORED),
        *grades.GRADES,
        *(code for part, wholes in parts.WHOLES.items() for code in (part, *wholes)),
        *growing.IN_YEAR,
        *growing.ANEW,
        *(spans.SETTLED, spans.OUTSTANDING, spans.LENT),
        *counts.COUNTS,
        *(settled.LENT, settled.LENT_TO, settled.HOUSEHOLDS, settled.WRITTEN_OFF, settled.CHANGED),
        *(equation.figure for equation in settled.LENDING),
        *(code for pair in exchanged.PAIRS for code in pair),
        *subsidy.SUBSIDIES,
        *subsidy.HELD,
        *(vanished.NPL_TOTAL, vanished.PAST_DUE, vanished.PAST_DUE_LOANS),
        *ABSENT_IS_NONE,
        *SIGNED,
        grades.OUTSTANDING,
        RATE,
        LENT,
    }
    assert statement <= set(catalog().forms["M01"].by_code)


def test_every_indicator_that_a_rule_on_returns_names_is_in_its_form():
    from pipeline.validate.rules import county, fund, growing, mechanism, mirror

    returned = (
        {code for pair in county.POSTS for code in pair}
        | {code for code, _ in mirror.MIRRORED}
        | {*growing.FUND, fund.BALANCE, mechanism.ESTABLISHED, mechanism.DOCUMENT, mechanism.DAY}
        | {mechanism.STATUS, mechanism.INVESTED, mechanism.TOTAL}
    )
    assert returned <= set(catalog().forms["C01"].by_code)
