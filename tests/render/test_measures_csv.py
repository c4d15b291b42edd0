from __future__ import annotations

import csv
import io

from pipeline.model import MeasureGroup, MeasureTable, Wording
from pipeline.render.measures_csv import measures_csv
from tests.measures import ITEMS, measure_row, small_measures


def _read(table: MeasureTable) -> list[list[str]]:
    data = measures_csv(table)
    assert data.startswith("\ufeffperiod,institution,reporting_unit,item,text,submission\n".encode())
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]


def test_one_row_a_unit_and_item_with_gaps():
    rows = _read(small_measures())
    assert len(rows) == 4 * (len(ITEMS) - 1)
    assert rows[0] == [
        "2018-03",
        "rcb",
        "rcb-north",
        "measure_organisation",
        "成立领导小组，行长任组长。",
        "S-rcb-north",
    ]
    assert [row[1:3] for row in rows[:: len(ITEMS) - 1]] == [
        ["rcb", "rcb-north"], ["rcb", "rcb-south"], ["abc", "abc"], ["", "dept"],
    ]  # fmt: skip
    assert [row[3] for row in rows[:10]] == [item for item in ITEMS if item != "measure_contact"]
    # sent, but blank; and not sent at all
    assert rows[4] == ["2018-03", "rcb", "rcb-north", "measure_service", "", "S-rcb-north"]
    assert rows[10] == ["2018-03", "rcb", "rcb-south", "measure_organisation", "", ""]


def test_persons_are_not_in_the_data():
    assert "示例甲" not in measures_csv(small_measures()).decode()


def test_a_product_is_a_row_and_words_taken_over_name_their_submission():
    row = measure_row("abc", "农业银行", {"rules": "=1+1\n第二行", "rates": "+4.35%"})
    products = Wording("共两种。\n1. 甲贷\n2. 乙贷", "S-old", "2018-01", items=("共两种。", "1. 甲贷", "2. 乙贷"))
    row.wordings["measure_products"] = products  # type: ignore[index]
    rows = _read(MeasureTable(1, "2018-03", (MeasureGroup("abc", "农业银行", (row,)),)))
    assert [line[3:] for line in rows[1:6]] == [
        ["measure_rules", "'=1+1\n第二行", "S-abc"],
        ["measure_products", "共两种。", "S-old"],
        ["measure_products", "1. 甲贷", "S-old"],
        ["measure_products", "2. 乙贷", "S-old"],
        ["measure_rates", "'+4.35%", "S-abc"],
    ]
