"""Headers that a person has said the meaning of: dated aliases of one reporting unit, laid over the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from pipeline.catalog.catalog import AcceptedHeader, Catalog

__all__ = ["AcceptedHeader", "with_accepted"]


def with_accepted(catalog: Catalog, headers: Sequence[AcceptedHeader]) -> Catalog:
    """The catalogue with these decisions in it, and a fingerprint of its own; itself where there are none.

    Words that mean nothing any more, because the unit, the form or the indicator is gone, are left aside: what they
    stood for is an unknown header again, and a finding.
    """
    kept = tuple(header for header in headers if _is_meant(header, catalog))
    if not kept:
        return catalog
    return catalog.model_copy(update={"accepted": kept, "fingerprint": _fingerprint(catalog.fingerprint, kept)})


def _is_meant(header: AcceptedHeader, catalog: Catalog) -> bool:
    form = catalog.forms.get(header.form)
    return header.unit in catalog.units.by_id and form is not None and header.indicator in form.by_code


def _fingerprint(below: str, headers: Iterable[AcceptedHeader]) -> str:
    told = [[h.unit, h.form, h.header, h.indicator, h.institution, str(h.since)] for h in headers]
    return sha256(json.dumps([below, sorted(told)], ensure_ascii=False).encode()).hexdigest()
