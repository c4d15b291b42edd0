"""From the city to files: each month a folder, as it would lie in the office's inbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from pipeline.errors import UsageError
from pipeline.periods import Month
from tests.generator import intake, layout_abc, layout_c01, layout_psbc, layout_q01, layout_rcb, layout_t01
from tests.generator.city import City
from tests.generator.defects import (
    ABOVE_CAP,
    ABSENT,
    LATE,
    LATE_DAY,
    LATE_TIME,
    MISQUOTED,
    SLIP,
    UNCHANGED,
    planted_in,
)
from tests.generator.forms import CityReport, Colophon
from tests.generator.intake import Arrival
from tests.generator.measures import measures
from tests.generator.places import COUNTIES, DEPARTMENTS, OFFICE, RETURN_UNITS, STATEMENT_UNITS, counties_of
from tests.generator.senders import SENDERS

_REMARKS = (
    "含易地搬迁户",
    "本月集中发放产业贷款",
    "部分农户提前还款",
    "以种植养殖贷款为主",
    "含续贷农户",
)
_SENDERS = (*STATEMENT_UNITS, *RETURN_UNITS, *DEPARTMENTS)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A file to be written, and how it came in."""

    arrival: Arrival
    write: Callable[[Path], None]


def write(city: City, months: Sequence[Month], out: Path, clean: bool = False) -> None:
    """Write the files about these months into `out/<YYYY-MM>/`, each folder with its 收件登记.csv.

    The defects that lie in files are planted in the last of the months, unless `clean`; those that lie in the loans
    come with the city (`simulate(..., planted=False)` for a city without). Targets lie in January's folder, or in
    the first one. Raises UsageError where a folder already holds files that are none of ours.
    """
    for month in months:
        papers = _papers(city, month, planted=not clean and month == months[-1])
        if month == months[0] or month.month == 1:
            papers.append(_targets(city, month.year))
        folder = out / str(month)
        _make_room(folder, {intake.FILE_NAME, *(paper.arrival.file for paper in papers)})
        for paper in papers:
            paper.write(folder / paper.arrival.file)
        intake.write(folder / intake.FILE_NAME, [paper.arrival for paper in papers])


def _make_room(folder: Path, names: set[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    strangers = sorted(path.name for path in folder.iterdir() if path.name not in names)
    if strangers:
        raise UsageError(f"文件夹 {folder} 里已有别的文件：{strangers[0]}。请换一个空文件夹，或先把它移走。")


def _papers(city: City, month: Month, planted: bool) -> list[_Paper]:
    papers = []
    for unit in (*STATEMENT_UNITS, *RETURN_UNITS):
        random = Random(f"{city.seed}/papers/{unit}/{month}")
        make = _return_paper if unit in RETURN_UNITS else _statement_paper
        if not (planted and unit == ABSENT.unit):
            papers.append(make(city, unit, month, random, planted))
    for sender in SENDERS:
        if sender.sends(month) and not (planted and sender.unit == ABSENT.unit):
            papers.append(_measures_paper(city, sender.unit, month, planted))
    return papers


def _statement_paper(city: City, unit: str, month: Month, random: Random, planted: bool) -> _Paper:
    statement = city.reported(unit, month)
    if unit in ("abc", "psbc"):
        layout = layout_abc if unit == "abc" else layout_psbc
        entry = intake.arrival(layout.file_name(month), _clerk(unit), month, random)
        remarks = {county.id: random.choice(_REMARKS) for county in COUNTIES if random.random() < 0.15}
        if planted and unit == ABOVE_CAP.unit:
            remarks.pop(ABOVE_CAP.area, None)
        total = city.reported_total(unit, month)
        report = CityReport(unit, month, statement, total, remarks, _colophon(entry))
        return _Paper(entry, partial(layout.write, report=report))
    slip = planted and unit == SLIP.unit
    (county,) = counties_of(unit)
    exact = city.statement(unit, month) if slip else statement
    figures = {code: exact[area, code] for area, code in exact if area == county.id}
    entry = intake.arrival(layout_rcb.file_name(unit, month), _clerk(unit), month, random)
    remark = random.choice(_REMARKS) if random.random() < 0.2 else ""
    return _Paper(
        entry,
        partial(
            layout_rcb.write,
            unit=unit,
            month=month,
            figures=figures,
            remark=remark,
            colophon=_colophon(entry),
            slip=slip,
        ),
    )


def _return_paper(city: City, unit: str, month: Month, random: Random, planted: bool) -> _Paper:
    entry = intake.arrival(layout_c01.file_name(unit, month), _clerk(unit), month, random)
    if planted and unit == LATE.unit:
        entry = intake.late_arrival(entry, month, LATE_DAY, LATE_TIME)
    returned = city.county_return(unit.removeprefix("fin-"), month)
    return _Paper(
        entry, partial(layout_c01.write, unit=unit, month=month, returned=returned, colophon=_colophon(entry))
    )


def _measures_paper(city: City, unit: str, month: Month, planted: bool) -> _Paper:
    random = Random(f"{city.seed}/papers/{unit}/{month}/Q01")
    entry = intake.arrival(layout_q01.file_name(unit, month), _clerk(unit), month, random)
    wrong = [defect for defect in planted_in(month) if planted and defect.unit == unit]
    said = measures(city, unit, month, _clerk(unit), misread=MISQUOTED in wrong, repeated=UNCHANGED in wrong)
    return _Paper(entry, partial(layout_q01.write, unit=unit, month=month, said=said, colophon=_colophon(entry)))


def _targets(city: City, year: int) -> _Paper:
    random = Random(f"{city.seed}/papers/{OFFICE}/{year}")
    entry = intake.target_arrival(layout_t01.file_name(year), intake.REGISTRAR, year, random)
    targets = city.targets(year)
    return _Paper(entry, partial(layout_t01.write, year=year, targets=targets, colophon=_colophon(entry)))


def _clerk(unit: str) -> str:
    return intake.clerk(_SENDERS.index(unit))


def _colophon(entry: Arrival) -> Colophon:
    return Colophon("示例负责人", entry.sender, entry.received_at.date())
