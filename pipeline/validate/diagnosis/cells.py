"""All the figures of a cause, where it is about more than the one at which it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model import Accused, Finding
from pipeline.validate.diagnosis.system import Place
from pipeline.validate.frames import Book, machine


def accused(book: Book, figures: Mapping[Place, int | None]) -> tuple[Accused, ...]:
    """These figures with what they were meant to be, where that is known; nothing where it is one."""
    told = tuple(
        Accused(
            at.sheet, at.cell, "" if at.total else at.area, book.place(code, row), machine(column, at.value or 0),
            "" if meant is None else machine(column, meant),
        )
        for (row, code), meant in figures.items()
        if (at := book.origins[row].get(code)) is not None and (column := book.form.by_code[code])
    )  # fmt: skip
    return told if len(told) > 1 else ()


def accused_of(findings: Sequence[Finding]) -> tuple[Accused, ...]:
    """The figures at which these findings are, and those of their causes, each once; nothing where it is one."""
    every: dict[tuple[str, str], Accused] = {}
    for finding in findings:
        for one in finding.accused or _own(finding):
            known = every.setdefault((one.sheet, one.cell), one)
            if one.expected and not known.expected:
                every[one.sheet, one.cell] = one
    return tuple(every.values()) if len(every) > 1 else ()


def _own(finding: Finding) -> tuple[Accused, ...]:
    at = (finding.sheet, finding.cell, finding.area, finding.indicator)
    return (Accused(*at, finding.value, finding.expected, finding.bound),) if finding.cell else ()
