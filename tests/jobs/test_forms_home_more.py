"""Forms of other months and other units come home too: renamed, newly begun, of the office, transcribed on paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import openpyxl
import pytest

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.jobs.form_past import Known, figures_in, items_of
from pipeline.model import ReceivedFile
from pipeline.periods import Month
from tests.jobs.filled_forms import filled, readings, said
from tests.jobs.live_known import CATALOG, form_of, record, written
from tests.jobs.sample import SAMPLE
from tests.office import convert

PAPER = "纸质"


@dataclass(frozen=True)
class Home:
    """A form of a unit and month, filled in with what a file of the sample says; `last` is what is known before."""

    why: str
    form: str
    unit: str
    month: Month
    own: str
    last: str = ""
    name: str = ""
    """How the form calls the unit, where that is not how the file does."""


HOMES = (
    Home("the first month of all", "M01", "rcb-ziyang", Month(2017, 1), "2017-01/紫阳农商银行*"),
    Home("areas inside a county", "M01", "abc", Month(2017, 2), "2017-02/农行2017年2月*", "2017-01/农行2017年1月*"),
    Home("an export in 元, on last month's", "M01", "psbc", Month(2017, 6), "2017-06/邮储安康_201706*", "2017-05/邮储安康_201705*"),
    Home("a cooperative", "M01", "rcb-ningshan", Month(2017, 3), "2017-03/宁陕信用联社*", "2017-02/宁陕信用联社*", "宁陕信用联社"),
    Home("a bank that was one", "M01", "rcb-ningshan", Month(2018, 1), "2018-01/宁陕农商银行2018*", "2017-12/宁陕农商银行*", "宁陕农商银行"),
    Home("a year's end", "M01", "rcb-baihe", Month(2017, 12), "2017-12/白河农商银行2017*", "2017-11/白河农商银行*"),
    Home("a quarter's end", "M01", "rcb-langao", Month(2018, 3), "2018-03/岚皋农商银行2018*", "2018-02/岚皋农商银行2018*"),
    Home("a return", "C01", "fin-hanbin", Month(2017, 9), "2017-09/汉滨区金融办*", "2017-08/汉滨区金融办*"),
    Home("a return in January", "C01", "fin-pingli", Month(2018, 1), "2018-01/平利县金融办*", "2017-12/平利县金融办*"),
    Home("measures", "Q01", "rcb-hanyin", Month(2018, 1), "2018-01/*措施*汉阴*"),
    Home("targets", "T01", "office", Month(2018, 1), "2018-01/安康市2018年目标任务*"),
    Home("the first targets", "T01", "office", Month(2017, 1), "2017-01/安康市2017年目标任务*"),
    Home("a county that has become a city", "M01", "rcb-xunyang", Month(2021, 2), "2018-02/旬阳农商银行*", name="旬阳农商银行"),
    Home("its finance office", "C01", "fin-xunyang", Month(2021, 2), "2018-02/旬阳县金融办*", name="旬阳市金融办"),
)  # fmt: skip
NAMES = {home.why: home for home in HOMES}


def _own(pattern):
    (path,) = SAMPLE.glob(pattern)
    (sent,) = readings(path, CATALOG).submissions
    return path, sent


def _known(home: Home) -> Known:
    if not home.last:
        return Known(home.month)
    _, last = _own(home.last)
    place = home.unit, home.form, home.month.previous
    kept = replace(record(*place), layout=last.layout, money_unit=last.money_unit, step=last.step)
    items = {place: items_of(last)} if home.form == "C01" else {}
    return Known(home.month, {place: figures_in(last, CATALOG)}, {place: kept}, items=items)


@pytest.fixture(scope="module")
def filled_in(tmp_path_factory):
    """(what the unit's own file says, the form filled in with it) by why."""
    folder, made = tmp_path_factory.mktemp("more"), {}
    for number, home in enumerate(HOMES):
        path, sent = _own(home.own)
        blank = written(form_of(home.unit, home.form, _known(home)), folder / f"{number}-blank.xlsx")
        made[home.why] = sent, filled(path, blank, folder / f"{number}.xlsx")
    return made


@pytest.fixture(scope="module")
def saved(filled_in, tmp_path_factory):
    """The same as an office saves them."""
    out = convert([path for _, path in filled_in.values()], "xlsx", tmp_path_factory.mktemp("saved"))
    return dict(zip(filled_in, out, strict=True))


def _came_home(path, sent, home: Home, method: str = "") -> None:
    received = ReceivedFile("0" * 64, path.name, "2021-03-05 09:00", method=method)
    read = read_file(open_grid(path.read_bytes()), received, CATALOG)
    assert not read.findings
    (found,) = read.submissions
    period = str(home.month.year) if home.form == "T01" else str(home.month)
    assert (found.form, found.unit, found.period) == (home.form, home.unit, period)
    assert said(found) - Counter(_bases(found)) == said(sent) - Counter(_bases(sent))
    assert sum(read.cells.values()) == read.non_blank
    assert not home.name or home.name in str(openpyxl.load_workbook(path).worksheets[0]["A3"].value) + str(
        openpyxl.load_workbook(path).worksheets[0]["A2"].value
    )


def _bases(submission):
    """Bases of comparison stand in a form beforehand, and only where they are known."""
    codes = {column.code for column in CATALOG.forms[submission.form].columns if column.compared}
    return [one for one in said(submission) if one[0] in codes]


@pytest.mark.parametrize("why", NAMES)
def test_as_a_program_saves_it(filled_in, why):
    sent, path = filled_in[why]
    _came_home(path, sent, NAMES[why])


@pytest.mark.parametrize("why", NAMES)
def test_as_an_office_saves_it(filled_in, saved, why):
    _came_home(saved[why], filled_in[why][0], NAMES[why])


@pytest.mark.parametrize("why", ["a bank that was one", "a return", "targets", "measures"])
def test_transcribed_from_paper(filled_in, why):
    """Whoever takes a call or a letter fills in the same form."""
    sent, path = filled_in[why]
    _came_home(path, sent, NAMES[why], PAPER)


@pytest.mark.parametrize("why", [home.why for home in HOMES if home.form != "Q01"])
def test_the_form_itself_finds_nothing(saved, why):
    """These months of the sample are as they should be."""
    assert openpyxl.load_workbook(saved[why], data_only=True)["审核"]["A3"].value == "0 处问题"
