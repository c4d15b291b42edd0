"""A workspace in which the sample's March of a few units was received and released."""

import shutil

import openpyxl
import pytest

from pipeline.cli import main
from tests.jobs.desk import COUNTY, RATE, RATED
from tests.jobs.sample import AS_OF, inbox_of


@pytest.fixture(scope="session")
def march(tmp_path_factory):
    """March of 农行 (an average above the cap), 石泉 and 汉阴 (typed in 元), received and released. Never written to."""
    folder = tmp_path_factory.mktemp("march")
    for word in ("农行", "石泉", "汉阴", "市2018"):
        inbox_of(folder, "2018-03", "2018-01" if word == "市2018" else "2018-03", only=word)
    with pytest.raises(SystemExit):
        main.main(["monthly", "2018-03", "--workspace", str(folder), "--as-of", AS_OF])
    return folder


@pytest.fixture(scope="session")
def january(tmp_path_factory):
    """January 2017 of 农行, received and released on 10 February: nothing is known of 2016."""
    folder = tmp_path_factory.mktemp("january")
    inbox_of(folder, "2017-01", only="农行")
    with pytest.raises(SystemExit):
        main.main(["monthly", "2017-01", "--workspace", str(folder), "--as-of", "2017-02-10"])
    return folder


@pytest.fixture
def workspace(march, tmp_path):
    shutil.copytree(march, tmp_path / "ws")
    return tmp_path / "ws"


@pytest.fixture
def here(workspace):
    return ("--workspace", workspace, "--as-of", AS_OF)


@pytest.fixture
def inbox(tmp_path):
    """An empty inbox in a workspace of its own."""
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory):
    """The blank forms of February 2018, made from all that is in force of the months it is compared with.

    Of one bank also enough months to know how its figures usually move.
    """
    folder = tmp_path_factory.mktemp("forms")
    inbox_of(folder, "2017-08", "2017-09", "2017-10", "2017-11", only="石泉农商")
    inbox_of(folder, "2017-02", "2017-12", "2018-01")
    for words in (("monthly", "2018-01", "--as-of", "2018-02-20"), ("forms", "2018-02", "--as-of", "2018-03-01")):
        with pytest.raises(SystemExit):
            main.main([*words, "--workspace", str(folder)])
    return folder / "output" / "2018-02" / "空白表"


@pytest.fixture(scope="session")
def sent_back(tmp_path_factory):
    """March of 农行 with four things to ask, received and sent back. Never written to."""
    folder = tmp_path_factory.mktemp("asked")
    inbox = inbox_of(folder, "2018-03", only="农行2018年3月")
    (file,) = (inbox / "2018-03").glob("农行2018年3月*.xlsx")
    book = openpyxl.load_workbook(file)
    for cell, figure in {COUNTY: 300.41, RATE: 18, RATED: 705, "D7": 3320}.items():
        book.active[cell] = figure
    book.save(file)
    with pytest.raises(SystemExit):
        main.main(["monthly", "2018-03", "--workspace", str(folder), "--as-of", AS_OF])
    return folder


@pytest.fixture
def desk(sent_back, tmp_path):
    shutil.copytree(sent_back, tmp_path / "ws")
    (tmp_path / "ws" / "inbox" / "回复").mkdir()
    return tmp_path / "ws"
