"""Out and back is the identity, whatever the register: written by `render`, read by `ingest`, nothing added or lost."""

from __future__ import annotations

import io
from itertools import pairwise

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog import Catalog, Register, load_catalog, register_of, squeezed
from pipeline.catalog.register_sheets import Contact
from pipeline.ingest.reading import read_file
from pipeline.ingest.register_book import METHOD, forms_in
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from pipeline.periods import Month, between
from pipeline.render.register_rows import TargetTable
from tests.registers import CATALOG, edited, read, written

MONTHS = list(between(Month(2017, 1), Month(2021, 12)))
WORDS = "甲乙丙丁戊己庚辛壬癸银行县区局办ABCxyz0159（）-·"
COUNTIES = [area.id for area in CATALOG.areas.counties]
BANKS = [entry.id for entry in CATALOG.units.institutions]
LENDERS = [*BANKS, "other:示例银行", "other:示例村镇银行（甲）"]

names = st.text(WORDS, min_size=2, max_size=12).filter(lambda said: said[0].isalnum())
ids = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
said = st.text(f"{WORDS}，。；“”=+@<>&/ ", max_size=20).map(lambda text: " ".join(text.split()))


@st.composite
def windows(draw, *, gaps: bool):
    """Stretches of months that do not overlap: each next to the one before, or some left out."""
    cuts = draw(st.lists(st.sampled_from(MONTHS[1:]), unique=True, max_size=3).map(sorted))
    ends = [None, *cuts, None]
    found = [
        {
            **({"since": str(since)} if since else {}),
            **({"until": str(until.previous)} if until else {}),
        }
        for since, until in pairwise(ends)
    ]
    return [one for one in found if not gaps or draw(st.booleans())]


@st.composite
def units(draw):
    count = draw(st.integers(1, 5))
    unit_ids = draw(st.lists(ids, unique=True, min_size=count, max_size=count))
    called = draw(st.lists(names, unique_by=lambda n: squeezed(n).lower(), min_size=8 * count, max_size=8 * count))
    found = []
    for unit in unit_ids:
        spans = draw(windows(gaps=False))
        forms = draw(st.lists(st.sampled_from(list(CATALOG.forms)), unique=True))
        needs = {need for form in forms for need in CATALOG.forms[form].needs}
        found.append(
            {
                "id": unit,
                "order": draw(st.integers(1, 9999)),
                "institution": draw(st.sampled_from(LENDERS if "institution" in needs else ["", *LENDERS])),
                "areas": draw(st.lists(st.sampled_from(COUNTIES), unique=True, min_size=int("areas" in needs))),
                "names": [{"name": called.pop(), **span} for span in spans],
                "aliases": [called.pop() for _ in range(draw(st.integers(0, 3)))],
                "duties": [
                    {"form": form, "voluntary": draw(st.booleans()), **span}
                    for form in forms
                    for span in draw(windows(gaps=True))
                ],
            }
        )
    return found


def values(kinds):
    """Values of a deadline without gaps, each with a document or a reason."""
    one = st.tuples(kinds, said.filter(bool), st.booleans())
    authority = lambda text, has: {"reference": text if has else "", "working": "" if has else text}  # noqa: E731
    return st.tuples(windows(gaps=False), st.lists(one, min_size=4, max_size=4)).map(
        lambda found: [
            {"value": value, **authority(text, has), **span} for span, (value, text, has) in zip(*found, strict=False)
        ]
    )


calendars = st.fixed_dictionaries(
    {
        "monthly_deadline_day": values(st.integers(1, 28)),
        "deadline_day_in_time": values(st.booleans()),
        "target_due_month": values(st.integers(1, 12)),
    }
)
registers = st.builds(Register, units(), calendars)


@st.composite
def contacts(draw, catalog: Catalog):
    """People at units of a catalogue, unit by unit or mixed."""
    one = st.builds(
        Contact,
        st.sampled_from([unit.id for unit in catalog.units.units]),
        said.filter(bool),
        said,
        st.from_regex(r"[0-9]{3,4}-?[0-9]{7,8}", fullmatch=True) | st.just(""),
        st.just("") | st.just("someone@example.com"),
        said,
    )
    return draw(st.lists(one, max_size=4))


@settings(max_examples=25, deadline=None)
@given(st.data(), registers)
def test_a_register_comes_back_as_it_went_out(data, register):
    catalog = load_catalog(register=register)
    people = data.draw(contacts(catalog))
    reading = read(written(catalog, people, targets=None), catalog)
    owes_targets = any(duty.form == "T01" for unit in catalog.units.units for duty in unit.duties)
    assert [(problem.sheet, problem.cell) for problem in reading.problems] == [("年度任务", "")] * owes_targets
    back = load_catalog(register=reading.register)
    assert register_of(back).content == register_of(catalog).content
    assert reading.contacts == people


def test_the_real_register_comes_back_as_it_went_out():
    reading = read(written())
    assert reading.problems == []
    assert register_of(load_catalog(register=reading.register)).content == register_of(CATALOG).content


def test_in_whatever_order_the_rows_stand():
    """Somebody sorted the sheets by another column."""

    def turned(book):
        for sheet in (book[name] for name in ("填报单位", "应报报表", "期限")):
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
            for number, row in enumerate(reversed(rows), start=3):
                for col, value in enumerate(row, start=1):
                    sheet.cell(number, col).value = value

    reading = read(edited(written(), turned))
    assert reading.problems == []
    assert register_of(load_catalog(register=reading.register)).content == register_of(CATALOG).content


# ------------------------------------------------------------------ targets

amounts = st.integers(0, 10**13)
TARGETS = [
    (indicator, bank, area)
    for indicator in ("target_amount", "target_households")
    for bank in BANKS
    for area in COUNTIES
]


def targets_read(data: bytes) -> dict[tuple[str, str, str], int | None]:
    """The targets in a workbook as the ordinary reader finds them in an imported one; nothing may be wrong with it."""
    received = ReceivedFile("a" * 64, "登记表.xlsx", "2018-04-10 12:00", METHOD)
    reading = read_file(open_grid(data), received, CATALOG)
    assert [finding.told for finding in reading.findings] == []
    assert sum(reading.cells.values()) == reading.non_blank, "every cell must be accounted for"
    (submission,) = reading.submissions
    assert (submission.form, submission.unit, submission.period) == ("T01", "office", "2018")
    return {(o.indicator, o.institution, o.area): o.value for o in submission.observations if not o.total}


@settings(max_examples=10, deadline=None)
@given(st.lists(amounts | st.integers(0, 10**6).map(lambda wan: wan * 10**6), min_size=60, max_size=60))
def test_targets_come_back_as_they_went_out(numbers):
    went = dict(zip(TARGETS, numbers, strict=True))
    data = written(targets=TargetTable(2018, "安康市金融工作办公室", went, False))
    assert targets_read(data) == went


def test_targets_that_were_never_set_come_back_blank():
    assert set(targets_read(written()).values()) == {None}


def test_a_sum_that_no_program_has_calculated_is_no_typed_total():
    """openpyxl, as other programs, saves formulas without their values."""
    went = dict.fromkeys(TARGETS, 10**6)
    data = edited(written(targets=TargetTable(2018, "安康市金融工作办公室", went, False)), lambda book: None)
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True)["年度任务"]["B15"].value is None
    assert targets_read(data) == went


def test_a_register_in_the_inbox_is_told_and_not_read():
    """Only `register import` takes targets out of it; what else is in it would be passed over in silence."""
    reading = read_file(open_grid(written()), ReceivedFile("a" * 64, "登记表.xlsx", "2018-04-10 12:00"), CATALOG)
    assert reading.submissions == []
    assert [(f.rule, f.message) for f in reading.findings] == [
        ("F02", "这是登记表，不是报表，没有读取。请用 register import 导入，并移出收件文件夹。")
    ]


def test_another_workbook_is_none_however_it_came():
    data = edited(written(), lambda book: book.remove(book["期限"]))
    grid = open_grid(data)
    assert forms_in(grid, METHOD) is grid
