"""Rules in words: no sentence of a rule goes to print with a name that only programs understand."""

import re

import pytest

from pipeline.catalog import load_catalog
from pipeline.ingest.faults import FILE_RULES
from pipeline.jobs.rule_words import LEVELS, WORDS, example, in_force, sentences
from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.validate.registry import Break, Rule
from pipeline.validate.rules import RULES

MARCH = Month(2018, 3)
SENTENCES = sorted({entry.message for rule in RULES for entry in rule.breaks.values()})


@pytest.mark.parametrize("message", SENTENCES)
def test_every_name_in_a_sentence_has_words(message):
    assert set(re.findall(r"\{(\w+)", message)) <= WORDS.keys()
    told = example(message)
    assert "{" not in told and "〔〕" not in told
    assert re.sub(r"〔[^〕]+〕", "", told) == re.sub(r"\{[^}]*\}", "", message)


def test_no_words_are_left_over():
    assert {name for message in SENTENCES for name in re.findall(r"\{(\w+)", message)} >= WORDS.keys()


def test_a_name_without_words_is_our_mistake():
    with pytest.raises(KeyError):
        example("{nobody}为{value}。")


def rule(code="A99", level=1, breaks=None, **more):
    return Rule(
        code, level, "示例", "working: 本办约定：示例的理由", ("M01", "C01"), breaks or {}, lambda book: [], **more
    )


def test_sentences_of_different_weight_each_say_their_own():
    both = {"one": Break(Severity.HARD, "{area}不对。"), "other": Break(Severity.SOFT, "{value}请说明{also}。")}
    assert sentences(list(both.values())) == "1. 强制性：〔县区〕不对。\n2. 核实性：〔所报数〕请说明。"


def test_one_sentence_is_not_numbered_and_the_same_weight_is_not_repeated():
    assert sentences([Break(Severity.SOFT, "{area}请说明。")]) == "〔县区〕请说明。"
    assert sentences([Break(Severity.SOFT, "甲。"), Break(Severity.SOFT, "乙。")]) == "1. 甲。\n2. 乙。"


def test_rules_stand_level_by_level_and_only_those_in_force():
    rules = [
        rule("A20", 5),
        rule("A02", 2),
        rule("A01"),
        rule("A00x", until=Month(2018, 2)),
        rule("A03", 2, since=MARCH),
    ]
    assert [rule.code for rule in in_force(rules, MARCH)] == ["A01", "A02", "A03", "A20"]


def test_levels_are_called_as_in_the_data_description():
    (findings,) = (table for table in load_catalog().tables if table.id == "findings")
    (level,) = (field for field in findings.fields if field.name == "level")
    for number, words in re.findall(r"(\d) ([^、]+)", level.description):
        assert LEVELS[int(number)] == words
    assert {rule.level for rule in RULES} <= LEVELS.keys()


def test_what_is_wrong_with_a_file_is_told_beforehand_with_the_next_step():
    for entry in FILE_RULES.values():
        assert entry.advice.endswith("。")
        assert "请" in entry.advice or entry.severity is Severity.NOTE
