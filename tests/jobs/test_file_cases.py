"""The examples of the rules of the file: a true file, and each change breaks the rule that it is shown for and no other."""

from __future__ import annotations

from copy import deepcopy
from hashlib import sha256

import pytest

from pipeline.catalog import load_catalog
from pipeline.ingest.faults import FILE_RULES
from pipeline.jobs.clock import clock_for
from pipeline.jobs.dry_run import look_at
from pipeline.jobs.file_cases import file_cases, findings, saved, true_file
from pipeline.jobs.file_examples import EXAMPLES
from pipeline.model import ReceivedFile, Severity
from pipeline.periods import Month

CATALOG = load_catalog()
MARCH = Month(2018, 3)
MONTHS = (Month(2017, 1), Month(2017, 12), *(Month(2018, number) for number in range(1, 13)), Month(2026, 11))


def changed(example, month=MARCH):
    """The files of an example: the one that is looked at, and what came with it."""
    before = true_file(CATALOG, month)
    after = deepcopy(before)
    for edit in example.edits:
        edit.apply(after)
    return [after, before] if after.twin else [after]


def test_every_rule_of_the_file_has_an_example():
    assert {example.code for example in EXAMPLES} == set(FILE_RULES)
    assert len({(example.code, example.kind) for example in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_nothing_is_wrong_with_the_true_file(month):
    assert findings([true_file(CATALOG, month)], CATALOG, month) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.code}-{e.kind}")
def test_a_change_breaks_its_rule_and_no_other(example):
    assert {found.rule for found in findings(changed(example), CATALOG, MARCH)} == {example.code}


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_examples_can_happen_in_any_month(month):
    for code, rule in FILE_RULES.items():
        assert [case.severity for case in file_cases(code, CATALOG, month)] == [
            rule.severity for example in EXAMPLES if example.code == code
        ]


def test_a_sender_who_has_the_file_checked_reads_the_same(tmp_path):
    """Through the workers, from the disk, as `pipeline check` looks at files; two versions need two files."""
    examples = [example for example in EXAMPLES if example.code != "F10"]
    named = []
    for number, example in enumerate(examples):
        (draft,) = changed(example)
        path = tmp_path / str(number) / draft.name
        path.parent.mkdir()
        path.write_bytes(saved(draft, MARCH))
        digest = sha256(path.read_bytes()).hexdigest()
        named.append((path, ReceivedFile(digest, path.name, "2018-04-05 09:00")))
    looked = look_at(named, CATALOG, clock_for("2018-04-10"))
    for example, found in zip(examples, looked, strict=True):
        told = {case.kind: case.message for case in file_cases(example.code, CATALOG, MARCH)}
        assert [f.message for f in found.reading.findings] == [told[example.kind]]


@pytest.mark.parametrize(
    ("code", "kind", "change", "words"),
    [
        ("F01", "damaged", "文件没有传完，缺少末尾的400个字节", "已损坏或不完整"),
        ("F03", "no_unit", "A2单元格由“填报单位：汉阴农商银行”改为空白", "没有写明填报单位"),
        (
            "F05",
            "two_money_units",
            "D2单元格由“单位：万元、户、笔”改为“单位：万元、元、户、笔”",
            "金额单位写作“万元、元”",
        ),
        ("F06", "outside", "AS4单元格由空白改为12.5", "内容“12.5”不在本表的指标和县区之内"),
        ("F08", "hidden_column", "AI列（五级分类/关注）隐藏起来", "有隐藏的行列（AI列）"),
        ("F09", "text_box", "表旁插入文本框“以上数据已复核”", "有7个字（“以上数据已复核”）"),
        ("A00", "part_of_a_fen", "AD4单元格由1166.19改为1166.1900004", "不是整分，已四舍五入到分"),
    ],
)
def test_what_is_changed_is_what_is_found(code, kind, change, words):
    (case,) = (case for case in file_cases(code, CATALOG, MARCH) if case.kind == kind)
    assert case.change == change and words in case.message
    assert case.weight == {Severity.HARD: "强制性", Severity.SOFT: "核实性", Severity.NOTE: "提示"}[case.severity]
