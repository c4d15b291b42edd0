"""County returns: words that do not agree with each other, with the period or with the figures beside them."""

from __future__ import annotations

import re

from tests.sabotage.planting import CELL, Desk, Draft, kind

RETURN = "C01"
ESTABLISHED, DOCUMENT, DAY = "mechanism_established", "mechanism_document", "mechanism_date"
_SHARE = re.compile(r"\d+(?=%)")


def _typed(desk: Desk, code: str, text: str | None) -> Draft:
    draft = desk.draft(RETURN)
    draft.put(draft.counties[0], code, text)
    return draft


@kind("mechanism-denied", CELL, "机制填“否”，却有文件和日期", "C01-9")
def mechanism_denied(desk: Desk) -> Draft:
    """No mechanism, they say, and give its document."""
    return _typed(desk, ESTABLISHED, "否")


@kind("mechanism-no-document", CELL, "机制填“是”，机制文件空白", "C01-9")
def mechanism_without_document(desk: Desk) -> Draft:
    """A mechanism without its document."""
    return _typed(desk, DOCUMENT, None)


@kind("mechanism-later", CELL, "机制建立日期、文件年份晚于报告期", "C01-9")
def mechanism_later(desk: Desk) -> Draft:
    """Its day, or the year of its document, is yet to come."""
    draft = desk.draft(RETURN)
    area, years = draft.counties[0], desk.random.randint(1, 9)
    code = desk.random.choice((DAY, DOCUMENT))
    said = draft.seen[area, code, "", 0].text
    draft.put(area, code, re.sub(r"\d{4}", str(draft.month.year + years), said, count=1))
    return draft


@kind("mechanism-too-early", CELL, "机制建立日期早于扶贫小额信贷开办", "C01-9")
def mechanism_too_early(desk: Desk) -> Draft:
    """Its day is years before there were such loans."""
    draft = desk.draft(RETURN)
    area = draft.counties[0]
    draft.put(area, DAY, f"{desk.random.randint(1996, 2013)}{draft.seen[area, DAY, '', 0].text[4:]}")
    return draft


@kind("mechanism-no-date", CELL, "机制建立日期不是日期", "C01-9")
def mechanism_no_date(desk: Desk) -> Draft:
    """Its day is none: lost its format, lies beyond the month, or is words."""
    return _typed(desk, DAY, desk.random.choice(("42502", "2016-02-30", "2016年13月", "已建立", "示例政办发")))


@kind("project-progress", CELL, "项目进展写的完成投资百分比与投资额不符", "C01-9")
def project_progress(desk: Desk) -> Draft | None:
    """The share that is said to be spent is not what the figures come to."""
    draft = desk.draft(RETURN)
    for (area, code, bank, item), seen in list(draft.seen.items()):
        if code == "project_status" and (found := _SHARE.search(seen.text)):
            share = int(found.group())
            wrong = desk.random.choice([other for other in range(8, 100) if abs(other - share) > 2])
            draft.put(area, code, _SHARE.sub(str(wrong), seen.text), bank, item)
            return draft
    return None
