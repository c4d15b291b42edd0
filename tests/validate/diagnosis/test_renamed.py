"""Names of areas in another order than their figures: one message, whoever's figures stand beside whose name."""

import pytest

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged, told
from tests.validate.returns import COUNTY, TEN, WAN, table


def county(month, number, alike=()):
    """A county with more outstanding and ever lent, each otherwise; those that are `alike` have the first's."""
    number = alike[0] if number in alike else number
    more = ("outstanding_amount", "pass_amount", "credit_line_amount", "disbursed_amount_cum")
    untyped = {code: None for code in month if code.startswith("outstanding_amount_")}
    return month | untyped | {code: month[code] + (3 * number + number**2) * WAN for code in more}


def sent(order, alike=()):
    """March of ten counties: under the n-th name stand the figures of the county at `order[n]`."""
    past = Past.of_submissions(
        [table({area: county(FEBRUARY, n, alike) for n, area in enumerate(TEN)}, period="2018-02")]
    )
    areas = {area: county(COUNTY, n, alike) for area, n in zip(TEN, order, strict=True)}
    return told(judged(table(areas), past=past))


STOOD = list(range(10))


@pytest.mark.parametrize(
    ("why", "order", "causes"),
    [
        ("as they stood", STOOD, []),
        ("all of them", [9, 0, 1, 5, 3, 6, 2, 8, 7, 4], ["names_sorted"]),
        ("four of them", [0, 3, 1, 4, 2, *STOOD[5:]], ["names_sorted"]),
        ("three, each with another's", [5, 1, 2, 3, 4, 8, 6, 7, 0, 9], ["names_sorted"]),
        ("two pairs at once", [1, 0, 3, 2, *STOOD[4:]], ["names_sorted"]),
        ("two of them", [1, 0, *STOOD[2:]], ["areas_exchanged"]),
        ("one further, the last one first", [9, *STOOD[:9]], ["row_shifted"]),
        ("one back, the first one last", [*STOOD[1:], 0], ["row_shifted"]),
    ],
)
def test_the_order_of_the_names(why, order, causes):
    assert [cause for _, _, cause in sent(order)] == causes, why


def test_who_stands_beside_whom_is_told():
    areas = {area: county(COUNTY, n) for area, n in zip(TEN, [0, 3, 1, 4, 2, *STOOD[5:]], strict=True)}
    past = Past.of_submissions([table({area: county(FEBRUARY, n) for n, area in enumerate(TEN)}, period="2018-02")])
    (root,) = [f for f in judged(table(areas), past=past) if not f.under and f.severity == "hard"]
    assert "4个县区的名称与数字错位，疑似只动了县区名称的次序" in root.message
    assert (
        "“汉阴县”一行是宁陕县的数，“石泉县”一行是汉阴县的数，“宁陕县”一行是紫阳县的数，“紫阳县”一行是石泉县的数"
        in root.message
    )


def test_whose_figures_they_are_must_be_sure():
    """Two counties that are alike leave it open whose figures stand where."""
    assert "names_sorted" not in [cause for _, _, cause in sent([0, 3, 1, 4, 2, *STOOD[5:]], alike=(1, 2))]
