"""Letters from the templates that an office keeps in its own workspace, edited in Word."""

from __future__ import annotations

import shutil

import docx
import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs import codebook
from pipeline.jobs.materials import OWN, told_of_own
from pipeline.periods import Month
from pipeline.render.template import path_of
from tests.jobs.inprocess import run
from tests.jobs.sample import inbox_of

MARCH = ("monthly", "2018-03", "--as-of", "2018-04-10", "--workspace")


def edited(folder, name, old, new):
    """Our template with other words, as a person leaves it in the workspace's folder."""
    (folder / OWN).mkdir(exist_ok=True)
    made = docx.Document(str(path_of(name)))
    runs = [run_of for paragraph in made.paragraphs for run_of in paragraph.runs if old in run_of.text]
    assert runs
    for run_of in runs:
        run_of.text = run_of.text.replace(old, new)
    made.save(str(folder / OWN / name))


def words(path):
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


@pytest.fixture
def office(tmp_path):
    """汉阴's statement, which is sent back, and 石泉's, which is accepted; nothing of the others."""
    inbox_of(tmp_path, "2018-03", only="汉阴农商银行2018年3月.xlsx")
    inbox_of(tmp_path, "2018-03", only="石泉农商银行2018年3月.xlsx")
    return tmp_path


def test_every_letter_is_written_with_the_offices_own_words(capsys, office):
    edited(office, "退回通知.docx", "经审核，有", "经我办复核，尚有")
    edited(office, "催报函.docx", "尚未收到", "至今没有收到")
    edited(office, "回执.docx", "已经审核采用", "均已采用")
    code, _, err = run(capsys, *MARCH, office)
    assert (code, err) == (1, "")
    output = office / "output" / "2018-03"
    assert "经我办复核，尚有强制性问题1个" in words(output / "退回单/汉阴农商银行/退回通知.docx")
    assert "你单位下列报表至今没有收到：" in words(output / "催报函/农业银行安康分行.docx")
    assert "下列各份均已采用：" in words(output / "回执/石泉农商银行.docx")


def test_a_template_that_was_edited_meanwhile_makes_new_letters_and_no_others(capsys, office):
    run(capsys, *MARCH, office)
    _, out, _ = run(capsys, *MARCH, office)
    assert "与第1版（草稿）相比没有变化" in out
    edited(office, "回执.docx", "已经审核采用", "均已采用")
    _, out, _ = run(capsys, *MARCH, office)
    assert "已生成第2版（草稿）" in out
    assert "下列各份均已采用：" in words(office / "output/2018-03/回执/石泉农商银行.docx")
    _, out, _ = run(capsys, *MARCH, office)
    assert "与第2版（草稿）相比没有变化" in out


def test_a_wrong_name_in_it_is_one_sentence_and_nothing_is_written(capsys, office):
    edited(office, "催报函.docx", "{{ 答复期限 }}", "{{ 答复日期 }}")
    code, _, err = run(capsys, *MARCH, office)
    assert code == 3
    assert err.startswith("模板 催报函.docx 里的“答复日期”不是可用的内容。是不是“答复期限”？可用的有：事由、依据、")
    assert not list((office / "output").glob("2018-03/*"))


def test_a_document_that_no_letter_is_called_like_is_told(capsys, office):
    edited(office, "回执.docx", "已经审核采用", "均已采用")
    own = office / OWN
    (own / "回执.docx").rename(own / "回执(1).docx")
    (own / "~$回执.docx").write_bytes(b"")
    (own / "说明.txt").write_text("……", "utf-8")
    _, out, _ = run(capsys, *MARCH, office)
    assert "“模板”文件夹里的《回执(1).docx》没有用到。是不是“回执.docx”？可用的名称：" in out
    assert out.count("没有用到") == 1
    assert "已经审核采用" in words(office / "output/2018-03/回执/石泉农商银行.docx")


def test_where_there_is_no_such_folder_nothing_is_told(tmp_path):
    assert list(told_of_own(tmp_path / OWN)) == []


def test_the_handbook_has_the_offices_own_looks_too(tmp_path):
    (tmp_path / OWN).mkdir()
    made = docx.Document(str(path_of("handbook.docx")))
    made.styles["Title"].font.name = "方正大标宋简体"
    made.save(str(tmp_path / OWN / "handbook.docx"))
    codebook.run(load_catalog("ankang"), Month(2018, 3), tmp_path / "made", tmp_path / OWN)
    (book,) = (tmp_path / "made").glob("*.docx")
    assert docx.Document(str(book)).styles["Title"].font.name == "方正大标宋简体"
    shutil.rmtree(tmp_path / OWN)
    codebook.run(load_catalog("ankang"), Month(2018, 3), tmp_path / "made", tmp_path / OWN)
    assert docx.Document(str(book)).styles["Title"].font.name != "方正大标宋简体"
