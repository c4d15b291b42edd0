"""Findings as the page and the report tell them: every word ready, nothing computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pipeline.model import DOCUMENT, Bound, Severity
from pipeline.money import fixed

STATUSES = {
    "open": "未处理",
    "explained": "已说明",
    "corrected": "已更正",
    "overridden": "强制采用",
    "folded": "归入同一原因",
}
FOLDED, CORRECTED = "folded", "corrected"
_NO_UNIT = "认不出的单位"
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PERCENT_PLACES = 2
Key = tuple[str, str]
"""(submission, id) of a finding."""


@dataclass(frozen=True, slots=True)
class EffectSeen:
    """The largest change that a finding stands for: of which annex and column, in words, and how much."""

    size: Fraction
    annex: int
    label: str
    points: bool
    whole: bool = False
    """A whole submission is missing, not this figure alone."""
    at_least: bool = False
    """It is known how far the figure has to move at least, not where to."""

    @property
    def words(self) -> str:
        """「附件3“期末余额/金额”17.74%」, 「整份缺：附件3“期末余额/金额”17.74%」."""
        percent = self.size * 100
        amount = fixed(percent, _PERCENT_PLACES)
        if Fraction(amount) == 0:
            amount = f"不到{fixed(Fraction(1, 10**_PERCENT_PLACES), _PERCENT_PLACES)}"
        what = "整份缺：" if self.whole else "至少" if self.at_least else ""
        return f"{what}附件{self.annex}“{self.label}”{amount}{'个百分点' if self.points else '%'}"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as it is told. `unit`, `form`, `area`, `indicator` and `cause` are words.

    `under` is the id of the finding that this one is folded under; `original` is where a copy of its file lies in the
    store, to be looked at.
    """

    id: str
    rule: str
    severity: Severity
    status: str
    unit: str
    form: str
    file: str
    sheet: str
    cell: str
    message: str
    value: str
    expected: str
    bound: Bound = Bound.EXACT
    """Whether the value ought to be what is expected, or only not above or below it."""
    measure: str = ""
    """In what `value` and `expected` are, where they are figures: 万元, 户."""
    level: int = 0
    area: str = ""
    indicator: str = ""
    cause: str = ""
    under: str = ""
    places: str = ""
    """All cells of the cause that it tells, where the message names only the first."""
    submission: str = ""
    effect: EffectSeen | None = None
    alone: Fraction = Fraction(0)
    """What its figure moves by itself, where the effect is that of a whole submission."""
    unmeasured: bool = False
    """A whole file is not in force because of it, and nobody knows what that moves."""
    original: str = ""

    explained: str = ""
    """What the reporting unit said of it, and when."""
    told_under: str = ""
    """Where a folded one is told, in words."""

    @property
    def asks(self) -> bool:
        """Whether an explanation settles it."""
        return self.severity is Severity.SOFT and self.status == "open"

    @property
    def reported(self) -> str:
        """The value with its unit: 「12.00万元」."""
        return self._measured(self.value)

    @property
    def reference(self) -> str:
        """The expectation with its unit: 「12.00万元」, 「≤12.00万元」."""
        return f"{self.bound}{self._measured(self.expected)}"

    def _measured(self, text: str) -> str:
        return f"{text}{self.measure}" if is_figure(text) else text

    @property
    def status_label(self) -> str:
        """What the clerk reads."""
        return STATUSES.get(self.status, self.status)

    @property
    def unit_label(self) -> str:
        """The unit's name, or that nobody could be recognised."""
        return self.unit or _NO_UNIT

    @property
    def source(self) -> str:
        """File and sheet, and what a document calls the place, in one."""
        sheet = self.sheet if self.sheet != DOCUMENT else ""
        place = "" if self.address else self.cell
        return "　".join(filter(None, [self.file, sheet, place]))

    @property
    def address(self) -> str:
        """The cell, where it has an address such as C7; what a document calls its places is none."""
        return self.cell if _ADDRESS.fullmatch(self.cell) else ""

    @property
    def rank(self) -> tuple[bool, bool, int, bool, Fraction, Fraction, str, str, str, str]:
        """What asks for something first, what is told under another last; then the gravest, and what moves most."""
        size = self.effect.size if self.effect else Fraction(0)
        return (
            self.status != "open",
            self.status == FOLDED,
            self.severity.rank,
            not self.unmeasured,
            -size,
            -self.alone,
            self.unit_label,
            self.file,
            self.rule,
            self.id,
        )


def is_figure(text: str) -> bool:
    """Whether this is a number in digits."""
    return _FIGURE.fullmatch(text) is not None


def ranked(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """In the order of their rank."""
    return sorted(rows, key=lambda row: row.rank)


def causes(rows: Iterable[FindingRow]) -> Mapping[Key, Key]:
    """What is folded, and the finding that tells it: of the same submission, or of what another unit or form says.

    Another version of the same form has findings of the same ids, and they are its own. What nobody tells, because that
    finding is not among these, is left out: it stands for itself.
    """
    every = list(rows)
    standing = [row for row in every if row.status != FOLDED]
    own = {(row.submission, row.id) for row in standing}
    elsewhere = {row.id: row for row in standing if row.status != CORRECTED}
    found: dict[Key, Key] = {}
    for row in every:
        if row.status != FOLDED:
            continue
        other = elsewhere.get(row.under)
        if (row.submission, row.under) in own:
            found[row.submission, row.id] = (row.submission, row.under)
        elif other and (other.unit, other.form) != (row.unit, row.form):
            found[row.submission, row.id] = (other.submission, other.id)
    return found


def folded_under(rows: Iterable[FindingRow]) -> Mapping[Key, list[FindingRow]]:
    """What is folded and told, by the finding that tells it, in its order."""
    every = list(rows)
    told_by = causes(every)
    folded: dict[Key, list[FindingRow]] = {}
    for row in every:
        if row.status == FOLDED and (cause := told_by.get((row.submission, row.id))):
            folded.setdefault(cause, []).append(row)
    return folded
