"""The command line: parse, call one job, print. Heavy imports wait inside the commands, so that --help is instant."""

from pipeline.cli import months  # isort: skip  # the order of --help
from pipeline.cli import decisions  # isort: skip
from pipeline.cli import tables  # isort: skip
from pipeline.cli import tracing  # isort: skip
from pipeline.cli.answers import main

__all__ = ["decisions", "main", "months", "tables", "tracing"]
