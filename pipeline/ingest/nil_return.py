"""「本月无业务」: a unit's own declaration that nothing happened in the month. Never assumed, never guessed.

Only a sentence that says this and nothing else counts: 本月无业务, 我行3月份均无业务, ☑本月无业务, 本月无业务：是.
One that tells how to declare it, that asks for it, or that says it of some counties is an ordinary note.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import chain, pairwise

from pipeline.ingest.account import Account
from pipeline.ingest.heading import packed
from pipeline.ingest.period_words import month_alone_arabic
from pipeline.model import CellKind
from pipeline.periods import Month

_LONGEST = 200
_CHECKED = dict.fromkeys(map(ord, "☑✓✔■☒🗹√●◉"), "☑")
_BLANK = dict.fromkeys(map(ord, "□☐○▢◻◯"), "□")
_AROUND = "。.!！,，、\"'“”*※ "
_LEAD = re.compile(
    r"(?:(?:填报|其他)?说明|备注|附注|注|声明|零报告|更正|订正|修正|勘误)\d?:|[(]?\d{1,2}[)、.]|[(]?[一二三四五六七八九]{1,2}[)、]"
)
_WHO = (
    r"(?:本|我)(?:行|社|联社|单位|机构|局|办|部门|市|县|区|县区|辖区?)"
    r"|(?:全|辖)(?:市|县|区|辖|行|社|内)|各?(?:县区|县\(区\)|支行|网点)"
)
_WHEN = (
    r"本月份?|本期|当月|报告期内?"
    r"|(?:(?:今|本|当)年|(?P<year>(?:(?:19|20)\d{2}|[1-4]\d))年)?(?P<month>\d{1,2})月份?(?:期间|当月)?"
)
_WHAT = r"(?:任何|相关|金融|扶贫|小额|贷款|信贷|的)*"
"""「此项」 and 「该类」 are not among them: they point to something else that was named."""
_NONE = (
    rf"(?:无|(?:没有?|未)(?:有|发生|开展|办理|产生)?){_WHAT}业务(?:发生额?|往来|量|办理)?"
    rf"|{_WHAT}业务(?:量|发生额|笔数)?(?:均|都)?为?[零0]|{_WHAT}业务(?:均|都)?(?:未|没有)(?:发生|开展|办理)|零业务"
)
_SAID = re.compile(
    rf"(?:{_WHO})*(?:{_WHEN}),?(?:{_WHO})*(?:内|确|均|都|全部|也|,)*(?:{_NONE})(?:,?特此(?:说明|报告|声明|报告说明))?"
)
_TAKEN_BACK = re.compile(
    rf"(?:{_WHO})*(?:{_WHEN})(?:{_WHO})*(?:内|实际|确实?|均|都|已|仍)*(?:有|发生了?|开展了?|办理了?|存在){_WHAT}业务(?:发生|往来|量)?"
    r"|(?:以上|上述|上面|原|前述)?(?:声明|说明|零报告|“?本月无业务”?)?(?:有误|错误|作废|不实|更正|撤回|不再适用)"
)
"""更正：本月有业务: what the same sheet says against it."""
_ASKED = re.compile(r"(?:本月份?|本期|当月)(?:有无|是否有)业务")
_YES, _NO = frozenset(("是", "对", "☑")), frozenset(("否", "不是", "不", "□", "×", "x", "X", "无"))
_ASKS = r"(?:请|如|若|应|须|需|填写|注明|写明|勾选)"
_NONE_SAID = frozenset(("无", "没有", "否"))


def declares_nil(account: Account, rows: Iterable[int], month: Month | None, names: Collection[str]) -> bool:
    """Whether a line outside the table declares it; `names` are the unit's. In a row it is a remark on that row."""
    lines = [_texts(account, row) for row in rows]
    return any(_says_in_line(line, month, names) for line in lines) and not any(map(_takes_back, chain(*lines)))


def _texts(account: Account, row: int) -> list[str]:
    return [str(cell.value) for cell in account.row(row) if cell.kind is CellKind.TEXT]


def _says_in_line(texts: list[str], month: Month | None, names: Collection[str]) -> bool:
    """Cell by cell; 是, 否 or a box in the next cell is this one's answer, one in the cell before its box."""
    for before, text, behind in zip(["", *texts], texts, [*texts[1:], ""], strict=False):
        box, answer = _folded(before), _folded(behind)
        joined = f"{text.rstrip(':： ')}：{behind}" if answer in _YES | _NO else text
        whole = f"{before}{joined}" if box in ("☑", "□") else joined
        if not _asks_of_something_else(before, names) and says_nil(whole, month, names):
            return True
    return False


def _asks_of_something_else(before: str, names: Collection[str]) -> bool:
    """Whether the words before are a label to which the declaration is the answer: 核销情况, 企业贷款：."""
    words = _folded(before)
    if words in ("", "☑", "□") or words[-1] in "☑□":
        return False
    label, _, value = words.partition(":")
    own = label in names or bool(_LEAD.fullmatch(f"{label}:")) or bool(re.fullmatch(_WHO, label))
    return not value and not own and not label.isdigit()


def says_nil(text: str, month: Month | None, names: Collection[str] = ()) -> bool:
    """Whether a text is this declaration in a form about `month`, of the unit with these names."""
    if len(text) > _LONGEST:
        return False
    parts = _sentences(text)
    return not _takes_back(text) and any(
        _is_said(_folded(part), month, names)
        for before, part in zip(["", *parts], parts, strict=False)
        if not (before.rstrip().endswith((":", "：")) and _asks_of_something_else(before, names))
    )


def _takes_back(text: str) -> bool:
    """Whether one of the sentences says that there was business, or that what was declared is wrong."""
    return any(
        _TAKEN_BACK.fullmatch(_without_lead(_folded(part))) for part in re.split(r"[\n。;；!！,，]", text[:_LONGEST])
    )


def _without_lead(words: str) -> str:
    while lead := _LEAD.match(words):
        words = words[lead.end() :].strip(_AROUND)
    return words


def _sentences(text: str) -> list[str]:
    """Sentences and lines; a line that asks for something and does not end goes on in the next."""
    joined = re.sub(rf"({_ASKS}[^\n。;；!！]*)\n", r"\1", text)
    return re.split(r"[\n。;；!！]", joined)


def _folded(text: str) -> str:
    boxes = month_alone_arabic(packed(text)).translate(_CHECKED).translate(_BLANK)
    return re.sub(r"[(\[【]([☑□]?)[)\]】]", lambda found: found[1] or "□", boxes).strip(_AROUND)


def _is_said(words: str, month: Month | None, names: Collection[str]) -> bool:
    words = _without_lead(words)
    if "☑" in words or "□" in words:
        return _is_ticked(words, month, names)
    asked, _, answer = words.replace("?", ":").partition(":")
    if answer:
        answer = answer.strip(_AROUND)
        return (answer in _YES and _is_nil(asked, month, names)) or (
            answer in _NONE_SAID and bool(_ASKED.fullmatch(asked))
        )
    return not words.endswith((":", "?")) and _is_nil(words, month, names)


def _is_nil(words: str, month: Month | None, names: Collection[str]) -> bool:
    words = words.removeprefix("是否").strip(_AROUND)
    name = next((name for name in sorted(names, key=len, reverse=True) if words.startswith(name)), "")
    said = _SAID.fullmatch(words.removeprefix(name).lstrip(",，"))
    if said is None or said["month"] is None:
        return said is not None
    return (
        month is not None
        and int(said["month"]) == month.month
        and said["year"] in (None, str(month.year), str(month.year % 100))
    )


def _is_ticked(words: str, month: Month | None, names: Collection[str]) -> bool:
    """「☑本月无业务」, 「本月无业务□」, 「是否本月无业务：☑是□否」, 「□有业务☑本月无业务」."""
    boxes = [place for place, sign in enumerate(words) if sign in "☑□"]
    label = words[: boxes[0]].rstrip(":?")
    if not label or label != words[: boxes[0]]:
        ends = [*boxes, len(words)]
        options = [(words[start], words[start + 1 : end].strip(_AROUND)) for start, end in pairwise(ends)]
    else:
        label, options = "", [(box, said.strip(_AROUND)) for said, box in re.findall(r"([^☑□]+)([☑□])", words)]
    ticked = [said for box, said in options if box == "☑"]
    if len(ticked) != 1:
        return False
    return _is_nil(ticked[0], month, names) or (
        ticked[0] in ("是", "") and bool(label) and _is_nil(label, month, names)
    )
