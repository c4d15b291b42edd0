"""Which form a sheet holds: header words against the catalogue's labels and aliases, whole paths only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.catalog import Catalog, code_index, header_index, normalise_header, row_index
from pipeline.catalog.forms import Form
from pipeline.ingest.observe import Slot
from pipeline.periods import Month


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one form in one shape: path or row label → (indicator, institution)."""

    form: Form
    paths: Mapping[str, tuple[str, str]]
    rows: Mapping[str, tuple[tuple[str, str], ...]]
    codes: Mapping[str, tuple[tuple[str, str], ...]]

    def in_month(self, month: Month, catalog: Catalog) -> Words:
        """The words of the form as it is in that month: June is read by June's form."""
        if all(column.since is None and column.until is None for column in self.form.columns):
            return self
        return _words(self.form, catalog, month)

    def slot(self, path: str, header: str) -> Slot | None:
        """The indicator that this header path means, or None."""
        key = folded(path)
        found = self.paths.get(key) or self.paths.get(key.replace("/", ""))
        return Slot(self.form.by_code[found[0]], found[1], header) if found else None


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A header text as it is compared; remembered, because the same headers come every month."""
    return normalise_header(text)


_WORDS: dict[str, list[Words]] = {}


def words_of(catalog: Catalog) -> list[Words]:
    """The words of every form of the catalogue."""
    if catalog.fingerprint not in _WORDS:
        _WORDS.clear()
        _WORDS[catalog.fingerprint] = [_words(form, catalog, None) for form in catalog.forms.values()]
    return _WORDS[catalog.fingerprint]


def _words(form: Form, catalog: Catalog, month: Month | None) -> Words:
    return Words(
        form,
        header_index(form, catalog, month=month),
        row_index(form, catalog, month=month),
        code_index(form, catalog, month=month),
    )
