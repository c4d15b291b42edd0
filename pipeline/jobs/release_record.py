"""`release.json`: which release this is, what it was made from and with, and what it lacks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.catalog import Catalog
from pipeline.jobs.history import bases_told
from pipeline.jobs.month import MonthView
from pipeline.model import Submission
from pipeline.render.stamp import Stamp
from pipeline.transform.facts import Facts
from pipeline.transform.imported import bases_used


def release_record(
    seen: MonthView,
    facts: Mapping[str, Facts],
    catalog: Catalog,
    body: Mapping[str, Any],
    submissions: Iterable[Submission],
    stamp: Stamp,
    digests: Mapping[str, str],
) -> bytes:
    """`release.json`: state, gaps, inputs, bases from before the program, products with hashes, versions."""
    content = {
        "period": body["period"],
        "release": body["release"],
        "vintage": body["vintage"],
        "status": body["status"],
        "complete": seen.complete,
        "as_of": body["as_of"],
        "sample": stamp.sample,
        "profile": catalog.profile.id,
        "gaps": _gaps(seen),
        "override": body.get("override"),
        "accepted": [
            {"submission": s.record.id, "by": entry.body["by"], "reason": entry.body["reason"]}
            for s, entry in seen.overridden
        ],
        "inputs": [
            {
                "submission": s.id,
                "form": s.form,
                "reporting_unit": s.unit,
                "period": s.period,
                "file": s.file,
                "sheet": s.sheet,
                "sha256": s.sha256,
                "received_at": s.received_at,
            }
            for s in submissions
        ],
        "imported_bases": bases_told(bases_used(seen.month, facts, catalog)),
        "products": [{"path": path, "sha256": digest} for path, digest in digests.items()],
        "versions": {
            "pipeline": __version__,
            "lock": _lock_hash(),
            "schemas": catalog.fingerprint,
            "policy": sha256(catalog.policy.model_dump_json().encode()).hexdigest(),
        },
        "working_values": catalog.policy.working_values(seen.month),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _gaps(seen: MonthView) -> dict[str, Any]:
    return {
        "missing": [_duty(d) for d in seen.missing],
        "not_in_force": [_duty(d) for d in seen.not_in],
        "unexplained": sorted(f.id for f in seen.unexplained),
        "late": [{**_duty(d), "days": d.days_late} for d in seen.late],
    }


def _duty(duty: Any) -> dict[str, str]:
    return {"reporting_unit": duty.unit, "name": duty.unit_name, "form": duty.form, "state": duty.state}


@cache
def _lock_hash() -> str:
    """sha256 of the lock that the environment was made from; empty where the lock does not lie beside the program."""
    lock = Path(__file__).resolve().parents[2] / "requirements.lock"
    return sha256(lock.read_bytes()).hexdigest() if lock.is_file() else ""
