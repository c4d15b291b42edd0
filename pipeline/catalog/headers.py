"""Words of headers and row labels → indicators: whole paths only, never a guess.

What each spelling claims is said here once; the checks of the catalogue look for spellings claimed twice,
the reader looks up what it finds in a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.forms import Column, Form, Layout
from pipeline.catalog.registers import Institution
from pipeline.catalog.sources import Where
from pipeline.periods import Month

Meaning = tuple[str, str]
"""(indicator, institution); the institution is empty where the form does not ask by institution."""

PLACEHOLDER = "{institution}"

_INVISIBLE = re.compile(r"(?:_x000[9AD]_|[\s\u00ad\u200b-\u200f\u2060\ufeff])+")
"""Blanks, what shows nothing, and ends of lines in the escape that some writers leave in the text."""
_UNIT = r"(?:人民币|RMB|CNY)?(?:[百千]?万?元|亿元|户次|户|笔|个|人|%|‰|厘)"
_BRACKETED_UNIT = re.compile(rf"[(\[【\u3014](?:单位:?)?{_UNIT}(?:[、,;/和]{_UNIT})*[)\]】\u3015]")
_BETWEEN_LEVELS = re.compile(r"[/:\\_|>→\u2013\u2014-]+")
_OF_WHICH = re.compile(r"^其中:?|其中:?$")
_CHINESE_NUMBER = "[一二三四五六七八九十]{1,3}"
_NUMBERING = re.compile(rf"^(?:\(?[0-9]{{1,2}}[.、)](?![0-9])|{_CHINESE_NUMBER}、|\({_CHINESE_NUMBER}\))")


def squeezed(text: str) -> str:
    """A name as it is compared: full-width forms folded, no blanks at all."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=16384)
def normalise_header(text: str) -> str:
    """A header path or row label as it is compared; levels are joined by `/`.

    Full-width forms are folded; blanks, units in brackets, 「其中：」, numbering and repeated levels are gone.
    Other brackets stay: 加权平均利率(年).
    """
    levels: list[str] = []
    for part in _BETWEEN_LEVELS.split(_BRACKETED_UNIT.sub("", squeezed(text))):
        level = _OF_WHICH.sub("", _NUMBERING.sub("", part)).strip(":*")
        if level and level != (levels[-1] if levels else ""):
            levels.append(level)
    return "/".join(levels)


# ------------------------------------------------------------------ who claims which words


@dataclass(frozen=True, slots=True)
class Claim:
    """A spelling in the catalogue that stands for an indicator; `where` is its place in its file."""

    key: str
    meaning: Meaning
    column: Column
    where: Where

    @property
    def run_together(self) -> str:
        """The words without their levels: two claims to these are claims to the same header."""
        return self.key.replace("/", "")


def path_claims(form: Form, institutions: Sequence[Institution]) -> Iterator[Claim]:
    """Every header path that the form itself knows: labels and aliases."""
    for number, column in enumerate(form.columns):
        at: Where = ("columns", number)
        yield from _spelt(column.label, column, institutions, (*at, "label"))
        for position, alias in enumerate(column.aliases):
            yield from _spelt(alias, column, institutions, (*at, "aliases", position))


def layout_claims(layout: Layout, form: Form, institutions: Sequence[Institution]) -> Iterator[Claim]:
    """Every header path of one layout, for all columns that the indicator has had."""
    for header, target in layout.headers.items():
        code, _, institution = target.partition("@")
        for column in (entry for entry in form.columns if entry.code == code):
            if institution:
                yield Claim(normalise_header(header), (code, institution), column, ("headers", header))
            else:
                yield from _spelt(header, column, institutions, ("headers", header))


def row_claims(form: Form, institutions: Sequence[Institution]) -> Iterator[Claim]:
    """Every row label of the upright form."""
    for number, column in enumerate(form.columns):
        for position, row in enumerate(column.row):
            yield from _spelt(row, column, institutions, ("columns", number, "row", position))


def code_claims(form: Form) -> Iterator[Claim]:
    """Every 丙 code that follows from the form: indicators of one row share the number of the first of them."""
    first: dict[str, str] = {}
    for number, column in enumerate(form.columns):
        if column.no and column.row and not column.by_institution:
            code = first.setdefault(column.row[0], column.no)
            yield Claim(code, (column.code, ""), column, ("columns", number, "no"))


def layout_code_claims(layout: Layout, form: Form) -> Iterator[Claim]:
    """Every 丙 code that a layout gives itself."""
    for code, target in layout.codes.items():
        indicator, _, institution = target.partition("@")
        for column in (entry for entry in form.columns if entry.code == indicator):
            yield Claim(code, (indicator, institution), column, ("codes", code))


def _spelt(text: str, column: Column, institutions: Sequence[Institution], where: Where) -> Iterator[Claim]:
    if not column.by_institution:
        yield Claim(normalise_header(text), (column.code, ""), column, where)
        return
    for institution in institutions:
        for name in (institution.name, *institution.aliases):
            key = normalise_header(text.replace(PLACEHOLDER, name))
            yield Claim(key, (column.code, institution.id), column, where)


# ------------------------------------------------------------------ look-ups for the reader


def header_index(
    form: Form, catalog: Catalog, layouts: Iterable[Layout] | None = None, month: Month | None = None
) -> dict[str, Meaning]:
    """Normalised header path → meaning, with `/` between levels or any levels run together.

    Args:
        form: The form whose labels and aliases count.
        catalog: Where institutions, and layouts unless given, come from.
        layouts: The layouts whose own headers count too; by default all of this form.
        month: Only columns that the form has in this month; by default all.
    """
    institutions = catalog.units.institutions
    chosen = [entry for entry in catalog.layouts if entry.form == form.code] if layouts is None else layouts
    claims = list(path_claims(form, institutions))
    for layout in chosen:
        claims += layout_claims(layout, form, institutions)
    index: dict[str, Meaning] = {}
    unsure: set[str] = set()
    for claim in _of_month(claims, month):
        for key in joined(claim.key):
            if index.setdefault(key, claim.meaning) != claim.meaning:
                unsure.add(key)  # two layouts differ: then these words alone do not tell
    return {key: meaning for key, meaning in index.items() if key not in unsure}


def row_index(form: Form, catalog: Catalog, month: Month | None = None) -> dict[str, tuple[Meaning, ...]]:
    """Normalised row label → what stands in that row, one meaning a span of time (`Column.columns` says which)."""
    claims = _of_month(row_claims(form, catalog.units.institutions), month)
    return _gathered((key, claim.meaning) for claim in claims for key in joined(claim.key))


def code_index(form: Form, catalog: Catalog, month: Month | None = None) -> dict[str, tuple[Meaning, ...]]:
    """丙 code (`06`, `19A`) → what stands in that row."""
    claims = list(code_claims(form))
    for layout in catalog.layouts:
        if layout.form == form.code:
            claims += layout_code_claims(layout, form)
    return _gathered((claim.key, claim.meaning) for claim in _of_month(claims, month))


def _of_month(claims: Iterable[Claim], month: Month | None) -> Iterator[Claim]:
    return (claim for claim in claims if claim.key and (month is None or claim.column.holds(month)))


def _gathered(pairs: Iterable[tuple[str, Meaning]]) -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, dict[Meaning, None]] = {}
    for key, meaning in pairs:
        found.setdefault(key, {})[meaning] = None
    return {key: tuple(meanings) for key, meanings in found.items()}


def joined(key: str) -> Iterator[str]:
    """A path with any of its levels run together: as people write it in one cell, or in more cells than another."""
    first, *rest = key.split("/")
    for joints in product(("/", ""), repeat=len(rest)):
        yield first + "".join(joint + level for joint, level in zip(joints, rest, strict=True))
