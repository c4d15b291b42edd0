"""What is right loads and is told apart; what cannot be read at all is named."""

import pytest

from pipeline.catalog import Catalog, load_catalog, profiles
from pipeline.errors import CatalogError, UsageError

AREAS, PROFILE = "profiles/ankang/areas.yaml", "profiles/ankang/profile.yaml"
T01, CAP = "forms/T01.yaml", "policy/ankang/loan_cap.yaml"


def test_a_missing_file_is_named(schemas):
    (schemas / AREAS).unlink()
    with pytest.raises(CatalogError, match=r"schemas/profiles/ankang/areas\.yaml：缺少这个文件"):
        load_catalog(root=schemas)


def test_an_empty_file_is_named(schemas):
    (schemas / T01).write_text("# 尚未填写\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"schemas/forms/T01\.yaml 第1行：文件没有内容"):
        load_catalog(root=schemas)


def test_a_folder_in_place_of_a_file_is_named(schemas):
    (schemas / AREAS).unlink()
    (schemas / AREAS).mkdir()
    with pytest.raises(CatalogError, match=r"areas\.yaml：无法读取"):
        load_catalog(root=schemas)


def test_another_encoding_is_told_with_its_line(schemas):
    (schemas / PROFILE).write_bytes("id: ankang\ncity: 安康市\n".encode("gb18030"))
    with pytest.raises(CatalogError, match=r"profile\.yaml 第2行：文字编码不是 UTF-8"):
        load_catalog(root=schemas)


def test_a_byte_order_mark_is_no_mistake(schemas):
    path = schemas / PROFILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_catalog(root=schemas).profile.city == "安康市"


def test_the_first_mistake_of_a_file_is_told(schemas):
    path = schemas / T01
    text = (
        path.read_text(encoding="utf-8").replace("frequency: year", "frequency: week").replace("unit: 户", "unit: 人口")
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match="frequency"):
        load_catalog(root=schemas)


@pytest.mark.parametrize("name", ["pingdingshan", "", ".", "../profiles/ankang"])
def test_an_unknown_profile_lists_the_known_ones(name):
    with pytest.raises(UsageError, match="现有：ankang") as caught:
        load_catalog(name)
    assert caught.value.exit_code == 2


def test_the_default_profile_is_ankang(catalog: Catalog):
    assert catalog.profile.id == "ankang"
    assert catalog.profile.office == "安康市金融工作办公室"
    assert profiles() == ["ankang"]


def test_the_fingerprint_is_of_the_bytes(schemas, catalog: Catalog):
    assert load_catalog(root=schemas).fingerprint == catalog.fingerprint
    with (schemas / CAP).open("a", encoding="utf-8") as file:
        file.write("# 一字之差\n")
    assert load_catalog(root=schemas).fingerprint != catalog.fingerprint


def test_a_column_that_changes_hands_may_keep_its_words(schemas):
    """One alias, two indicators, one after the other: no conflict, and each month is read by its own form."""
    path = schemas / "forms/T01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("code: target_amount\n", "code: target_amount\n    until: 2018-06\n", 1)
        + "  - code: promised_amount\n    label: '{institution}/目标金额'\n    unit: 万元\n    kind: flow\n"
        "    by_institution: true\n    since: 2018-07\n",
        encoding="utf-8",
    )
    assert [column.code for column in load_catalog(root=schemas).forms["T01"].columns][-1] == "promised_amount"
