"""`forms`: who gets which workbook, what is filled in beforehand, what is open, and what a nil return looks like."""

from __future__ import annotations

import shutil
from datetime import date

import openpyxl
import pytest

from pipeline.catalog import load_catalog
from pipeline.catalog.registers import Duty as RegisteredDuty
from pipeline.catalog.registers import Institution, ReportingUnit, UnitName, UnitRegister
from pipeline.cli import main
from pipeline.jobs.form_content import blank_form
from pipeline.jobs.form_past import Known
from pipeline.periods import Month
from pipeline.render.form_book import form_bytes
from pipeline.validate.duties import duties_of
from tests.jobs.filled_forms import readings
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import tree

CATALOG = load_catalog("ankang")


@pytest.fixture(scope="module")
def handed(march, tmp_path_factory):
    """The forms of April 2018, after March of 农行, 石泉 and 汉阴 (whose statement was sent back). Never written to."""
    workspace = tmp_path_factory.mktemp("april") / "ws"
    shutil.copytree(march, workspace)
    with pytest.raises(SystemExit):
        main.main(["forms", "2018-04", "--workspace", str(workspace), "--as-of", "2018-04-25"])
    return workspace / "output" / "2018-04" / "空白表"


@pytest.fixture
def copied(handed, tmp_path):
    """The same in a workspace of its own."""
    shutil.copytree(handed.parents[2], tmp_path / "ws", dirs_exist_ok=True)
    return tmp_path / "ws" / "output" / "2018-04" / "空白表"


def _again(capsys, folder):
    return asked(capsys, "forms", "2018-04", "--workspace", folder.parents[2], "--as-of", "2018-04-25")


def _form(folder, unit, words="统计表"):
    (path,) = folder.glob(f"{unit}/*{words}.xlsx")
    return openpyxl.load_workbook(path).worksheets[0]


def _line(sheet, label):
    return next(row for row in sheet.iter_rows() if row[0].value == label)


def test_a_workbook_for_every_form_owed(capsys, copied):
    """By hand: 12 banks with 2 forms each, 10 counties with 1; this year's targets are in force already."""
    folder, before = copied, tree(copied)
    told = _again(capsys, folder)
    assert told["status"] == "written"
    assert told["message"] == (
        f"2018年4月的空白表已生成：22家单位，34份，在 {folder}。"
        "按单位分文件夹，发给各单位填报；电话、纸质报送的，用同一份表代录。"
    )
    forms = told["data"]["forms"]
    assert len(forms) == 34
    assert {path.name for path in folder.iterdir()} == {one["name"] for one in forms}
    assert {one["due"] for one in forms} == {"2018-05-08"}
    assert told["data"]["kept"] == []
    assert tree(folder) == before, "the same workspace and day, the same bytes"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx")}
    assert "汉阴农商银行/汉阴农商银行2018年4月金融扶贫小额贷款统计表.xlsx" in names
    assert "汉阴县金融办/汉阴县金融办2018年4月金融扶贫工作县区月报表.xlsx" in names
    assert "农业银行安康分行/农业银行安康分行2018年4月金融机构扶贫工作措施表.xlsx" in names


def test_targets_are_handed_out_until_they_are_in(capsys, tmp_path):
    told = asked(capsys, "forms", "2019-01", "--workspace", tmp_path, "--as-of", "2019-01-05")
    assert [(one["form"], one["period"]) for one in told["data"]["forms"] if one["reporting_unit"] == "office"] == [
        ("T01", "2019")
    ]
    sheet = _form(tmp_path / "output/2019-01/空白表", "安康市金融工作办公室", "分解表")
    assert sheet["A1"].value == "安康市2019年度金融扶贫小额贷款目标任务分解表"
    assert [cell.value for cell in sheet[4]][:3] == ["县(区)", "农商银行", None]


def test_a_bank_gets_its_own_words_and_its_own_counties(handed):
    folder = handed
    export, table, upright = (
        _form(folder, unit) for unit in ("邮储银行安康市分行", "农业银行安康分行", "石泉农商银行")
    )
    assert [cell.value for cell in export[4]][:3] == ["县(区)", "授信_户数", "授信_金额(元)"]
    assert [row[0].value for row in export.iter_rows(min_row=5, max_row=15)] == [
        "汉滨", "汉阴", "石泉", "宁陕", "紫阳", "岚皋", "平利", "镇坪", "旬阳", "白河", "合计",
    ]  # fmt: skip
    assert [cell.value for cell in table[7]][:4] == ["甲", 1, 2, 3]
    assert [row[0].value for row in table.iter_rows(min_row=8, max_row=12)] == [
        "合计", "汉滨区", "其中：高新区", "其中：恒口示范区", "汉阴县",
    ]  # fmt: skip
    assert [cell.value for cell in upright[6]] == [
        "指标名称",
        "计量单位",
        "代码",
        "本月",
        "本年累计",
        "历史累计",
        "期末余额",
    ]
    assert [cell.value for cell in _line(upright, "发放金额")] == ["发放金额", "万元", "08", None, None, None, "—"]
    assert upright["A3"].value == "填报单位：石泉农商银行"
    assert upright["A4"].value == "报告期：2018年4月"


def test_a_renamed_county_has_its_new_name(capsys, tmp_path):
    asked(capsys, "forms", "2021-01", "--workspace", tmp_path, "--as-of", "2021-01-05")
    folder = tmp_path / "output/2021-01/空白表"
    assert _line(_form(folder, "农业银行安康分行"), "旬阳市")
    assert (folder / "旬阳市金融办").is_dir()


def test_only_bases_are_filled_in(handed):
    """石泉's March in the sample: 期末贷款余额 886.50 at the end of March; nothing is known of April 2017."""
    folder = handed
    sheet = _form(folder, "石泉农商银行")
    march = openpyxl.load_workbook(folder.parents[2] / "inbox/2018-03/石泉农商银行2018年3月.xlsx").active
    closing = next(row[6].value for row in march.iter_rows() if row[0].value == "期末贷款余额")
    filled = {row[0].value: row[6].value for row in sheet.iter_rows(min_row=8) if isinstance(row[6].value, int | float)}
    assert filled == {"上月末余额": closing}
    assert _line(sheet, "上年同期余额")[6].value is None


def test_only_what_is_to_be_filled_in_is_open(handed):
    folder = handed
    sheet = _form(folder, "石泉农商银行")
    assert sheet.protection.sheet
    assert not sheet.protection.password
    line, base = _line(sheet, "发放金额"), _line(sheet, "上月末余额")
    assert [cell.protection.locked for cell in line] == [True, True, True, False, False, False, True]
    assert base[6].protection.locked
    allowed = {ref: rule for rule in sheet.data_validations.dataValidation for ref in str(rule.sqref).split()}
    assert (allowed[line[3].coordinate].type, allowed[line[3].coordinate].operator) == ("decimal", None)
    count = allowed[_line(sheet, "发放笔数")[3].coordinate]
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert allowed["B5"].formula1 == '"是"'
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "portrait",
        0,
    )
    assert sheet.freeze_panes == "B8"


def test_an_untouched_form_is_told_as_such(handed):
    """The bases that we fill in ourselves are nothing that the bank says."""
    folder = handed
    for unit, words in (("石泉农商银行", "统计表"), ("石泉县金融办", "月报表")):
        (path,) = folder.glob(f"{unit}/*{words}.xlsx")
        (told,) = readings(path, CATALOG).findings
        assert told.rule == "F02"
        assert "还没有填写，全部空白" in told.message


def test_no_business_is_declared_in_the_box(handed, tmp_path):
    folder = handed
    (path,) = folder.glob("石泉农商银行/*统计表.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["B5"] = "是"
    _line(sheet, "期末贷款余额")[6].value = 849.05
    book.save(tmp_path / path.name)
    read = readings(tmp_path / path.name, CATALOG)
    (sent,) = read.submissions
    assert sent.nil
    assert not read.findings
    said = {o.indicator: o.value for o in sent.observations}
    assert (said["disbursed_amount_mtd"], said["outstanding_amount"]) == (0, 849_050_000)
    assert said["disbursed_amount_ytd"] is None, "what is not of the month is not declared"


def test_a_form_that_somebody_has_filled_in_is_kept(capsys, copied):
    (path,) = copied.glob("石泉县金融办/*.xlsx")
    path.write_bytes(b"filled in")
    told = _again(capsys, copied)
    kept = path.with_stem(f"{path.stem}-上一份")
    assert told["data"]["kept"] == [str(kept)]
    assert "原来的1份内容不同，改名为“…-上一份”。" in told["message"]
    assert kept.read_bytes() == b"filled in"


def test_the_guide_says_what_is_asked_and_checked(handed):
    folder = handed
    (path,) = folder.glob("石泉农商银行/*统计表.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["月报", "审核", "上月数", "填报说明", "审核关系"]
    guide = (book["填报说明"], book["审核关系"])
    said = [str(cell.value) for sheet in guide for row in sheet.iter_rows() for cell in row if cell.value]
    assert "1. 《金融扶贫小额贷款统计表》（2018年4月），请于2018年5月8日前报送安康市金融工作办公室。" in said
    assert "期末没有收回、核销和代偿的贷款本金" in said
    assert "期末余额＝上月末余额＋本月发放－本月收回－本月核销及代偿＋本月其他变动" in said
    assert "与2017年4月相比的变化" in said
    assert "汉滨区" not in said


def test_a_month_in_which_nobody_owes_anything(capsys, tmp_path):
    code, _, err = run(capsys, "forms", "2016-05", "--workspace", tmp_path)
    assert (code, err) == (3, "2016年5月没有单位应报报表，没有空白表可以生成。请核对报告期和登记表。\n")
    assert not (tmp_path / "output").exists()


def test_a_form_open_elsewhere_is_told(capsys, copied):
    (path,) = copied.glob("石泉县金融办/*.xlsx")
    path.unlink()
    path.mkdir()
    (path / "占位").write_text("x")
    code, _, err = run(capsys, "forms", "2018-04", "--workspace", copied.parents[2], "--as-of", "2018-04-25")
    assert code == 3
    assert (
        err
        == f"不能写入 {path}：这是文件夹，不是文件。请先关闭正在打开的空白表（Excel 或 WPS），检查磁盘空间和权限后重新运行。\n"
    )


def test_the_log_names_no_unit(handed):
    logs = "".join(path.read_text("utf-8") for path in (handed.parents[2] / "store/logs").iterdir())
    assert '"event": "handed out", "period": "2018-04", "forms": 34' in logs
    assert "石泉" not in logs


def test_a_release_leaves_the_forms_where_they_are(capsys, copied):
    """They lie in the month's folder before anything is released."""
    workspace = copied.parents[2]
    march = workspace / "output" / "2018-03" / "空白表"
    shutil.copytree(copied, march)
    assert run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", "2018-04-25")[0] in (0, 1)
    assert tree(march) == tree(copied)


def test_a_new_bank_gets_the_prescribed_form_and_sends_it_home(tmp_path):
    """No layout, no history: the form's own words; 汉滨区 and 汉阴县 make a total of two."""
    bank = Institution(id="other:village", order=9, name="示例村镇银行")
    unit = ReportingUnit(
        id="village",
        order=99,
        names=(UnitName(name="示例村镇银行安康支行"),),
        institution=bank.id,
        areas=("hanbin", "hanyin"),
        duties=(RegisteredDuty(form="M01"),),
    )
    units = CATALOG.units
    register = UnitRegister(institutions=(*units.institutions, bank), units=(*units.units, unit))
    catalog = CATALOG.model_copy(update={"units": register, "fingerprint": "with a new bank"})
    month = Month(2018, 4)
    (duty,) = (one for one in duties_of(month, [], catalog) if one.unit == "village")
    form = blank_form(duty, Known(month), catalog, date(2018, 4, 25))
    path = tmp_path / "示例村镇银行.xlsx"
    path.write_bytes(form_bytes(form))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[6]][5:9] == [None, "笔数", "户数", "金额"]
    assert book.sheetnames == ["月报", "审核", "填报说明", "审核关系"], "nothing is known of last month"
    for row in (9, 10):
        for cell in sheet[row][1:43]:
            cell.value = 0
        sheet[f"AO{row}"].value = None
    book.save(path)
    read = readings(path, catalog)
    assert not read.findings
    assert {o.area for o in read.submissions[0].observations if not o.total} == {"hanbin", "hanyin"}
    assert read.submissions[0].unit == "village"
