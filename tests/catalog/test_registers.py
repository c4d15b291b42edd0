"""The real registers: codes, names with dates, who owes what, and names that tell reporting units apart."""

import pytest

from pipeline.catalog import Catalog, squeezed
from pipeline.periods import Month

MARCH = Month(2018, 3)
COUNTIES = [
    ("hanbin", "汉滨区", "610902"),
    ("hanyin", "汉阴县", "610921"),
    ("shiquan", "石泉县", "610922"),
    ("ningshan", "宁陕县", "610923"),
    ("ziyang", "紫阳县", "610924"),
    ("langao", "岚皋县", "610925"),
    ("pingli", "平利县", "610926"),
    ("zhenping", "镇坪县", "610927"),
    ("xunyang", "旬阳县", "610928"),
    ("baihe", "白河县", "610929"),
]


def test_counties_stand_in_the_order_of_their_codes(catalog: Catalog):
    found = [(a.id, a.named(MARCH).name, a.named(MARCH).code) for a in catalog.areas.counties]
    assert found == COUNTIES


def test_of_which_areas_lie_inside_hanbin(catalog: Catalog):
    assert [(a.id, a.within) for a in catalog.areas.of_which] == [
        ("gaoxin", "hanbin"),
        ("hengkou", "hanbin"),
        ("yinghu", "hanbin"),
    ]


@pytest.mark.parametrize(
    ("why", "month", "name", "code"),
    [
        ("a county as long as it was one", Month(2020, 12), "旬阳县", "610928"),
        ("a city from the next month", Month(2021, 1), "旬阳市", "610981"),
        ("and since", Month(2026, 6), "旬阳市", "610981"),
    ],
)
def test_xunyang_changes_name_and_code_but_not_id(catalog: Catalog, why, month, name, code):
    named = catalog.areas.by_id["xunyang"].named(month)
    assert (named.name, named.code) == (name, code)
    assert catalog.units.by_id["fin-xunyang"].name(month) == f"{name}金融办"


@pytest.mark.parametrize("short", ["汉滨", "旬阳", "恒口", "旬阳市", "旬阳县"])
def test_short_and_former_names_are_known(catalog: Catalog, short):
    assert sum(short in area.all_names for area in catalog.areas.entries) == 1


def test_institutions_stand_in_the_order_of_the_annexes(catalog: Catalog):
    assert [(i.id, i.order, i.name) for i in catalog.units.institutions] == [
        ("rcb", 1, "农商银行"),
        ("psbc", 2, "邮储银行"),
        ("abc", 3, "农业银行"),
    ]
    assert dict(catalog.profile.institution_titles) == {"rcb": "农商银行", "psbc": "邮储银行", "abc": "农业银行"}


def test_who_owes_what(catalog: Catalog):
    areas = {area for area, _, _ in COUNTIES}
    statements, returns, targets = (catalog.units.owing(form, MARCH) for form in ("M01", "C01", "T01"))
    assert [unit.id for unit in statements] == [*(f"rcb-{a}" for a, _, _ in COUNTIES), "psbc", "abc"]
    assert [unit.id for unit in returns] == [f"fin-{a}" for a, _, _ in COUNTIES]
    assert [unit.id for unit in targets] == ["office"]
    assert set(catalog.units.by_id["abc"].areas) == set(catalog.units.by_id["psbc"].areas) == areas
    assert all(unit.areas == (unit.id.partition("-")[2],) for unit in [*statements[:10], *returns])
    assert [unit.institution for unit in statements] == ["rcb"] * 10 + ["psbc", "abc"]
    assert not any(unit.institution for unit in [*returns, *targets])


@pytest.mark.parametrize(
    ("why", "unit", "month", "name"),
    [
        ("a cooperative until mid-2017", "rcb-hanyin", Month(2017, 6), "汉阴信用联社"),
        ("a bank since", "rcb-hanyin", Month(2017, 7), "汉阴农商银行"),
        ("a bank all along", "rcb-hanbin", Month(2017, 1), "汉滨农商银行"),
    ],
)
def test_cooperatives_became_banks(catalog: Catalog, why, unit, month, name):
    assert catalog.units.by_id[unit].name(month) == name


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("汉滨农商行", "rcb-hanbin"),
        ("陕西汉滨农村商业银行股份有限公司", "rcb-hanbin"),
        ("汉滨区农村信用合作联社", "rcb-hanbin"),
        ("汉滨信用联社", "rcb-hanbin"),
        ("镇坪县信用联社", "rcb-zhenping"),
        ("中国农业银行股份有限公司安康分行", "abc"),
        ("中国邮政储蓄银行股份有限公司安康市分行", "psbc"),
        ("汉滨区金融工作办公室", "fin-hanbin"),
        ("汉滨区财政局", "fin-hanbin"),
        ("汉滨区财政局金融办", "fin-hanbin"),
        ("市政府金融工作办公室", "office"),
        ("安康市金融扶贫工作领导小组办公室", "office"),
    ],
)
def test_a_reporting_unit_is_known_by_its_other_names(catalog: Catalog, name, unit):
    assert [u.id for u in catalog.units.units if name in u.all_names] == [unit]


def test_no_institution_is_mistaken_for_a_reporting_unit(catalog: Catalog):
    """A header that merely mentions 农商银行 or 农行 names nobody who reports."""
    names = {squeezed(name) for unit in catalog.units.units for name in unit.all_names}
    for institution in catalog.units.institutions:
        for word in (institution.name, *institution.aliases):
            assert not any(name in squeezed(word) for name in names)


def test_no_name_hides_in_another_units_name(catalog: Catalog):
    """But for the office's, which a longest-first search tells from those of the city of 旬阳."""
    pairs = {
        (short, long)
        for one in catalog.units.units
        for other in catalog.units.units
        if one is not other
        for short in one.all_names
        for long in other.all_names
        if short in long
    }
    assert all(short.startswith("市") and long.startswith("旬阳市") for short, long in pairs)
