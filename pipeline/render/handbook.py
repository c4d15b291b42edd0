"""The handbook of edit rules 「审核关系」 for those who report: what it holds, as a page and as data."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pipeline.periods import Month
from pipeline.render.template import filled, source

_FAMILIES = "FACQT"
"""Rules of the file, of statements, of county returns, measures and targets, by the first letter of their codes."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation in words, and in the numbers of the form 「22＝上月22＋08－15」 where it has them."""

    words: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A policy parameter that decides a rule, with its value of the month."""

    name: str
    title: str
    value: str
    since: str
    until: str
    window: str
    basis: str


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example: a return that passes, one change, and what is found then."""

    kind: str
    severity: str
    weight: str
    month: Month
    relation: str
    passing: str
    given: str
    change: str
    failing: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule as those who report should know it."""

    code: str
    level: int
    title: str
    scope: str
    """What it looks at: the words of its level."""
    forms: str
    severities: tuple[str, ...]
    weights: str
    relations: tuple[Relation, ...]
    meaning: str
    told: str
    """What is said where it is broken: a line for each way, with words for what the data fill in."""
    tolerance: str
    thresholds: tuple[Threshold, ...]
    since: str
    until: str
    prescribed: str
    """The first month for which a document asks for it; months before are checked alike."""
    window: str
    source: str
    cases: tuple[Case, ...]

    @property
    def id(self) -> str:
        """Its anchor: a code may stand at two levels."""
        return f"{self.code}-{self.level}"


@dataclass(frozen=True, slots=True)
class Group:
    """The rules of one level."""

    level: int
    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Handbook:
    """All rules that hold in a month."""

    title: str
    month: Month
    office: str
    intro: Sequence[str]
    groups: Sequence[Group]

    @property
    def entries(self) -> list[Entry]:
        """Every rule in order."""
        return [entry for group in self.groups for entry in group.entries]

    @property
    def listed(self) -> list[Entry]:
        """Every rule as one looks it up: by code, those of the file and of statements first."""
        return sorted(self.entries, key=lambda entry: (_FAMILIES.find(entry.code[0]), entry.code, entry.level))


def handbook_html(book: Handbook) -> bytes:
    """One self-contained page: no script, no network."""
    style = source("codebook.css") + source("handbook.css")
    values = {
        "book": book,
        "parts": parts,
        "style": style,
        "style_hash": b64encode(sha256(style.encode()).digest()).decode(),
    }
    return filled("handbook.html.j2", values).encode()


def parts(entry: Entry) -> list[tuple[str, list[str]]]:
    """What is said of a rule, point by point, lines under a heading; nothing that there is nothing to say of."""
    told = [
        ("审核关系", [relation.words for relation in entry.relations]),
        ("按指标序号", [relation.numbers for relation in entry.relations if relation.numbers]),
        ("含义", [entry.meaning]),
        ("适用", [f"报表：{entry.forms}；{entry.window}"]),
        ("容许差", [entry.tolerance] if entry.tolerance else []),
        ("界限", [f"{limit.title}：{limit.value}（{limit.window}；{limit.basis}）" for limit in entry.thresholds]),
        *((f"算例{n}" if len(entry.cases) > 1 else "算例", _lines(case)) for n, case in enumerate(entry.cases, 1)),
        ("依据", [entry.source]),
    ]
    return [(heading, lines) for heading, lines in told if lines]


def _lines(case: Case) -> list[str]:
    holds, broken = worked(case)
    return [f"相符（{case.month.label}）：{holds}", f"不符：{broken}", f"提示（{case.weight}）：{case.message}"]


def worked(case: Case) -> tuple[str, str]:
    """What holds in an example, and what is changed so that it does not."""
    given = f"（{case.given}）" if case.given else ""
    failing = f"，则{case.failing}，不成立" if case.failing else ""
    return f"{case.passing or '示例报表各项齐全、正确'}{given}。", f"{case.change}{failing}。"


# ------------------------------------------------------------------ as data


def handbook_json(book: Handbook) -> bytes:
    """The same for programs; the schema is `schemas/products/rules.schema.json`."""
    data = {
        "schema": "rules/1",
        "period": str(book.month),
        "title": book.title,
        "office": book.office,
        "intro": list(book.intro),
        "rules": [_as_data(entry) for entry in book.entries],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _as_data(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "level": entry.level,
        "title": entry.title,
        "severities": list(entry.severities),
        "forms": entry.forms.split("、"),
        "relations": [{"words": relation.words, "numbers": relation.numbers} for relation in entry.relations],
        "meaning": entry.meaning,
        "tolerance": entry.tolerance,
        "thresholds": [
            {
                "name": limit.name,
                "title": limit.title,
                "value": limit.value,
                "since": limit.since,
                "until": limit.until,
                "basis": limit.basis,
            }
            for limit in entry.thresholds
        ],
        "since": entry.since,
        "until": entry.until,
        "prescribed_since": entry.prescribed,
        "holds": entry.window,
        "source": entry.source,
        "examples": [
            {
                "kind": case.kind,
                "severity": case.severity,
                "period": str(case.month),
                "relation": case.relation,
                "passing": case.passing,
                "given": case.given,
                "change": case.change,
                "failing": case.failing,
                "message": case.message,
            }
            for case in entry.cases
        ],
    }
