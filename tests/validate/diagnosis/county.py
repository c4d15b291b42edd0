"""A hand-made county whose February is true, and what is found when March is not."""

from pipeline.model import Severity
from pipeline.validate import check, check_over_time, diagnose
from pipeline.validate.past import Past
from tests.validate.returns import COUNTY, TEN, WAN, catalog, statement, table

FEBRUARY = COUNTY | {
    "disbursed_loans_mtd": 12,
    "disbursed_households_mtd": 11,
    "disbursed_amount_mtd": 45 * WAN,
    "disbursed_loans_ytd": 22,
    "disbursed_households_ytd": 21,
    "disbursed_amount_ytd": 85 * WAN,
    "disbursed_loans_cum": 489,
    "disbursed_households_cum": 441,
    "disbursed_amount_cum": 1955 * WAN,
    "repaid_amount_mtd": 22 * WAN,
    "repaid_amount_ytd": 40 * WAN,
    "settled_loans_ytd": 22,
    "written_off_amount_ytd": 1 * WAN,
    "outstanding_amount": 1175 * WAN,
    "outstanding_amount_previous_month": 1152 * WAN,
    "pass_amount": 1155 * WAN,
}
"""What March grew out of: 1175 + 45 − 20 = 1200."""


def judged(*sent, past=None):
    """All findings of levels 1 and 2, diagnosed."""
    known = Past.of_submissions([statement(FEBRUARY, period="2018-02")]) if past is None else past
    found = [*check(sent, catalog()), *check_over_time(sent, catalog(), known)]
    return diagnose(found, sent, catalog(), known)


def told(findings):
    return [(f.rule, f.indicator, f.cause) for f in findings if not f.under and f.severity is not Severity.NOTE]


def ten(total=None, **changes):
    """Ten alike counties in March; `changes` of the first."""
    areas = {area: COUNTY for area in TEN} | {TEN[0]: COUNTY | changes}
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    return table(areas, {code: sum(figures[code] for figures in areas.values()) for code in codes} | (total or {}))


TEN_FEBRUARIES = Past.of_submissions([table({area: FEBRUARY for area in TEN}, period="2018-02")])
