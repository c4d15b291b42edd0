"""A blank form filled in with another time's figures throughout: one formula that counts those that are the same."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import address
from pipeline.render.form_formulas import HARD, SOFT, WHOLE, Check
from pipeline.render.form_rules import Copied
from pipeline.render.form_sentences import literals
from pipeline.render.form_sums import BROKEN, HOLDS, Sums

_LONGEST = 8000
"""A formula that is longer is no formula to Excel: a form so large is compared when it comes home."""


def copied_checks(sums: Sums, states: Iterator[str]) -> Iterator[Check]:
    """Every check; of `states` each takes the cell in which its state will stand."""
    for one in sums.form.copied:
        pairs = _pairs(sums, one)
        same = "+".join(f"ISNUMBER({now})*({now}={then})" for now, then in pairs)
        if len(pairs) < one.least or len(same) > _LONGEST:
            continue
        yield _check(sums, one, same, next(states))


def _pairs(sums: Sums, one: Copied) -> list[tuple[str, str]]:
    """Each figure of the form beside that of the other time."""
    found = []
    for area, key in sums.page.places:
        now, then = sums.place(area, key), sums.place(area, key, one.when)
        if now and then:
            found.append((now.replace("$", ""), then.replace("$", "")))
    return found


def _check(sums: Sums, one: Copied, same: str, state: str) -> Check:
    page = sums.page
    figures = {place: at for place, at in page.places.items() if page.is_figure(place[1])}
    filled = f"COUNT({','.join(page.blocks(figures.values()))})"
    (_, key), first = min(figures.items(), key=lambda found: found[1])
    before, _, after = one.message.replace("{indicator}", sums.asked(key).label).partition("{count}")
    told = "&".join([*literals(before), filled, *literals(after)])
    judged = f'IF({same}={filled},"{BROKEN}","{HOLDS}")'
    return Check(
        one.code, HARD if one.hard else SOFT, WHOLE, sums.asked(key).label, address(*first),
        f'=IF({filled}<{one.least},"",{judged})', f'=IF({state}="{BROKEN}",{told},"")',
    )  # fmt: skip
