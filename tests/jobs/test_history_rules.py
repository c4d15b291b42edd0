"""Figures from before the program count for the rules that look back: A11 has to know of loans taken over long ago."""

from __future__ import annotations

import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs import month as months
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.store import Store
from tests.jobs.histories import file
from tests.jobs.inprocess import asked, duty
from tests.jobs.sample import AS_OF, SAMPLE, changed_copy
from tests.jobs.test_beyond import BALANCE

BANK = "石泉农商银行"
TAKEN_OVER = ["2016-06", BANK, "石泉县", "其他变动/本月金额", 9000, "示例：2016年6月划转清单"]
LENT = ["2016-06", BANK, "石泉县", "发放情况/本月/金额", 5, "示例：2016年6月报表"]


@pytest.fixture
def where(tmp_path):
    return ("--workspace", tmp_path / "ws", "--as-of", AS_OF)


@pytest.fixture
def march(tmp_path):
    """A statement by which more is outstanding than was ever lent: it lies in the inbox."""
    path = tmp_path / "ws" / "inbox" / "石泉3.xlsx"
    changed_copy(SAMPLE / "2018-03" / f"{BANK}2018年3月.xlsx", path, BALANCE, lambda value: round(value + 9000, 2))
    return path


def is_broken(capsys, where) -> bool:
    told = asked(capsys, "status", "2018-03", *where)
    open_ones = {f["rule"] for f in told["data"]["findings"] if f["status"] == "open"}
    assert ("A11" in open_ones) <= (duty(told, "rcb-shiquan")["state"] == "rejected")
    return "A11" in open_ones


def test_what_was_taken_over_before_the_program_is_known(capsys, where, march, tmp_path):
    asked(capsys, "import-history", file(tmp_path, TAKEN_OVER), *where)
    asked(capsys, "monthly", "2018-03", *where)
    assert not is_broken(capsys, where)


def test_other_figures_excuse_nothing(capsys, where, march, tmp_path):
    asked(capsys, "import-history", file(tmp_path, LENT), *where)
    asked(capsys, "monthly", "2018-03", *where)
    assert is_broken(capsys, where)


def test_a_statement_is_judged_anew_when_an_import_comes_goes_and_comes_back(capsys, where, march, tmp_path):
    asked(capsys, "monthly", "2018-03", *where)
    assert is_broken(capsys, where)
    entry = asked(capsys, "import-history", file(tmp_path, TAKEN_OVER), *where)["data"]["entry"]
    asked(capsys, "monthly", "2018-03", *where)
    assert not is_broken(capsys, where)
    undone = asked(capsys, "undo", entry, "--reason", "不是这家的", "--by", "示例甲", *where)["data"]["entry"]
    asked(capsys, "monthly", "2018-03", *where)
    assert is_broken(capsys, where)
    asked(capsys, "undo", undone, "--reason", "还是这家的", "--by", "示例甲", *where)
    asked(capsys, "monthly", "2018-03", *where)
    assert not is_broken(capsys, where)


def test_what_a_later_import_replaced_excuses_nothing(capsys, where, march, tmp_path):
    asked(capsys, "import-history", file(tmp_path, TAKEN_OVER), *where)
    asked(capsys, "import-history", file(tmp_path, LENT, name="更正.xlsx"), *where)
    asked(capsys, "monthly", "2018-03", *where)
    assert is_broken(capsys, where)


def test_reading_it_all_anew_forgets_no_import(capsys, where, march, tmp_path, monkeypatch):
    from pipeline.jobs import monthly

    asked(capsys, "import-history", file(tmp_path, TAKEN_OVER), *where)
    asked(capsys, "monthly", "2018-03", *where)
    monkeypatch.setattr(monthly, "__version__", "0.0.0-next")
    asked(capsys, "monthly", "2018-03", *where)
    assert not is_broken(capsys, where)


def test_rules_to_come_find_imported_figures_as_the_months_own(capsys, where, tmp_path):
    """What A02, A03 and A05 will compare with: `Facts.as_base` of a month before the program."""
    one = ["2016-12", BANK, "", "期末余额/金额", 1234.5, "示例：2016年统计年报"]
    asked(capsys, "import-history", file(tmp_path, one), *where)
    store = Store(where[1], create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, "9999")
        facts = months.facts(connection, load_catalog(), Month(2016, 12), upto)
        assert months.facts(connection, load_catalog(), Month(2016, 11), upto) is None
    store.close()
    key = ("rcb-shiquan", "rcb", "shiquan", "outstanding_amount")
    assert (facts.as_base[key], facts.values) == (1_234_500_000, {})
    assert facts.imported[key].cell == "E2"
