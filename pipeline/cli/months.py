"""Commands about a month: receive and release, look before sending, see who has sent, print."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.answers import answer, contract, main, opened, shared


@main.command()
@click.argument("period", required=False, metavar="[报告期|起:止]")
@click.option(
    "--inbox", type=click.Path(path_type=Path), metavar="文件夹", help="收件文件夹；默认工作文件夹中的 inbox。"
)
@click.option("--final", is_flag=True, help="正式发布；有缺报、退回或待核实时仍按草稿发布。")
@click.option("--override", metavar="姓名", help="数据不全仍正式发布：由谁决定（附件会注明；须有 --reason）。")
@click.option("--reason", metavar="理由", help="数据不全仍正式发布的理由（写明具体原因）。")
@shared
def monthly(
    period: str | None,
    inbox: Path | None,
    final: bool,
    override: str | None,
    reason: str | None,
    workspace: Path,
    profile: str,
    as_of: str | None,
    as_json: bool,
) -> int:
    """收件、审核、生成五个附件、数据表和网页（报告期默认为上月，如 2018-03 或 2017-01:2018-03）。"""
    from pipeline.jobs import monthly, overriding, telling
    from pipeline.jobs.progress import progress_bar
    from pipeline.periods import Month, parse_range

    catalog, clock = opened(workspace, profile, as_of)
    wanted = parse_range(period) if period else [Month.of(clock.day).previous]
    finality = overriding.finality(override, reason, catalog, clock, final=final)
    with progress_bar(shown=not as_json and sys.stderr.isatty()) as progress:
        outcome = monthly.run(
            workspace, inbox or workspace / "inbox", wanted, catalog, clock, finality=finality, progress=progress
        )
    status = "final" if outcome.released and all(released.is_final for released in outcome.released) else "draft"
    return answer(
        "monthly",
        "nothing" if outcome.exit_code == 3 else status,
        outcome.exit_code,
        telling.closing_line(outcome),
        lambda: contract().monthly_data(outcome),
        telling.monthly_lines(outcome, str(workspace / "output")),
        as_json=as_json,
    )


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@shared
def check(files: tuple[Path, ...], workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """报送前自查：只审核，不入库。"""
    from pipeline.jobs import check, telling

    catalog, clock = opened(workspace, profile, as_of)
    outcome = check.run(files, catalog, clock)
    status = {0: "clean", 1: "findings", 3: "unreadable"}[outcome.exit_code]
    return answer(
        "check",
        status,
        outcome.exit_code,
        telling.check_line(outcome),
        lambda: contract().check_data(outcome),
        telling.check_lines(outcome, catalog),
        as_json=as_json,
    )


@main.command()
@click.argument("file", metavar="文件")
@shared
def describe(file: str, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """说明一个文件认出了什么、没认出什么，并给出建议的版式：只查看，不入库。"""
    from pipeline.jobs import describe

    catalog, clock = opened(workspace, profile, as_of)
    outcome = describe.run(workspace, file, catalog, clock)
    return answer(
        "describe",
        outcome.status,
        outcome.exit_code,
        describe.closing_line(outcome),
        lambda: contract().described_data(outcome),
        describe.lines(outcome),
        as_json=as_json,
    )


@main.command()
@click.argument("period", required=False, metavar="[报告期]")
@click.option(
    "--record", metavar="起:止", help="列出各单位在这些月份的报送记录，如 2018-01:2018-06；默认只列当年有问题的单位。"
)
@shared
def status(
    period: str | None, record: str | None, workspace: Path, profile: str, as_of: str | None, as_json: bool
) -> int:
    """查看各单位报送情况：已收、迟报、退回、未报、待处理，当年报送记录，下一步办什么（报告期默认为上月）。"""
    from pipeline.jobs import status, status_words
    from pipeline.periods import Month, parse_range

    catalog, clock = opened(workspace, profile, as_of)
    month = Month.parse(period) if period else Month.of(clock.day).previous
    outcome = status.run(workspace, month, catalog, clock, parse_range(record) if record else ())
    code = 0 if outcome.view.complete else 1
    if not as_json:
        from pipeline.jobs.progress import print_status

        print_status(outcome, whole_record=record is not None)
        return code
    word = "incomplete" if code else "complete"
    message = status_words.status_line(outcome) + status_words.next_line(outcome)
    return answer("status", word, code, message, lambda: contract().status_data(outcome), as_json=as_json)


@main.command()
@click.argument("period", metavar="报告期")
@shared
def forms(period: str, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """生成各单位的空白表（各自的版式，填好单位、期数、县区和对比基数，填写时自动审核），供印发填报或代录。"""
    from pipeline.jobs import forms
    from pipeline.periods import Month

    catalog, clock = opened(workspace, profile, as_of)
    made = forms.run(workspace, Month.parse(period), catalog, clock)
    return answer("forms", "written", 0, made.sentence, lambda: contract().forms_data(made), as_json=as_json)


@main.command("print")
@click.argument("period", required=False, metavar="[报告期]")
@shared
def print_annexes(period: str | None, workspace: Path, profile: str, as_of: str | None, as_json: bool) -> int:
    """把五个附件按顺序合成一个 PDF，供打印（报告期默认为上月；需要 LibreOffice）。"""
    from pipeline.jobs import printing
    from pipeline.periods import Month

    _, clock = opened(workspace, profile, as_of)
    made = printing.run(workspace, Month.parse(period) if period else Month.of(clock.day).previous, clock)
    return answer("print", "printed", 0, made.sentence, lambda: contract().printed_data(made), as_json=as_json)
