"""Each command from the outside, in one process: what it prints, its exit code, its JSON by the contract."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.catalog import load_catalog
from pipeline.cli import main
from tests.faults.pages import Page, xlsx
from tests.faults.plain import bank
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF, SAMPLE, tree

MARCH = SAMPLE / "2018-03"


def test_status_tells_every_state_in_words_and_in_json(capsys, here):
    told = asked(capsys, "status", "2018-03", *here)
    assert told["exit"] == 1
    assert duty(told, "abc")["state"] == "in_force"
    assert duty(told, "rcb-hanyin")["state"] == "rejected"
    assert duty(told, "psbc")["state"] == "missing"
    assert duty(told, "fin-shiquan", "C01")["due"] == "2018-04-08"
    code, out, _ = run(capsys, "status", "2018-03", *here)
    assert code == 1
    assert "石泉农商银行" in out
    *_, in_short, last = lines = out.strip().splitlines()
    assert in_short.startswith("2018年3月应报35份，已采用8份；"), "23 with figures, 12 with measures"
    assert any(line.startswith("[退回] 汉阴农商银行（月报）") for line in lines)
    assert "退回：汉阴农商银行" in told["message"]
    assert last.startswith("下一步：催报汉滨农商银行、宁陕农商银行、紫阳农商银行等17家")
    assert told["message"].endswith(last)


def test_status_of_a_workspace_where_nothing_has_happened(capsys, tmp_path):
    told = asked(capsys, "status", "2018-03", "--workspace", tmp_path, "--as-of", AS_OF)
    assert {d["state"] for d in told["data"]["duties"]} == {"missing"}
    assert told["message"].startswith(f"{tmp_path} 里没有 store 文件夹，还没有收过件。如果已经做过月报，")
    assert list(tmp_path.iterdir()) == []
    _, out, _ = run(capsys, "status", "2018-03", "--workspace", tmp_path, "--as-of", "2026-01-01")
    assert "未报送，早已过期" in out


def test_status_sees_only_what_was_known_on_its_day(capsys, workspace):
    told = asked(capsys, "status", "2018-03", "--workspace", workspace, "--as-of", "2018-04-09")
    assert {d["state"] for d in told["data"]["duties"]} == {"missing"}, "it all came in on the 10th"


def test_before_the_deadline_nothing_is_overdue(capsys, tmp_path):
    _, out, _ = run(capsys, "status", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-08")
    assert "未报送（今天到期）" in out
    _, out, _ = run(capsys, "status", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-09")
    assert "已过期1天" in out


def test_an_explanation_closes_a_soft_finding_and_undo_opens_it_again(capsys, here, workspace):
    told = asked(capsys, "monthly", "2018-03", *here)
    (open_one,) = told["data"]["releases"][0]["unexplained"]
    assert (open_one["rule"], open_one["reporting_unit"]) == ("A13", "abc")
    answer = "紫阳县当月有三户按产业大户发放八万元贷款"
    explained = asked(capsys, "explain", open_one["finding"], "--text", answer, "--by", "示例甲", *here)
    assert explained["data"]["value"] == open_one["value"]
    told = asked(capsys, "monthly", "2018-03", *here)
    assert told["data"]["releases"][0]["unexplained"] == []
    assert told["data"]["releases"][0]["release"] == 2, "an answer is news: a new release"
    findings = (workspace / "output" / "2018-03" / "data" / "findings.csv").read_text("utf-8-sig")
    assert any(line.startswith(open_one["finding"]) and line.endswith("explained") for line in findings.splitlines())
    asked(capsys, "undo", explained["data"]["entry"], "--reason", "记错了单位", "--by", "示例甲", *here)
    told = asked(capsys, "status", "2018-03", *here)
    assert len(told["data"]["unexplained"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "情况属实",
        "已核实。",
        "无",
        "同上",
        "正 常",
        "短的说明",
        "已核实，情况属实，无误。",
        "正常正常正常正常",
        "该数据经核实无误，情况属实",
        "数据正确请予以认可谢谢",
        "我行确认本单位报表数字真实准确",
        "12345678",
    ],
)
def test_an_explanation_without_a_cause_is_refused(capsys, here, text):
    (open_one,) = asked(capsys, "status", "2018-03", *here)["data"]["unexplained"]
    told = asked(capsys, "explain", open_one["finding"], "--text", text, "--by", "示例甲", *here)
    assert told["exit"] == 2
    assert "原因" in told["message"]


@pytest.mark.parametrize(
    ("why", "finding", "says"),
    [
        ("no such finding", "F000000000000", "没有编号为"),
        ("no finding's spelling", "第三个", "写法不对"),
        ("a journal number", "12", "写法不对"),
    ],
)
def test_an_explanation_must_name_a_finding(capsys, here, why, finding, says):
    told = asked(capsys, "explain", finding, "--text", "这里写明了具体的原因", "--by", "示例甲", *here)
    assert told["exit"] == 2
    assert says in told["message"]


def test_a_hard_finding_cannot_be_explained_away(capsys, here):
    told = asked(capsys, "status", "2018-03", *here)
    hard = next(f for f in told["data"]["findings"] if f["severity"] == "hard")
    told = asked(capsys, "explain", hard["finding"], "--text", "这里写明了具体的原因", "--by", "示例甲", *here)
    assert told["exit"] == 2
    assert "重新报送" in told["message"]


def test_withdrawing_takes_figures_out_and_undo_brings_them_back(capsys, here):
    submission = duty(asked(capsys, "status", "2018-03", *here), "rcb-shiquan")["submission"]
    told = asked(capsys, "withdraw", submission, "--reason", "该行来电要求撤回", "--by", "示例甲", *here)
    assert duty(asked(capsys, "monthly", "2018-03", *here), "rcb-shiquan")["state"] == "withdrawn"
    again = asked(capsys, "withdraw", submission, "--reason", "再撤一次看看", "--by", "示例甲", *here)
    assert again["exit"] == 2
    undone = asked(capsys, "undo", told["data"]["entry"], "--reason", "撤错了", "--by", "示例甲", *here)
    assert duty(asked(capsys, "monthly", "2018-03", *here), "rcb-shiquan")["state"] == "in_force"
    twice = asked(capsys, "undo", told["data"]["entry"], "--reason", "撤错了", "--by", "示例甲", *here)
    assert twice["exit"] == 2
    redone = asked(capsys, "undo", undone["data"]["entry"], "--reason", "还是要撤", "--by", "示例甲", *here)
    assert redone["exit"] == 0
    assert duty(asked(capsys, "status", "2018-03", *here), "rcb-shiquan")["state"] == "withdrawn"


@pytest.mark.parametrize("entry", ["1", "99999", "x"])
def test_only_decisions_can_be_undone(capsys, here, entry):
    assert asked(capsys, "undo", entry, "--reason", "试试", "--by", "示例甲", *here)["exit"] == 2


@pytest.mark.parametrize("missing", ["--by", "--reason"])
def test_decisions_have_a_person_and_a_reason(capsys, here, missing):
    given = {"--by": "示例甲", "--reason": "理由在此"}
    given[missing] = "  "
    words = [word for pair in given.items() for word in pair]
    told = asked(capsys, "withdraw", "S000000000000", *words, *here)
    assert told["exit"] == 2
    assert missing in told["message"]


def test_decisions_need_a_store(capsys, tmp_path):
    told = asked(
        capsys,
        "withdraw",
        "S000000000000",
        "--reason",
        "理由",
        "--by",
        "示例甲",
        "--workspace",
        tmp_path,
        "--as-of",
        AS_OF,
    )
    assert told["exit"] == 2
    assert list(tmp_path.iterdir()) == []


def test_a_rejected_resubmission_leaves_the_older_one_in_force(capsys, here, workspace):
    before = duty(asked(capsys, "status", "2018-03", *here), "rcb-shiquan")["submission"]
    spoilt = workspace / "inbox" / "石泉更正.xlsx"
    _with_a_negative_stock(MARCH / "石泉农商银行2018年3月.xlsx", spoilt)
    told = asked(capsys, "monthly", "2018-03", *here)
    one = duty(told, "rcb-shiquan")
    assert one["submission"] == before
    assert (one["state"], one["last_state"]) == ("in_force", "rejected")
    assert "更正件被退回（仍采用原报送）：石泉农商银行" in told["message"]
    assert not told["data"]["releases"][0]["complete"], "its sender says that what is in force is wrong"
    _, out, _ = run(capsys, "status", "2018-03", *here)
    assert "后报的一份退回" in out.replace("\n", "")


def _with_a_negative_stock(source: Path, target: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(source)
    sheet = book.active
    row = next(r for r in sheet.iter_rows() if r[0].value == "期末贷款户数")
    cell = next(c for c in row[3:] if isinstance(c.value, int | float))
    cell.value = -cell.value
    book.save(target)


def test_a_resubmission_replaces_the_whole_form(capsys, here, workspace):
    import openpyxl

    before = duty(asked(capsys, "status", "2018-03", *here), "fin-shiquan", "C01")["submission"]
    book = openpyxl.load_workbook(MARCH / "石泉县金融办2018年3月报表.xlsx")
    sheet = book.active
    row = next(r for r in sheet.iter_rows() if r[0].value == "走访户数")
    cell = next(c for c in row[3:] if isinstance(c.value, int | float))
    cell.value -= 1
    book.save(workspace / "inbox" / "石泉县金融办2018年3月更正.xlsx")
    told = asked(capsys, "monthly", "2018-03", *here)
    after = duty(told, "fin-shiquan", "C01")
    assert after["state"] == "in_force"
    assert after["submission"] != before
    status = asked(capsys, "status", "2018-03", *here)
    assert status["data"]["release"]["release"] == 2


def test_check_of_a_clean_and_of_a_faulty_file(capsys):
    clean = asked(capsys, "check", MARCH / "石泉农商银行2018年3月.xlsx", "--as-of", AS_OF)
    assert (clean["exit"], clean["status"]) == (0, "clean")
    (file,) = clean["data"]["files"]
    assert sum(file["cells"].values()) == file["non_blank"]
    faulty = asked(capsys, "check", MARCH / "汉阴农商银行2018年3月.xlsx", "--as-of", AS_OF)
    assert (faulty["exit"], faulty["status"]) == (1, "findings")
    code, out, _ = run(capsys, "check", MARCH / "汉阴农商银行2018年3月.xlsx", "--as-of", AS_OF)
    assert code == 1
    lines = out.strip().splitlines()
    assert lines[0] == (
        "《汉阴农商银行2018年3月.xlsx》：汉阴农商银行2018年3月《金融扶贫小额贷款统计表》（工作表“月报表”）"
    )
    assert lines[-1].startswith("发现强制性问题")


def test_check_tells_a_column_that_holds_another_ones_figures_once(capsys, tmp_path):
    """12 areas and their total: the amounts outstanding stand under the households too."""
    source = next((SAMPLE / "2018-02").glob("农行*.xlsx"))
    book = load_workbook(source)
    sheet = book.worksheets[0]
    for row in range(7, sheet.max_row + 1):
        if isinstance(sheet[f"X{row}"].value, int | float):
            sheet[f"X{row}"] = sheet[f"Y{row}"].value
    book.save(tmp_path / source.name)
    code, out, _ = run(capsys, "check", str(tmp_path / source.name), "--as-of", AS_OF)
    assert code == 1
    assert out.count("F07") == 1
    assert "“期末余额/户数”一栏填的是“期末余额/金额”的数，共13处" in out
    assert "发现强制性问题1个、核实性问题0个" in out


def test_check_says_which_form_it_took_a_file_for_that_it_could_not_read(capsys, tmp_path):
    vague = tmp_path / "报表.xlsx"
    vague.write_bytes(xlsx(bank(title="小额贷款统计表（2018年3月）", caption=("填报单位：农商银行", "单位：万元"))))
    stranger = tmp_path / "别的.xlsx"
    stranger.write_bytes(xlsx(Page.of([["车牌", "里程"], ["甲", 1]])))
    _, out, _ = run(capsys, "check", vague, stranger, "--as-of", AS_OF)
    name = load_catalog().forms["M01"].name
    assert f"《报表.xlsx》：认出是“{name}”，没有读入" in out
    assert "《别的.xlsx》：没有认出报表" in out


def test_check_stores_nothing(capsys, tmp_path):
    asked(capsys, "check", MARCH / "石泉农商银行2018年3月.xlsx", "--as-of", AS_OF, "--workspace", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_how_cells_were_understood_is_told(capsys):
    told = asked(capsys, "check", MARCH / "邮储安康_201803.xls", "--as-of", AS_OF)
    changes = told["data"]["files"][0]["changes"]
    assert any("," in change["old"] and change["new"] is not None for change in changes)


def test_a_change_of_the_forms_reads_the_archive_anew(capsys, here, monkeypatch):
    from pipeline.jobs import monthly

    monkeypatch.setattr(monthly, "__version__", "0.0.0-next")
    code, out, _ = run(capsys, "monthly", "2018-03", *here)
    assert code == 1
    assert "已按新的定义重新读取全部存档文件" in out
    told = asked(capsys, "status", "2018-03", *here)
    assert duty(told, "abc")["state"] == "in_force"


def test_products_that_are_gone_are_made_again_and_hand_changes_are_told(capsys, here, workspace):
    before = tree(workspace / "output")
    annex = next((workspace / "output" / "2018-03").glob("附件3*.xlsx"))
    annex.unlink()
    run(capsys, "monthly", "2018-03", *here)
    assert tree(workspace / "output") == before, "the same bytes again"
    annex.write_bytes(annex.read_bytes() + b"\0")
    _, out, _ = run(capsys, "monthly", "2018-03", *here)
    assert "与发布时不一致" in out


def test_other_peoples_files_in_the_output_folder_stay(capsys, here, workspace):
    note = workspace / "output" / "2018-03" / "送审意见.txt"
    note.write_text("同意", "utf-8")
    (open_one,) = asked(capsys, "status", "2018-03", *here)["data"]["unexplained"]
    asked(capsys, "explain", open_one["finding"], "--text", "紫阳县当月有三户大额贷款", "--by", "示例甲", *here)
    assert asked(capsys, "monthly", "2018-03", *here)["data"]["releases"][0]["release"] == 2
    assert note.read_text("utf-8") == "同意"
    assert json.loads((workspace / "output" / "2018-03" / "v1" / "release.json").read_text("utf-8"))["release"] == 1


def test_release_json_names_inputs_products_versions_and_working_values(workspace):
    folder = workspace / "output" / "2018-03"
    told = json.loads((folder / "release.json").read_text("utf-8"))
    from hashlib import sha256

    for product in told["products"]:
        assert sha256((folder / product["path"]).read_bytes()).hexdigest() == product["sha256"]
    assert {(i["reporting_unit"], i["form"]) for i in told["inputs"]} == {
        ("abc", "M01"),
        ("abc", "Q01"),
        ("rcb-shiquan", "M01"),
        ("rcb-shiquan", "Q01"),
        ("rcb-hanyin", "Q01"),
        ("fin-shiquan", "C01"),
        ("fin-hanyin", "C01"),
        ("office", "T01"),
    }
    assert all(value["reason"] for value in told["working_values"])
    assert any(value["name"] == "loan_cap_household" for value in told["working_values"])
    assert told["sample"] is True


def test_the_default_month_is_the_last_one(capsys, here):
    told = asked(capsys, "monthly", *here)
    assert told["data"]["releases"][0]["period"] == "2018-03"


def test_help_is_chinese(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert "金融扶贫月报" in out
    assert "附件2至附件5" not in out


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_has_no_words_of_the_library(capsys, command):
    _, out, _ = run(capsys, *filter(None, [command]), "--help")
    assert not re.search(r"Usage|Options|Commands|Arguments|Show this|default|required|\.\.\.", out)


def test_what_is_left_out_is_named_in_chinese(capsys):
    code, _, told = run(capsys, "explain")
    assert (code, told) == (2, "缺少 问题编号。请用 --help 查看用法。\n")


def test_a_dry_run_says_what_it_cannot_know(capsys, here):
    """By hand: the rules of level 2 and above in the table of edit rules that read statements."""
    file = SAMPLE / "2018-02" / "汉阴农商银行2018年2月.xlsx"
    beyond = [
        "A02",
        "A03",
        "A04",
        "A05",
        "A06",
        "A07",
        "A12",
        "A13",
        "A14",
        "A15",
        "A17",
        "A18",
        "A20",
        "A23",
        "A25",
        "A27",
        "A28",
        "A29",
        "A30",
        "A31",
        "Q01-2",
    ]
    told = asked(capsys, "check", file, *here)
    assert told["data"]["not_run"] == beyond
    code, out, _ = run(capsys, "check", file, *here)
    assert f"[未比对] 自查只看报表本身：{'、'.join(beyond)}要与以前月份或其他报表比对" in out
    assert (code, out.splitlines()[-1]) == (0, "报表本身没有发现问题，可以报送。")
