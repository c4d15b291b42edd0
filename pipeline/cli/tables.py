"""Commands that take tables in, or give them out, beside the month's statements."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.answers import answer, contract, main, opened, shared


@main.command("import-history")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@shared
def import_history(file: Path, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """补录启用以前的历史数字（报告期、填报单位、县区、指标、数值、来源），作同比、较年初的基数。"""
    from pipeline.jobs import history

    catalog, clock = opened(workspace, profile, as_of)
    outcome = history.run(workspace, file, catalog, clock)
    return answer(
        "import-history",
        outcome.status,
        outcome.exit_code,
        history.closing_line(outcome),
        lambda: contract().history_data(outcome),
        history.lines(outcome),
        as_json=as_json,
    )


@main.command()
@click.argument("action", type=click.Choice(["export", "import"]), metavar="export（导出）|import（导入）")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[文件]")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="导出到哪里；默认 output/登记表.xlsx。")
@click.option("--by", default="", metavar="姓名", help="由谁决定（导入时必写）。")
@shared
def register(
    action: str,
    file: Path | None,
    out: Path | None,
    by: str,
    workspace: Path,
    profile: str,
    as_of: str | None,
    as_json: bool,
) -> int:
    """把填报单位、应报报表、期限、联系人和年度任务导出成一个工作簿，改好后再导入。"""
    from pipeline.errors import UsageError

    catalog, clock = opened(workspace, profile, as_of)
    if action == "export":
        from pipeline.jobs import register_export

        if file and out:
            raise UsageError("导出到哪里写了两次。请只写一个文件名。")
        made = register_export.run(workspace, file or out, catalog, clock)
        return answer("register", "exported", 0, made.sentence, lambda: contract().exported_data(made), as_json=as_json)
    from pipeline.jobs import register_import

    if file is None or out:
        raise UsageError("请写明要导入的文件，如：register import output/登记表.xlsx --by 姓名。")
    outcome = register_import.run(workspace, file, by, catalog, clock)
    return answer(
        "register",
        outcome.status,
        outcome.exit_code,
        register_import.closing_line(outcome),
        lambda: contract().imported_data(outcome),
        register_import.lines(outcome),
        as_json=as_json,
    )
