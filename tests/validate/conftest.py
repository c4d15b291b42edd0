import pytest

pytest.register_assert_rewrite("tests.validate.returns", "tests.validate.months")
