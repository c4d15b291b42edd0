"""What had been sent by the time a statement came, by others and by its own sender; what came together is beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.model import ReceivedFile, Submission
from pipeline.periods import Month
from pipeline.store.sent import Row
from pipeline.validate.kinship import Place, Sent
from pipeline.validate.misnaming import is_misnamed

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
    _senders: dict[tuple[str, str], Set[str]] = field(default_factory=dict)

    @property
    def looks(self) -> Iterator[range]:
        """The places of the files that one look brought, look by look; a file of none came by itself."""
        looks = [self.intakes.get(file.sha256, f"{at}. file") for at, file in enumerate(self.files)]
        for _, places in groupby(range(len(looks)), looks.__getitem__):
            first, *others = places
            yield range(first, [first, *others][-1] + 1)

    def beside(self, at: int, sheet: str, upto: int) -> Beside:
        """What stands beside the statement on a sheet of the file at this place, up to the file at the other one."""
        return Beside(self, at, sheet, upto)

    def read_again(self) -> None:
        """Forget what was read under which form and month: some of it was laid to another account."""
        self.__dict__.pop("_read", None)
        self.__dict__.pop("misnamed", None)

    def stored(self, form: str, month: Month) -> list[Row]:
        """What the store has under a form and month."""
        key = form, str(month)
        if key not in self._stored:
            self._stored[key] = list(self.before.sent(*key))
        return self._stored[key]

    def senders(self, form: str, month: Month) -> Set[str]:
        """Who has sent a form about a month under its own name, as the store has it."""
        key = form, str(month)
        if key not in self._senders:
            self._senders[key] = self.before.senders(*key)
        return self._senders[key]

    def read(self, form: str, month: Month) -> list[tuple[int, Submission]]:
        """What was read now under a form and month, each with the place of its file."""
        return self._read.get((form, str(month)), [])

    @cached_property
    def misnamed(self) -> Set[str]:
        """Submissions read now that were laid to another account than their headings name."""
        return {sent.id for one in self.readings for sent in one.submissions if is_misnamed(sent, one.findings)}

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
        """Whether a unit has sent a form about a month, under its own name, in another file or on another sheet."""
        return unit in self.inbox.senders(form, month) or any(
            one.unit == unit and one.id not in self.inbox.misnamed for one in self._read(form, month)
        )

    def _read(self, form: str, month: Month) -> list[Submission]:
        others = ((at, one) for at, one in self.inbox.read(form, month) if (at, one.sheet) != (self.at, self.sheet))
        return [one for at, one in others if at <= self.upto]
