"""Histories that are true to the fen are never sent back, however they are rounded; one unit beyond is found.

Loans of several counties are simulated over months. A bank types each month rounded to a step; its year and its
history either rounded from what is exact, or added up from months that are rounded already.
"""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.periods import Month
from pipeline.validate import check_beyond, check_over_time
from pipeline.validate.past import Past
from tests.validate.returns import ABSENT, WAN, YUAN, catalog, county_return, table

AMOUNTS = ("disbursed_amount", "repaid_amount", "written_off_amount", "other_change_amount")
SIGNS = (1, -1, -1, 1)
OWED = "outstanding_amount"
RULES = {"A02", "A03", "A04", "A05", "A06", "A07", "A17", "A18"}
AREAS = ("hanbin", "gaoxin", "hanyin", "baihe")
STEPS = (1, YUAN, 100 * YUAN, WAN)


def rounded(amount, step):
    """Half up to the step."""
    return (2 * amount + step) // (2 * step) * step


class County:
    """What truly happened: flows by month in fen, and who was lent to."""

    def __init__(self, dice, months, unlucky):
        def amount(most):
            """Nothing, or much; in an unlucky book half a step above a whole 万元, so that nothing cancels out."""
            any_amount = dice.choice((0, dice.randint(2 * WAN, most)))
            return any_amount // WAN * WAN + dice.choice((5000, 50, WAN // 2)) if any_amount and unlucky else any_amount

        self.start, self.lent_before = (
            dice.randint(50_000 * WAN, 60_000 * WAN),
            dice.randint(90_000 * WAN, 99_000 * WAN),
        )
        self.flows = [
            (
                amount(200 * WAN),
                dice.choice((1, 1, 1, -1)) * amount(150 * WAN),
                dice.choice((0, amount(20 * WAN))),
                dice.choice((0, 0, amount(20 * WAN), -amount(20 * WAN))),
            )
            for _ in months
        ]
        everybody = range(300)
        self.people = [dice.sample(everybody, dice.randint(1, 40)) if lent else [] for lent, *_ in self.flows]
        self.before = set(dice.sample(everybody, 100))

    def owed(self, upto):
        """The balance after so many months."""
        return self.start + sum(
            sign * flow for month in self.flows[:upto] for sign, flow in zip(SIGNS, month, strict=True)
        )


class Bank:
    """How one bank writes down what happened."""

    def __init__(self, dice, months):
        self.months = months
        self.sums = {stem: dice.random() < 0.5 for stem in (*AMOUNTS, "cum")}
        self.has_others = dice.random() < 0.7
        steps = dice.choice(([dice.choice(STEPS)], STEPS[:2], STEPS[1:]))
        self.steps = [dice.choice(steps) for _ in months]

    def typed(self, county, at):
        """The figures of the month at this place."""
        step, year = (
            self.steps[at],
            [n for n, month in enumerate(self.months[: at + 1]) if month.year == self.months[at].year],
        )
        figures = {}
        for number, stem in enumerate(AMOUNTS):
            exact = sum(county.flows[n][number] for n in year)
            summed = sum(rounded(county.flows[n][number], self.steps[n]) for n in year)
            figures[f"{stem}_mtd"] = rounded(county.flows[at][number], step)
            figures[f"{stem}_ytd"] = summed if self.sums[stem] else rounded(exact, step)
        so_far = range(at + 1)
        exact = county.lent_before + sum(county.flows[n][0] for n in so_far)
        summed = rounded(county.lent_before, self.steps[0]) + sum(
            rounded(county.flows[n][0], self.steps[n]) for n in so_far
        )
        figures["disbursed_amount_cum"] = summed if self.sums["cum"] else rounded(exact, step)
        figures[OWED] = rounded(county.owed(at + 1), step)
        if at:
            figures[f"{OWED}_previous_month"] = rounded(county.owed(at), step)
        if at >= 12:
            figures[f"{OWED}_previous_year"] = rounded(county.owed(at - 11), step)
        if year[0]:
            figures[f"{OWED}_year_start"] = rounded(county.owed(year[0]), step)
        people = [set(county.people[n]) for n in year]
        figures["disbursed_households_mtd"] = len(people[-1])
        figures["disbursed_households_ytd"] = len(set().union(*people))
        figures["disbursed_households_cum"] = len(county.before.union(*(county.people[n] for n in so_far)))
        figures["disbursed_loans_mtd"] = len(people[-1])
        figures["disbursed_loans_ytd"] = sum(len(group) for group in people)
        figures["disbursed_loans_cum"] = 900 + sum(len(county.people[n]) for n in so_far)
        if not self.has_others:
            figures |= {f"other_change_amount_{span}": ABSENT for span in ("mtd", "ytd")}
        return figures


def true_history(seed, first, length):
    """Statements of a bank over some months, those of which some are lost, and how it writes."""
    dice = random.Random(seed)
    months = [Month(2016, first).shifted(n) for n in range(length)]
    bank, unlucky = Bank(dice, months), dice.random() < 0.5
    counties = {area: County(dice, months, unlucky) for area in dice.sample(AREAS, dice.randint(1, len(AREAS)))}
    if not bank.has_others:
        for county in counties.values():
            county.flows = [(*flows[:3], 0) for flows in county.flows]
    sent = []
    for at, month in enumerate(months):
        areas = {area: bank.typed(county, at) for area, county in counties.items()}
        statement = table(areas, period=str(month), step=bank.steps[at])
        statement.nil = all(v in (0, ABSENT) for f in areas.values() for c, v in f.items() if c.endswith("_mtd"))
        sent.append(statement)
    return sent, [s for s in sent if dice.random() < 0.85], bank, counties


def messages(findings):
    return [(f.period, f.rule, f.message) for f in findings if f.rule in RULES]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12), st.integers(2, 26))
def test_a_true_history_is_never_sent_back(seed, first, length):
    sent, kept, bank, _ = true_history(seed, first, length)
    assert messages(check_over_time(sent, catalog(), Past.of_submissions(sent))) == []
    if len(set(bank.steps)) == 1:  # how a month was rounded that is not there, nobody can know
        assert messages(check_over_time(sent, catalog(), Past.of_submissions(kept))) == [], (
            "with months that are not there"
        )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(STEPS))
def test_a_county_that_sees_the_same_loans_is_never_asked(seed, step):
    """It rounds for itself; where the bank adds its year up from rounded months, it has the year from the bank."""
    sent, _, bank, counties = true_history(seed, 1, 14)
    (area, county), at = next(iter(counties.items())), len(sent) - 1
    seen, typed = counties[area].flows, bank.typed(county, at)
    exact = sum(seen[n][0] for n, month in enumerate(bank.months) if month.year == bank.months[at].year)
    year = typed["disbursed_amount_ytd"] if bank.sums["disbursed_amount"] else exact
    mirror = {
        "mirror_outstanding_amount@abc": rounded(county.owed(at + 1), step),
        "mirror_disbursed_amount_ytd@abc": rounded(year, step),
        "mirror_disbursed_households_ytd@abc": typed["disbursed_households_ytd"],
    }
    returned = county_return(mirror, area=area, period=sent[at].period, step=step)
    assert messages(check_beyond([sent[at], returned], catalog())) == []


# ------------------------------------------------------------------ one unit beyond


def place(sent, indicator):
    """Where the first area's figure of an indicator stands among the observations."""
    return next(n for n, seen in enumerate(sent.observations) if seen.indicator == indicator)


def with_value(sent, indicator, value):
    """The same statement with one figure of its first area changed."""
    n = place(sent, indicator)
    old = sent.observations[n]
    new = type(old)(**{name: getattr(old, name) for name in old.__slots__} | {"value": value})
    return table_like(sent, [*sent.observations[:n], new, *sent.observations[n + 1 :]])


def table_like(sent, observations):
    return type(sent)(**{name: getattr(sent, name) for name in sent.__slots__} | {"observations": observations})


def edges(history):
    """(rule, indicator, what it should be, twice the tolerance) of the last month, from the typed figures alone."""
    told = [
        {s.indicator: s.value for s in sent.observations if s.area == sent.observations[0].area} for sent in history
    ]
    month = Month.parse(history[-1].period).month
    now, last, december = told[-1], told[-2], told[-1 - month]
    own, before, then = (sent.step if sent.step > 1 else 0 for sent in (history[-1], history[-2], history[-1 - month]))
    year = [(figures, max(sent.step, 1)) for figures, sent in zip(told[-month:], history[-month:], strict=True)]
    flows = [(sign, stem) for sign, stem in zip(SIGNS, AMOUNTS, strict=True) if f"{stem}_mtd" in now]
    balance = sum(sign * now[f"{stem}_mtd"] for sign, stem in flows)
    yield "A02", OWED, last[OWED] + balance, own * (1 + len(flows)) + before
    steps = 0
    for _, stem in flows:
        is_sum = now[f"{stem}_ytd"] == sum(figures[f"{stem}_mtd"] for figures, _ in year)
        steps += max(own * month, sum(step for _, step in year if step > 1)) if is_sum else own
    year_balance = sum(sign * now[f"{stem}_ytd"] for sign, stem in flows)
    if all(now[f"{stem}_ytd"] >= 0 for stem in AMOUNTS[:3]):  # a year below zero is A10's to name
        yield "A03", OWED, december[OWED] + year_balance, own + then + steps
    for stem in AMOUNTS[:3]:
        base, more = (0, 0) if month == 1 else (last[f"{stem}_ytd"], before)
        if base + now[f"{stem}_mtd"] >= WAN:
            yield "A04", f"{stem}_ytd", base + now[f"{stem}_mtd"], 2 * own + more
    cum = last["disbursed_amount_cum"] + now["disbursed_amount_mtd"]
    yield "A05", "disbursed_amount_cum", cum, 2 * own + before
    households = "disbursed_households_"
    if month > 1:
        yield "A06", f"{households}ytd", last[f"{households}ytd"] + now[f"{households}mtd"], 0
    yield "A06", f"{households}cum", last[f"{households}cum"] + now[f"{households}mtd"], 0
    yield "A07", f"{OWED}_previous_month", last[OWED], own + before


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12), st.integers(13, 25))
def test_one_unit_beyond_is_found_and_the_edge_is_not(seed, first, length):
    sent, *_ = true_history(seed, first, length)
    past, area = Past.of_submissions(sent[:-1]), sent[-1].observations[0].area
    wrong, should = [], {}
    for rule, indicator, expected, twice in edges(sent):
        for beyond in (0, 1):
            changed = with_value(sent[-1], indicator, expected + twice // 2 + beyond)
            changed.sha256 = f"{rule}{indicator}{beyond}"
            wrong.append(changed)
            should[changed.id] = (rule, indicator, beyond)
    found = check_over_time(wrong, catalog(), past)
    told = {(f.submission, f.rule, f.indicator) for f in found if f.area == area}
    for submission, (rule, indicator, beyond) in should.items():
        assert ((submission, rule, indicator) in told) is bool(beyond), (rule, indicator, beyond)
