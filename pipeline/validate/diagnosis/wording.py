"""What is said of a cause: what is wrong, what it was probably meant to be, what to do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.validate.diagnosis.along import SHIFTED, is_back
from pipeline.validate.diagnosis.block_names import block_name, what_is_in
from pipeline.validate.diagnosis.blocks import beside, span_of
from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.of_balances import OTHER_CHANGE
from pipeline.validate.diagnosis.omitted import at_least
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown
from pipeline.validate.registry import in_words

WRITTEN_OFF = "written_off_amount_mtd"
MOST_NAMED = 2
"""Figures of a cause that its message names; the others are told as cells."""


def words_of(book: Book, found: Found, rules: Sequence[str], broken: str) -> str:
    """What is wrong, what it was probably meant to be and, of one figure, how that was worked out."""
    because = f"：{broken}" if broken and len(found.places) == 1 else ""
    return f"{_what(book, found)}{because}{_heard(book, found)}。改正后{true_again(rules)}。{_to_do(found)}"


def either_is_wrong(book: Book, found: Found) -> str:
    """What is asked where a write-off is typed and neither the balance nor its best grade knows of it: "" elsewhere.

    Two figures stand against two, and no county was heard. What is lent and repaid happens every month and is hardly
    invented.
    """
    if found.cause is not Cause.FLOW_LEFT_OUT or len(found.places) != MOST_NAMED or found.heard:
        return ""
    (row, _), step = found.places[0], int(book.step[found.places[0][0]])
    written_off, at = book.now(WRITTEN_OFF), book.origins[row].get(found.places[0][1])
    off = (at.value or 0) - found.meant[0] if at else 0
    if unknown(written_off)[row] or not off or abs(off - int(written_off[row])) > (2 * step if step > 1 else 0):
        return ""
    labels = [f"“{book.label(code)}”" for _, code in found.places]
    said = [meant_in_words(book, found, number) for number in range(MOST_NAMED)]
    return (
        f"{place_in_words(book, (row, WRITTEN_OFF))}，而{'和'.join(labels)}都没有减去这一笔"
        f"（减去后为{'、'.join(said)}）。请核对：核销或代偿属实的，改正余额和五级分类；"
        "没有的，改正核销及代偿的本月和本年累计金额。改正后重新报送。"
    )


def _heard(book: Book, found: Found) -> str:
    """「；县区报表中该行的“期末余额/金额”1200.00万元与此相符」: who else says so, where that decided."""
    meant = found.meant_at
    said = [
        f"“{book.label(code)}”{book.say(code, meant.get((row, code), int(book.now(code)[row])))}"
        for row, code in found.heard
    ]
    return f"；县区报表中该行的{'、'.join(said)}与此相符" if said else ""


def _to_do(found: Found) -> str:
    if found.block and found.cause is Cause.COLUMNS_EXCHANGED:
        return "请核对这些栏是否贴错位置、表头是否写反，改正后重新报送。"
    if found.places[0][1].startswith(OTHER_CHANGE):
        return "请核对，改正后重新报送；确有划入划出的，请改正余额和五级分类。"
    return "请核对，改正后重新报送。"


def true_again(rules: Sequence[str]) -> str:
    """「年初余额（A03）、户均金额（A13）各项都能对上」."""
    return f"{in_words(rules)}{'各项都' if len(rules) > 1 else ''}能对上"


def _what(book: Book, found: Found) -> str:
    submission = book.records[found.places[0][0]].submission
    names = [book.area_name(book.records[row].area, submission) for row in found.rows]
    cause = found.cause.value
    labels = [f"“{book.label(code)}”" for code in found.column.split()]
    if misplaced := _misplaced(book, found, names, labels):
        return misplaced
    if len(found.places) == 1:
        return f"{place_in_words(book, found.places[0])}疑似{cause}，推算应为{meant_in_words(book, found, 0)}"
    if found.cause is Cause.MONTH_AND_YEAR:
        own = [f"“{book.label(code)}”" for _, code in sorted(found.places)]
        where = f"{''.join(names)}{'、'.join(own[:-1])}与{own[-1]}"
    elif labels:
        where = f"{labels[0]}一栏"
    elif found.block:
        where = f"{''.join(names)}{block_name(book, found.block)}{_in_block(book, found)}"
    elif len({row for row, _ in found.places}) == 1:
        where = f"{book.area_name(book.records[found.places[0][0]].area, submission)}{_columns(book, found)}"
    else:
        where = "全表金额"
    return f"{where}疑似{cause}，共{len(all_places(book, found))}处，如{_examples(book, found)}"


def _misplaced(book: Book, found: Found, names: Sequence[str], labels: Sequence[str]) -> str:
    """Figures that stand in another place than theirs; nothing of others."""
    if found.cause is Cause.AREAS_EXCHANGED:
        what = block_name(book, found.block) if found.block else "、".join(labels)
        return f"{names[0]}与{names[1]}{what}的数疑似互换"
    if found.cause is Cause.COLUMNS_EXCHANGED and found.block:
        half = len(found.block) // 2
        one, other = found.block[:half], found.block[half:]
        return f"{''.join(names)}{block_name(book, one)}与{block_name(book, other)}的数疑似互换{_in_block(book, found)}"
    if found.cause is Cause.COLUMNS_EXCHANGED:
        return f"{''.join(names)}{'与'.join(labels)}的数疑似互换"
    if found.cause in SHIFTED and found.block:
        return f"{''.join(names)}{_along(book, found)}"
    if found.cause is Cause.NAMES_SORTED:
        return _renamed(book, found, names)
    if found.cause is Cause.ROW_SHIFTED:
        return f"{names[0]}至{names[-1]}{'、'.join(labels)}的数疑似错行"
    return ""


def _renamed(book: Book, found: Found, names: Sequence[str]) -> str:
    """Which names stand beside whose figures, in the order of the sheet: 「“汉滨区”一行是白河县的数」."""
    own = dict(zip(found.rows, names, strict=True))
    stand = sorted((there, row) for row, there in zip(found.rows, found.sources, strict=True) if row != there)
    told = "，".join(f"“{own[there]}”一行是{own[row]}的数" for there, row in stand)
    return f"{len(stand)}个县区的名称与数字错位，疑似只动了县区名称的次序（{told}）"


def _examples(book: Book, found: Found) -> str:
    shown = [
        f"{place_in_words(book, place)}应为{meant_in_words(book, found, n)}"
        for n, place in enumerate(found.places[:MOST_NAMED])
    ]
    return "；".join([*shown, *_at_least(book, found)])


def _along(book: Book, found: Found) -> str:
    """「“正常”至“损失”疑似错行（填成了下一行的数），共5处，如…」, in the order of the sheet."""
    back = is_back(book, found.rows[0], found.block)
    first, last = (book.label(code) for code in (found.block[::-1] if back else found.block)[:: len(found.block) - 1])
    return (
        f"“{first}”至“{last}”疑似{found.cause.value}（填成了{SHIFTED[found.cause][back]}的数），"
        f"共{len(all_places(book, found))}处，如{_examples(book, found)}"
    )


def _columns(book: Book, found: Found) -> str:
    """The columns of one row: by their span, where it is the same."""
    codes = list(dict.fromkeys(code for _, code in found.places))
    one_span = len({span_of(code) for code in codes}) == 1 and bool(span_of(codes[0]))
    return f"{block_name(book, codes)}{what_is_in(book, codes)}" if one_span else "各栏"


def all_places(book: Book, found: Found) -> list[Place]:
    """The figures of a cause, of a block with those that went wrong with it though no equation has them.

    Nought is nought in 元 and in 万元: what was meant to be as it is, is none of them.
    """
    others = beside(book, found.cause, found.places) if found.block else {}
    meant = {**others, **found.meant_at}
    is_shifted = found.cause in SHIFTED and found.block
    places = [(row, code) for row in found.rows for code in found.block] if is_shifted else [*found.places, *others]
    return [at for at in dict.fromkeys(places) if at not in meant or meant[at] is None or meant[at] != _now(book, at)]


def _now(book: Book, place: Place) -> int | None:
    at = book.origins[place[0]].get(place[1])
    return at.value if at else None


def _at_least(book: Book, found: Found) -> list[str]:
    """Of a block that was left out, what the first of the figures that no equation gives has to be."""
    if found.cause is not Cause.OMITTED:
        return []
    bounds = ((place, at_least(book, place)) for place in all_places(book, found)[len(found.places) :])
    said = [f"{place_in_words(book, place)}应不少于{book.say(place[1], least)}" for place, least in bounds if least]
    return said[:1]


def _in_block(book: Book, found: Found) -> str:
    """The columns of a block, of one side of an exchange, with those that go with them though no equation has them."""
    one_side = len(found.block) // (2 if found.cause is Cause.COLUMNS_EXCHANGED else 1)
    spans = {span_of(code) for code in found.block[:one_side]}
    others = {code for _, code in beside(book, found.cause, found.places) if span_of(code) in spans}
    return what_is_in(book, {*found.block[:one_side], *others})


def place_in_words(book: Book, place: Place) -> str:
    """「汉阴县“期末余额/金额”1020.00万元」, as it is reported."""
    row, code = place
    record = book.records[row]
    reported = int(np.asarray(book.now(code).data)[row])
    return f"{book.area_name(record.area, record.submission)}“{book.label(code)}”{book.say(code, reported)}"


def meant_in_words(book: Book, found: Found, number: int) -> str:
    """「1200.00万元」, what a figure of the cause was meant to be."""
    return book.say(found.places[number][1], found.meant[number])
