"""What every command shares: its options, its catalogue, how it prints what a job gave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.cli.chinese import Commands

if TYPE_CHECKING:
    from pipeline.catalog import Catalog
    from pipeline.jobs.clock import Clock
    from pipeline.jobs.decide import Decided

F = TypeVar("F", bound=Callable[..., Any])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, subcommand_metavar="命令 …")
def main() -> None:
    """金融扶贫月报：把银行和县区报来的表格变成可以送审的统计附件。"""


def shared(command: F) -> F:
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


def opened(workspace: Path, profile: str, as_of: str | None) -> tuple[Catalog, Clock]:
    """The workspace's catalogue, and the moment as which a command is run."""
    from pipeline.jobs import opening
    from pipeline.jobs.clock import clock_for

    clock = clock_for(as_of)
    return opening.opened(workspace, profile, clock), clock


def decided(command: str, made: Decided, *, as_json: bool) -> int:
    """Print a recorded decision."""
    return answer(command, "recorded", 0, made.sentence, lambda: contract().decided_data(made), as_json=as_json)


def answer(
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
        click.echo(contract().envelope(command, status, code, message, data()))
    else:
        for line in lines or [message]:
            click.echo(line)
    return code


def contract() -> Any:
    """How results are written as JSON: it knows every job, and is loaded only where JSON is asked for."""
    from pipeline.jobs import contract

    return contract
