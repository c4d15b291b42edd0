"""YAML is read exactly: no word becomes a number, a date or a yes by accident."""

from pathlib import Path

import pytest

from pipeline.catalog.sources import read_source


@pytest.mark.parametrize(
    ("why", "text", "value"),
    [
        ("a decimal is text, so that it is exact", "0.10", "0.10"),
        ("a whole number is one", "50", 50),
        ("a negative one too", "-3", -3),
        ("a code with a leading zero is text", "01", "01"),
        ("a quoted number is text", '"15"', "15"),
        ("a month is text", "2018-03", "2018-03"),
        ("a day is text", "2018-03-31", "2018-03-31"),
        ("a time is text, not minutes", "16:30", "16:30"),
        ("no is a word", "no", "no"),
        ("true is true", "true", True),
        ("false is false", "false", False),
        ("nothing is nothing", "", None),
        ("a quoted nothing is a text", "''", ""),
    ],
)
def test_scalars(tmp_path: Path, why, text, value):
    path = tmp_path / "x.yaml"
    path.write_text(f"no: {text}\n", encoding="utf-8")
    found = read_source(path, "x.yaml").data
    assert found == {"no": value}
    assert type(found["no"]) is type(value)


@pytest.mark.parametrize(
    ("why", "where", "line"),
    [
        ("the file", (), 2),
        ("a key", ("b",), 3),
        ("an item", ("b", 1), 5),
        ("inside an item", ("b", 1, "d"), 6),
        ("what is missing is told where it should be", ("b", 1, "z"), 5),
        ("an item too many", ("b", 7), 3),
    ],
)
def test_lines(tmp_path: Path, why, where, line):
    path = tmp_path / "x.yaml"
    path.write_text("# 说明\na: 1\nb:\n  - c: 1\n  - c: 2\n    d: 3\n", encoding="utf-8")
    assert read_source(path, "x.yaml").line(where) == line
