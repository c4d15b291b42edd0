"""The files: what lies in each folder, that it can be read back, and that it says of itself that it is invented."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import datetime
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
import xlrd

from pipeline.errors import UsageError
from pipeline.periods import Month
from tests.generated.checker import COUNTIES
from tests.generator import simulate, write
from tests.generator.__main__ import main
from tests.generator.defects import PLANTED
from tests.generator.layout_abc import COLUMNS as ABC
from tests.generator.layout_psbc import COLUMNS as PSBC
from tests.generator.layout_rcb import ROWS as RCB

SAMPLE = Path(__file__).parents[2] / "sample_data"
FEB, MAR = Month(2018, 2), Month(2018, 3)


def cells(path):
    """Every cell of a file's only sheet as rows of plain values; of a document, its lines and its tables' rows."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        return [[p.text] for p in document.paragraphs] + [
            [cell.text for cell in row.cells] for table in document.tables for row in table.rows
        ]
    if path.suffix == ".csv":
        return list(csv.reader(StringIO(path.read_bytes().decode("gb18030"))))
    if path.suffix == ".xls":
        sheet = xlrd.open_workbook(path).sheet_by_index(0)
        return [sheet.row_values(row) for row in range(sheet.nrows)]
    (sheet,) = openpyxl.load_workbook(path).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def content(path):
    """What a file holds, whichever zlib packed it."""
    if path.suffix not in (".xlsx", ".docx"):
        return path.read_bytes()
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def register(folder):
    return list(csv.DictReader(StringIO((folder / "收件登记.csv").read_bytes().decode("utf-8-sig"))))


def test_a_month_before_the_last_is_complete(written):
    names = sorted(path.name for path in (written / "2018-02").iterdir())
    assert len(names) == 1 + 1 + 10 + 10 + 13 + 1, "statements, returns, measures, the register"
    assert "农行2018年2月金融扶贫小额贷款统计表.xlsx" in names
    assert "邮储安康_201802.xls" in names
    assert "镇坪农商银行2018年2月.xlsx" in names
    assert "汉滨区金融办2018年2月报表.xlsx" in names
    assert "扶贫工作措施表（农行安康分行2018年2月）.docx" in names
    assert "扶贫工作措施表（镇坪农商银行2018年2月）.xlsx" in names


def test_folders_and_formats(written, months):
    assert sorted(path.name for path in written.iterdir()) == [str(month) for month in months]
    measures = Counter(path.parent.name for path in written.rglob("*措施*"))
    assert measures == {"2017-12": 14, "2018-01": 13, "2018-02": 13, "2018-03": 13}
    text = {path.parent.name for path in written.rglob("*.csv") if path.name.startswith("邮储")}
    assert text == {"2017-04", "2017-09", "2018-01"}
    assert {path.parent.name for path in written.rglob("*目标任务.xlsx")} == {"2017-01", "2018-01"}
    assert (written / "2017-06" / "石泉信用联社2017年6月.xlsx").exists()
    assert (written / "2017-07" / "石泉农商银行2017年7月.xlsx").exists()
    assert all((written / str(month) / f"汉滨农商银行{month.label}.xlsx").exists() for month in months)


def test_every_file_says_that_it_is_invented(written):
    for path in written.rglob("*"):
        if path.is_file() and path.name != "收件登记.csv":
            assert any("示例数据，纯属虚构" in str(cell) for row in cells(path) for cell in row), path.name


@pytest.mark.parametrize("month", [FEB, Month(2018, 1)], ids=["xls", "csv"])
def test_psbc_reads_back_to_the_fen(written, clean_city, month):
    (path,) = (written / str(month)).glob("邮储*")
    rows = cells(path)
    assert rows[2][1:-1] == [header for header, _ in PSBC]
    assert [row[0] for row in rows[3:14]][-1] == "合计"
    statement = clean_city.statement("psbc", month)
    for county, row in zip(COUNTIES, rows[3:13], strict=True):
        for (header, code), text in zip(PSBC, row[1:-1], strict=True):
            plain = text.replace(",", "")
            if "元" in header:
                assert re.fullmatch(r"\d{1,3}(,\d{3})*\.\d\d", text)
                assert int(plain.replace(".", "")) == statement[county, code]
            elif "%" not in header:
                assert int(plain) == statement[county, code]


def test_abc_reads_back_in_wan(written, clean_city):
    rows = cells(written / "2018-02" / "农行2018年2月金融扶贫小额贷款统计表.xlsx")
    assert rows[5][:3] == ["甲", 1, 2]
    assert [row[0] for row in rows[6:10]] == ["合计", "汉滨区", "其中：高新区", "其中：恒口示范区"]
    reported = clean_city.reported("abc", FEB)
    areas = [None, "hanbin", "gaoxin", "hengkou", *COUNTIES[1:]]
    for area, row in zip(areas, rows[6:19], strict=True):
        for (_, code), value in zip(ABC, row[1:-1], strict=True):
            expected = clean_city.reported_total("abc", FEB)[code] if area is None else reported.get((area, code))
            if expected is not None and ("amount" in code or "subsidy" in code):
                assert round(value * 1_000_000) == expected
            elif "rate_" not in code and "weighted" not in code:
                assert value == expected


def test_upright_form_puts_dashes_where_nothing_applies(written, clean_city):
    rows = {row[2]: row for row in cells(written / "2018-02" / "紫阳农商银行2018年2月.xlsx")[6:39]}
    reported = clean_city.reported("rcb-ziyang", FEB)
    assert rows["20"][3:] == ["—", "—", "—", reported["ziyang", "outstanding_loans"]]
    assert rows["08"][6] == "—"
    assert round(rows["08"][5] * 1_000_000) == reported["ziyang", "disbursed_amount_cum"]
    assert list(rows) == [code for _, _, code, _ in RCB]


def test_county_return_repeats_the_banks(written, clean_city):
    rows = cells(written / "2018-02" / "石泉县金融办2018年2月报表.xlsx")
    by_label = {row[0]: row[4] for row in rows if row[0]}
    bank = clean_city.reported("rcb-shiquan", FEB)["shiquan", "outstanding_amount"]
    assert round(by_label["农商银行期末贷款余额"] * 1_000_000) == bank
    assert isinstance(by_label["机制建立日期"], datetime)
    assert by_label["是否建立风险分担机制"] == "是"


def test_register_lists_every_file_in_office_hours(written, months):
    for month in months:
        folder = written / str(month)
        rows = register(folder)
        assert sorted(row["文件"] for row in rows) == sorted(
            path.name for path in folder.iterdir() if path.name != "收件登记.csv"
        )
        for row in rows:
            received = datetime.fromisoformat(row["收到时间"])
            assert 8 <= received.hour < 18
            assert received.weekday() < 5
            assert row["报送人"].startswith("示例")
            assert (row["方式"] == "纸质") == bool(row["代录人"])
            if "目标任务" in row["文件"]:
                assert (received.month, received.day) < (1, 22)
            elif "岚皋县金融办2018年3月" not in row["文件"]:
                assert 3 <= received.day <= 8
                assert Month(received.year, received.month) == month.shifted(1)


def test_planted_defects_are_in_the_last_month(written, city):
    folder = written / "2018-03"
    slip = {row[2]: row for row in cells(folder / "汉阴农商银行2018年3月.xlsx")}
    exact = city.statement("rcb-hanyin", MAR)["hanyin", "outstanding_amount"]
    assert round(slip["22"][6] * 100) == exact
    assert not list(folder.glob("*镇坪农商银行*"))
    (late,) = [row for row in register(folder) if row["文件"] == "岚皋县金融办2018年3月报表.xlsx"]
    assert late["收到时间"] == "2018-04-09 16:20"


def test_clean_leaves_the_defects_out(clean_city, months, tmp_path):
    write(clean_city, months[-1:], tmp_path, clean=True)
    folder = tmp_path / "2018-03"
    rows = {row[2]: row for row in cells(folder / "汉阴农商银行2018年3月.xlsx")}
    assert round(rows["22"][6] * 1_000_000) == clean_city.reported("rcb-hanyin", MAR)["hanyin", "outstanding_amount"]
    assert list(folder.glob("*镇坪农商银行*"))
    assert max(row["收到时间"] for row in register(folder)) < "2018-04-09"
    assert list(folder.glob("*目标任务.xlsx")), "the first folder has the year's targets"


def test_same_seed_same_bytes(tmp_path):
    month = Month(2017, 12)
    for name in ("one", "two"):
        write(simulate(5, month), [month], tmp_path / name)
    first = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in (tmp_path / "one").rglob("*.*")}
    second = {path.relative_to(tmp_path / "two"): path.read_bytes() for path in (tmp_path / "two").rglob("*.*")}
    assert first == second


def test_sample_in_the_tree_is_what_the_generator_writes(written):
    """`make sample` was run after the last change of the generator."""
    fresh = {path.relative_to(written): path for path in written.rglob("*.*")}
    kept = {path.relative_to(SAMPLE): path for path in SAMPLE.glob("20*/*")}
    assert sorted(kept) == sorted(fresh)
    for name, path in fresh.items():
        assert content(kept[name]) == content(path), name
    assert sum(path.stat().st_size for path in kept.values()) < 6_000_000


def test_readme_tells_each_defect():
    text = (SAMPLE.parent / "docs" / "sample_data.md").read_text(encoding="utf-8")
    for defect in PLANTED:
        assert defect.title in text
        assert f"`{defect.unit}`" in text


def test_a_folder_with_other_files_is_left_alone(city, months, tmp_path):
    (tmp_path / "2018-03").mkdir()
    (tmp_path / "2018-03" / "真实报表.xlsx").write_text("x")
    with pytest.raises(UsageError, match=r"真实报表\.xlsx.*换一个空文件夹"):
        write(city, months[-1:], tmp_path)
    assert [path.name for path in (tmp_path / "2018-03").iterdir()] == ["真实报表.xlsx"]


def test_command_line(tmp_path, capsys):
    assert main(["--months", "1", "--out", str(tmp_path), "--seed", "9", "--clean"]) == 0
    assert "2017年1月" in capsys.readouterr().out
    assert len(list((tmp_path / "2017-01").iterdir())) == 24
    with pytest.raises(SystemExit):
        main(["--months", "0"])
    assert "月数应为 1 到 120 的整数" in capsys.readouterr().err
