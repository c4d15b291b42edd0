"""T01-7: a bank's targets county by county against what it was set the year before.

Last year 农商银行 was set 1380 in 紫阳, 790 in 岚皋, 1070 in 平利, 270 in 镇坪; 300, 10 and the like make the bounds plain.
Unless a case says otherwise every bank is set a tenth more than last year in every county.
"""

import pytest

from pipeline.validate import check
from pipeline.validate.history import History, told_by
from tests.validate.months import with_policy
from tests.validate.returns import ABSENT, TEN, WAN, catalog, cell_of, targets

LAST = dict(zip(TEN, [3540, 1080, 680, 410, 1380, 790, 1070, 270, 2010, 940], strict=True))
"""万元 of 农商银行; 邮储银行 half as much, 农业银行 a fifth; a household for every 2 万元, 1 万元 and 0.4 万元."""
PARTS = {"rcb": 10, "psbc": 5, "abc": 2}
AMOUNT, HOUSEHOLDS = "target_amount@rcb", "target_households@rcb"
ROW = {area: number for number, area in enumerate(TEN, start=5)}


def table(by_bank):
    """Targets of each bank by county, in 万元 of 农商银行."""
    return {
        (area, f"{code}@{bank}"): value * part * each // 10
        for bank, part in PARTS.items()
        for area, value in by_bank[bank].items()
        for code, each in (("target_amount", WAN), ("target_households", 1))
    }


def grown(changes=(), percent=10):
    """A tenth more in each county, but these."""
    return {area: value * (100 + percent) // 100 for area, value in LAST.items()} | dict(changes)


def banks(**own):
    return table({bank: own.get(bank, grown()) for bank in PARTS})


def found(changes, last=None, policy=None, total=None):
    before = table(dict.fromkeys(PARTS, LAST)) if last is None else last
    known = History.of(told_by([targets(before, period="2017")])) if before else History()
    return [f for f in check([targets(changes, total)], policy or catalog(), known) if f.rule == "T01-7"]


def told(*args, **more):
    return [(f.cause, f.area, f.indicator) for f in found(*args, **more)]


def accused(finding):
    return {figure.cell for figure in finding.accused}


def cells(*areas, bank="rcb"):
    return {cell_of(f"target_{code}@{bank}", ROW[area]) for code in ("amount", "households") for area in areas}


NEW = grown()


def moved(*pairs):
    """Each of these counties has the new figures of another."""
    return {area: NEW[source] for area, source in pairs}


EXCHANGED = moved(("ziyang", "langao"), ("langao", "ziyang"))
ANYWHERE = [("areas_exchanged", "ziyang", AMOUNT)]


def test_a_tenth_more_everywhere_is_nothing():
    assert found(banks()) == []


# ------------------------------------------------------------------ exchanged


def test_two_counties_have_each_others():
    """1380 and 790 were grown to 1518 and 869: these stand in each other's place."""
    (finding,) = found(banks(rcb=grown(EXCHANGED)))
    assert finding.message == (
        "“农商银行/目标金额”紫阳县869.00万元、岚皋县1518.00万元，与对方上年（2017年）的数相称，与本县区的不相称；"
        "“农商银行/目标户数”也是这样：疑似两个县区互换。请核对这些县区各栏；如属实，请说明原因。"
    )
    assert (finding.severity, finding.level, finding.area, finding.indicator) == ("soft", 1, "ziyang", AMOUNT)
    assert finding.cell == cell_of(AMOUNT, ROW["ziyang"])
    assert accused(finding) == cells("ziyang", "langao")


def flat(**own):
    """万元 of every bank last year: 1000 in each county, but these."""
    return table(dict.fromkeys(PARTS, dict.fromkeys(TEN, 1000) | own))


def amounts(**own):
    """Amounts of 农商银行 in 万元 and thousandths."""
    return {(area, AMOUNT): value * WAN for area, value in own.items()}


@pytest.mark.parametrize(("why", "ziyang", "is_told"), [
    ("a fifth more than 1000", 1200, True),
    ("more than that", 1201, False),
    ("1000 is a fifth more", 834, True),
    ("1000 is more than a fifth more", 833, False),
])  # fmt: skip
def test_how_near_is_the_others(why, ziyang, is_told):
    """紫阳 was set 2000 and 岚皋 1000, as all others; now 岚皋 is set 2000."""
    last = flat(ziyang=2000)
    assert told(last | amounts(langao=2000, ziyang=ziyang), last) == (ANYWHERE if is_told else []), why


@pytest.mark.parametrize(("ziyang", "is_told"), [(1500, True), (1499, False)])
def test_half_as_much_again_is_far(ziyang, is_told):
    last = flat(ziyang=ziyang)
    assert told(last | amounts(langao=ziyang, ziyang=1000), last) == (ANYWHERE if is_told else [])


def test_near_and_far_are_as_dated():
    last = flat(ziyang=1400)
    changes = last | amounts(langao=1400, ziyang=1000)
    assert told(changes, last, with_policy(target_far_percent=40)) == ANYWHERE
    last = flat(ziyang=2000)
    changes = last | amounts(langao=2000, ziyang=1201)
    assert told(changes, last, with_policy(target_near_percent=21)) == ANYWHERE


@pytest.mark.parametrize(("anew", "is_told"), [((), True), (("hanbin", "hanyin", "shiquan"), True),
                                               (("hanbin", "hanyin", "shiquan", "ningshan"), False)], ids=str)  # fmt: skip
def test_where_most_are_set_anew_nothing_is_exchanged(anew, is_told):
    """Of ten counties two are exchanged, and some are set many times as much or little: five are as they were, or four."""
    last = flat(ziyang=2000)
    sizes = zip(anew, (7000, 100, 9000, 90), strict=False)
    found = told(last | amounts(langao=2000, ziyang=1000, **dict(sizes)), last)
    assert found == (ANYWHERE if is_told else [])


def test_what_all_banks_have_exchanged_is_one_finding():
    """And another pair of one bank is told with it, in its own words."""
    more = moved(("hanbin", "zhenping"), ("zhenping", "hanbin"))
    (finding,) = found(banks(rcb=grown(EXCHANGED), psbc=grown(EXCHANGED), abc=grown(more)))
    assert finding.message == (
        "“农商银行/目标金额”紫阳县869.00万元、岚皋县1518.00万元，与对方上年（2017年）的数相称，与本县区的不相称；"
        "“农商银行/目标户数”也是这样；“邮储银行/目标金额”也是这样；“邮储银行/目标户数”也是这样；"
        "“农业银行/目标金额”汉滨区59.40万元、镇坪县778.80万元；“农业银行/目标户数”也是这样"
        "：疑似两个县区互换。请核对这些县区各栏；如属实，请说明原因。"
    )
    both = cells("ziyang", "langao") | cells("ziyang", "langao", bank="psbc")
    assert accused(finding) == both | cells("hanbin", "zhenping", bank="abc")


# ------------------------------------------------------------------ a row off

DOWN = moved(("ningshan", "shiquan"), ("ziyang", "ningshan"), ("langao", "ziyang"), ("pingli", "langao"))


@pytest.mark.parametrize(("why", "changes", "first"), [
    ("five, the first has the last one's", DOWN | moved(("shiquan", "pingli")), "shiquan"),
    ("four below, and the first is as it should be", DOWN, "ningshan"),
    ("upwards", moved(("shiquan", "ningshan"), ("ningshan", "ziyang"), ("ziyang", "langao"), ("langao", "pingli")),
     "shiquan"),
    ("three, the first has the last one's", moved(("hanyin", "ningshan"), ("shiquan", "hanyin"),
     ("ningshan", "shiquan")), "hanyin"),
    ("all ten", moved(*zip(TEN, [TEN[-1], *TEN[:-1]], strict=True)), "hanbin"),
])  # fmt: skip
def test_rows_are_shifted(why, changes, first):
    assert told(banks(rcb=grown(changes))) == [("row_shifted", first, AMOUNT)], why


def test_the_counties_of_a_shift_are_named():
    """680, 410, 1380 and 790 with a tenth more: 748, 451, 1518, 869."""
    (finding,) = found(banks(rcb=grown(DOWN)))
    assert finding.message == (
        "“农商银行/目标金额”宁陕县748.00万元、紫阳县451.00万元、岚皋县1518.00万元、平利县869.00万元，"
        "各与相邻县区上年（2017年）的数相称，与本县区的不相称；“农商银行/目标户数”也是这样："
        "疑似错行。请核对这些县区各栏；如属实，请说明原因。"
    )
    assert accused(finding) == cells("ningshan", "ziyang", "langao", "pingli")


def test_a_run_of_two_is_no_shift():
    """石泉 has 汉阴's 1188, 宁陕 石泉's 748: that 石泉 is like its neighbour is told."""
    changes = moved(("shiquan", "hanyin"), ("ningshan", "shiquan"))
    assert told(banks(rcb=grown(changes))) == [("other_area", "shiquan", AMOUNT)]


@pytest.mark.parametrize(
    ("shiquan", "ningshan", "is_told"), [(2100, 3150, True), (2024, 3150, False), (2100, 3149, False)]
)
def test_two_of_a_run_are_far_from_their_own(shiquan, ningshan, is_told):
    """汉阴 was set 1350 and is set 1000; 石泉 1350, near 2024 and far from 2025; 宁陕 what was 石泉's, a third less or not."""
    last = flat(hanyin=1350, shiquan=shiquan, ningshan=ningshan)
    changes = last | amounts(hanyin=1000, shiquan=1350, ningshan=shiquan)
    assert [f.area for f in found(changes, last) if f.cause] == (["hanyin"] if is_told else [])


# ------------------------------------------------------------------ a neighbour's


@pytest.mark.parametrize(("why", "changes", "area"), [
    ("the county above", moved(("zhenping", "pingli")), "zhenping"),
    ("the county below", moved(("pingli", "zhenping")), "pingli"),
    ("a county farther off", moved(("zhenping", "hanbin")), ""),
])  # fmt: skip
def test_a_county_has_its_neighbours(why, changes, area):
    assert told(banks(rcb=grown(changes))) == ([("other_area", area, AMOUNT)] if area else []), why


def test_which_is_the_neighbours_comes_first():
    """1070 and a tenth is 1177; both figures of 镇坪 are told, and no figure of 平利."""
    (finding,) = found(banks(rcb=grown(moved(("zhenping", "pingli")))))
    assert finding.message == (
        "“农商银行/目标金额”镇坪县1177.00万元、平利县1177.00万元，完全相同，上年（2017年）不同，"
        "前一个县区的与自己上年的不相称；“农商银行/目标户数”也是这样："
        "疑似填了相邻县区的数。请核对这些县区各栏；如属实，请说明原因。"
    )
    assert accused(finding) == cells("zhenping")


@pytest.mark.parametrize("place", [AMOUNT, HOUSEHOLDS])
def test_one_figure_alone_may_be_the_same_by_chance(place):
    changes = banks(rcb=grown(moved(("zhenping", "pingli"))))
    assert found(changes | {("zhenping", place): changes["zhenping", place] + 1}) == []


@pytest.mark.parametrize(("zhenping", "is_told"), [(1200, False), (1201, True)])
def test_a_county_that_is_near_its_own_may_be_like_its_neighbour(zhenping, is_told):
    last = flat(zhenping=zhenping)
    changes = last | {("zhenping", place): last["pingli", place] for place in (AMOUNT, HOUSEHOLDS)}
    assert told(changes, last) == ([("other_area", "zhenping", AMOUNT)] if is_told else [])


def test_neighbours_that_were_alike_last_year_may_be_so_again():
    last = flat(pingli=2000, zhenping=2000)
    assert found(last | flat(pingli=3500, zhenping=3500), last) == []


# ------------------------------------------------------------------ last year's


KEPT = grown(percent=0)


def test_one_bank_is_as_last_year_and_the_others_are_not():
    (finding,) = found(banks(psbc=KEPT))
    assert finding.message == (
        "“邮储银行/目标金额”等20个数全部与上年（2017年）的目标任务相同，而其他银行的不相同：疑似照抄了上年的栏。"
        "请核对；如属实，请说明原因。"
    )
    assert (finding.severity, finding.area, finding.indicator) == ("soft", "hanbin", "target_amount@psbc")
    assert accused(finding) == cells(*TEN, bank="psbc")


def test_two_banks_are_as_last_year():
    (finding,) = found(banks(psbc=KEPT, abc=KEPT))
    assert "的不相同；“农业银行/目标金额”也是这样：疑似" in finding.message
    assert accused(finding) == cells(*TEN, bank="psbc") | cells(*TEN, bank="abc")


def without(*kept, since=0):
    return {
        (area, f"target_{code}@{bank}"): ABSENT
        for bank in PARTS
        for area in TEN[since:]
        for code in ("amount", "households")
        if bank not in kept
    }


@pytest.mark.parametrize(("why", "changes", "last", "is_told"), [
    ("all banks are: that is T01-5's", banks(rcb=KEPT, psbc=KEPT, abc=KEPT), {}, False),
    ("a household more", banks(rcb=KEPT) | {("baihe", HOUSEHOLDS): 941}, {}, False),
    ("a fen more", banks(rcb=KEPT) | {("baihe", AMOUNT): 940 * WAN + 1}, {}, False),
    ("the others are by a household of one county", banks(rcb=KEPT, psbc=KEPT, abc=KEPT)
     | {("baihe", "target_households@abc"): 189}, {}, True),
    ("the others were set nothing last year", banks(rcb=KEPT), without("rcb"), False),
])  # fmt: skip
def test_a_bank_is_as_last_year_if_all_its_figures_are(why, changes, last, is_told):
    assert bool(found(changes, table(dict.fromkeys(PARTS, LAST)) | last)) is is_told, why


@pytest.mark.parametrize(("counties", "is_told"), [(5, True), (4, False)])
def test_five_counties_tell_a_column(counties, is_told):
    fewer = {(area, place): ABSENT for area in TEN[counties:] for place in (AMOUNT, HOUSEHOLDS)}
    assert bool(found(banks(rcb=KEPT) | fewer)) is is_told


@pytest.mark.parametrize(
    ("own", "is_told"), [({"hanbin": 2000, "hanyin": 3000}, True), ({"hanbin": 2000}, False)], ids=str
)
def test_three_different_figures_tell_a_column(own, is_told):
    last = flat(**own)
    news = {("baihe", "target_amount@abc"): 300 * WAN}
    assert bool([f for f in found(last | news, last) if not f.cause and f.indicator == AMOUNT]) is is_told


# ------------------------------------------------------------------ not known


@pytest.mark.parametrize("changes", [EXCHANGED, DOWN, moved(("zhenping", "pingli")), dict(LAST)], ids=len)
def test_without_last_years_targets_nothing_is_said(changes):
    assert found(banks(rcb=grown(changes)), {}) == []


@pytest.mark.parametrize(("counties", "is_told"), [(5, True), (4, False)])
def test_five_counties_tell_how_much_targets_have_grown(counties, is_told):
    """汉滨 was set 1000 and 紫阳 2000, as both are in each other's place; without 宁陕 the bank has four counties."""
    order = (
        ("hanbin", "hanyin", "shiquan", "ningshan", "ziyang")
        if counties == 5
        else ("hanbin", "hanyin", "shiquan", "ziyang")
    )
    last = {key: value for key, value in flat(ziyang=2000).items() if key[0] in order}
    gone = {(area, place): ABSENT for area, place in flat() if area not in order}
    changes = flat(ziyang=2000) | amounts(ziyang=1000, hanbin=2000) | gone
    assert bool(found(changes, last | gone)) is is_told


def test_a_typed_total_is_no_county():
    assert told(banks(rcb=grown(EXCHANGED)), total={AMOUNT: 1, HOUSEHOLDS: 1}) == ANYWHERE


def test_a_county_that_was_set_nothing_is_like_no_other():
    last = table(dict.fromkeys(PARTS, LAST | {"langao": 0}))
    assert found(banks(rcb=grown(EXCHANGED)), last) == []


CASES = [
    ("T01-7", "a tenth more", {}, {}, None, ""),
    ("T01-7", "two exchanged", {}, {}, ("ziyang", AMOUNT, "", ""), ""),
]
"""Read by `test_promises.py`."""
