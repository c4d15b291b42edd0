"""Which form a sheet holds: header words against the catalogue's labels and aliases, whole paths only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.catalog import AcceptedHeader, Catalog, Meaning, code_index, header_index, normalise_header, row_index
from pipeline.catalog.forms import Form
from pipeline.catalog.headers import joined
from pipeline.ingest.heading import TOTAL_ROWS, total_names
from pipeline.ingest.observe import Slot
from pipeline.periods import Month


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one form in one shape: path or row label → (indicator, institution)."""

    form: Form
    paths: Mapping[str, Meaning]
    rows: Mapping[str, tuple[Meaning, ...]]
    codes: Mapping[str, tuple[Meaning, ...]]
    totals: frozenset[str] = TOTAL_ROWS
    """How a row or a group of columns that adds up is called."""
    own: Mapping[str, Meaning] = field(default_factory=dict)
    """Of the paths those that the form itself knows, whoever sends it."""

    def in_month(self, month: Month, catalog: Catalog, unit: str = "") -> Words:
        """The words of the form as it is in that month: June is read by June's form.

        With a unit, also the words that a person has said the meaning of in its tables.
        """
        undated = all(column.since is None and column.until is None for column in self.form.columns)
        words = self if undated else _words(self.form, catalog, month)
        known = [
            said
            for said in catalog.accepted
            if (said.unit, said.form) == (unit, self.form.code) and said.since <= month
        ]
        return words._with(known, month) if known else words

    def _with(self, known: Sequence[AcceptedHeader], month: Month) -> Words:
        """With these too; what the catalogue itself has come to know goes before them."""
        paths, rows = dict(self.paths), dict(self.rows)
        for said in known:
            meaning = (said.indicator, said.institution)
            if not any(column.code == said.indicator and column.holds(month) for column in self.form.columns):
                continue
            for key in joined(said.header):
                paths.setdefault(key, meaning)
                if row := self.row_of(meaning):
                    rows.setdefault(key, row)
        return replace(self, paths=paths, rows=rows)

    def row_of(self, meaning: Meaning) -> tuple[Meaning, ...]:
        """All that stands in the row of the upright form in which this stands, one meaning a span of time."""
        return max((row for row in self.rows.values() if meaning in row), key=len, default=())

    def slot(self, path: str, header: str) -> Slot | None:
        """The indicator that this header path means, or None."""
        found = self.meaning(path)
        return Slot(self.form.by_code[found[0]], found[1], header) if found else None

    def meaning(self, path: str) -> Meaning | None:
        """The same as codes."""
        key = folded(path)
        return self.paths.get(key) or self.paths.get(key.replace("/", ""))

    def respelt(self, text: str) -> str:
        """The text without the slips of the pen that the form registers; unchanged where it has none of them."""
        for wrong, right in self.form.typos.items():
            text = text.replace(wrong, right)
        return text


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
        total_names(catalog),
        header_index(form, catalog, [], month),
    )
