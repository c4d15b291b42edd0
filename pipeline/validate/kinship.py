"""Whose, and of which month, figures are: a statement goes on from a closing balance, a county repeats its banks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Observation, Submission
from pipeline.periods import Month
from pipeline.validate.neighbours import RETURN, STATEMENT

OUTSTANDING, TYPED_OPENING = "outstanding_amount", "outstanding_amount_previous_month"
MIRRORED = ("outstanding_amount", "disbursed_amount_ytd", "disbursed_households_ytd")
"""What a county says of each bank, in `mirror_…`, as the bank says it."""
_ADDED, _TAKEN = ("disbursed_amount_mtd", "other_change_amount_mtd"), ("repaid_amount_mtd", "written_off_amount_mtd")
_ROUNDINGS = 4
"""Steps that an opening balance may be off: it is made of five figures, and held against one."""
_MOST = (2, 3)
_FEW_MIRRORS = 2

Place = tuple[str, str, str, str]
"""(reporting unit, area, institution, indicator)."""
Sent = Mapping[Place, frozenset[int]]
"""What was sent under one form and month: the figures at each place, in every version of them."""
SentOf = Callable[[str, Month], Sent]


@dataclass(frozen=True, slots=True)
class Kin:
    """Who might have made a submission, about which month."""

    unit: str
    month: Month
    area: Mapping[str, str] = field(default_factory=dict)
    """In the place of which area of the submission stands which of the unit; the others are their own."""
    bank: str = ""
    """The institution of the unit; empty for a county."""

    def place(self, seen: Observation) -> Place:
        """Where this unit would have sent a figure."""
        return self.unit, self.area.get(seen.area, seen.area), self.bank or seen.institution, seen.indicator


def fits(sent: Submission, kin: Kin, sent_of: SentOf) -> bool | None:
    """Whether figures are those of this unit and month, as far as others have told; None where nothing tells.

    A statement does where its openings are the closing balances of the unit's month before; a county return where it
    says of banks what these say of themselves.
    """
    held = list(_openings(sent, kin, sent_of) if sent.form == STATEMENT else _mirrors(sent, kin, sent_of))
    if len(held) < (_FEW_MIRRORS if sent.form == RETURN else 1):
        return None
    return sum(held) * _MOST[1] >= len(held) * _MOST[0]


def is_repeated(sent: Submission, kin: Kin, sent_of: SentOf) -> bool:
    """Whether most of what a submission says was sent for this unit and month before: it is that month's, corrected."""
    before = sent_of(sent.form, kin.month)
    held = [
        seen.value in known
        for seen in _single(sent.observations)
        if seen.value and (known := before.get(kin.place(seen)))
    ]
    return bool(held) and sum(held) * _MOST[1] >= len(held) * _MOST[0]


def _openings(sent: Submission, kin: Kin, sent_of: SentOf) -> Iterator[bool]:
    closing = sent_of(STATEMENT, kin.month.previous)
    by_area: dict[str, dict[str, Observation]] = {}
    for seen in _single(sent.observations):
        by_area.setdefault(seen.area, {})[seen.indicator] = seen
    for own in by_area.values():
        end = own.get(OUTSTANDING)
        known = closing.get(kin.place(end)) if end else None
        if known and max(known):
            openings = _openings_of(own)
            yield any(abs(opening - closed) <= _ROUNDINGS * sent.step for opening in openings for closed in known)


def _openings_of(own: Mapping[str, Observation]) -> list[int]:
    """With what balance the month began, as it is typed and as the month's flows have it."""
    value = {code: seen.value for code, seen in own.items() if seen.value is not None}
    typed = [value[TYPED_OPENING]] if TYPED_OPENING in value else []
    if OUTSTANDING not in value:
        return typed
    moved = sum(value.get(code, 0) for code in _ADDED) - sum(value.get(code, 0) for code in _TAKEN)
    return [*typed, value[OUTSTANDING] - moved]


def _mirrors(sent: Submission, kin: Kin, sent_of: SentOf) -> Iterator[bool]:
    told: dict[tuple[str, str, str], set[int]] = {}
    for (_, area, bank, code), values in sent_of(STATEMENT, kin.month).items():
        told.setdefault((area, bank, code), set()).update(values)
    for seen in _single(sent.observations):
        code = seen.indicator.removeprefix("mirror_")
        if code in MIRRORED and code != seen.indicator and seen.value:
            said = told.get((kin.area.get(seen.area, seen.area), seen.institution, code))
            if said:
                allowed = sent.step if code.endswith("_amount") or "_amount_" in code else 0
                yield any(abs(seen.value - value) <= allowed for value in said)


def _single(observations: Sequence[Observation]) -> Iterator[Observation]:
    return (seen for seen in observations if not seen.total and not seen.item)
