"""Our own workbook passes every item that a program decides; the rest is named as a person's; the command says it all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.render.annex import annex_bytes
from tests.a11y.__main__ import main
from tests.a11y.checklist import CHECKS, items, sources
from tests.a11y.verdicts import BY_A_PERSON, FAILED, PASSED, verdicts
from tests.measures import hostile_measures
from tests.twins import CATALOG, GAP, STAMP, large_twin, small_tables, small_twin

FINAL = replace(STAMP, draft=False, sample=False, overrides=())
WORKBOOKS = {
    "a complete month": small_twin,
    "a month with a gap": lambda: small_twin(GAP, notes_on_data=("退回：北山农商银行（月报）。",)),
    "a final one": lambda: small_twin(stamp=FINAL),
    "ten counties, to the fen": large_twin,
    "no figures at all": lambda: small_twin(frozenset({"rcb-north", "rcb-south", "abc", "fin-north", "fin-south"})),
    "only annex 3": lambda: small_twin(GAP, None, annexes=[3]),
}


@pytest.mark.parametrize("make", WORKBOOKS.values(), ids=WORKBOOKS)
def test_our_twin_passes(make):
    found = verdicts(make())
    assert {verdict.item.id: verdict.broken for verdict in found if verdict.word == FAILED} == {}
    assert [verdict.item for verdict in found] == list(items())


def test_what_a_unit_wrote_stays_as_it_is_even_where_it_is_nothing_but_symbols():
    broken = {verdict.item.id: verdict.broken for verdict in verdicts(small_twin(measures=hostile_measures()))}
    assert [item for item, places in broken.items() if places] == ["look.symbols"]
    (place,) = broken["look.symbols"]
    assert place.startswith("工作表“附件1 工作措施”D") and "😀" in place


def test_each_item_is_decided_or_left_to_a_person_who_is_told_what_to_look_at():
    assert len({item.id for item in items()}) == len(items()) == 40
    assert CHECKS.keys() <= {item.id for item in items()}
    assert {item.id for item in items() if item.id not in CHECKS} == {
        "look.plain_words",
        "publishing.spelling",
        "publishing.checker",
    }
    assert all(item.person for item in items() if item.id not in CHECKS)


def test_the_items_of_the_guidance_are_all_there():
    """9, 4, 12, 6 and 4 items has the checklist of the basics; 5 more are in the guidance on statistics only."""
    counted: dict[str, int] = {}
    for item in items():
        counted[item.section] = counted.get(item.section, 0) + 1
    assert counted == {"表": 9, "注释": 4, "样式": 12, "结构": 6, "统计表另有的要求": 5, "发布前": 4}
    assert sum(item.essential for item in items()) == 20
    assert [source["title"] for source in sources()] == [
        "Accessible spreadsheets: a checklist of the basics",
        "Releasing statistics in spreadsheets",
    ]


def test_the_command_prints_item_by_item(tmp_path, capsys):
    path = tmp_path / "数据表.xlsx"
    path.write_bytes(small_twin())
    assert main([str(path)]) == 0
    told = capsys.readouterr().out
    for item in items():
        word = PASSED if item.id in CHECKS else BY_A_PERSON
        assert f"{word}　{item.text}" in told
        assert item.person in told
    assert told.rstrip().endswith("共40条：通过37条，不通过0条，由人判断3条。")


def test_the_command_says_where_a_workbook_fails(tmp_path, capsys):
    path = tmp_path / "附件.xlsx"
    path.write_bytes(annex_bytes(small_tables()[3], CATALOG.annexes[3], STAMP))
    assert main([str(path)]) == 1
    told = capsys.readouterr().out
    assert re.search(r"不通过　没有合并的单元格.*\n.*工作表“附件3”合并了", told)
    assert "等共" in told


@pytest.mark.parametrize(("arguments", "code"), [(["a", "b"], 2), (["没有这个文件.xlsx"], 3)])
def test_wrong_usage_says_what_to_do(arguments, code, capsys):
    assert main(arguments) == code
    assert "xlsx" in capsys.readouterr().out
