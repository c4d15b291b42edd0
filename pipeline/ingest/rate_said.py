"""What sentences around a table say of its rates (利率单位为‰, 利率系月息), held against what their own words say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ingest.account import Account, Role
from pipeline.ingest.heading import packed
from pipeline.ingest.observe import Observer, RatesRead
from pipeline.model import CellKind

_PERCENT = r"%|百分(?:比|数|之|号|点)"
_MILLE = r"‰|千分(?:比|数|之|号)|厘"
_YEARLY = r"年(?:化)?利率|年息|年化"
_MONTHLY = r"月[化度]?利率|月息|月化"
_OTHER = r"(?:[日旬]|季度?)(?:利率|息)|(?:BP|bp|Bp)s?|基点|万分(?:比|数|之)|小数"
_ALL = rf"{_YEARLY}|{_MONTHLY}|{_OTHER}|{_PERCENT}|{_MILLE}"
_LEAD = r"(?:^|(?<=[,;。、()]))(?:(?:附?注|说明|备注|填报说明)\d*:|\d+[.、)]|[(]\d+[)])*"
_WHOSE = r"(?:本表|表中|表内|本行|我行|各县区?|上述|以上|所有|全部|贷款|发放|加权|平均|执行|综合|的|中|内)*"
_OF_RATES = rf"{_WHOSE}(?:年|月)?(?:利率|息率)(?:\([年月]\))?(?:一?[栏列项]|数据|指标|水平|口径|数)*的?"
_OF_COLUMNS = r"(?:(?:本|此|该)[栏列表]|第?\d+(?:[-、,和]\d+)*[栏列项行])(?:数据|利率)?的?"
_EVENLY = r"(?:均|都|统一|一律|全部|暂|按要求)*"
_LINK = (
    r"(?:计量)?单位(?:均|都|统一|一律)?[:为是用系(]?|口径(?:为|是|:)|[为是系指:(]|"
    r"[以按用](?:照)?|填(?:报|列|写)?(?:的)?(?:为|是)?|采用|使用"
)
_BEHIND = r"(?=$|[,;。、()]|(?:为(?:计量)?单位)|计(?![息算])|填|列|表示|统计|反映|口径|数|报送)"
_STATED = re.compile(
    rf"{_LEAD}(?:(?:{_OF_RATES}|{_OF_COLUMNS}|{_WHOSE}){_EVENLY}(?:{_LINK})|(?:{_OF_RATES})?)"
    rf"(?P<said>(?:{_ALL})(?:[(](?:{_ALL})[)]|(?:{_MILLE}|{_PERCENT}))?){_BEHIND}"
)
_BY_TIME = re.compile(
    rf"{_LEAD}{_OF_RATES}{_EVENLY}(?P<said>[以按](?P<by>[月日季旬])(?:计算?(?![息提])|列示|填列|表示)"
    r"|(?:尚|暂|还|均)*(?:未|没有?)(?:经|进行|做)?(?:[折换转](?:算|换|化)?(?:成|为|到)?(?:年(?:化|利率|率|息)?)?|年化))(?:处理)?(?=$|[,;。、()])"
)
"""利率按月计, 利率未折年: not a yearly one, in other words."""
_UNITS_BESIDE = r"人民币|[十百千万亿]{0,3}元|[百千]?万|亿|户次?|笔次?|个|人次?|家|[、,/和()]"
_CAPTION = re.compile(rf"单位:?[(]?(?P<units>(?:{_PERCENT}|{_MILLE}|{_UNITS_BESIDE})+)")
_LISTED = re.compile(rf"{_PERCENT}|{_MILLE}")
_CONVERTED = re.compile(
    r"已(?:经|全部|统一|均)*(?:按[^,;。]*)?(?:折|换)算|(?:折|换)算(?:成|为|后)的?年利率(?:填|列|报)"
)
"""The bank has reckoned a yearly rate itself: what it tells besides is how."""
_KINDS = (("年利率", _YEARLY), ("月利率", _MONTHLY), ("其他", _OTHER), ("%", _PERCENT), ("‰", _MILLE))


@dataclass(frozen=True, slots=True)
class RateSaid:
    """What one sentence says: the words, and which kinds of measure they name."""

    words: str
    kinds: frozenset[str]
    of_all: bool = False
    """A list of units over the table, some of which may be those of other ratios."""


@lru_cache(maxsize=4096)
def rates_said(text: str) -> tuple[RateSaid, ...]:
    """What a text says of the unit of the rates; that a monthly rate was made a yearly one says nothing."""
    said = packed(text).replace("[", "(").replace("]", ")").replace("【", "(").replace("】", ")")
    return tuple(one for sentence in re.split(r"[;。]", said) for one in _in_sentence(sentence))


def _in_sentence(sentence: str) -> Iterator[RateSaid]:
    if caption := _CAPTION.search(sentence):
        listed = _LISTED.findall(caption["units"])
        if listed and listed != [caption["units"]]:
            yield RateSaid("、".join(listed), frozenset(kind for word in listed for kind in _kinds(word)), of_all=True)
            sentence = sentence.replace(caption[0], "")
    if _CONVERTED.search(sentence):
        return
    for found in _STATED.finditer(sentence):
        yield RateSaid(found["said"], _kinds(found["said"]))
    for found in _BY_TIME.finditer(sentence):
        yield RateSaid(found["said"], frozenset(("月利率" if found["by"] in (None, "月") else "其他",)))


def _kinds(words: str) -> frozenset[str]:
    return frozenset(kind for kind, pattern in _KINDS if re.search(pattern, words))


def tell_rates_said(observer: Observer, above: Iterable[int]) -> None:
    """A finding at the first sentence around the table that says another unit than its rates are read in."""
    if not observer.rates_read:
        return
    account = observer.account
    around = [*above, *(row for row in account.rows if row >= observer.header.stop)]
    for cell, one in _said_in(account, around):
        rates = next((rates for rates in observer.rates_read.values() if not _fits(one, rates)), None)
        if rates is None:
            continue
        read = "月利率（‰）" if rates.monthly else "年利率（%）"
        observer.faults.add(
            "F05",
            f"{cell}写的利率单位是“{one.words}”，“{rates.label}”按表头却是{read}，互相矛盾，无法确定。"
            "请统一为年利率（%）后重新报送。",
            sheet=account.sheet.name,
            cell=cell,
            value=one.words,
            expected=read,
        )
        return


def _said_in(account: Account, rows: Iterable[int]) -> Iterator[tuple[str, RateSaid]]:
    for row in rows:
        line = account.row(row)
        for cell in line:
            own = account.roles.get((cell.row, cell.col)) is Role.HEADER and len(line) > 1
            if cell.kind is CellKind.TEXT and not own:
                yield from ((cell.address, one) for one in rates_said(str(cell.value)))


def _fits(one: RateSaid, rates: RatesRead) -> bool:
    """Whether the rates' own words say the same, or whether a list of units may speak of other ratios."""
    if rates.monthly:
        return one.of_all or one.kinds <= {"月利率", "‰"} or (rates.percent and one.kinds <= {"月利率", "%"})
    if one.of_all and "%" in one.kinds and rates.percent:
        return True
    return one.kinds <= {"年利率", "%"}
