"""The command line: parse, call one job, print. Heavy imports wait inside the commands, so that --help is instant."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.errors import PipelineError, reason

if TYPE_CHECKING:
    from pipeline.catalog import Catalog
    from pipeline.jobs.clock import Clock
    from pipeline.jobs.decide import Decided

F = TypeVar("F", bound=Callable[..., Any])


class Chinese(click.Command):
    """Help in the clerk's language; click's own words are English."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **extra})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """「用法：pipeline status [选项] [报告期]」."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every option with what it does."""
        records = [
            record for parameter in self.get_params(ctx) if (record := parameter.get_help_record(ctx)) and record[1]
        ]
        with formatter.section("选项"):
            formatter.write_dl([(name, told.replace("  [required]", "必填。")) for name, told in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that prints this."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示这份说明。"
        return option


class Commands(Chinese, click.Group):
    """Tells every error of ours, and every wrong use, as one plain sentence with its exit code."""

    command_class = Chinese

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then every command with its whole sentence."""
        super().format_options(ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl([(name, command.get_short_help_str(200)) for name, command in self.commands.items()])

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run one command and leave with its exit code."""
        wants_json = "--json" in (sys.argv[1:] if args is None else args)
        name = next((word for word in (sys.argv[1:] if args is None else args) if word in self.commands), "pipeline")
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except click.exceptions.Exit as stop:
            code = stop.exit_code
        except click.Abort:
            code = _fail(name, 2, "已中断。此前入库的数据完好，需要时请重新运行。", wants_json)
        except click.ClickException as wrong:
            code = _fail(name, 2, _usage(wrong), wants_json)
        except PipelineError as error:
            code = _fail(name, error.exit_code, str(error), wants_json)
        except OSError as error:
            code = _fail(name, 3, _machine(error), wants_json)
        sys.exit(code if isinstance(code, int) else 0)


def _fail(command: str, exit_code: int, message: str, wants_json: bool) -> int:
    if wants_json:
        from pipeline.jobs.contract import envelope

        click.echo(envelope(command, "error", exit_code, message, {}))
    else:
        click.echo(message, err=True)
    return exit_code


def _usage(wrong: click.ClickException) -> str:
    if isinstance(wrong, click.NoSuchOption):
        return f"没有 {wrong.option_name} 这个选项。请用 --help 查看用法。"
    if isinstance(wrong, click.MissingParameter):
        return f"缺少 {_option(wrong)}。请用 --help 查看用法。"
    if isinstance(wrong, click.UsageError) and "No such command" in wrong.message:
        return "没有这个命令。请用 --help 查看有哪些命令。"
    if isinstance(wrong, click.BadParameter):
        return f"{_option(wrong)} 的写法不对。请用 --help 查看用法。"
    return "命令写法不对：多写了参数，或选项后面缺少内容。请用 --help 查看用法。"


def _option(wrong: click.BadParameter) -> str:
    if isinstance(wrong.param, click.Argument):
        return (wrong.param.metavar or "参数").strip("[]…")
    return wrong.param.opts[0] if wrong.param and wrong.param.opts else "参数"


def _machine(error: OSError) -> str:
    where = f"（{error.filename}）" if error.filename else ""
    return f"读写文件失败{where}：{reason(error)}。已存数据完好；请检查磁盘空间和权限后重新运行。"


def _shared(command: F) -> F:
    """The options that every command has."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。"),
        click.option("--as-of", metavar="日期", help="按该日日终（北京时间）办理或查看，如 2018-04-10；默认现在。"),
        click.option("--profile", default="ankang", metavar="名称", help="地区配置，默认 ankang。"),
        click.option(
            "--workspace",
            type=click.Path(path_type=Path),
            default=Path(),
            metavar="文件夹",
            help="工作文件夹，内有 inbox、store、output；默认当前文件夹。",
        ),
    ):
        command = option(command)
    return command


def _opened(workspace: Path, profile: str, as_of: str | None) -> tuple[Catalog, Clock]:
    from pipeline.jobs.clock import clock_for
    from pipeline.jobs.opening import opened

    clock = clock_for(as_of)
    return opened(workspace, profile, clock), clock


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, subcommand_metavar="命令 …")
def main() -> None:
    """金融扶贫月报：把银行和县区报来的表格变成可以送审的统计附件。"""


@main.command()
@click.argument("period", required=False, metavar="[报告期|起:止]")
@click.option(
    "--inbox", type=click.Path(path_type=Path), metavar="文件夹", help="收件文件夹；默认工作文件夹中的 inbox。"
)
@click.option("--final", is_flag=True, help="正式发布；有缺报、退回或待核实时仍按草稿发布。")
@_shared
def monthly(
    period: str | None,
    inbox: Path | None,
    final: bool,
    workspace: Path,
    profile: str,
    as_of: str | None,
    as_json: bool,
) -> int:
    """收件、审核、生成五个附件、数据表和网页（报告期默认为上月，如 2018-03 或 2017-01:2018-03）。"""
    from pipeline.jobs import monthly, telling
    from pipeline.jobs.progress import progress_bar
    from pipeline.periods import Month, parse_range

    catalog, clock = _opened(workspace, profile, as_of)
    wanted = parse_range(period) if period else [Month.of(clock.day).previous]
    with progress_bar(shown=not as_json and sys.stderr.isatty()) as progress:
        outcome = monthly.run(
            workspace, inbox or workspace / "inbox", wanted, catalog, clock, final=final, progress=progress
        )
    status = "final" if outcome.released and all(released.is_final for released in outcome.released) else "draft"
    return _answer(
        "monthly",
        "nothing" if outcome.exit_code == 3 else status,
        outcome.exit_code,
        telling.closing_line(outcome),
        lambda: _contract().monthly_data(outcome),
        telling.monthly_lines(outcome, str(workspace / "output")),
        as_json=as_json,
    )


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@_shared
def check(files: tuple[Path, ...], workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """报送前自查：只审核，不入库。"""
    from pipeline.jobs import check, telling

    catalog, clock = _opened(workspace, profile, as_of)
    outcome = check.run(files, catalog, clock)
    status = {0: "clean", 1: "findings", 3: "unreadable"}[outcome.exit_code]
    return _answer(
        "check",
        status,
        outcome.exit_code,
        telling.check_line(outcome),
        lambda: _contract().check_data(outcome),
        telling.check_lines(outcome),
        as_json=as_json,
    )


@main.command()
@click.argument("period", required=False, metavar="[报告期]")
@_shared
def status(period: str | None, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """查看各单位报送情况：已收、迟报、退回、未报、待处理（报告期默认为上月）。"""
    from pipeline.jobs import status, telling
    from pipeline.periods import Month

    catalog, clock = _opened(workspace, profile, as_of)
    outcome = status.run(workspace, Month.parse(period) if period else Month.of(clock.day).previous, catalog, clock)
    code = 0 if outcome.view.complete else 1
    if not as_json:
        from pipeline.jobs.progress import print_status

        print_status(outcome)
        return code
    word, message = "incomplete" if code else "complete", telling.status_line(outcome)
    return _answer("status", word, code, message, lambda: _contract().status_data(outcome), as_json=as_json)


@main.command("print")
@click.argument("period", required=False, metavar="[报告期]")
@_shared
def print_annexes(period: str | None, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """把五个附件按顺序合成一个 PDF，供打印（报告期默认为上月；需要 LibreOffice）。"""
    from pipeline.jobs import printing
    from pipeline.periods import Month

    _, clock = _opened(workspace, profile, as_of)
    made = printing.run(workspace, Month.parse(period) if period else Month.of(clock.day).previous, clock)
    return _answer("print", "printed", 0, made.sentence, lambda: _contract().printed_data(made), as_json=as_json)


@main.command()
@click.argument("finding", metavar="问题编号")
@click.option("--text", required=True, metavar="说明", help="原因说明（不少于8个字，写明具体原因）。")
@click.option("--by", required=True, metavar="姓名", help="由谁说明。")
@_shared
def explain(finding: str, text: str, by: str, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """记录报送单位对一个核实性问题的说明。"""
    from pipeline.jobs import decide

    catalog, clock = _opened(workspace, profile, as_of)
    return _decided("explain", decide.explain(workspace, finding, text, by, catalog, clock), as_json=as_json)


@main.command()
@click.argument("submission", metavar="报送编号")
@click.option("--reason", required=True, metavar="理由", help="为什么撤出。")
@click.option("--by", required=True, metavar="姓名", help="由谁决定。")
@_shared
def withdraw(
    submission: str, reason: str, by: str, workspace: Path, profile: str, as_of: str | None, as_json: bool
) -> int:
    """撤出一份报送，不再采用其中的数据。"""
    from pipeline.jobs import decide

    _, clock = _opened(workspace, profile, as_of)
    return _decided("withdraw", decide.withdraw(workspace, submission, reason, by, clock), as_json=as_json)


@main.command()
@click.argument("unit", metavar="填报单位")
@click.argument("period", metavar="报告期")
@click.argument("day", metavar="日期")
@click.option("--reason", required=True, metavar="理由", help="为什么延期。")
@click.option("--by", required=True, metavar="姓名", help="由谁决定。")
@_shared
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

    catalog, clock = _opened(workspace, profile, as_of)
    return _decided("extend", decide.extend(workspace, unit, period, day, reason, by, catalog, clock), as_json=as_json)


@main.command()
@click.argument("entry", metavar="记录号")
@click.option("--reason", required=True, metavar="理由", help="为什么撤销。")
@click.option("--by", required=True, metavar="姓名", help="由谁决定。")
@_shared
def undo(entry: str, reason: str, by: str, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """撤销一个决定（explain、withdraw、extend、import-history、register import 或 undo）；原记录保留。"""
    from pipeline.catalog import load_catalog
    from pipeline.jobs import decide
    from pipeline.jobs.clock import clock_for

    load_catalog(profile)  # the workspace's own register is left aside: it may be what has to be undone
    clock = clock_for(as_of)
    return _decided("undo", decide.undo(workspace, entry, reason, by, clock), as_json=as_json)


@main.command("import-history")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@_shared
def import_history(file: Path, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """补录启用以前的历史数字（报告期、填报单位、县区、指标、数值、来源），作同比、较年初的基数。"""
    from pipeline.jobs import history

    catalog, clock = _opened(workspace, profile, as_of)
    outcome = history.run(workspace, file, catalog, clock)
    return _answer(
        "import-history",
        outcome.status,
        outcome.exit_code,
        history.closing_line(outcome),
        lambda: _contract().history_data(outcome),
        history.lines(outcome),
        as_json=as_json,
    )


@main.command()
@click.argument("action", type=click.Choice(["export", "import"]), metavar="export（导出）|import（导入）")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[文件]")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="导出到哪里；默认 output/登记表.xlsx。")
@click.option("--by", default="", metavar="姓名", help="由谁决定（导入时必写）。")
@_shared
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

    catalog, clock = _opened(workspace, profile, as_of)
    if action == "export":
        from pipeline.jobs import register_export

        if file and out:
            raise UsageError("导出到哪里写了两次。请只写一个文件名。")
        made = register_export.run(workspace, file or out, catalog, clock)
        return _answer(
            "register", "exported", 0, made.sentence, lambda: _contract().exported_data(made), as_json=as_json
        )
    from pipeline.jobs import register_import

    if file is None or out:
        raise UsageError("请写明要导入的文件，如：register import output/登记表.xlsx --by 姓名。")
    outcome = register_import.run(workspace, file, by, catalog, clock)
    return _answer(
        "register",
        outcome.status,
        outcome.exit_code,
        register_import.closing_line(outcome),
        lambda: _contract().imported_data(outcome),
        register_import.lines(outcome),
        as_json=as_json,
    )


def _decided(command: str, decided: Decided, *, as_json: bool) -> int:
    return _answer(command, "recorded", 0, decided.sentence, lambda: _contract().decided_data(decided), as_json=as_json)


def _answer(
    command: str,
    status: str,
    code: int,
    message: str,
    data: Callable[[], dict[str, Any]],
    lines: Sequence[str] = (),
    *,
    as_json: bool,
) -> int:
    """Print a result as its contract's JSON, or as lines for people: the message alone where there are no others."""
    if as_json:
        click.echo(_contract().envelope(command, status, code, message, data()))
    else:
        for line in lines or [message]:
            click.echo(line)
    return code


def _contract() -> Any:
    """How results are written as JSON: it knows every job, and is loaded only where JSON is asked for."""
    from pipeline.jobs import contract

    return contract
