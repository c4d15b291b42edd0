"""What each unit's record says, worked by hand: April 8 is the deadline of March, the day of looking is April 12."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog import load_catalog
from pipeline.model import Finding, Severity
from pipeline.periods import Month
from pipeline.store.journal import ACCEPTED, EXPLAINED, EXTENDED, WITHDRAWN, Entry
from pipeline.store.records import Record, StoredFinding
from pipeline.validate.duties import duties_of
from pipeline.validate.reporting_record import Punctuality, Reported, ReportingRecord, Tally, reported
from pipeline.validate.verdicts import VERSIONS, standings

CATALOG, MARCH, TODAY = load_catalog("ankang"), Month(2018, 3), date(2018, 4, 12)
HARD, SOFT = Severity.HARD, Severity.SOFT


def sent(number: int, day: str, unit: str = "abc", form: str = "M01", period: str = "2018-03") -> Record:
    return Record(
        f"S{number}", number, form, unit, period, "", "", "", "", f"{day} 09:00", "", 0, nil=False, sample=False
    )


def found(
    number: int, submission: str, severity: Severity, until: int | None = None, rule: str = "A02", **more: str
) -> StoredFinding:
    finding = Finding(rule, 2, severity, "", "", "", unit="abc", submission=submission, **more)
    return StoredFinding(finding, f"F{number}", 1, until, number)


def decided(kind: str, at: str = "2018-04-11 10:00:00", **body: str) -> Entry:
    return Entry(90, at, kind, body, "")


def record_of(
    records: list[Record], findings: Sequence[StoredFinding] = (), decisions: Sequence[Entry] = ()
) -> Reported:
    """What 农行's statement of March comes to."""
    judged = standings(records, findings, decisions, {})
    duties = duties_of(MARCH, judged, CATALOG, decisions)
    rows = reported(duties, judged, findings, decisions, TODAY)
    return next(row for row in rows if (row.duty.unit, row.duty.form) == ("abc", "M01"))


def test_what_came_in_time_and_without_errors():
    """Sunday, 8 April, is itself in time."""
    row = record_of([sent(1, "2018-04-08")])
    assert (row.punctuality, row.days_late, row.submissions, row.rejections) == (Punctuality.IN_TIME, 0, 1, 0)
    assert (row.hard, row.soft, row.explained, row.unexplained) == (0, 0, 0, 0)
    assert (row.accepted_on, row.days_to_accept) == (date(2018, 4, 8), 0)


def test_what_came_late_is_late_by_days():
    row = record_of([sent(1, "2018-04-11")])
    assert (row.punctuality, row.days_late, row.received_at) == (Punctuality.LATE, 3, "2018-04-11 09:00")


def test_what_has_not_come_is_missing_since_the_deadline():
    row = record_of([])
    assert (row.punctuality, row.days_late, row.received_at) == (Punctuality.MISSING, 4, "")
    assert (row.submissions, row.accepted_on, row.days_to_accept) == (0, None, None)


def test_what_is_not_due_yet_is_not_missing():
    later = decided(EXTENDED, unit="abc", period="2018-03", due="2018-04-12")
    row = record_of([], decisions=[later])
    assert (row.punctuality, row.days_late) == (Punctuality.NOT_DUE, 0), "the day itself is in time"


def test_an_extension_makes_late_what_came_even_later_and_nothing_else():
    until = decided(EXTENDED, unit="abc", period="2018-03", due="2018-04-10")
    assert record_of([sent(1, "2018-04-10")], decisions=[until]).punctuality is Punctuality.IN_TIME
    assert record_of([sent(1, "2018-04-11")], decisions=[until]).days_late == 1


def test_the_first_submission_counts_for_errors_and_all_of_them_for_rejections():
    """Sent in time with two errors, again on the 9th with one, right on the 12th: six days after the first."""
    row = record_of(
        [sent(1, "2018-04-06"), sent(2, "2018-04-09"), sent(3, "2018-04-12")],
        [found(1, "S1", HARD), found(2, "S1", HARD), found(3, "S1", SOFT), found(4, "S2", HARD)],
    )
    assert (row.punctuality, row.submissions, row.rejections) == (Punctuality.IN_TIME, 3, 2)
    assert (row.hard, row.soft) == (2, 1)
    assert (row.accepted_on, row.days_to_accept) == (date(2018, 4, 12), 6)


def test_what_a_later_one_replaced_was_accepted_when_it_came():
    row = record_of([sent(1, "2018-04-06"), sent(2, "2018-04-09")])
    assert (row.accepted_on, row.submissions) == (date(2018, 4, 6), 2)


def test_what_is_folded_or_was_another_figure_s_fault_is_nobody_s_error():
    row = record_of([sent(1, "2018-04-06")], [found(1, "S1", HARD, until=7), found(2, "S1", SOFT, under="F1")])
    assert (row.hard, row.soft, row.rejections, row.days_to_accept) == (0, 0, 0, 0)


def test_who_is_taken_in_by_decision_was_sent_back_and_waits_for_it():
    taken = decided(ACCEPTED, submission="S1")
    row = record_of([sent(1, "2018-04-06")], [found(1, "S1", HARD)], [taken])
    assert (row.rejections, row.hard) == (1, 1)
    assert (row.accepted_on, row.days_to_accept) == (date(2018, 4, 11), 5)


def test_of_two_versions_that_came_together_one_counts_once_the_other_is_taken_out():
    both = [sent(1, "2018-04-06"), sent(2, "2018-04-06")]
    doubts = [found(n, f"S{n}", HARD, rule=VERSIONS, value=f"S{3 - n}") for n in (1, 2)]
    assert record_of(both, doubts).rejections == 2
    row = record_of(both, doubts, [decided(WITHDRAWN, submission="S2")])
    assert (row.hard, row.accepted_on) == (0, date(2018, 4, 11))


def test_what_was_taken_out_came_all_the_same():
    row = record_of([sent(1, "2018-04-10")], [], [decided(WITHDRAWN, submission="S1")])
    assert (row.punctuality, row.days_late, row.accepted_on) == (Punctuality.LATE, 2, None)


def test_answers_are_counted_once_and_what_is_open_too():
    """The same question on both submissions has one answer; another is open."""
    findings = [
        found(1, "S1", SOFT, value="5"),
        replace(found(1, "S2", SOFT, value="5"), number=2),
        found(3, "S2", SOFT, value="7"),
    ]
    answered = decided(EXPLAINED, finding="F1", value="5")
    row = record_of([sent(1, "2018-04-06"), sent(2, "2018-04-07")], findings, [answered])
    assert (row.soft, row.explained, row.unexplained) == (1, 1, 1)


def test_who_sends_without_owing_is_never_late():
    judged = standings([sent(1, "2018-04-20", "dept-cbrc", "Q01")], [], [], {})
    rows = reported(duties_of(MARCH, judged, CATALOG), judged, [], [], TODAY)
    (row,) = (row for row in rows if row.duty.unit == "dept-cbrc")
    assert (row.punctuality, row.days_late) == (Punctuality.VOLUNTARY, 0)
    assert Tally.of(row) == Tally(voluntary=1, accepted=1)


# ------------------------------------------------------------------ counted together


def month_of(records: list[Record], findings: list[StoredFinding]) -> ReportingRecord:
    judged = standings(records, findings, [], {})
    rows = reported(duties_of(MARCH, judged, CATALOG), judged, findings, [], TODAY)
    return ReportingRecord((MARCH,), TODAY, tuple(rows))


def test_counts_by_unit_and_together():
    """35 forms are owed for March; 农行 sends one late and with errors, the other in time; 邮储 sends one in time."""
    whole = month_of(
        [
            sent(1, "2018-04-10"),
            sent(2, "2018-04-06", form="Q01"),
            sent(3, "2018-04-07", unit="psbc"),
        ],
        [found(1, "S1", HARD), found(2, "S1", HARD)],
    )
    assert whole.by_unit["abc"] == Tally(
        owed=2, in_time=1, late=1, days_late=2, accepted=1, rejections=1, faulty=1, hard=2
    )
    assert whole.by_unit["psbc"] == Tally(owed=2, in_time=1, missing=1, accepted=1)
    assert (whole.total.owed, whole.total.in_time, whole.total.late, whole.total.missing) == (35, 2, 1, 32)
    assert whole.names["abc"] == "农业银行安康分行"


def test_counts_by_anything_else_add_up_to_the_same():
    whole = month_of([sent(1, "2018-04-10"), sent(2, "2018-04-06", form="Q01")], [found(1, "S1", HARD)])
    by_form = whole.tallied(lambda row: row.duty.form)
    assert sum(by_form.values(), Tally()) == whole.total
    assert by_form["M01"].rejections == 1
    assert by_form["Q01"].in_time == 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["abc", "psbc", "rcb-shiquan"]), st.integers(1, 30), st.integers(0, 2)), max_size=8
    ),
    st.integers(1, 30),
)
def test_every_form_that_is_owed_is_one_of_four(came, day):
    records = [sent(n, f"2018-04-{d:02}", unit) for n, (unit, d, _) in enumerate(came)]
    records.sort(key=lambda record: record.received_at)
    findings = [found(n * 10 + m, f"S{n}", HARD) for n, (_, _, errors) in enumerate(came) for m in range(errors)]
    judged = standings(records, findings, [], {})
    rows = reported(duties_of(MARCH, judged, CATALOG), judged, findings, [], date(2018, 4, day))
    total = ReportingRecord((MARCH,), date(2018, 4, day), tuple(rows)).total
    assert total.owed == total.in_time + total.late + total.missing + total.not_due == 35
    assert total.rejections == sum(errors > 0 for _, _, errors in came)


@pytest.mark.parametrize("how", Punctuality)
def test_every_kind_has_words(how):
    assert how.label
