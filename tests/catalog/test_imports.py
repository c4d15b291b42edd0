"""The import form H01: its words are data, and each of them means one column."""

import pytest

from pipeline.catalog import Catalog, load_catalog
from pipeline.errors import CatalogError

H01 = "imports/H01.yaml"


def test_the_form_has_what_the_import_needs(catalog: Catalog):
    form = catalog.imports["H01"]
    assert [field.name for field in form.fields if field.required] == ["period", "unit", "indicator", "value", "source"]
    assert set(form.forms) <= set(catalog.forms)
    assert "H01" not in catalog.forms, "nobody owes it, and no received file is recognised as it"


def test_a_header_that_means_two_columns_is_told(schemas):
    path = schemas / H01
    path.write_text(path.read_text("utf-8").replace("资料来源, ", "资料来源, 金额, "), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"schemas/imports/H01\.yaml 第\d+行：表头“金额”已在第\d+行用于 value"):
        load_catalog(root=schemas)


def test_its_words_are_part_of_the_fingerprint(schemas, catalog: Catalog):
    with (schemas / H01).open("a", encoding="utf-8") as file:
        file.write("# 一字之差\n")
    assert load_catalog(root=schemas).fingerprint != catalog.fingerprint
