"""Clean months of the invented city, written as files and read as the program reads them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.catalog import Catalog
from pipeline.catalog.loading import load_catalog
from pipeline.ingest.reading import FileReader, FileReading
from pipeline.ingest.worker import open_all
from pipeline.model import Finding, ReceivedFile, Submission
from pipeline.periods import Month
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.past import Past
from tests.generator import City, months_until, simulate, write
from tests.generator.city import FIRST_MONTH
from tests.generator.intake import FILE_NAME

PLANTED_MONTHS = 24
ONLY_PAST = MONTHS_BACK
"""Months before the first in which errors are planted: what comparisons reach back to."""
Matter = tuple[str, str, str]
"""(form, unit, period)."""


@dataclass(frozen=True)
class History:
    """All submissions of all months, as read, and where their files lie."""

    catalog: Catalog
    submissions: tuple[Submission, ...]
    files: Mapping[str, Path]
    told: tuple[Finding, ...]
    """What reading them found."""

    @cached_property
    def by_matter(self) -> Mapping[Matter, Submission]:
        """Each form of each unit and period."""
        return {(sent.form, sent.unit, sent.period): sent for sent in self.submissions}

    @cached_property
    def months(self) -> list[Month]:
        """The months in which errors are planted."""
        first = FIRST_MONTH.shifted(ONLY_PAST)
        return [month for month in months_until(first.shifted(PLANTED_MONTHS - 1)) if month >= first]

    @cached_property
    def past(self) -> Past:
        """What is in force of every month."""
        return Past.of_submissions(self.submissions)

    def of(self, month: Month | str, form: str = "") -> list[Submission]:
        """The submissions of a month, or those of one form."""
        return [s for s in self._by_period.get(str(month), ()) if form in ("", s.form)]

    @cached_property
    def _by_period(self) -> Mapping[str, Sequence[Submission]]:
        found: dict[str, list[Submission]] = {}
        for sent in self.submissions:
            found.setdefault(sent.period, []).append(sent)
        return found


@contextmanager
def clean_history(seed: int) -> Iterator[History]:
    """A history in a folder of its own, which is gone afterwards."""
    months = months_until(FIRST_MONTH.shifted(ONLY_PAST + PLANTED_MONTHS - 1))
    city = simulate(seed, months[-1], planted=False)
    with TemporaryDirectory() as folder:
        _write(city, months, Path(folder))
        yield _read(Path(folder))


def _write(city: City, months: Sequence[Month], folder: Path) -> None:
    """Year by year, in two processes."""
    years = [[month for month in months if month.year == year] for year in sorted({month.year for month in months})]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.starmap(write, [(city, year, folder, True) for year in years], chunksize=1)


def _read(folder: Path) -> History:
    catalog = load_catalog()
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != FILE_NAME]
    files = {sha256(path.read_bytes()).hexdigest(): path for path in paths}
    readings = read_files(catalog, files)
    return History(
        catalog,
        tuple(sent for reading in readings.values() for sent in reading.submissions),
        files,
        tuple(finding for reading in readings.values() for finding in reading.findings),
    )


def read_files(catalog: Catalog, files: Mapping[str, Path]) -> dict[str, FileReading]:
    """What the program reads in these files, by sha256, in two processes."""
    received = {key: received_file(key, path, Month.parse(path.parent.name)) for key, path in files.items()}
    return dict(open_all(files.items(), FileReader(catalog, received)))


def received_file(key: str, path: Path, month: Month) -> ReceivedFile:
    """A file about a month, in on the fifth of the next."""
    return ReceivedFile(key, path.name, f"{month.shifted(1)}-05 09:00")
