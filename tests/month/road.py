"""The whole road as a clerk walks it: commands in this process, their JSON, and the annexes that lie there afterwards."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from pipeline.cli import main
from tests.month.expected import Annex, Value

SAMPLE = Path(__file__).parents[2] / "sample_data"
AS_OF = "2018-04-10"
ANNEXES = (2, 3, 4, 5)
PERIOD = "2018-02"
"""The complete month."""
OF_HOUSEHOLDS = ("lending_coverage_ratio", "loan_household_ratio")
"""Ratios of households; all others are of money."""


def sample_folders() -> list[Path]:
    """The month folders of the sample, as they would lie in an inbox."""
    return sorted(path for path in SAMPLE.iterdir() if re.fullmatch(r"\d{4}-\d{2}", path.name))


def run(*arguments: str | Path, workspace: Path | None = None, codes: tuple[int, ...] = (0,)) -> dict[str, Any]:
    """One command with --json; its `data`."""
    where = ["--workspace", str(workspace)] if workspace else []
    result = CliRunner().invoke(main, [*map(str, arguments), *where, "--as-of", AS_OF, "--json"])
    assert result.exit_code in codes, f"{arguments[0]}: {result.exit_code}: {result.output[-2000:]}"
    return json.loads(result.stdout)["data"]


def monthly(workspace: Path, periods: str) -> dict[str, Any]:
    """Receive what lies in the workspace's inbox and release these months."""
    return run("monthly", periods, workspace=workspace, codes=(0, 1))


def journal(workspace: Path) -> list[tuple[int, str]]:
    """Number and kind of every entry of the journal, read from the store's file itself."""
    with closing(sqlite3.connect(f"file:{workspace / 'store/store.sqlite'}?mode=ro", uri=True)) as connection:
        return connection.execute("select seq, kind from journal order by seq").fetchall()


def products(workspace: Path) -> dict[str, bytes]:
    """Every product of a workspace with its bytes."""
    output = workspace / "output"
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def annex_rows(workspace: Path, period: str, number: int) -> list[dict[str, str]]:
    """`data/annexN.csv` as it stands."""
    path = workspace / "output" / period / "data" / f"annex{number}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def figures_of(workspace: Path, period: str) -> dict[int, list[dict[str, str]]]:
    """All annexes of a month but for the numbers of release and vintage."""
    return {
        number: [
            {name: text for name, text in row.items() if name not in ("release", "vintage")}
            for row in annex_rows(workspace, period, number)
        ]
        for number in ANNEXES
    }


def by_place(rows: list[dict[str, str]]) -> dict[tuple[str, str, str], dict[str, str]]:
    """Rows of an annex's csv by part, row and figure; each place stands there once."""
    placed = {(row["part"], row["row"], row["figure"]): row for row in rows}
    assert len(placed) == len(rows)
    return placed


def differences(rows: list[dict[str, str]], expected: Annex) -> list[str]:
    """Where a csv says something else than expected, to the fen and the household."""
    printed = by_place(rows)
    found = [f"{place}: only in one of both" for place in printed.keys() ^ expected.keys()]
    for place in printed.keys() & expected.keys():
        seen, wanted = as_printed(printed[place]), as_expected(place[2], expected[place])
        found += [
            f"{place} {name}: {seen[name]!r}, not {wanted[name]!r}" for name in wanted if seen[name] != wanted[name]
        ]
    return found


def as_printed(row: Mapping[str, str]) -> dict[str, str]:
    """The parts of a csv row that are compared."""
    names = ("value", "numerator", "denominator", "unit", "symbol", "rank", "coverage_in", "coverage_of")
    return {name: row[name] for name in names}


def as_expected(figure: str, value: Value) -> dict[str, str]:
    """The same parts of an expected figure; coverage only where it is the figure's own."""
    unit = unit_of(figure)
    wanted = {"unit": unit, "symbol": value.symbol, "rank": "" if value.rank is None else str(value.rank)}
    if value.units_of is not None:
        wanted |= {"coverage_in": str(value.units_in), "coverage_of": str(value.units_of)}
    sides = {"numerator": "", "denominator": ""}
    if value.number is None:
        return wanted | sides | {"value": ""}
    if unit == "ratio":
        of = "户" if figure in OF_HOUSEHOLDS else "元"
        sides = {"numerator": _written(value.number, of), "denominator": _written(value.over, of)}
        return wanted | sides | {"value": _quotient(value.exact)}
    if unit == "rank":
        sides = {"numerator": str(value.rank), "denominator": str(value.rank_of)}
    return wanted | sides | {"value": _written(value.number, unit)}


def unit_of(figure: str) -> str:
    """What a figure counts, from its name."""
    if figure.endswith("_rank"):
        return "rank"
    if figure.endswith(("_ratio", "_yoy", "_yoy_matched")):
        return "ratio"
    return "户" if "households" in figure else "元"


def _written(number: int | None, unit: str) -> str:
    """Fen as 元 with two decimals; households and ranks as they are."""
    assert number is not None
    return f"{Decimal(number) / 100:.2f}" if unit == "元" else str(number)


def _quotient(exact: Fraction | None) -> str:
    """Ten decimals, half up, without trailing zeros."""
    assert exact is not None
    units = (abs(exact) * 2 * 10**10 + 1) // 2
    text = f"{Decimal(int(units)).scaleb(-10):f}".rstrip("0").rstrip(".")
    return f"-{text}" if exact < 0 and units else text


# ------------------------------------------------------------------ workspaces


@dataclass(frozen=True)
class Workspace:
    """A workspace that nobody writes to any more."""

    folder: Path

    @property
    def told(self) -> dict[str, Any]:
        """What the run that made it said."""
        return _read(self.told_in)

    @property
    def told_in(self) -> Path:
        """The file beside it that keeps those words."""
        return self.folder.with_suffix(".json")

    @contextmanager
    def copied(self, to: Path) -> Iterator[Path]:
        """A copy to work in, removed afterwards."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        try:
            yield to
        finally:
            shutil.rmtree(to)


@cache
def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))
