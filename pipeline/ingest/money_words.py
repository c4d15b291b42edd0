"""Words about units of money → the units that they name, as written, and of what they are said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ingest.heading import packed, plain

_CURRENCY = r"(?:人民币|RMB|CNY|¥)"
_FULL = r"[十百佰千仟万萬亿]{0,3}[美港欧日]?[元圆]"
_SHORT = r"(?:[百千]?[万萬]|亿)(?![\u4e00-\u9fff])"
_MONEY = rf"(?:{_FULL}|{_SHORT})"
_MEASURED_IN = rf"(?:{_CURRENCY}|金额|户数|笔数|{_MONEY}|户次|户|笔|个|人|家|%|‰|[、,/;和()])+"
_EVENLY = r"(?:均|都|统一|一律)?"
_NUMBERS = r"\d{1,3}(?:[、,和及与至到~-]{1,2}\d{1,3})*"
_NUMBERED = rf"第?{_NUMBERS}(?:栏|列|项|行|号)|(?:代码|编号|序号|指标){_NUMBERS}"
_ABOUT = rf"(?:{_NUMBERED})?[\u4e00-\u9fff、]{{0,60}}?"
"""Of what a unit is said: no more than a clause, as a text may be long."""
_MEASURES = r"(?:金额|余额|额度|贷款|贴息|利息|投资|补偿金|其余|其他|款|额|息)"
_STATED = re.compile(
    "|".join(
        (
            rf"(?P<about1>{_ABOUT})(?:(?:金额|计量|货币)单位|(?<![报送制编责量管办担])单位){_EVENLY}[:为是系用(\[【]*(?P<said1>{_MEASURED_IN})",
            rf"(?P<about2>{_ABOUT})金额:(?P<said2>{_MEASURED_IN})",
            rf"(?P<about3>{_ABOUT}){_EVENLY}[以按用](?P<said3>{_MONEY})(?:为(?:金额|计量|货币)?单位|计|填|列示|统计|表示|反映)",
            rf"(?P<about4>{_ABOUT})(?P<of>{_MEASURES}){_EVENLY}[:为是系](?:人民币)?(?P<said4>{_MONEY})(?=$|[,;。、)\]】])",
            rf"(?P<about5>{_ABOUT}){_EVENLY}[:为是系按](?:人民币)?(?P<said5>{_FULL})(?=$|[外,;。、)\]】])",
        )
    )
)
_COUNTED_IN = re.compile(r"(?:单位|[:为是以按、,/;])([十百千万]{1,2}[户笔人])(?=$|[计、,/;。)]|为单位)")
_APART = re.compile(
    r"(?P<behind>[\u4e00-\u9fff、]{2,12}?)除外"
    r"|除(?!.{0,4}[注标说另特])(?P<before>(?:(?![为按系是])[\u4e00-\u9fff、]){2,12}?)[之以]?外"
)
"""单位：万元（贴息除外）, （除贴息外）: 除贴息外."""
_OF_ALL = re.compile(
    r"(?:附?注|说明|备注|本表|表中|表内|以上|以下|上述|上列|所有|全部|各项|各栏|各列|除(?:特别|另有|已|另)?(?:注明|标明|说明)(?:的|者)?[之以]?外|其余|其他|未注明|数据|数字|报表|统计"
    r"|的|中|内|均|金额|贷款|货币|资金|款项|人民币|单位|计量)*"
)
_ALONE = re.compile(rf"[(\[【]?{_MEASURED_IN}[)\]】]?")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_BESIDE_DATES = re.compile(r"^[\d年月日末份季度至截.\-/、,;:]*(?:单位:?)?")
_AT_THE_END = re.compile(rf"(?<=[额款息_/-])({_FULL})$")
_COLUMNS = re.compile(_NUMBERED)
_WORDS = re.compile(_MONEY)
_USUAL = str.maketrans("圆佰仟萬", "元百千万")

_WITHIN_WORDS = re.compile(r"(?<=[单金])\s+(?=[位额])|(?<=[十百千万亿])\s+(?=[十百千万亿元])|\s+(?=[:(])|(?<=[:(])\s+")
_BETWEEN_CLAUSES = re.compile(r"\s{2,}|\s*\n\s*|(?<![报送制编责量管办担\s])\s+(?=(?:金额|计量|货币)?单位)")


@dataclass(frozen=True, slots=True)
class Said:
    """A unit of money, and the words of what it is said; none: it is said of all amounts."""

    unit: str
    about: str = ""


def units_said(text: str) -> tuple[Said, ...]:
    """Units that a sentence states: 「单位：万元、户」, 「本表以万元为单位」, 「贴息金额单位为元」; each once."""
    return _said(text)


def units_in_heading(text: str) -> tuple[Said, ...]:
    """The same of what stands above a table, where a unit may stand alone or in brackets: 「…统计表（万元）」."""
    return _in_heading(text)


def money_in_caption(text: str) -> list[str]:
    """The units alone, each once."""
    return list(dict.fromkeys(said.unit for said in _in_heading(text)))


def columns_meant(about: str) -> int:
    """How many columns are meant by their numbers: two by 第39、40栏, three by 代码38至40; none by words."""
    found = _COLUMNS.match(about)
    runs = re.findall(r"(\d+)(?:[至到~-]+(\d+))?", found[0]) if found else []
    return sum(int(last or first) - int(first) + 1 for first, last in runs)


@lru_cache(maxsize=4096)
def _said(text: str) -> tuple[Said, ...]:
    clauses = _BETWEEN_CLAUSES.sub(";", _WITHIN_WORDS.sub("", plain(text)))
    return tuple(dict.fromkeys(_stated(re.sub(r"\s+", "", clauses))))


def _stated(text: str) -> Iterator[Said]:
    for found in _STATED.finditer(text):
        kind = next(number for number in "12345" if found[f"said{number}"])
        about = found[f"about{kind}"] + (found["of"] if kind == "4" else "")
        scope = "" if _OF_ALL.fullmatch(about) else about
        yield from (Said(unit, scope) for unit in _units(found[f"said{kind}"]))
        if not scope and (apart := _APART.search(text)):
            yield from (
                Said(unit, f"除{apart['behind'] or apart['before']}外") for unit in _units(found[f"said{kind}"])
            )


@lru_cache(maxsize=4096)
def counts_said(text: str) -> str:
    """「百户」: another unit than one that a caption or a sentence gives for counts; empty where it gives none."""
    found = _COUNTED_IN.search(packed(text))
    return found[1] if found else ""


@lru_cache(maxsize=4096)
def _in_heading(text: str) -> tuple[Said, ...]:
    whole = packed(text)
    alone = [whole] if _ALONE.fullmatch(whole) else []
    inside = (_BESIDE_DATES.sub("", words) for words in _BRACKETED.findall(whole))
    alone += [words for words in inside if _ALONE.fullmatch(words)]
    return tuple(dict.fromkeys([*_said(text), *(Said(unit) for words in alone for unit in _units(words))]))


@lru_cache(maxsize=4096)
def money_in_brackets(text: str) -> tuple[str, ...]:
    """Units in a header, each once: 金额(元) → 元; 金额（单位：万元、户） → 万元; 授信金额_万元 → 万元."""
    said = [re.sub(r"^单位:?", "", inner) for inner in _BRACKETED.findall(packed(text))]
    named = [unit for words in said if _ALONE.fullmatch(words) for unit in _units(words)]
    named += [usual(found[1]) for level in text.split() if (found := _AT_THE_END.search(packed(level)))]
    return tuple(dict.fromkeys(named))


def _units(words: str) -> list[str]:
    return [usual(unit) for unit in _WORDS.findall(words)]


def is_short_for_money(text: str) -> bool:
    """Whether a text is a unit of money without its 元: 万, 萬, 百万, 亿."""
    return bool(re.fullmatch(_SHORT, text))


def usual(unit: str) -> str:
    """As units are spelt in the table of them: 万 and 万圆 are 万元."""
    spelt = unit.translate(_USUAL)
    return spelt if spelt.endswith("元") else f"{spelt}元"
