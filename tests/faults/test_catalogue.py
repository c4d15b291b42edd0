"""The fault catalogue in the suite: every case, and that the catalogue itself is worth something."""

from collections import Counter

import pytest

from tests.faults.catalogue import CASES
from tests.faults.expecting import Case, Expect, Item, as_bank, differences, facts_of
from tests.faults.pages import Page, xlsx
from tests.faults.plain import MISSING, bank

BY_ID = {case.id: case for case in CASES}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_a_case_comes_out_as_it_must(case):
    assert case.wrong() == []


def test_cases_are_many_and_each_item_of_the_issue_has_its_share():
    assert len(BY_ID) == len(CASES) >= 120
    share = Counter(case.item for case in CASES)
    assert min(share[item] for item in Item) >= 12, share


def test_no_two_cases_are_the_same_bytes_under_the_same_name():
    plain = [(case.make(), case.name, case.received_at) for case in CASES if not case.inbox]
    assert len(set(plain)) == len(plain)


def _read(page):
    return Case("", "", Item.CELLS, lambda: xlsx(page), Expect()).read()


def test_no_case_would_pass_with_another_file():
    """Where a plain statement is what must be read, a plain statement passes: then one that is off by a fen must not."""
    plain, off_by_a_fen, nothing = _read(bank()), _read(bank(9, 5, 39.250001)), _read(Page.of([["甲", 1], ["乙", 2]]))
    for case in CASES:
        assert differences(off_by_a_fen, case.expect), case.id
        assert differences(nothing, case.expect) or case.id in ("stranger", "no-headers"), case.id
        assert differences(plain, case.expect) or case.expect == as_bank(), case.id


def test_what_is_told_must_be_told_in_full():
    reading = _read(bank(0, 5, "约30万"))
    right = as_bank({("outstanding_amount", "hanbin", "abc", 0): MISSING}).telling(("F07", "F4", "不是数"))
    assert differences(reading, right) == []
    for wrong in (("F06", "F4", "不是数"), ("F07", "F5", "不是数"), ("F07", "F4", "日期")):
        off = as_bank({("outstanding_amount", "hanbin", "abc", 0): MISSING}).telling(wrong)
        assert len(differences(reading, off)) == 2, wrong
    assert len(differences(reading, as_bank({("outstanding_amount", "hanbin", "abc", 0): MISSING}))) == 1


def test_facts_are_seen_to_be_lacking_changed_or_too_many():
    key = ("outstanding_amount", "hanbin", "abc", 0)
    reading = _read(bank())
    assert facts_of(reading.submissions[0])[key] == 30_250_000
    for facts in ({key: 30_250_001}, {key: ...}, {("npl_amount", "hanbin", "abc", 0): 0}):
        assert len(differences(reading, as_bank(facts))) == 1, facts
