"""A trace and an impact as their contract's JSON (schemas/contract/): exact values, never rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from pipeline.jobs.trace import Cited, Impact, Published, Traced
from pipeline.model import ImportedFigure
from pipeline.model.lineage import Lineage, Source


def trace_data(traced: Traced) -> dict[str, Any]:
    """The figure, and the tree of what it is made of; null where it has no number."""
    return {
        **_published(traced.published),
        "excluded": list(traced.published.excluded),
        "lineage": _node(traced.lineage, traced.cited) if traced.lineage else None,
    }


def impact_data(found: Sequence[Impact]) -> dict[str, Any]:
    """What was read at the cell, and what it feeds."""
    return {
        "cells": [{**_cited(one.cited), "feeds": [_published(fed) for fed in one.feeds]} for one in found],
    }


def _published(one: Published) -> dict[str, Any]:
    body = one.release.body
    return {
        "period": body["period"],
        "release": body["release"],
        "status": body["status"],
        "vintage": body["vintage"],
        "product": one.place.product,
        "sheet": one.place.sheet,
        "cell": one.place.cell,
        "figure": one.place.name,
        "label": one.label,
        "printed": one.printed,
        "as_released": one.as_released,
    }


def _node(node: Lineage, cited: Mapping[Source, Cited | ImportedFigure]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operation": node.operation.value,
        "label": node.label,
        "unit": node.unit,
        "value": _exact(node.value),
    }
    if node.source is None:
        return {**told, "parts": [_node(part, cited) for part in node.parts]}
    source = node.source
    found = cited.get(source)
    return {
        **told,
        "source": {
            "period": source.period,
            "reporting_unit": source.unit,
            "institution": source.institution,
            "area": source.area,
            "indicator": source.indicator,
            **(_place(found) if found else {}),
        },
    }


def _exact(value: Fraction) -> str:
    """「12345」, or 「12/345」 where it is no whole number."""
    return str(value)


def _place(found: Cited | ImportedFigure) -> dict[str, Any]:
    if isinstance(found, ImportedFigure):
        where = {"file": found.file, "sha256": found.sha256, "sheet": found.sheet, "cell": found.cell}
        return {**where, "stored": found.raw, "read": found.changes, "imported_from": found.source}
    return _cited(found)


def _cited(one: Cited) -> dict[str, Any]:
    record, at = one.record, one.observation
    return {
        "submission": record.id,
        "received_at": record.received_at,
        "file": record.file,
        "sha256": record.sha256,
        "sheet": at.sheet,
        "cell": at.cell,
        "stored": at.raw,
        "read": at.changes,
    }
