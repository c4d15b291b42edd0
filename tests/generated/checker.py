"""Edit rules A01 to A31, C01 and T01 written a second time, from what each rule says in words, to judge the generator alone.

Nothing here is shared with `pipeline/validate`; every function gives a list of sentences, empty when all is well.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

WAN = 1_000_000
CAP = 50_000_00
COUNTIES = ["hanbin", "hanyin", "shiquan", "ningshan", "ziyang", "langao", "pingli", "zhenping", "xunyang", "baihe"]
OF_WHICH = {"abc": ["gaoxin", "hengkou"]}
BANKS = ["abc", "psbc", *(f"rcb-{county}" for county in COUNTIES)]
MOVED = ["other_change_amount_mtd", "other_change_amount_ytd"]
GROWING = [
    *("settled_loans_ytd", "renewed_amount_ytd", "extended_amount_ytd"),
    *("interest_subsidy_paid_ytd", "interest_subsidy_accrued_ytd"),
]
COUNTED = [
    *("registered_households", "eligible_households", "rated_households", "credit_line_households"),
    *("outstanding_loans", "outstanding_households", "past_due_loans", "past_due_households"),
]
GRADES = ["pass_amount", "special_mention_amount", "substandard_amount", "doubtful_amount", "loss_amount"]


def areas_of(unit):
    return [unit.removeprefix("rcb-")] if unit.startswith("rcb-") else COUNTIES


def step_of(unit):
    """0.01 万元 for abc and rcb; psbc reports to the fen, which leaves no tolerance at all."""
    return 0 if unit == "psbc" else 10_000


def rows_of(city, unit, month):
    rows = {}
    for (area, code), value in city.reported(unit, month).items():
        rows.setdefault(area, {})[code] = value
    return rows


def check_unit(city, unit, months):
    """All rules that look at one bank only."""
    tables = [rows_of(city, unit, month) for month in months]
    found = []
    for at, (month, rows) in enumerate(zip(months, tables, strict=True)):
        found += check_table(unit, rows, city.reported_total(unit, month), f"{unit} {month}")
        for area, row in rows.items():
            here = f"{unit} {area} {month}"
            history = [table[area] for table in tables[:at]]
            found += check_row(row, step_of(unit), here)
            found += check_neighbours(month, months[:at], row, history, step_of(unit), here)
            found += check_jumps(row, history, here)
        found += check_again(rows, tables[:at], f"{unit} {month}")
    return found


def check_table(unit, rows, total, here):
    """A16, A01, A22."""
    found = []
    counties = areas_of(unit)
    if list(rows) != counties and sorted(rows) != sorted(counties + OF_WHICH.get(unit, [])):
        found.append(f"A16 {here}: {list(rows)}")
    for code, value in total.items():
        if code == "weighted_average_rate":
            continue
        step = step_of(unit) if "amount" in code or "subsidy" in code else 0
        gap = abs(value - sum(rows[area][code] for area in counties))
        if 2 * gap > (len(counties) + 1) * step:
            found.append(f"A01 {here} {code}: {gap}")
    for inner in OF_WHICH.get(unit, []):
        above = [code for code, value in rows[inner].items() if value > rows["hanbin"].get(code, 0)]
        found += [f"A22 {here} {inner} {code}" for code in above if code not in ("weighted_average_rate", *MOVED)]
    return found


def check_row(row, step, here):
    """A08 to A14 as far as one row tells, A19, A21, A24, A26."""
    found = []

    def need(holds, rule, words=""):
        if not holds:
            found.append(f"{rule} {here} {words}")

    outstanding = row["outstanding_amount"]
    need(2 * abs(sum(row[g] for g in GRADES) - outstanding) <= 6 * step, "A08", "grades")
    need(2 * abs(sum(row[g] for g in GRADES[2:]) - row["npl_amount"]) <= 4 * step, "A08", "npl")
    need(row["past_due_amount"] <= outstanding and row["npl_amount"] <= outstanding, "A08", "of-which")
    need(row["past_due_beyond_grace_amount"] <= row["past_due_amount"], "A21", "grace")
    need(row["past_due_loans"] <= row["outstanding_loans"], "A21", "past-due loans")
    need(row["past_due_households"] <= row["outstanding_households"], "A21", "past-due households")
    for name in ("disbursed_{}_mtd", "disbursed_{}_ytd", "disbursed_{}_cum", "outstanding_{}", "past_due_{}"):
        loans, households, amount = (row[name.format(what)] for what in ("loans", "households", "amount"))
        need(households <= loans and (loans == 0) == (households == 0) and (loans == 0) == (amount == 0), "A09", name)
        if households and "past" not in name and "cum" not in name:
            need(amount <= CAP * households, "A13", f"{name} {amount / households / 100:.0f} 元")
            need(households < 3 or amount * 50 >= CAP * households, "A13", f"{name} far below")
    need(all(value >= 0 for value in row.values()), "A10")
    for what in ("loans", "households", "amount"):
        mtd, ytd, cum = (row[f"disbursed_{what}_{span}"] for span in ("mtd", "ytd", "cum"))
        need(cum >= ytd >= mtd, "A11", what)
    need(row["repaid_amount_ytd"] >= row["repaid_amount_mtd"], "A11", "repaid")
    need(row["written_off_amount_ytd"] >= row["written_off_amount_mtd"], "A11", "written off")
    need(row["disbursed_amount_cum"] >= outstanding, "A11", "cum ≥ outstanding")
    need(row["credit_line_households"] >= row["outstanding_households"], "A12", "lines")
    need(row["credit_line_amount"] >= outstanding, "A12", "line amount")
    need(row["rated_households"] >= row["credit_line_households"], "A12", "rated")
    need(row["registered_households"] >= row["eligible_households"], "A12", "registered")
    for flow in ("disbursed_amount_ytd", "repaid_amount_ytd"):
        need(row["renewed_amount_ytd"] <= row[flow], "A21", f"renewals are an of-which of {flow}")
    need(row["interest_subsidy_paid_ytd"] <= row["interest_subsidy_accrued_ytd"], "paid ≤ accrued")
    owed = outstanding + row["repaid_amount_ytd"] + row["written_off_amount_ytd"]
    need(row["interest_subsidy_accrued_ytd"] * 100 <= owed * 15, "A24", "more than a year's interest at 15 %")
    need(
        row["settled_loans_ytd"] + row["outstanding_loans"] <= row["disbursed_loans_cum"], "A26", "loans are made once"
    )
    rate = row.get("weighted_average_rate")
    need((rate is None) == (row["disbursed_amount_ytd"] == 0), "A14", "blank only where nothing was lent")
    need(rate is None or 3_000_000 <= rate <= 9_000_000, "A14", str(rate))
    need(row["other_change_amount_mtd"] == row["other_change_amount_ytd"] == 0, "A19")
    return found


def check_neighbours(month, earlier, row, history, step, here):
    """A02 to A07, A23, A25, A27, A28, A31, and the parts of A13 and A14 that look back."""
    past = dict(zip(earlier, history, strict=True))
    found = _bases(month, past, row, step, here)
    last = past.get(month.previous)
    if last or month.month == 1:
        found += _flows(month, last, row, step, here)
    if last:
        found += _loans_left(month, last, row, here)
        found += _since_lending_began(last, row, step, here)
        found += _changes_of_scale(row, last, history, here)
    if last and month.month == 1:
        found += [f"A23 {here} {code} anew" for code in GROWING[1:] if row[code] >= last[code] >= 10_000_000]
    if last and month.month > 1:
        before, ytd = last["disbursed_households_ytd"], row["disbursed_households_ytd"]
        largest = max(past[m]["disbursed_households_mtd"] for m in earlier if m.year == month.year)
        if not (before <= ytd <= before + row["disbursed_households_mtd"] and largest <= ytd):
            found.append(f"A06 {here} ytd")
        found += [f"A23 {here} {code}" for code in GROWING if row[code] < last[code]]
    return found


def _bases(month, past, row, step, here):
    """A02, A03 from the typed bases; A07: these are what was reported then."""
    found = []
    for span, base in (("mtd", "outstanding_amount_previous_month"), ("ytd", "outstanding_amount_year_start")):
        moved = row[f"disbursed_amount_{span}"] - row[f"repaid_amount_{span}"] - row[f"written_off_amount_{span}"]
        if 2 * abs(row["outstanding_amount"] - row[base] - moved) > 5 * step:
            found.append(f"A02/A03 {here} {base}")
    for base, when in (("previous_month", -1), ("year_start", -month.month), ("previous_year", -12)):
        then = past.get(month.shifted(when))
        if then and row[f"outstanding_amount_{base}"] != then["outstanding_amount"]:
            found.append(f"A07 {here} {base}")
    return found


def _flows(month, last, row, step, here):
    """A04; A06 in January, when the year is the month."""
    found = []
    first = month.month == 1
    for flow in ("disbursed_loans", "disbursed_amount", "repaid_amount", "written_off_amount"):
        before = 0 if first else last[f"{flow}_ytd"]
        gap = abs(row[f"{flow}_ytd"] - before - row[f"{flow}_mtd"])
        if 2 * gap > (3 * step if "amount" in flow else 0):
            found.append(f"A04 {here} {flow}")
    if first and row["disbursed_households_ytd"] != row["disbursed_households_mtd"]:
        found.append(f"A06 {here} January")
    return found


def _loans_left(month, last, row, here):
    """A28."""
    settled = row["settled_loans_ytd"] - (0 if month.month == 1 else last["settled_loans_ytd"])
    gone = last["outstanding_loans"] + row["disbursed_loans_mtd"] - settled - row["outstanding_loans"]
    quiet = row["written_off_amount_mtd"] == 0
    came = row["outstanding_households"] - last["outstanding_households"]
    found = [f"A28 {here}: {gone}"] if gone < 0 or (gone > 0 and quiet) else []
    if came > row["disbursed_households_mtd"] or (quiet and -came > settled):
        found.append(f"A28 {here}: {came} households")
    return found


def _since_lending_began(last, row, step, here):
    """A05; A06 for households ever reached."""
    found = []
    gap = abs(row["disbursed_amount_cum"] - last["disbursed_amount_cum"] - row["disbursed_amount_mtd"])
    loans = last["disbursed_loans_cum"] + row["disbursed_loans_mtd"]
    if 2 * gap > 3 * step or row["disbursed_loans_cum"] != loans:
        found.append(f"A05 {here}")
    before, cum = last["disbursed_households_cum"], row["disbursed_households_cum"]
    if not before <= cum <= before + row["disbursed_households_mtd"]:
        found.append(f"A06 {here} cum")
    return found


def _changes_of_scale(row, last, history, here):
    found = []
    for amount, households in (
        ("disbursed_amount_mtd", "disbursed_households_mtd"),
        ("disbursed_amount_ytd", "disbursed_households_ytd"),
        ("outstanding_amount", "outstanding_households"),
    ):
        if row[households] >= 3 and last[households] >= 3:
            ratio = Fraction(row[amount] * last[households], row[households] * last[amount])
            if any(abs(ratio / scale - 1) <= Fraction(1, 10) for scale in (Fraction(1, 10), 10)):
                found.append(f"A13 {here} {amount} tenfold")
    rates = [earlier["weighted_average_rate"] for earlier in history if "weighted_average_rate" in earlier]
    if rates and "weighted_average_rate" in row:
        ratio = Fraction(row["weighted_average_rate"], rates[-1])
        near = [(Fraction(1, 100), 10), (Fraction(100), 10), (Fraction(10, 12), 2), (Fraction(12, 10), 2)]
        if any(abs(ratio / scale - 1) <= Fraction(percent, 100) for scale, percent in near):
            found.append(f"A14 {here} jumps to {row['weighted_average_rate']}")
    for code in COUNTED:
        if last[code] >= 10 and not last[code] <= 5 * row[code] <= 25 * last[code]:
            found.append(f"A25 {here} {code}: {last[code]} to {row[code]}")
    bad = GRADES[2:]
    for one, other in [
        (GRADES[0], GRADES[1]),
        (GRADES[1], bad[0]),
        (bad[0], bad[1]),
        (bad[0], bad[2]),
        (bad[1], bad[2]),
    ]:
        low, high = sorted((last[one], last[other]))
        near = 3 if one == GRADES[0] else 1
        crosswise = [abs(row[a] - last[b]) * 10 <= near * last[b] for a, b in ((one, other), (other, one))]
        if low > 0 and high >= 5 * low and all(crosswise):
            found.append(f"A27 {here} {one} {other}")
    return found + _step_by_step(last, row, here)


def _step_by_step(last, row, here):
    """A31: what is in a grade or below it was there last month, or in the next above; what is bad no more is repaid."""
    found = []
    worst, limit = 0, max(10_000_000, sum(last[g] for g in GRADES) // 100)
    for place in (4, 3, 2):
        now, then = (sum(of[g] for g in GRADES[place:]) for of in (row, last))
        worst = max(worst, now - then - last[GRADES[place - 1]])
        worst = max(worst, then - now - row["repaid_amount_mtd"] - row["written_off_amount_mtd"])
    worse = sum(row[g] - last[g] for g in GRADES[1:])
    if worst > limit or worse > max(50_000_000, sum(last[g] for g in GRADES) // 10):
        found.append(f"A31 {here}: {worst}, {worse}")
    return found


def check_jumps(row, history, here):
    """A15, from the seventh month on, as a store would see it that began with the first month."""
    if len(history) < 6:
        return []
    found = []
    for stock in ("outstanding_amount", "credit_line_amount", "past_due_amount"):
        values = [earlier[stock] for earlier in history[-13:]]
        changes = [abs(after - before) for before, after in pairwise(values)]
        change = abs(row[stock] - values[-1])
        if change * 10 > values[-1] * 3 and change > 50 * WAN and change > max(changes):
            found.append(f"A15 {here} {stock}")
    for flow in ("disbursed_amount_mtd", "repaid_amount_mtd", "written_off_amount_mtd"):
        if row[flow] > max(3 * max(earlier[flow] for earlier in history[-12:]), 50 * WAN):
            found.append(f"A15 {here} {flow}")
    return found


def check_again(rows, earlier_tables, here):
    """A18."""
    found = [f"A18 {here}: same as an earlier month" for earlier in earlier_tables if earlier == rows]
    mtd = [value for row in rows.values() for code, value in row.items() if code.endswith("_mtd")]
    return found if any(mtd) else [*found, f"A18 {here}: nothing happened"]


def check_city(city, month):
    """A17 and A20, which need all banks and the county returns; C01's own rules, C01-7."""
    found = []
    tables = {unit: rows_of(city, unit, month) for unit in BANKS}
    reach = {"rcb": [0, 0], "psbc": [0, 0], "abc": [0, 0]}
    registered_in_all = 0
    for county in COUNTIES:
        returned = city.county_return(county, month)
        found += check_return(returned, f"fin-{county} {month}")
        if month.month > 1:
            before = city.county_return(county, month.previous).figures
            added = ("fund_added_amount_ytd", "fund_compensated_amount_ytd")
            found += [f"C01-7 fin-{county} {month} {code}" for code in added if returned.figures[code] < before[code]]
        registered = returned.figures["registered_households"]
        registered_in_all += registered
        lent_in_county = owing_in_county = owed = owed_before = 0
        for institution in ("rcb", "psbc", "abc"):
            unit = f"rcb-{county}" if institution == "rcb" else institution
            row = tables[unit][county]
            for mirror, code in (
                ("mirror_disbursed_households_ytd", "disbursed_households_ytd"),
                ("mirror_disbursed_amount_ytd", "disbursed_amount_ytd"),
                ("mirror_outstanding_amount", "outstanding_amount"),
            ):
                gap = abs(returned.mirror[institution, mirror] - row[code])
                if 2 * gap > (0 if "households" in code else step_of(unit)):
                    found.append(f"A17 {unit} {county} {month} {code}: {gap}")
            if row["registered_households"] != registered:
                found.append(f"A17 {unit} {county} {month}: registered")
            lent_in_county += row["disbursed_households_cum"]
            owing_in_county += row["outstanding_households"]
            owed += row["outstanding_amount"]
            owed_before += row["outstanding_amount_previous_year"]
            reach[institution][0] += row["disbursed_households_cum"]
            reach[institution][1] += row["outstanding_households"]
            if row["outstanding_amount"] > 2 * row["outstanding_amount_previous_year"]:
                found.append(f"A20 {unit} {county} {month}: growth")
        if max(lent_in_county, owing_in_county) > registered or owed > 2 * owed_before:
            found.append(f"A20 {county} {month}")
    if any(max(pair) > registered_in_all for pair in reach.values()):
        found.append(f"A20 {month}")
    return found


def check_return(returned, here):
    f = returned.figures
    amounts = [*f.values(), *returned.mirror.values()]
    order = f["scored_households"] <= f["visited_households"] <= f["registered_households"]
    posts = all(
        f[f"posts_{level}_set_up"] <= f[f"posts_{level}_planned"] for level in ("county", "township", "village")
    )
    projects = all(
        p.invested <= p.total and p.loan <= p.total and min(p.invested, p.loan) >= 0 for p in returned.projects
    )
    whole = f["registered_households"] >= f["eligible_households"] and 1 <= len(returned.projects) <= 3
    return [] if min(amounts) >= 0 and order and posts and projects and whole else [f"C01 {here}"]


def check_targets(city, year, months):
    """T01: each bank and county once; and no target is overshot, so that no rate of completion is above 100 %."""
    targets = city.targets(year)
    expected = {
        (institution, county, code)
        for institution in ("rcb", "psbc", "abc")
        for county in COUNTIES
        for code in ("target_amount", "target_households")
    }
    found = [] if set(targets) == expected and min(targets.values()) > 0 else [f"T01 {year}"]
    last = max(month for month in months if month.year == year)
    for institution, county, code in targets:
        row = rows_of(city, f"rcb-{county}" if institution == "rcb" else institution, last)[county]
        if row[code.replace("target", "disbursed") + "_ytd"] > targets[institution, county, code]:
            found.append(f"A20 {institution} {county} {year} {code}")
    return found


def check_all(city, months):
    found = [sentence for unit in BANKS for sentence in check_unit(city, unit, months)]
    found += [sentence for month in months for sentence in check_city(city, month)]
    found += [sentence for year in {month.year for month in months} for sentence in check_targets(city, year, months)]
    return found
