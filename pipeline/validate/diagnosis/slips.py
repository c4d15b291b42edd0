"""Slips of the pen: how a figure may have become another one."""

from __future__ import annotations

from enum import StrEnum

from pipeline.money import YUAN_PER_WAN


class Cause(StrEnum):
    """Why figures are wrong, as far as they tell themselves; the value is what a report calls it."""

    UNIT = "元、万元填错"
    TRANSPOSED = "数字前后颠倒"
    DIGIT_MORE = "多写一位"
    DIGIT_LESS = "少写一位"
    WRONG_DIGIT = "写错一位数字"
    SIGN = "正负号写反"
    ROW_SHIFTED = "错行"
    COLUMN_SHIFTED = "错列"
    AREAS_EXCHANGED = "两个县区互换"
    NAMES_SORTED = "县区名称与数字错位"
    COLUMNS_EXCHANGED = "两栏互换"
    BANKS_EXCHANGED = "两家银行互换"
    LAST_MONTHS = "填了上月的数"
    YEAR_AS_MONTH = "把累计数填作本月数"
    MONTH_AS_YEAR = "把本月数填作累计数"
    EVER_AS_YEAR = "把历史累计数填作本年累计数"
    YEAR_AS_EVER = "把本年累计数填作历史累计数"
    TOTAL_NOT_UPDATED = "合计没有随之更新"
    OF_WHICH_ADDED = "合计重复加入了其中项"
    AREA_LEFT_OUT = "合计漏加了一个县区"
    OTHER_MONTH = "填了别的月份的数"
    FLOW_LEFT_OUT = "余额漏算了本月的一笔发生额"
    YEAR_NOT_RESET = "本年累计没有从1月起重新计算"
    OTHER_COLUMN = "填了别的栏的数"
    OTHER_AREA = "填了别的行的数"
    OTHER_COUNTY = "填了别的县区的数"
    OMITTED = "漏填（填作0）"
    POINT = "小数点错位"
    ROUNDED = "取整后填报"
    CORRECTION_NOT_CARRIED = "没有接上订正过的上月数"
    LAST_MONTH_WRONG = "上月报表有误"
    ROW = "整行填错"
    PERIOD = "报告期写错"
    SENDER = "填报单位写错"
    MONTH_AND_YEAR = "同时多填或少填了相同的数"
    OTHER = "填错"


STEMS = {
    "_mtd": {"_ytd": Cause.YEAR_AS_MONTH, "_cum": Cause.YEAR_AS_MONTH},
    "_ytd": {"_mtd": Cause.MONTH_AS_YEAR, "_cum": Cause.EVER_AS_YEAR},
    "_cum": {"_ytd": Cause.YEAR_AS_EVER, "_mtd": Cause.MONTH_AS_YEAR},
}
"""Span of a figure → span whose figure stands there → what that is called."""
FACTORS = (
    (YUAN_PER_WAN, Cause.UNIT, Cause.UNIT),
    (10, Cause.DIGIT_MORE, Cause.DIGIT_LESS),
    (100, Cause.POINT, Cause.POINT),
    (1000, Cause.POINT, Cause.POINT),
)
"""How many times as much, what it is called where that was written, and where it should have been; money's first."""


def slip(reported: int, true: int, step: int, *, is_amount: bool = True) -> Cause | None:
    """Which slip turns the true figure into the reported one; None where no simple one does.

    Args:
        reported: what is typed, in whole units of the figure.
        true: what equations make of it, known only within `step`.
        step: the last place that is typed.
        is_amount: money; a count is exact, and has no unit to be mistaken.
    """
    if reported == true:
        return None
    if reported and abs(reported + true) <= step:
        return Cause.SIGN
    if not reported:
        return Cause.OMITTED
    if is_amount and abs(true) <= step < abs(reported):
        return None  # nought, as far as is known: that is no multiple of anything
    for factor, more, less in FACTORS if is_amount else FACTORS[1:]:
        near = step * factor if is_amount else 0
        if abs(reported - true * factor) <= near and true:
            return more
        if abs(reported * factor - true) <= (
            max(near, _rest(reported) * YUAN_PER_WAN // 2) if factor == YUAN_PER_WAN else near
        ):
            return less
    if not is_amount and not true:
        return None
    return (
        _of_digits(abs(reported) // max(1, step), abs(true), max(1, step), is_amount) if reported * true >= 0 else None
    )


def exact_inverses(reported: int, step: int) -> list[int]:
    """What a figure was, to the last digit, if a slip made it what is typed: nought first, then without its minus.

    An equation knows a figure only as far as roundings let it; the slip, undone, knows it as it was typed. A digit that
    is not there cannot be known this way.
    """
    sign, digits = (-1 if reported < 0 else 1), str(abs(reported) // step)
    swapped = (digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    without = (digits[:at] + digits[at + 1 :] for at in range(len(digits))) if len(digits) > 1 else ()
    shifted = [reported * factor for factor, _, _ in FACTORS]
    shifted += [reported // factor for factor, _, _ in FACTORS if reported % (factor * step) == 0]
    return list(dict.fromkeys([0, -reported, *shifted, *(sign * int(text) * step for text in (*swapped, *without))]))


def _rest(reported: int) -> int:
    """The last place that is not nought: who writes 万元 for 元 may well round to two decimals, or to none."""
    step = 1
    while reported % (step * 10) == 0:
        step *= 10
    return step


def _of_digits(reported: int, true: int, step: int, is_amount: bool) -> Cause | None:
    """The same of the digits as typed; the true figure may be off by a unit of the last place, either way."""
    for near in (true // step + off for off in ((0, 1, -1) if is_amount else (0,))):
        one, other = str(reported), str(max(0, near))
        if len(one) == len(other):
            differing = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
            if len(differing) == 2 and differing[1] - differing[0] == 1 and _are_swapped(one, other, *differing):
                return Cause.TRANSPOSED
        if len(one) == len(other) + 1 and _is_with_one_more(one, other):
            return Cause.DIGIT_MORE
        if len(one) + 1 == len(other) and _is_with_one_more(other, one):
            return Cause.DIGIT_LESS
    for near in (true // step + off for off in ((0, 1, -1, 2, -2, 3) if is_amount else (0,))):
        one, other = str(reported), str(max(0, near))
        if len(one) == len(other) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
            return Cause.WRONG_DIGIT
    return None


def _are_swapped(one: str, other: str, first: int, second: int) -> bool:
    return one[first] == other[second] and one[second] == other[first]


def _is_with_one_more(longer: str, shorter: str) -> bool:
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
