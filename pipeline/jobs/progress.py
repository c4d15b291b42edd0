"""What is shown in a terminal while a job runs, and the table of a month's duties."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.jobs import telling
from pipeline.jobs.receive import Progress
from pipeline.jobs.status import StatusOutcome


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
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table("填报单位", "报表", "截止", "收到", "状态", "报送编号", title=f"{outcome.view.month.label}报送情况")
    for duty in outcome.view.duties:
        counting = duty.counting.record if duty.counting else None
        table.add_row(
            duty.unit_name,
            duty.form_name,
            str(duty.due),
            counting.received_at if counting else "",
            telling.state_of(duty, outcome),
            counting.id if counting else "",
        )
    console.print(table)
    for line in telling.status_problem_lines(outcome):
        console.print(line, markup=False, soft_wrap=True)
    console.print(telling.release_words(outcome), markup=False)
    console.print(telling.status_line(outcome), markup=False, soft_wrap=True)
