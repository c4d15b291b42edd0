"""Words about time → months and years; and of words that name no month for sure, what they say instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.heading import plain
from pipeline.ingest.period_spans import spans_in
from pipeline.periods import Month

_YEAR_MONTH = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d{2})|(?P<short>[1-4]\d)(?=\s*年\s*\d{1,2}\s*月))\s*"
    r"(?:年度?\s*(?P<named>\d{1,2})(?=\s*月|[./-]\s*\d)|(?<=\s)(?P<spaced>\d{1,2})(?=\s*月)|[-./](?P<plain>\d{1,2})(?!\d|\s*[%万亿元户笔号季期次]))"
    r"(?:\s*[月./-]\s*(?P<day>\d{1,2})(?!\d)\s*日?)?"
)
"""「18年3月」 is 2018: four digits or two, but two only before 年 and 月."""

_DEADLINE = re.compile(r"\s*(?:月\s*)?(?:份|末|底)?\s*[之以]?前(?!\d)")
"""What stands behind a day by which something is to be done."""
_DONE = re.compile(r"\s*(?:上报|报出|报送|填报|填表|制表|编制|打印|导出|印发|发布|提交)(?!表)")
"""What stands behind a day on which something was done."""

_SIGNS = "〇○零一二三四五六七八九"
_REPUBLIC = re.compile(
    rf"民国\s*[\d百十{_SIGNS}]{{1,5}}\s*年(?:\s*\d{{1,2}}\s*月)?|(?<!\d)1[0-4]\d\s*年\s*\d{{1,2}}\s*月"
)
"""Years counted from 1912, named so or by their three digits."""
_DIGITS = str.maketrans(_SIGNS + "Oo", "00012345678900")
_CHINESE_YEAR = re.compile(
    rf"[一二][{_SIGNS}0Oo]{{3}}(?=年)|(?<![十{_SIGNS}])[一二三四][{_SIGNS}](?=年\s*(?:\d|[一二三四五六七八九十])[一二\d]?月)"
)
_CHINESE_MONTH = re.compile(r"(?<=年)\s*(十[一二]?|[一二三四五六七八九])(?=月)")
_CHINESE_DAY = re.compile(r"(?<=月)\s*(三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?=日)")
_CHINESE_MONTH_ALONE = re.compile(
    rf"(?<![年个十{_SIGNS}])(十[一二]?|[一二三四五六七八九])(?=月|[至到—–~-][一二三四五六七八九十]{{1,2}}月)"
)

_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d)")
_DAY = re.compile(r"(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|([-./])\d{1,2}\1\d{1,2}(?!\d))")
_COMPACT_DAY = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_COMPACT_IN_TITLE = re.compile(
    r"(?<![\d.号第编字:：oO№])(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)?"
    r"(?!\d|\.\d|\s*[号期批版次制修印%万亿元户笔])"
)
_OF_A_TABLE = re.compile(r"表|统计|报|情况|数据")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年(?!\s*(?:制|版|印|修订|第?\d+号))")
_MONTH_ALONE = re.compile(
    r"(?:(?P<until>截[至止到]\s*)|(?<![\d年第近.—–~至到-])(?<![—–~至到-]\s))(?P<month>\d{1,2})\s*月(?!\s*[—–~至到-])(?:份|末|底)?"
    r"(?:\s*(?P<day>\d{1,2})\s*日)?"
)
_QUARTER = re.compile(r"第?\s*[1-4一二三四]\s*季度?|[上下]半年|半年度")
_QUARTER_NUMBER = re.compile(r"([1-4一二三四])\s*季度?(?!\d)|([上下])半年")
_ISSUE = re.compile(r"((?:19|20)\d{2})\s*年?度?\s*第\s*(\d{1,2})\s*期")
_REPUBLIC_YEAR = re.compile(rf"(?:民国)?\s*([\d{_SIGNS}]{{2,3}})\s*年(?:\s*(\d{{1,2}})\s*月)?")
_ANY_DAY = re.compile(r"(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?")
_SERIAL = re.compile(r"[45]\d{4}(?:\.0)?")


_MADE = re.compile(r"\s*月?\s*份?\s*(?:制表|编制|印制|制(?=$|[\s)])|印发|修[订改]|打印|导出|出表)")
"""What stands behind a month in which the form itself was made."""


def months_named(text: str, *, compact: bool = False) -> list[Month]:
    """The months that a text names (2018年3月, 2018-03, 18年3月, 二〇一八年三月, 截至2018年3月31日), each once.

    A span over months (2019年2—3月) names both its ends: it is no month; the year up to a month's end names none, it
    may only agree. A day that does not close its month tells when something was done, or is no month's end; a day
    before which something is due is none either.
    `compact`: 201803 and 20180331 count too.
    """
    found: list[Month] = []
    rest = _REPUBLIC.sub(" ", arabic(plain(text)))
    spans, rest = spans_in(rest)
    for span in spans:
        if span.first == span.last and span.is_whole:
            _add(found, span.first.year, span.first.month)
        elif span.first != span.last and not span.is_since_january:
            _add(found, span.first.year, span.first.month)
            _add(found, span.last.year, span.last.month)
    for match in _YEAR_MONTH.finditer(rest):
        year = int(match["year"] or f"20{match['short']}")
        month, day = int(match["named"] or match["spaced"] or match["plain"]), match["day"]
        end = match.end()
        due = _DEADLINE.match(rest, end) or _MADE.match(rest, end) or (day and _DONE.match(rest, end))
        if not due and (not day or _closes(year, month, int(day))):
            _add(found, year, month)
    if compact:
        for numbers in _COMPACT.findall(_COMPACT_DAY.sub(_closing_month, rest)):
            _add(found, *map(int, numbers))
    return found


def _closes(year: int, month: int, day: int) -> bool:
    return not 1 <= month <= 12 or day == Month(year, month).last_day.day


def _closing_month(day: re.Match[str]) -> str:
    year, month, number = int(day[0][:4]), int(day[0][4:6]), int(day[0][6:])
    return f" {day[0][:6]} " if _closes(year, month, number) else " "


def _add(found: list[Month], year: int, month: int) -> None:
    if 1 <= month <= 12 and Month(year, month) not in found:
        found.append(Month(year, month))


def arabic(text: str) -> str:
    """二〇一八年三月三十一日 as 2018年3月31日, 一八年三月 as 18年3月."""
    text = _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), text)
    text = _CHINESE_MONTH.sub(lambda month: _number(month[1]), text)
    return _CHINESE_DAY.sub(lambda day: _number(day[1]), text)


def _number(words: str) -> str:
    """一 to 三十一 as digits."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return words.translate(_DIGITS)
    return f"{tens.translate(_DIGITS) or 1}{ones.translate(_DIGITS) or 0}"


def months_in_name(name: str) -> list[Month]:
    """The months that the name of a file or the subject of a mail gives; a day (20180408, 2018-04-08) is when."""
    text = plain(name)
    text = _COMPACT_DAY.sub(" ", _DAY.sub(" ", text))
    found = months_named(text)
    for year, month in _COMPACT.findall(text):
        if Month(int(year), int(month)) not in found:
            found.append(Month(int(year), int(month)))
    return found


def months_in_title(text: str) -> list[Month]:
    """The months that a title names, 201803 or 20180331 in its name (统计表_201803) too."""
    found = months_named(text)
    if _OF_A_TABLE.search(text):
        for match in _COMPACT_IN_TITLE.finditer(plain(text)):
            year, month, day = int(match["year"]), int(match["month"]), match["day"]
            if not day or _closes(year, month, int(day)):
                _add(found, year, month)
    return found


def years_named(text: str) -> list[str]:
    """The years that a text names (2018年, 2018年度), each once; 2018年版, 2018年第3号 are none."""
    return list(dict.fromkeys(_YEAR.findall(_REPUBLIC.sub(" ", arabic(plain(text))))))


def month_alone_arabic(text: str) -> str:
    """The same, a month without its year too: 截至三月二十日 as 截至3月20日."""
    rest = _CHINESE_MONTH_ALONE.sub(lambda month: _number(month[1]), arabic(text))
    return arabic(rest)


def months_alone(text: str, *, surely: bool = False) -> list[int]:
    """The months that a text names without their year (截至3月末, 3月份), each once; `surely`: only behind 截至."""
    rest = month_alone_arabic(plain(text))
    rest = _YEAR_MONTH.sub(" ", spans_in(_REPUBLIC.sub(" ", rest))[1])
    return list(dict.fromkeys(month for month in _alone(rest, surely) if 1 <= month <= 12))


def _alone(text: str, surely: bool) -> Iterator[int]:
    for match in _MONTH_ALONE.finditer(text):
        month, day = int(match["month"]), match["day"]
        is_end = not day or (month != 2 and _closes(2000, month, int(day))) or (month == 2 and day in ("28", "29"))
        if is_end and not _DEADLINE.match(text, match.end()) and (match["until"] or not surely):
            yield month


def quarters_named(text: str) -> list[int]:
    """The months with which the quarters and half-years that a text names end."""
    numbers = ["一二三四".find(n) + 1 or int(n) for n, _ in _QUARTER_NUMBER.findall(text) if n]
    return [3 * number for number in numbers] + [6 if h == "上" else 12 for _, h in _QUARTER_NUMBER.findall(text) if h]


def republic_named(text: str) -> list[Month]:
    """The months that a text names by years counted from 1912; a year alone stands for each of its months."""
    found: list[Month] = []
    for republic in _REPUBLIC.findall(text):
        if said := _REPUBLIC_YEAR.search(republic):
            year = 1911 + int(said[1].translate(_DIGITS))
            for month in [int(said[2])] if said[2] else range(1, 13):
                _add(found, year, month)
    return found


def republic_or_quarter(text: str) -> str:
    """The words of such a year or quarter as they stand in a text."""
    found = _REPUBLIC.search(text) or _QUARTER.search(text)
    return found[0].strip() if found else ""


def issue_named(text: str) -> Month | None:
    """The month of 2018年第3期, for who is asked under a label of periods."""
    found = _ISSUE.fullmatch(plain(text))
    return Month(int(found[1]), int(found[2])) if found and 1 <= int(found[2]) <= 12 else None


def why_no_month(text: str) -> str:
    """What a text says of time that is no month for sure, as a clause for a clerk; empty where it says nothing."""
    words = arabic(plain(text))
    republic, quarter, day = _REPUBLIC.search(words), _QUARTER.search(words), _ANY_DAY.search(words)
    if republic:
        return f"“{republic[0]}”像是民国纪年，请改用公元纪年"
    if quarter:
        return f"“{quarter[0]}”是季度或半年，本表按月报送"
    if span := next(iter(spans_in(words)[0]), None):
        return f"“{span.words}”是一段时间，没有写明是哪个月"
    if issue := _ISSUE.search(words):
        return f"“{issue[0]}”没有写明是哪个月"
    if _SERIAL.fullmatch(words):
        return f"“{words}”像是日期的序列号，请把单元格格式改为日期，或直接写年月"
    if compact := _COMPACT.search(words):
        return f"“{compact[0]}”前面没有写“报告期”"
    if day:
        return f"“{day[0].strip()}”是某一天，不是月份"
    if alone := months_alone(text):
        return f"只写了“{alone[0]}月”，没有写年份"
    if years := years_named(text):
        return f"只写了“{years[0]}年”，没有写月份"
    return ""
