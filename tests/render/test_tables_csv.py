from __future__ import annotations

import csv
import io

from pipeline.render.csvfile import csv_bytes, safe_text
from pipeline.render.tables_csv import annex_csv
from pipeline.transform.annexes import annex_tables
from tests.cities import MARCH, small_catalog, small_facts

HEADER = (
    "period,annex,part,row,row_label,figure,label,value,numerator,denominator,unit,symbol,rank,"
    "coverage_in,coverage_of,release,vintage"
)


def _read(annex: int, without: frozenset[str] = frozenset()) -> dict[tuple[str, str, str], dict[str, str]]:
    catalog = small_catalog()
    table = annex_tables(MARCH, small_facts(without), catalog, {})[annex]
    text = annex_csv(table, catalog.annexes[annex], 2, 12).decode("utf-8-sig")
    assert text.splitlines()[0] == HEADER
    return {(row["part"], row["row"], row["figure"]): row for row in csv.DictReader(io.StringIO(text))}


def _pick(row: dict[str, str], *names: str) -> list[str]:
    return [row[name] for name in names]


def test_money_ratios_and_ranks():
    rows = _read(2)
    amount = rows["institutions", "total", "disbursed_amount_mtd"]
    assert list(amount.values()) == [
        "2018-03", "2", "institutions", "total", "合计", "disbursed_amount_mtd", "本月发放/金额", "1150050.00", "", "",
        "元", "", "", "3", "3", "2", "12",
    ]  # fmt: skip
    completion = rows["counties", "south", "target_completion_ratio"]
    assert _pick(completion, "value", "numerator", "denominator", "unit", "rank") == [
        "0.3571428571", "1250000.00", "3500000.00", "ratio", "2",
    ]  # fmt: skip
    coverage = rows["institutions", "rcb", "lending_coverage_ratio"]
    assert _pick(coverage, "value", "numerator", "denominator") == ["0.4857142857", "170", "350"]
    rank = rows["institutions", "abc", "target_rank"]
    assert _pick(rank, "value", "numerator", "denominator", "unit", "rank") == ["2", "2", "2", "rank", "2"]
    assert rows["counties", "total", "fund_balance_amount"]["coverage_of"] == "2"


def test_gaps_keep_their_rows():
    rows = _read(3, frozenset({"rcb-south"}))
    assert _pick(rows["counties", "south", "outstanding_amount"], "value", "symbol", "coverage_in") == [
        "",
        "missing",
        "0",
    ]
    assert _pick(rows["counties", "total", "outstanding_amount"], "value", "symbol") == ["4000000.00", "partial"]
    assert _pick(rows["counties", "total", "disbursed_amount_ytd_yoy"], "value", "symbol") == ["", "not_computed"]
    matched = rows["counties", "total", "disbursed_amount_ytd_yoy_matched"]
    assert _pick(matched, "label", "value", "numerator", "denominator", "coverage_in", "coverage_of") == [
        "本年累计发放/同比%（可比口径）", "0.5", "500000.00", "1000000.00", "1", "2",
    ]  # fmt: skip


def test_bytes_are_bom_lf_and_rfc_4180():
    data = csv_bytes(("甲", "乙"), [("a,b", 'c"d'), (None, 1)])
    assert data == '\ufeff甲,乙\n"a,b","c""d"\n,1\n'.encode()


def test_text_cannot_become_a_formula():
    assert [safe_text(text) for text in ("=1+1", "@x", "-1", "汉滨区", "")] == ["'=1+1", "'@x", "'-1", "汉滨区", ""]
