import pytest

from pipeline.ingest.number_format import NumberFormat, parse


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
