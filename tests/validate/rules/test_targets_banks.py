"""T01-6: targets of one bank that are another's, against what was set the year before.

County by county 农商银行 is set three times as much as 农业银行, 邮储银行 twice as much, the next county more than the last.
"""

import pytest

from pipeline.validate import check
from pipeline.validate.history import History, told_by
from tests.validate.returns import ABSENT, TEN, WAN, catalog, cell_of, targets

BANKS = {"rcb": 3, "psbc": 2, "abc": 1}
CODES = {"target_amount": 100 * WAN, "target_households": 30}
NAMES = {"rcb": "农商银行", "psbc": "邮储银行", "abc": "农业银行"}


def table(growth=1, order="rcb psbc abc", counties=10, codes=tuple(CODES)):
    """Targets of which these banks, in so many counties, have what the three in their own order should have."""
    shown = order.split()
    return {
        (area, f"{code}@{bank}"): number
        * each
        * growth
        * BANKS[source if number <= counties and code in codes else bank]
        for number, area in enumerate(TEN, start=1)
        for code, each in CODES.items()
        for bank, source in zip(BANKS, shown, strict=True)
    }


LAST = table()
ROWS = range(5, 5 + len(TEN))


def found(changes, last=LAST, total=None):
    known = History.of(told_by([targets(last, period="2017")])) if last else History()
    return [f for f in check([targets(changes, total)], catalog(), known) if f.rule == "T01-6"]


def told(*args, **more):
    return [(f.indicator, f.area, f.cause) for f in found(*args, **more)]


def without(bank, since=0):
    """This bank is set nothing, not even 0, from this county on."""
    return {(area, f"{code}@{bank}"): ABSENT for area in TEN[since:] for code in CODES}


def copies(*args, **more):
    return [finding for finding in found(*args, **more) if finding.cause == "other_column"]


def cells(*banks, rows=ROWS):
    return {cell_of(f"{code}@{bank}", row) for bank in banks for code in CODES for row in rows}


def accused(finding):
    return {figure.cell for figure in finding.accused}


def exchanged(one="rcb"):
    return [(f"target_amount@{one}", "hanbin", "columns_exchanged")]


@pytest.mark.parametrize(("why", "changes", "places"), [
    ("a tenth more than last year", table(2), []),
    ("of two banks each has the other's", table(2, "abc psbc rcb"), exchanged()),
    ("two of like size", table(2, "psbc rcb abc"), exchanged()),
    ("the two smaller", table(2, "rcb abc psbc"), exchanged("psbc")),
    ("amounts alone", table(2, "abc psbc rcb", codes=["target_amount"]), exchanged()),
    ("households alone", table(2, "abc psbc rcb", codes=["target_households"]),
     [("target_households@rcb", "hanbin", "columns_exchanged")]),
    ("in seven of ten counties", table(2, "psbc rcb abc", counties=7), exchanged()),
    ("in six: less than two thirds", table(2, "psbc rcb abc", counties=6), []),
    ("in six of nine: two thirds", table(2, "psbc rcb abc", counties=6) | without("psbc", 9), exchanged()),
    ("in six of nine where the third bank is not either", table(2, "psbc rcb abc", counties=6) | without("psbc", 9)
     | without("abc", 9), exchanged()),
    ("each has another's: of two pairs that are told as well, the first", table(2, "psbc abc rcb"), exchanged()),
])  # fmt: skip
def test_banks_are_exchanged(why, changes, places):
    assert told(changes) == places, why


@pytest.mark.parametrize(("counties", "is_told"), [(3, True), (2, False)])
def test_three_counties_tell_it_and_two_may_be_by_chance(counties, is_told):
    """Of the others all three banks were set the same last year: that tells nothing."""
    flat = {key: (value if TEN.index(key[0]) < counties else 100) for key, value in LAST.items()}
    assert bool(found(table(2, "psbc rcb abc"), flat)) is is_told


@pytest.mark.parametrize(("why", "rcb", "psbc", "is_told"), [
    ("a household more was one less", 21, 20, True),
    ("as many as the other", 20, 20, False),
    ("one less, as last year", 20, 21, False),
])  # fmt: skip
def test_one_household_tells_which_is_larger(why, rcb, psbc, is_told):
    """Last year 农商银行 was set 20 and 邮储银行 21 in three counties; in the others it is as it was, and tells nothing."""

    def households(rcb, psbc):
        return {
            (area, f"target_households@{bank}"): n for area in TEN[:3] for bank, n in (("rcb", rcb), ("psbc", psbc))
        }

    flat = dict.fromkeys(LAST, 500)
    assert bool(found(flat | households(rcb, psbc), flat | households(20, 21))) is is_told, why


def test_it_says_which_banks_and_all_their_cells():
    (finding,) = found(table(2, "abc psbc rcb"))
    assert finding.message == (
        "“农商银行/目标金额”与“农业银行/目标金额”的大小，10个县区里有10个与上年（2017年）相反；“农商银行/目标户数”也是这样："
        "疑似两家银行的目标任务互换。请核对这两家银行各栏；如属实，请说明原因。"
    )
    assert finding.cell == cell_of("target_amount@rcb") and finding.severity == "soft" and finding.level == 1
    assert accused(finding) == cells("rcb", "abc")
    kinds = ("target_amount", "target_households")
    assert {figure.indicator for figure in finding.accused} == {
        f"{kind}@{bank}" for kind in kinds for bank in ("rcb", "abc")
    }


def test_the_counties_are_those_of_the_first_figure():
    """Amounts are exchanged in seven counties, households in all ten."""
    changes = table(2, "psbc rcb abc") | {
        key: value for key, value in table(2, "psbc rcb abc", counties=7).items() if key[1].startswith("target_amount")
    }
    (finding,) = found(changes)
    assert "的大小，10个县区里有7个与上年（2017年）相反；“农商银行/目标户数”也是这样：" in finding.message


@pytest.mark.parametrize(("why", "last"), [
    ("nothing is known of last year", {}),
    ("nothing was set then", dict.fromkeys(LAST, 0)),
    ("all were set alike", dict.fromkeys(LAST, 100)),
])  # fmt: skip
def test_without_last_years_sizes_nothing_is_exchanged(why, last):
    assert found(table(2, "abc psbc rcb"), last) == [], why


@pytest.mark.parametrize(("why", "changes", "last", "place"), [
    ("another bank's column, farther from its own last year", table(2, "rcb psbc rcb"), LAST, "target_amount@abc"),
    ("the larger has the smaller's", table(2, "abc psbc abc"), LAST, "target_amount@rcb"),
    ("nobody knows last year's", table(2, "rcb psbc rcb"), {}, "target_amount@abc"),
    ("they were alike last year too", table(2, "rcb psbc rcb"), table(1, "rcb psbc rcb"), ""),
    ("one county is other", table(2, "rcb psbc rcb", counties=9), LAST, ""),
    ("a figure for all counties is a rule, not a copy", dict.fromkeys(LAST, 50), {}, ""),
])  # fmt: skip
def test_a_bank_has_anothers_targets(why, changes, last, place):
    places = [(place, "hanbin", "other_column")] if place else []
    assert [own for own in told(changes, last) if own[2] == "other_column"] == places, why


@pytest.mark.parametrize(("counties", "is_told"), [(5, True), (4, False)])
@pytest.mark.parametrize("fewer", ["rcb", "abc"])
def test_five_counties_tell_a_copy(counties, is_told, fewer):
    """One of the two banks is set targets in so many counties only: these are told, and no others."""
    told = copies(table(2, "rcb psbc rcb") | without(fewer, counties))
    assert len(told) == is_told
    for finding in told:
        assert f"“农业银行/目标金额”{counties}个县区的数与“农商银行/目标金额”全部相同" in finding.message
        assert accused(finding) == cells("abc", rows=ROWS[:counties])


@pytest.mark.parametrize(("figures", "is_told"), [(3, True), (2, False)])
def test_three_different_figures_tell_a_copy(figures, is_told):
    """From the third county on, or from the second, all are set as much as that one."""
    changes = table(2, "rcb psbc rcb")
    flat = {(area, place): changes[TEN[min(TEN.index(area), figures - 1)], place] for area, place in changes}
    assert len(copies(flat)) == is_told


@pytest.mark.parametrize(("why", "changes", "last", "place"), [
    ("no other bank: 农商银行 is set what it was", table(1, "rcb psbc rcb") | without("psbc"), LAST, "abc"),
    ("no other bank: 农业银行 is set what it was", table(1, "abc psbc abc") | without("psbc"), LAST, "rcb"),
    ("the other is new", table(1, "rcb psbc rcb"), LAST | without("psbc"), "abc"),
    ("the other is set nothing any more", table(1, "abc psbc abc") | dict.fromkeys(without("psbc"), 0), LAST, "rcb"),
    ("the others were halved, as 农商银行 was", {key: 2 * n if "psbc" in key[1] else 3 * n
     for key, n in table(1, "abc psbc abc").items()}, {key: 4 * n if "psbc" in key[1] else 2 * n
     for key, n in LAST.items()}, "abc"),
])  # fmt: skip
def test_the_copy_is_the_one_that_did_not_grow_as_the_others(why, changes, last, place):
    """Where nothing is known of the others, the one that is farther from its own last year."""
    assert told(changes, last) == [(f"target_amount@{place}", "hanbin", "other_column")], why


def test_a_copy_is_told_with_both_columns():
    """A typed total is no county."""
    (finding,) = found(table(2, "rcb psbc rcb"), total={f"{code}@{bank}": 1 for code in CODES for bank in BANKS})
    assert finding.message == (
        "“农业银行/目标金额”10个县区的数与“农商银行/目标金额”全部相同；“农业银行/目标户数”也是这样："
        "疑似照抄了另一家银行的一栏。请核对这两栏；如属实，请说明原因。"
    )
    assert accused(finding) == cells("abc")


CASES = [
    ("T01-6", "as last year", {}, {}, None, ""),
    ("T01-6", "exchanged", {}, {}, ("hanbin", "target_amount@rcb", "", ""), ""),
]
"""Read by `test_promises.py`."""
