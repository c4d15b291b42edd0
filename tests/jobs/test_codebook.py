"""The codebook says everything that schemas/ defines, with its meaning, its unit and its source."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import yaml

from pipeline.catalog import load_catalog, schemas_root
from pipeline.errors import ProductError
from pipeline.jobs import codebook
from pipeline.jobs.codebook_sections import sections
from pipeline.jobs.handbook import handbook
from pipeline.periods import Month
from pipeline.validate.rules import RULES

MARCH = Month(2018, 3)
CATALOG = load_catalog()
RULE_BOOK = handbook(CATALOG, MARCH)
BOOK = {section.id: section for section in sections(CATALOG, MARCH, RULE_BOOK)}


def raw(folder: str) -> dict[str, dict]:
    """Every file of a folder of schemas/ as it is written, all words as text, by name."""
    files = sorted((schemas_root() / folder).iterdir())
    return {path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in files}


def rows(section: str) -> list[dict[str, str]]:
    """The rows of a section by the words of its header."""
    found = BOOK[section]
    return [dict(zip(found.header, row, strict=True)) for row in found.rows]


def only(section: str, column: str, value: str) -> dict[str, str]:
    """The one row that says this in this column."""
    (row,) = (row for row in rows(section) if row[column] == value)
    return row


FORMS = raw("forms")
COLUMNS = [(code, column) for code, form in FORMS.items() for column in form["columns"]]
ANNEXES = [
    (int(heading["number"]), column)
    for f in raw("annexes").values()
    for heading in f["annexes"]
    for column in f["columns"]
]
POLICY = [(name, body) for file in raw("policy/ankang").values() for name, body in file.items()]
FIELDS = [(file, field) for table in raw("tables").values() for file in table["files"] for field in table["fields"]]


def test_there_is_a_section_for_everything():
    assert list(BOOK) == [
        "changes", "forms", "indicators-C01", "indicators-M01", "indicators-Q01", "indicators-T01", "import-H01",
        "annexes", "rules", "rule-examples", "policy", "registers", "files",
    ]  # fmt: skip


@pytest.mark.parametrize("code", FORMS)
def test_every_form_says_who_owes_it_and_why(code):
    form = only("forms", "代码", code)
    assert (form["名称"], form["依据"]) == (FORMS[code]["name"], FORMS[code]["reference"])
    assert form["频率"] == {"month": "每月", "year": "每年"}[FORMS[code]["frequency"]]
    assert form["依据"] in BOOK[f"indicators-{code}"].intro


def test_units_that_owe_a_form_and_those_that_may_send_it_are_named():
    assert only("forms", "代码", "T01")["应报单位"] == "应报1家：安康市金融工作办公室"
    owed, may = only("forms", "代码", "Q01")["应报单位"].split("\n")
    assert owed.startswith("应报12家：汉滨农商银行、")
    assert may == "可报4家：安康市扶贫开发局、安康市财政局、人民银行安康市中心支行、安康银监分局"


@pytest.mark.parametrize(("form", "column"), COLUMNS, ids=lambda v: v if isinstance(v, str) else v["code"])
def test_every_indicator_has_a_unit_and_a_meaning(form, column):
    row = only(f"indicators-{form}", "代码", column["code"])
    assert row["序号"] == column.get("no", "")
    assert row["指标（规定的表头）"] == column["label"].replace("{institution}", "〔机构〕")
    assert row["计量单位"] == column["unit"]
    assert row["填报要求"] == (
        "只作核对" if column.get("compared") else "必填" if column.get("required") else "有则填"
    )  # fmt: skip
    assert len(row["含义"]) >= 5
    assert row["含义"] == column["note"]


@pytest.mark.parametrize(("code", "words"), [
    ("credit_line_households", "额度到期而贷款未还清的仍计入"),
    ("disbursed_amount_mtd", "无还本续贷、借新还旧计入，展期不计"),
    ("repaid_amount_mtd", "核销、代偿以后追回的不计"),
    ("written_off_amount_mtd", "没有这一栏即为没有发生"),
    ("other_change_amount_ytd", "没有这一栏按0计"),
    ("renewed_amount_ytd", "同时计入发放和收回"),
    ("extended_amount_ytd", "不计入发放，也不计入收回"),
    ("npl_amount", "等于次级、可疑、损失之和"),
])  # fmt: skip
def test_the_definitions_are_those_of_the_form(code, words):
    assert words in only("indicators-M01", "代码", code)["含义"]


def test_the_form_for_figures_from_before_is_explained():
    fields = raw("imports")["H01"]["fields"]
    assert [row["栏目"] for row in rows("import-H01")] == [field["label"] for field in fields]
    assert [row["填报要求"] == "必填" for row in rows("import-H01")] == [bool(f.get("required")) for f in fields]
    assert all(row["填写什么"] and row["可用的表头"] for row in rows("import-H01"))


@pytest.mark.parametrize(("annex", "column"), ANNEXES, ids=lambda v: str(v) if isinstance(v, int) else v["id"])
def test_every_annex_column_says_what_it_is_made_of(annex, column):
    words = {1: "附件1", 2: "附件2"}.get(annex, "附件3、4、5")
    (row,) = (row for row in rows("annexes") if row["附件"] == words and row["代码"] == column["id"])
    assert row["栏目"] == "／".join(column["header"])
    assert row["计量单位"] in {
        "户": ("户", "户次"), "fen": ("万元",), "ratio": ("%",), "rank": ("位",), "text": ("文字",),
    }[column["unit"]]  # fmt: skip
    assert row["含义"].endswith("。")
    assert "÷" in row["含义"] or column["derivation"] not in ("ratio", "growth")
    assert bool(row["取自指标"]) == (column["derivation"] not in ("number", "label", "remark"))


def test_what_a_column_is_made_of_goes_down_to_what_was_reported():
    by_code = {row["代码"]: row for row in rows("annexes") if row["附件"] == "附件2"}
    assert by_code["npl_ratio"]["取自指标"] == "substandard_amount、doubtful_amount、loss_amount、outstanding_amount"
    assert by_code["target_rank"]["取自指标"] == "disbursed_amount_ytd、target_amount"
    assert "《金融扶贫工作县区月报表》（C01）的“建档立卡贫困户数”" in by_code["registered_households"]["含义"]


def test_every_rule_is_told_in_whole_sentences_with_its_source():
    told = {row["代码"]: row for row in rows("rules")}
    assert list(told)[:11] == [*(f"F{number:02}" for number in range(1, 11)), "A00"]
    assert {rule.code for rule in RULES if rule.holds(MARCH)} | set(list(told)[:11]) == set(told)
    for row in told.values():
        assert all(row.values()), row
        assert re.fullmatch(r"安政办函〔2017〕284号 .+|本办约定：.{8,}", row["依据"])
        assert set(row["性质"].split("、")) <= {"强制性", "核实性", "提示"}
        assert not re.search(r"[{}]|working|〔数据〕|〔〕", row["不符时的提示"]), row["代码"]
        assert all(line.endswith("。") for line in row["不符时的提示"].split("\n"))


def test_rules_of_the_file_are_told_as_all_others_are():
    """Relation, what is said, since when: of F03 three things have to hold, and no source says since when."""
    unit = only("rules", "代码", "F03")
    assert unit["关系式"].split("\n") == [
        "填报单位＝表内写明的单位＝登记的名称",
        "文件名写了单位的：文件名所写的单位＝表内写明的单位",
        "填报单位应报这张报表",
    ]
    assert unit["不符时的提示"].startswith("表内没有写明填报单位，写了几个，")
    assert (unit["报表"], unit["核对范围"], unit["起止"]) == ("各报表", "文件", "各月")
    balance = only("rules", "代码", "A02")
    assert balance["关系式"].startswith("期末余额/金额〔22〕＝上月期末余额/金额〔22〕＋")
    assert (balance["报表"], balance["核对范围"], balance["起止"]) == ("M01", "与上月等相邻数据", "2017年12月起")


def test_only_what_can_be_said_under_the_policy_in_force_is_told():
    """The poor of a year are fixed here (households_adjusted_dynamically): A06 never only asks."""
    assert only("rules", "代码", "A06")["性质"] == "强制性"
    assert "核实性" not in only("rules", "代码", "A06")["不符时的提示"]
    assert only("rules", "代码", "F08")["性质"] == "核实性"


def test_limits_are_found_by_their_code():
    cut = [row["依据"] for row in rows("rules") if row["代码"] == "A13"]
    assert cut[0].endswith("（参数 loan_cap_household、unit_slip_factor、unit_slip_min_households）")
    named = {code for row in rows("rules") for code in re.findall(r"[a-z_]{6,}", row["依据"])}
    assert named and named <= {row["代码"] for row in rows("policy")}


def test_every_example_of_the_handbook_is_in_it():
    shown = [(row["代码"], row["提示"]) for row in rows("rule-examples")]
    assert shown == [(entry.code, case.message) for entry in RULE_BOOK.entries for case in entry.cases]
    assert {row["代码"] for row in rows("rules")} == {code for code, _ in shown}
    assert all(all(row.values()) for row in rows("rule-examples"))


def test_an_example_says_what_held_what_was_changed_and_what_was_found():
    (outside, *_) = (row for row in rows("rule-examples") if row["代码"] == "A00")
    assert outside["相符"] == "示例报表各项齐全、正确。"
    assert (outside["审核关系"], outside["报告期"], outside["性质"]) == ("非整分", "2018年3月", "提示")
    assert re.fullmatch(r"[A-Z]+4单元格由[0-9.]+改为[0-9.]+。", outside["不符"])
    (balance,) = (row for row in rows("rule-examples") if row["代码"] == "A02")
    assert (
        balance["相符"]
        == "1166.19万元＝1143.98万元＋42.36万元－20.15万元－0.00万元＋0.00万元（本单位没有报过上年12月的报表；没有填对比基数）。"
    )
    assert balance["不符"].startswith(
        "汉阴县“期末余额/金额”由1166.19万元改为1165.19万元；汉阴县“五级分类/正常”由1145.39万元改为1144.39万元，"
        "则1165.19万元＝1143.98万元＋42.36万元－20.15万元"
    )
    assert balance["不符"].endswith("，不成立。")


def test_a_city_without_the_actors_of_the_examples_says_that_there_are_none():
    bare = replace(
        RULE_BOOK, groups=[replace(g, entries=[replace(e, cases=()) for e in g.entries]) for g in RULE_BOOK.groups]
    )
    examples = next(section for section in sections(CATALOG, MARCH, bare) if section.id == "rule-examples")
    assert (list(examples.rows), examples.empty) == ([], "登记中没有示例所用的县区和机构，不列算例。")


@pytest.mark.parametrize(("name", "body"), POLICY, ids=lambda v: v if isinstance(v, str) else "")
def test_every_policy_value_in_force_has_its_source(name, body):
    row = only("policy", "代码", name)
    assert row["参数"] == body["title"]
    assert row["单位"] == (
        body["unit"] if body["unit"] in ("元", "%", "倍", "户", "笔", "字", "日", "月", "年") else "—"
    )
    value = body["values"][-1]
    assert (value.get("reference") or value["working"]) in row["依据"]
    assert value.get("reference") or "本办约定" in row["依据"]
    assert row["取值"] and not re.search(r"[{}\[\]']|True|None", row["取值"])


@pytest.mark.parametrize(("month", "since", "source"), [
    (Month(2017, 11), "2017年11月止", "本办约定：文件自2017年12月19日印发，此前的样本期比照执行"),
    (Month(2017, 12), "2017年12月起", "安政办函〔2017〕284号 二.1"),
])  # fmt: skip
def test_policy_is_that_of_the_month(month, since, source):
    (policy,) = (section for section in sections(CATALOG, month, RULE_BOOK) if section.id == "policy")
    (row,) = (row for row in policy.rows if row[-1] == "monthly_deadline_day")
    assert (row[1], row[2], source) == ("8", "日", row[4])
    assert row[3].endswith(since)


def test_assessment_figures_are_told_as_formulas():
    assert only("policy", "代码", "assessment_figures")["取值"].split("\n") == [
        "投放面：“发放情况/历史累计/户数”（disbursed_households_cum）÷“建档立卡贫困户数”（registered_households）",
        "投放量：“发放情况/本年累计/金额”（disbursed_amount_ytd）",
        "贷款贫困户比例：“期末余额/户数”（outstanding_households）÷“建档立卡贫困户数”（registered_households）",
        "贷款增速：“期末余额/金额”（outstanding_amount）比上年同月的增长",
    ]


def test_areas_have_the_code_of_the_month():
    assert only("registers", "编号", "xunyang")["行政区划代码"] == "610928"
    later = next(section for section in sections(CATALOG, Month(2021, 1), RULE_BOOK) if section.id == "registers")
    assert ("县区", "旬阳市", "xunyang", "610981", "计入合计") in later.rows
    assert only("registers", "编号", "gaoxin")["说明"] == "汉滨区的其中项，不计入合计"


def test_units_say_what_they_report_and_about_where():
    assert only("registers", "编号", "rcb-hanbin")["说明"] == (
        "农商银行；报汉滨区；M01 应报（2017年1月起）、Q01 应报（2017年12月起）"
    )
    assert only("registers", "名称", "邮储银行安康市分行")["说明"].startswith("邮储银行；报各县区；")
    assert only("registers", "编号", "dept-finance")["说明"] == "Q01 可报（2017年12月起）"


@pytest.mark.parametrize(("file", "field"), FIELDS, ids=lambda v: v if isinstance(v, str) else v["name"])
def test_every_field_of_the_data_files_has_a_meaning(file, field):
    words = "annex2.csv 至 annex5.csv" if file in ("annex2.csv", "annex3.csv", "annex4.csv", "annex5.csv") else file
    (row,) = (row for row in rows("files") if row["文件"] == words and row["字段"] == field["name"])
    assert row["名称"] == field["title"]
    assert row["类型"] in ("文字", "整数", "数")
    assert row["单位"] == field.get("unit", "")
    assert row["含义"].startswith(field["description"])
    assert all(f"\n{code}：{meaning}" in row["含义"] for code, meaning in field.get("values", {}).items())


# ------------------------------------------------------------------ as a command


def test_it_writes_all_files_and_says_where(tmp_path, capsys):
    assert codebook.main(["2018-03", str(tmp_path / "deep")]) == 0
    folder = tmp_path / "deep" / "output" / "codebook"
    names = ["指标手册.html", "指标手册.xlsx", "审核关系.html", "审核关系.docx", "rules.json"]
    assert {path.name for path in folder.iterdir()} == set(names)
    where = "、".join(str(folder / name) for name in names)
    assert capsys.readouterr().out.startswith(f"2018年3月的指标手册已生成：{where}。")
    page, workbook = folder / names[0], folder / names[1]
    assert "<title>安康市金融扶贫统计指标手册（2018年3月）</title>" in page.read_text("utf-8")
    assert openpyxl.load_workbook(workbook).sheetnames[0] == "目录"


def test_the_same_definitions_give_the_same_bytes(tmp_path):
    first, second = (
        [path.read_bytes() for path in codebook.run(CATALOG, MARCH, tmp_path / name)] for name in ("a", "b")
    )
    assert first == second


def test_a_period_written_wrongly_is_told(tmp_path, capsys):
    assert codebook.main(["2018-3", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "报告期“2018-3”写法不对。请写成 2018-03 这样的年月。\n"


def test_without_a_period_it_is_about_now(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert codebook.main([]) == 0
    assert Path("output/codebook/指标手册.html").is_file()
    assert re.match(r"20\d\d年\d+月的指标手册已生成：", capsys.readouterr().out)


def test_what_stands_in_the_way_is_told_and_leaves_no_rest(tmp_path):
    (tmp_path / "指标手册.xlsx").mkdir()
    with pytest.raises(ProductError, match="请先关闭正在打开的指标手册"):
        codebook.run(CATALOG, MARCH, tmp_path)
    assert not list(tmp_path.glob(".*"))
    (tmp_path / "file").write_text("")
    with pytest.raises(ProductError, match="指标手册写不进"):
        codebook.run(CATALOG, MARCH, tmp_path / "file")


def test_make_codebook_runs_it():
    makefile = (Path(__file__).parents[2] / "Makefile").read_text("utf-8")
    recipe = re.search(r"^codebook: .*\n\t(.+)$", makefile, re.MULTILINE)[1]
    assert recipe == '$(VENV)/bin/python -m pipeline.jobs.codebook "$(PERIOD)" "$(WORKSPACE)"'
