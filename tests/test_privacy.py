import pytest

from pipeline.privacy import HIDDEN_IDENTITY, without_identities

NUMBER = "610902198001011234"
"""Invented: born on 1 January 1980 in 汉滨区."""


@pytest.mark.parametrize(
    ("why", "text", "shown"),
    [
        ("alone", NUMBER, HIDDEN_IDENTITY),
        ("within words", f"示例甲{NUMBER}，贷款", f"示例甲{HIDDEN_IDENTITY}，贷款"),
        ("its last place is X", "61090219800101123x", HIDDEN_IDENTITY),
        ("written with gaps", "610902 19800101 1234", HIDDEN_IDENTITY),
        ("in full-width digits", "６１０９０２１９８００１０１１２３４", HIDDEN_IDENTITY),
        ("two of them", f"{NUMBER}、{NUMBER}", f"{HIDDEN_IDENTITY}、{HIDDEN_IDENTITY}"),
        ("its last places masked by hand", "61090219800101123*", HIDDEN_IDENTITY),
        ("18 digits that are no birthday", "123456789012345678", HIDDEN_IDENTITY),
        ("a telephone number is none", "0900-1234567", "0900-1234567"),
        ("a sum of money is none", "123456789012.34万元", "123456789012.34万元"),
        ("19 digits of a bank card are none", "1234567890123456789", "1234567890123456789"),
    ],
)
def test_identity_numbers_are_hidden_and_nothing_else(why, text, shown):
    assert without_identities(text) == shown
