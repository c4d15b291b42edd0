"""`import-history` from the outside: what it records, what the annexes make of it, and how it is taken back."""

from __future__ import annotations

import shutil
import sqlite3
from fractions import Fraction
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.jobs import history
from pipeline.jobs.clock import Clock
from pipeline.store.store import Store
from tests.ingest.history_tables import CATALOG
from tests.jobs.histories import COUNTIES, DAY, FEBRUARY, figures, file, journal, notes, release, rows
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import inbox_of, tree


@pytest.fixture
def workspace(january, tmp_path):
    return Path(shutil.copytree(january, tmp_path / "ws"))


@pytest.fixture
def here(workspace):
    return ("--workspace", workspace, "--as-of", DAY)


# ------------------------------------------------------------------ what becomes of it


def test_growth_and_change_are_measured_on_what_was_imported(capsys, here, workspace, tmp_path):
    before = figures(workspace)
    assert before["total", "disbursed_amount_ytd_yoy"]["symbol"] == "base_missing"
    assert before["total", "outstanding_amount_change"]["symbol"] == "base_missing"
    told = asked(capsys, "import-history", file(tmp_path, *rows("2016-01", "2016-12")), *here)
    assert (told["status"], told["data"]["periods"], told["data"]["reporting_units"]) == (
        "imported",
        ["2016-01", "2016-12"],
        ["abc"],
    )
    assert told["data"]["figures"] == 40
    assert told["message"].startswith("已补录2016年1月等2期、1家、40个数字（记录号")
    again = asked(capsys, "monthly", "2017-01", *here)
    assert again["data"]["releases"][0]["release"] == 2, "a draft made before the import is made again"
    after = figures(workspace)
    # 10 counties: 1000 + 1001 + … + 1009 = 10,045 万元 outstanding, 1,004.5 万元 lent
    now = Fraction(before["total", "outstanding_amount"]["value"])
    assert Fraction(after["total", "outstanding_amount_change"]["value"]) == now - 100_450_000
    growth = after["total", "disbursed_amount_ytd_yoy"]
    lent = Fraction(before["total", "disbursed_amount_ytd"]["value"])
    assert Fraction(growth["numerator"]) == lent - 10_045_000
    assert Fraction(growth["denominator"]) == 10_045_000
    assert (
        Fraction(after["baihe", "outstanding_amount_change"]["value"])
        == Fraction(before["baihe", "outstanding_amount"]["value"]) - 10_090_000
    )
    text = notes(workspace)
    for month in ("2016年1月", "2016年12月"):
        assert f"对比基期{month}：农业银行安康分行的数据为补录的历史数据，来源：2016年统计年报。" in text
    assert "不含" not in text


def test_a_release_lists_the_cells_that_its_bases_come_from(capsys, here, workspace, tmp_path):
    assert release(workspace)["imported_bases"] == []
    told = asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *here)
    asked(capsys, "monthly", "2017-01", *here)
    (base,) = release(workspace)["imported_bases"]
    assert (base["period"], base["reporting_unit"], base["source"]) == ("2016-12", "abc", "2016年统计年报")
    assert (base["file"], base["sha256"], base["sheet"]) == ("历史.xlsx", told["data"]["sha256"], "表")
    cells = {figure["area"]: figure["cell"] for figure in base["figures"]}
    assert (len(cells), cells["hanbin"], cells["baihe"]) == (10, "E2", "E11"), (
        "较年初 needs the outstanding amounts only"
    )
    observations = (workspace / "output/2017-01/data/observations.csv").read_text("utf-8-sig")
    assert "H01" not in observations
    assert "2016-12" not in observations


def test_nine_of_ten_counties_are_no_base_of_the_total(capsys, here, workspace, tmp_path):
    asked(capsys, "import-history", file(tmp_path, *rows("2016-01", "2016-12", counties=COUNTIES[:9])), *here)
    asked(capsys, "monthly", "2017-01", *here)
    now = figures(workspace)
    for name in ("disbursed_amount_ytd_yoy", "outstanding_amount_change"):
        assert (now["total", name]["value"], now["total", name]["symbol"]) == ("", "not_computed")
        assert now["hanbin", name]["value"] != ""
        assert now["baihe", name]["symbol"] == "base_missing"
    # without 白河 on both sides; 1000 + … + 1008 = 9,036 万元
    total, baihe = (Fraction(now[name, "outstanding_amount"]["value"]) for name in ("total", "baihe"))
    matched = now["total", "outstanding_amount_change_matched"]
    assert Fraction(matched["value"]) == total - baihe - 90_360_000
    assert "对比基期2016年12月不含：农业银行安康分行（白河县），有关合计的较年初增减不计算。" in notes(workspace)


def test_the_summary_is_not_measured_on_one_bank_of_twelve(capsys, workspace, here, tmp_path):
    inbox_of(workspace, "2017-01", only="邮储")
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *here)
    asked(capsys, "monthly", "2017-01", *here)
    summary = figures(workspace, 2)
    assert summary["abc", "outstanding_amount_change"]["value"] != ""
    assert summary["psbc", "outstanding_amount_change"]["symbol"] == "base_missing"
    assert summary["total", "outstanding_amount_change"]["symbol"] == "not_computed"


def test_december_is_year_start_and_last_year_at_once(capsys, workspace, here, tmp_path):
    """In December both bases are the same month: one note."""
    inbox_of(workspace, "2017-12", only="农行")
    later = (*here[:2], "--as-of", "2018-01-10")
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *later)
    asked(capsys, "monthly", "2017-12", *later)
    now = figures(workspace, 5, "2017-12")
    lent, left = (Fraction(now["total", n]["value"]) for n in ("disbursed_amount_ytd", "outstanding_amount"))
    assert Fraction(now["total", "disbursed_amount_ytd_yoy"]["numerator"]) == lent - 10_045_000
    assert Fraction(now["total", "outstanding_amount_change"]["value"]) == left - 100_450_000


def test_a_month_of_which_only_imported_figures_are_known_is_not_released(capsys, here, tmp_path):
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *here)
    told = asked(capsys, "monthly", "2016-12", *here)
    assert told["exit"] == 3
    assert "没有收到任何银行报表" in told["message"]


def test_a_statement_in_force_goes_before_what_is_imported(capsys, here, workspace, tmp_path):
    path = file(tmp_path, *rows("2017-01"))
    told = asked(capsys, "import-history", path, *here)
    assert told["data"]["statement_in_force"] == [{"period": "2017-01", "reporting_unit": "abc"}]
    before = figures(workspace)
    asked(capsys, "monthly", "2017-01", *here)
    assert figures(workspace) == before, "what is published of January is what was reported"
    code, out, _ = run(capsys, "import-history", file(tmp_path, *rows("2017-01", scale=2), name="b.xlsx"), *here)
    assert code == 0
    assert "2017年1月农业银行安康分行已有采用的报表，以报表为准" in out


# ------------------------------------------------------------------ the same again, other, taken back


def test_the_same_file_again_changes_nothing(capsys, here, workspace, tmp_path):
    path = file(tmp_path, *rows("2016-12"))
    first = asked(capsys, "import-history", path, *here)
    kept = tree(workspace / "store" / "archive")
    second = asked(capsys, "import-history", path, *here)
    assert (second["exit"], second["status"], second["data"]["entry"]) == (0, "known", first["data"]["entry"])
    assert "已经补录过" in second["message"]
    assert journal(workspace).count("imported") == 1
    assert tree(workspace / "store" / "archive") == kept


def test_a_later_file_replaces_a_unit_and_period_whole(capsys, here, workspace, tmp_path):
    first = asked(capsys, "import-history", file(tmp_path, *rows("2016-01", "2016-12")), *here)
    one = [line for line in rows("2016-12", scale=2) if line[2] == "汉滨区"]
    corrected = file(tmp_path, *one, name="更正.xlsx")
    code, out, _ = run(capsys, "import-history", corrected, *here)
    assert code == 0
    assert f"2016年12月农业银行安康分行原来补录的数字（记录{first['data']['entry']}）" in out
    assert "整期停用，以这次的为准" in out
    asked(capsys, "monthly", "2017-01", *here)
    now = figures(workspace)
    assert now["hanyin", "outstanding_amount_change"]["symbol"] == "base_missing", "not mixed from two files"
    assert now["hanbin", "outstanding_amount_change"]["value"] != ""
    assert now["hanyin", "disbursed_amount_ytd_yoy"]["value"] != "", "January 2016 is the first file's still"
    known = asked(capsys, "import-history", tmp_path / "历史.xlsx", *here)
    assert known["status"] == "known"
    assert known["data"]["replaced"] == [
        {"entry": first["data"]["entry"] + 1, "period": "2016-12", "reporting_unit": "abc"}
    ]


def test_an_import_can_be_taken_back_and_made_again(capsys, here, workspace, tmp_path):
    path = file(tmp_path, *rows("2016-12"))
    entry = asked(capsys, "import-history", path, *here)["data"]["entry"]
    asked(capsys, "monthly", "2017-01", *here)
    given = figures(workspace)["total", "outstanding_amount_change"]["value"]
    undone = asked(capsys, "undo", entry, "--reason", "来源有误", "--by", "示例甲", *here)
    asked(capsys, "monthly", "2017-01", *here)
    assert figures(workspace)["total", "outstanding_amount_change"]["symbol"] == "base_missing"
    again = asked(capsys, "undo", entry, "--reason", "再撤", "--by", "示例甲", *here)
    assert again["exit"] == 2
    asked(capsys, "undo", undone["data"]["entry"], "--reason", "来源无误", "--by", "示例甲", *here)
    asked(capsys, "monthly", "2017-01", *here)
    assert figures(workspace)["total", "outstanding_amount_change"]["value"] == given
    asked(capsys, "undo", entry, "--reason", "重新补录", "--by", "示例甲", *here)
    assert asked(capsys, "import-history", path, *here)["status"] == "imported"
    asked(capsys, "monthly", "2017-01", *here)
    assert figures(workspace)["total", "outstanding_amount_change"]["value"] == given


def test_undoing_a_later_import_brings_the_earlier_one_back(capsys, here, workspace, tmp_path):
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *here)
    asked(capsys, "monthly", "2017-01", *here)
    given = figures(workspace)["total", "outstanding_amount_change"]["value"]
    entry = asked(capsys, "import-history", file(tmp_path, *rows("2016-12", scale=2), name="b.xlsx"), *here)["data"][
        "entry"
    ]
    asked(capsys, "monthly", "2017-01", *here)
    assert figures(workspace)["total", "outstanding_amount_change"]["value"] != given
    asked(capsys, "undo", entry, "--reason", "放大了一倍", "--by", "示例甲", *here)
    asked(capsys, "monthly", "2017-01", *here)
    assert figures(workspace)["total", "outstanding_amount_change"]["value"] == given


# ------------------------------------------------------------------ time


def test_before_the_import_nobody_knew_of_it(capsys, here, workspace, tmp_path):
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *here)
    earlier = asked(capsys, "monthly", "2017-01", "--workspace", workspace, "--as-of", FEBRUARY)
    assert earlier["exit"] == 2
    assert "早于库中最后一条记录" in earlier["message"]
    early = asked(
        capsys, "import-history", file(tmp_path, *rows("2016-01"), name="b.xlsx"), *here[:2], "--as-of", FEBRUARY
    )
    assert early["exit"] == 2
    assert journal(workspace).count("imported") == 1


def test_a_final_release_stays_as_it_is(capsys, workspace, here, tmp_path):
    inbox_of(workspace, "2017-01")
    final = asked(capsys, "monthly", "2017-01", "--final", *here)
    assert final["status"] == "final"
    kept = tree(workspace / "output")
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *here)
    asked(capsys, "monthly", "2017-01", *here)
    assert tree(workspace / "output") == kept


def test_what_was_imported_outlives_new_definitions(capsys, workspace, here, tmp_path):
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *here)
    asked(capsys, "monthly", "2017-01", *here)
    given = figures(workspace)["total", "outstanding_amount_change"]["value"]
    with sqlite3.connect(workspace / "store/store.sqlite") as raw:
        raw.execute("update derivation set fingerprint = 'other'")
        raw.execute("delete from imported_figure")
    told = asked(capsys, "monthly", "2017-01", *here)
    assert told["data"]["releases"][0]["new"] is False
    assert figures(workspace)["total", "outstanding_amount_change"]["value"] == given
    with sqlite3.connect(workspace / "store/store.sqlite") as raw:
        assert raw.execute("select count(*) from imported_figure").fetchone() == (20,)


def test_an_import_into_tables_of_older_definitions_waits_for_the_next_run(capsys, workspace, here, tmp_path):
    with sqlite3.connect(workspace / "store/store.sqlite") as raw:
        raw.execute("update derivation set fingerprint = 'other'")
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *here)
    asked(capsys, "monthly", "2017-01", *here)
    assert figures(workspace)["total", "outstanding_amount_change"]["value"] != ""


def test_an_import_that_the_register_no_longer_knows_is_told(workspace, here, tmp_path):
    """The bank was renamed in the register and its old name forgotten: the figures are not silently lost."""
    outcome = history.run(workspace, file(tmp_path, *rows("2016-12")), CATALOG, Clock(f"{DAY} 12:00:00"))
    unit = CATALOG.units.by_id["abc"]
    other = unit.model_copy(update={"names": (unit.names[0].model_copy(update={"name": "改名银行"}),), "aliases": ()})
    units = tuple(other if entry.id == "abc" else entry for entry in CATALOG.units.units)
    register = type(CATALOG.units)(institutions=CATALOG.units.institutions, units=units)
    store = Store(workspace, create=True)
    entries = [outcome.entry]
    catalog = CATALOG.model_copy(update={"units": register})
    with pytest.raises(StoreError, match=f"用 undo {outcome.entry.seq} 撤销这次补录"):
        history.read_again(store, entries, {outcome.sha256: outcome.entry}, catalog)
    assert history.read_again(store, entries, {}, catalog) == []
    store.close()


def test_an_import_can_be_the_first_thing_that_a_workspace_sees(capsys, tmp_path):
    folder = tmp_path / "new"
    where = ("--workspace", folder, "--as-of", DAY)
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12")), *where)
    inbox_of(folder, "2017-01", only="农行")
    code, out, _ = run(capsys, "monthly", "2017-01", *where)
    assert code == 1
    assert "重新读取" not in out
    assert figures(folder)["total", "outstanding_amount_change"]["value"] != ""
