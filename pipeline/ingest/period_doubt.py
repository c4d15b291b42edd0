"""What may contradict a reference period and never says it: a month without its year, a year, 民国, a quarter.

Titles, sheets' and files' names say such things; so does a line 数据截至2018年2月28日 below the table.
"""

from __future__ import annotations

import re

from pipeline.ingest.heading import packed, plain
from pipeline.ingest.period_spans import day_within, span_against, spans_in
from pipeline.ingest.period_words import (
    month_alone_arabic,
    months_alone,
    months_in_name,
    months_named,
    quarters_named,
    republic_named,
    republic_or_quarter,
    years_named,
)
from pipeline.ingest.sentences import predicate
from pipeline.periods import Month

_SHORT = re.compile(r"(?<!\d)(1[3-9]|[2-4]\d)(0[1-9]|1[0-2])(?!\d|号|\s*[%万亿元户笔])")
"""1802 in a name is February 2018 …"""
_LIKE_A_YEAR = re.compile(r"20(?:0[1-9]|1[0-2])")
"""… but 2012 may be a year."""
_STAMP = re.compile(r"(?<!\d)(?:19|20)\d{6}[_\-\sT]*\d{0,6}(?!\d)")
_NEAR = 12
"""Months by which a short month must be near the period to be one at all."""

_UNTIL = re.compile(r"(?:数据|统计)?截[至止到]")
_SENT = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*[年./-]\s*(0?[1-9]|1[0-2])\s*月?份?\s*"
    r"(?:报送|上报|报出|填报|提交|发送|报(?=[^月\d]{0,4}(?:19|20)?\d{0,2}年?\d{1,2}\s*月))"
)
"""2018年4月报送, 2018年4月报3月数: when it was sent."""

_BETWEEN_TIMES = re.compile(
    r"(?:上年|去年|上一年|上月|上期|比|较)[末底初]?\S{0,3}?\d{1,2}月[份末底]?"
    r"|[与和同跟]\S{0,4}?\d{1,2}月[份末底]?(?=\S{0,8}(?:核对|比对|对账|一致|衔接|相符|对比|相比|比较))"
    r"|\d{1,2}月[份底末]?(?=[上中下]旬|以?来|起|前|(?:报送|上报|填报|报出|提交|更新|修[订改正]|新版|版|制|模板|印发|发文|发)(?!生))"
)
"""Months that tell when something was made, or what it is compared with."""
_YEAR_OF = re.compile(
    r"(?:(?:19|20)\d{2}[-—–~至到])?(?:19|20)\d{2}年度?(?=以?来|起|至|到|[末底初前]|[-—–~]|建档|动态|扶贫对象|脱贫|计划|规划|目标|任务|考核)"
)
"""Years of something else than the figures: 2014年以来, 2016-2020年规划, 2017年建档立卡贫困户."""
_AS_OF = re.compile(
    r"(?:(?:附注|注|说明|备注)\d?:?|[(]?\d[)、.])?(?:本表|以上|上述|表[中内])?(?:所有|各项)?(?:数据|统计数据?|数字)?(?:均|都)?"
    r"(?:截[至止到]|统计[至到]|更新[至到])(?:日期|时间|日)?[于到至为]?:?(?P<day>[\d年月日./-]+[末底]?)(?:的?数据?|为准|止)?"
)


_IS_OF = re.compile(
    r"(?:补报|补填)?(?P<day>(?=\d)(?:(?:19|20)?\d{2}年度?)?(?:\d{1,2}月[末底份]?)?)的?(?P<what>数据?|余额|统计数据?|报表数?据?|数字|数值|情况)?(?:填列|填报)?"
)
"""2月数据, what a sentence outside the table says that all its figures are."""
_PART_OF_YEAR = re.compile(
    r"(?<![每各分按])(?:前?第?[1-4一二三四]季度?|Q[1-4]|[上下]半年)|(?<!\d)(?P<first>\d{1,2})月?[-—–~至到](?P<last>\d{1,2})月|(?<!\d)\d{1,2}月份?(?!\d|日)"
)
_DAYS = re.compile(r"\d{1,2}月\d{1,2}日")
_MADE_IN = re.compile(r"\d{1,2}月份?(?=调整|下达|分解|制定|确定|起|前|底前)")
_OF_PROGRESS = re.compile(r"完成|达到|不低于|%|:|。")
_OTHER_TIME = re.compile(
    r"(?<![与和及比较同含、对])(?:上年同期|去年同期|上年同月|上月|上期)(?:数据?|情况|报表|统计表|明细)?(?=$|\()"
)
_SHORTEST_TITLE = 10
"""Shorter words are the heading of a column."""


def contradiction(text: str, month: Month, *, in_name: bool = False) -> str:
    """What a title says of time, without naming a whole month, that is not this month; empty if nothing.

    `in_name`: a day in the name of a file or sheet may be when it was sent; only 截至 says as of when figures are.
    """
    if len(packed(text)) >= _SHORTEST_TITLE and (other := _OTHER_TIME.search(packed(text))):
        return other[0]
    span, bare = span_against(month_alone_arabic(packed(text)), month)
    if within := span or day_within(bare, month, surely=in_name):
        return within
    words = _BETWEEN_TIMES.sub(" ", bare)
    whole = month in months_named(words)
    republic, quarters = republic_named(words), quarters_named(words)
    if (republic and month not in republic) or (quarters and month.month not in quarters):
        return republic_or_quarter(words)
    alone = months_alone(words, surely=whole)
    if alone and month.month not in alone:
        return f"{alone[0]}月"
    years = years_named(_YEAR_OF.sub(" ", words))
    return f"{years[0]}年" if years and str(month.year) not in years else ""


def contradiction_until(text: str, month: Month) -> str:
    """The same for what stands behind another label: only 截至 … in it speaks of the figures."""
    found = _UNTIL.search(text)
    return contradiction(text[found.start() :], month) if found else ""


def contradiction_in_name(name: str, month: Month) -> str:
    """The same for the name of a file or of a sheet, in which a whole month, or 1802, may stand too."""
    words = _without_sending(_STAMP.sub(" ", plain(name)), month)
    whole = months_in_name(words)
    if whole:
        others = months_alone(_BETWEEN_TIMES.sub(" ", packed(words)))
        return "" if month in whole or month.month in others else whole[0].label
    if said := contradiction(words, month, in_name=True):
        return said
    short = [Month(2000 + int(y), int(m)) for y, m in _SHORT.findall(words) if not _LIKE_A_YEAR.fullmatch(y + m)]
    near = [found for found in short if month.shifted(-_NEAR) <= found <= month.shifted(_NEAR)]
    return near[0].label if near and month not in near else ""


def _without_sending(name: str, month: Month) -> str:
    """A name without the month in which it was sent (2018年4月报送), where that is not before the figures' own."""
    return _SENT.sub(lambda sent: " " if Month(int(sent[1]), int(sent[2])) >= month else sent[0], name)


def part_of_year(text: str) -> str:
    """A quarter, a half-year or months in the title of a yearly form; empty where it names none, or the whole year."""
    said = month_alone_arabic(packed(text))
    if _OF_PROGRESS.search(said):
        return ""
    spans, said = spans_in(said)
    part = next((span for span in spans if not (span.is_since_january and span.last.month == 12)), None)
    if part:
        return part.words
    for found in _PART_OF_YEAR.finditer(_MADE_IN.sub(" ", _BETWEEN_TIMES.sub(" ", _DAYS.sub(" ", said)))):
        if (found["first"], found["last"]) not in (("1", "12"), ("01", "12")):
            return found[0]
    return ""


def contradiction_below(text: str, month: Month) -> str:
    """What a sentence outside the table says its figures are of, where that is another time: 数据截至2018年2月28日."""
    for sentence in re.split(r"[。;；\n,，]", text):
        said = month_alone_arabic(packed(sentence))
        found = _AS_OF.fullmatch(said) or _is_of(said)
        if found is None:
            continue
        until = f"截至{found['day']}"
        if day_within(until, month, surely=True):
            return packed(sentence)[:20]
        whole, alone, years = months_named(until, compact=True), months_alone(until), years_named(until)
        is_other_month = (whole and month not in whole) or (not whole and alone and month.month not in alone)
        if is_other_month or (years and str(month.year) not in years):
            return packed(sentence)[:20]
    return ""


def _is_of(sentence: str) -> re.Match[str] | None:
    """数据为2月数, 系2月末余额, 2月数据: a time of which the sentence says that all figures are."""
    said = predicate(sentence)
    found = _IS_OF.fullmatch(said.text)
    return found if found and (said.is_linked or found["what"]) else None
