"""Measures in words through the whole house: accepted, in the data file with their places, and nobody named."""

import csv
import io

import pytest

from tests.ingest.documents import FORMATS, ITEMS, PRODUCTS, Measures, document, form, tbl, tr
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF, inbox_of, tree

PERSON, NUMBER = "某某人", "610902198001011234"
MONTH = ("2018-03", "--as-of", AS_OF)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_clean_form_passes_a_dry_run(tmp_path, capsys, kind):
    (tmp_path / f"措施表.{kind}").write_bytes(getattr(Measures(), kind)())
    told = asked(capsys, "check", tmp_path / f"措施表.{kind}", "--as-of", AS_OF)
    assert (told["exit"], told["status"]) == (0, "clean")
    (file,) = told["data"]["files"]
    assert file["findings"] == []
    assert [(s["form"], s["reporting_unit"]) for s in file["submissions"]] == [("Q01", "rcb-hanyin")]


def test_a_form_with_something_to_correct_is_told_at_its_place_in_the_document(tmp_path, capsys):
    (tmp_path / "措施表.docx").write_bytes(document(form(tr("特色做法", PERSON))))
    code, said, _ = run(capsys, "check", tmp_path / "措施表.docx", "--as-of", AS_OF)
    assert code == 1
    assert "文件《措施表.docx》表1第13行第1列：这里的文字不属于措施表的任何一项" in said
    assert PERSON not in said


def test_a_document_that_is_no_form_is_exit_3(tmp_path, capsys):
    (tmp_path / "总结.docx").write_bytes(document(tbl(tr("县区", "发放户数", "发放金额"), tr("汉阴县", "5", "10"))))
    code, said, _ = run(capsys, "check", tmp_path / "总结.docx", "--as-of", AS_OF)
    assert (code, "这是 Word 文档，里面没有可读的报表，内容不作为报表读取。" in said) == (3, True)
    assert "存档" not in said  # nothing is received here


@pytest.fixture
def workspace(tmp_path):
    """A bank's statement, its measures in Word, another's in Excel, and a rejected third."""
    inbox = inbox_of(tmp_path, "2018-03", only="石泉")
    named = Measures.saying(联系人=f"{PERSON} {NUMBER} 0900-7654321", 组织领导=f"组长身份证{NUMBER}。")
    named.products = PRODUCTS
    (inbox / "汉阴措施.docx").write_bytes(named.docx())
    others = Measures.blank("☑与上月相同", 主要成效="=1+1")
    others.above = ("填报单位：安康银监分局", "报告期：2018年3月")
    (inbox / "银监.xlsx").write_bytes(others.xlsx())
    broken = document(form(tr("特色做法", PERSON)).replace("汉阴农商银行", "旬阳农商银行"))
    (inbox / "旬阳措施.docx").write_bytes(broken)
    return tmp_path


def observations(folder):
    data = (folder / "output/2018-03/data/observations.csv").read_text("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(data)) if row["form"] == "Q01"]


def test_measures_are_in_force_and_in_the_data_file(workspace, capsys):
    told = asked(capsys, "monthly", *MONTH, "--workspace", workspace)
    assert duty(told, "rcb-hanyin", "Q01")["state"] == "in_force"
    assert duty(told, "rcb-xunyang", "Q01")["state"] == "rejected"
    rows = observations(workspace)
    by_unit = {unit: [r for r in rows if r["reporting_unit"] == unit] for unit in ("rcb-hanyin", "dept-cbrc")}
    said = {row["indicator"]: row for row in by_unit["rcb-hanyin"]}
    assert said["measure_rules"]["value"] == ITEMS["制度建设"]
    assert (said["measure_rules"]["sheet"], said["measure_rules"]["cell"]) == ("正文", "表1第3行第3列")
    assert (said["measure_rules"]["area"], said["measure_rules"]["institution"]) == ("", "rcb")
    assert [r["value"] for r in by_unit["rcb-hanyin"] if r["indicator"] == "product_name"] == ["富民贷", "茶农贷"]
    assert {r["value"] for r in by_unit["dept-cbrc"]} == {"与上月相同", "'=1+1"}
    assert "rcb-xunyang" not in {r["reporting_unit"] for r in rows}, "what was rejected is not in"


def test_nobody_is_named_outside_the_store(workspace, capsys):
    _, said, complained = run(capsys, "monthly", *MONTH, "--workspace", workspace)
    assert "measure_contact" not in {row["indicator"] for row in observations(workspace)}
    assert "组长身份证［身份证号已隐去］。" in {row["value"] for row in observations(workspace)}
    written = b"".join(tree(workspace / "output").values()) + b"".join(tree(workspace / "store/logs").values())
    for secret in (PERSON, NUMBER, "7654321"):
        assert secret not in said + complained
        assert secret.encode() not in written
    _, said, _ = run(capsys, "status", *MONTH, "--workspace", workspace)
    assert PERSON not in said
