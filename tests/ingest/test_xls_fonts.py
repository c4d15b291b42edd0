"""Runs and fonts of a .xls that set signs apart."""

import pytest
import xlwt

from pipeline.ingest.apart import Apart
from tests.ingest.files import opened_as, xls


def font(**looks):
    made = xlwt.Font()
    for name, value in looks.items():
        setattr(made, name, value)
    return made


RAISED, LOWERED, STRUCK, BOLD = font(escapement=1), font(escapement=2), font(struck_out=True), font(bold=True)


def styled(look):
    style = xlwt.XFStyle()
    style.font = look
    return style


def first(write):
    return opened_as("xls", xls(lambda _, sheet: write(sheet))).sheets[0].cells[0, 0]


@pytest.mark.parametrize(
    ("why", "runs", "text", "apart"),
    [
        ("a footnote's mark", ("30", ("2", RAISED)), "302", Apart.RAISED),
        ("below", ("30", ("2", LOWERED)), "302", Apart.LOWERED),
        ("the old figure", (("100", STRUCK), "30.25"), "10030.25", Apart.STRUCK),
        ("looks that change nothing", ("30", (".25", BOLD)), "30.25", ""),
        ("all of it in runs", (("30", STRUCK), (".25", STRUCK)), "30.25", Apart.ALL_STRUCK),
        ("a sign that is stored as two", ("𠀀3", ("2", RAISED)), "𠀀32", Apart.RAISED),
    ],
)
def test_runs(why, runs, text, apart):
    found = first(lambda sheet: sheet.write_rich_text(0, 0, runs))
    assert (found.value, found.apart) == (text, apart), why


@pytest.mark.parametrize("value", [30.25, "30.25"])
@pytest.mark.parametrize(("look", "apart"), [(STRUCK, Apart.ALL_STRUCK), (RAISED, Apart.RAISED), (BOLD, "")])
def test_the_font_of_a_cell(value, look, apart):
    assert first(lambda sheet: sheet.write(0, 0, value, styled(look))).apart == apart


def test_a_run_without_the_strike_of_its_cell():
    found = first(lambda sheet: sheet.write_rich_text(0, 0, ("30", (".25", BOLD)), styled(STRUCK)))
    assert found.apart == Apart.STRUCK
