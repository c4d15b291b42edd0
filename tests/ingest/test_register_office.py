"""The register workbook opened and saved by LibreOffice, as .xlsx, .xls and .ods, is still the same register."""

from __future__ import annotations

import pytest

from pipeline.catalog import load_catalog, register_of
from pipeline.catalog.register_sheets import Contact
from pipeline.ingest.reading import read_file
from pipeline.ingest.register_book import METHOD
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from pipeline.render.register_rows import TargetTable
from tests.ingest.test_register_round_trip import TARGETS
from tests.office import convert
from tests.registers import CATALOG, read, told, written

PEOPLE = [
    Contact("abc", "示例甲", "信贷部", "0915-0000000", "a@example.com", "上午"),
    Contact("abc", "示例乙", telephone="00000000001"),
]
WENT = {target: 1_234_560_000 + 10_000 * place for place, target in enumerate(TARGETS)}


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    path = tmp_path_factory.mktemp("office") / "登记表.xlsx"
    path.write_bytes(written(contacts=PEOPLE, targets=TargetTable(2018, "安康市金融工作办公室", WENT, False)))
    return path


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saved_is_the_same_register(original, kind):
    (path,) = convert([original], kind, original.parent)
    data = path.read_bytes()
    reading = read(data)
    assert told(reading) == []
    assert register_of(load_catalog(register=reading.register)).content == register_of(CATALOG).content
    assert reading.contacts == PEOPLE
    received = ReceivedFile("a" * 64, "登记表.xlsx", "2018-04-10 12:00", METHOD)
    targets = read_file(open_grid(data), received, CATALOG)
    assert targets.findings == []
    (submission,) = targets.submissions
    got = {(o.indicator, o.institution, o.area): o.value for o in submission.observations if not o.total}
    assert got == WENT
    totals = {(o.indicator, o.institution): o.value for o in submission.observations if o.total}
    assert totals["target_amount", "rcb"] == sum(
        WENT["target_amount", "rcb", area.id] for area in CATALOG.areas.counties
    )
