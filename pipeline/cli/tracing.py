"""Commands that walk a figure back to its cells, and a cell forward to its figures."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.answers import answer, main, opened, shared


@main.command()
@click.argument("period", metavar="报告期")
@click.argument("figure", metavar="'附件!单元格'")
@shared
def trace(period: str, figure: str, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """一个统计数是怎么来的：一直追到来表的单元格，如 trace 2018-03 '附件2!M9'。"""
    from pipeline.jobs import trace_data, trace_words
    from pipeline.jobs.trace import trace
    from pipeline.periods import Month

    catalog, clock = opened(workspace, profile, as_of)
    found = trace(workspace, Month.parse(period), figure, catalog, clock)
    return answer(
        "trace",
        "traced" if found.lineage else "no_figure",
        0,
        trace_words.trace_line(found),
        lambda: trace_data.trace_data(found),
        trace_words.trace_lines(found),
        as_json=as_json,
    )


@main.command()
@click.argument("cell", metavar="'文件!工作表!单元格'")
@shared
def impact(cell: str, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """来表的一个单元格用在哪些已发布的统计数里。"""
    from pipeline.jobs import trace_data, trace_words
    from pipeline.jobs.trace import impact

    catalog, clock = opened(workspace, profile, as_of)
    found = impact(workspace, cell, catalog, clock)
    return answer(
        "impact",
        "used" if any(one.feeds for one in found) else "unused",
        0,
        trace_words.impact_line(found),
        lambda: trace_data.impact_data(found),
        trace_words.impact_lines(found),
        as_json=as_json,
    )
