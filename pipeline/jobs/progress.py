"""What is shown in a terminal while a job runs, and the table of a month's duties."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.jobs import telling
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


def print_status(outcome: StatusOutcome) -> None:
    """A month's duties as a table, the findings on files that nobody could be told to have sent, one closing line."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(width=_WIDE_ENOUGH, highlight=False, markup=False)
    table = Table(title=telling.status_title(outcome), box=box.SIMPLE, pad_edge=False)
    for heading in ("填报单位", "报表", "收到", "状态", "报送编号"):
        table.add_column(heading, no_wrap=True)
    for duty in outcome.view.duties:
        counting = duty.counting.record if duty.counting else None
        received_at, number = (counting.received_at[:16], counting.id) if counting else ("", "")
        table.add_row(duty.unit_name, duty.form, received_at, state_of(duty, outcome.clock.day), number)
    console.print(table)
    for line in (
        *telling.status_problem_lines(outcome),
        telling.release_words(outcome),
        telling.status_line(outcome),
    ):
        console.print(line, soft_wrap=True)
