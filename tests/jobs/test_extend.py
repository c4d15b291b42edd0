"""`extend` from the outside: a due day moved for one unit, what follows from it, and how it is taken back."""

from __future__ import annotations

import json
import shutil

import pytest

from pipeline.catalog import load_catalog
from pipeline.cli import main
from pipeline.jobs.past import past
from pipeline.periods import Month
from pipeline.store.store import Store
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF, inbox_of, received_late
from tests.jobs.test_runlog import lines

WHY = ("--reason", "系统升级", "--by", "示例甲")


@pytest.fixture(scope="module")
def february(tmp_path_factory):
    """February's statement of 农行, which came in on 12 March: four days late."""
    folder = tmp_path_factory.mktemp("february")
    inbox_of(folder, "2018-02", only="农行")
    received_late(folder / "inbox", "2018-02", "农行", "2018-03-12 09:00")
    with pytest.raises(SystemExit):
        main.main(["monthly", "2018-02", "--workspace", str(folder), "--as-of", "2018-03-13"])
    return folder


@pytest.fixture
def late(february, tmp_path):
    shutil.copytree(february, tmp_path, dirs_exist_ok=True)
    return ("--workspace", tmp_path, "--as-of", "2018-03-13")


def released(folder, period="2018-02"):
    return json.loads((folder / f"output/{period}/release.json").read_text("utf-8"))


# ------------------------------------------------------------------ what it does


def test_what_came_late_comes_in_time(capsys, late, tmp_path):
    told = asked(capsys, "status", "2018-02", *late)
    assert (duty(told, "abc")["days_late"], duty(told, "abc")["extended"]) == (4, False)
    assert {one["reporting_unit"] for one in released(tmp_path)["gaps"]["late"]} == {"abc"}
    told = asked(capsys, "extend", "农业银行安康分行", "2018-02", "2018-03-12", *WHY, *late)
    assert told["status"] == "recorded"
    assert told["message"].startswith("已把农业银行安康分行2018年2月的报送期限由2018年3月8日延至2018年3月12日。记录号 ")
    assert told["message"].endswith("；迟报从此按新的期限计算。")
    assert {key: told["data"][key] for key in ("kind", "unit", "period", "due", "reason", "by")} == {
        "kind": "extended",
        "unit": "abc",
        "period": "2018-02",
        "due": "2018-03-12",
        "reason": "系统升级",
        "by": "示例甲",
    }
    told = asked(capsys, "status", "2018-02", *late)
    abc = duty(told, "abc")
    assert (abc["due"], abc["extended"], abc["days_late"], abc["late"]) == ("2018-03-12", True, 0, False)
    again = asked(capsys, "monthly", "2018-02", *late)
    assert again["data"]["releases"][0]["release"] == 2, "the draft told of a lateness that is none any more"
    assert released(tmp_path)["gaps"]["late"] == []


def test_lateness_is_counted_from_the_new_day(capsys, late):
    asked(capsys, "extend", "abc", "2018-02", "2018-03-10", *WHY, *late)
    assert duty(asked(capsys, "status", "2018-02", *late), "abc")["days_late"] == 2
    _, out, _ = run(capsys, "status", "2018-02", *late)
    assert "迟报2天（延至3月10日）" in out


def test_status_says_until_when(capsys, late, tmp_path):
    asked(capsys, "extend", "psbc", "2018-02", "2018-03-15", *WHY, *late)
    _, out, _ = run(capsys, "status", "2018-02", *late)
    assert "未报送（未到期，延至3月15日，还有2天）" in out
    told = asked(capsys, "monthly", "2018-02", *late)
    assert told["data"]["releases"][0]["release"] == 2, "the page tells it too"
    assert "2018年2月报送情况（3月8日截止）" in out
    _, out, _ = run(capsys, "status", "2018-02", "--workspace", tmp_path, "--as-of", "2018-03-17")
    assert "未报送，已过期2天（延至3月15日）" in out


def test_the_first_unit_of_the_register_does_not_move_everybodys_day(capsys, late):
    asked(capsys, "extend", "rcb-hanbin", "2018-02", "2018-03-15", *WHY, *late)
    _, out, _ = run(capsys, "status", "2018-02", *late)
    assert "2018年2月报送情况（3月8日截止）" in out


def test_all_forms_of_the_unit_for_that_month_are_moved_and_no_others(capsys, late):
    asked(capsys, "extend", "abc", "2018-02", "2018-03-12", *WHY, *late)
    told = asked(capsys, "status", "2018-02", *late)
    assert {d["form"] for d in told["data"]["duties"] if d["extended"]} == {"M01", "Q01"}
    assert {d["reporting_unit"] for d in told["data"]["duties"] if d["extended"]} == {"abc"}
    told = asked(capsys, "status", "2018-01", *late)
    assert not [d for d in told["data"]["duties"] if d["extended"]]


def test_the_months_seen_together_know_of_it(capsys, late, tmp_path):
    asked(capsys, "extend", "abc", "2018-02", "2018-03-12", *WHY, *late)
    asked(capsys, "extend", "office", "2018", "2018-03-31", *WHY, *late)
    store = Store(tmp_path, create=False)
    with store.transaction() as connection:
        seen = past(connection, load_catalog(), Month(2018, 2), 9999).duties
    store.close()
    moved = {(str(month), d.unit, d.form): str(d.due) for month, own in seen.items() for d in own if d.extended}
    assert moved == {
        ("2018-02", "abc", "M01"): "2018-03-12",
        ("2018-02", "abc", "Q01"): "2018-03-12",
        ("2018-01", "office", "T01"): "2018-03-31",
        ("2018-02", "office", "T01"): "2018-03-31",
    }


def test_a_yearly_form_has_its_own_day(capsys, late):
    told = asked(capsys, "extend", "市金融办", "2018", "2018-03-31", *WHY, *late)
    assert "2018年度的报送期限由2018年2月8日延至2018年3月31日" in told["message"]
    for month in ("2018-01", "2018-02"):
        targets = duty(asked(capsys, "status", month, *late), "office", "T01")
        assert (targets["due"], targets["extended"]) == ("2018-03-31", True)


def test_the_latest_decision_counts_and_undoing_it_brings_the_one_before_back(capsys, late):
    first = asked(capsys, "extend", "abc", "2018-02", "2018-03-10", *WHY, *late)
    second = asked(capsys, "extend", "abc", "2018-02", "2018-03-12", *WHY, *late)
    assert "由2018年3月10日延至2018年3月12日" in second["message"]
    assert duty(asked(capsys, "status", "2018-02", *late), "abc")["due"] == "2018-03-12"
    for entry, due in ((second, "2018-03-10"), (first, "2018-03-08")):
        told = asked(capsys, "undo", entry["data"]["entry"], "--reason", "写错了", "--by", "示例甲", *late)
        assert told["exit"] == 0
        assert duty(asked(capsys, "status", "2018-02", *late), "abc")["due"] == due


def test_before_the_decision_nobody_knew_of_it(capsys, late, tmp_path):
    later = ("--workspace", tmp_path, "--as-of", "2018-03-14")
    asked(capsys, "extend", "abc", "2018-02", "2018-03-12", *WHY, *later)
    assert duty(asked(capsys, "status", "2018-02", *late), "abc")["due"] == "2018-03-08"
    assert duty(asked(capsys, "status", "2018-02", *later), "abc")["due"] == "2018-03-12"
    told = asked(capsys, "extend", "abc", "2018-02", "2018-03-13", *WHY, *late)
    assert told["exit"] == 2
    assert "早于库中最后一条记录" in told["message"]


def test_a_final_release_stays_as_it_is_and_says_so(capsys, tmp_path):
    inbox_of(tmp_path, "2017-01")
    here = ("--workspace", tmp_path, "--as-of", "2017-02-11")
    assert asked(capsys, "monthly", "2017-01", "--final", *here)["status"] == "final"
    before = released(tmp_path, "2017-01")
    told = asked(capsys, "extend", "abc", "2017-01", "2017-02-12", *WHY, *here)
    assert "2017年1月已正式发布，成果不变。" in told["message"]
    asked(capsys, "monthly", "2017-01", *here)
    assert released(tmp_path, "2017-01") == before


def test_the_run_log_knows_the_unit_and_nobody(capsys, late, tmp_path):
    asked(capsys, "extend", "农行安康分行", "2018-02", "2018-03-12", "--reason", "王五出差", "--by", "赵六", *late)
    (decided,) = [line for line in lines(tmp_path) if line["event"] == "decided"]
    assert (decided["kind"], decided["unit"], decided["period"]) == ("extended", "abc", "2018-02")
    text = "".join(path.read_text("utf-8") for path in tmp_path.glob("store/logs/*.jsonl"))
    assert not [name for name in ("王五", "赵六", "农行") if name in text]


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("why", "unit", "period", "day", "message"),
    [
        (
            "the ordinary day",
            "abc",
            "2018-02",
            "2018-03-08",
            "农业银行安康分行2018年2月的报送期限本来就是2018年3月8日，延期应晚于这一天。请核对日期。",
        ),
        (
            "before the ordinary day",
            "abc",
            "2018-02",
            "2018-02-28",
            "农业银行安康分行2018年2月的报送期限本来就是2018年3月8日，延期应晚于这一天。请核对日期。",
        ),
        (
            "another century",
            "abc",
            "2018-02",
            "2081-03-12",
            "农业银行安康分行2018年2月的报送期限是2018年3月8日，延至2081年3月12日已超过一年。请核对年份。",
        ),
        ("no day", "abc", "2018-02", "2018-02-30", "日期“2018-02-30”写法不对。请写成 2018-04-12 这样的日期。"),
        ("a day in words", "abc", "2018-02", "3月12日", "日期“3月12日”写法不对。请写成 2018-04-12 这样的日期。"),
        (
            "no month",
            "abc",
            "2018-13",
            "2018-03-12",
            "报告期“2018-13”写法不对。月报请写成 2018-03，年度报表请写成 2018。",
        ),
        (
            "a form that the unit does not owe",
            "abc",
            "2018",
            "2018-03-12",
            "农业银行安康分行没有应报的2018年度报表，不需要延期。请核对单位和报告期。",
        ),
        (
            "a month in which it owed nothing",
            "fin-hanbin",
            "2016-12",
            "2017-03-12",
            "汉滨区金融办没有应报的2016年12月月报，不需要延期。请核对单位和报告期。",
        ),
        (
            "who may send need not",
            "dept-pboc",
            "2018-02",
            "2018-03-12",
            "人民银行安康市中心支行没有应报的2018年2月月报，不需要延期。请核对单位和报告期。",
        ),
        (
            "nobody of that name, but nearly",
            "农业银行安康支行",
            "2018-02",
            "2018-03-12",
            (
                "没有填报单位“农业银行安康支行”。是不是：农业银行安康分行、人民银行安康市中心支行、邮储银行安康市分行？"
                "请用登记的名称或编号，见 register export 导出的登记表。"
            ),
        ),
        (
            "nobody like that",
            "xyz",
            "2018-02",
            "2018-03-12",
            "没有填报单位“xyz”。请用登记的名称或编号，见 register export 导出的登记表。",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(capsys, late, why, unit, period, day, message):
    told = asked(capsys, "extend", unit, period, day, *WHY, *late)
    assert (told["exit"], told["message"]) == (2, message)


def test_the_same_day_twice_is_refused(capsys, late):
    asked(capsys, "extend", "abc", "2018-02", "2018-03-12", *WHY, *late)
    told = asked(capsys, "extend", "abc", "2018-02", "2018-03-12", *WHY, *late)
    assert told["message"] == "农业银行安康分行2018年2月的报送期限已经延至2018年3月12日，不需要再延。"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--reason", " ", "--by", "示例甲"), "请用 --reason 写明理由。"),
        (("--reason", "升级", "--by", " "), "请用 --by 写明由谁决定（姓名）。"),
        (("--by", "示例甲"), "缺少 --reason。请用 --help 查看用法。"),
    ],
)
def test_it_takes_a_reason_and_a_person(capsys, late, words, message):
    told = asked(capsys, "extend", "abc", "2018-02", "2018-03-12", *words, *late)
    assert (told["exit"], told["message"]) == (2, message)


def test_an_empty_workspace_has_nothing_to_extend(capsys, tmp_path):
    told = asked(capsys, "extend", "abc", "2018-02", "2018-03-12", *WHY, "--workspace", tmp_path, "--as-of", AS_OF)
    assert told["exit"] == 2
    assert list(tmp_path.iterdir()) == []
