"""What is written in the measures form, against last month's words and the unit's own statement (Q01-1 to Q01-4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalog import Catalog, Form
from pipeline.model import AS_LAST_MONTH, Observation
from pipeline.money import MICRO_PER_PERCENT, plain, round_half_up, yuan
from pipeline.periods import Month
from pipeline.validate.building import books as books_of
from pipeline.validate.derived import DERIVED
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.needs import Need
from pipeline.validate.neighbours import MEASURES, Neighbours, ends_quarter
from pipeline.validate.owed import RATE
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.stated import Stated, Statement, statements

if TYPE_CHECKING:
    from pipeline.validate.quoted import Quote, Reader

STATEMENT, PRODUCTS = "M01", "measure_products"
NOT_OF_THE_WHOLE = frozenset({"measure_rules", "measure_products", "measure_next_steps", "measure_contact"})
"""Items whose figures are limits, single products, plans or telephones: never compared."""


# ------------------------------------------------------------------ against last month


@rule(
    "Q01-1",
    level=2,
    title="季度末的措施应当更新",
    subject="季度更新",
    source=f"{WORKING}：附件1按月报送（安政办函〔2017〕284号 二.1），平月可以沿用，季度末应当反映本季度的进展"
    "（参数 measures_may_repeat、measures_nothing_to_say）",
    reads=(MEASURES,),
    needs=(Need.LAST_WORDS,),
    breaks={
        "unchanged": soft(
            "{indicator}的内容与上月（{month}）相同，季度末应当更新。请写明本季度的进展后重新报送；"
            "确实没有变化的，请说明原因。"
        ),
    },
)
def words_renewed_at_quarter_end(book: Book) -> Iterator[Hit]:
    """At a quarter's end no item says again what it said last month, or 「与上月相同」; a unit has one finding.

    Blanks, punctuation and the width of characters make no difference. Where last month's form is not in force,
    nothing is compared; that is told (`validate.not_run`).
    """
    for position, submission in enumerate(book.submissions):
        month, near = book.months[position], book.neighbours
        if ends_quarter(month) and submission.unit in near.units_before:
            over = passed_over(book.catalog, book.form, month)
            again = [item for item in _items(book) if _says_again(near, submission.unit, item, over)]
            yield from _at_first(book, "unchanged", position, again, month)


def passed_over(catalog: Catalog, form: Form, month: Month) -> frozenset[str]:
    """Words that have nothing to renew, and items that may stay what they are."""
    policy = catalog.policy
    repeated = policy.value("measures_may_repeat", month)
    nothing = map(bare, policy.value("measures_nothing_to_say", month))
    return frozenset({*(c.code for c in form.columns if c.label in repeated), *nothing, ""})


def _says_again(near: Neighbours, unit: str, item: str, over: frozenset[str]) -> bool:
    words = bare(near.words.get((unit, item), ""))
    return not {item, words} & over and words == bare(near.words_before.get((unit, item), ""))


@rule(
    "Q01-3",
    level=2,
    title="“与上月相同”有上月的内容可以沿用",
    subject="沿用的内容",
    source=f"{WORKING}：沿用须有所本，上月没有采用的内容就没有可以沿用的（安政办函〔2017〕284号 二.1）",
    reads=(MEASURES,),
    breaks={
        "no_form": soft(
            "{indicator}写“与上月相同”，但上月（{month}）没有采用的{measures}可以沿用。请补写内容后重新报送；"
            "不能补写的，请说明原因。"
        ),
        "no_words": soft(
            "{indicator}写“与上月相同”，但上月（{month}）采用的{measures}里没有这些内容可以沿用。请补写后重新报送；"
            "不能补写的，请说明原因。"
        ),
    },
)
def reference_has_a_target(book: Book) -> Iterator[Hit]:
    """Whoever writes 「与上月相同」 has words of last month in force that this can mean; a unit has one finding."""
    near = book.neighbours
    for position, submission in enumerate(book.submissions):
        hanging = [item for item in _items(book) if (submission.unit, item) in near.dangling]
        kind = "no_words" if submission.unit in near.units_before else "no_form"
        yield from _at_first(book, kind, position, hanging, book.months[position])


@rule(
    "Q01-4",
    level=1,
    title="各项文字都要填写，没有的写“无”",
    subject="文字填写",
    source=f"{WORKING}：空白看不出是没有还是漏填，附件1按项目印出（安政办函〔2017〕284号 二.1）",
    reads=(MEASURES,),
    breaks={
        "blank": soft(
            "{indicator}没有填写。请补填后重新报送，没有的请写“无”，没有变化的请写“与上月相同”；不能补填的，请说明原因。"
        )
    },
)
def items_not_left_blank(book: Book) -> Iterator[Hit]:
    """No required item is blank or left out, a dash being an answer too; a unit has one finding.

    Products may be told by their list alone.
    """
    required = [column.code for column in book.form.columns if column.required]
    for position, submission in enumerate(book.submissions):
        answered = {_item_of(o) for o in submission.observations if o.text or o.raw}
        blank = [item for item in required if item not in answered]
        yield from _at_first(book, "blank", position, blank, book.months[position])


def _item_of(seen: Observation) -> str:
    return PRODUCTS if seen.item else seen.indicator


def _items(book: Book) -> list[str]:
    """The items of the form in its order; what is said of single products belongs to theirs."""
    return [column.code for column in book.form.columns if not column.repeatable]


def _at_first(book: Book, kind: str, position: int, items: Sequence[str], month: Month) -> Iterator[Hit]:
    """One finding for all these items, at the cell of the first."""
    if items:
        labels = [book.label(item) for item in items]
        words = {
            "indicator": "".join(f"“{label}”" for label in labels) + (f"{len(labels)}项" if len(labels) > 1 else ""),
            "month": month.previous.label,
            "measures": book.form.name,
        }
        at = _cell(book, position, items[0])
        yield Hit(kind, book, position, "", items[0], at, words=words, value="、".join(labels))


def _cell(book: Book, position: int, item: str) -> Observation | None:
    """Where an item's words stand: its own cell, or the first of the list that follows it."""
    said = [o for o in book.submissions[position].observations if o.text]
    own = next((o for o in said if o.indicator == item and not o.item), None)
    listed = next((o for o in said if o.item), None) if item == PRODUCTS else None
    return own or listed or next((o for o in book.submissions[position].observations if o.indicator == item), None)


_JOINING = r".\-—–~"
_MEANINGLESS = re.compile(rf"[^\w%‰{_JOINING}]|_|(?<!\d)[{_JOINING}]|[{_JOINING}](?!\d)")


def bare(text: str) -> str:
    """A text without what does not change its sense: blanks, punctuation, width and case.

    What joins digits (a decimal point, 「1-3月」) stays.
    """
    return _MEANINGLESS.sub("", unicodedata.normalize("NFKC", text).casefold())


# ------------------------------------------------------------------ against the unit's statement


class Contradiction(NamedTuple):
    """A figure in words: where it is, what it says, and what the statement does."""

    at: Observation
    quote: Quote
    stated: Stated


@rule(
    "Q01-2",
    level=2,
    title="文字中的数与同期月报一致",
    subject="文字中的数",
    source=f"{WORKING}：同一单位同一报告期的文字和数字应当一致（安政办函〔2017〕284号 二.1），"
    "文中的数按所写的末位比较，约数放宽（参数 quoted_rough_percent）",
    reads=(MEASURES, STATEMENT),
    needs=(Need.OWN_STATEMENT,),
    across=True,
    breaks={
        "contradicts": soft(
            "{indicator}写“{quoted}”，本单位同期{form}的“{other}”{whole}为{expected}，两者不一致{also}。{hint}"
            "请核对，更正{measures}或{form}后重新报送；如属实，请说明原因。"
        )
    },
)
def quoted_figures_agree(books: Mapping[str, Book]) -> Iterator[Hit]:
    """A figure that a text surely gives of the whole unit and this month is the statement's; one finding an indicator.

    The unit's own words only: what it takes over from last month was compared then.
    """
    words, figures = books[MEASURES], statements(books[STATEMENT])
    for position, submission in enumerate(words.submissions):
        statement = figures.get(submission.unit)
        if statement is not None:
            for indicator, found in contradictions(words, position, statement).items():
                yield _contradiction(words, position, statement, indicator, found)


def contradictions(words: Book, position: int, statement: Statement) -> dict[str, list[Contradiction]]:
    """By indicator, what the texts of one submission give otherwise than this statement of the same unit does."""
    found: dict[str, list[Contradiction]] = {}
    reader = _reader(words, position)
    if reader is None:
        return found
    for at in words.submissions[position].observations:
        if at.item or at.indicator in NOT_OF_THE_WHOLE or at.text == AS_LAST_MONTH:
            continue
        for quote in reader.quotes(at.text):
            stated = statement.says(quote.indicator)
            if stated and all(one.contradicts(quote.low, quote.high) for one in stated):
                found.setdefault(quote.indicator, []).append(Contradiction(at, quote, stated[0]))
    return found


def _contradiction(
    book: Book,
    position: int,
    statement: Statement,
    indicator: str,
    found: Sequence[Contradiction],
) -> Hit:
    first, *_ = found
    at, quote, stated = first
    others = list(dict.fromkeys(book.label(other.at.indicator) for other in found if other.at is not at))
    unit = book.unit(position)
    summed = unit is not None and len(unit.areas) > 1 and indicator not in DERIVED and indicator != RATE
    words = {
        "indicator": f"“{book.label(at.indicator)}”",
        "quoted": quote.words,
        "form": statement.book.form.short or statement.book.form.name,
        "measures": book.form.short or book.form.name,
        "other": stated.label,
        "whole": "各县区合计" if summed else "",
        "expected": stated.words,
        "also": "".join(f"，“{label}”中也是" for label in others),
    }
    value = _machine(statement.book, indicator, quote.value)
    cause = _cause(book, position, indicator, first)
    words["hint"] = HINTS.get(cause, "")
    named = cause.name.lower() if cause else ""
    return Hit("contradicts", book, position, "", indicator, at, stated.machine, words, value, named)


HINTS: dict[Cause | None, str] = {
    Cause.LAST_MONTHS: "这个数与上月月报相同，疑似沿用了上月的文字。",
    Cause.SIGN: "数是对的，增减的方向与月报相反。",
}
"""What a contradiction looks like."""


def _cause(book: Book, position: int, indicator: str, found: Contradiction) -> Cause | None:
    """Where the number is that of last month's statement, the words were probably not renewed.

    Of what has moved only the direction may be wrong.
    """
    quote, derived = found.quote, DERIVED.get(indicator)
    turned = (quote.high and -quote.high, quote.low and -quote.low)
    if derived and derived.is_signed and not found.stated.contradicts(*turned):
        return Cause.SIGN
    sent = [s for s in book.neighbours.statements_before() if s.unit == book.submissions[position].unit]
    last = books_of(sent, book.catalog).get(STATEMENT)
    stated = Statement(last, 0).says(indicator) if last else ()
    same = bool(stated) and not all(one.contradicts(quote.low, quote.high) for one in stated)
    return Cause.LAST_MONTHS if same else None


def _machine(book: Book, indicator: str, value: Fraction) -> str:
    if indicator in DERIVED:
        return DERIVED[indicator].machine(value)
    column = book.form.by_code[indicator]
    if column.is_amount:
        return yuan(round_half_up(value))
    if column.is_rate:
        return plain(value / MICRO_PER_PERCENT, 6)
    return plain(value, 0)


def _reader(book: Book, position: int) -> Reader | None:
    """Who reads this unit's prose; imported when there is some to read, for its patterns take a while to compile."""
    from pipeline.validate.quoted import Reader

    unit, month = book.unit(position), book.months[position]
    if unit is None:
        return None
    places = tuple(name for area in book.catalog.areas.entries for name in area.all_names)
    rough = Fraction(str(book.catalog.policy.value("quoted_rough_percent", month)))
    counties = {area.id for area in book.catalog.areas.counties}
    return Reader(month, unit.all_names, places, rough, city_wide=counties <= set(unit.areas))
