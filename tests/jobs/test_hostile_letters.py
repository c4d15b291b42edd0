"""Whatever stands in the register or in a file's name, letters only say it: no tag, no field, no flood."""

from __future__ import annotations

import re
import shutil
import zipfile

import docx
import openpyxl
import pytest

from tests.jobs.inprocess import run
from tests.jobs.registers import exported, imported
from tests.jobs.sample import AS_OF, inbox_of

TAGS = "<w:t>&amp;{{ 211*307 }}{% raw %}{{ 机关.__class__ }}"
NAMED = "<b>&{{211*307}}{%p endif %}=cmd"
FIELD = re.compile(r'instrText[^>]*>\s*(\w+)|fldSimple [^>]*w:instr="([^"]*)"')


def hostile(book):
    """Contacts of three units, hostile each in its way: tags and line breaks, formulas, 10,000 characters."""
    sheet = book["联系人"]
    sheet.append(["rcb-zhenping", "镇坪农商银行", TAGS, "科长\n主任", "0915-0000001"])
    sheet.append(["psbc", "邮储银行安康市分行", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)"])
    for _ in range(25):
        sheet.append(["rcb-baihe", "白河农商银行", "长" * 199 + "人", "务" * 199, ""])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type


@pytest.fixture(scope="module")
def posted(tmp_path_factory):
    """农行's question, 汉阴's rejection and 石泉's receipts of files with hostile names, reminders to hostile contacts."""
    from pipeline.cli import main

    folder = tmp_path_factory.mktemp("hostile")
    for word in ("农行2018", "石泉农商银行2018", "汉阴农商银行2018"):
        inbox_of(folder, "2018-03", only=word)
    for file in sorted((folder / "inbox/2018-03").iterdir()):
        if file.name != "收件登记.csv":
            file.rename(file.with_name(f"{file.stem}{NAMED}{file.suffix}"))
    with pytest.raises(SystemExit):
        main.main(["monthly", "2018-03", "--workspace", str(folder), "--as-of", AS_OF])
    return folder


@pytest.fixture
def letters(posted, tmp_path, capsys):
    folder = tmp_path / "ws"
    shutil.copytree(posted, folder)
    here = ("--workspace", folder, "--as-of", AS_OF)
    imported(capsys, here, exported(capsys, here, tmp_path / "登记表.xlsx"), hostile)
    code, _, err = run(capsys, "monthly", "2018-03", *here)
    assert (code, err) == (1, "")
    output = folder / "output/2018-03"
    return {p.relative_to(output).as_posix(): p for p in sorted(output.rglob("*")) if p.suffix in (".docx", ".xlsx")}


def words(path):
    document = docx.Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_contacts_are_told_letter_by_letter(letters):
    """A line break is a blank; of 25 × (200 + 199 + 2 brackets) + 24 commas 500 are told, and where the rest is."""
    tagged = words(letters["催报函/镇坪农商银行.docx"])
    assert f"联系人：{TAGS}（科长 主任，0915-0000001）。" in tagged
    assert "联系人：=cmd|' /C calc'!A0（+1+1，@SUM(A1)）。" in words(letters["催报函/邮储银行安康市分行.docx"])
    flooded = words(letters["催报函/白河农商银行.docx"])
    assert "……（全文共10049字，见登记表）。如有变动" in flooded
    assert flooded.count("长") + flooded.count("务") < 500


def test_a_name_of_ten_thousand_characters_never_comes_that_far(posted, tmp_path, capsys):
    here = ("--workspace", posted, "--as-of", AS_OF)
    long = ["rcb-baihe", "白河农商银行", "长" * 10_000, "", ""]
    told = imported(
        capsys, here, exported(capsys, here, tmp_path / "表.xlsx"), lambda book: book["联系人"].append(long)
    )
    assert told["status"] == "refused"
    assert [p["message"] for p in told["data"]["problems"]] == ["“姓名”有10000个字，最多200个字。请写短些。"]


def test_names_of_files_are_told_in_notices_and_receipts(letters):
    notice = words(letters["退回单/汉阴农商银行/退回通知.docx"])
    assert f"2.汉阴农商银行2018年3月{re.sub('[<>*]', '_', NAMED)}（标注）.xlsx" in notice
    receipt = words(letters["回执/石泉农商银行.docx"])
    assert f"石泉农商银行2018年3月{NAMED}.xlsx" in receipt


def test_nothing_in_any_letter_or_marked_copy_does_anything(letters):
    """The only fields are page numbers; 211 × 307 was not calculated; no cell that was a text is a formula."""
    checked = {"docx": 0, "xlsx": 0}
    for name, path in letters.items():
        if name.split("/")[0] not in ("退回单", "催报函", "回执"):
            continue
        checked[path.suffix[1:]] += 1
        with zipfile.ZipFile(path) as package:
            parts = "".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())
        fields = {first or second for first, second in FIELD.findall(parts)}
        assert fields <= {"PAGE"}, name
        assert "TargetMode" not in parts and "ddeLink" not in parts, name
        if path.suffix == ".docx":
            assert "64777" not in words(path), name
        else:
            cells = [c for s in openpyxl.load_workbook(path).worksheets for row in s.iter_rows() for c in row]
            assert not [c.coordinate for c in cells if c.data_type == "f" and "cmd" in str(c.value)], name
    assert checked["docx"] > 10 and checked["xlsx"] >= 2, "every letter was looked at"
