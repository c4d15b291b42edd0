"""The title of a blank form: the unit's own, with the new month in the place of the old one, where it has one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.periods import Month

_MONTH = re.compile(r"(?<!\d)(\d{4})(\s*年\s*)(0?)(\d{1,2})(\s*月)(?!\d)")
_DIGITS = re.compile(r"\d+")
_LONGEST = 60


def own_title(title: str, then: Month, now: Month, known_as: Iterable[str]) -> str:
    """The title of another month; nothing where it is no title of this form, or where it cannot be said of `now`.

    Whatever other number a title has may be a year, a quarter or a day, which nobody can carry on.
    """
    if len(title) > _LONGEST or "\n" in title or not any(name in title for name in known_as):
        return ""
    told = [(int(found[1]), int(found[4])) for found in _MONTH.finditer(title)]
    if any(one != (then.year, then.month) for one in told) or _DIGITS.search(_MONTH.sub("", title)):
        return ""
    return _MONTH.sub(lambda found: f"{now.year}{found[2]}{_padded(found[3], now)}{found[5]}", title)


def _padded(nought: str, month: Month) -> str:
    return f"{month.month:02d}" if nought else str(month.month)
