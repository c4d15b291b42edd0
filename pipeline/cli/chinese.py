"""Help, errors and wrong use in the clerk's language: click's own words are English."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from pipeline.errors import PipelineError, reason


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
