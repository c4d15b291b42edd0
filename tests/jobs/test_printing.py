"""`print`: the annexes of a release as one PDF, or a plain sentence that says why not."""

import json
import shutil
import subprocess

import pytest
from pypdf import PdfReader

from tests.jobs.inprocess import asked, run
from tests.jobs.sample import AS_OF, inbox_of


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A month released as a draft."""
    folder = tmp_path_factory.mktemp("printed")
    inbox_of(folder, "2018-03")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["pipeline"])
        from click.testing import CliRunner

        from pipeline.cli import main

        told = CliRunner().invoke(main, ["monthly", "2018-03", "--workspace", str(folder), "--as-of", AS_OF])
    assert told.exit_code == 1, told.output
    return folder


@pytest.fixture
def copy(workspace, tmp_path):
    """The same, to be spoilt."""
    return shutil.copytree(workspace, tmp_path / "copy")


def printed(capsys, folder, *words):
    return run(capsys, "print", "2018-03", "--workspace", folder, "--as-of", AS_OF, *words)


def test_the_annexes_stand_in_the_official_order_each_with_a_bookmark(copy, capsys):
    told = asked(capsys, "print", "2018-03", "--workspace", copy, "--as-of", AS_OF)
    made = copy / "output/2018-03/附件1-5.pdf"
    assert told["data"]["path"] == str(made)
    pdf = PdfReader(made)
    bookmarks = [entry["/Title"] for entry in pdf.outline]
    assert [title[:3] for title in bookmarks] == ["附件1", "附件2", "附件3", "附件4", "附件5"]
    text = subprocess.run(["pdftotext", "-layout", made, "-"], capture_output=True, text=True, check=True).stdout
    places = [text.index(title.partition(" ")[2]) for title in bookmarks]
    assert places == sorted(places)
    first, *_ = pdf.pages
    assert round(first.mediabox.width) == 842 and round(first.mediabox.height) == 595
    assert {"草稿", "示例数据"} <= set(text.split())


def test_where_official_fonts_are_not_installed_free_chinese_ones_stand_in(copy, capsys):
    """With a font that has no Chinese characters, digits and lines would be wider and higher than planned."""
    printed(capsys, copy)
    listed = subprocess.run(
        ["pdffonts", copy / "output/2018-03/附件1-5.pdf"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert listed
    assert not [line for line in listed if not any(name in line for name in ("CJK", "SimSun", "SimHei", "YaHei"))]


def test_the_same_release_prints_to_the_same_bytes(copy, capsys):
    made = copy / "output/2018-03/附件1-5.pdf"
    printed(capsys, copy)
    first = made.read_bytes()
    printed(capsys, copy)
    assert made.read_bytes() == first


def test_a_month_without_release_says_what_to_do(copy, capsys):
    code, _, err = run(capsys, "print", "2018-02", "--workspace", copy, "--as-of", AS_OF)
    assert (code, err) == (3, "2018年2月还没有做出附件，没有可以打印的。请先运行 make monthly PERIOD=2018-02。\n")


def test_an_empty_workspace_is_told_the_same_and_stays_empty(tmp_path, capsys):
    code, _, err = run(capsys, "print", "2018-02", "--workspace", tmp_path, "--as-of", AS_OF)
    assert code == 3 and "还没有做出附件" in err
    assert not list(tmp_path.iterdir())


def test_without_libreoffice_it_says_what_to_install(copy, capsys, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    code, _, err = printed(capsys, copy)
    assert code == 3
    assert err.startswith("这台电脑没有安装 LibreOffice，不能把附件合成一个 PDF。")
    assert not (copy / "output/2018-03/附件1-5.pdf").exists()


def test_an_annex_changed_by_hand_is_never_printed(copy, capsys):
    annex = next((copy / "output/2018-03").glob("附件3*.xlsx"))
    annex.write_bytes(annex.read_bytes() + b" ")
    code, _, err = printed(capsys, copy)
    assert code == 3 and "与发布时不一致，可能被手工改过，没有打印" in err
    annex.unlink()
    code, _, err = printed(capsys, copy)
    assert code == 3 and "不见了" in err
    run(capsys, "monthly", "2018-03", "--workspace", copy, "--as-of", AS_OF)
    assert printed(capsys, copy)[0] == 0


def test_the_print_of_an_earlier_release_moves_away_with_it(copy, capsys):
    """A new release must not lie beside the paper of the old one."""
    printed(capsys, copy)
    before = (copy / "output/2018-03/附件1-5.pdf").read_bytes()
    told = json.loads(run(capsys, "status", "2018-03", "--workspace", copy, "--as-of", AS_OF, "--json")[1])
    soft = next(f for f in told["data"]["findings"] if f["severity"] == "soft" and f["status"] == "open")
    words = ("--text", "紫阳县搬迁安置户集中购置农机，三户贷款经市行批准提高额度", "--by", "示例甲")
    run(capsys, "explain", soft["finding"], *words, "--workspace", copy, "--as-of", AS_OF)
    run(capsys, "monthly", "2018-03", "--workspace", copy, "--as-of", AS_OF)
    assert not (copy / "output/2018-03/附件1-5.pdf").exists()
    assert (copy / "output/2018-03/v1/附件1-5.pdf").read_bytes() == before
    printed(capsys, copy)
    assert (copy / "output/2018-03/附件1-5.pdf").read_bytes() != before
