"""What reporting units wrote in their measures form, and what 「与上月相同」 stands for: looked up, never assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import AS_LAST_MONTH, Observation, Submission, Symbol, Wording
from pipeline.periods import Month

MEASURES = "Q01"
PRODUCTS = "measure_products"
PRODUCT_NAME = "product_name"
PRODUCT_WORDS = {
    "product_for_whom": "对象",
    "product_limit": "额度",
    "product_term": "期限",
    "product_rate": "利率",
    "product_guarantee": "担保",
}
"""How what is said of a product is introduced, in this order."""

LIST_NOT_FOUND = "产品清单与上月相同（上月没有可引用的清单）"

_DOES_NOT_APPLY = "—"
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Words:
    """What one unit wrote in one month, as sent: by indicator (`measure_…`), and its products by `product_…`."""

    submission: str
    texts: Mapping[str, str] = field(default_factory=dict)
    products: tuple[Mapping[str, str], ...] = ()

    @property
    def refers_back(self) -> bool:
        """Whether some of it is said to be as last month."""
        return AS_LAST_MONTH in self.texts.values() or self.list_refers_back

    @property
    def list_refers_back(self) -> bool:
        """Whether the list of products says nothing but that."""
        said = {text for product in self.products for text in product.values()}
        return said == {AS_LAST_MONTH}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What one unit's measures say once last month's words stand where it referred to them."""

    submission: str
    wordings: Mapping[str, Wording]


def is_dangling(wording: Wording) -> bool:
    """Whether the unit wrote 「与上月相同」 and there is nothing in force that this could mean."""
    return wording.symbol is Symbol.MISSING and bool(wording.submission)


def words_of(submissions: Iterable[Submission]) -> dict[str, Words]:
    """What is written in these submissions, by unit; other forms are passed over."""
    return {entry.unit: _words(entry) for entry in submissions if entry.form == MEASURES}


def _words(submission: Submission) -> Words:
    texts: dict[str, str] = {}
    products: dict[int, dict[str, str]] = {}
    for observation in submission.observations:
        said = _said(observation)
        if not said:
            continue
        into = products.setdefault(observation.item, {}) if observation.item else texts
        before = into.get(observation.indicator)
        into[observation.indicator] = f"{before}\n{said}" if before else said
    return Words(submission.id, texts, tuple(products[item] for item in sorted(products)))


def _said(observation: Observation) -> str:
    text = _LINE_ENDS.sub("\n", observation.text).strip()
    return text or (_DOES_NOT_APPLY if observation.symbol is Symbol.NOT_APPLICABLE else "")


def refers_back(words_by_unit: Mapping[str, Words]) -> frozenset[str]:
    """The units that say 「与上月相同」 somewhere: for them the month before must be known too."""
    return frozenset(unit for unit, words in words_by_unit.items() if words.refers_back)


def resolved(newest_first: Sequence[tuple[Month, Mapping[str, Words]]]) -> dict[str, Resolved]:
    """Each unit's measures of the newest month, 「与上月相同」 followed back through the months before.

    Args:
        newest_first: the month that is asked about, then earlier ones without a gap; in each, what is in force. A
            month that is left out, a unit that has nothing in force in it, or an item left blank ends the search.

    Returns:
        By unit: every item that it reported. A blank item is simply not there; one that refers to nothing has no
        text, the symbol MISSING and the submission that refers (`is_dangling`).
    """
    if not newest_first:
        return {}
    month, now = newest_first[0]
    return {
        unit: Resolved(words.submission, _wordings(unit, words, month, newest_first)) for unit, words in now.items()
    }


def _wordings(
    unit: str, words: Words, month: Month, newest_first: Sequence[tuple[Month, Mapping[str, Words]]]
) -> dict[str, Wording]:
    said = dict.fromkeys(
        [*(item for item, text in words.texts.items() if text), *([PRODUCTS] if words.products else [])]
    )
    dangling = Wording("", words.submission, str(month), Symbol.MISSING)
    return {
        item: (_products if item == PRODUCTS else _text)(unit, item, newest_first) or dangling
        for item in said
        if item.startswith("measure_")
    }


def _text(unit: str, item: str, newest_first: Sequence[tuple[Month, Mapping[str, Words]]]) -> Wording | None:
    """The item's words, from the month in which they were written out."""
    for month, words in _months_back(unit, newest_first):
        text = words.texts.get(item, "")
        if text != AS_LAST_MONTH:
            return Wording(text, words.submission, str(month)) if text else None
    return None


def _products(unit: str, item: str, newest_first: Sequence[tuple[Month, Mapping[str, Words]]]) -> Wording | None:
    """Free words and the list; whoever refers back and lists nothing means last month's list too."""
    free: tuple[str, Words, Month] | None = None
    listed: tuple[tuple[str, ...], Words, Month] | None = None
    wants_list = False
    for month, words in _months_back(unit, newest_first):
        text = words.texts.get(item, "")
        if words.products and not words.list_refers_back:
            listed = listed or (product_lines(words.products), words, month)
        if text and text != AS_LAST_MONTH:
            free = free or (text, words, month)
        wants_list = wants_list or words.list_refers_back
        if text != AS_LAST_MONTH and not words.list_refers_back:
            break
    if not (free or listed):
        return None
    lines = ((free[0],) if free else ()) + (listed[0] if listed else (LIST_NOT_FOUND,) if wants_list else ())
    month, submission = min((at, words.submission) for _, words, at in filter(None, (free, listed)))
    return Wording("\n".join(lines), submission, str(month), items=lines)


def _months_back(unit: str, newest_first: Sequence[tuple[Month, Mapping[str, Words]]]) -> Iterable[tuple[Month, Words]]:
    """The unit's words month by month, back to the first month that is not there."""
    expected = newest_first[0][0]
    for month, words in newest_first:
        if month != expected or unit not in words:
            return
        yield month, words[unit]
        expected = month.previous


def product_lines(products: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """「1. 富民贷（对象：建档立卡贫困户；额度：5万元以内）」, one product a line."""
    return tuple(f"{number}. {_product(product)}" for number, product in enumerate(products, start=1))


def _product(product: Mapping[str, str]) -> str:
    said = {code: " ".join(text.split()) for code, text in product.items()}
    details = "；".join(f"{word}：{said[code]}" for code, word in PRODUCT_WORDS.items() if said.get(code))
    name = said.get(PRODUCT_NAME, "")
    return f"{name}（{details}）" if name and details else name or details


def texts(measures: Mapping[str, Resolved]) -> dict[tuple[str, str], str]:
    """What each (unit, indicator) says, referred words written out; items without words are not there."""
    return {
        (unit, item): wording.text
        for unit, found in measures.items()
        for item, wording in found.wordings.items()
        if wording.text
    }
