"""Words about units of money → the units that they name, as written."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.ingest.heading import packed

_CURRENCY = r"(?:人民币|RMB|CNY|¥)"
_MONEY = r"[十百千万亿]{0,3}[美港欧日]?元"
_MEASURED_IN = rf"(?:{_CURRENCY}|金额|户数|笔数|{_MONEY}|户次|户|笔|个|人|家|%|‰|[、,/;和()])+"
_CAPTION = re.compile(
    rf"(?<![报送制编责量])(?:金额|计量|货币)?单位[:(\[【]*({_MEASURED_IN})|金额:({_MEASURED_IN})|金额均?以({_MONEY})(?:为单位|计)"
)
_ALONE = re.compile(rf"[(\[【]?{_MEASURED_IN}[)\]】]?")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_WORDS = re.compile(_MONEY)


@lru_cache(maxsize=4096)
def _in_caption(text: str) -> tuple[str, ...]:
    said = [words for found in _CAPTION.findall(text) for words in found if words]
    if _ALONE.fullmatch(text):
        said.append(text)
    return tuple(dict.fromkeys(money for words in said for money in _WORDS.findall(words)))


def money_in_caption(text: str) -> list[str]:
    """Units of money in a caption such as 「单位：万元、户、笔」, 「金额：万元」, 「（万元）」, each once."""
    return list(_in_caption(packed(text)))


@lru_cache(maxsize=4096)
def money_in_brackets(text: str) -> tuple[str, ...]:
    """Units of money in a header's brackets, each once: 金额(元) → 元; 金额（单位：万元、户） → 万元."""
    said = (re.sub(r"^单位:?", "", inner) for inner in _BRACKETED.findall(packed(text)))
    named = (money for words in said if _ALONE.fullmatch(words) for money in _WORDS.findall(words))
    return tuple(dict.fromkeys(named))
