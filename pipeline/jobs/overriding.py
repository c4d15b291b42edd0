"""What people let through in spite of what is wrong or missing, as sentences that every product prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.catalog import Catalog
from pipeline.errors import UsageError
from pipeline.jobs.clock import Clock
from pipeline.jobs.explanations import OF_A_DECISION, why_refused
from pipeline.jobs.gaps import gaps
from pipeline.jobs.month import MonthView
from pipeline.periods import period_label


@dataclass(frozen=True, slots=True)
class Override:
    """Who lets a month be final despite its gaps, and why."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finality:
    """Whether releases are to be final 「正式」, and who lets them be so despite gaps."""

    wanted: bool
    override: Override | None = None

    def reached(self, seen: MonthView) -> bool:
        """Whether the month can be released as final."""
        return self.wanted and (seen.complete or self.override is not None)

    def told(self, seen: MonthView) -> dict[str, str] | None:
        """What a release says of its gaps: who decided, why, and what is lacking; None where nothing is."""
        if self.override is None or not self.wanted or seen.complete:
            return None
        return {**asdict(self.override), "gaps": "；".join(gaps(seen))}


def finality(by: str | None, reason: str | None, catalog: Catalog, clock: Clock, *, final: bool) -> Finality:
    """What the command line says of it.

    Raises:
        UsageError: half of it is said, the reason is none, or no final release is asked for.
    """
    if by is None and reason is None:
        return Finality(final)
    if not final:
        raise UsageError("--override 只和 --final 一起用：它决定数据不全时仍正式发布。")
    if not (by or "").strip() or not (reason or "").strip():
        raise UsageError("不齐全而仍要正式发布，请同时用 --override 写明由谁决定（姓名），用 --reason 写明理由。")
    if refused := why_refused(str(reason), catalog, clock, OF_A_DECISION):
        raise UsageError(f"正式发布的理由“{reason}”{refused}")
    return Finality(final, Override(str(by).strip(), str(reason).strip()))


def overrides(seen: MonthView, catalog: Catalog, body: Mapping[str, Any]) -> tuple[str, ...]:
    """Submissions that count despite hard findings, and the release that is final despite its gaps, with reasons.

    Args:
        seen: the month.
        catalog: names.
        body: the release's journal entry; `override` in it has who decided, why, and what was lacking.
    """
    return (*_released(body), *_taken_in(seen, catalog))


def _taken_in(seen: MonthView, catalog: Catalog) -> list[str]:
    told = []
    for standing, entry in seen.overridden:
        record, form = standing.record, catalog.forms[standing.record.form]
        about = "" if "-" in record.period else period_label(record.period)
        told.append(
            f"强制采用：{catalog.units.by_id[record.unit].name(seen.month)}{about}《{form.name}》有强制性问题"
            f"{len([f for f in standing.hard if not f.finding.under])}个未更正，经{entry.body['by']}决定采用，"
            f"理由：{entry.body['reason'].rstrip('。')}。"
        )
    return told


def _released(body: Mapping[str, Any]) -> list[str]:
    decided = body.get("override")
    if not decided:
        return []
    return [
        f"本期数据不全（{decided['gaps']}），经{decided['by']}决定正式发布，理由：{decided['reason'].rstrip('。')}。"
    ]
