"""What had been sent by the time a statement came, by others and by its own sender; what came together is beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.model import ReceivedFile, Submission
from pipeline.periods import Month
from pipeline.store.sent import Row
from pipeline.validate.kinship import Place, Sent

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading
    from pipeline.jobs.carried import Before


@dataclass
class Inbox:
    """All files that are looked at now, and what was sent before them.

    `intakes` says which look into the inbox brought each file (sha256 → any name of it).
    """

    files: Sequence[ReceivedFile]
    readings: Sequence[FileReading]
    intakes: Mapping[str, str]
    before: Before
    _stored: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def beside(self, at: int, sheet: str) -> Beside:
        """What stands beside the statement on a sheet of the file at this place."""
        return Beside(self, at, sheet, self._last.get(self.intakes.get(self.files[at].sha256, ""), at))

    def stored(self, form: str, month: Month) -> list[Row]:
        """What the store has under a form and month."""
        key = form, str(month)
        if key not in self._stored:
            self._stored[key] = list(self.before.sent(*key))
        return self._stored[key]

    def read(self, form: str, month: Month) -> list[tuple[int, Submission]]:
        """What was read now under a form and month, each with the place of its file."""
        return self._read.get((form, str(month)), [])

    @cached_property
    def _last(self) -> dict[str, int]:
        """The place of the last file of each look."""
        return {self.intakes[file.sha256]: at for at, file in enumerate(self.files) if file.sha256 in self.intakes}

    @cached_property
    def _read(self) -> dict[tuple[str, str], list[tuple[int, Submission]]]:
        found: dict[tuple[str, str], list[tuple[int, Submission]]] = {}
        for at, reading in enumerate(self.readings):
            for sent in reading.submissions:
                found.setdefault((sent.form, sent.period), []).append((at, sent))
        return found


@dataclass(frozen=True, slots=True)
class Beside:
    """What was known when the statement on this sheet of the file at place `at` came: all up to the file at `upto`."""

    inbox: Inbox
    at: int
    sheet: str
    upto: int

    def sent(self, form: str, month: Month) -> Sent:
        """The figures that were sent under a form and month, in every version."""
        found: dict[Place, set[int]] = {}
        for unit, area, bank, indicator, value in self.inbox.stored(form, month):
            found.setdefault((unit, area, bank, indicator), set()).add(value)
        for submission in self._read(form, month):
            for seen in submission.observations:
                if seen.value is not None and not seen.total and not seen.item:
                    place = submission.unit, seen.area, seen.institution, seen.indicator
                    found.setdefault(place, set()).add(seen.value)
        return {place: frozenset(values) for place, values in found.items()}

    def has_sent(self, unit: str, form: str, month: Month) -> bool:
        """Whether a unit has sent a form about a month in another file, or on another sheet."""
        return any(row[0] == unit for row in self.inbox.stored(form, month)) or any(
            one.unit == unit for one in self._read(form, month)
        )

    def _read(self, form: str, month: Month) -> list[Submission]:
        others = ((at, one) for at, one in self.inbox.read(form, month) if (at, one.sheet) != (self.at, self.sheet))
        return [one for at, one in others if at <= self.upto]
