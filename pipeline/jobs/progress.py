"""What is shown in a terminal while a job runs, and the table of a month's duties."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.jobs import status_words as words
from pipeline.jobs.chasing import Chase
from pipeline.jobs.gaps import state_of
from pipeline.jobs.runlog import Progress
from pipeline.jobs.status import StatusOutcome

_WIDE_ENOUGH = 160
"""Columns that the table may use: a narrow terminal wraps its lines, which is better than cutting a name."""


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Progress]:
    """A bar for each stage on the error stream; silent where nobody looks."""
    if not shown:
        yield lambda stage, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def show(stage: str, done: int, of: int) -> None:
            task = tasks.setdefault(stage, bars.add_task(stage, total=of))
            bars.update(task, completed=done, total=of)  # type: ignore[arg-type]

        yield show


def print_status(outcome: StatusOutcome, *, whole_record: bool = False) -> None:
    """A month's duties as a table, what was found, whom to chase, the record; what to do next comes last."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(width=_WIDE_ENOUGH, highlight=False, markup=False)
    table = Table(title=words.status_title(outcome), box=box.SIMPLE, pad_edge=False)
    for heading in ("填报单位", "报表", "收到", "状态", "答复期限", "报送编号"):
        table.add_column(heading, no_wrap=True)
    chased: dict[tuple[str, str], list[Chase]] = {}
    for chase in outcome.chases:
        chased.setdefault((chase.duty.unit, chase.duty.form), []).append(chase)
    for duty in outcome.view.duties:
        counting = duty.counting.record if duty.counting else None
        received_at, number = (counting.received_at[:16], counting.id) if counting else ("", "")
        answer = words.answer_words(chased.get((duty.unit, duty.form), ()))
        table.add_row(duty.unit_name, duty.form, received_at, state_of(duty, outcome.clock.day), answer, number)
    console.print(table)
    for line in words.status_problem_lines(outcome):
        console.print(line, soft_wrap=True)
    if whole_record:
        record = Table(title=words.record_title(outcome.record), box=box.SIMPLE, pad_edge=False)
        for heading in words.RECORD_HEADINGS:
            record.add_column(heading, no_wrap=True, justify="left" if heading == words.RECORD_HEADINGS[0] else "right")
        for row in words.record_rows(outcome.record):
            record.add_row(*row)
        console.print(record)
    for line in (
        *([] if whole_record else words.record_lines(outcome.record)),
        words.release_words(outcome),
        *words.deadline_lines(outcome.deadline),
        *words.chase_lines(outcome),
        words.count_line(outcome),
        words.next_line(outcome),
    ):
        if line:
            console.print(line, soft_wrap=True)
