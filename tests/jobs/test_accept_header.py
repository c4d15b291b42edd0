"""`accept-header` from the outside: a person says what an unknown header means, for one unit, from one month on."""

from __future__ import annotations

import shutil

import openpyxl
import pytest

from pipeline.cli import main
from tests.ingest.files import zipped
from tests.jobs.inprocess import asked, run
from tests.jobs.registers import imported, new_bank
from tests.jobs.sample import inbox_of
from tests.jobs.test_runlog import lines

BY = ("--by", "示例甲")
NAME = "农行2018年2月金融扶贫小额贷款统计表.xlsx"
LISTED = f"2018-02/{NAME}"


def with_headers(path, **words):
    """The statement at `path` with these cells changed."""
    book = openpyxl.load_workbook(path)
    for cell, text in words.items():
        book.active[cell] = text
    book.save(path)


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """February's statement of 农行 with a header of its own for the money that came back: 收回情况/本月回笼额."""
    folder = tmp_path_factory.mktemp("received")
    inbox = inbox_of(folder, "2018-02", only="农行")
    with_headers(inbox / LISTED, P4="本月回笼额")
    with pytest.raises(SystemExit):
        main.main(["monthly", "2018-02", "--workspace", str(folder), "--as-of", "2018-03-13"])
    return folder


@pytest.fixture
def here(received, tmp_path):
    shutil.copytree(received, tmp_path, dirs_exist_ok=True)
    return ("--workspace", tmp_path, "--as-of", "2018-03-13")


def state(capsys, here, month="2018-02"):
    duties = asked(capsys, "status", month, *here)["data"]["duties"]
    return next(d["state"] for d in duties if (d["reporting_unit"], d["form"]) == ("abc", "M01"))


def unknown(told):
    return [f for f in told["data"]["findings"] if f["rule"] == "F06"]


# ------------------------------------------------------------------ what it does


def test_the_finding_proposes_and_names_the_command(capsys, here):
    (finding,) = unknown(asked(capsys, "status", "2018-02", *here))
    assert (finding["cell"], finding["value"]) == ("P4", "收回情况/本月回笼额")
    assert "收回情况/本月金额（repaid_amount_mtd）" in finding["message"]
    assert f"accept-header '{LISTED}' '统计表!P4' 指标代码 --by 姓名" in finding["message"]


def test_the_received_file_is_read_anew_by_itself(capsys, here):
    before = state(capsys, here)
    told = asked(capsys, "accept-header", LISTED, "统计表!P4", "repaid_amount_mtd", *BY, *here)
    assert told["message"].startswith(
        "已认定：农业银行安康分行的月报中，表头“收回情况/本月回笼额”就是“收回情况/本月金额”（repaid_amount_mtd），"
        "从2018年2月的报表起适用，不影响其他单位。记录号 "
    )
    wanted = ("kind", "unit", "form", "header", "indicator", "since", "file", "sheet", "cell", "by")
    assert [told["data"][key] for key in wanted] == [
        "header-accepted",
        "abc",
        "M01",
        "收回情况/本月回笼额",
        "repaid_amount_mtd",
        "2018-02",
        LISTED,
        "统计表",
        "P4",
        "示例甲",
    ]
    assert state(capsys, here) == before == "rejected", "nothing is read anew before the next run"
    again = asked(capsys, "monthly", "2018-02", *here)
    assert (again["data"]["received"], state(capsys, here)) == ([], "in_force")
    assert unknown(asked(capsys, "status", "2018-02", *here)) == []


def test_undo_takes_it_back(capsys, here):
    told = asked(capsys, "accept-header", LISTED, "统计表!P4", "repaid_amount_mtd", *BY, *here)
    asked(capsys, "monthly", "2018-02", *here)
    undone = asked(capsys, "undo", told["data"]["entry"], "--reason", "认错了", *BY, *here)
    assert undone["exit"] == 0
    asked(capsys, "monthly", "2018-02", *here)
    assert state(capsys, here) == "rejected"
    back = asked(capsys, "undo", undone["data"]["entry"], "--reason", "没有认错", *BY, *here)
    assert back["exit"] == 0
    asked(capsys, "monthly", "2018-02", *here)
    assert state(capsys, here) == "in_force"


def test_it_holds_for_later_months_and_for_nobody_else(capsys, here, tmp_path):
    asked(capsys, "accept-header", LISTED, "统计表!P4", "repaid_amount_mtd", *BY, *here)
    inbox = inbox_of(tmp_path, "2018-01", "2018-03", only="农行")
    for month in ("2018-01", "2018-03"):
        with_headers(next((inbox / month).glob("农行*.xlsx")), P4="本月回笼额")
    asked(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-10")
    later = ("--workspace", tmp_path, "--as-of", "2018-04-10")
    assert unknown(asked(capsys, "status", "2018-03", *later)) == []
    assert [f["cell"] for f in unknown(asked(capsys, "status", "2018-01", *later))] == ["P4"], "it is dated"


def unmerged(path, group, leaf):
    """The statement with its header as centring across columns leaves it: AM3 heads AM4 and AN4, nothing is merged."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for merged in [m for m in sheet.merged_cells.ranges if m.min_row >= 3]:
        sheet.unmerge_cells(str(merged))
    sheet["AM3"], sheet["AM4"], sheet["AN3"], sheet["AN4"] = group, "续贷金额", None, leaf
    book.save(path)


def test_the_heading_of_a_group_that_nobody_merged_is_part_of_what_is_decided(capsys, tmp_path):
    inbox = inbox_of(tmp_path, "2018-02", "2018-03", only="农行")
    files = {month: next((inbox / month).glob("农行*.xlsx")) for month in ("2018-02", "2018-03")}
    unmerged(files["2018-02"], "展期", "某额")
    unmerged(files["2018-03"], "上年同期", "某额")
    later = ("--workspace", tmp_path, "--as-of", "2018-04-10")
    asked(capsys, "monthly", "2018-03", *later)
    told = asked(capsys, "accept-header", LISTED, "统计表!AN4", "extended_amount_ytd", *BY, *later)
    assert told["data"]["header"] == "展期/某额"
    asked(capsys, "monthly", "2018-03", *later)
    assert "AN4" not in {f["cell"] for f in unknown(asked(capsys, "status", "2018-02", *later))}
    told = asked(capsys, "status", "2018-03", *later)["data"]["findings"]
    assert [f["rule"] for f in told if f["cell"] == "AM3"] == ["F09"], "上年同期/某额 is passed over, as any 上年同期"


@pytest.mark.parametrize("words", ["本月回笼额（户）", "本月回笼额（%）"])
def test_a_unit_that_is_none_of_the_indicators_is_not_accepted(capsys, received, tmp_path, words):
    path = tmp_path / NAME
    shutil.copyfile(received / "inbox" / LISTED, path)
    with_headers(path, P4=words)
    shutil.copytree(received / "store", tmp_path / "store")
    told = asked(
        capsys,
        "accept-header",
        path,
        "统计表!P4",
        "repaid_amount_mtd",
        *BY,
        "--workspace",
        tmp_path,
        "--as-of",
        "2018-03-13",
    )
    assert told["exit"] == 2
    assert "指标“收回情况/本月金额”的单位是万元，不能认定。" in told["message"]


@pytest.mark.parametrize("said", ["收回情况/本月金额", "收回情况 / 本月金额", "本月收回/金额", "repaid_amount_mtd"])
def test_an_indicator_is_named_by_code_or_words(capsys, here, said):
    told = asked(capsys, "accept-header", LISTED, "统计表!P4", said, *BY, *here)
    assert told["data"]["indicator"] == "repaid_amount_mtd"


@pytest.mark.parametrize("said", [LISTED, NAME, f"《{LISTED}》", f"inbox/{LISTED}"])
def test_a_file_is_named_as_it_is_listed(capsys, here, said, tmp_path):
    (tmp_path / "inbox" / LISTED).unlink()
    assert asked(capsys, "accept-header", said, "统计表!P4", "repaid_amount_mtd", *BY, *here)["exit"] == 0


def test_a_file_is_named_by_its_path(capsys, here, tmp_path):
    told = asked(capsys, "accept-header", tmp_path / "inbox" / LISTED, "'统计表'!$p$4", "repaid_amount_mtd", *BY, *here)
    assert told["data"]["file"] == LISTED


def test_what_was_final_stays_as_it_was_read(capsys, tmp_path):
    inbox = inbox_of(tmp_path, "2017-01")
    here = ("--workspace", tmp_path, "--as-of", "2017-02-11")
    assert asked(capsys, "monthly", "2017-01", "--final", *here)["status"] == "final"
    copy = inbox / "2017-01" / "又一份农行.xlsx"
    shutil.copy2(next((inbox / "2017-01").glob("农行*.xlsx")), copy)
    with_headers(copy, P4="本月回笼额")
    told = asked(capsys, "accept-header", copy, "统计表!P4", "repaid_amount_mtd", *BY, *here)
    assert told["data"]["since"] == "2017-02"
    assert "因2017年1月已正式发布，从2017年2月的报表起适用" in told["message"]


def test_the_run_log_knows_the_unit_and_nobody(capsys, here, tmp_path):
    asked(capsys, "accept-header", LISTED, "统计表!P4", "repaid_amount_mtd", "--by", "赵六", *here)
    (decided,) = [line for line in lines(tmp_path) if line["event"] == "decided"]
    assert (decided["kind"], decided["unit"]) == ("header-accepted", "abc")
    text = "".join(path.read_text("utf-8") for path in tmp_path.glob("store/logs/*.jsonl"))
    assert "赵六" not in text
    assert "农行" not in text


def test_an_edited_register_leaves_decisions_as_they_are(capsys, here, tmp_path):
    asked(capsys, "accept-header", LISTED, "统计表!P4", "repaid_amount_mtd", *BY, *here)
    asked(capsys, "monthly", "2018-02", *here)
    assert imported(capsys, here, tmp_path / "登记表.xlsx", new_bank)["status"] == "registered"
    asked(capsys, "monthly", "2018-02", *here)
    assert state(capsys, here) == "in_force"


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("why", "file", "place", "indicator", "message"),
    [
        ("no such file", "某行.xlsx", "统计表!P4", "repaid_amount_mtd", "没有收到过文件“某行.xlsx”，也没有这个路径。"),
        ("no sheet", LISTED, "P4", "repaid_amount_mtd", "“P4”写法不对。请写成 '工作表名!单元格'，如 '统计表!G3'。"),
        ("another sheet", LISTED, "表1!P4", "repaid_amount_mtd", "认出报表的工作表是“统计表”，请改写工作表名。"),
        (
            "a cell of figures in a column that is known",
            LISTED,
            "统计表!Q9",
            "repaid_amount_mtd",
            "单元格Q9不是没有认出的表头或指标名称。这张工作表中没有认出的有：P4“收回情况/本月回笼额”。",
        ),
        (
            "a header that is known",
            LISTED,
            "统计表!W4",
            "repaid_amount_mtd",
            "已经是本表的指标，不需要认定。",
        ),
        (
            "a header over several columns",
            LISTED,
            "统计表!P3",
            "repaid_amount_mtd",
            "单元格P3是几列共用的表头，无法确定是哪一列。请写其中一列自己的单元格：P4“收回情况/本月回笼额”",
        ),
        ("an area", LISTED, "统计表!A8", "repaid_amount_mtd", "单元格A8的“汉滨区”是县区，不需要认定。"),
        (
            "an indicator that the table has",
            LISTED,
            "统计表!P4",
            "repaid_amount_ytd",
            "指标“收回情况/本年累计/金额”在这张表里已有单元格R5“收回情况/本年累计/金额”，一张表不能有两处。",
        ),
        (
            "no indicator",
            LISTED,
            "统计表!P4",
            "本月收回来的金额",
            "报表 M01（金融扶贫小额贷款统计表）没有指标“本月收回来的金额”。是不是：收回情况/本月金额（repaid_amount_mtd）",
        ),
        ("nobody", LISTED, "统计表!P4", "repaid_amount_mtd", "请用 --by 写明由谁决定（姓名）。"),
        (
            "several indicators",
            LISTED,
            "统计表!P4",
            "发放金额",
            "“发放金额”可以是几个指标：发放情况/本月/金额（disbursed_amount_mtd）、",
        ),
        (
            "an institution where there is none",
            LISTED,
            "统计表!P4",
            "repaid_amount_mtd@abc",
            "指标 repaid_amount_mtd 不分机构，请只写 repaid_amount_mtd。",
        ),
    ],
)
def test_refused(capsys, here, why, file, place, indicator, message):
    by = ("--by", " ") if why == "nobody" else BY
    told = asked(capsys, "accept-header", file, place, indicator, *by, *here)
    assert told["exit"] == 2
    assert message in told["message"]


def test_a_header_is_not_accepted_twice(capsys, here):
    asked(capsys, "accept-header", LISTED, "统计表!P4", "repaid_amount_mtd", *BY, *here)
    told = asked(capsys, "accept-header", LISTED, "统计表!P4", "repaid_amount_ytd", *BY, *here)
    assert told["exit"] == 2
    assert "已经是本表的指标，不需要认定" in told["message"]


def test_a_workspace_without_a_store_has_nothing_to_decide_about(capsys, tmp_path):
    code, _, err = run(capsys, "accept-header", "甲.xlsx", "表!A1", "loss_amount", *BY, "--workspace", tmp_path)
    assert code == 2
    assert "中还没有数据。请先运行 make monthly" in err


@pytest.mark.parametrize(("twice", "code", "word"), [(False, 0, "已认定"), (True, 2, "有2个文件有工作表“统计表”")])
def test_of_an_archive_it_is_the_one_file_with_that_sheet(capsys, here, tmp_path, twice, code, word):
    data = (tmp_path / "inbox" / LISTED).read_bytes()
    inside = [("农行.xlsx", data), ("扫描.pdf", b"%PDF-1.4\n"), *([("农行2.xlsx", data + b"\0")] if twice else [])]
    (tmp_path / "2月.zip").write_bytes(zipped(*inside))
    told = asked(capsys, "accept-header", tmp_path / "2月.zip", "统计表!P4", "repaid_amount_mtd", *BY, *here)
    assert (told["exit"], word in told["message"]) == (code, True)
