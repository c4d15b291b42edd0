"""`datapackage.json`: valid for an independent validator, true to the files, every field explained."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from frictionless import validate

from pipeline.catalog import load_catalog
from pipeline.model import Severity, Symbol, Wording
from pipeline.periods import Month
from pipeline.render.csvfile import csv_bytes
from pipeline.render.datapackage import datapackage
from pipeline.render.measures_csv import measures_csv
from pipeline.render.records_csv import FINDING_FIELDS, OBSERVATION_FIELDS
from pipeline.render.stamp import Stamp
from pipeline.render.tables_csv import HEADER as ANNEX_FIELDS
from tests.measures import small_measures

CATALOG = load_catalog()
TABLES = {table.id: table for table in CATALOG.tables}
STAMP = Stamp(
    Month(2018, 3), draft=True, sample=True, office="安康市金融工作办公室", release=2, vintage=7, as_of="2018-04-10"
)

OBSERVATION = {
    "period": "2018-03", "form": "M01", "submission": "S0123456789ab", "reporting_unit": "abc",
    "reporting_unit_name": "农业银行安康分行", "institution": "abc", "area": "hanbin", "area_code": "610902",
    "indicator": "outstanding_amount", "value": "123.40", "unit": "元", "step": "100", "symbol": "", "file": "农行.xlsx",
    "sha256": "0" * 64, "sheet": "3月", "cell": "C7", "vintage": "7",
}  # fmt: skip


def package(folder, rows, **changed):
    """Write a package with these observations; the path of its description."""
    data = csv_bytes(OBSERVATION_FIELDS, [[{**row, **changed}[name] for name in OBSERVATION_FIELDS] for row in rows])
    described = datapackage({"data/observations.csv": data, "附件2.xlsx": b""}, CATALOG.tables, STAMP, "月报", "依据")
    (folder / "observations.csv").write_bytes(data)
    path = folder / "datapackage.json"
    path.write_bytes(described)
    return path


def test_the_validator_finds_nothing_wrong(tmp_path):
    rows = [OBSERVATION, {**OBSERVATION, "cell": "C8", "value": "", "symbol": "missing", "area": "hanyin"}]
    report = validate(str(package(tmp_path, rows)))
    assert report.valid, report.flatten(["fieldName", "type", "note"])
    assert report.tasks[0].stats["rows"] == 2


@pytest.mark.parametrize(
    ("field", "wrong", "error"),
    [
        ("step", "一百", "type-error"),
        ("symbol", "gone", "constraint-error"),
        ("period", "3月", "constraint-error"),
        ("sha256", "abc", "constraint-error"),
        ("file", "", "constraint-error"),
    ],
)
def test_the_validator_sees_what_breaks_the_description(tmp_path, field, wrong, error):
    report = validate(str(package(tmp_path, [OBSERVATION], **{field: wrong})))
    assert [(found[0], found[1]) for found in report.flatten(["fieldName", "type"])] == [(field, error)]


def test_a_file_that_was_changed_is_seen(tmp_path):
    path = package(tmp_path, [OBSERVATION])
    data = tmp_path / "observations.csv"
    data.write_bytes(data.read_bytes().replace(b"123.40", b"923.40"))
    assert not validate(str(path)).valid


def test_every_csv_is_described_field_by_field():
    described = {table: tuple(field.name for field in TABLES[table].fields) for table in TABLES}
    assert described["observations"] == OBSERVATION_FIELDS
    assert described["findings"] == FINDING_FIELDS
    assert described["annexes"] == ANNEX_FIELDS
    assert described["measures"] == ("period", "institution", "reporting_unit", "item", "text", "submission")
    assert {name for table in TABLES.values() for name in table.files} == {
        "observations.csv", "findings.csv", "annex1.csv", "annex2.csv", "annex3.csv", "annex4.csv", "annex5.csv",
    }  # fmt: skip


@pytest.mark.parametrize("field", [f for t in TABLES.values() for f in t.fields], ids=lambda f: f.name)
def test_every_field_has_a_meaning(field):
    assert field.title and len(field.description) >= 2
    assert all(field.values.values())


CODES = {"annex", "level", "release", "vintage"}
"""Whole numbers that count nothing: they name something."""


@pytest.mark.parametrize("field", [f for t in TABLES.values() for f in t.fields], ids=lambda f: f.name)
def test_every_number_says_what_it_counts(field):
    """In a unit of its own; or, where each row has its own, in the words that say where it stands."""
    if field.type in ("integer", "number") and field.name not in CODES:
        assert field.unit or re.search("计量单位见 unit 一栏|金额以元计，户数以户计", field.description)


def test_symbols_are_those_that_the_program_knows():
    values = {f"{t.id}/{f.name}": set(f.values) for t in TABLES.values() for f in t.fields}
    assert values["annexes/symbol"] == {symbol.value for symbol in Symbol} - {""}
    assert values["observations/symbol"] == {"missing", "not_applicable"}
    assert values["findings/severity"] == {severity.value for severity in Severity}
    assert values["findings/status"] == {"open", "explained", "corrected", "overridden", "folded"}


def test_words_of_annex_1_are_data_whatever_they_hold(tmp_path):
    """Quotes, commas, line ends, formulas: the validator reads as many rows as there are items."""
    table = small_measures()
    (group, *others) = table.groups
    (row, *more) = group.rows
    hostile = Wording('=1+1,"甲"\r\n乙\n\u2028', submission="S0123456789ab")
    row = replace(row, wordings={**row.wordings, "measure_rules": hostile})
    table = replace(table, groups=(replace(group, rows=(row, *more)), *others))
    data = measures_csv(table)
    (tmp_path / "annex1.csv").write_bytes(data)
    path = tmp_path / "datapackage.json"
    path.write_bytes(datapackage({"data/annex1.csv": data}, CATALOG.tables, STAMP, "月报", "依据"))
    report = validate(str(path))
    assert report.valid, report.flatten(["fieldName", "type", "note"])
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert report.tasks[0].stats["rows"] == len(rows)
    assert "measure_contact" not in {row["item"] for row in rows}


def test_it_says_which_release_it_belongs_to_and_the_same_gives_the_same_bytes(tmp_path):
    first = package(tmp_path, [OBSERVATION]).read_bytes()
    assert package(tmp_path, [OBSERVATION]).read_bytes() == first
    content = json.loads(first)
    assert (content["period"], content["release"], content["vintage"], content["status"]) == ("2018-03", 2, 7, "draft")
    assert content["created"] == f"{date(2018, 4, 10)}T00:00:00+08:00"
    assert "示例数据" in content["description"] and content["name"].startswith("sample-")


def test_a_file_that_nobody_described_is_our_mistake():
    with pytest.raises(KeyError):
        datapackage({"data/new.csv": b"a\n"}, CATALOG.tables, STAMP, "", "")


def test_the_bom_is_no_part_of_the_first_name(tmp_path):
    path = package(tmp_path, [OBSERVATION])
    text = (path.parent / "observations.csv").read_text("utf-8-sig")
    assert next(csv.reader(io.StringIO(text)))[0] == "period"
