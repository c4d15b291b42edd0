"""Commands that record a person's decision."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.answers import decided, main, opened, shared


@main.command()
@click.argument("finding", metavar="问题编号")
@click.option("--text", required=True, metavar="说明", help="原因说明（不少于8个字，写明具体原因）。")
@click.option("--by", required=True, metavar="姓名", help="由谁说明。")
@shared
def explain(finding: str, text: str, by: str, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """记录报送单位对一个核实性问题的说明。"""
    from pipeline.jobs import decide

    catalog, clock = opened(workspace, profile, as_of)
    return decided("explain", decide.explain(workspace, finding, text, by, catalog, clock), as_json=as_json)


@main.command("accept-header")
@click.argument("file", metavar="文件")
@click.argument("place", metavar="工作表!单元格")
@click.argument("indicator", metavar="指标")
@click.option("--by", required=True, metavar="姓名", help="由谁认定。")
@shared
def accept_header(
    file: str, place: str, indicator: str, by: str, workspace: Path, profile: str, as_of: str | None, as_json: bool
) -> int:
    """认定一个没有认出的表头是哪个指标（代码或名称）：只对该单位的这张报表，从该文件的报告期起。"""
    from pipeline.jobs.accept_header import accept_header as record

    catalog, clock = opened(workspace, profile, as_of)
    return decided("accept-header", record(workspace, file, place, indicator, by, catalog, clock), as_json=as_json)


@main.command()
@click.argument("submission", metavar="报送编号")
@click.option("--reason", required=True, metavar="理由", help="为什么不经更正就采用（写明具体原因，附件会印出）。")
@click.option("--by", required=True, metavar="姓名", help="由谁决定。")
@shared
def accept(
    submission: str, reason: str, by: str, workspace: Path, profile: str, as_of: str | None, as_json: bool
) -> int:
    """强制采用一份被退回的报送：数据加标记，理由印在附件注里。"""
    from pipeline.jobs import decide

    catalog, clock = opened(workspace, profile, as_of)
    return decided("accept", decide.accept(workspace, submission, reason, by, catalog, clock), as_json=as_json)


@main.command()
@click.argument("submission", metavar="报送编号")
@click.option("--reason", required=True, metavar="理由", help="为什么撤出。")
@click.option("--by", required=True, metavar="姓名", help="由谁决定。")
@shared
def withdraw(
    submission: str, reason: str, by: str, workspace: Path, profile: str, as_of: str | None, as_json: bool
) -> int:
    """撤出一份报送，不再采用其中的数据。"""
    from pipeline.jobs import decide

    _, clock = opened(workspace, profile, as_of)
    return decided("withdraw", decide.withdraw(workspace, submission, reason, by, clock), as_json=as_json)


@main.command()
@click.argument("unit", metavar="填报单位")
@click.argument("period", metavar="报告期")
@click.argument("day", metavar="日期")
@click.option("--reason", required=True, metavar="理由", help="为什么延期。")
@click.option("--by", required=True, metavar="姓名", help="由谁决定。")
@shared
def extend(
    unit: str,
    period: str,
    day: str,
    reason: str,
    by: str,
    workspace: Path,
    profile: str,
    as_of: str | None,
    as_json: bool,
) -> int:
    """给一个填报单位延期：某一报告期（如 2018-03；年度报表写 2018）改到某日（如 2018-04-12）截止。"""
    from pipeline.jobs import decide

    catalog, clock = opened(workspace, profile, as_of)
    return decided("extend", decide.extend(workspace, unit, period, day, reason, by, catalog, clock), as_json=as_json)


@main.command()
@click.argument("entry", metavar="记录号")
@click.option("--reason", required=True, metavar="理由", help="为什么撤销。")
@click.option("--by", required=True, metavar="姓名", help="由谁决定。")
@shared
def undo(entry: str, reason: str, by: str, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """撤销一个决定（explain、accept、withdraw、extend、undo、accept-header、import-history 等）；保留原记录。"""
    from pipeline.catalog import load_catalog
    from pipeline.jobs import decide
    from pipeline.jobs.clock import clock_for

    load_catalog(profile)  # the workspace's own register is left aside: it may be what has to be undone
    clock = clock_for(as_of)
    return decided("undo", decide.undo(workspace, entry, reason, by, clock), as_json=as_json)
