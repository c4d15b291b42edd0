"""Banks that keep true books and round as banks do are never sent back.

Loans are simulated to the fen; each figure is then typed either as its own rounding or as the sum of figures that
are rounded already (months of a year, counties of a total, grades of what is non-performing).
"""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.validate import check
from tests.validate.returns import TEN, YUAN, catalog, codes, table

GRADES = ("pass", "special_mention", "substandard", "doubtful", "loss")


def rounded(amount, step):
    """Half up to the step; amounts are not negative here."""
    return (2 * amount + step) // (2 * step) * step


class Flow:
    """Amounts of each month of the year so far, and of all years before."""

    def __init__(self, before, months):
        self.before, self.months = before, months

    def typed(self, dice, step):
        """mtd, ytd and cum as a bank types them."""
        summed = sum(rounded(month, step) for month in self.months)
        ytd = dice.choice((rounded(sum(self.months), step), summed))
        return rounded(self.months[-1], step), ytd, rounded(self.before + sum(self.months), step)


class County:
    """One bank's loans in one county: (household, month or 0 for years before, lent, owed now, grade, late)."""

    def __init__(self, dice, month, amount):
        self.month = month
        self.loans = []
        for household in range(dice.randint(0, 12)):
            for _ in range(dice.choice((1, 1, 2))):
                lent = amount(3_000 * YUAN, 49_000 * YUAN)
                owed = dice.choice((lent, dice.randint(2_000 * YUAN, lent), 0))
                when = dice.randint(0, month)
                self.loans.append((household, when, lent, owed, dice.choice(GRADES), dice.random() < 0.2))
        if self.loans:  # one that is repaid, long ago or this year
            self.loans.append((99, dice.choice((0, 1)), 40_000 * YUAN, 0, "pass", False))
        self.losses = [dice.choice((0, dice.randint(1, 9_999_999))) for _ in range(month)]
        self.repaid = [amount(0, 99_999_999) for _ in range(month)]

    def lent(self):
        return Flow(
            sum(lent for _, when, lent, *_ in self.loans if when == 0),
            [sum(loan[2] for loan in self.loans if loan[1] == month) for month in range(1, self.month + 1)],
        )

    def counts(self, chosen):
        return len(chosen), len({loan[0] for loan in chosen})

    def figures(self, dice, step):
        lent_mtd, lent_ytd, lent_cum = self.lent().typed(dice, step)
        repaid_mtd, repaid_ytd, _ = Flow(0, self.repaid).typed(dice, step)
        lost_mtd, lost_ytd, _ = Flow(0, self.losses).typed(dice, step)
        owed = [loan for loan in self.loans if loan[3]]
        late = [loan for loan in owed if loan[5]]
        exact = {grade: sum(loan[3] for loan in owed if loan[4] == grade) for grade in GRADES}
        graded = {grade: rounded(amount, step) for grade, amount in exact.items()}
        bad = GRADES[2:]
        npl = dice.choice((rounded(sum(exact[g] for g in bad), step), sum(graded[g] for g in bad)))
        households = {
            span: self.counts([loan for loan in self.loans if test(loan[1])])
            for span, test in (("mtd", lambda m: m == self.month), ("ytd", lambda m: m > 0), ("cum", lambda m: True))
        }
        return {
            "registered_households": 50,
            "eligible_households": 40,
            "credit_line_households": 30,
            "credit_line_amount": 150 * 10_000 * YUAN,
            **{f"disbursed_loans_{span}": loans for span, (loans, _) in households.items()},
            **{f"disbursed_households_{span}": people for span, (_, people) in households.items()},
            "disbursed_amount_mtd": lent_mtd,
            "disbursed_amount_ytd": lent_ytd,
            "disbursed_amount_cum": lent_cum,
            "repaid_amount_mtd": repaid_mtd,
            "repaid_amount_ytd": repaid_ytd,
            "written_off_amount_mtd": lost_mtd,
            "written_off_amount_ytd": lost_ytd,
            "outstanding_loans": self.counts(owed)[0],
            "outstanding_households": self.counts(owed)[1],
            "outstanding_amount": rounded(sum(loan[3] for loan in owed), step),
            **{f"{grade}_amount": amount for grade, amount in graded.items()},
            "npl_amount": npl,
            "past_due_loans": self.counts(late)[0],
            "past_due_households": self.counts(late)[1],
            "past_due_amount": rounded(sum(loan[3] for loan in late), step),
            "weighted_average_rate": 4_750_000 if lent_ytd else None,
        }

    def exactly(self):
        """The amounts that a typed total may be rounded from."""
        lent = self.lent()
        owed = [loan for loan in self.loans if loan[3]]
        return {
            "disbursed_amount_mtd": lent.months[-1],
            "disbursed_amount_ytd": sum(lent.months),
            "disbursed_amount_cum": lent.before + sum(lent.months),
            "repaid_amount_mtd": self.repaid[-1],
            "repaid_amount_ytd": sum(self.repaid),
            "written_off_amount_mtd": self.losses[-1],
            "written_off_amount_ytd": sum(self.losses),
            "outstanding_amount": sum(loan[3] for loan in owed),
            **{f"{grade}_amount": sum(loan[3] for loan in owed if loan[4] == grade) for grade in GRADES},
            "past_due_amount": sum(loan[3] for loan in owed if loan[5]),
        }


def clean_return(seed, month, step):
    dice = random.Random(seed)
    unlucky = dice.random() < 0.5

    def amount(least, most):
        """Any amount; in an unlucky book each is rounded up by half a step, so that nothing cancels out."""
        any_amount = dice.randint(least, most)
        return any_amount // step * step + step // 2 if unlucky else any_amount

    counties = {area: County(dice, month, amount) for area in TEN}
    areas = {area: county.figures(dice, step) for area, county in counties.items()}
    exact = [county.exactly() for county in counties.values()]
    total = {}
    for code in areas["hanbin"]:
        if code != "weighted_average_rate":
            total[code] = sum(figures[code] for figures in areas.values())
        if code in exact[0] and dice.random() < 0.5:
            total[code] = rounded(sum(figures[code] for figures in exact), step)
    return table(areas, total, period=f"2018-{month:02d}", step=step)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12), st.sampled_from([1, YUAN, 100 * YUAN]))
def test_a_true_book_is_never_sent_back(seed, month, step):
    findings = check([clean_return(seed, month, step)], catalog())
    assert [finding.message for finding in findings if finding.severity == "hard"] == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_a_book_with_one_county_s_stock_off_by_a_household_is(seed, month):
    sent = clean_return(seed, month, 100 * YUAN)
    place = next(
        n for n, o in enumerate(sent.observations) if (o.indicator, o.area) == ("credit_line_households", "xunyang")
    )
    seen = sent.observations[place]
    sent.observations[place] = type(seen)(**{name: getattr(seen, name) for name in seen.__slots__} | {"value": 31})
    assert "A01" in codes(check([sent], catalog()))
