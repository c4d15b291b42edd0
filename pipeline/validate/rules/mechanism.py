"""What a county return says in words, of the sharing of risks and of projects, against its figures (C01-9)."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from pipeline.model import Observation
from pipeline.money import fixed
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import true, unknown
from pipeline.validate.registry import WORKING, rule, soft

ESTABLISHED, DOCUMENT, DAY = "mechanism_established", "mechanism_document", "mechanism_date"
STATUS, INVESTED, TOTAL = "project_status", "project_invested_amount", "project_total_amount"
YES = frozenset({"是", "已建立", "已建", "有", "√"})
NO = frozenset({"否", "未建立", "未建", "尚未建立", "×"})
NOTHING = frozenset({"", "无", "暂无", "没有", "/"})
_DATE = re.compile(
    r"(?<![0-9])(?P<year>[1-9][0-9]{3})(?:年|[-./])(?P<month>[0-9]{1,2})(?:(?:月|[-./])(?P<day>[0-9]{1,2})?)?(?![0-9])"
    r"|(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?![0-9])|(?<![0-9])(?P<only>[1-9][0-9]{3})年"
)
_NUMBERED = re.compile(r"[〔\[(【]([0-9]{4})[〕\])】]")
"""The year of a document's number: 「安政办函〔2017〕284号」."""
_PART_SPENT = re.compile(r"(?:完成(?:总|计划)?投资(?:额)?的?|投资(?:已)?完成)([0-9]+(?:\.[0-9]+)?)%")
NOT_BEGUN, DONE = ("未开工", "未动工", "未开建"), ("已完工", "已竣工", "已建成")
"""How progress says so, anywhere in it."""
_ASK = "请核对；如属实，请说明原因。"


@rule(
    "C01-9",
    level=1,
    title="县区报表的文字相互一致，与数字和报告期相符",
    subject="文字",
    source=f"{WORKING}：机制须有文件、有日期，项目进展须与投资额相符，否则无从核对"
    "（安政办函〔2017〕284号 四.2，参数 mechanism_first_year）",
    reads=("C01",),
    breaks={
        "denied": soft("{area}“{indicator}”填“{value}”，而“{other}”填“{others}”，两者不符。" + _ASK),
        "no_document": soft(
            "{area}“{other}”填“{others}”，而“{indicator}”没有填写。请补填文件名称和文号；没有文件的，请说明原因。"
        ),
        "no_date": soft(
            "{area}“{indicator}”填“{value}”，不是日期。请按“2018-03-31”的样式填写；不能填写的，请说明原因。"
        ),
        "after": soft("{area}“{indicator}”填“{value}”，晚于报告期（{month}）。" + _ASK),
        "before": soft("{area}“{indicator}”填“{value}”，早于{limit}年扶贫小额信贷开办。" + _ASK),
        "later": soft("{area}“{indicator}”填“{value}”，早于“{other}”（{others}）的年份。" + _ASK),
        "project": soft("{area}“{indicator}”填“{value}”，而“{other}”{others}，两者不符。" + _ASK),
    },
)
def words_agree(book: Book) -> Iterator[Hit]:
    """A mechanism that is there has a document, one that is not has none; its date is a day that can be.

    Of a document only the year is known. What a project has spent is what its progress says: told where the share is
    given, where nothing was begun, where all is done. Where a row of the form is not there nothing is asked.
    """
    first_year = book.threshold("mechanism_first_year")
    for row, seen in enumerate(book.origins):
        if ESTABLISHED in seen:
            yield from _established(book, row)
        yield from _dated(book, row, int(first_year[row]))
        yield from _project(book, row)


def _words(seen: Observation | None) -> str:
    """What is said, if anything is."""
    text = "" if seen is None else seen.text.strip()
    return "" if text in NOTHING else text


def _half(text: str) -> str:
    """Digits and signs half width."""
    return unicodedata.normalize("NFKC", text)


def _established(book: Book, row: int) -> Iterator[Hit]:
    seen, answer = book.origins[row], _words(book.origins[row][ESTABLISHED])
    given = next((code for code in (DOCUMENT, DAY) if _words(seen.get(code))), None)
    if answer in NO and given:
        yield book.hit("denied", row, ESTABLISHED, value=answer, other=book.label(given), others=_words(seen[given]))
    if answer in YES and DOCUMENT in seen and not _words(seen[DOCUMENT]):
        yield book.hit("no_document", row, DOCUMENT, other=book.label(ESTABLISHED), others=answer)


def _dated(book: Book, row: int, first_year: int) -> Iterator[Hit]:
    """The date, and if nothing is wrong with that, the year of the document."""
    seen, month = book.origins[row], book.months[book.records[row].submission]
    said, document = _words(seen.get(DAY)), _words(seen.get(DOCUMENT))
    day, numbered = _day(said), _NUMBERED.search(_half(document))
    if said and day is None:
        yield book.hit("no_date", row, DAY, value=said)
    elif day and day > month.last_day:
        yield book.hit("after", row, DAY, value=said, month=month.label)
    elif day and day.year < first_year:
        yield book.hit("before", row, DAY, value=said, limit=str(first_year))
    elif numbered and int(numbered[1]) > month.year:
        yield book.hit("after", row, DOCUMENT, value=document, month=month.label)
    elif numbered and day and int(numbered[1]) > day.year:
        yield book.hit("later", row, DAY, value=said, other=book.label(DOCUMENT), others=document)


def _day(text: str) -> date | None:
    """The day that is given; of a month its last, of a year its first: neither is after a period that is in it."""
    found = _DATE.search(_half(text))
    if found is None:
        return None
    if found["only"]:
        return date.min.replace(year=int(found["only"]))
    year, month = int(found["year"] or found["y"]), int(found["month"] or found["m"])
    if not 1 <= month <= 12:
        return None
    _, last = monthrange(year, month)
    given = found["day"] or found["d"]
    day = int(given) if given else last
    return date(year, month, day) if 1 <= day <= last else None


def _project(book: Book, row: int) -> Iterator[Hit]:
    """Not where more was spent than the whole, which C01-5 has."""
    said = _words(book.origins[row].get(STATUS))
    spent, whole = book.now_natural(INVESTED), book.now_natural(TOTAL)
    if not said or unknown(spent)[row]:
        return
    other, told = book.label(book.place(INVESTED, row)), f"为{book.say(INVESTED, int(spent[row]))}"
    share = _PART_SPENT.search(_half(said))
    if (_holds(said, NOT_BEGUN) and spent[row] > 0) or (_holds(said, DONE) and spent[row] == 0):
        yield book.hit("project", row, STATUS, value=said, other=other, others=told)
    elif share and true((whole > 0) & (spent <= whole))[row]:
        exact = Fraction(100 * int(spent[row]), int(whole[row]))
        rounded = Fraction(100 * int(book.step[row]), int(whole[row])) if book.step[row] > 1 else 0
        place = Fraction(1, 10 ** len(share[1].partition(".")[2]))
        if abs(exact - Fraction(share[1])) >= place + rounded:
            told += f"，占总投资的{fixed(exact, 2)}%"
            yield book.hit("project", row, STATUS, value=said, other=other, others=told)


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)
