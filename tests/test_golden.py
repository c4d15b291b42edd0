from tests.golden import differences, made


def test_the_golden_month_is_as_it_was_reviewed(tmp_path):
    assert differences(made(tmp_path)) == "", "如属有意的改动：提交后运行 make golden，核对差异"
