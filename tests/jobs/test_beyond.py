"""What a month must know beyond one submission: corrections, other forms, other months, and reading it all anew."""

import shutil

import openpyxl
import pytest

from pipeline.jobs import monthly
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF, SAMPLE, changed_copy, inbox_of

MARCH = SAMPLE / "2018-03"
BALANCE = ("期末贷款余额", "正常类贷款")


def test_a_mistake_that_was_corrected_is_no_longer_told(capsys, here, workspace):
    assert duty(asked(capsys, "status", "2018-03", *here), "rcb-hanyin")["state"] == "rejected"
    source, target = MARCH / "汉阴农商银行2018年3月.xlsx", workspace / "inbox" / "汉阴更正.xlsx"
    amounts = {"万元"}
    book = openpyxl.load_workbook(source)
    for row in book.active.iter_rows():
        if len(row) > 2 and str(row[1].value).strip() in amounts:
            for cell in row[3:]:
                if isinstance(cell.value, int | float):
                    cell.value = round(cell.value / 10_000, 2)
    book.save(target)
    code, out, _ = run(capsys, "monthly", "2018-03", *here)
    assert code == 1
    assert "汉阴县“" not in out, "no figure of it asks for anything any more"
    told = asked(capsys, "status", "2018-03", *here)
    assert duty(told, "rcb-hanyin")["state"] == "in_force"
    assert {f["status"] for f in told["data"]["findings"] if f["reporting_unit"] == "rcb-hanyin"} == {"corrected"}


def test_a_rule_beyond_one_submission_is_run_for_every_month_that_something_came_for(capsys, here, workspace):
    """A county's return for January says that almost nobody is registered; March is what is being released."""
    inbox_of(workspace, "2018-01", only="农行")
    few = workspace / "inbox" / "紫阳县金融办2018年1月更正.xlsx"
    changed_copy(SAMPLE / "2018-01" / "紫阳县金融办2018年1月报表.xlsx", few, "建档立卡贫困户数", lambda _: 10)
    asked(capsys, "monthly", "2018-03", *here)
    told = asked(capsys, "status", "2018-01", *here)
    assert "A20" in {f["rule"] for f in told["data"]["findings"]}


def test_what_a_derivation_anew_must_not_lose(capsys, here, workspace, monkeypatch):
    inbox_of(workspace, "2018-01", only="农行")
    few = workspace / "inbox" / "紫阳县金融办2018年1月更正.xlsx"
    changed_copy(SAMPLE / "2018-01" / "紫阳县金融办2018年1月报表.xlsx", few, "建档立卡贫困户数", lambda _: 10)
    asked(capsys, "monthly", "2018-03", *here)
    before = asked(capsys, "status", "2018-01", *here)["data"]["findings"]
    monkeypatch.setattr(monthly, "__version__", "0.0.0-next")
    asked(capsys, "monthly", "2018-03", *here)
    after = asked(capsys, "status", "2018-01", *here)["data"]["findings"]
    assert sorted(f["finding"] for f in after) == sorted(f["finding"] for f in before)


def test_a_unit_that_took_loans_over_may_owe_more_than_it_ever_lent(capsys, tmp_path):
    """In February loans came in 「划入」; in March the balance is above all lending: A11 must know February."""
    where = ("--workspace", tmp_path, "--as-of", AS_OF)
    source, february = SAMPLE / "2018-02" / "石泉农商银行2018年2月.xlsx", tmp_path / "inbox" / "石泉2.xlsx"
    changed_copy(source, february, ("其他变动金额", *BALANCE), lambda value: round(value + 9000, 2))
    march = MARCH / "石泉农商银行2018年3月.xlsx"
    changed_copy(march, tmp_path / "march.xlsx", BALANCE, lambda value: round(value + 9000, 2))
    alone = asked(capsys, "check", tmp_path / "march.xlsx", "--as-of", AS_OF)
    assert "A11" in {f["rule"] for f in alone["data"]["files"][0]["findings"]}
    run(capsys, "monthly", "2018-02", *where)
    (tmp_path / "march.xlsx").rename(tmp_path / "inbox" / "石泉3.xlsx")
    told = asked(capsys, "monthly", "2018-03", *where)
    assert duty(told, "rcb-shiquan")["state"] == "in_force"
    assert "A11" not in {f["rule"] for r in told["data"]["received"] for f in r["findings"]}


def test_a_figure_of_a_return_that_lost_a_digit_is_told_once(capsys, here, workspace):
    """By what is above it, until last month's return is there; then by that, and the rest goes under it."""
    label, returned = "建档立卡贫困户数", "紫阳县金融办{}月报表.xlsx"
    target = workspace / "inbox" / "紫阳县金融办2018年2月更正.xlsx"
    changed_copy(SAMPLE / "2018-02" / returned.format("2018年2"), target, label, lambda value: value // 10)

    def told():
        asked(capsys, "monthly", "2018-03", *here)
        found = asked(capsys, "status", "2018-02", *here)["data"]["findings"]
        return {f["rule"]: (f["status"], f["indicator"]) for f in found if f["reporting_unit"] == "fin-ziyang"}

    assert told() == {"C01-2": ("open", "registered_households"), "C01-4": ("folded", "visited_households")}
    shutil.copy(SAMPLE / "2018-01" / returned.format("2018年1"), workspace / "inbox")
    assert told() == {
        "C01-2": ("folded", "eligible_households"),
        "C01-4": ("folded", "visited_households"),
        "C01-6": ("open", "registered_households"),
    }


@pytest.mark.parametrize(
    ("more", "root"),
    [(50, "A30"), (650, "A13")],
    ids=[
        "only others speak against it, and the bases that the bank has typed",
        "1499 万元 of 287 households are above the cap, 849 are not",
    ],
)
def test_a_statement_that_county_and_words_speak_against_is_told_once_at_its_cell(capsys, here, workspace, more, root):
    """Too much in the balance and in its best grade; whoever says otherwise stands under that, and not alone."""
    january, inbox = SAMPLE / "2018-01", workspace / "inbox"
    source = january / "石泉农商银行2018年1月.xlsx"
    changed_copy(source, inbox / "石泉1.xlsx", BALANCE, lambda value: round(value + more, 2))
    for name in ("石泉县金融办2018年1月报表.xlsx", "扶贫工作措施表（石泉农商银行2018年1月）.xlsx"):
        shutil.copy(january / name, inbox)
    asked(capsys, "monthly", "2018-01", *here)
    told = asked(capsys, "status", "2018-01", *here)["data"]["findings"]
    open_ones = [(f["rule"], f["reporting_unit"], f["indicator"]) for f in told if f["status"] == "open"]
    assert open_ones == [(root, "rcb-shiquan", "outstanding_amount")]
    folded = {(f["rule"], f["reporting_unit"]) for f in told if f["status"] == "folded"}
    assert folded == {("A17", "fin-shiquan"), ("Q01-2", "rcb-shiquan"), ("A30", "rcb-shiquan")} - {
        (root, "rcb-shiquan")
    }
