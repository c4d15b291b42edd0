"""Files that name the wrong month or the wrong unit: told where they are waited for, laid to nobody else's account.

A heading that was not changed puts a file among a past month's, or among another bank's: there it is nobody's business,
and where it is waited for it seems not to have come. Where names, days and figures say so together, the submission is
kept under the month or the unit that they name, and rejected for its heading (F04, F03): none of its figures counts
before the heading is right. What is no one's for sure goes back to no one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog
from pipeline.catalog.registers import ReportingUnit
from pipeline.ingest.faults import Faults, belonging_to
from pipeline.ingest.headed import Headed
from pipeline.ingest.heading import packed
from pipeline.ingest.period_doubt import contradiction_in_name
from pipeline.ingest.period_words import months_in_name
from pipeline.ingest.reference_period import is_about_names, names_of
from pipeline.ingest.registered import units_named
from pipeline.ingest.unit_evidence import institution_in
from pipeline.jobs import misnamed_words as words
from pipeline.jobs.sent_beside import Beside, Inbox
from pipeline.model import Finding, ReceivedFile, Severity, Submission
from pipeline.periods import Month
from pipeline.validate.kinship import Kin, fits, is_repeated
from pipeline.validate.misnaming import CAUSES, PERIOD, UNIT
from pipeline.validate.neighbours import MEASURES, STATEMENT

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading
    from pipeline.jobs.carried import Before


def tell_misnamed(
    files: Sequence[ReceivedFile],
    readings: Sequence[FileReading],
    intakes: Mapping[str, str],
    catalog: Catalog,
    before: Before,
) -> None:
    """Lay each monthly submission that names another's unit or month to its own account, with one hard finding.

    `intakes` says which look into the inbox brought each file (sha256 → any name of it).
    """
    inbox = Inbox(files, readings, intakes, before)
    for look in inbox.looks:
        # What a file is known by may stand in one beside it that is itself laid to its account only now.
        while any([_tell(inbox, at, look[-1], catalog) for at in look]):
            inbox.read_again()


def _tell(inbox: Inbox, at: int, upto: int, catalog: Catalog) -> bool:
    """Whether anything in the file at this place was laid to another account; what has been is not asked again."""
    received, reading = inbox.files[at], inbox.readings[at]
    before = list(reading.submissions)
    for place, sent in reversed(list(enumerate(before))):
        if "-" in sent.period and sent.id not in inbox.misnamed:
            case = _Case(place, sent, received, reading, catalog, inbox.beside(at, sent.sheet, upto))
            if _tell_unit(case):
                _tell_period(replace(case, sent=reading.submissions[place]))
    return reading.submissions != before


@dataclass(frozen=True, slots=True)
class _Case:
    """One submission, at its place in what was read of its file, and what is known beside it."""

    place: int
    sent: Submission
    received: ReceivedFile
    reading: FileReading
    catalog: Catalog
    beside: Beside

    @property
    def own(self) -> ReportingUnit:
        return self.catalog.units.by_id[self.sent.unit]

    @property
    def month(self) -> Month:
        return Month.parse(self.sent.period)

    @property
    def headed(self) -> Headed:
        return self.reading.headed.get(self.sent.sheet, Headed())

    def doubts(self, rule: str) -> list[Finding]:
        """What reading it found against its unit or its month."""
        hard = (f for f in self.reading.findings if f.submission == self.sent.id and f.severity is Severity.HARD)
        return [finding for finding in hard if finding.rule == rule]

    def fits(self, unit: ReportingUnit, month: Month) -> bool | None:
        """Whether its figures are this unit's and month's; None where nothing tells."""
        return fits(self.sent, self.kin(unit, month), self.beside.sent)

    def kin(self, unit: ReportingUnit, month: Month) -> Kin:
        """This unit in the place of its own; of units with one county each their counties change places too."""
        return Kin(unit.id, month, _moved(self.own, unit), unit.institution if self.sent.form == STATEMENT else "")

    def instead(self, sent: Submission, rule: str, told: str, cell: str, value: str, expected: str) -> None:
        """Keep the submission under another unit or month, the one finding on that in the place of all that said so."""
        gone = {id(finding) for finding in self.doubts(rule)}
        kept = [f for f in self.reading.findings if id(f) not in gone]
        own = [finding for finding in kept if finding.submission == self.sent.id]
        faults = Faults(self.received)
        faults.add(rule, told, sheet=sent.sheet, cell=cell, value=value, expected=expected)
        (doubt,) = faults.findings
        doubts = belonging_to([replace(doubt, cause=CAUSES[rule])], sent)
        others = [f for f in kept if f.submission != self.sent.id]
        area = _moved(self.own, self.catalog.units.by_id[sent.unit])
        own = [replace(finding, area=area.get(finding.area, finding.area)) for finding in own]
        self.reading.findings = [*others, *doubts, *belonging_to(own, sent)]
        self.reading.submissions[self.place] = sent


def _moved(own: ReportingUnit, other: ReportingUnit) -> Mapping[str, str]:
    return {own.areas[0]: other.areas[0]} if len(own.areas) == len(other.areas) == 1 else {}


# ------------------------------------------------------------------ whose


def _tell_unit(case: _Case) -> bool:
    """Tell whose a submission is if not its heading's; False where that is nobody's for sure."""
    doubts = case.doubts(UNIT)
    candidates = list(_candidates(case, doubts))
    is_own = case.fits(case.own, case.month) if candidates else True
    if is_own or (is_own is None and not doubts):
        return True
    fitting = [unit for unit in candidates if case.fits(unit, case.month)]
    if len(fitting) == 1:
        _take_over(case, fitting[0], by_figures=True)
    elif doubts and len(candidates) == 1 and _is_the_one_waited_for(case, candidates[0]):
        _take_over(case, candidates[0], by_figures=False)
    elif doubts:
        _leave_to_nobody(case, candidates)
        return False
    return True


def _candidates(case: _Case, doubts: Sequence[Finding]) -> Iterator[ReportingUnit]:
    """Who else may have sent it: whom the doubts name; of a statement that no name speaks of anybody."""
    said = [packed(finding.value) for finding in doubts]
    owing = [u for u in case.catalog.units.units if u.id != case.own.id and u.owes(case.sent.form, case.month)]
    if not doubts:
        names = [packed(name) for _, name in names_of(case.received)]
        spoken = any(units_named(name, case.catalog) or institution_in(name, case.catalog) for name in names)
        yield from owing if case.sent.form == STATEMENT and not spoken else ()
        return
    named = {unit for text in said for unit in units_named(text, case.catalog)}
    banks = {bank.id for text in said if (bank := institution_in(text, case.catalog))} if not named else set()
    yield from (unit for unit in owing if unit.id in named or unit.institution in banks)


def _is_the_one_waited_for(case: _Case, unit: ReportingUnit) -> bool:
    """Whether the unit of the heading has sent its own, and this one nothing."""
    form, month = case.sent.form, case.month
    return case.beside.has_sent(case.own.id, form, month) and not case.beside.has_sent(unit.id, form, month)


def _take_over(case: _Case, unit: ReportingUnit, *, by_figures: bool) -> None:
    sent, area = case.sent, _moved(case.own, unit)
    bank = {case.own.institution: unit.institution} if sent.form == STATEMENT else {}
    observations = [
        replace(o, area=area.get(o.area, o.area), institution=bank.get(o.institution, o.institution))
        for o in sent.observations
    ]
    heading, meant = case.own.name(case.month), unit.name(case.month)
    told = words.of_unit(sent, heading, meant, _names_saying(case.doubts(UNIT)), by_figures=by_figures)
    moved = replace(sent, unit=unit.id, observations=observations)
    case.instead(moved, UNIT, told, case.headed.unit_at, heading, meant)


def _leave_to_nobody(case: _Case, candidates: Sequence[ReportingUnit]) -> None:
    """Two units may have sent it: neither hears of it before the office has asked."""
    sent, heading = case.sent, case.own.name(case.month)
    others = [unit.name(case.month) for unit in candidates]
    faults = Faults(case.received)
    told = words.of_nobody(heading, others, _names_saying(case.doubts(UNIT)))
    faults.add(UNIT, told, sheet=sent.sheet, cell=case.headed.unit_at, value=heading)
    case.reading.findings = [*(f for f in case.reading.findings if f.submission != sent.id), *faults.findings]
    del case.reading.submissions[case.place]


def _names_saying(doubts: Sequence[Finding]) -> list[str]:
    """「文件名：汉阴农商银行2018年2月.xlsx」 and the like, as the doubts have it."""
    return [finding.value for finding in doubts if finding.value]


# ------------------------------------------------------------------ about when


def _tell_period(case: _Case) -> None:
    """Tell of which month a submission is if not its heading's."""
    if (month := _month_meant(case)) is None:
        return
    said, headed = case.month, case.headed
    told = words.of_period(
        case.sent,
        said,
        month,
        name=next((name for name, named in _months_named(case) if named == month), ""),
        made_out=headed.made_out if headed.made_out and _collected(headed.made_out) == month else None,
        received=case.received.received_at[:10] if _collected(_day(case.received)) == month else "",
        by_figures=bool(case.fits(case.own, month)),
        renewed=case.sent.form == MEASURES and _has_come(case, said),
        again=is_repeated(case.sent, case.kin(case.own, said), case.beside.sent),
    )
    moved = replace(case.sent, period=str(month))
    case.instead(moved, PERIOD, told, headed.period_at, str(said), str(month))


def _month_meant(case: _Case) -> Month | None:
    """The month that a submission is of, where that is another than it says."""
    said, now = case.month, _collected(_day(case.received))
    named = [month for _, month in _months_named(case)]
    for month in dict.fromkeys((*named, now)):
        if month == said or month > _latest(case):
            continue
        is_due = _is_waited_for(case, month, now, named) or _are_words_renewed(case, month, now)
        if is_due and not _has_come(case, month):
            return month
        fits_either = case.fits(case.own, month) and not case.fits(case.own, said)
        if fits_either and not is_repeated(case.sent, case.kin(case.own, said), case.beside.sent):
            return month
    return None


def _is_waited_for(case: _Case, month: Month, now: Month, named: Sequence[Month]) -> bool:
    """Whether it came when this month's was due, under a name of this month or out of the future.

    Unless its figures are plainly not this month's: then only its name is wrong, or it was sent early, or once more.
    """
    is_of_future = case.month.first_day > _day(case.received)
    if month != now or not (month in named or is_of_future):
        return False
    if is_of_future:
        return case.fits(case.own, month) is not False
    is_as_said = case.fits(case.own, case.month) and not case.fits(case.own, month)
    return not is_as_said or is_repeated(case.sent, case.kin(case.own, case.month), case.beside.sent)


def _are_words_renewed(case: _Case, month: Month, now: Month) -> bool:
    """Whether words under a past month's heading came when this month's were due, and no name says that they are old.

    No figure tells of when they are: taken at their word they would replace those of the past month. Words of a month
    of which none had come are late ones, unless they are as old as a year to the month: nobody waits for these.
    """
    if case.sent.form != MEASURES or month != now or case.reading.answers is not None:
        return False
    is_past = _has_come(case, case.month) or case.month == month.year_before
    told_by_name = any(contradiction_in_name(name, month) for _, name in names_of(case.received))
    return is_past and case.own.owes(MEASURES, month) and not told_by_name


def _has_come(case: _Case, month: Month) -> bool:
    return case.beside.has_sent(case.own.id, case.sent.form, month)


def _months_named(case: _Case) -> Iterator[tuple[str, Month]]:
    """The months in those names of file and mail that contradict the heading, each with the name."""
    for finding in case.doubts(PERIOD):
        if is_about_names(finding, case.received):
            for month in months_in_name(finding.value.partition("：")[2]):
                yield finding.value, month


def _collected(day: date) -> Month:
    """The month that is collected on a day."""
    return Month.of(day).previous


def _latest(case: _Case) -> Month:
    return Month.of(_day(case.received))


def _day(received: ReceivedFile) -> date:
    return date.fromisoformat(received.received_at[:10])
