"""Tables of 2016 for 农行, and what a workspace holds after they were imported."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

from tests.ingest.history_tables import HEADER, workbook

COUNTIES = ["汉滨区", "汉阴县", "石泉县", "宁陕县", "紫阳县", "岚皋县", "平利县", "镇坪县", "旬阳县", "白河县"]
OUTSTANDING, LENT = "期末余额/金额", "发放情况/本年累计/金额"
ABC = "农业银行安康分行"
FEBRUARY = "2017-02-10"
DAY = "2017-02-11"


def rows(*periods: str, counties=COUNTIES, unit=ABC, source="2016年统计年报", scale=1):
    """A round number for each county: 1000, 1001, … 万元 outstanding, and a tenth of that lent this year."""
    return [
        [period, unit, county, indicator, scale * (1000 + COUNTIES.index(county)) / part, source]
        for period in periods
        for indicator, part in ((OUTSTANDING, 1), (LENT, 10))
        for county in counties
    ]


def file(folder: Path, *lines, name="历史.xlsx", header=HEADER) -> Path:
    path = folder / name
    path.write_bytes(workbook(*lines, header=header))
    return path


def figures(workspace: Path, annex: int = 5, period: str = "2017-01") -> dict[tuple[str, str], dict[str, str]]:
    path = workspace / "output" / period / "data" / f"annex{annex}.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {(line["row"], line["figure"]): line for line in csv.DictReader(lines)}


def release(workspace: Path) -> dict:
    return json.loads((workspace / "output/2017-01/release.json").read_text("utf-8"))


def notes(workspace: Path) -> str:
    import openpyxl

    (path,) = (workspace / "output/2017-01").glob("附件5*.xlsx")
    return "\n".join(str(c.value) for line in openpyxl.load_workbook(path).active.iter_rows() for c in line if c.value)


def journal(workspace: Path) -> list[str]:
    with sqlite3.connect(workspace / "store/store.sqlite") as raw:
        return [kind for (kind,) in raw.execute("select kind from journal order by seq")]
