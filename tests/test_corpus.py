"""The run over foreign files: what it sees of three of them."""

import resource

import pytest

from tests import corpus
from tests.ingest.files import plain_xlsx, zipped
from tests.ingest.sheets import Statement


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "深").mkdir()
    (tmp_path / "别人的表.xlsx").write_bytes(plain_xlsx())
    (tmp_path / "深" / "断了.xlsx").write_bytes(plain_xlsx()[:-40])
    (tmp_path / "深" / "报表.xlsx").write_bytes(Statement().data())
    return tmp_path


def test_each_file_is_told_with_what_it_cost_and_what_it_was_taken_for(folder, capsys):
    assert corpus.main([str(folder)]) == 1, "a statement among them is taken for one, and that is not the aim here"
    told = capsys.readouterr().out
    assert "别人的表.xlsx\n    打开(xlsx)" in told
    assert "2/2格  认作：无  F02 表头与任何报表不符" in told
    assert "断了.xlsx\n    拒绝" in told
    assert "F01 文件已损坏或不完整" in told
    assert "认作：M01" in told
    assert "共3个文件：打开2，拒绝1" in told
    assert "没有一个当作报表：1个没有达到" in told
    assert "没有一个使读取程序终止：达到" in told


def test_what_one_file_costs_is_measured_in_its_own_process(folder):
    seen = {one.name: one for one in corpus.look(corpus.files_in(folder), folder)}
    whole = seen["深/报表.xlsx"]
    assert whole.cells == whole.accounted > 70
    inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert 5 < whole.megabytes < 500 + inherited, "a forked reader begins with what this process holds"
    assert 0 < whole.seconds < 5
    assert [aim for aim in whole.missed if "MB" not in aim] == ["当作了报表"], "memory is this process's own, see above"


def test_files_in_an_archive_are_looked_at_one_by_one(tmp_path):
    (tmp_path / "报送.zip").write_bytes(zipped(("表.xlsx", plain_xlsx()), ("断了.xlsx", plain_xlsx()[:-40])))
    seen = {one.name: (one.format, one.cells) for one in corpus.look(corpus.files_in(tmp_path), tmp_path)}
    assert seen == {"报送.zip": ("zip", 0), "报送.zip/表.xlsx": ("xlsx", 2), "报送.zip/断了.xlsx": ("", 0)}


@pytest.mark.parametrize(
    ("why", "changes", "missed"),
    [
        ("slow", {"seconds": 5.5}, "超过5秒"),
        ("large", {"megabytes": 501}, "超过500 MB"),
        ("dead", {"crashed": True}, "读取程序终止"),
        ("a cell without a role", {"accounted": 1}, "有单元格没有交代"),
    ],
)
def test_every_aim_can_be_missed(why, changes, missed):
    plain = {"name": "甲", "format": "xlsx", "why": "", "notes": 0, "cells": 2, "accounted": 2, "forms": ()}
    seen = corpus.Seen(**{**plain, "megabytes": 30, "crashed": False, **changes})
    assert seen.missed == [missed], why
    assert f"！{missed}" in seen.line()


def test_without_a_folder_it_says_how_it_is_called(capsys):
    assert corpus.main([]) == 2
    assert "make corpus DIR=" in capsys.readouterr().err
