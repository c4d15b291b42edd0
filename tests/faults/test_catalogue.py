"""The fault catalogue in the suite: every case, and that the catalogue itself is worth something."""

from collections import Counter

import pytest

from tests.faults.catalogue import AWAITED, CASES
from tests.faults.expecting import Item

BY_ID = {case.id: case for case in CASES}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.id, marks=pytest.mark.xfail(reason=AWAITED[case.id]) if case.id in AWAITED else ())
        for case in CASES
    ],
)
def test_a_case_comes_out_as_it_must(case):
    assert case.wrong() == []


def test_cases_are_many_and_each_item_of_the_issue_has_its_share():
    assert len(BY_ID) == len(CASES) >= 120
    share = Counter(case.item for case in CASES)
    assert min(share[item] for item in Item) >= 12, share


def test_only_cases_that_exist_are_awaited():
    assert AWAITED.keys() <= BY_ID.keys()


def test_no_two_cases_are_the_same_bytes_under_the_same_name():
    plain = [(case.make(), case.name, case.received_at) for case in CASES if not case.inbox]
    assert len(set(plain)) == len(plain)
