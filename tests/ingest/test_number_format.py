import pytest

from pipeline.ingest.number_format import NOT_SHOWN, UNSURE, NumberFormat, holds, parse


@pytest.mark.parametrize(
    ("why", "code", "expected"),
    [
        ("General says nothing of decimals", "General", NumberFormat()),
        ("as WPS in Chinese writes it", "G/通用格式", NumberFormat()),
        ("whole numbers", "0", NumberFormat(0)),
        ("two decimals with thousands", "#,##0.00", NumberFormat(2)),
        ("the section for negatives does not count", "#,##0.00;[Red]-#,##0.000", NumberFormat(2)),
        (
            "accounting: padding and fill are decoration",
            '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
            NumberFormat(2),
        ),
        ("percent", "0.00%", NumberFormat(2, percent=True)),
        ("a quoted percent sign is only a word", '0.00"%"', NumberFormat(2, text="%")),
        ("a unit of money in quotes", '0.00"万元"', NumberFormat(2, text="万元")),
        ("a unit of money without quotes", "0.00万元", NumberFormat(2, text="万元")),
        ("an escaped unit", r"0\户", NumberFormat(0, text="户")),
        ("per mille", '0.0"‰"', NumberFormat(1, text="‰")),
        ("currency in brackets", "[$¥-804]#,##0.00", NumberFormat(2, text="¥")),
        ("any currency is a word", "[$€-2] #,##0.00", NumberFormat(2, text="€")),
        ("a number above zero shown as one below", "-0.00", NumberFormat(2, text="负")),
        ("the same in brackets", "(0.00)", NumberFormat(2, text="负")),
        ("the same of a general one", r"\(General\)", NumberFormat(text="负")),
        ("the same behind", '0.00"-"', NumberFormat(2, text="负")),
        ("a blank as wide as a minus", "0.00_-", NumberFormat(2)),
        ("the same by an accountant's mark", '"△"0.00', NumberFormat(2, text="负")),
        ("brackets around a unit are none", '0.00"(万元)"', NumberFormat(2, text="万元")),
        ("a colour is no word", "[Red]0.0", NumberFormat(1)),
        ("scientific notation shows no fixed place", "0.00E+00", NumberFormat()),
        ("a fraction neither", "# ?/?", NumberFormat()),
        ("a date", 'yyyy"年"m"月"', NumberFormat(None, text="年月")),
        ("text", "@", NumberFormat()),
        ("a comma behind the digits divides by a thousand", "0.00,", NumberFormat(2, text="÷1000")),
        ("a literal point moves the number: 元 shown as 万元", '0!.0000"万元"', NumberFormat(0, text="÷10000万元")),
        ("both together", r"0\.0,", NumberFormat(0, text="÷10000")),
        ("a semicolon in quotes does not end the section", '"a;b"0.0', NumberFormat(1, text="ab")),
        ("a quote that never closes", '0.0"万元', NumberFormat(1, text="万元")),
        ("nothing at all", "", NumberFormat()),
    ],
)
def test_what_a_format_shows(why, code, expected):
    assert parse(code) == expected, why


WAN, YI = NumberFormat(2, text="万元"), NumberFormat(2, text="亿元")
CONDITIONAL = '[<1]0.00"亿元";0.00"万元"'
ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("why", "code", "number", "expected"),
    [
        ("a condition is asked of the number", CONDITIONAL, 0.5, YI),
        ("and of the number itself", CONDITIONAL, 1.06, WAN),
        ("the edge", CONDITIONAL, 1, WAN),
        ("below zero there is a section of its own", '0.00;0!.0,"万元"', -302500, NumberFormat(0, text="÷10000万元")),
        ("above zero it is not asked", '0.00;0!.0,"万元"', 302500, NumberFormat(2)),
        ("zero is shown as what is above it", '0.00"万元";0.0"元"', 0, WAN),
        ("zero has the third", '0.00"万元";0.0"元";0"亿元"', 0, NumberFormat(0, text="亿元")),
        ("one section is for all numbers", '0.00"万元"', -3, WAN),
        ("the section of texts is for no number", '0.00"万元";@', -3, WAN),
        ("a word for the sign is no unit", '0.00;"负"0.00', -3, NumberFormat(2)),
        ("accounting, below zero", ACCOUNTING, -3, NumberFormat(2)),
        ("what is left over is for the rest", '[>=10000]0,"k";[>=100]0.0"元";0.00"万元"', 5, WAN),
        ("two left over that differ", '[>100]0"元";0"万元";0"亿元"', 5, NumberFormat(text=UNSURE)),
        ("two left over that are alike", '[>100]0"元";0"万元";0"万元"', 5, NumberFormat(0, text="万元")),
        ("none is for it", '[>0]0.00"万元"', -3, NumberFormat(text=UNSURE)),
        ("a condition that comes too late", '0.00"万元";[<1]0.00"亿元"', 5, NumberFormat(text=UNSURE)),
        ("a colour is no condition", "[Red][<0]-0.0;0.00", 5, NumberFormat(2)),
    ],
)
def test_the_section_is_that_of_the_number(why, code, number, expected):
    assert parse(code, number) == expected, why


@pytest.mark.parametrize(
    ("code", "value", "hidden"),
    [
        (";;;", 5.0, True),
        (";;;", -5.0, True),
        (";;;", 0.0, False),
        (";;;", "汉滨区", True),
        (";;", "汉滨区", False),
        (";;", 5.0, True),
        ('""', 5.0, True),
        ('"—"', 1.06, True),
        ("0;", -5.0, True),
        ("0;-0;;@", 0.0, False),
        ("0;-0;;@", 5.0, False),
        ('0;-0;"—"', 0.0, False),
        (ACCOUNTING, 0.0, False),
        ("0.00", 5.0, False),
        ("@", 5.0, False),
        ("", 5.0, False),
    ],
)
def test_formats_that_show_nothing_of_what_is_stored(code, value, hidden):
    """A zero that is not shown, or as a dash, is how most forms look."""
    assert (parse(code, value).text == NOT_SHOWN) is hidden


@pytest.mark.parametrize(
    ("condition", "true_of"),
    [("<1", [0]), ("<=1", [0, 1]), (">1", [2]), (">=1", [1, 2]), ("=1", [1]), ("<>1", [0, 2]), ("between(1,2)", [])],
)
def test_conditions(condition, true_of):
    assert [number for number in (0, 1, 2) if holds(condition, number)] == true_of
