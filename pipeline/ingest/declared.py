"""「与上月相同」: a unit's own statement about one item or about its whole form. Never assumed, never guessed.

Only a wording that says this and nothing else counts: 与上月相同, 同上月, 本月各项措施与上月一致, 较上月无变化,
同2018年2月 in a form about March, ☑与上月相同. One that says it within a longer sentence is ordinary text; so is
与上月基本一致, which is not the same; a box that is not ticked says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.ingest.heading import packed
from pipeline.ingest.period_words import arabic
from pipeline.ingest.quantities import Reading
from pipeline.model import AS_LAST_MONTH, Symbol
from pipeline.periods import Month

_LAST = r"上个?(?:月份?|期)"
_MONTH = r"(?:(?:(?P<year>(?:19|20)\d\d)[年./-])(?P<number>\d{1,2})(?:月份?)?|(?P<bare>\d{1,2})月份?)"
_WHAT = r"(?:的|填报|报送|上报)*(?:内容|情况|措施|工作)*"
_SAME = r"(?:完全|保持)*(?:相同|一致|一样|无异)"
_UNCHANGED = r"(?:相比|比较)?,?(?:均|都)?(?:无|没有|未有|未发生|未)(?:任何|新的)?(?:变化|变动|改变)"
_ABOUT = (
    r"(?:本月份?|本期|本项|该项|本表|本行|本社|本局|本单位|我行|我社|我局|我单位|表内|各项|全部|所有|上述|以上|其[他它余]"
    r"|金融|扶贫|工作|措施|内容|项目|情况|填报|报送|的|均|都|,)*"
)
_SAID = re.compile(
    rf"{_ABOUT}(?:[与和跟同]?{_LAST}{_WHAT}(?:均|都)?{_SAME}|同{_LAST}{_WHAT}|[与和跟同较比]{_LAST}{_WHAT}{_UNCHANGED})"
)
_NAMED = re.compile(rf"{_ABOUT}[与和跟同]{_MONTH}{_WHAT}(?:{_SAME})?")
_NO_CHANGE = re.compile(rf"{_ABOUT}(?:无|没有|未有|未发生)(?:任何|新的)?(?:变化|变动)")
"""无变化 in an item can only be about last month."""
_TAUTOLOGY = re.compile(
    r"[,、(]*(?:(?:本月|均|都|内容|措施|情况)*(?:无|没有|未)(?:任何|新的)?(?:新增|变化|变动|调整|变更|更新)(?:内容|措施)?|不变|保持不变"
    r"|(?:详|参)?见(?:上月|(?P<tail>\d{1,2})月份?)(?:报表|所报|报送|措施表)?(?:内容)?)\)?$"
)
"""What says 与上月相同 once more behind it: （无新增）, （详见2月报表）."""
_PERHAPS = re.compile(
    r"上个?[月期季年]|前一?个?月|去年同期|[与和跟同]本月|延续|沿用|[不未]变|无变|(?:无|没有|未)(?:新增|调整|更新|变更)|照旧|^同前|^[(]?略[)]?$|ditto",
    re.IGNORECASE,
)
"""Words that may mean 与上月相同 and may not."""
_CONTENT = re.compile(r"\d(?!\d*月)(?!\d*年)|增[加长速]|减少|下降|上升|提高|降低|(?<!无)(?<!没有)(?<!未)新增|推出|完成")
"""What only a sentence of a unit's own says, beside last month."""
_LONGEST_DOUBT = 20
_CHINESE_MONTH = re.compile(r"(?<=[同与和跟见])(?:十[一二]?|[一二三四五六七八九])(?=月)")
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_TRADITIONAL = str.maketrans("與個內變無動沒樣報發況", "与个内变无动没样报发况")
_ABOVE = re.compile(r"同(?:上|前)(?:所述|一?[项栏行])?")

MENTIONED = re.compile(
    r"[与和跟同较比]\s*上\s*个?\s*[月期][^。;；\n]{0,12}?(?<!不)(?:相\s*同|一\s*致|一\s*样|(?:无|没有|未有|未发生)\S{0,3}变[化动])"
    r"|同\s*上\s*个?\s*月(?!末|底|比|期)"
)
"""What may be a declaration, in a document or outside a table; whether it is one is another question."""
_ASKS = re.compile(r"可|请|应|须|需|如|若|是否|填写|勾选|[“\"]")
"""Words of an instruction that tells how to declare, or of a question that nobody answered."""

_LONGEST = 200
"""Characters of the longest declaration, options and all."""
_CHECKED = dict.fromkeys(map(ord, "☑✓✔■☒🗹√●◉"), "☑")
_BLANK = dict.fromkeys(map(ord, "□☐○▢◻◯"), "□")
_AROUND = '。.;；!！,，、"“”'
_LEAD = re.compile(r"^(?:备注|附注|注|说明|声明|填报声明|填报说明|填报方式|填报情况|其他说明)\d?:")
_YES, _NO = frozenset(("是", "对", "同意", "")), frozenset(("否", "不是", "不"))
_ANSWERS = frozenset(("☑", "□", "是", "否"))

_WHICH_ABOVE = "“同上”看不出是同哪一项还是同上月。请写出内容；与上月相同的，请写“与上月相同”。"
_WHICH_WORDS = "看不出是与上月相同，还是另有内容。请写内容，或写“与上月相同”。"
_WHICH_MONTH = "写的是与另一个月相同，不是上月，无法引用。请写出内容；与上月相同的，请写“与上月相同”。"


def says(text: str, month: Month | None) -> bool | None:
    """Whether a text is this declaration in a form about `month`; False where its box or answer says no; else None."""
    if len(text) > _LONGEST:
        return None
    folded = _folded(text)
    if "☑" in folded or "□" in folded:
        return _ticked(folded, month)
    asked, _, answer = _LEAD.sub("", folded).replace("?", ":").partition(":")
    if not _is_said(asked, month):
        return None
    if answer:
        return answer in _YES if answer in _YES | _NO else None
    return None if asked.startswith("是否") or folded.endswith((":", "?")) else True


def says_in_row(texts: Sequence[str], month: Month | None) -> bool | None:
    """The same for a line of cells outside the items: read on from cell to cell, else any sentence of any cell.

    A cell with nothing but a box, or 是, or 否 belongs to its neighbour: then no cell speaks for itself.
    """
    whole = says(_read_on(texts), month) if len(texts) > 1 else None
    if whole is not None or (len(texts) > 1 and any(_folded(text) in _ANSWERS for text in texts)):
        return whole
    parts = [part for text in texts for part in re.split(r"[\n。;；]", text)]
    found = [said for part in parts if (said := says(part, month)) is not None]
    return any(found) if found else None


def is_unclear(text: str, month: Month | None) -> bool:
    """Whether a text outside the items speaks of being as last month, asks nothing, and yet does not declare it."""
    parts = [part for part in re.split(r"[\n。;；]", text) if MENTIONED.search(part)]
    return any(says(part, month) is None and not _ASKS.search(part) for part in parts)


def as_declared(reading: Reading, month: Month | None) -> Reading:
    """What an item's cell says: the declaration in its one spelling, a problem where it refers elsewhere, or its words.

    A line that offers the declaration and is not ticked is no words.
    """
    text = reading.text
    folded = _folded(text[:_LONGEST])
    if says(text, month) or _NO_CHANGE.fullmatch(folded):
        return replace(
            reading, text=AS_LAST_MONTH, changes="" if text == AS_LAST_MONTH else f"{text} → {AS_LAST_MONTH}"
        )
    if _ABOVE.fullmatch(folded):
        return Reading(None, problem=_WHICH_ABOVE)
    if _NAMED.fullmatch(folded):
        return Reading(None, problem=_WHICH_MONTH)
    lines = text.split("\n")
    kept = [line for line in lines if says(line, month) is not False or "☑" in _folded(line)]
    left = "\n".join(kept)
    if _is_doubtful(_folded(left[:_LONGEST])) and says(left, month) is None:
        return Reading(None, problem=_WHICH_WORDS)
    if kept == lines:
        return reading
    words = "\n".join(kept).strip()
    return Reading(None, words, Symbol.NONE if words else Symbol.MISSING, changes="去掉没有勾选的“与上月相同”")


def _is_doubtful(folded: str) -> bool:
    """Whether a short text may be the declaration in other words: 内容不变, 参见上月, 照旧. Never taken for words."""
    return len(folded) <= _LONGEST_DOUBT and bool(_PERHAPS.search(folded)) and not _CONTENT.search(folded)


# ------------------------------------------------------------------ wordings and boxes


def _folded(text: str) -> str:
    """The text without blanks, months in digits, boxes as ☑ or □, punctuation around it gone."""
    digits = _CHINESE_MONTH.sub(lambda found: str(_MONTHS.index(found[0]) + 1), arabic(packed(text)))
    boxes = digits.translate(_CHECKED).translate(_BLANK).translate(_TRADITIONAL)
    plain = re.sub(r"[(\[【]([☑□]?)[)\]】]", lambda found: found[1] or "□", boxes).strip(_AROUND)
    return (
        re.sub(r"^[(\[【](.*)[)\]】]$", r"\1", plain) if re.fullmatch(r"[(\[【][^()\[\]【】]*[)\]】]", plain) else plain
    )


def _is_said(words: str, month: Month | None) -> bool:
    words = words.removeprefix("是否")
    tail = _TAUTOLOGY.search(words)
    if tail and tail["tail"] and (month is None or int(tail["tail"]) != month.previous.month):
        return False
    plain = words[: tail.start()] if tail else words
    if _SAID.fullmatch(words) or _SAID.fullmatch(plain) or (plain != words and _NO_CHANGE.fullmatch(plain)):
        return True
    named = _NAMED.fullmatch(words)
    if named is None or month is None:
        return False
    before = month.previous
    year = int(named["year"]) if named["year"] else before.year
    return (year, int(named["number"] or named["bare"])) == (before.year, before.month)


def _ticked(folded: str, month: Month | None) -> bool | None:
    """What boxes say: 「☑与上月相同」, 「与上月相同□」, 「是否与上月相同：☑是□否」, 「□有变化☑与上月相同」."""
    label, options = _options(folded)
    checked = [words for box, words in options if box == "☑"]
    if label and _is_said(label, month):
        return len(checked) == 1 and checked[0] in _YES
    named = [words for _, words in options if _is_said(words, month)]
    return checked == named if len(named) == 1 else None


def _options(folded: str) -> tuple[str, list[tuple[str, str]]]:
    """The label before the options, and each option's box and words."""
    first = min(place for box in "☑□" if (place := folded.find(box)) >= 0)
    before = folded[:first]
    if not before or before.endswith((":", "?")):
        found = re.findall(r"([☑□])([^☑□]*)", folded[first:])
        return before.rstrip(":?"), [(box, _bare(words)) for box, words in found]
    label, colon, rest = folded.rpartition(":") if ":" in before else ("", "", folded)
    question = re.match(r"是否.*?(?=是[☑□])", rest)
    if question and not colon:
        label, rest = question[0], rest[question.end() :]
    return label, [(box, _bare(words)) for words, box in re.findall(r"([^☑□]+)([☑□])", rest)]


def _bare(words: str) -> str:
    return re.sub(r"\([^()]*\)$", "", words.strip(_AROUND)).strip(_AROUND)


def _read_on(texts: Sequence[str]) -> str:
    """Cells of a row as one text: a lone box joins its words, an answer follows its question."""
    whole = texts[0]
    for before, text in pairwise(texts):
        joined = {_folded(before), _folded(text)} & {"☑", "□"} or _folded(before).endswith(":")
        whole += text if joined else f"：{text}"
    return whole
