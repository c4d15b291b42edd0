"""Who reported when: reporting units by months, each cell a short word and a look that never speaks alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.periods import Month, period_label
from pipeline.render.header import Span, spans


class Mark(StrEnum):
    """How a duty stands; the value is the style's name."""

    IN_TIME = "in-time"
    LATE = "late"
    VOLUNTARY = "voluntary"
    CORRECTION_REJECTED = "correction"
    CORRECTION_PENDING = "correction-pending"
    REJECTED = "rejected"
    MISSING = "missing"
    NOT_DUE = "not-due"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"
    NOT_OWED = "not-owed"


_WORDS = {
    Mark.IN_TIME: "按时",
    Mark.LATE: "迟",
    Mark.VOLUNTARY: "自愿",
    Mark.CORRECTION_REJECTED: "更正退回",
    Mark.CORRECTION_PENDING: "更正待办",
    Mark.REJECTED: "退回",
    Mark.MISSING: "未报",
    Mark.NOT_DUE: "未到期",
    Mark.PENDING: "待处理",
    Mark.WITHDRAWN: "撤出",
    Mark.NOT_OWED: "—",
}
LEGEND = (
    (Mark.IN_TIME, "按时", "按时报送，已采用"),
    (Mark.LATE, "迟3天", "已采用，迟报的天数"),
    (Mark.VOLUNTARY, "自愿", "不须报送而报送，已采用"),
    (Mark.CORRECTION_REJECTED, "更正退回", "仍采用原报送，后报的一份被退回"),
    (Mark.CORRECTION_PENDING, "更正待办", "仍采用原报送，正式发布之后又收到的一份待处理"),
    (Mark.REJECTED, "退回", "有强制性问题，没有采用"),
    (Mark.MISSING, "未报", "已过截止日期，没有收到"),
    (Mark.NOT_DUE, "未到期", "没有收到，还没有到截止日期"),
    (Mark.PENDING, "待处理", "正式发布之后才收到，尚未采用"),
    (Mark.WITHDRAWN, "撤出", "已撤出，没有采用"),
    (Mark.NOT_OWED, "—", "当月不须报送，也没有报送"),
)
"""Mark, what stands in a cell, what it means."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one unit's duty of one period stands; `days` it was late."""

    mark: Mark
    days: int = 0

    @property
    def words(self) -> str:
        """「按时」, 「迟3天」."""
        return f"{_WORDS[self.mark]}{self.days}天" if self.mark is Mark.LATE else _WORDS[self.mark]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A reporting unit and how its duties of the matrix's periods stood, oldest first."""

    label: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class FormMatrix:
    """One form: its periods, the units that owed or sent it in any of them, and for each period (in force, owed)."""

    form: str
    name: str
    periods: tuple[str, ...]
    rows: tuple[UnitRow, ...]
    counts: tuple[tuple[int, int], ...]

    @property
    def is_monthly(self) -> bool:
        """Whether its columns are months, not years."""
        return any("-" in period for period in self.periods)

    @property
    def header(self) -> list[list[Span]]:
        """Header cells by level: years over months, or years alone."""
        found = spans([_path(period) for period in self.periods])
        return [[span for span in found if span.top == level] for level in range(max(s.bottom for s in found) + 1)]

    def label(self, place: int) -> str:
        """What a column is called in full."""
        return period_label(self.periods[place])


def _path(period: str) -> Sequence[str]:
    if "-" not in period:
        return (period_label(period),)
    month = Month.parse(period)
    return (f"{month.year}年", f"{month.month}月")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Duties of this month that ask for the same: which form, due when, how they stand in words, and whose."""

    form: str
    due: str
    state: str
    units: tuple[str, ...]
